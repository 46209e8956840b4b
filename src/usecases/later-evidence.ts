import type { ActivityRecord } from '../core/comparison/activity.ts';
import { canonicalJson } from '../core/comparison/canonical.ts';
import { isMachineConfirmed, onlyClaim, sortedClaims, type Claim } from '../core/comparison/claim.ts';
import { readEvidence } from '../core/comparison/evidence.ts';
import {
  compareWithLaterEvidence,
  NO_LATER_EVIDENCE,
  type LaterEvidence,
} from '../core/comparison/explain.ts';
import type { ComparisonInputs } from '../core/comparison/finding.ts';
import type { Settings } from '../core/comparison/settings.ts';
import { comparisonContext } from './comparison-context.ts';
import type { CompanyLog } from './hubspot-port.ts';
import { otherMemories } from './other-memories.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, TenantScope } from './records.ts';
import type { FindingLater, FindingRow } from './finding-records.ts';

type Known = {
  readonly row: FindingRow;
  readonly checkIn: CheckIn;
  /** The log as it reads today; null where it stays unread. */
  readonly log: CompanyLog | null;
};
type Records = Pick<FindingLater, 'claims' | 'trace'>;
const NO_RECORDS: Records = { claims: [], trace: false };

/** What came after the facts, as the comparison weighs it and as it is stored to be weighed again elsewhere. */
export type WhatCameLater = { readonly evidence: LaterEvidence; readonly stored: FindingLater };

/**
 * What came after the facts: machine records that are to be seen by now, an accepted reply, another person's memory. Nothing that
 * explained a difference is forgotten: a record counts on when it is gone from the log, or its source is trusted no more.
 */
export async function laterEvidence(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  known: Known,
): Promise<WhatCameLater> {
  const { row, checkIn, log } = known;
  const replies = await deps.store.findings.replies(scope, row.findingId);
  const kept = await deps.store.findings.later(scope, row.findingId);
  const seen = log === null ? NO_RECORDS : await recordsByNow(deps, scope, context, checkIn, log);
  const { second, isFirmAgainLater } = await otherMemories(deps, scope, context, { row, checkIn, kept });
  const plain = {
    ...together(kept ?? NO_RECORDS, seen),
    isReplyAccepted: kept?.isReplyAccepted === true || replies.some(({ state }) => state === 'accepted'),
    isFirmAgainLater,
  };
  return {
    evidence: { ...plain, secondContact: second === null ? null : weighed(second) },
    stored: { ...plain, secondContact: second },
  };
}

/**
 * All machine records of today's log that fall before the facts, whenever they were made, attached or trusted: what the first
 * finding knew of them explained nothing, or there would be no difference. Their ages are those of the day of the facts.
 */
async function recordsByNow(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  checkIn: CheckIn,
  log: CompanyLog,
): Promise<Records> {
  const reading = await comparisonContext(deps, scope, context, checkIn, checkIn.savedAt);
  const records = log.activities.map((record) => asIfThereBy(record, checkIn.savedAt));
  const { claims, traceIds } = readEvidence(records, reading);
  return { claims: claims.filter(isMachineConfirmed).map(onlyClaim), trace: traceIds.length > 0 };
}

/** A record in today's version, as if it had been there by that moment. When it was made decides nothing for a machine record. */
function asIfThereBy({ history: _versions, ...record }: ActivityRecord, moment: Date): ActivityRecord {
  if (new Date(record.createdAt) <= moment) return record;
  return { ...record, createdAt: moment.toISOString() };
}

/** One claim that is read each time is kept once. */
function together(kept: Records, seen: Records): Records {
  const distinct = new Map<string, Claim>();
  for (const claim of [...kept.claims, ...seen.claims]) distinct.set(canonicalJson(claim), claim);
  return { claims: sortedClaims([...distinct.values()]), trace: kept.trace || seen.trace };
}

/** A stored statement in the light of what came after it. */
function weighed({
  inputs,
  thresholds,
  later,
}: NonNullable<FindingLater['secondContact']>): LaterEvidence['secondContact'] {
  const after = later === null ? NO_LATER_EVIDENCE : { ...later, secondContact: secondOf(later) };
  const { verdict, severity } = compareWithLaterEvidence(
    inputs as ComparisonInputs,
    thresholds as Settings,
    after,
  );
  return { verdict, severity };
}

function secondOf({ secondContact }: FindingLater): LaterEvidence['secondContact'] {
  return secondContact === null ? null : weighed(secondContact);
}
