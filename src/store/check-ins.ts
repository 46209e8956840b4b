import { sql } from 'kysely';
import type { CompanyId } from '../core/model.ts';
import type { CheckIn, Heard, TenantScope } from '../usecases/records.ts';
import type { CheckInStore } from '../usecases/answers-port.ts';
import { toJson } from './json.ts';
import { repNoticeMethods } from './rep-notices.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'checkInId',
  'companyId',
  'heardAtCompanyId',
  'touchId',
  'cycle',
  'wave',
  'callerUserId',
  'respondentContactId',
  'heardAsContactId',
  'respondentName',
  'words',
  'liked',
  'inConfidence',
  'coachingNote',
  'happenedOn',
  'channel',
  'repOwnerId',
  'listening',
  'recall',
  'savedAt',
  'undoneAt',
  'releasesAt',
  'releasedAt',
  'seenByRepAt',
] as const;

export const checkIns: CheckInStore = {
  ...repNoticeMethods,
  add: async (scope, checkIn) => {
    await txOf(scope)
      .insertInto('checkIns')
      .values({ ...checkIn, portalId: scope.portalId, recall: recallJson(checkIn) })
      .execute();
  },
  find: async (scope, checkInId) =>
    (await of(scope).where('checkInId', '=', checkInId).executeTakeFirst()) ?? null,
  ofCompany: (scope, companyId, limit) =>
    newestStanding(scope, limit).where('companyId', '=', companyId).execute(),
  lastHeard,
  countOfCompany: async (scope, companyId) => {
    const row = await standing(scope)
      .select((by) => by.fn.countAll<number>().as('checkIns'))
      .where('companyId', '=', companyId)
      .executeTakeFirstOrThrow();
    return row.checkIns;
  },
  waveOf: async (scope, companyId, beforeCycle) => {
    const row = await standing(scope)
      .select((by) => by.fn.max('wave').as('wave'))
      .where('companyId', '=', companyId)
      .$if(beforeCycle !== null, (rows) => rows.where('cycle', '<', beforeCycle ?? ''))
      .executeTakeFirst();
    // max of no rows is null, whatever the column's type says.
    return (row?.wave as number | null | undefined) ?? 0;
  },
  undo: async (scope, checkInId, at) => {
    const rows = txOf(scope)
      .updateTable('checkIns')
      .set({ undoneAt: at, coachingNote: null })
      .where('portalId', '=', scope.portalId);
    await rows.where('checkInId', '=', checkInId).where('undoneAt', 'is', null).execute();
  },
  undoneOf: (scope, companyId, callerUserId, limit) =>
    of(scope)
      .where('companyId', '=', companyId)
      .where('callerUserId', '=', callerUserId)
      .where('undoneAt', 'is not', null)
      .orderBy('undoneAt', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute(),
  addCorrection: async (scope, { checkInId, recall, reason, by, at }) => {
    const row = { portalId: scope.portalId, checkInId, recall: toJson(recall), reason, by, at };
    await txOf(scope).insertInto('corrections').values(row).execute();
  },
  corrections: (scope, checkInId) =>
    txOf(scope)
      .selectFrom('corrections')
      .select(['checkInId', 'recall', 'reason', 'by', 'at'])
      .where('portalId', '=', scope.portalId)
      .where('checkInId', '=', checkInId)
      .orderBy('seq')
      .execute(),
  dueForRelease: (scope, now, limit) =>
    of(scope).where('wakeAt', '<=', now).orderBy('wakeAt').orderBy('seq').limit(limit).execute(),
  markReleased: (scope, checkInIds, at) => mark(scope, 'released_at', checkInIds, at),
  markSeenByRep: (scope, checkInIds, at) => mark(scope, 'seen_by_rep_at', checkInIds, at),
  releasedTo: (scope, repOwnerId, limit) =>
    newestStanding(scope, limit)
      .where('repOwnerId', '=', repOwnerId)
      .where('releasedAt', 'is not', null)
      .execute(),
  byCaller: (scope, callerUserId, limit) =>
    newestStanding(scope, limit).where('callerUserId', '=', callerUserId).execute(),
  countByRep: async (scope, cycle, callerUserId) => {
    const rows = await standing(scope)
      .select((by) => ['repOwnerId', by.fn.countAll<number>().as('checkIns')] as const)
      .where('cycle', '=', cycle)
      .where('callerUserId', '=', callerUserId)
      .where('repOwnerId', 'is not', null)
      .groupBy('repOwnerId')
      .$narrowType<{ repOwnerId: NonNullable<CheckIn['repOwnerId']> }>()
      .execute();
    return new Map(rows.map((row) => [row.repOwnerId, row.checkIns]));
  },
};

function of(scope: TenantScope) {
  return txOf(scope).selectFrom('checkIns').select(COLUMNS).where('portalId', '=', scope.portalId);
}

/** A look into the index for each company, in one statement. */
async function lastHeard(scope: TenantScope, companyIds: readonly CompanyId[], limit: number) {
  const found = await sql<Heard & { readonly companyId: CompanyId }>`
    SELECT c.company_id, h.respondent_contact_id, h.happened_on, h.caller_user_id
    FROM unnest(${[...companyIds]}::text[]) AS c(company_id) CROSS JOIN LATERAL (
      SELECT seq, respondent_contact_id, happened_on, caller_user_id FROM check_ins
      WHERE portal_id = ${scope.portalId}::bigint AND company_id = c.company_id AND undone_at IS NULL
      ORDER BY seq DESC LIMIT ${limit}::integer) h
    ORDER BY h.seq DESC`.execute(txOf(scope));
  const byCompany = new Map<CompanyId, Heard[]>();
  for (const { companyId, ...heard } of found.rows)
    byCompany.set(companyId, [...(byCompany.get(companyId) ?? []), heard]);
  return byCompany;
}

function standing(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('checkIns')
    .where('portalId', '=', scope.portalId)
    .where('undoneAt', 'is', null);
}

export function newestStanding(scope: TenantScope, limit: number) {
  return standing(scope).select(COLUMNS).orderBy('seq', 'desc').limit(limit);
}

function recallJson(checkIn: CheckIn): string | null {
  return checkIn.recall === null ? null : toJson(checkIn.recall);
}

/** The first time counts: a row that has the mark keeps it. */
async function mark(
  scope: TenantScope,
  column: 'released_at' | 'seen_by_rep_at',
  checkInIds: readonly string[],
  at: Date,
): Promise<void> {
  if (checkInIds.length === 0) return;
  await sql`UPDATE check_ins SET ${sql.ref(column)} = ${at}
    WHERE portal_id = ${scope.portalId}::bigint AND check_in_id = ANY(${[...checkInIds]}::text[])
      AND ${sql.ref(column)} IS NULL`.execute(txOf(scope));
}
