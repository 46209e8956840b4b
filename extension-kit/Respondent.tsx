import { Button, Flex, Heading, Input, Link, Select, Text } from '@hubspot/ui-extensions';
import { useState } from 'react';
import { contactsOf, isToBeCalled, type FormState, type Person } from './check-in-form.ts';
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

type Chosen = Pick<FormState, 'contactId' | 'name'>;

/** Whoever is chosen in the form, with how to greet them; null for a name that was typed, and where nobody is known. */
function contactChosen(view: ManagerView, { contactId }: Chosen) {
  if (contactId === null) return null;
  if (view.ask?.contactId === contactId) return { ...view.ask, greeting: view.greeting };
  const other = view.otherContacts.find((contact) => contact.contactId === contactId);
  return other === undefined ? null : { ...other, why: null };
}

/** How to begin with whoever is chosen in the form; a name that was typed may be anybody's. */
export function greetingFor(view: ManagerView, chosen: Chosen): string {
  return contactChosen(view, chosen)?.greeting ?? view.neutralGreeting;
}

/** Why nobody of those we know can be asked for; null where somebody can. */
export function whyNobody({ ask, otherContacts, touch }: ManagerView): string | null {
  if (ask !== null || otherContacts.length === 0) return null;
  const canSkip = isToBeCalled(touch);
  const isOneWrong = otherContacts.some(({ isWrongPerson }) => isWrongPerson);
  return isOneWrong ? FORM.nobodyElse(canSkip) : PREFERENCE.nobodyToCall(canSkip);
}

/** Who is to be asked for; whoever asked not to be called is only named. */
function titleOf(view: ManagerView, { contactId, name }: Chosen, isNobody: boolean): string {
  const isBarred = view.preferences.some((wish) => wish.contactId === contactId && wish.doNotCall);
  if (name.trim() !== '') return isBarred ? name : FORM.ask(name);
  if (isNobody) return PREFERENCE.nobodyTitle;
  return contactsOf(view).length === 0 ? FORM.askNobody : FORM.askSomebodyElse;
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

/** Whom to ask, why that person, how to reach them; or whoever is chosen instead, with their number. */
export function Respondent({ view, form, instead, host, missing, onChange }: Props) {
  const [wantsOther, setWantsOther] = useState(false);
  const ask = contactChosen(view, form);
  const about = [ask?.jobTitle ?? '', ask?.why ?? ''].filter((part) => part !== '').join(' · ');
  const wish = view.preferences.find(({ contactId }) => contactId === form.contactId);
  const isToCall = ask !== null && wish?.doNotCall !== true;
  const suggested = instead ?? view.ask;
  const other = wantsOther || suggested?.contactId !== form.contactId;
  const nobody = form.contactId === null && form.name.trim() === '' ? whyNobody(view) : null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{titleOf(view, form, nobody !== null)}</Heading>
      <Flex direction="row" gap="sm" align="center" wrap="wrap">
        {about === '' ? null : <Text>{about}</Text>}
        {isToCall && ask.phone !== null ? <Phone phone={ask.phone} host={host} /> : null}
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
      {wish?.text == null ? null : <Text>{wish.text}</Text>}
      {nobody === null ? null : <Text>{nobody}</Text>}
      {isToCall && ask.phone === null ? (
        <Text variant="microcopy">{FORM.noPhone(isToBeCalled(view.touch))}</Text>
      ) : null}
      {other ? <WhoAnswered view={view} form={form} missing={missing} onChange={onChange} /> : null}
    </Flex>
  );
}
