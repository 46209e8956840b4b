import { useState } from 'react';
import { activitiesOf, tasksOf, type Activity } from './activities.ts';
import type { CompanyRecord, Portal } from './control-api.ts';
import { formatMoment, formatMonth, viewerTimeZone } from './format.ts';
import { Tile } from './tile.tsx';
import { nameOf } from './viewers.ts';

const KINDS = [
  { kind: 'all', label: 'All activities' },
  { kind: 'call', label: 'Calls' },
  { kind: 'meeting', label: 'Meetings' },
  { kind: 'email', label: 'Emails' },
  { kind: 'note', label: 'Notes' },
  { kind: 'task', label: 'Tasks' },
] as const;
const NAMES: Readonly<Record<Activity['kind'], string>> = {
  call: 'Logged call',
  meeting: 'Meeting',
  email: 'Email',
  note: 'Note',
  task: 'Task',
};
const PAGE_SIZE = 40;

interface Props {
  record: CompanyRecord;
  portal: Portal;
}

/** Everything logged with the company, newest first, by month. */
export function Timeline({ record, portal, nowMs }: Props & { nowMs: number }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]['kind']>('all');
  const [shown, setShown] = useState(PAGE_SIZE);
  const all = activitiesOf(record).filter((activity) => kind === 'all' || activity.kind === kind);
  const months = byMonth(all.slice(0, shown), viewerTimeZone(), nowMs);
  return (
    <>
      <div className="page-filter" role="group" aria-label="Activity types">
        {KINDS.map((one) => (
          <button
            key={one.kind}
            type="button"
            aria-pressed={one.kind === kind}
            onClick={() => setKind(one.kind)}
          >
            {one.label}
          </button>
        ))}
      </div>
      {[...months].map(([month, activities]) => (
        <section key={month} aria-label={month}>
          <h2 className="page-month">{month}</h2>
          {activities.map((activity) => (
            <ActivityCard key={`${activity.kind} ${activity.id}`} activity={activity} portal={portal} />
          ))}
        </section>
      ))}
      {all.length === 0 && <p>Nothing has been logged yet.</p>}
      {all.length > shown && (
        <button
          type="button"
          className="ui-button ui-button-secondary ui-size-sm"
          onClick={() => setShown(shown + PAGE_SIZE)}
        >
          Show more
        </button>
      )}
    </>
  );
}

function byMonth(activities: Activity[], timeZone: string, nowMs: number): Map<string, Activity[]> {
  const months = new Map<string, Activity[]>();
  for (const activity of activities) {
    const month = headingOf(activity.at, timeZone, nowMs);
    months.set(month, [...(months.get(month) ?? []), activity]);
  }
  return months;
}

function headingOf(at: Date | null, timeZone: string, nowMs: number): string {
  if (at === null) return 'Without a date';
  return at.getTime() > nowMs ? 'Upcoming' : formatMonth(at, timeZone);
}

function ActivityCard({ activity, portal }: { activity: Activity; portal: Portal }) {
  const owner = portal.owners.find((one) => one.id === activity.ownerId);
  return (
    <article className={`page-tile page-activity page-activity-${activity.kind}`}>
      <div className="page-activity-head">
        <span>
          <strong>{NAMES[activity.kind]}</strong>
          {owner !== undefined && ` by ${nameOf(owner)}`}
        </span>
        <span className="ui-microcopy">
          {activity.at === null ? '' : formatMoment(activity.at, viewerTimeZone())}
        </span>
      </div>
      {activity.title !== '' && <div className="ui-weight-demibold">{activity.title}</div>}
      {activity.body !== '' && <div className="page-activity-body">{activity.body}</div>}
      {activity.detail !== '' && <div className="ui-microcopy">{activity.detail}</div>}
    </article>
  );
}

/** The few numbers that HubSpot highlights, and the newest activities. */
export function Overview({ record, portal }: Props) {
  const activities = activitiesOf(record);
  const contacts = record.associated['contacts'] ?? [];
  const openTasks = tasksOf(record).filter((task) => !task.done);
  const newest = activities.find((activity) => activity.kind !== 'task' && activity.kind !== 'note');
  return (
    <>
      <Tile title="Data highlights">
        <dl className="page-highlights">
          <Highlight
            label="Last logged contact"
            value={newest?.at ? formatMoment(newest.at, viewerTimeZone()) : '--'}
          />
          <Highlight label="Open tasks" value={String(openTasks.length)} />
          <Highlight label="Contacts" value={String(contacts.length)} />
        </dl>
      </Tile>
      <Tile title="Recent activities">
        {activities.slice(0, 5).map((activity) => (
          <ActivityCard key={`${activity.kind} ${activity.id}`} activity={activity} portal={portal} />
        ))}
        {activities.length === 0 && <p className="ui-microcopy">Nothing has been logged yet.</p>}
      </Tile>
    </>
  );
}

function Highlight({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
