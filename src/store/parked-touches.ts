import { sql } from 'kysely';
import type { UserId } from '../core/model.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/touch-port.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

/** What a reason begins with; HubSpot's own words may follow. */
const KIND = sql<string>`split_part(coalesce(reason, ''), ':', 1)`;

/** As if none was ever sent. */
const AS_PLANNED = {
  state: 'planned',
  reason: null,
  sendAttempts: 0,
  inDoubtSince: null,
  notBefore: null,
} as const;

/** Touches that wait for a person's decision. */
export const parkedMethods: Pick<TouchStore, 'parked' | 'parkedByKind' | 'planParked' | 'planRefused'> = {
  parked: (scope, callerUserId, limit) =>
    parkedOf(scope, callerUserId).select(TOUCH_COLUMNS).orderBy('touchId').limit(limit).execute(),
  parkedByKind: async (scope, callerUserId) => {
    const rows = await parkedOf(scope, callerUserId)
      .select((by) => [KIND.as('kind'), by.fn.countAll<number>().as('touches')] as const)
      .groupBy(KIND)
      .execute();
    return new Map(rows.map(({ kind, touches }) => [kind, touches]));
  },
  planParked: async (scope, kind, callerUserId) => {
    const planned = await txOf(scope)
      .updateTable('touches')
      .set(AS_PLANNED)
      .where('portalId', '=', scope.portalId)
      .where('state', '=', 'parked')
      .where(KIND, '=', kind)
      .where(isOf(callerUserId))
      .where(
        sql<boolean>`NOT EXISTS (SELECT FROM outbox o
          WHERE o.portal_id = touches.portal_id AND o.subject = touches.touch_id AND o.wake_at IS NOT NULL)`,
      )
      .executeTakeFirstOrThrow();
    return Number(planned.numUpdatedRows);
  },
  planRefused: async (scope, touchIds) => {
    if (touchIds.length === 0) return [];
    const planned = await txOf(scope)
      .updateTable('touches')
      .set(AS_PLANNED)
      .where('portalId', '=', scope.portalId)
      .where(sql<boolean>`touch_id = ANY(${[...touchIds]}::text[])`)
      .where('state', '=', 'parked')
      .where(KIND, '=', 'rejected')
      .where('taskId', 'is', null)
      .returning('touchId')
      .execute();
    return planned.map(({ touchId }) => touchId);
  },
};

function parkedOf(scope: TenantScope, callerUserId: UserId | null) {
  return txOf(scope)
    .selectFrom('touches')
    .where('portalId', '=', scope.portalId)
    .where('state', '=', 'parked')
    .where(isOf(callerUserId));
}

function isOf(callerUserId: UserId | null) {
  return sql<boolean>`(${callerUserId}::bigint IS NULL OR caller_user_id = ${callerUserId}::bigint)`;
}
