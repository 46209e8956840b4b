import { callDisposition } from './hubspot-values.ts';
import { connectedInbox, handLogged, hubspotCalling, type ObjectSource } from './trusted-sources.ts';

/** Who did something: an owner of the portal with the user behind it. */
export type Person = {
  readonly ownerId: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
};

/** An activity as HubSpot stores it, before it has an id. */
export type ActivityRecord = {
  readonly type: 'calls' | 'meetings' | 'emails' | 'notes' | 'tasks';
  readonly properties: Record<string, string>;
  /** When the record was made, as the server saw it (hs_createdate). */
  readonly loggedAt: Date;
};

/** When it happened, when it was written down, by whom. `loggedAt` is hs_createdate, which no client can set. */
export type Occasion = { readonly at: Date; readonly loggedAt: Date; readonly by: Person };

function provenance(occasion: Occasion, source: ObjectSource): Record<string, string> {
  const loggedAt = occasion.loggedAt.toISOString();
  return {
    hs_timestamp: occasion.at.toISOString(),
    hubspot_owner_id: occasion.by.ownerId,
    hs_createdate: loggedAt,
    hs_lastmodifieddate: loggedAt,
    hs_created_by_user_id: String(occasion.by.userId),
    hs_object_source: source.label,
    hs_object_source_label: source.label,
    ...(source.detail === null ? {} : { hs_object_source_detail_1: source.detail }),
  };
}

/** A conversation by phone that the rep typed in: Connected, COMPLETED, with a duration that nobody measured. */
export function handLoggedCall(
  occasion: Occasion,
  topic: { title: string; body: string },
  disposition: string = callDisposition.connected,
): ActivityRecord {
  return {
    type: 'calls',
    loggedAt: occasion.loggedAt,
    properties: {
      ...provenance(occasion, handLogged),
      hs_call_title: topic.title,
      hs_call_body: topic.body,
      hs_call_direction: 'OUTBOUND',
      hs_call_status: 'COMPLETED',
      hs_call_disposition: disposition,
    },
  };
}

/** A call through HubSpot's dialer, which writes duration (milliseconds) and status itself. */
export function dialedCall(
  occasion: Occasion,
  topic: { title: string; body: string },
  line: { direction: 'INBOUND' | 'OUTBOUND'; durationMs: number; toNumber: string },
): ActivityRecord {
  return {
    type: 'calls',
    loggedAt: occasion.loggedAt,
    properties: {
      ...provenance(occasion, hubspotCalling),
      hs_call_title: topic.title,
      hs_call_body: topic.body,
      hs_call_direction: line.direction,
      hs_call_status: 'COMPLETED',
      hs_call_disposition: callDisposition.connected,
      hs_call_duration: String(line.durationMs),
      hs_call_to_number: line.toNumber,
    },
  };
}

/** A try that reached nobody. */
export function failedCall(occasion: Occasion, disposition: string): ActivityRecord {
  const record = handLoggedCall(occasion, { title: 'Call', body: '' }, disposition);
  const noAnswer = disposition === callDisposition.noAnswer;
  return {
    ...record,
    properties: { ...record.properties, hs_call_status: noAnswer ? 'NO_ANSWER' : 'COMPLETED' },
  };
}

/** A meeting; `source` tells whether a person, the calendar or the scheduling page made the record. */
export function meeting(
  occasion: Occasion,
  topic: { title: string; body: string },
  details: { source: ObjectSource; outcome: string; minutes: number; location: string },
): ActivityRecord {
  return {
    type: 'meetings',
    loggedAt: occasion.loggedAt,
    properties: {
      ...provenance(occasion, details.source),
      hs_meeting_title: topic.title,
      hs_meeting_body: topic.body,
      hs_meeting_start_time: occasion.at.toISOString(),
      hs_meeting_end_time: new Date(occasion.at.getTime() + details.minutes * 60_000).toISOString(),
      hs_meeting_location: details.location,
      hs_meeting_outcome: details.outcome,
    },
  };
}

/** An email of a connected inbox; `from` is the address of whoever wrote it. */
export function email(
  occasion: Occasion,
  message: {
    direction: 'EMAIL' | 'INCOMING_EMAIL';
    subject: string;
    from: string;
    to: string;
    bounced: boolean;
  },
): ActivityRecord {
  return {
    type: 'emails',
    loggedAt: occasion.loggedAt,
    properties: {
      ...provenance(occasion, connectedInbox),
      hs_email_direction: message.direction,
      hs_email_status: message.bounced ? 'BOUNCED' : 'SENT',
      hs_email_subject: message.subject,
      hs_email_headers: JSON.stringify({ from: { email: message.from }, to: [{ email: message.to }] }),
      hs_email_from_email: message.from,
      hs_email_to_email: message.to,
    },
  };
}

/** A note typed by a person. */
export function note(occasion: Occasion, body: string): ActivityRecord {
  return {
    type: 'notes',
    loggedAt: occasion.loggedAt,
    properties: { ...provenance(occasion, handLogged), hs_note_body: body },
  };
}

/** A rep's own task, due at `occasion.at`. */
export function task(occasion: Occasion, subject: string, completed: boolean): ActivityRecord {
  return {
    type: 'tasks',
    loggedAt: occasion.loggedAt,
    properties: {
      ...provenance(occasion, handLogged),
      hs_task_subject: subject,
      hs_task_body: '',
      hs_task_status: completed ? 'COMPLETED' : 'NOT_STARTED',
      hs_task_priority: 'MEDIUM',
      hs_task_type: 'TODO',
    },
  };
}
