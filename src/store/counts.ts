import { sql } from 'kysely';
import type { ComparedCheckIn, CountStore } from '../usecases/counts-port.ts';
import { txOf } from './transact.ts';

export const counts: CountStore = {
  compared: async (scope, repOwnerIds, fromCycle) => {
    if (repOwnerIds.length === 0) return [];
    const found = await sql<ComparedCheckIn>`
      SELECT c.company_id, c.cycle, f.rep_owner_id, c.caller_user_id, f.supported,
        c.touch_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM check_ins e WHERE e.portal_id = c.portal_id AND e.company_id = c.company_id
            AND e.touch_id = c.touch_id AND e.undone_at IS NULL AND e.seq < c.seq) AS is_first_of_touch,
        f.result ->> 'verdict' AS verdict, (f.result ->> 'severity')::integer AS severity,
        f.result -> 'inputs' AS inputs, f.settled_at IS NOT NULL AS is_settled,
        EXISTS (SELECT FROM replies r WHERE r.portal_id = f.portal_id AND r.finding_id = f.finding_id
          AND r.state = 'open') AS has_open_reply
      FROM check_ins c JOIN findings f ON f.portal_id = c.portal_id AND f.check_in_id = c.check_in_id
      WHERE c.portal_id = ${scope.portalId}::bigint AND c.rep_owner_id = ANY(${[...repOwnerIds]}::text[])
        AND c.cycle >= ${fromCycle} AND c.released_at IS NOT NULL AND c.undone_at IS NULL
        AND f.state = 'ready'`.execute(txOf(scope));
    return found.rows;
  },
};
