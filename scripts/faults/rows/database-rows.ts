import { breakDatabase, endEveryConnection, type DatabaseFault } from '../break-database.ts';
import { isClaimCommitted } from '../crash-points.ts';
import type { PortEvent } from '../ports.ts';
import { BOTH, type Row } from '../row.ts';
import { atEvent, isCreate, MINUTE_MS, pick } from './helpers.ts';

/** Statements of a whole run, roughly: the fault comes at any of them. */
const STATEMENTS = 150;
const COMMITS = 40;

function broken(fault: string, faults: readonly DatabaseFault[], most: number): Row {
  return {
    fault,
    point: 'any statement of the run',
    modes: BOTH,
    run: async (cell) => {
      await cell.start();
      const what = pick(cell, faults);
      const breaking = breakDatabase(cell.world, what, 1 + cell.random.below(most), 1 + cell.random.below(3));
      try {
        await cell.settle();
        await cell.advance(2 * MINUTE_MS);
      } finally {
        breaking.mend();
      }
      for (let hit = 0; hit < breaking.hits(); hit += 1) cell.hit();
    },
  };
}

function failure(state: string): DatabaseFault {
  return { kind: 'state', state };
}

const MOMENTS: readonly ((event: PortEvent) => boolean)[] = [
  isClaimCommitted,
  isCreate,
  ({ name, when }) => name === 'hubspot.createTasks' && when === 'after',
  ({ name }) => name === 'tx.end',
];

/** At an instant of the run every connection is gone, those in the middle of a transaction too. */
const restarted: Row = {
  fault: 'database fails over: every connection ended',
  point: 'around a create',
  modes: BOTH,
  run: async (cell) => {
    const moment = pick(cell, MOMENTS);
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), moment, async () => {
        if ((await endEveryConnection(cell.world)) > 0) cell.hit();
      }),
    });
    await cell.settle();
    await cell.advance(5 * MINUTE_MS);
  },
};

/** The product's own database fails, in passing. */
export const DATABASE_ROWS: readonly Row[] = [
  broken('connection dropped mid-transaction', [{ kind: 'drop' }], STATEMENTS),
  broken('answer to a commit lost (injected)', [{ kind: 'lostCommit' }], COMMITS),
  broken('pool empty (injected)', [{ kind: 'noConnection' }, failure('53300')], COMMITS),
  broken('deadlock or serialization failure (injected)', [failure('40P01'), failure('40001')], STATEMENTS),
  broken('statement timeout (injected)', [failure('57014')], STATEMENTS),
  broken('disk full (53100, injected)', [failure('53100')], STATEMENTS),
  restarted,
];
