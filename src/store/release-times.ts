import type { CycleLabel } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { txOf } from './transact.ts';

/** When planned touches may become tasks; of those that were sent before, another rule decides. */
export const releaseMethods: Pick<TouchStore, 'releaseGroups' | 'releaseAnew'> = {
  releaseGroups: (scope, cycle) =>
    neverSent(scope, cycle)
      .select(['dueOn', 'releaseAt'])
      .distinct()
      .orderBy('dueOn')
      .orderBy('releaseAt')
      .execute(),
  releaseAnew: async (scope, cycle, { dueOn, releaseAt }, nextReleaseAt, limit) => {
    const moved = await txOf(scope)
      .with(
        (name) => name('shifted').materialized(),
        () =>
          neverSent(scope, cycle)
            .select('touchId')
            .where('dueOn', '=', dueOn)
            .where('releaseAt', '=', releaseAt)
            .orderBy('touchId')
            .limit(limit)
            .forUpdate(),
      )
      .updateTable('touches')
      .set({ releaseAt: nextReleaseAt })
      .where('portalId', '=', scope.portalId)
      .where('touchId', 'in', (by) => by.selectFrom('shifted').select('shifted.touchId'))
      .executeTakeFirstOrThrow();
    return Number(moved.numUpdatedRows);
  },
};

function neverSent(scope: TenantScope, cycle: CycleLabel) {
  return txOf(scope)
    .selectFrom('touches')
    .where('portalId', '=', scope.portalId)
    .where('cycle', '=', cycle)
    .where('state', '=', 'planned')
    .where('sentAt', 'is', null);
}
