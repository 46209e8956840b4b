import { sql, type ExpressionBuilder } from 'kysely';
import { OPEN_TOUCH_STATES } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import type { Tables } from './tables.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

const COLUMNS = ['label', 'startsOn', 'endsOn', 'timeZone', 'plannedAt', 'closedAt'] as const;

export const cycleMethods: Pick<
  TouchStore,
  'ensureCycle' | 'cycle' | 'openCyclesEndingBy' | 'missOpen' | 'closeCycle'
> = {
  ensureCycle: async (scope, { label, startsOn, endsOn, timeZone, plannedAt }) => {
    const row = { portalId: scope.portalId, label, startsOn, endsOn, timeZone, plannedAt, closedAt: null };
    await txOf(scope)
      .insertInto('cycles')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return of(scope).where('label', '=', label).executeTakeFirstOrThrow();
  },
  cycle: async (scope, label) => (await of(scope).where('label', '=', label).executeTakeFirst()) ?? null,
  openCyclesEndingBy: (scope, day, undoneBefore) =>
    of(scope)
      .where('endsOn', '<=', day)
      .where((by) => by.or([by('closedAt', 'is', null), by.exists(openTouches(by, undoneBefore))]))
      .orderBy('label')
      .execute(),
  missOpen: (scope, label, undoneBefore, limit) =>
    txOf(scope)
      .with(
        (name) => name('open').materialized(),
        (db) =>
          db
            .selectFrom('touches')
            .select('touchId')
            .where('portalId', '=', scope.portalId)
            .where('cycle', '=', label)
            .where('state', 'in', OPEN_TOUCH_STATES)
            .where(isLeft(undoneBefore))
            // In the order in which everybody locks touches: others look after the same ones at the turn of a quarter.
            .orderBy('touchId')
            .limit(limit)
            .forUpdate(),
      )
      .updateTable('touches')
      .set({ state: 'missed', reason: 'cycleOver' })
      .where('portalId', '=', scope.portalId)
      .where('touchId', 'in', (by) => by.selectFrom('open').select('open.touchId'))
      .returning(TOUCH_COLUMNS)
      .execute(),
  closeCycle: async (scope, label, at) => {
    const rows = txOf(scope)
      .updateTable('cycles')
      .set({ closedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('label', '=', label).where('closedAt', 'is', null).execute();
  },
};

/** A person may open a call again after its quarter was closed: "Didn't talk", or an answer taken back. */
function openTouches(by: ExpressionBuilder<Tables, 'cycles'>, undoneBefore: Date) {
  return by
    .selectFrom('touches')
    .select('touches.touchId')
    .whereRef('touches.portalId', '=', 'cycles.portalId')
    .whereRef('touches.cycle', '=', 'cycles.label')
    .where('touches.state', 'in', OPEN_TOUCH_STATES)
    .where(isLeft(undoneBefore));
}

/** Whoever took an answer back a moment ago is about to give another one: such a call is not over yet. */
function isLeft(undoneBefore: Date) {
  return sql<boolean>`NOT EXISTS (SELECT FROM check_ins c
    WHERE c.portal_id = touches.portal_id AND c.company_id = touches.company_id AND c.touch_id = touches.touch_id
      AND c.undone_at >= ${undoneBefore}::timestamptz)`;
}

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('cycles').select(COLUMNS).where('portalId', '=', scope.portalId);
}
