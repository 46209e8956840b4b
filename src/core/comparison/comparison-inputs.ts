/** Puts evidence, statement and what is known about the rep together into the inputs of a comparison. */
import { instantMs } from '../cadence/calendar.ts';
import type { Evidence, EvidenceClaim } from './evidence.ts';
import type { ComparisonInputs } from './finding.ts';
import { COUNTED_DAYS } from './settings.ts';
import type { Flag, Statement } from './statement.ts';

/** From `fromDay` (local day) on, this owner was the rep of record. */
export type RepOfRecordChange = { readonly fromDay: string; readonly ownerId: string | null };

export type InputParts = {
  readonly statement: Statement;
  readonly evidence: Evidence;
  readonly factsSavedAt: string;
  /** Every page of every read arrived, and none hit a limit. */
  readonly isLogComplete: boolean;
  /** When the log was read (ISO instant); a read from before the facts is not enough. */
  readonly logReadAt: string;
  /** History of the company's owner; empty when it is not known, and then nothing follows from it. */
  readonly repsOfRecord: readonly RepOfRecordChange[];
  /** Business days of leave of the rep in the 45 days before the facts. */
  readonly repLeaveBusinessDays: number;
};

const LONG_LEAVE_BUSINESS_DAYS = 10;

/** Returns the inputs of `compare`, with the flags that follow from the log and the rep's calendar. */
export function comparisonInputs(parts: InputParts): ComparisonInputs {
  const { statement, evidence } = parts;
  const flags = [...new Set([...statement.flags, ...flagsFromLog(parts)])];
  return { claims: evidence.claims, recency: statement.recency, count: statement.count, flags };
}

function flagsFromLog(parts: InputParts): Flag[] {
  const isStaleRead = instantMs(parts.logReadAt) < instantMs(parts.factsSavedAt);
  const flags: [Flag, boolean][] = [
    ['partial', !parts.isLogComplete || isStaleRead],
    ['trace', parts.evidence.traceIds.length > 0],
    ['shared', parts.evidence.claims.some((claim) => isByAnotherRep(claim, parts.repsOfRecord))],
    ['leave', parts.repLeaveBusinessDays >= LONG_LEAVE_BUSINESS_DAYS],
  ];
  return flags.filter(([, isSet]) => isSet).map(([flag]) => flag);
}

/** Looks at the touch-days that could count against someone: live, with the respondent, up to 90 days old. */
function isByAnotherRep(claim: EvidenceClaim, repsOfRecord: readonly RepOfRecordChange[]): boolean {
  const isCounted =
    claim.outcome === 'live' && claim.contact === 'respondent' && claim.ageDays <= COUNTED_DAYS;
  if (!isCounted || repsOfRecord.length === 0) return false;
  return repOfRecordOn(claim.occurredOn, repsOfRecord) !== claim.ownerId;
}

/** Returns the owner of record on a local day, or null when there was none or it is not known. */
export function repOfRecordOn(day: string, changes: readonly RepOfRecordChange[]): string | null {
  let latest: RepOfRecordChange | null = null;
  for (const change of changes) {
    if (change.fromDay <= day && (latest === null || change.fromDay >= latest.fromDay)) latest = change;
  }
  return latest?.ownerId ?? null;
}
