import { sql } from 'kysely';
import type { LeaseStore } from '../usecases/store-port.ts';
import { txOf } from './transact.ts';

/** The row outlives its holders, so that fences only grow. */
export const leases: LeaseStore = {
  take: async (scope, name, holder, leaseMs) => {
    const taken = await sql<{ fence: number }>`
      INSERT INTO leases AS l (portal_id, name, holder, fence, expires_at)
      VALUES (${scope.portalId}::bigint, ${name}, ${holder}, 1, app_now() + ${leaseMs}::float8 * interval '1 ms')
      ON CONFLICT (portal_id, name) DO UPDATE SET
        holder = excluded.holder,
        expires_at = excluded.expires_at,
        fence = CASE WHEN l.holder = excluded.holder AND l.expires_at > app_now() THEN l.fence ELSE l.fence + 1 END
      WHERE l.holder = excluded.holder OR l.expires_at <= app_now()
      RETURNING fence`.execute(txOf(scope));
    return taken.rows[0] ?? null;
  },
  release: async (scope, name, holder) => {
    await sql`UPDATE leases SET holder = '', expires_at = app_now()
      WHERE portal_id = ${scope.portalId}::bigint AND name = ${name} AND holder = ${holder}`.execute(
      txOf(scope),
    );
  },
};
