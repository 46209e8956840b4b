import { countRefusals, endEveryConnection } from '../break-database.ts';
import { BOTH, type Row } from '../row.ts';
import type { World } from '../world.ts';
import { runAndAnswerThrough } from './answers.ts';

type ReadOnly = { readonly hits: () => number; readonly mend: () => Promise<void> };

/** No write is taken for a while, neither of a run nor of a card; what is read meanwhile is no harm. */
const readOnly: Row = {
  fault: 'read-only disk or standby (25006, refused by Postgres)',
  point: 'any transaction of the run, then a card',
  modes: BOTH,
  countedBy: 'database',
  run: (cell) => runAndAnswerThrough(cell, () => makeReadOnly(cell.world)),
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
