// Copied from extension-kit/Respondent.tsx, by `npm run generate`. Do not edit.
import { Button, Flex, Heading, Input, Link, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { contactsOf, type FormState, type Person } from './check-in-form.ts';
import type { ManagerView } from './contract-types.ts';
import type { Host } from './host.ts';
import { FORM } from './wording.ts';
import { PREFERENCE } from './wording-people.ts';

const TYPED = 'typed';

interface Props {
  view: ManagerView;
  form: FormState;
  /** Whom to try instead of the contact that is suggested; null for that one. */
  instead: Person | null;
  host: Host;
  missing: boolean;
  onChange: (change: Pick<FormState, 'contactId' | 'name'>) => void;
}

const EXTENSION = /\s*(?:extension|ext\.?|x|#)\s*/i;

/** A number as a phone dials it; an extension stands apart (RFC 3966, 5.3), or its digits would be dialed with the number. */
export function telHref(phone: string): string {
  const [number = '', ...after] = phone.split(EXTENSION);
  const extension = after.join('').replace(/\D/g, '');
  return `tel:${number.replace(/[^+\d]/g, '')}${extension === '' ? '' : `;ext=${extension}`}`;
}

/** Whom to ask for: the contact chosen instead, else the one that is suggested, who has a reason with them. */
export function askedFor(view: ManagerView, instead: Person | null) {
  const other = view.otherContacts.find(({ contactId }) => contactId === instead?.contactId);
  if (other !== undefined) return { ...other, why: null };
  return view.ask === null ? null : { ...view.ask, greeting: view.greeting };
}

/** A number to call, and a way to copy it. */
export function Phone({ phone, host }: { phone: string; host: Host }) {
  return (
    <>
      <Link href={telHref(phone)}>{phone}</Link>
      <Button
        variant="transparent"
        size="xs"
        onClick={() => {
          host.copy(phone);
        }}
      >
        {FORM.copy}
      </Button>
    </>
  );
}

function WhoAnswered({ view, form, missing, onChange }: Omit<Props, 'host' | 'instead'>) {
  const contacts = contactsOf(view);
  const options = [
    ...contacts.map((contact) => ({ label: contact.name, value: contact.contactId })),
    { label: FORM.typedName, value: TYPED },
  ];
  const choose = (value: unknown): void => {
    const contact = contacts.find((candidate) => candidate.contactId === value);
    onChange({ contactId: contact?.contactId ?? null, name: contact?.name ?? '' });
  };
  return (
    <Flex direction="column" gap="sm">
      {contacts.length === 0 ? null : (
        <Select
          label={FORM.whoAnswered}
          name="respondent"
          options={options}
          value={form.contactId ?? TYPED}
          onChange={choose}
        />
      )}
      {form.contactId === null ? (
        <Input
          label={FORM.name}
          name="respondentName"
          required
          value={form.name}
          error={missing}
          {...(missing ? { validationMessage: FORM.respondentMissing } : {})}
          onInput={(name) => {
            onChange({ contactId: null, name });
          }}
        />
      ) : null}
    </Flex>
  );
}

/** Whom to ask, why that person, how to reach them; or whoever answered instead. */
export function Respondent({ view, form, instead, host, missing, onChange }: Props) {
  const [wantsOther, setWantsOther] = useState(false);
  const ask = askedFor(view, instead);
  const about = [ask?.jobTitle ?? '', ask?.why ?? ''].filter((part) => part !== '').join(' · ');
  const wishes = view.preferences.find(({ contactId }) => contactId === form.contactId)?.text;
  const other = wantsOther || ask?.contactId !== form.contactId;
  const nobodyToCall = ask === null && contactsOf(view).length > 0;
  return (
    <Flex direction="column" gap="xs">
      <Heading>
        {ask === null ? (nobodyToCall ? PREFERENCE.nobodyTitle : FORM.askNobody) : FORM.ask(ask.name)}
      </Heading>
      <Flex direction="row" gap="sm" align="center" wrap="wrap">
        {about === '' ? null : <Text>{about}</Text>}
        {ask?.phone == null ? null : <Phone phone={ask.phone} host={host} />}
        {other ? null : (
          <Button
            variant="transparent"
            size="xs"
            onClick={() => {
              setWantsOther(true);
            }}
          >
            {FORM.someoneElse}
          </Button>
        )}
      </Flex>
      {wishes == null ? null : <Text>{wishes}</Text>}
      {nobodyToCall ? <Text>{PREFERENCE.nobodyToCall}</Text> : null}
      {ask?.phone === null ? <Text variant="microcopy">{FORM.noPhone}</Text> : null}
      {other ? <WhoAnswered view={view} form={form} missing={missing} onChange={onChange} /> : null}
    </Flex>
  );
}
