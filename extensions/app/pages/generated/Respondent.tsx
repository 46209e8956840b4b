// Copied from extension-kit/Respondent.tsx, by `npm run generate`. Do not edit.
import { Button, Flex, Heading, Input, Link, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { contactsOf, type FormState } from './check-in-form.ts';
import type { ManagerView } from './contract-types.ts';
import type { Host } from './host.ts';
import { FORM } from './wording.ts';
import { PREFERENCE } from './wording-people.ts';

const TYPED = 'typed';

interface Props {
  view: ManagerView;
  form: FormState;
  host: Host;
  missing: boolean;
  onChange: (change: Pick<FormState, 'contactId' | 'name'>) => void;
}

/** A number to call, and a way to copy it. */
export function Phone({ phone, host }: { phone: string; host: Host }) {
  return (
    <>
      <Link href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</Link>
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

function WhoAnswered({ view, form, missing, onChange }: Omit<Props, 'host'>) {
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
export function Respondent({ view, form, host, missing, onChange }: Props) {
  const [wantsOther, setWantsOther] = useState(false);
  const { ask } = view;
  const wishes = view.preferences.find(({ contactId }) => contactId === form.contactId)?.text;
  const other = wantsOther || ask?.contactId !== form.contactId;
  const nobodyToCall = ask === null && contactsOf(view).length > 0;
  return (
    <Flex direction="column" gap="xs">
      <Heading>
        {ask === null ? (nobodyToCall ? PREFERENCE.nobodyTitle : FORM.askNobody) : FORM.ask(ask.name)}
      </Heading>
      <Flex direction="row" gap="sm" align="center" wrap="wrap">
        {ask === null ? null : (
          <Text>{ask.jobTitle === null ? ask.why : `${ask.jobTitle} · ${ask.why}`}</Text>
        )}
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
