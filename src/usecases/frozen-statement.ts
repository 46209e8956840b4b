import type { CycleDays } from '../core/cadence/cycle.ts';
import { mayBeSamePerson } from '../core/comparison/second-contact.ts';
import type { CompanyId, CycleLabel } from '../core/model.ts';
import { hasReadLogSince } from './audit-reads.ts';
import type { CompanyAccess } from './company-access.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Recall, TenantScope } from './records.ts';

type Respondent = { readonly contactId: string | null; readonly name: string };

/** Somebody who undoes more often than this in one quarter is looked at with the newest ones. */
const CHECK_INS_LOOKED_AT = 50;
/** Earlier answers were about the log of that day, and no new ones say that they still hold. */
const NOTHING_ASKED = { recall: null, correction: null } as const;

/**
 * Which answers count for a conversation with `respondent`. Once the log was shown to this caller in this cycle, the same
 * person's first answers stay (new ones become a correction, which can only lower a severity), whether that conversation
 * stands or was undone. After an undo, another person's answers would be given with the log in view and do not count; nor do
 * those of a contact with the same name, who may be the same person before and after a merge. Nor do anybody's where the caller
 * read a log of this customer before the first answers: as somebody else's manager, as their rep, or after answers without these.
 * Answers that do not count are kept as a correction: this conversation is as if nothing was asked, and what the same person said to
 * others can become milder by them.
 * @param answered what was answered now; null where the items were not asked
 */
export async function recallThatCounts(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  cycle: CycleDays,
  respondent: Respondent,
  answered: Recall | null,
): Promise<{ readonly recall: Recall | null; readonly correction: Recall | null }> {
  const own = await ownAnswers(deps, scope, person, company.companyId, cycle.label);
  const hasReadLog = await hasReadLogSince(deps, scope, person, company.companyId, cycle.startsOn);
  const shown = hasReadLog ? own : await comparedOf(deps, scope, own);
  const same = shown.filter((checkIn) => isSamePerson(checkIn, respondent)).sort(byTime)[0];
  if (same !== undefined)
    return answered === null ? NOTHING_ASKED : { recall: same.recall, correction: answered };
  const who = { respondentContactId: respondent.contactId, respondentName: respondent.name };
  const isInView = shown.some((checkIn) => checkIn.undoneAt !== null || mayBeSamePerson(checkIn, who));
  const isReadFirst = hasReadLog && own.length === 0;
  if (isInView || isReadFirst) return { recall: null, correction: answered };
  return { recall: answered, correction: null };
}

/** A caller's conversations of the cycle in which both questions were asked, those that were undone too. */
async function ownAnswers(
  deps: Deps,
  scope: TenantScope,
  { userId }: CompanyAccess['person'],
  companyId: CompanyId,
  label: CycleLabel,
): Promise<readonly CheckIn[]> {
  const { checkIns } = deps.store;
  const standing = (await checkIns.ofCompany(scope, companyId, CHECK_INS_LOOKED_AT)).filter(
    ({ callerUserId }) => callerUserId === userId,
  );
  const undone = await checkIns.undoneOf(scope, companyId, userId, CHECK_INS_LOOKED_AT);
  return [...standing, ...undone].filter(({ cycle, recall }) => cycle === label && recall !== null);
}

/** Those whose comparison there is, and may have been read. */
async function comparedOf(
  deps: Deps,
  scope: TenantScope,
  own: readonly CheckIn[],
): Promise<readonly CheckIn[]> {
  const compared: CheckIn[] = [];
  for (const checkIn of own) {
    const finding = await deps.store.findings.ofCheckIn(scope, checkIn.checkInId);
    if (finding !== null && finding.result !== null) compared.push(checkIn);
  }
  return compared;
}

function isSamePerson(checkIn: CheckIn, { contactId, name }: Respondent): boolean {
  if (checkIn.respondentContactId !== null && contactId !== null)
    return checkIn.respondentContactId === contactId;
  return checkIn.respondentName.trim().toLowerCase() === name.trim().toLowerCase();
}

function byTime(a: CheckIn, b: CheckIn): number {
  return a.savedAt.getTime() - b.savedAt.getTime();
}
