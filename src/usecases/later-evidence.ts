import { addBusinessDays } from '../core/cadence/business-days.ts';
import { daysBetween, localDayOf } from '../core/cadence/calendar.ts';
import { onlyClaim, sortedClaims, type Claim } from '../core/comparison/claim.ts';
import { readEvidence, type Evidence } from '../core/comparison/evidence.ts';
import { doesSecondContactRemember, type LaterEvidence } from '../core/comparison/explain.ts';
import { SECOND_CONTACT_BUSINESS_DAYS } from '../core/feedback/windows.ts';
import type { CompanyId } from '../core/model.ts';
import { comparisonContext } from './comparison-context.ts';
import type { CompanyLog } from './hubspot-port.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingLater, FindingResult, FindingRow } from './finding-records.ts';

type Known = {
  readonly row: FindingRow;
  readonly checkIn: CheckIn;
  /** The log as it stood when the facts were saved. */
  readonly evidence: Evidence;
  readonly log: CompanyLog;
  readonly isLogRead: boolean;
};
type OtherMemory = {
  readonly findingId: string;
  readonly checkIn: CheckIn;
  readonly result: FindingResult;
};

/** What came after the facts, as the comparison weighs it and as it is stored to be weighed again elsewhere. */
export type WhatCameLater = { readonly evidence: LaterEvidence; readonly stored: FindingLater };

/**
 * What came after the facts: records found later, an accepted reply, another person's memory. Where the log stays unread, the
 * records that were found before still count: nothing that explained a difference is forgotten.
 */
export async function laterEvidence(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  known: Known,
): Promise<WhatCameLater> {
  const { findings } = deps.store;
  const replies = await findings.replies(scope, known.row.findingId);
  const { claims, trace } = known.isLogRead
    ? await recordsSince(deps, scope, context, known)
    : ((await findings.later(scope, known.row.findingId)) ?? { claims: [], trace: false });
  const { second, isFirmAgainLater } = await otherMemories(deps, scope, context, known);
  const plain = {
    claims: sortedClaims(claims).map(onlyClaim),
    trace,
    isReplyAccepted: replies.some(({ state }) => state === 'accepted'),
    isFirmAgainLater,
  };
  if (second === null) return sameFor(plain, null, null);
  const { inputs, thresholds, verdict, severity } = second.result;
  const later = await findings.later(scope, second.findingId);
  return sameFor(plain, severity === 3 ? null : { verdict, severity }, { inputs, thresholds, later });
}

function sameFor(
  plain: Omit<LaterEvidence, 'secondContact'>,
  weighed: LaterEvidence['secondContact'],
  stored: FindingLater['secondContact'],
): WhatCameLater {
  return {
    evidence: { ...plain, secondContact: weighed },
    stored: { ...plain, secondContact: stored },
  };
}

async function recordsSince(deps: Deps, scope: TenantScope, context: PortalContext, known: Known) {
  const reading = await comparisonContext(deps, scope, context, known.checkIn, context.now);
  const now = readEvidence(known.log.activities.filter(isBefore(known.checkIn.savedAt)), reading);
  return {
    claims: claimsSince(known, now, reading.timeZone),
    trace: now.traceIds.some((id) => !known.evidence.traceIds.includes(id)),
  };
}

/** Claims that are new or stronger now, with their age on the day of the facts. Touches after the facts do not count. */
function claimsSince({ evidence, checkIn }: Known, now: Evidence, timeZone: string): Claim[] {
  const before = new Map(evidence.claims.map((claim) => [claim.activityId, claim.tier]));
  const factsDay = localDayOf(checkIn.savedAt.toISOString(), timeZone);
  return now.claims
    .filter((claim) => (before.get(claim.activityId) ?? -1) < claim.tier)
    .map((claim) => ({ ...claim, ageDays: daysBetween(claim.occurredOn, factsDay) }))
    .filter(({ ageDays }) => ageDays >= 0);
}

/** The other respondent who counts, and whether a later wave differed firmly again. */
async function otherMemories(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  { row, checkIn }: Known,
): Promise<{ readonly second: OtherMemory | null; readonly isFirmAgainLater: boolean }> {
  const findings = await deps.store.findings.ofCompany(scope, row.companyId, 20);
  const checkIns = await deps.store.checkIns.ofCompany(scope, row.companyId, 50);
  const others = findings.flatMap((finding): OtherMemory[] => {
    const other = checkIns.find(({ checkInId }) => checkInId === finding.checkInId);
    if (other === undefined || finding.findingId === row.findingId || finding.result === null) return [];
    if (heardAt(other) !== heardAt(checkIn)) return [];
    return [{ findingId: finding.findingId, checkIn: other, result: finding.result }];
  });
  const until = addBusinessDays(checkIn.happenedOn, SECOND_CONTACT_BUSINESS_DAYS, context.cal);
  const seconds = others.filter(
    (other) =>
      (other.checkIn.wave === checkIn.wave || other.checkIn.happenedOn <= until) &&
      other.checkIn.savedAt > checkIn.savedAt &&
      isAnotherPerson(other.checkIn, checkIn),
  );
  return {
    second: whoCounts(seconds),
    isFirmAgainLater: others.some(
      (other) => other.checkIn.wave > checkIn.wave && other.result.verdict === 'DIFFERS_FIRM',
    ),
  };
}

/** One person who remembers explains, however many others do not; of those who do not, one who differs; else the newest. */
function whoCounts(seconds: readonly OtherMemory[]): OtherMemory | null {
  const remembers = seconds.find(({ result: { verdict } }) => doesSecondContactRemember(verdict));
  return remembers ?? seconds.find(({ result }) => result.severity > 0) ?? seconds[0] ?? null;
}

/** Answers about two companies that were merged later are about two different times with them. */
function heardAt({ companyId, heardAtCompanyId }: CheckIn): CompanyId {
  return heardAtCompanyId ?? companyId;
}

/** Only two contacts of HubSpot are surely two people: a typed name may be the same person again. */
function isAnotherPerson(other: CheckIn, checkIn: CheckIn): boolean {
  const ids = [other.respondentContactId, checkIn.respondentContactId];
  return !ids.includes(null) && ids[0] !== ids[1];
}

/** Contact made after the answer explains nothing about it. */
function isBefore(savedAt: Date) {
  return ({ occurredAt }: { readonly occurredAt: string }) => new Date(occurredAt) <= savedAt;
}
