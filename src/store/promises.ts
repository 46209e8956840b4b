import type { UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { PromiseStore } from '../usecases/answers-port.ts';
import { txOf } from './transact.ts';

const ISSUE_COLUMNS = [
  'issueId',
  'companyId',
  'checkInId',
  'title',
  'ownerUserId',
  'state',
  'openedAt',
  'openedBy',
] as const;
const PROMISE_COLUMNS = [
  'promiseId',
  'issueId',
  'companyId',
  'what',
  'ownerId',
  'ownerUserId',
  'dueOn',
  'state',
  'settledAt',
] as const;

export const promises: PromiseStore = {
  addIssue: async (scope, issue) => {
    await txOf(scope)
      .insertInto('issues')
      .values({ ...issue, portalId: scope.portalId, closedAt: null })
      .execute();
  },
  findIssue: async (scope, issueId) =>
    (await issuesOf(scope).where('issueId', '=', issueId).executeTakeFirst()) ?? null,
  issuesOfCompany: (scope, companyId) => issuesOf(scope).where('companyId', '=', companyId).execute(),
  closeIssue: async (scope, issueId, at) => {
    const rows = txOf(scope)
      .updateTable('issues')
      .set({ state: 'closed', closedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('issueId', '=', issueId).where('state', '=', 'open').execute();
  },
  removeIssuesOf: async (scope, checkInId) => {
    const rows = txOf(scope).deleteFrom('issues').where('portalId', '=', scope.portalId);
    await rows.where('checkInId', '=', checkInId).execute();
  },
  addPromise: async (scope, promise) => {
    await txOf(scope)
      .insertInto('promises')
      .values({ ...promise, portalId: scope.portalId })
      .execute();
  },
  find: async (scope, promiseId) =>
    (await promisesOf(scope).where('promiseId', '=', promiseId).executeTakeFirst()) ?? null,
  ofCompany: (scope, companyId) => promisesOf(scope).where('companyId', '=', companyId).execute(),
  openOf: (scope, { userId, ownerId }, limit) =>
    promisesOf(scope)
      .where('state', '=', 'open')
      .where((by) =>
        ownerId === null
          ? by('ownerUserId', '=', userId)
          : by.or([by('ownerUserId', '=', userId), by('ownerId', '=', ownerId)]),
      )
      .limit(limit)
      .execute(),
  countOf,
  settle: async (scope, promiseId, state, at) => {
    const rows = txOf(scope)
      .updateTable('promises')
      .set({ state, settledAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('promiseId', '=', promiseId).execute();
  },
};

export function issuesOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('issues')
    .select(ISSUE_COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('openedAt')
    .orderBy('issueId');
}

export function promisesOf(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('promises')
    .select(PROMISE_COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('dueOn')
    .orderBy('promiseId');
}

/** Of the promises that came to an end; an open one is neither kept nor broken yet. */
async function countOf(scope: TenantScope, userId: UserId): Promise<{ kept: number; total: number }> {
  const rows = await txOf(scope)
    .selectFrom('promises')
    .select((by) => ['state', by.fn.countAll<number>().as('promises')] as const)
    .where('portalId', '=', scope.portalId)
    .where('ownerUserId', '=', userId)
    .where('state', '<>', 'open')
    .groupBy('state')
    .execute();
  const kept = rows.find((row) => row.state === 'kept')?.promises ?? 0;
  return { kept, total: rows.reduce((sum, row) => sum + row.promises, 0) };
}
