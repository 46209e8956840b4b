import { sql } from 'kysely';
import type { TouchStore } from '../usecases/touch-port.ts';
import { KEY_TAKEN, REFUSED, UNKNOWN_OUTCOME } from '../usecases/records.ts';
import { txOf } from './transact.ts';

export const runFigureMethods: Pick<TouchStore, 'runFigures' | 'runTrouble'> = {
  runFigures: async (scope, cycle, now, since) => {
    const leftNow = await txOf(scope)
      .selectFrom('touches')
      .select((by) => by.fn.countAll<number>().as('touches'))
      .where('portalId', '=', scope.portalId)
      .where('cycle', '=', cycle)
      .where((by) =>
        by.or([by('state', '=', 'sending'), by.and([by('state', '=', 'planned'), by('wakeAt', '<=', now)])]),
      )
      .executeTakeFirstOrThrow();
    if (leftNow.touches === 0) return { leftNow: 0, madeLately: 0, since: null };
    const lately = await txOf(scope)
      .selectFrom('touches')
      .select((by) => [by.fn.countAll<number>().as('made'), by.fn.min('sentAt').as('since')] as const)
      .where('portalId', '=', scope.portalId)
      .where('cycle', '=', cycle)
      .where('state', 'in', ['created', 'done'])
      .where('sentAt', '>', since)
      .executeTakeFirstOrThrow();
    return { leftNow: leftNow.touches, madeLately: lately.made, since: lately.since };
  },
  runTrouble: async (scope, cycle) => {
    const isRefused = sql<boolean>`reason LIKE ${`${REFUSED}:%`}`;
    const found = await txOf(scope)
      .selectFrom('touches')
      .select((by) => [
        by.fn.max('reason').filterWhere(isRefused).as('refusal'),
        by.fn.countAll<number>().filterWhere('reason', 'in', [UNKNOWN_OUTCOME, KEY_TAKEN]).as('inDoubt'),
      ])
      .where('portalId', '=', scope.portalId)
      .where('cycle', '=', cycle)
      .where('state', 'in', ['planned', 'sending'])
      .where('reason', 'is not', null)
      .executeTakeFirstOrThrow();
    const words = found.refusal?.slice(REFUSED.length + 1).trim() ?? null;
    return { refusal: words, inDoubt: found.inDoubt };
  },
};
