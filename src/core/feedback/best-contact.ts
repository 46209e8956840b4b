import type { ContactId } from '../model.ts';
import { talkToText } from '../preference-wording.ts';
import type { Preference } from './preference.ts';

type Contact = {
  readonly contactId: ContactId;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly phone: string | null;
  /** What they wish about being asked; null or left out where nothing is known. */
  readonly preference?: Preference | null;
  /** A try for the call that is to be made met somebody else under their name. */
  readonly isWrongPerson?: boolean;
};

/** An earlier conversation: who answered, and how the reader is told of it ("Spoke with you in June"). */
type Heard = { readonly contactId: ContactId | null; readonly told: string };

export type ContactToAsk<C extends Contact> = { readonly contact: C; readonly why: string };

/**
 * Whom to ask for: the contact heard most recently, or whom they would rather have us ask, else the first with a phone number,
 * else the first. Never somebody who asked not to be called, or turned out to be the wrong person.
 * @param heard earlier conversations, newest first
 * @returns null where the company has no contact who may be called
 */
export function bestContact<C extends Contact>(
  contacts: readonly C[],
  heard: readonly Heard[],
): ContactToAsk<C> | null {
  const callable = contacts.filter(
    ({ preference, isWrongPerson }) => preference?.doNotCall !== true && isWrongPerson !== true,
  );
  for (const conversation of heard) {
    const contact = contacts.find(({ contactId }) => contactId === conversation.contactId);
    const other = callable.find(({ contactId }) => contactId === contact?.preference?.talkToContactId);
    if (contact !== undefined && other !== undefined) {
      return { contact: other, why: talkToText(contact.name) };
    }
    if (contact !== undefined && callable.includes(contact)) {
      return { contact, why: conversation.told };
    }
  }
  const reachable = callable.find(({ phone }) => phone !== null) ?? callable[0];
  if (reachable === undefined) return null;
  return { contact: reachable, why: reachable.phone === null ? 'No number yet' : 'Not heard from yet' };
}
