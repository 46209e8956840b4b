import { localDayOf } from '../core/cadence/calendar.ts';
import { compare } from '../core/comparison/compare.ts';
import { comparisonInputs } from '../core/comparison/comparison-inputs.ts';
import { findingAfterCorrection } from '../core/comparison/correction.ts';
import type { Evidence } from '../core/comparison/evidence.ts';
import type { ComparisonInputs, Finding } from '../core/comparison/finding.ts';
import { mayBeSamePerson } from '../core/comparison/second-contact.ts';
import type { Settings } from '../core/comparison/settings.ts';
import type { Flag, Statement } from '../core/comparison/statement.ts';
import type { OwnerId } from '../core/model.ts';
import { statementOf } from './comparison-context.ts';
import type { FindingResult, FindingRow } from './finding-records.ts';
import type { CompanyLog } from './hubspot-port.ts';
import { leaveBusinessDays } from './leave.ts';
import { settingsOfToday } from './measure-recall.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';

/** Flags that no answer of the customer changes. */
const OF_THE_LOG: readonly Flag[] = ['partial', 'trace', 'shared', 'leave'];
const EARLIER_LOOKED_AT = 200;

export type SnapshotRead = {
  readonly checkIn: CheckIn;
  readonly evidence: Evidence;
  readonly log: CompanyLog;
  readonly isLogComplete: boolean;
  readonly timeZone: string;
};

/** The finding of the snapshot, made for the first time. */
export async function firstFinding(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  { repOwnerId }: FindingRow,
  { checkIn, evidence, log, isLogComplete, timeZone }: SnapshotRead,
): Promise<Finding> {
  const spokeBefore = await reportedContactBefore(deps, scope, checkIn);
  const heldOn = localDayOf(checkIn.savedAt, timeZone);
  const inputs = comparisonInputs({
    statement: statementOf(checkIn.recall, spokeBefore),
    evidence,
    factsSavedAt: checkIn.savedAt.toISOString(),
    isLogComplete,
    logReadAt: context.now.toISOString(),
    repsOfRecord: log.ownership.map(({ ownerId, from }) => ({
      fromDay: localDayOf(from, timeZone),
      ownerId,
    })),
    repLeaveBusinessDays: await leaveBusinessDays(deps, scope, context, repOwnerId, heldOn),
  });
  const made = compareForRep(inputs, await settingsOfToday(deps, scope, context), repOwnerId);
  return lowered(deps, scope, checkIn, made, spokeBefore);
}

/**
 * The finding of the snapshot as it was kept, since later logs must not change it: its claims beside this conversation's own answers,
 * whichever it was weighed by last. What was corrected since can only lower it.
 */
export async function keptFinding(
  deps: Deps,
  scope: TenantScope,
  checkIn: CheckIn,
  { inputs, thresholds }: FindingResult,
): Promise<Finding> {
  // Stored by the comparison itself, in its own shape.
  const asKept = inputs as ComparisonInputs;
  const spokeBefore =
    asKept.flags.includes('spokeBefore') || (await reportedContactBefore(deps, scope, checkIn));
  const own = withAnswers(asKept, statementOf(checkIn.recall, spokeBefore));
  return lowered(deps, scope, checkIn, compare(own, thresholds as Settings), spokeBefore);
}

/** The same log beside other answers. */
function withAnswers(inputs: ComparisonInputs, answers: Statement): ComparisonInputs {
  const ofTheLog = inputs.flags.filter((flag) => OF_THE_LOG.includes(flag));
  return { ...inputs, ...answers, flags: [...new Set([...ofTheLog, ...answers.flags])] };
}

/** By what corrections say, and by contact that this person turns out to have reported in an earlier wave. */
async function lowered(
  deps: Deps,
  scope: TenantScope,
  checkIn: CheckIn,
  made: Finding,
  spokeBefore: boolean,
): Promise<Finding> {
  // What was answered after the log was shown does not count here: nothing was asked, and nothing is corrected.
  if (checkIn.recall === null) return made;
  const corrections = await deps.store.checkIns.corrections(scope, checkIn.checkInId);
  const known = spokeBefore ? withSpokeBefore(made) : made;
  return corrections.reduce((finding, { recall }) => {
    const corrected = withAnswers(made.inputs, statementOf(recall, spokeBefore));
    return findingAfterCorrection(finding, compare(corrected, made.thresholds));
  }, known);
}

function withSpokeBefore(finding: Finding): Finding {
  if (finding.severity === 0) return finding;
  const flags = [...new Set([...finding.inputs.flags, 'spokeBefore' as const])];
  return findingAfterCorrection(finding, compare({ ...finding.inputs, flags }, finding.thresholds));
}

/**
 * What another rep logged can help this one, never hurt: the finding weighs no more than it would with this rep's own claims
 * alone. So nobody answers for the calls of whoever had the account before.
 */
function compareForRep(inputs: ComparisonInputs, settings: Settings, repOwnerId: OwnerId): Finding {
  const isOwn = ({ owner }: ComparisonInputs['claims'][number]) =>
    owner === undefined || owner === repOwnerId;
  const all = compare(inputs, settings);
  if (all.severity === 0 || inputs.claims.every(isOwn)) return all;
  const claims = inputs.claims.map((claim) =>
    isOwn(claim) ? claim : { ...claim, outcome: 'open' as const },
  );
  return findingAfterCorrection(all, compare({ ...inputs, claims }, settings));
}

/** In the answers of an earlier wave, as they were given or as they were corrected. */
async function reportedContactBefore(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<boolean> {
  const others = await deps.store.checkIns.ofCompany(scope, checkIn.companyId, EARLIER_LOOKED_AT);
  const earlier = others.filter(
    (other) => other.wave < checkIn.wave && other.recall !== null && mayBeSamePerson(other, checkIn),
  );
  for (const { checkInId, recall } of earlier) {
    const corrections = await deps.store.checkIns.corrections(scope, checkInId);
    const answers = [recall, ...corrections.map((correction) => correction.recall)];
    if (answers.some((answer) => answer !== null && recallsContact(answer))) return true;
  }
  return false;
}

/** Contact of any age: somebody who once named half a year ago did speak with the rep. */
function recallsContact({ recency, count }: NonNullable<CheckIn['recall']>): boolean {
  const wasInTouch = recency !== null && recency !== 'NEVER' && recency !== 'DK';
  return wasInTouch || (count !== null && count !== '0' && count !== 'DK');
}
