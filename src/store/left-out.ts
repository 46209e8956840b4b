import { sql } from 'kysely';
import type { OwnerId } from '../core/model.ts';
import type { Branches, TenantScope } from '../usecases/records.ts';
import type { CompanyStore } from '../usecases/store-port.ts';
import { toJson } from './json.ts';
import { txOf } from './transact.ts';

type LeftOutMethods = Pick<CompanyStore, 'branches' | 'goneSample' | 'leftOut' | 'keepLeftOut'>;

/** What set-up shows of the companies that get no call of their own. */
export const leftOutMethods: LeftOutMethods = {
  branches: async (scope, limit) => {
    const counted = await sql<{ ownerId: OwnerId | null; companies: number }>`
      SELECT b.owner_id AS "ownerId", count(*)::integer AS companies FROM ${branchesOf(scope)} GROUP BY 1`.execute(
      txOf(scope),
    );
    const sample = await sql<Branches['sample'][number]>`
      SELECT b.name, p.name AS "parentName" FROM ${branchesOf(scope)} ORDER BY b.company_id LIMIT ${limit}`.execute(
      txOf(scope),
    );
    return {
      byOwner: new Map(counted.rows.map(({ ownerId, companies }) => [ownerId, companies])),
      sample: sample.rows,
    };
  },
  goneSample: async (scope, limit) => {
    const gone = await sql<{ name: string }>`
      SELECT name FROM companies c
      WHERE c.portal_id = ${scope.portalId}::bigint AND NOT c.in_scope AND EXISTS (
        SELECT FROM touches t WHERE t.portal_id = c.portal_id AND t.company_id = c.company_id
          AND t.state = 'canceled' AND t.reason = 'companyGone')
      ORDER BY company_id LIMIT ${limit}`.execute(txOf(scope));
    return gone.rows.map(({ name }) => name);
  },
  leftOut: async (scope) => {
    const portals = txOf(scope).selectFrom('portals').select('leftOut');
    const row = await portals.where('portalId', '=', scope.portalId).executeTakeFirst();
    return row?.leftOut ?? null;
  },
  keepLeftOut: async (scope, found) => {
    const portals = txOf(scope)
      .updateTable('portals')
      .set({ leftOut: toJson(found) });
    await portals.where('portalId', '=', scope.portalId).execute();
  },
};

function branchesOf({ portalId }: TenantScope) {
  return sql`companies b JOIN companies p ON p.portal_id = b.portal_id AND p.company_id = b.parent_company_id
    AND b.portal_id = ${portalId}::bigint AND b.in_scope AND p.in_scope`;
}
