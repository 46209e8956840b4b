import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/store-port.ts';
import { txOf } from './transact.ts';

const COLUMNS = ['label', 'startsOn', 'endsOn', 'timeZone', 'plannedAt', 'closedAt'] as const;

export const cycleMethods: Pick<TouchStore, 'ensureCycle' | 'cycle' | 'openCyclesEndingBy' | 'closeCycle'> = {
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
  openCyclesEndingBy: (scope, day) =>
    of(scope).where('closedAt', 'is', null).where('endsOn', '<=', day).orderBy('label').execute(),
  closeCycle: async (scope, label, at) => {
    const rows = txOf(scope)
      .updateTable('cycles')
      .set({ closedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('label', '=', label).where('closedAt', 'is', null).execute();
  },
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('cycles').select(COLUMNS).where('portalId', '=', scope.portalId);
}
