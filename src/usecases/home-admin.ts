import { localDayOf } from '../core/cadence/calendar.ts';
import { callsFor, DEFAULT_CALL_LIMIT } from '../core/call-budget.ts';
import { CHECKLIST, HEALTH } from '../core/wording.ts';
import { appsUrl } from './apps-url.ts';
import type { Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { Announcement, TenantScope } from './records.ts';
import type { Quota } from './store-port.ts';
import { NOT_CONNECTED } from './receive-webhooks.ts';
import { runView } from './run-view.ts';
import { refusedWritesText } from './tend-refused-writes.ts';

/** The admin's part of the home page: what is left to set up, then how the connection is doing. */
export async function adminHome(deps: Deps, scope: TenantScope, person: Person) {
  const { portal, settings } = person;
  const announcement = await deps.store.programs.announcement(scope);
  const aside = await deps.store.inbox.asideByReason(scope);
  const notFollowed = [...aside].filter(([reason]) => reason !== NOT_CONNECTED);
  const quota = await deps.store.quota.find(scope);
  const run = await runView(deps, scope, person);
  const done: Record<keyof typeof CHECKLIST, boolean> = {
    read: portal.companiesReadAt !== null,
    openness: settings.openness !== null,
    announce: announcement !== null,
    start: portal.startedAt !== null,
  };
  const onlyListens = settings.openness === 'listeningOnly';
  const steps = Object.entries(CHECKLIST).filter(([key]) => key !== 'announce' || !onlyListens);
  return {
    appsUrl: appsUrl(person),
    checklist: steps.map(([key, { label, hint }]) => ({
      key,
      label,
      hint,
      done: done[key as keyof typeof CHECKLIST],
    })),
    health: [
      { label: HEALTH.connection, value: 'Connected' },
      { label: HEALTH.quota, value: quotaText(person, quota) },
      { label: HEALTH.announcement, value: announcedText(announcement, onlyListens) },
      { label: HEALTH.run, value: run.message },
      { label: HEALTH.parked, value: String(run.parked) },
      ...refusedWrites(await refusedWritesText(deps, scope)),
      { label: HEALTH.notFollowed, value: String(notFollowed.reduce((sum, [, events]) => sum + events, 0)) },
      { label: HEALTH.keyMode, value: keyModeText(person) },
    ],
  };
}

/** What HubSpot did not take waits for nobody's decision, so it is told beside what does. */
function refusedWrites(text: string | null) {
  return text === null ? [] : [{ label: HEALTH.refused, value: text }];
}

function keyModeText({ portal }: Person): string {
  const { taskKeyMode, keyProbedAt, timeZone } = portal;
  if (taskKeyMode === null) return HEALTH.modeUnknown;
  if (taskKeyMode === 'unique') return HEALTH.unique;
  return HEALTH.reference(keyProbedAt === null ? null : localDayOf(keyProbedAt, timeZone));
}

function announcedText(announcement: Announcement | null, onlyListens: boolean): string {
  if (announcement === null && onlyListens) return HEALTH.notNeeded;
  return HEALTH.announced(announcement?.startsOn ?? null);
}

function quotaText({ now, portal }: Person, quota: Quota | null): string {
  if (quota === null) return HEALTH.quotaUnknown;
  const { learnedIntervalMs, pausedUntil } = quota;
  if (pausedUntil !== null && pausedUntil > now) return HEALTH.quotaPaused(pausedUntil, portal.timeZone);
  if (learnedIntervalMs === null) return HEALTH.quotaUsual(DEFAULT_CALL_LIMIT);
  return HEALTH.quotaLeft(callsFor(learnedIntervalMs));
}
