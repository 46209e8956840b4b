import type { LeaveStore } from '../usecases/leave-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

export const leaves: LeaveStore = {
  add: async (scope, leave) => {
    await txOf(scope)
      .insertInto('leaves')
      .values({ ...leave, portalId: scope.portalId, removedAt: null })
      .execute();
  },
  find: async (scope, leaveId) =>
    (await standing(scope).where('leaveId', '=', leaveId).executeTakeFirst()) ?? null,
  ofOwner: (scope, ownerId, fromDay) =>
    standing(scope).where('ownerId', '=', ownerId).where('lastDay', '>=', fromDay).execute(),
  all: (scope, fromDay) => standing(scope).where('lastDay', '>=', fromDay).execute(),
  remove: async (scope, leaveId, at) => {
    const rows = txOf(scope)
      .updateTable('leaves')
      .set({ removedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('leaveId', '=', leaveId).where('removedAt', 'is', null).execute();
  },
};

function standing(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('leaves')
    .select(['leaveId', 'ownerId', 'firstDay', 'lastDay', 'enteredBy', 'enteredAt'])
    .where('portalId', '=', scope.portalId)
    .where('removedAt', 'is', null)
    .orderBy('firstDay')
    .orderBy('leaveId');
}
