import { sql } from 'kysely';
import { OPEN_TOUCH_STATES, type CompanyId } from '../core/model.ts';
import type { CompanyRecord } from '../usecases/hubspot-port.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { CompanyStore } from '../usecases/store-port.ts';
import { contactMethods } from './contacts.ts';
import { eraseContact } from './erase-contact.ts';
import { slices, toJson } from './json.ts';
import { leftOutMethods } from './left-out.ts';
import { mergeInto } from './merge-company.ts';
import { mergedContactMethods } from './merge-contact.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'companyId',
  'name',
  'ownerId',
  'timeZone',
  'lifecycleStage',
  'parentCompanyId',
  'inScope',
  'contactsReadAt',
] as const;

export const companies: CompanyStore = {
  upsertRead: async (scope, read, readAt) => {
    for (const slice of slices(read)) await upsert(scope, slice, readAt);
  },
  unseenSince: async (scope, readStartedAt, limit, afterId = null) => {
    const rows = await inScope(scope)
      .select('companyId')
      .where((by) => by.or([by('seenAt', 'is', null), by('seenAt', '<', readStartedAt)]))
      .$if(afterId !== null, (rows) => rows.where('companyId', '>', afterId))
      .orderBy('companyId')
      .limit(limit)
      .execute();
    return rows.map(({ companyId }) => companyId);
  },
  outsideWithOpenTouch: async (scope, cycle, limit, afterId) => {
    const rows = await txOf(scope)
      .selectFrom('companies')
      .select('companyId')
      .where('portalId', '=', scope.portalId)
      .where('inScope', '=', false)
      .where((by) =>
        by.exists(
          by
            .selectFrom('touches')
            .select('touches.touchId')
            .where('touches.portalId', '=', scope.portalId)
            .whereRef('touches.companyId', '=', 'companies.companyId')
            .where('touches.cycle', '=', cycle)
            .where('touches.state', 'in', OPEN_TOUCH_STATES),
        ),
      )
      .$if(afterId !== null, (rows) => rows.where('companyId', '>', afterId))
      .orderBy('companyId')
      .limit(limit)
      .execute();
    return rows.map(({ companyId }) => companyId);
  },
  update: async (scope, companyId, { name, ownerId, inScope, timeZone }) => {
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(inScope === undefined ? {} : { inScope }),
      ...(timeZone === undefined ? {} : { timeZone }),
    };
    if (Object.keys(change).length === 0) return;
    const rows = txOf(scope).updateTable('companies').set(change).where('portalId', '=', scope.portalId);
    await rows.where('companyId', '=', companyId).execute();
  },
  find: async (scope, companyId) =>
    (await companiesOf(scope).where('companyId', '=', companyId).executeTakeFirst()) ?? null,
  findMany: async (scope, companyIds) => {
    if (companyIds.length === 0) return [];
    const wanted = sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`;
    return companiesOf(scope).where(wanted).orderBy('companyId').execute();
  },
  countInScope: async (scope) => {
    const row = await inScope(scope)
      .select((by) => by.fn.countAll<number>().as('companies'))
      .executeTakeFirstOrThrow();
    return row.companies;
  },
  countByOwner: async (scope) => {
    const rows = await inScope(scope)
      .select((by) => ['ownerId', by.fn.countAll<number>().as('companies')] as const)
      .where('ownerId', 'is not', null)
      .groupBy('ownerId')
      .$narrowType<{ ownerId: NonNullable<CompanyRecord['ownerId']> }>()
      .execute();
    return new Map(rows.map((row) => [row.ownerId, row.companies]));
  },
  sampleInScope: (scope, limit) => inScope(scope).select(COLUMNS).orderBy('companyId').limit(limit).execute(),
  withoutTouch: (scope, cycle, afterId, limit, { companyIds, seenSince } = {}) =>
    inScope(scope)
      .select(COLUMNS)
      .where((by) =>
        by.not(
          by.exists(
            by
              .selectFrom('touches')
              .select('touches.touchId')
              .where('touches.portalId', '=', scope.portalId)
              .whereRef('touches.companyId', '=', 'companies.companyId')
              .where('touches.cycle', '=', cycle)
              .where('touches.kind', '=', 'checkIn'),
          ),
        ),
      )
      .$if(afterId !== null, (rows) => rows.where('companyId', '>', afterId ?? ('' as CompanyId)))
      .$if(companyIds !== undefined, (rows) =>
        rows.where(sql<boolean>`company_id = ANY(${[...(companyIds ?? [])]}::text[])`),
      )
      .$if(seenSince !== undefined, (rows) => rows.where('seenAt', '>=', seenSince ?? null))
      .orderBy('companyId')
      .limit(limit)
      .execute(),
  ...leftOutMethods,
  ...contactMethods,
  ...mergedContactMethods,
  eraseContact,
  mergeInto,
};

function inScope(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('companies')
    .where('portalId', '=', scope.portalId)
    .where('inScope', '=', true);
}

export function companiesOf(scope: TenantScope) {
  return txOf(scope).selectFrom('companies').select(COLUMNS).where('portalId', '=', scope.portalId);
}

async function upsert(scope: TenantScope, read: readonly CompanyRecord[], readAt: Date): Promise<void> {
  // One row an id: a statement may not touch the same row twice.
  const rows = [...new Map(read.map((company) => [company.companyId, company])).values()];
  await sql`
    INSERT INTO companies AS c
      (portal_id, company_id, name, owner_id, time_zone, lifecycle_stage, parent_company_id, in_scope, seen_at)
    SELECT ${scope.portalId}::bigint, r."companyId", r.name, r."ownerId", r."timeZone", r."lifecycleStage",
      r."parentCompanyId", true, ${readAt}::timestamptz
    FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS r("companyId" text, name text, "ownerId" text, "timeZone" text,
      "lifecycleStage" text, "parentCompanyId" text)
    ON CONFLICT (portal_id, company_id) DO UPDATE SET name = excluded.name, owner_id = excluded.owner_id,
      time_zone = excluded.time_zone, lifecycle_stage = excluded.lifecycle_stage,
      parent_company_id = excluded.parent_company_id, in_scope = true, seen_at = excluded.seen_at`.execute(
    txOf(scope),
  );
}
