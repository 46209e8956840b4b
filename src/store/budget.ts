import { sql } from 'kysely';
import type { BudgetBucket, BudgetStore, Pace, Priority, Slot } from '../usecases/ports.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { Quota, QuotaStore } from '../usecases/store-port.ts';
import type { Database } from './database.ts';
import { inTenant, txOf } from './transact.ts';

/** The database counts microseconds; what is below is binary rounding, which must not add a millisecond. */
const ROUNDING_MS = 1e-6;
/** After a refusal the pace falls by a tenth, never below half, and comes back over this many calls without one. */
const SLOWER = 0.9;
const SLOWEST = 0.5;
const CALLS_TO_RECOVER = 200;
/** The longest window HubSpot counts calls in: after that long without one, nothing of the past counts any more. */
const REST_MS = 10_000;

/**
 * Generic cell rate algorithm: `tat` is when the next call would leave at an even pace. One row a portal and bucket, so that
 * all processes share one pace. Each reservation is a transaction of its own and must not run inside another.
 */
export function createBudgetStore(database: Database): BudgetStore {
  return {
    reserve: (portalId, bucket, pace, priority) =>
      inTenant(
        database,
        portalId,
        async (scope) => (await takeSlot(scope, bucket, pace, priority)) ?? (await nextSlot(scope, bucket)),
      ),
    pause: (portalId, bucket, pauseMs) =>
      inTenant(database, portalId, async (scope) => {
        // One refusal answers several calls that were under way together: during a pause nothing gets slower still.
        await sql`
          INSERT INTO api_budget AS b (portal_id, bucket, tat, paused_until, pace)
          VALUES (${portalId}::bigint, ${bucket}, app_now(), app_now() + ${pauseMs}::float8 * interval '1 ms', ${SLOWER}::float8)
          ON CONFLICT (portal_id, bucket) DO UPDATE
            SET paused_until = greatest(b.paused_until, excluded.paused_until),
              pace = CASE WHEN b.paused_until > app_now() THEN b.pace
                ELSE greatest(${SLOWEST}::float8, b.pace * ${SLOWER}::float8) END`.execute(txOf(scope));
      }),
    learn: (portalId, bucket, intervalMs) =>
      inTenant(database, portalId, async (scope) => {
        await sql`
          INSERT INTO api_budget (portal_id, bucket, tat, interval_ms)
          VALUES (${portalId}::bigint, ${bucket}, app_now(), ${intervalMs}::float8)
          ON CONFLICT (portal_id, bucket) DO UPDATE SET interval_ms = excluded.interval_ms`.execute(
          txOf(scope),
        );
      }),
  };
}

/** The interval is that of plain calls; a pause of either bucket counts. */
export const quota: QuotaStore = {
  find: async (scope) => {
    const found = await sql<Quota>`
      SELECT max(interval_ms) FILTER (WHERE bucket = 'api') AS learned_interval_ms, max(paused_until) AS paused_until
      FROM api_budget WHERE portal_id = ${scope.portalId}::bigint HAVING count(*) > 0`.execute(txOf(scope));
    return found.rows[0] ?? null;
  },
};

/**
 * Takes the next slot, or returns null where it is too far away. One statement, so that two processes that meet at a row, or
 * where there is none yet, never take the same slot: the second waits for the first and then sees what it did.
 */
async function takeSlot(
  scope: TenantScope,
  bucket: BudgetBucket,
  pace: Pace,
  priority: Priority,
): Promise<Slot | null> {
  const reachMs = priority === 'card' ? pace.longestWaitMs : 0;
  const taken = await sql<{ waitMs: number; calls: number; intervalMs: number | null }>`
    INSERT INTO api_budget AS b (portal_id, bucket, slot_at, tat, calls)
    VALUES (${scope.portalId}::bigint, ${bucket}, app_now(), app_now() + ${pace.intervalMs}::float8 * interval '1 ms', 1)
    ON CONFLICT (portal_id, bucket) DO UPDATE SET
      slot_at = greatest(b.tat, b.paused_until, app_now() - ${pace.latenessMs}::float8 * interval '1 ms'),
      tat = greatest(b.tat, b.paused_until, app_now() - ${pace.latenessMs}::float8 * interval '1 ms')
        + coalesce(b.interval_ms, ${pace.intervalMs}::float8) / b.pace * interval '1 ms',
      pace = least(1, b.pace + ${(1 - SLOWEST) / CALLS_TO_RECOVER}::float8),
      calls = CASE WHEN b.tat < app_now() - ${REST_MS}::float8 * interval '1 ms' THEN 1 ELSE b.calls + 1 END
    WHERE greatest(b.tat, b.paused_until) <= app_now() + ${reachMs}::float8 * interval '1 ms'
    RETURNING extract(epoch FROM b.slot_at - app_now())::float8 * 1000 AS wait_ms, b.calls, b.interval_ms`.execute(
    txOf(scope),
  );
  const [slot] = taken.rows;
  if (slot === undefined) return null;
  const waitMs = wholeMs(slot.waitMs);
  return { isReserved: true, waitMs, callNumber: slot.calls, learnedIntervalMs: slot.intervalMs };
}

/** How far away the next slot is, once the statement above found it too far: it holds the row's lock, so nothing has moved. */
async function nextSlot(scope: TenantScope, bucket: BudgetBucket): Promise<Slot> {
  const next = await sql<{ waitMs: number; intervalMs: number | null }>`
    SELECT extract(epoch FROM greatest(tat, paused_until) - app_now())::float8 * 1000 AS wait_ms, interval_ms
    FROM api_budget WHERE portal_id = ${scope.portalId}::bigint AND bucket = ${bucket}`.execute(txOf(scope));
  const [slot] = next.rows;
  const waitMs = wholeMs(slot?.waitMs ?? 0);
  return { isReserved: false, waitMs, callNumber: 0, learnedIntervalMs: slot?.intervalMs ?? null };
}

function wholeMs(ms: number): number {
  return Math.max(0, Math.ceil(ms - ROUNDING_MS));
}
