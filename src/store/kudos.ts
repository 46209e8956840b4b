import { sql } from 'kysely';
import type { KudosHeard, KudosStore } from '../usecases/kudos-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'kudosId',
  'checkInId',
  'companyId',
  'toOwnerId',
  'words',
  'givenBy',
  'givenAt',
  'releasesAt',
] as const;

export const kudos: KudosStore = {
  add: async (scope, row) => {
    await txOf(scope)
      .insertInto('kudos')
      .values({ ...row, portalId: scope.portalId })
      .execute();
  },
  ofCompany: async (scope, companyId, limit) =>
    (await kudosHeard(scope, sql`k.company_id = ${companyId}`, limit).execute(txOf(scope))).rows,
  releasedTo: async (scope, ownerIds, now, limit) =>
    ownerIds.length === 0
      ? []
      : (
          await kudosHeard(
            scope,
            sql`k.to_owner_id = ANY(${[...ownerIds]}::text[]) AND k.releases_at <= ${now}::timestamptz`,
            limit,
          ).execute(txOf(scope))
        ).rows,
  removeOf: async (scope, checkInId) => {
    const rows = txOf(scope).deleteFrom('kudos').where('portalId', '=', scope.portalId);
    return rows.where('checkInId', '=', checkInId).returning(COLUMNS).execute();
  },
};

export function kudosHeard(scope: TenantScope, where: ReturnType<typeof sql>, limit: number) {
  return sql<KudosHeard>`
    SELECT k.kudos_id, k.check_in_id, k.company_id, k.to_owner_id, k.words, k.given_by, k.given_at, k.releases_at,
      c.respondent_name
    FROM kudos k JOIN check_ins c ON c.portal_id = k.portal_id AND c.check_in_id = k.check_in_id
    WHERE k.portal_id = ${scope.portalId}::bigint AND c.undone_at IS NULL AND ${where}
    ORDER BY k.given_at DESC, k.kudos_id LIMIT ${limit}::integer`;
}
