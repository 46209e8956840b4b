import type { PreferenceInput } from './preferences.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

type Respondent = { readonly contactId: string | null; readonly name: string };
type Answer = { readonly respondent: Respondent; readonly preference?: PreferenceInput | null };

/**
 * An open card may still name a contact who was erased meanwhile. Returns the answer without them: its words stay, their name
 * and wishes do not come back.
 */
export async function answerWithoutErased<Input extends Answer>(
  deps: Deps,
  scope: TenantScope,
  input: Input,
): Promise<Input> {
  const { respondent, preference = null } = input;
  const isErased = await erasedAmong(deps, scope, [respondent.contactId, preference?.talkToContactId]);
  if (isErased(respondent.contactId))
    return { ...input, respondent: { contactId: null, name: '' }, preference: null };
  return { ...input, preference: wishWithout(preference, isErased) };
}

/** Returns an unfinished answer without what names an erased contact. */
export async function draftWithoutErased(
  deps: Deps,
  scope: TenantScope,
  draft: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  // The contract has checked its shape: a preference is whole, or is not there.
  const preference = (draft['preference'] ?? null) as PreferenceInput | null;
  const respondent = (draft['respondentContactId'] ?? null) as string | null;
  const isErased = await erasedAmong(deps, scope, [respondent, preference?.talkToContactId]);
  const { preference: _wish, ...plain } = draft;
  if (isErased(respondent)) return { ...plain, respondentContactId: null, respondentName: '' };
  return preference === null ? draft : { ...plain, preference: wishWithout(preference, isErased) };
}

/** Returns the id of a contact, null where they were erased. */
export async function contactUnlessErased<Id extends string>(
  deps: Deps,
  scope: TenantScope,
  contactId: Id | null,
): Promise<Id | null> {
  const isErased = await erasedAmong(deps, scope, [contactId]);
  return isErased(contactId) ? null : contactId;
}

type IsErased = (contactId: string | null) => boolean;

async function erasedAmong(
  deps: Deps,
  scope: TenantScope,
  contactIds: readonly (string | null | undefined)[],
): Promise<IsErased> {
  const named = contactIds.filter((contactId) => typeof contactId === 'string');
  const erased = await deps.store.companies.erased(scope, named);
  return (contactId) => contactId !== null && erased.has(contactId);
}

function wishWithout(preference: PreferenceInput | null, isErased: IsErased): PreferenceInput | null {
  if (preference === null || !isErased(preference.talkToContactId)) return preference;
  return { ...preference, talkToContactId: null };
}
