/** What the log says: metadata of calls, meetings and emails. Never bodies, never subjects. */
import { instantMs } from '../cadence/calendar.ts';

/** Fields that can change after a record was made. Instants are ISO strings; ids are HubSpot's. */
export type ActivityFields = {
  /** hs_timestamp of a call or email, start of a meeting. */
  readonly occurredAt: string;
  readonly ownerId: string | null;
  /** hs_call_disposition (a GUID, standard or of the portal). */
  readonly disposition: string | null;
  /** hs_call_status, such as COMPLETED. */
  readonly callStatus: string | null;
  readonly durationMs: number | null;
  /** hs_call_direction or hs_email_direction. */
  readonly direction: string | null;
  readonly hasRecording: boolean;
  /** hs_meeting_outcome. */
  readonly outcome: string | null;
  readonly startAt: string | null;
  readonly endAt: string | null;
};

/** From `since` on, these fields had these values (one entry of HubSpot's property history). */
export type FieldHistory = { readonly since: string; readonly values: Partial<ActivityFields> };

export type ActivityRecord = ActivityFields & {
  readonly objectType: 'call' | 'meeting' | 'email';
  readonly id: string;
  /** hs_createdate: set by HubSpot, not writable. */
  readonly createdAt: string;
  /** hs_lastmodifieddate, where it was read. */
  readonly updatedAt?: string;
  /** hs_created_by_user_id: a user id, not an owner id. */
  readonly createdByUserId: string | null;
  /** hs_object_source_label and hs_object_source_detail_1. */
  readonly sourceLabel: string | null;
  readonly sourceDetail: string | null;
  readonly contactIds: readonly string[];
  readonly companyId: string | null;
  /** related: found only on a parent or child company. direct: on the company or one of its contacts. */
  readonly companyLink: 'direct' | 'related';
  /** The sender's address (hs_email_from_email) belongs to a contact at this company. */
  readonly isFromContactThere: boolean;
  /** The contact booked this meeting through a scheduling page. */
  readonly isBookedByContact: boolean;
  /** Made by this program: a check-in is never a claim. */
  readonly isCheckIn: boolean;
  /** Property history, when it was read; without it the fields above are taken for the version of the moment. */
  readonly history?: readonly FieldHistory[];
};

/** A record as it stood at one moment. */
export type ActivityVersion = {
  readonly record: ActivityRecord;
  /** False when the record changed after that moment and its history was not read. */
  readonly isVersionKnown: boolean;
};

const NEVER_SET: Omit<ActivityFields, 'occurredAt'> = {
  ownerId: null,
  disposition: null,
  callStatus: null,
  durationMs: null,
  direction: null,
  hasRecording: false,
  outcome: null,
  startAt: null,
  endAt: null,
};

/** Returns the record in its version of one moment, or null when it did not exist yet. */
export function versionAt(record: ActivityRecord, moment: string): ActivityVersion | null {
  const momentMs = instantMs(moment);
  if (instantMs(record.createdAt) > momentMs) return null;
  if (record.history === undefined) {
    const isChangedLater = record.updatedAt !== undefined && instantMs(record.updatedAt) > momentMs;
    return { record, isVersionKnown: !isChangedLater };
  }
  return { record: { ...record, ...valuesAt(record.history, momentMs) }, isVersionKnown: true };
}

/** Returns each activity once: the same record read through the company and through a contact is one record. */
export function uniqueActivities(records: readonly ActivityRecord[]): ActivityRecord[] {
  const byKey = new Map<string, ActivityRecord>();
  for (const record of records) {
    const key = `${record.objectType}:${record.id}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? record : mergedPaths(known, record));
  }
  return [...byKey.values()];
}

function mergedPaths(first: ActivityRecord, second: ActivityRecord): ActivityRecord {
  return {
    ...first,
    contactIds: [...new Set([...first.contactIds, ...second.contactIds])],
    companyLink: first.companyLink === 'direct' ? 'direct' : second.companyLink,
    isCheckIn: first.isCheckIn || second.isCheckIn,
    isFromContactThere: first.isFromContactThere || second.isFromContactThere,
    isBookedByContact: first.isBookedByContact || second.isBookedByContact,
  };
}

/** The last value set by the moment wins; a field that was first set later counts as not set. */
function valuesAt(history: readonly FieldHistory[], momentMs: number): Partial<ActivityFields> {
  const ordered = [...history].sort((left, right) => instantMs(left.since) - instantMs(right.since));
  let values: Partial<ActivityFields> = {};
  for (const entry of ordered) {
    values =
      instantMs(entry.since) <= momentMs
        ? { ...values, ...entry.values }
        : { ...unsetOf(entry.values), ...values };
  }
  return values;
}

function unsetOf(values: Partial<ActivityFields>): Partial<ActivityFields> {
  return Object.fromEntries(Object.entries(NEVER_SET).filter(([field]) => field in values));
}
