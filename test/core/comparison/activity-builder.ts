import type { ActivityRecord } from '../../../src/core/comparison/activity.ts';
import type { ComparisonContext, Evidence } from '../../../src/core/comparison/evidence.ts';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';

export const CONNECTED = 'f240bbac-87c9-4f6e-bf70-924b57d47db7';
export const LEFT_VOICEMAIL = 'b2cf5968-551e-4856-9783-52b3da59a7d0';

/** A call with the respondent, Connected, typed in three hours later by its owner. */
export function aCall(changes: Partial<ActivityRecord> = {}): ActivityRecord {
  return {
    objectType: 'call',
    id: '501',
    occurredAt: '2026-07-20T15:00:00Z',
    createdAt: '2026-07-20T18:00:00Z',
    ownerId: '11',
    createdByUserId: '911',
    sourceLabel: 'CRM_UI',
    sourceDetail: null,
    disposition: CONNECTED,
    callStatus: null,
    durationMs: null,
    direction: 'OUTBOUND',
    hasRecording: false,
    outcome: null,
    startAt: null,
    endAt: null,
    contactIds: ['301'],
    companyId: '201',
    companyLink: 'direct',
    isFromContactThere: false,
    isBookedByContact: false,
    isCheckIn: false,
    ...changes,
  };
}

/** A completed call that a trusted dialer recorded. */
export function aDialerCall(changes: Partial<ActivityRecord> = {}): ActivityRecord {
  return aCall({
    sourceLabel: 'CALLING',
    sourceDetail: 'HubSpot calling',
    callStatus: 'COMPLETED',
    durationMs: 60_000,
    createdAt: '2026-07-20T15:01:00Z',
    ...changes,
  });
}

/** A meeting that calendar sync brought in before it began. */
export function aSyncedMeeting(changes: Partial<ActivityRecord> = {}): ActivityRecord {
  return aCall({
    objectType: 'meeting',
    sourceLabel: 'INTEGRATION',
    sourceDetail: 'Google Calendar',
    createdAt: '2026-07-15T09:00:00Z',
    startAt: '2026-07-20T15:00:00Z',
    endAt: '2026-07-20T15:30:00Z',
    disposition: null,
    direction: null,
    outcome: 'COMPLETED',
    ...changes,
  });
}

export function anEmail(changes: Partial<ActivityRecord> = {}): ActivityRecord {
  return aCall({
    objectType: 'email',
    sourceLabel: 'INTEGRATION',
    sourceDetail: 'Gmail',
    disposition: null,
    direction: 'INCOMING_EMAIL',
    isFromContactThere: true,
    ...changes,
  });
}

export function aContext(changes: Partial<ComparisonContext> = {}): ComparisonContext {
  return {
    factsSavedAt: '2026-08-12T15:15:00Z',
    timeZone: 'America/Chicago',
    portalTimeZone: 'America/Chicago',
    respondentContactId: '301',
    userIdByOwnerId: { '11': '911', '12': '912' },
    trustedSources: [
      { label: 'CALLING', detail: 'HubSpot calling' },
      { label: 'INTEGRATION', detail: 'Google Calendar' },
      { label: 'INTEGRATION', detail: 'Gmail' },
    ],
    customDispositions: { 'custom-reached': 'reached', 'custom-attempt': 'attempt' },
    gateOpensOnByOwnerId: { '11': '2026-05-08', '12': '2026-05-08' },
    managerOwnerIds: ['19'],
    managerUserIds: ['919'],
    supportingChanges: [],
    burstActivityIds: [],
    ...changes,
  };
}

/** What one activity becomes, in one word: "live E1", "open E0", "dropped attempt", "trace". */
export function readingOf(record: ActivityRecord, context: ComparisonContext = aContext()): string {
  return inWords(readEvidence([record], context));
}

function inWords({ claims, traceIds, dropped }: Evidence): string {
  const words = [
    ...claims.map((claim) => `${claim.outcome} E${claim.tier}`),
    ...traceIds.map(() => 'trace'),
    ...dropped.map(({ reason }) => `dropped ${reason}`),
  ];
  return words.join(', ');
}
