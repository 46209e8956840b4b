import type { ContactId } from '../model.ts';

type Contact = {
  readonly contactId: ContactId;
  readonly name: string;
  readonly jobTitle: string | null;
  readonly phone: string | null;
};

/** An earlier conversation: who answered and in which month, written for people ("June"). */
type Heard = { readonly contactId: ContactId | null; readonly month: string };

export type ContactToAsk<C extends Contact> = { readonly contact: C; readonly why: string };

/**
 * Whom to ask for: the contact heard most recently, else the first with a phone number, else the first.
 * @param heard earlier conversations, newest first
 * @returns null where the company has no contact
 */
export function bestContact<C extends Contact>(
  contacts: readonly C[],
  heard: readonly Heard[],
): ContactToAsk<C> | null {
  for (const conversation of heard) {
    const contact = contacts.find(({ contactId }) => contactId === conversation.contactId);
    if (contact !== undefined) return { contact, why: `Spoke with you in ${conversation.month}` };
  }
  const reachable = contacts.find(({ phone }) => phone !== null) ?? contacts[0];
  if (reachable === undefined) return null;
  return { contact: reachable, why: reachable.phone === null ? 'No number yet' : 'Not heard from yet' };
}
