import type { ExpressionBuilder } from 'kysely';
import type { LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { PromiseStore } from '../usecases/answers-port.ts';
import type { Tables } from './tables.ts';
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
  'settledBy',
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
  findIssueForUpdate: async (scope, issueId) =>
    (await issuesOf(scope).where('issueId', '=', issueId).forUpdate().executeTakeFirst()) ?? null,
  closeIssue: async (scope, issueId, at) => {
    const rows = txOf(scope)
      .updateTable('issues')
      .set({ state: 'closed', closedAt: at })
      .where('portalId', '=', scope.portalId);
    await rows.where('issueId', '=', issueId).where('state', '=', 'open').execute();
  },
  reopenIssue: async (scope, issueId) => {
    const rows = txOf(scope)
      .updateTable('issues')
      .set({ state: 'open', closedAt: null })
      .where('portalId', '=', scope.portalId);
    await rows.where('issueId', '=', issueId).execute();
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
  waitingOf: (scope, person, limit) =>
    promisesOf(scope)
      .where(waits)
      .where(isOf(person))
      .clearOrderBy()
      .orderBy((by) => by('state', '<>', 'open'))
      .orderBy('dueOn')
      .orderBy('promiseId')
      .limit(limit)
      .execute(),
  countOf,
  settle: async (scope, promiseId, { state, settledAt, settledBy }) => {
    const rows = txOf(scope)
      .updateTable('promises')
      .set({ state, settledAt, settledBy })
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

type Owner = { readonly userId: UserId; readonly ownerId: OwnerId | null };

/** Promises are given by an owner of HubSpot's, a user, or both. */
function isOf({ userId, ownerId }: Owner) {
  return (by: ExpressionBuilder<Tables, 'promises'>) =>
    ownerId === null
      ? by('ownerUserId', '=', userId)
      : by.or([by('ownerUserId', '=', userId), by('ownerId', '=', ownerId)]);
}

/** Nobody said yet how it ended, or it was not kept and its issue still waits for it. */
function waits(by: ExpressionBuilder<Tables, 'promises'>) {
  const openIssue = by
    .selectFrom('issues')
    .select('issues.issueId')
    .whereRef('issues.portalId', '=', 'promises.portalId')
    .whereRef('issues.issueId', '=', 'promises.issueId')
    .where('issues.state', '=', 'open');
  return by.or([
    by('promises.state', '=', 'open'),
    by.and([by('promises.state', '=', 'broken'), by.exists(openIssue)]),
  ]);
}

/** What nobody settled counts as not kept from the day after it was due, as people read it too. */
function countOf(scope: TenantScope, person: Owner, today: LocalDay) {
  return txOf(scope)
    .selectFrom('promises')
    .select((by) => {
      const isOpen = by('state', '=', 'open');
      const all = by.fn.countAll<number>();
      return [
        all.filterWhere('state', '=', 'kept').as('kept'),
        all.filterWhere(by.or([by('state', '<>', 'open'), by('dueOn', '<', today)])).as('total'),
        all.filterWhere(by.and([isOpen, by('dueOn', '<=', today)])).as('due'),
        all.filterWhere(waits(by)).as('waiting'),
      ];
    })
    .where('portalId', '=', scope.portalId)
    .where(isOf(person))
    .executeTakeFirstOrThrow();
}
