import { sql } from 'kysely';
import type { BudgetStore } from '../usecases/ports.ts';
import type { Database } from './database.ts';
import { inTenant, txOf } from './transact.ts';

/** The database counts microseconds; what is below is binary rounding, which must not add a millisecond. */
const ROUNDING_MS = 1e-6;

/**
 * Generic cell rate algorithm: `tat` is when the next call would leave at an even pace. One row a portal and bucket, so that
 * all processes share one pace. Each reservation is a transaction of its own and must not run inside another.
 */
export function createBudgetStore(database: Database): BudgetStore {
  return {
    reserve: (portalId, bucket, intervalMs, burst) =>
      inTenant(database, portalId, async (scope) => {
        const reserved = await sql<{ waitMs: number }>`
          INSERT INTO api_budget AS b (portal_id, bucket, tat)
          VALUES (${portalId}::bigint, ${bucket}, app_now() + ${intervalMs}::float8 * interval '1 ms')
          ON CONFLICT (portal_id, bucket) DO UPDATE
            SET tat = greatest(b.tat, b.paused_until, app_now()) + ${intervalMs}::float8 * interval '1 ms'
          RETURNING greatest(0, extract(epoch FROM
            greatest(paused_until, tat - (${burst}::float8 * ${intervalMs}::float8) * interval '1 ms') - app_now()
          )::float8 * 1000) AS wait_ms`.execute(txOf(scope));
        return { waitMs: Math.max(0, Math.ceil((reserved.rows[0]?.waitMs ?? 0) - ROUNDING_MS)) };
      }),
    pause: (portalId, bucket, pauseMs) =>
      inTenant(database, portalId, async (scope) => {
        await sql`
          INSERT INTO api_budget AS b (portal_id, bucket, tat, paused_until)
          VALUES (${portalId}::bigint, ${bucket}, app_now(), app_now() + ${pauseMs}::float8 * interval '1 ms')
          ON CONFLICT (portal_id, bucket) DO UPDATE
            SET paused_until = greatest(b.paused_until, excluded.paused_until)`.execute(txOf(scope));
      }),
  };
}
