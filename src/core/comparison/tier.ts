/** How strong the records behind a claim are: the first rule that fits, E4 down to E1. */
import type { ActivityRecord } from './activity.ts';
import type { EvidenceTier } from './claim.ts';
import { daysBetween, instantMs, localDayOf } from '../cadence/calendar.ts';
import { SHORTEST_CONTACT_MS } from './outcome.ts';
import { isImported, isManual } from './sources.ts';

/** A deal, quote or ticket change, or a note attachment, at the same company. */
export type SupportingChange = { readonly userId: string; readonly changedAt: string };

export type TierContext = {
  readonly isTrusted: boolean;
  readonly isBurst: boolean;
  readonly supportingChanges: readonly SupportingChange[];
  readonly timeZone: string;
};

/** Logged later than this after the touch, a record is weak evidence, in milliseconds (7 days). */
export const LATE_LOGGING_MS = 604_800_000;

/** Returns the evidence tier of a call or meeting that is a claim. */
export function tierOf(record: ActivityRecord, context: TierContext): EvidenceTier {
  if (context.isTrusted && record.objectType === 'call') {
    if (isTwoSidedCall(record)) return 4;
    if (isCompletedCall(record)) return 3;
  }
  if (context.isTrusted && record.objectType === 'meeting' && record.outcome === 'COMPLETED') {
    if (record.isBookedByContact) return 4;
    if (isPlannedMeeting(record)) return 3;
  }
  if (isWeak(record, context.isBurst)) return 0;
  return isManual(record) && isSupported(record, context) ? 2 : 1;
}

function isLongEnough(call: ActivityRecord): boolean {
  return call.durationMs !== null && call.durationMs >= SHORTEST_CONTACT_MS;
}

function isTwoSidedCall(call: ActivityRecord): boolean {
  return isLongEnough(call) && (call.direction === 'INBOUND' || call.hasRecording);
}

function isCompletedCall(call: ActivityRecord): boolean {
  return isLongEnough(call) && call.callStatus === 'COMPLETED';
}

function isPlannedMeeting(meeting: ActivityRecord): boolean {
  const startAt = meeting.startAt ?? meeting.occurredAt;
  return instantMs(meeting.createdAt) < instantMs(startAt) && meeting.contactIds.length > 0;
}

function isWeak(record: ActivityRecord, isBurst: boolean): boolean {
  const loggedAfterMs = instantMs(record.createdAt) - instantMs(record.occurredAt);
  return loggedAfterMs > LATE_LOGGING_MS || record.contactIds.length === 0 || isBurst || isImported(record);
}

function isSupported(record: ActivityRecord, { supportingChanges, timeZone }: TierContext): boolean {
  if (supportingChanges.length === 0) return false;
  const createdOn = localDayOf(record.createdAt, timeZone);
  return supportingChanges.some(
    (change) =>
      change.userId === record.createdByUserId &&
      Math.abs(daysBetween(createdOn, localDayOf(change.changedAt, timeZone))) <= 1,
  );
}
