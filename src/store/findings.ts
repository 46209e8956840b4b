import { sql } from 'kysely';
import type { LocalDay, OwnerId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { FindingStore } from '../usecases/answers-port.ts';
import { toJson } from './json.ts';
import { toDecide } from './own-findings.ts';
import { replyMethods } from './replies.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'findings.findingId',
  'findings.checkInId',
  'findings.companyId',
  'findings.repOwnerId',
  'findings.callerUserId',
  'findings.state',
  'findings.result',
  'findings.evidence',
  'findings.attempts',
  'findings.nextTryAt',
  'findings.noticedOn',
  'findings.replyUntil',
  'findings.settledAt',
  'findings.firstSeverity',
  'findings.supported',
  'findings.secondContactId',
] as const;

export const findings: FindingStore = {
  ...replyMethods,
  add: async (scope, { findingId, checkInId, companyId, repOwnerId, callerUserId, nextTryAt }) => {
    const row = { findingId, checkInId, companyId, repOwnerId, callerUserId, nextTryAt };
    await txOf(scope)
      .insertInto('findings')
      .values({ ...row, portalId: scope.portalId })
      .execute();
  },
  find: async (scope, findingId) =>
    (await of(scope).where('findingId', '=', findingId).executeTakeFirst()) ?? null,
  findForUpdate: async (scope, findingId) =>
    (await of(scope).where('findingId', '=', findingId).forUpdate().executeTakeFirst()) ?? null,
  lockCompanies: async (scope, companyIds) => {
    if (companyIds.length === 0) return;
    await sql`SELECT FROM findings f
      JOIN check_ins c ON c.portal_id = f.portal_id AND c.check_in_id = f.check_in_id
      WHERE f.portal_id = ${scope.portalId}::bigint AND f.company_id = ANY(${[...companyIds]}::text[])
      ORDER BY c.seq DESC FOR UPDATE OF f`.execute(txOf(scope));
  },
  ofCheckIn: async (scope, checkInId) =>
    (await of(scope).where('checkInId', '=', checkInId).executeTakeFirst()) ?? null,
  later: async (scope, findingId) => {
    const row = await txOf(scope)
      .selectFrom('findings')
      .select('later')
      .where('portalId', '=', scope.portalId)
      .where('findingId', '=', findingId)
      .executeTakeFirst();
    return row?.later ?? null;
  },
  ofCompany: (scope, companyId, limit) =>
    of(scope)
      .innerJoin('checkIns', (join) =>
        join
          .onRef('checkIns.portalId', '=', 'findings.portalId')
          .onRef('checkIns.checkInId', '=', 'findings.checkInId'),
      )
      .where('findings.companyId', '=', companyId)
      .orderBy('checkIns.seq', 'desc')
      .limit(limit)
      .execute(),
  toRead: (scope, now, limit) =>
    of(scope).where('wakeAt', '<=', now).orderBy('wakeAt').orderBy('findingId').limit(limit).execute(),
  saveResult: async (scope, findingId, { result, evidence, later, ...plain }) => {
    const change = {
      ...plain,
      ...(result === undefined ? {} : { result: toJson(result) }),
      ...(evidence === undefined ? {} : { evidence: toJson(evidence) }),
      ...(later === undefined ? {} : { later: toJson(later) }),
    };
    const rows = txOf(scope).updateTable('findings').set(change).where('portalId', '=', scope.portalId);
    await rows.where('findingId', '=', findingId).execute();
  },
  waitingForReply: (scope, repOwnerId, today) =>
    openWindows(scope, repOwnerId, today)
      .where(sql<boolean>`(findings.result ->> 'severity')::integer > 0`)
      .where((by) =>
        by.exists(
          by
            .selectFrom('checkIns')
            .select('checkIns.checkInId')
            .where('checkIns.portalId', '=', scope.portalId)
            .whereRef('checkIns.checkInId', '=', 'findings.checkInId')
            .where('checkIns.releasedAt', 'is not', null)
            .where('checkIns.undoneAt', 'is', null),
        ),
      )
      .where((by) =>
        by.not(
          by.exists(
            by
              .selectFrom('replies')
              .select('replies.replyId')
              .where('replies.portalId', '=', scope.portalId)
              .whereRef('replies.findingId', '=', 'findings.findingId')
              .where(sql<boolean>`replies.replied_at >= ${noticeOfRep}`),
          ),
        ),
      )
      .execute(),
  windowsOpen: (scope, repOwnerId, today) => openWindows(scope, repOwnerId, today).execute(),
  toSettle: (scope, today, limit) =>
    of(scope).where('wakeOn', '<=', today).orderBy('replyUntil').orderBy('findingId').limit(limit).execute(),
  toDecide,
  remove: async (scope, findingId) => {
    const rows = txOf(scope).deleteFrom('findings').where('portalId', '=', scope.portalId);
    await rows.where('findingId', '=', findingId).execute();
  },
};

/**
 * When the rep was told last, the start of that day where the instant is not known: what they replied before was about something
 * that weighed less.
 */
const noticeOfRep = sql`(SELECT greatest(findings.noticed_at,
    timezone(p.time_zone, coalesce(findings.noticed_on, '-infinity')::timestamp))
  FROM portals p WHERE p.portal_id = findings.portal_id)`;

/** Whether or not the log is being read again; those that end first first. */
function openWindows(scope: TenantScope, repOwnerId: OwnerId, today: LocalDay) {
  return of(scope)
    .where('repOwnerId', '=', repOwnerId)
    .where('settledAt', 'is', null)
    .where('replyUntil', '>=', today)
    .orderBy('replyUntil')
    .orderBy('findingId');
}

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('findings').select(COLUMNS).where('findings.portalId', '=', scope.portalId);
}
