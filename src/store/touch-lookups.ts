import { sql } from 'kysely';
import type { TouchStore } from '../usecases/store-port.ts';
import { TOUCH_COLUMNS } from './touch-columns.ts';
import { txOf } from './transact.ts';

/** Touches by what is known of them elsewhere: many in one statement. */
export const lookupMethods: Pick<TouchStore, 'findMany'> = {
  findMany: async (scope, touchIds) => {
    if (touchIds.length === 0) return [];
    return txOf(scope)
      .selectFrom('touches')
      .select(TOUCH_COLUMNS)
      .where('portalId', '=', scope.portalId)
      .where(sql<boolean>`touch_id = ANY(${[...touchIds]}::text[])`)
      .orderBy('touchId')
      .execute();
  },
};
