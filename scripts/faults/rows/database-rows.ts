import { breakDatabase, endEveryConnection, type DatabaseFault } from '../break-database.ts';
import { isClaimCommitted } from '../crash-points.ts';
import type { PortEvent } from '../ports.ts';
import { BOTH, type Row } from '../row.ts';
import { atEvent, isCreate, MINUTE_MS, pick } from './helpers.ts';

/** Statements of a whole run, roughly: the fault comes at any of them. */
const STATEMENTS = 150;
const COMMITS = 40;

function broken(fault: string, what: DatabaseFault, most: number): Row {
  return {
    fault,
    point: 'any statement of the run',
    modes: BOTH,
    run: async (cell) => {
      await cell.start();
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

const STATES: readonly (readonly [string, string])[] = [
  ['deadlock (40P01, injected)', '40P01'],
  ['serialization failure (40001, injected)', '40001'],
  ['statement timeout (57014, injected)', '57014'],
  ['disk full (53100, injected)', '53100'],
  ['out of connections (53300, injected)', '53300'],
];

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
  broken('connection dropped mid-transaction', { kind: 'drop' }, STATEMENTS),
  broken('answer to a commit lost (injected)', { kind: 'lostCommit' }, COMMITS),
  broken('no connection to be had (injected)', { kind: 'noConnection' }, COMMITS),
  ...STATES.map(([name, state]) => broken(name, { kind: 'state', state }, STATEMENTS)),
  restarted,
];
