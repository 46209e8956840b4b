import type { CompanyLog } from './hubspot-port.ts';
import type { PreferenceInput } from './preferences.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

type Respondent = { readonly contactId: string | null; readonly name: string };
type Answer = { readonly respondent: Respondent; readonly preference?: PreferenceInput | null };

/**
 * An open card may still name a contact who was erased meanwhile. Returns the answer without them: its words stay, their name
 * and wishes do not come back. One who was merged into another contact since is that one.
 */
export async function answerWithoutErased<Input extends Answer>(
  deps: Deps,
  scope: TenantScope,
  input: Input,
): Promise<Input> {
  const { respondent, preference = null } = input;
  const now = await asOfNow(deps, scope, [respondent.contactId, preference?.talkToContactId]);
  const contactId = now(respondent.contactId);
  if (contactId === null && respondent.contactId !== null)
    return { ...input, respondent: { contactId: null, name: '' }, preference: null };
  return {
    ...input,
    respondent: { ...respondent, contactId },
    preference: wishAsOfNow(preference, contactId, now),
  };
}

/** Returns an unfinished answer without what names an erased contact. */
export async function draftWithoutErased(
  deps: Deps,
  scope: TenantScope,
  draft: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  // The contract has checked its shape: a preference is whole, or is not there.
  const preference = (draft['preference'] ?? null) as PreferenceInput | null;
  const named = (draft['respondentContactId'] ?? null) as string | null;
  const now = await asOfNow(deps, scope, [named, preference?.talkToContactId]);
  const respondent = now(named);
  const { preference: _wish, ...plain } = draft;
  if (respondent === null && named !== null)
    return { ...plain, respondentContactId: null, respondentName: '' };
  const current = named === null ? draft : { ...draft, respondentContactId: respondent };
  return preference === null ? current : { ...current, preference: wishAsOfNow(preference, respondent, now) };
}

/** Returns the id that a contact has now, null where they were erased. */
export async function contactUnlessErased<Id extends string>(
  deps: Deps,
  scope: TenantScope,
  contactId: Id | null,
): Promise<Id | null> {
  return (await asOfNow(deps, scope, [contactId]))(contactId);
}

/**
 * Returns a log that was read a moment ago without who was erased meanwhile. To be called before any row is locked: nobody it names
 * is erased from then on until the transaction ends.
 */
export async function logWithoutErased(deps: Deps, scope: TenantScope, log: CompanyLog): Promise<CompanyLog> {
  const named = [
    ...log.contacts.map(({ contactId }) => contactId),
    ...log.activities.flatMap(({ contactIds }) => contactIds),
  ];
  const now = await deps.store.companies.contactsNow(scope, [...new Set(named)]);
  const isThere = (contactId: string) => now.get(contactId) !== null;
  return {
    ...log,
    contacts: log.contacts.filter(({ contactId }) => isThere(contactId)),
    activities: log.activities.map((record) => ({
      ...record,
      contactIds: record.contactIds.filter(isThere),
    })),
  };
}

type AsOfNow = <Id extends string>(contactId: Id | null) => Id | null;

async function asOfNow(
  deps: Deps,
  scope: TenantScope,
  contactIds: readonly (string | null | undefined)[],
): Promise<AsOfNow> {
  const named = contactIds.filter((contactId) => typeof contactId === 'string');
  const changed = await deps.store.companies.contactsNow(scope, named);
  return <Id extends string>(contactId: Id | null) =>
    contactId !== null && changed.has(contactId) ? (changed.get(contactId) as Id | null) : contactId;
}

/** Nobody is sent to somebody who is gone, or to themselves. */
function wishAsOfNow<Wish extends PreferenceInput | null>(
  preference: Wish,
  respondent: string | null,
  now: AsOfNow,
): Wish {
  if (preference?.talkToContactId == null) return preference;
  const talkTo = now(preference.talkToContactId);
  if (talkTo === preference.talkToContactId) return preference;
  return { ...preference, talkToContactId: talkTo === respondent ? null : talkTo };
}
