import { describe, expect, it } from '@jest/globals';
import { activitiesOf, tasksOf } from '../../../../sandbox/host/page/activities.ts';

const object = (id: string, properties: Record<string, string | null>, archived = false) => ({
  id,
  properties,
  archived,
});
const record = {
  object: object('1', {}),
  associated: {
    calls: [
      object('10', {
        hs_call_title: 'Old',
        hs_timestamp: '2026-05-01T10:00:00Z',
        hs_call_disposition: 'x',
        hs_call_duration: '420000',
      }),
      object('11', { hs_call_title: 'Deleted', hs_timestamp: '2026-05-02T10:00:00Z' }, true),
    ],
    meetings: [
      object('20', {
        hs_meeting_title: 'Newest',
        hs_meeting_start_time: '2026-07-01T10:00:00Z',
        hs_meeting_outcome: 'NO_SHOW',
      }),
    ],
    tasks: [
      object('30', {
        hs_task_subject: 'Done',
        hs_task_status: 'COMPLETED',
        hs_timestamp: '2026-01-01T10:00:00Z',
      }),
      object('31', {
        hs_task_subject: 'Later',
        hs_task_status: 'NOT_STARTED',
        hs_timestamp: '2026-06-20T10:00:00Z',
      }),
      object('32', { hs_task_subject: 'Next', hs_task_status: 'NOT_STARTED', hs_timestamp: '1780999200000' }),
    ],
  },
};

describe('the activities of a company', () => {
  it('stand newest first, without archived ones', () => {
    const titles = activitiesOf(record).map((activity) => activity.title);

    expect(titles).toEqual(['Newest', 'Later', 'Next', 'Old', 'Done']);
  });

  it('tell the outcome and the length', () => {
    const details = Object.fromEntries(
      activitiesOf(record).map((activity) => [activity.title, activity.detail]),
    );

    expect(details).toMatchObject({ Newest: 'No show', Old: 'Other outcome · 7 min', Next: 'Not started' });
  });
});

describe('the tasks of a company', () => {
  it('are open ones first, by due date', () => {
    expect(tasksOf(record).map((task) => task.subject)).toEqual(['Next', 'Later', 'Done']);
  });
});
