import type { ActivityRecord } from '../core/comparison/evidence.ts';
import type { ObjectTypeName } from './api-version.ts';
import { addressesOf } from './contacts.ts';
import type { HubSpotRecord } from './schemas.ts';
import { instantOf, numberOf, textOf } from './values.ts';

export type ActivityType = Extract<ObjectTypeName, 'calls' | 'meetings' | 'emails'>;

type History = NonNullable<ActivityRecord['history']>;
type Changeable = Partial<History[number]['values']>;

/** Properties that can be edited after the fact, and so are read with their history where a record was changed. */
const CHANGEABLE: Readonly<Record<ActivityType, readonly string[]>> = {
  calls: [
    'hs_timestamp',
    'hubspot_owner_id',
    'hs_call_disposition',
    'hs_call_status',
    'hs_call_duration',
    'hs_call_direction',
    'hs_call_recording_url',
  ],
  meetings: [
    'hs_timestamp',
    'hubspot_owner_id',
    'hs_meeting_outcome',
    'hs_meeting_start_time',
    'hs_meeting_end_time',
  ],
  emails: ['hs_timestamp', 'hubspot_owner_id', 'hs_email_direction'],
};

/** Set by HubSpot alone. No title, body, subject or recipient is ever asked for. */
const FIXED = [
  'hs_createdate',
  'hs_lastmodifieddate',
  'hs_created_by_user_id',
  'hs_object_source_label',
  'hs_object_source_detail_1',
] as const;

const OWN: Readonly<Record<ActivityType, readonly string[]>> = {
  calls: [],
  meetings: ['hs_meeting_source', 'hs_meeting_created_from_link_id'],
  emails: ['hs_email_from_email'],
};

/** The app's own names of HubSpot's activity types. */
export const OBJECT_TYPES = { calls: 'call', meetings: 'meeting', emails: 'email' } as const;

/** Everything that is read of an activity. */
export function activityProperties(type: ActivityType): readonly string[] {
  return [...FIXED, ...CHANGEABLE[type], ...OWN[type]];
}

/** The part of it whose history matters. */
export function changeableProperties(type: ActivityType): readonly string[] {
  return CHANGEABLE[type];
}

/** When the activity took place: the start of a meeting, else hs_timestamp; null where HubSpot has neither. */
export function occurredAtOf(type: ActivityType, record: HubSpotRecord): Date | null {
  const startAt = type === 'meetings' ? instantOf(textOf(record, 'hs_meeting_start_time')) : null;
  return startAt ?? instantOf(textOf(record, 'hs_timestamp'));
}

/** True where the record was edited after it was made. */
export function isEdited(record: HubSpotRecord): boolean {
  const createdAt = instantOf(textOf(record, 'hs_createdate'));
  const changedAt = instantOf(textOf(record, 'hs_lastmodifieddate'));
  return createdAt === null || changedAt === null || changedAt.getTime() > createdAt.getTime();
}

export type ActivityLinks = {
  readonly companyId: string;
  readonly companyLink: ActivityRecord['companyLink'];
  readonly contactIds: readonly string[];
  /** Addresses of the contacts at the company, in lower case. */
  readonly addressesThere: ReadonlySet<string>;
};

/** The activity's metadata, or null where HubSpot lacks the times without which it says nothing. */
export function toActivity(
  type: ActivityType,
  record: HubSpotRecord,
  links: ActivityLinks,
): ActivityRecord | null {
  const occurredAt = occurredAtOf(type, record);
  const createdAt = instantOf(textOf(record, 'hs_createdate'));
  if (occurredAt === null || createdAt === null) return null;
  const updatedAt = instantOf(textOf(record, 'hs_lastmodifieddate'));
  const history = historyOf(type, record);
  return {
    objectType: OBJECT_TYPES[type],
    id: record.id,
    ...fieldsOf(type, (name) => textOf(record, name)),
    occurredAt: occurredAt.toISOString(),
    createdAt: createdAt.toISOString(),
    ...(updatedAt === null ? {} : { updatedAt: updatedAt.toISOString() }),
    createdByUserId: textOf(record, 'hs_created_by_user_id'),
    sourceLabel: textOf(record, 'hs_object_source_label'),
    sourceDetail: textOf(record, 'hs_object_source_detail_1'),
    contactIds: links.contactIds,
    companyId: links.companyId,
    companyLink: links.companyLink,
    isFromContactThere: links.addressesThere.has(
      textOf(record, 'hs_email_from_email')?.trim().toLowerCase() ?? '',
    ),
    isBookedByContact: type === 'meetings' && isBooked(record),
    // This app writes notes and tasks only; it never logs a call, a meeting or an email.
    isCheckIn: false,
    ...(history === null ? {} : { history }),
  };
}

/** The fields a person can edit, read through `value` so that history and record share one rule. */
function fieldsOf(
  type: ActivityType,
  value: (name: string) => string | null,
): Omit<Required<Changeable>, 'occurredAt'> {
  return {
    ownerId: value('hubspot_owner_id'),
    disposition: type === 'calls' ? value('hs_call_disposition') : null,
    callStatus: type === 'calls' ? value('hs_call_status') : null,
    durationMs: type === 'calls' ? numberOf(value('hs_call_duration')) : null,
    direction:
      type === 'meetings' ? null : value(type === 'calls' ? 'hs_call_direction' : 'hs_email_direction'),
    hasRecording: type === 'calls' && value('hs_call_recording_url') !== null,
    outcome: type === 'meetings' ? value('hs_meeting_outcome') : null,
    startAt: type === 'meetings' ? isoOf(value('hs_meeting_start_time')) : null,
    endAt: type === 'meetings' ? isoOf(value('hs_meeting_end_time')) : null,
  };
}

/** Which field each property's history belongs to. */
const FIELD_OF: Readonly<Record<string, keyof Changeable>> = {
  hubspot_owner_id: 'ownerId',
  hs_call_disposition: 'disposition',
  hs_call_status: 'callStatus',
  hs_call_duration: 'durationMs',
  hs_call_direction: 'direction',
  hs_email_direction: 'direction',
  hs_call_recording_url: 'hasRecording',
  hs_meeting_outcome: 'outcome',
  hs_meeting_start_time: 'startAt',
  hs_meeting_end_time: 'endAt',
};

function historyOf(type: ActivityType, record: HubSpotRecord): History | null {
  const histories = record.propertiesWithHistory;
  if (histories == null) return null;
  return CHANGEABLE[type].flatMap((name) =>
    (histories[name] ?? []).flatMap((entry) => {
      const since = isoOf(entry.timestamp);
      const value = entry.value == null || entry.value === '' ? null : entry.value;
      return since === null ? [] : [{ since, values: changedValues(type, name, value) }];
    }),
  );
}

function changedValues(type: ActivityType, name: string, value: string | null): Changeable {
  const field = FIELD_OF[name];
  const own =
    field === undefined
      ? {}
      : {
          [field]: fieldsOf(type, (asked) => (asked === name ? value : null))[
            field as keyof ReturnType<typeof fieldsOf>
          ],
        };
  const movesIt = name === (type === 'meetings' ? 'hs_meeting_start_time' : 'hs_timestamp');
  const occurredAt = movesIt ? isoOf(value) : null;
  return occurredAt === null ? own : { ...own, occurredAt };
}

function isoOf(value: string | null): string | null {
  return instantOf(value)?.toISOString() ?? null;
}

/**
 * Booked by the customer on a scheduling page. Three marks that only HubSpot writes; which of them an account shows is not
 * documented, so any one counts. It lifts a record only where its source is trusted as well.
 */
function isBooked(record: HubSpotRecord): boolean {
  return (
    textOf(record, 'hs_meeting_created_from_link_id') !== null ||
    textOf(record, 'hs_meeting_source') === 'MEETINGS_PUBLIC' ||
    /scheduler/i.test(textOf(record, 'hs_object_source_detail_1') ?? '')
  );
}

/** Addresses of all contacts, for `ActivityLinks`. */
export function addressesAmong(contacts: Iterable<HubSpotRecord>): ReadonlySet<string> {
  return new Set([...contacts].flatMap(addressesOf));
}
