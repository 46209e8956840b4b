import { countRefusals, endEveryConnection } from '../break-database.ts';
import { BOTH, type Row } from '../row.ts';
import type { World } from '../world.ts';
import { answerThrough } from './answers.ts';
import { atEvent, MINUTE_MS } from './helpers.ts';

/** Transactions of a whole run, roughly: the fault comes at any of them. */
const TRANSACTIONS = 40;

type ReadOnly = { readonly hits: () => number; readonly mend: () => Promise<void> };

/** No write is taken for a while, neither of a run nor of a card; what is read meanwhile is no harm. */
const readOnly: Row = {
  fault: 'read-only disk or standby (25006, refused by Postgres)',
  point: 'any transaction of the run, then a card',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const states: ReadOnly[] = [];
    await cell.start({
      observe: atEvent(
        1 + cell.random.below(TRANSACTIONS),
        ({ name }) => name === 'tx.begin',
        async () => {
          states.push(await makeReadOnly(cell.world));
        },
      ),
    });
    await answerThrough(cell, async (answer) => {
      try {
        await cell.settle();
        await answer.send();
        await cell.advance(2 * MINUTE_MS);
      } finally {
        for (const state of states) await state.mend();
      }
      await cell.advance(10 * MINUTE_MS);
    });
    for (let hit = 0; hit < (states[0]?.hits() ?? 0); hit += 1) cell.hit();
  },
};

/**
 * The server takes no writes, as on a read-only disk or after a failover to a standby that is not promoted yet: all connections end,
 * and in new ones Postgres itself refuses every write. Mended, they end once more.
 */
async function makeReadOnly(world: World): Promise<ReadOnly> {
  const { owner } = world;
  const refusals = countRefusals(world, '25006');
  const login = new URL(world.environment['DATABASE_URL'] ?? '').username;
  await owner.query(`ALTER ROLE ${login} SET default_transaction_read_only = on`);
  await endEveryConnection(world);
  return {
    hits: () => refusals.hits(),
    mend: async () => {
      await owner.query(`ALTER ROLE ${login} RESET default_transaction_read_only`);
      await endEveryConnection(world);
      refusals.mend();
    },
  };
}

/** A database that can be read and not written. */
export const READ_ONLY_ROWS: readonly Row[] = [readOnly];
