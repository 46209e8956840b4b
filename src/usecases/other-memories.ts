import { addBusinessDays } from '../core/cadence/business-days.ts';
import { compare } from '../core/comparison/compare.ts';
import { doesSecondContactRemember } from '../core/comparison/explain.ts';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import { areSurelyTwoPeople, isErased } from '../core/comparison/second-contact.ts';
import type { Settings } from '../core/comparison/settings.ts';
import { SECOND_CONTACT_BUSINESS_DAYS } from '../core/feedback/windows.ts';
import type { CompanyId } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingLater, FindingResult, FindingRow } from './finding-records.ts';

/** Years of answers: whoever explained a difference must not drop out of sight behind newer ones. */
export const OTHERS_LOOKED_AT = 200;

type Known = { readonly row: FindingRow; readonly checkIn: CheckIn; readonly kept: FindingLater | null };
type OtherMemory = { readonly row: FindingRow; readonly checkIn: CheckIn; readonly result: FindingResult };
export type SecondMemory = NonNullable<FindingLater['secondContact']>;

/**
 * The other respondent who counts, and whether a later wave differed firmly again. Whoever remembers explains, whosever work it
 * was; only a settled difference of the same rep can support, and one of a second contact only if they were asked in time.
 */
export async function otherMemories(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  known: Known,
): Promise<{ readonly second: SecondMemory | null; readonly isFirmAgainLater: boolean }> {
  const { checkIn, row } = known;
  const later = await laterStatements(deps, scope, known);
  const bearing = await bearingOut(deps, scope, row, later);
  const until = addBusinessDays(checkIn.happenedOn, SECOND_CONTACT_BUSINESS_DAYS, context.cal);
  const isInTime = (other: OtherMemory) => other.checkIn.happenedOn <= until;
  const isSecondPerson = (other: OtherMemory) => isAnotherPerson(other.checkIn, checkIn);
  const remembering = later
    .filter((other) => isSecondPerson(other) && doesSecondContactRemember(other.result.verdict))
    .find((other) => other.checkIn.wave === checkIn.wave || isInTime(other));
  const differing = bearing.find((other) => areSurelyTwoPeople(other.checkIn, checkIn) && isInTime(other));
  return {
    second:
      (await memoryOf(deps, scope, remembering)) ??
      (await rememberedBefore(deps, scope, known.kept)) ??
      (await memoryOf(deps, scope, differing)),
    isFirmAgainLater: bearing.some(
      ({ checkIn: { wave }, result: { verdict } }) => wave > checkIn.wave && verdict === 'DIFFERS_FIRM',
    ),
  };
}

/** Statements about the same company that were saved after this one and stand, newest first. */
async function laterStatements(
  deps: Deps,
  scope: TenantScope,
  { row, checkIn }: Known,
): Promise<readonly OtherMemory[]> {
  const findings = await deps.store.findings.ofCompany(scope, row.companyId, OTHERS_LOOKED_AT);
  const checkIns = await deps.store.checkIns.ofCompany(scope, row.companyId, OTHERS_LOOKED_AT);
  return findings.flatMap((finding) => {
    const other = checkIns.find(({ checkInId }) => checkInId === finding.checkInId);
    if (other === undefined || finding.findingId === row.findingId || finding.result === null) return [];
    if (heardAt(other) !== heardAt(checkIn) || other.savedAt <= checkIn.savedAt) return [];
    return [{ row: finding, checkIn: other, result: finding.result }];
  });
}

/** Only what has had its whole say bears another difference out: the same rep's, settled, no reply open or accepted. */
async function bearingOut(
  deps: Deps,
  scope: TenantScope,
  { repOwnerId }: FindingRow,
  later: readonly OtherMemory[],
): Promise<readonly OtherMemory[]> {
  const bearing: OtherMemory[] = [];
  for (const other of later) {
    if (other.result.severity === 0 || other.row.settledAt === null || other.row.repOwnerId !== repOwnerId)
      continue;
    const replies = await deps.store.findings.replies(scope, other.row.findingId);
    if (!replies.some(({ state }) => state === 'open' || state === 'accepted')) bearing.push(other);
  }
  return bearing;
}

/** What is kept of another's statement, to be weighed again elsewhere. */
async function memoryOf(
  deps: Deps,
  scope: TenantScope,
  other: OtherMemory | undefined,
): Promise<SecondMemory | null> {
  if (other === undefined) return null;
  const { inputs, thresholds } = other.result;
  const { findingId } = other.row;
  return { findingId, inputs, thresholds, later: await deps.store.findings.later(scope, findingId) };
}

/** Whoever remembered goes on explaining, whatever becomes of the answers or the person, until the conversation is taken back. */
async function rememberedBefore(
  deps: Deps,
  scope: TenantScope,
  kept: FindingLater | null,
): Promise<SecondMemory | null> {
  const second = kept?.secondContact ?? null;
  if (second?.findingId === undefined) return null;
  const { verdict } = compare(second.inputs as ComparisonInputs, second.thresholds as Settings);
  if (!doesSecondContactRemember(verdict)) return null;
  const finding = await deps.store.findings.find(scope, second.findingId);
  const checkIn = finding === null ? null : await deps.store.checkIns.find(scope, finding.checkInId);
  const stands = checkIn?.undoneAt === null;
  return stands ? second : null;
}

/** Answers about two companies that were merged later are about two different times with them. */
export function heardAt({ companyId, heardAtCompanyId }: CheckIn): CompanyId {
  return heardAtCompanyId ?? companyId;
}

/**
 * Two contacts of HubSpot, which is enough to explain: a typed name may be the same person again. As they were when they answered:
 * what a merge makes of them later takes no explanation away. Nor does an erasure: of whom nothing is known is taken for another.
 */
function isAnotherPerson(other: CheckIn, checkIn: CheckIn): boolean {
  if (isErased(other) || isErased(checkIn)) return true;
  const ids = [other, checkIn].map((one) => one.heardAsContactId ?? one.respondentContactId);
  return !ids.includes(null) && ids[0] !== ids[1];
}
