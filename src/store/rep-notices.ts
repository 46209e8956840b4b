import type { TenantScope } from '../usecases/records.ts';
import type { CheckInStore } from '../usecases/answers-port.ts';
import { txOf } from './transact.ts';

/** At most one HubSpot task a rep and day says that words are waiting. */
export const repNoticeMethods: Pick<CheckInStore, 'addRepNotice' | 'repNotices' | 'updateRepNotice'> = {
  addRepNotice: async (scope, { ownerId, onDay, closesOn }) => {
    const row = { portalId: scope.portalId, ownerId, onDay, closesOn, taskId: null, closedAt: null };
    const added = await txOf(scope)
      .insertInto('repNotices')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  },
  repNotices: (scope, closesBy) =>
    noticesOf(scope)
      .where('closedAt', 'is', null)
      .where('closesOn', '<=', closesBy)
      .orderBy('onDay')
      .orderBy('ownerId')
      .execute(),
  updateRepNotice: async (scope, ownerId, onDay, { taskId, closedAt, closesOn }) => {
    const change = {
      ...(taskId === undefined ? {} : { taskId }),
      ...(closedAt === undefined ? {} : { closedAt }),
      ...(closesOn === undefined ? {} : { closesOn }),
    };
    if (Object.keys(change).length === 0) return;
    const rows = txOf(scope).updateTable('repNotices').set(change).where('portalId', '=', scope.portalId);
    await rows.where('ownerId', '=', ownerId).where('onDay', '=', onDay).execute();
  },
};

function noticesOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('repNotices')
    .select(['ownerId', 'onDay', 'taskId', 'closesOn', 'closedAt'])
    .where('portalId', '=', scope.portalId);
}
