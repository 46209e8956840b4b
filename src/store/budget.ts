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
    reserve: (portalId, bucket, { intervalMs, latenessMs }, priority) =>
      inTenant(database, portalId, async (scope) => {
        const reserved = await sql<{ isReserved: boolean; waitMs: number }>`
          WITH slot AS (
            SELECT greatest(b.tat, b.paused_until, app_now() - ${latenessMs}::float8 * interval '1 ms') AS at
            FROM (SELECT 1) AS one LEFT JOIN (SELECT tat, paused_until FROM api_budget
              WHERE portal_id = ${portalId}::bigint AND bucket = ${bucket} FOR UPDATE) AS b ON true
          ), reserved AS (
            INSERT INTO api_budget AS b (portal_id, bucket, tat)
            SELECT ${portalId}::bigint, ${bucket}, at + ${intervalMs}::float8 * interval '1 ms' FROM slot
            WHERE ${priority} = 'card' OR at <= app_now()
            ON CONFLICT (portal_id, bucket) DO UPDATE SET tat = excluded.tat
            RETURNING 1
          )
          SELECT EXISTS (SELECT FROM reserved) AS is_reserved,
            greatest(0, extract(epoch FROM slot.at - app_now())::float8 * 1000) AS wait_ms FROM slot`.execute(
          txOf(scope),
        );
        const [slot] = reserved.rows;
        return {
          isReserved: slot?.isReserved ?? false,
          waitMs: Math.max(0, Math.ceil((slot?.waitMs ?? 0) - ROUNDING_MS)),
        };
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
