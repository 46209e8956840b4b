import { mayBeSamePerson } from '../core/comparison/second-contact.ts';
import type { CycleLabel } from '../core/model.ts';
import type { CompanyAccess } from './company-access.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, Recall, TenantScope } from './records.ts';

type Respondent = { readonly contactId: string | null; readonly name: string };

/** Somebody who undoes more often than this in one quarter is looked at with the newest ones. */
const CHECK_INS_LOOKED_AT = 50;
/** Earlier answers were about the log of that day, and no new ones say that they still hold. */
const NOTHING_ASKED = { recall: null, correction: null } as const;

/**
 * Which answers count for a conversation with `respondent`. Once a comparison was shown to this caller in this cycle, the same
 * person's first answers stay (new ones become a correction, which can only lower a severity), whether that conversation
 * stands or was undone. After an undo, another person's answers would be given with the log in view and do not count; nor do
 * those of a contact with the same name, who may be the same person before and after a merge.
 * @param answered what was answered now; null where the items were not asked
 */
export async function recallThatCounts(
  deps: Deps,
  scope: TenantScope,
  { person, company }: CompanyAccess,
  cycle: CycleLabel,
  respondent: Respondent,
  answered: Recall | null,
): Promise<{ readonly recall: Recall | null; readonly correction: Recall | null }> {
  const { checkIns, findings } = deps.store;
  const standing = (await checkIns.ofCompany(scope, company.companyId, CHECK_INS_LOOKED_AT)).filter(
    ({ callerUserId }) => callerUserId === person.userId,
  );
  const undone = await checkIns.undoneOf(scope, company.companyId, person.userId, CHECK_INS_LOOKED_AT);
  const shown: CheckIn[] = [];
  for (const checkIn of [...standing, ...undone]) {
    if (checkIn.cycle !== cycle || checkIn.recall === null) continue;
    const finding = await findings.ofCheckIn(scope, checkIn.checkInId);
    if (finding !== null && finding.result !== null) shown.push(checkIn);
  }
  const same = shown.filter((checkIn) => isSamePerson(checkIn, respondent)).sort(byTime)[0];
  if (same !== undefined)
    return answered === null ? NOTHING_ASKED : { recall: same.recall, correction: answered };
  const who = { respondentContactId: respondent.contactId, respondentName: respondent.name };
  const isInView = shown.some((checkIn) => checkIn.undoneAt !== null || mayBeSamePerson(checkIn, who));
  return { recall: isInView ? null : answered, correction: null };
}

function isSamePerson(checkIn: CheckIn, { contactId, name }: Respondent): boolean {
  if (checkIn.respondentContactId !== null && contactId !== null)
    return checkIn.respondentContactId === contactId;
  return checkIn.respondentName.trim().toLowerCase() === name.trim().toLowerCase();
}

function byTime(a: CheckIn, b: CheckIn): number {
  return a.savedAt.getTime() - b.savedAt.getTime();
}
