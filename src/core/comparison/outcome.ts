/** Whether a logged activity was a contact, an attempt, or cannot be told. */
import type { ActivityRecord } from './activity.ts';
import type { ClaimOutcome } from './claim.ts';
import { instantMs } from '../cadence/calendar.ts';

/** What the admin says a call disposition of the portal means; dispositions without an entry stay open. */
export type DispositionMap = Readonly<Record<string, 'reached' | 'attempt'>>;

/** Shorter calls of a trusted source are attempts, in milliseconds. */
export const SHORTEST_CONTACT_MS = 60_000;

/** HubSpot's standard call dispositions (developer documentation of the calls API). */
export const STANDARD_DISPOSITIONS: DispositionMap = {
  'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'reached', // Connected
  '73a0d17f-1163-4015-bdd5-ec830791da20': 'attempt', // No answer
  '9d9162e7-6cf3-4944-bf63-4dff82258764': 'attempt', // Busy
  '17b47fee-58de-441e-a44c-c6300d46f273': 'attempt', // Wrong number
  'b2cf5968-551e-4856-9783-52b3da59a7d0': 'attempt', // Left voicemail
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'attempt', // Left live message
};

/** Returns live, open, or attempt (which is no claim) for a call. */
export function callOutcome(
  call: ActivityRecord,
  isFromTrustedSource: boolean,
  customDispositions: DispositionMap,
): ClaimOutcome | 'attempt' {
  const hasStatus = call.callStatus !== null && call.callStatus !== '';
  if (hasStatus && call.callStatus !== 'COMPLETED') return 'attempt';
  if (isFromTrustedSource && call.durationMs !== null && call.durationMs < SHORTEST_CONTACT_MS)
    return 'attempt';
  const meaning = meaningOf(call.disposition, customDispositions);
  if (meaning === 'reached') return 'live';
  return meaning ?? 'open';
}

/** Returns live, open, or attempt (which is no claim) for a meeting, seen from one moment. */
export function meetingOutcome(meeting: ActivityRecord, moment: string): ClaimOutcome | 'attempt' {
  switch (meeting.outcome) {
    case 'COMPLETED':
      return 'live';
    case 'NO_SHOW':
    case 'CANCELED':
    case 'RESCHEDULED':
      return 'attempt';
    case 'SCHEDULED':
      return instantMs(meeting.startAt ?? meeting.occurredAt) > instantMs(moment) ? 'attempt' : 'open';
    default:
      return 'open';
  }
}

/** A standard meaning cannot be mapped away: the admin maps the portal's own dispositions. */
function meaningOf(disposition: string | null, custom: DispositionMap): 'reached' | 'attempt' | undefined {
  if (disposition === null || disposition === '') return undefined;
  return STANDARD_DISPOSITIONS[disposition] ?? custom[disposition];
}
