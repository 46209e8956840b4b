import { sql } from 'kysely';
import type { LocalDay, UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

const ATTEMPT_COLUMNS = [
  'attemptId',
  'touchId',
  'outcome',
  'contactId',
  'attemptedAt',
  'attemptedBy',
  'nextTryOn',
  'nextTryHalf',
] as const;

/** Not part of the quarter any more. Skipped, not reached and deleted ones are: whoever does not count them flatters their own figures. */
const IN_FRAME = sql`(state <> 'canceled' OR reason IS NULL OR reason NOT IN ('companyGone', 'leftProgram'))`;
/** Never moved: not by a try, by what is overdue, or by a person's hand. Null of touches that the version before planned. */
const FIRST_DUE_ON = sql`coalesce(first_due_on, due_on)`;

/** A caller's list, what was tried, and the quarter's figures. */
export const attemptMethods: Pick<
  TouchStore,
  'callsDue' | 'countCallsDue' | 'addAttempt' | 'attempts' | 'quarterFigures' | 'quarterWeeks'
> = {
  callsDue: (scope, callerUserId, dueBy, limit) =>
    due(scope, callerUserId, dueBy)
      .select(TOUCH_COLUMNS)
      .orderBy('dueOn')
      .orderBy('touchId')
      .limit(limit)
      .execute(),
  countCallsDue: async (scope, callerUserId, dueBy) => {
    const row = await due(scope, callerUserId, dueBy)
      .select((by) => by.fn.countAll<number>().as('touches'))
      .executeTakeFirstOrThrow();
    return row.touches;
  },
  addAttempt: async (scope, attempt) => {
    await txOf(scope)
      .insertInto('attempts')
      .values({ ...attempt, portalId: scope.portalId })
      .execute();
  },
  attempts: (scope, touchId) => attemptsOf(scope).where('touchId', '=', touchId).execute(),
  quarterFigures,
  quarterWeeks,
};

/** In the order in which they were made. */
export function attemptsOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('attempts')
    .select(ATTEMPT_COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('attemptedAt')
    .orderBy('attemptId');
}

function due(scope: TenantScope, callerUserId: UserId, dueBy: string) {
  return txOf(scope)
    .selectFrom('touches')
    .where('portalId', '=', scope.portalId)
    .where('callerUserId', '=', callerUserId)
    .where('state', 'in', ['planned', 'created'])
    .where('dueOn', '<=', dueBy);
}

type Figures = { accounts: number; heardFrom: number; attempted: number; onTime: number };

/**
 * Accounts with a touch in the cycle, and how many of them were tried, heard, and heard by the day for which they were planned first.
 * Those whose company is gone or left the program are left out.
 */
async function quarterFigures(
  scope: TenantScope,
  cycle: string,
  callerUserId: UserId | null,
): Promise<Figures> {
  const found = await sql<Figures>`
    WITH mine AS (
      SELECT t.company_id, min(${FIRST_DUE_ON}) AS due_on,
        bool_or(EXISTS (SELECT FROM attempts a WHERE a.portal_id = t.portal_id AND a.touch_id = t.touch_id)) AS tried
      FROM touches t
      WHERE t.portal_id = ${scope.portalId}::bigint AND t.cycle = ${cycle} AND ${IN_FRAME}
        AND (${callerUserId}::bigint IS NULL OR t.caller_user_id = ${callerUserId}::bigint)
      GROUP BY t.company_id),
    heard AS (
      SELECT company_id, min(happened_on) AS first_on FROM check_ins
      WHERE portal_id = ${scope.portalId}::bigint AND cycle = ${cycle} AND undone_at IS NULL
      GROUP BY company_id)
    SELECT count(*) AS accounts, count(h.company_id) AS heard_from,
      count(*) FILTER (WHERE m.tried OR h.company_id IS NOT NULL) AS attempted,
      count(*) FILTER (WHERE h.first_on <= m.due_on) AS on_time
    FROM mine m LEFT JOIN heard h USING (company_id)`.execute(txOf(scope));
  return found.rows[0] ?? { accounts: 0, heardFrom: 0, attempted: 0, onTime: 0 };
}

type Week = { weekOf: LocalDay; due: number; heardFrom: number };

/** The same accounts, by the week for which they were planned first and the one in which they were first heard. */
async function quarterWeeks(
  scope: TenantScope,
  cycle: string,
  callerUserId: UserId,
): Promise<readonly Week[]> {
  const found = await sql<Week>`
    WITH mine AS (
      SELECT company_id, min(${FIRST_DUE_ON}) AS due_on FROM touches
      WHERE portal_id = ${scope.portalId}::bigint AND cycle = ${cycle} AND ${IN_FRAME}
        AND caller_user_id = ${callerUserId}::bigint
      GROUP BY company_id),
    heard AS (
      SELECT company_id, min(happened_on) AS first_on FROM check_ins
      WHERE portal_id = ${scope.portalId}::bigint AND cycle = ${cycle} AND undone_at IS NULL
      GROUP BY company_id)
    SELECT date_trunc('week', day)::date AS week_of, sum(due)::integer AS due, sum(heard)::integer AS heard_from
    FROM (
      SELECT due_on AS day, 1 AS due, 0 AS heard FROM mine
      UNION ALL SELECT h.first_on, 0, 1 FROM mine JOIN heard h USING (company_id)) days
    GROUP BY 1 ORDER BY 1`.execute(txOf(scope));
  return found.rows;
}
