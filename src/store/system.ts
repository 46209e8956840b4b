import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { PACE_WINDOW_MS, paceOf } from '../core/cadence/run-pace.ts';
import { TOUCH_STATES, type TouchState } from '../core/model.ts';
import type { DueJob, JobName, TenantScope } from '../usecases/records.ts';
import { DUE_AT_MOST, type DueLook, type SystemFigures, type SystemStore } from '../usecases/store-port.ts';
import type { Database } from './database.ts';
import { asSystem, txOf, withoutTenant, type Tx } from './transact.ts';

const EVERY_KIND: readonly Source[] = [
  { job: 'refreshPortal', portalColumn: 'refresh_due_at' },
  { job: 'planCycle', portalColumn: 'plan_due_at' },
  { job: 'syncTasks', portalColumn: 'sync_due_at' },
  { job: 'releaseTouches', table: 'touches', state: 'planned' },
  { job: 'resolveTouches', table: 'touches', state: 'sending' },
  { job: 'readContacts', table: 'companies' },
  { job: 'deliverOutbox', table: 'outbox' },
  { job: 'compareCheckIns', table: 'findings' },
  { job: 'releaseFeedback', table: 'check_ins' },
  { job: 'processInbox', table: 'webhook_inbox' },
  { job: 'closeCycle', dayTable: 'cycles' },
  { job: 'releaseFeedback', dayTable: 'rep_notices' },
  { job: 'settleFindings', dayTable: 'findings' },
  { job: 'settleFindings', dayTable: 'replies' },
  { job: 'settleFindings', dayTable: 'team_tests' },
];

/** Whoever asks whether we are ready waits a few seconds at most; a silent connection is given up only later. */
const READY_WITHIN_MS = 2_000;

/** What writes to HubSpot waits for *Start*. */
const AFTER_START: readonly JobName[] = ['releaseTouches', 'deliverOutbox'];

/** Where a job's due instants stand: in a column of the portal, in rows (wake_at), or as the start of a local day (wake_on). */
type Source =
  | { readonly job: JobName; readonly portalColumn: string }
  | { readonly job: JobName; readonly table: string; readonly state?: 'planned' | 'sending' }
  | { readonly job: JobName; readonly dayTable: string };

export function createSystemStore(database: Database): SystemStore {
  return {
    dueJobs: (now, look = {}) => asSystem(database, (tx) => readDueJobs(tx, now, look)),
    isDue,
    figures: (now) => asSystem(database, (tx) => readFigures(tx, now)),
    nextDueAt: (now) =>
      asSystem(database, async (tx) => {
        const sources = sql.join(EVERY_KIND.map((source) => sql`(${nextOf(source, now)})`));
        const next = await sql<{ next: Date | null }>`SELECT least(${sources}) AS next`.execute(tx);
        return next.rows[0]?.next ?? null;
      }),
    saveOAuthState: (stateHash, expiresAt) =>
      withoutTenant(database, async (tx) => {
        await sql`DELETE FROM oauth_states WHERE expires_at < ${expiresAt}::timestamptz - interval '1 day'`.execute(
          tx,
        );
        await tx.insertInto('oauthStates').values({ stateHash, expiresAt }).execute();
      }),
    useOAuthState: (stateHash, now) =>
      withoutTenant(database, async (tx) => {
        const used = await tx
          .deleteFrom('oauthStates')
          .where('stateHash', '=', stateHash)
          .returning('expiresAt')
          .executeTakeFirst();
        return used !== undefined && used.expiresAt > now;
      }),
    ready: () => Promise.race([answers(database), sleep(READY_WITHIN_MS, false, { ref: false })]),
  };
}

async function answers(database: Database): Promise<boolean> {
  try {
    await withoutTenant(database, (tx) => sql`SELECT 1 FROM oauth_states LIMIT 1`.execute(tx));
    return true;
  } catch {
    return false;
  }
}

async function readDueJobs(tx: Tx, now: Date, { leaseOf, seed, except = [] }: DueLook): Promise<DueJob[]> {
  // Portals of one zone become due at the same instant, and those that follow within moments.
  const order =
    seed === undefined
      ? sql`due_at, portal_id`
      : sql`date_trunc('minute', due_at), hashint8extended(portal_id, ${seed}::bigint)`;
  const due = await sql<DueJob>`
    SELECT portal_id, job, due_at FROM (${dueByJob(now)}) AS w
    WHERE ${mayRun(sql`w.portal_id`, sql`w.job NOT IN (${sql.join(AFTER_START.map((job) => sql.lit(job)))})`)}
      AND NOT EXISTS (SELECT FROM leases l WHERE l.portal_id = w.portal_id
        AND l.name = ${JSON.stringify(leaseOf ?? {})}::jsonb ->> w.job AND l.expires_at > app_now())
      AND w.portal_id || '/' || w.job <> ALL (${[...except]}::text[])
    ORDER BY ${order}, job LIMIT ${DUE_AT_MOST}::integer`.execute(tx);
  return due.rows;
}

async function isDue(scope: TenantScope, job: JobName, now: Date): Promise<boolean> {
  const source = EVERY_KIND.find((one) => one.job === job);
  const stillDue = source === undefined ? null : stillDueOf(scope, source, now);
  if (stillDue === null) return true;
  const due = await sql<{ found: number }>`${stillDue} LIMIT 1`.execute(txOf(scope));
  return due.rows.length > 0;
}

/** Null where the job's own look for its rows is as quick. */
function stillDueOf({ portalId }: TenantScope, source: Source, now: Date): RawBuilder<unknown> | null {
  if ('portalColumn' in source)
    return sql`SELECT 1 AS found FROM portals WHERE portal_id = ${portalId}::bigint AND status = 'installed'
      AND ${sql.ref(source.portalColumn)} <= ${now}::timestamptz`;
  if ('dayTable' in source || source.state === undefined) return null;
  return sql`SELECT 1 AS found FROM ${sql.table(source.table)} WHERE portal_id = ${portalId}::bigint
    AND wake_at <= ${now}::timestamptz ${inState(source.state)}`;
}

async function readFigures(tx: Tx, now: Date): Promise<SystemFigures> {
  const due = await sql<{ job: JobName; portals: number }>`
    SELECT job, count(*) AS portals FROM (${dueByJob(now)}) AS w
    WHERE ${mayRun(sql`w.portal_id`, sql`w.job NOT IN (${sql.join(AFTER_START.map((job) => sql.lit(job)))})`)}
    GROUP BY job`.execute(tx);
  const touches = await sql<{ state: TouchState; touches: number }>`
    SELECT state, count(*) AS touches FROM touches GROUP BY state`.execute(tx);
  const leases = await sql<{ held: number }>`
    SELECT count(*) AS held FROM leases WHERE expires_at > app_now()`.execute(tx);
  const touchesIn = new Map(touches.rows.map(({ state, touches: count }) => [state, count]));
  return {
    dueJobs: Object.fromEntries(due.rows.map(({ job, portals }) => [job, portals])),
    touches: Object.fromEntries(
      TOUCH_STATES.map((state) => [state, touchesIn.get(state) ?? 0]),
    ) as SystemFigures['touches'],
    leasesHeld: leases.rows[0]?.held ?? 0,
    run: await readRun(tx, now),
  };
}

/** As the pace of one account's run: counted only while something is to be made. */
async function readRun(tx: Tx, now: Date): Promise<SystemFigures['run']> {
  const left = await sql<{ touches: number }>`
    SELECT count(*) AS touches FROM touches t
    WHERE (state = 'sending' OR state = 'planned' AND wake_at <= ${now}::timestamptz)
      AND ${mayRun(sql`t.portal_id`, sql`false`)}`.execute(tx);
  const leftNow = left.rows[0]?.touches ?? 0;
  if (leftNow === 0) return { leftNow, ratePerMinute: null, expectedEndAt: null };
  const lately = await sql<{ made: number; since: Date | null }>`
    SELECT count(*) AS made, min(sent_at) AS since FROM touches
    WHERE state IN ('created', 'done')
      AND sent_at > ${new Date(now.getTime() - PACE_WINDOW_MS)}::timestamptz`.execute(tx);
  const { made: madeLately = 0, since = null } = lately.rows[0] ?? {};
  return { leftNow, ...paceOf({ leftNow, madeLately, since }, now) };
}

/** One row a portal and job, with the earliest instant at which something is due. */
function dueByJob(now: Date): RawBuilder<unknown> {
  const sources = sql.join(
    EVERY_KIND.map((source) => dueOf(source, now)),
    sql` UNION ALL `,
  );
  return sql`SELECT portal_id, job, min(due_at) AS due_at FROM (${sources}) AS work GROUP BY portal_id, job`;
}

function dueOf(source: Source, now: Date): RawBuilder<unknown> {
  if ('portalColumn' in source) {
    const column = sql.ref(source.portalColumn);
    return sql`SELECT portal_id, ${source.job}::text AS job, ${column} AS due_at FROM portals
      WHERE status = 'installed' AND ${column} <= ${now}::timestamptz`;
  }
  if ('dayTable' in source) {
    // Local days differ from UTC's by one at most: that much is read by the index, the rest is decided in the portal's zone.
    return sql`SELECT t.portal_id, ${source.job}::text, timezone(p.time_zone, t.wake_on::timestamp)
      FROM ${sql.table(source.dayTable)} t JOIN portals p USING (portal_id)
      WHERE p.status = 'installed' AND t.wake_on <= timezone('UTC', ${now}::timestamptz)::date + 1
        AND timezone(p.time_zone, t.wake_on::timestamp) <= ${now}::timestamptz`;
  }
  return sql`SELECT portal_id, ${source.job}::text, wake_at FROM ${sql.table(source.table)}
    WHERE wake_at <= ${now}::timestamptz ${inState(source.state)}`;
}

function nextOf(source: Source, now: Date): RawBuilder<unknown> {
  if ('portalColumn' in source) {
    const column = sql.ref(source.portalColumn);
    return sql`SELECT ${column} FROM portals WHERE status = 'installed' AND ${column} > ${now}::timestamptz
      ORDER BY ${column} LIMIT 1`;
  }
  if ('dayTable' in source) {
    return sql`SELECT min(timezone(p.time_zone, t.wake_on::timestamp))
      FROM ${sql.table(source.dayTable)} t JOIN portals p USING (portal_id)
      WHERE p.status = 'installed' AND t.wake_on >= timezone('UTC', ${now}::timestamptz)::date - 1
        AND timezone(p.time_zone, t.wake_on::timestamp) > ${now}::timestamptz`;
  }
  return sql`SELECT t.wake_at FROM ${sql.table(source.table)} t
    WHERE t.wake_at > ${now}::timestamptz ${inState(source.state)}
      AND ${mayRun(sql`t.portal_id`, AFTER_START.includes(source.job) ? sql`false` : sql`true`)}
    ORDER BY t.wake_at LIMIT 1`;
}

/** A constant in the text, so that the planner sees the partial index of that state. */
function inState(state: 'planned' | 'sending' | undefined): RawBuilder<unknown> {
  return state === undefined ? sql`` : sql`AND state = ${sql.lit(state)}`;
}

/**
 * The portal is connected and, for what needs it, started. A subquery for each row rather than a join: the rows are read in the
 * order of their index, few at a time, however wrong the planner's idea of the tables is (the embedded database never analyzes).
 */
function mayRun(portalId: RawBuilder<unknown>, needsNoStart: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(SELECT p.status = 'installed' AND (${needsNoStart} OR p.started_at IS NOT NULL)
    FROM portals p WHERE p.portal_id = ${portalId})`;
}
