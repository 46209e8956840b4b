import { sql } from 'kysely';
import { OPEN_TOUCH_STATES, type CycleLabel } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { slices, toJson } from './json.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

/** Touches by what is known of them elsewhere: many in one statement. */
export const lookupMethods: Pick<
  TouchStore,
  | 'findMany'
  | 'ofKeys'
  | 'sentSince'
  | 'openOf'
  | 'everOf'
  | 'callerGroups'
  | 'ofCallerGroup'
  | 'reassign'
  | 'noteTaskOwners'
> = {
  findMany: async (scope, touchIds) => {
    if (touchIds.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`touch_id = ANY(${[...touchIds]}::text[])`)
      .execute();
  },
  ofKeys: async (scope, keys) => {
    if (keys.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`key = ANY(${[...keys]}::text[])`)
      .execute();
  },
  sentSince: (scope, since, afterTouchId, limit) =>
    of(scope)
      .where('sentAt', '>=', since)
      .$if(afterTouchId !== null, (rows) => rows.where('touchId', '>', afterTouchId ?? ''))
      .limit(limit)
      .execute(),
  openOf: async (scope, companyIds) => {
    if (companyIds.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`)
      .where('state', 'in', OPEN_TOUCH_STATES)
      .execute();
  },
  everOf: async (scope, companyIds) => {
    if (companyIds.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`)
      .execute();
  },
  callerGroups: (scope, cycle) =>
    openWithOwner(scope, cycle)
      .select([
        'touches.callerUserId',
        'touches.callerOwnerId',
        'touches.assignedByPerson',
        'companies.ownerId',
      ])
      .distinct()
      .execute(),
  ofCallerGroup: (scope, cycle, { callerUserId, callerOwnerId, assignedByPerson, ownerId }, limit) =>
    openWithOwner(scope, cycle)
      .select(TOUCH_COLUMNS.map((column) => `touches.${column}` as const))
      .where('touches.callerUserId', '=', callerUserId)
      .where('touches.callerOwnerId', 'is not distinct from', callerOwnerId)
      .where('touches.assignedByPerson', '=', assignedByPerson)
      .where('companies.ownerId', 'is not distinct from', ownerId)
      .orderBy('touches.touchId')
      .limit(limit)
      .forUpdate('touches')
      .execute(),
  reassign: async (scope, touchIds, { callerUserId, callerOwnerId }) => {
    if (touchIds.length === 0) return;
    await txOf(scope)
      .updateTable('touches')
      .set({ callerUserId, callerOwnerId, assignedByPerson: false })
      .where('portalId', '=', scope.portalId)
      .where(sql<boolean>`touch_id = ANY(${[...touchIds]}::text[])`)
      .execute();
  },
  noteTaskOwners: async (scope, owners) => {
    for (const slice of slices(owners)) {
      await sql`
        UPDATE touches t SET task_owner_id = o."taskOwnerId"
        FROM jsonb_to_recordset(${toJson(slice)}::jsonb) AS o("touchId" text, "taskOwnerId" text)
        WHERE t.portal_id = ${scope.portalId}::bigint AND t.touch_id = o."touchId"`.execute(txOf(scope));
    }
  },
};

function openWithOwner(scope: TenantScope, cycle: CycleLabel) {
  return txOf(scope)
    .selectFrom('touches')
    .innerJoin('companies', (join) =>
      join
        .onRef('companies.portalId', '=', 'touches.portalId')
        .onRef('companies.companyId', '=', 'touches.companyId'),
    )
    .where('touches.portalId', '=', scope.portalId)
    .where('touches.cycle', '=', cycle)
    .where('touches.state', 'in', OPEN_TOUCH_STATES);
}

function of(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('touches')
    .select(TOUCH_COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('touchId');
}
