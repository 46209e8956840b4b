import type { CompanyRecord, CrmObject } from './control-api.ts';
import { parseInstant, plainText, sentenceCase } from './format.ts';

/** One line of the timeline. */
export interface Activity {
  id: string;
  kind: 'call' | 'meeting' | 'email' | 'note' | 'task';
  title: string;
  body: string;
  detail: string;
  ownerId: string | null;
  at: Date | null;
}

/** HubSpot's six built-in call outcomes (activity guide); an account may add its own. */
const DISPOSITIONS: Readonly<Record<string, string>> = {
  'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'Connected',
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'Left live message',
  'b2cf5968-551e-4856-9783-52b3da59a7d0': 'Left voicemail',
  '73a0d17f-1163-4015-bdd5-ec830791da20': 'No answer',
  '9d9162e7-6cf3-4944-bf63-4dff82258764': 'Busy',
  '17b47fee-58de-441e-a44c-c6300d46f273': 'Wrong number',
};

/** Everything that happened with a company, newest first. */
export function activitiesOf(record: CompanyRecord): Activity[] {
  const all = [
    ...listed(record, 'calls').map((call) =>
      activity('call', call, 'hs_call_title', 'hs_call_body', callDetail(call)),
    ),
    ...listed(record, 'meetings').map((meeting) =>
      activity(
        'meeting',
        meeting,
        'hs_meeting_title',
        'hs_meeting_body',
        outcome(meeting, 'hs_meeting_outcome'),
      ),
    ),
    ...listed(record, 'emails').map((email) =>
      activity('email', email, 'hs_email_subject', 'hs_email_text', emailDetail(email)),
    ),
    ...listed(record, 'notes').map((note) => activity('note', note, '', 'hs_note_body', '')),
    ...listed(record, 'tasks').map((task) =>
      activity('task', task, 'hs_task_subject', 'hs_task_body', outcome(task, 'hs_task_status')),
    ),
  ];
  return all.sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
}

function listed(record: CompanyRecord, type: string): CrmObject[] {
  return (record.associated[type] ?? []).filter((object) => object.archived !== true);
}

function activity(
  kind: Activity['kind'],
  object: CrmObject,
  titleKey: string,
  bodyKey: string,
  detail: string,
): Activity {
  const { properties } = object;
  return {
    id: object.id,
    kind,
    title: properties[titleKey] ?? '',
    body: plainText(properties[bodyKey]),
    detail,
    ownerId: properties['hubspot_owner_id'] ?? null,
    at: parseInstant(properties['hs_meeting_start_time'] ?? properties['hs_timestamp']),
  };
}

function outcome(object: CrmObject, key: string): string {
  const value = object.properties[key];
  return value === null || value === undefined || value === '' ? '' : sentenceCase(value);
}

function callDetail({ properties }: CrmObject): string {
  const id = properties['hs_call_disposition'] ?? '';
  const durationMs = Number(properties['hs_call_duration'] ?? 0);
  const parts = [id === '' ? '' : (DISPOSITIONS[id] ?? 'Other outcome')];
  if (durationMs > 0) parts.push(`${Math.max(1, Math.round(durationMs / 60_000))} min`);
  return parts.filter((part) => part !== '').join(' · ');
}

function emailDetail({ properties }: CrmObject): string {
  return properties['hs_email_direction'] === 'INCOMING_EMAIL' ? 'Received' : 'Sent';
}

/** The tasks of a company: open ones first, by due date. */
export function tasksOf(record: CompanyRecord) {
  return listed(record, 'tasks')
    .map(({ id, properties }) => ({
      id,
      subject: properties['hs_task_subject'] ?? '',
      body: plainText(properties['hs_task_body']),
      done: properties['hs_task_status'] === 'COMPLETED',
      dueAt: parseInstant(properties['hs_timestamp']),
      ownerId: properties['hubspot_owner_id'] ?? null,
    }))
    .sort((a, b) => Number(a.done) - Number(b.done) || (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0));
}
