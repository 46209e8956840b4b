import type { TenantScope } from '../usecases/records.ts';
import type { FindingStore } from '../usecases/answers-port.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'replyId',
  'findingId',
  'byUserId',
  'kind',
  'sentence',
  'activityId',
  'repliedAt',
  'decideBy',
  'state',
  'decidedAt',
  'decidedBy',
  'decisionReason',
] as const;

export const replyMethods: Pick<FindingStore, 'repliesToAccept' | 'addReply' | 'replies' | 'decideReply'> = {
  repliesToAccept: (scope, today, limit) =>
    of(scope).where('wakeOn', '<=', today).orderBy('decideBy').orderBy('replyId').limit(limit).execute(),
  addReply: async (scope, reply) => {
    await txOf(scope)
      .insertInto('replies')
      .values({ ...reply, portalId: scope.portalId })
      .execute();
  },
  replies: (scope, findingId) =>
    of(scope).where('findingId', '=', findingId).orderBy('repliedAt').orderBy('replyId').execute(),
  decideReply: async (scope, replyId, { state, by, at, reason }) => {
    const rows = txOf(scope)
      .updateTable('replies')
      .set({ state, decidedBy: by, decidedAt: at, decisionReason: reason })
      .where('portalId', '=', scope.portalId);
    await rows.where('replyId', '=', replyId).execute();
  },
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('replies').select(COLUMNS).where('portalId', '=', scope.portalId);
}
