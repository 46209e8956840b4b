import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { ComparedCheckIn, CountStore, LogUsage } from '../usecases/counts-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

/** About a quarter of a rep's comparisons: older ones say less about today's log. */
const NEWEST_COMPARISONS = 200;

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
  hygiene: async (scope, repOwnerId) => {
    const found = await sql<{ records: number; late: number; noOutcome: number; noContact: number }>`
      SELECT ${recordsWith(sql`true`)} AS records,
        ${recordsWith(sql`jsonb_exists(line -> 'hygiene', 'late')`)} AS late,
        ${recordsWith(sql`jsonb_exists(line -> 'hygiene', 'noOutcome')`)} AS no_outcome,
        ${recordsWith(sql`jsonb_exists(line -> 'hygiene', 'noContact')`)} AS no_contact
      FROM (SELECT f.evidence FROM findings f
        JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
        WHERE f.portal_id = ${scope.portalId}::bigint AND c.rep_owner_id = ${repOwnerId}
          AND c.released_at IS NOT NULL AND c.undone_at IS NULL
        ORDER BY c.seq DESC LIMIT ${NEWEST_COMPARISONS}::integer) AS newest,
        jsonb_array_elements(newest.evidence) AS line
      WHERE line ->> 'ownerId' = ${repOwnerId} AND line -> 'hygiene' IS NOT NULL`.execute(txOf(scope));
    const { records = 0, ...marked } = found.rows[0] ?? {};
    return { records, marked: { late: 0, noOutcome: 0, noContact: 0, ...marked } };
  },
  usage: async (scope) => {
    const sources = await sql<LogUsage['sources'][number]>`
      SELECT line -> 'source' ->> 'label' AS label, line -> 'source' ->> 'detail' AS detail,
        ${recordsWith(sql`true`)} AS records
      FROM ${newestEvidence(scope)}, jsonb_array_elements(newest.evidence) AS line
      WHERE line -> 'source' IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`.execute(txOf(scope));
    const dispositions = await sql<LogUsage['dispositions'][number]>`
      SELECT line ->> 'disposition' AS id, ${recordsWith(sql`true`)} AS records
      FROM ${newestEvidence(scope)}, jsonb_array_elements(newest.evidence) AS line
      WHERE line -> 'disposition' IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`.execute(txOf(scope));
    const compared = await sql<{ comparisons: number }>`
      SELECT count(*)::integer AS comparisons FROM ${newestEvidence(scope)}`.execute(txOf(scope));
    const comparisons = compared.rows[0]?.comparisons ?? 0;
    return { comparisons, sources: sources.rows, dispositions: dispositions.rows };
  },
};

/** One record met by several comparisons counts once. */
function recordsWith(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(count(DISTINCT line ->> 'activityId') FILTER (WHERE ${condition}))::integer`;
}

/** Without comparisons in their reply window: nobody but rep and caller may know of these, not even by a count. */
function newestEvidence(scope: TenantScope): RawBuilder<unknown> {
  return sql`(SELECT f.evidence FROM findings f
    JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
    WHERE f.portal_id = ${scope.portalId}::bigint AND c.undone_at IS NULL AND f.state = 'ready'
      AND (f.settled_at IS NOT NULL OR (f.result ->> 'severity')::integer = 0)
    ORDER BY c.seq DESC LIMIT ${NEWEST_COMPARISONS}::integer) AS newest`;
}
