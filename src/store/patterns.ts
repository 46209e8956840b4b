import type { CycleLabel } from '../core/model.ts';
import type { PatternStore, TeamTest, TeamTestStore } from '../usecases/pattern-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

export const teamTests: TeamTestStore = {
  want: async (scope, cycle, dueOn) => {
    await txOf(scope)
      .insertInto('teamTests')
      .values({ portalId: scope.portalId, cycle, dueOn, testedAt: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  due: async (scope, today) => {
    const rows = await txOf(scope)
      .selectFrom('teamTests')
      .select('cycle')
      .where('portalId', '=', scope.portalId)
      .where('wakeOn', '<=', today)
      .orderBy('cycle')
      .execute();
    return rows.map(({ cycle }) => cycle);
  },
  save: async (scope, cycle, result, at) => {
    const rows = txOf(scope)
      .updateTable('teamTests')
      .set({ result: toJson(result), testedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('cycle', '=', cycle).where('testedAt', 'is', null).execute();
  },
  made: async (scope) => {
    const rows = await txOf(scope)
      .selectFrom('teamTests')
      .select(['cycle', 'result'])
      .where('portalId', '=', scope.portalId)
      .where('testedAt', 'is not', null)
      .orderBy('cycle')
      .execute();
    return rows.flatMap(({ cycle, result }): TeamTest[] => (result === null ? [] : [{ cycle, result }]));
  },
};

export const patterns: PatternStore = {
  add: async (scope, { counts, ...plain }) => {
    await txOf(scope)
      .insertInto('patterns')
      .values({ ...plain, portalId: scope.portalId, counts: toJson(counts) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  find: async (scope, patternId) =>
    (await of(scope).where('patternId', '=', patternId).executeTakeFirst()) ?? null,
  all: (scope) => of(scope).orderBy('cycle', 'desc').orderBy('patternId').execute(),
  extendReply: async (scope, patternId, replyUntil) => {
    const rows = txOf(scope)
      .updateTable('patterns')
      .set({ replyUntil })
      .where('portalId', '=', scope.portalId);
    await rows.where('patternId', '=', patternId).execute();
  },
  removeBefore: async (scope, cycle) => {
    const removed = await before(scope, cycle).returning('patternId').execute();
    return removed.map(({ patternId }) => patternId).sort();
  },
  open: async (scope, opening) => {
    await txOf(scope)
      .insertInto('patternOpenings')
      .values({ ...opening, portalId: scope.portalId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  openings: (scope, patternId) =>
    txOf(scope)
      .selectFrom('patternOpenings')
      .select(['patternId', 'userId', 'openedAt'])
      .where('portalId', '=', scope.portalId)
      .where('patternId', '=', patternId)
      .orderBy('openedAt')
      .orderBy('userId')
      .execute(),
};

function of(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('patterns')
    .select(['patternId', 'repOwnerId', 'managerUserId', 'cycle', 'noticedOn', 'replyUntil', 'counts'])
    .where('portalId', '=', scope.portalId);
}

function before(scope: TenantScope, cycle: CycleLabel) {
  return txOf(scope).deleteFrom('patterns').where('portalId', '=', scope.portalId).where('cycle', '<', cycle);
}
