import { sql } from 'kysely';
import type { TenantScope } from '../usecases/records.ts';
import type { TouchStore } from '../usecases/store-port.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

/** Touches by what is known of them elsewhere: many in one statement. */
export const lookupMethods: Pick<TouchStore, 'findMany' | 'openOf'> = {
  findMany: async (scope, touchIds) => {
    if (touchIds.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`touch_id = ANY(${[...touchIds]}::text[])`)
      .execute();
  },
  openOf: async (scope, companyIds) => {
    if (companyIds.length === 0) return [];
    return of(scope)
      .where(sql<boolean>`company_id = ANY(${[...companyIds]}::text[])`)
      .where('state', 'in', ['planned', 'sending', 'created', 'parked'])
      .execute();
  },
};

function of(scope: TenantScope) {
  return txOf(scope)
    .selectFrom('touches')
    .select(TOUCH_COLUMNS)
    .where('portalId', '=', scope.portalId)
    .orderBy('touchId');
}
