import { restoreBackup, takeBackup, type Backup } from '../backup.ts';
import { BOTH, type Cell, type Row } from '../row.ts';
import { sqlFor } from '../runbook.ts';
import { archive, atEvent, HOUR_MS, MINUTE_MS } from './helpers.ts';

/**
 * The database is lost an hour after a backup that was made in the middle of the quarter's turn. HubSpot keeps what was made since; the
 * runbook's statement stands between the restored ledger and a second task for every customer.
 */
const restored: Row = {
  fault: 'database restored from a backup an hour old',
  point: 'run, by the runbook',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const taken = await runPastBackup(cell);
    const { portalId } = cell.account;
    await restoreBackup(cell.world, portalId, taken);
    const statement = sqlFor('restored', { now: cell.world.clock.now() });
    const { rowCount: doubted } = await cell.world.owner.query(statement);
    const { rows } = await cell.world.owner.query<{ task_id: string | null }>(
      `SELECT task_id FROM touches WHERE portal_id = $1`,
      [portalId],
    );
    const isPlanAnew = rows.length === 0;
    const known = new Set(rows.map(({ task_id: id }) => id));
    if ((doubted ?? 0) > 0 || madeSince(cell).some((id) => !known.has(id))) cell.hit();
    // Without a unique key nothing refuses the second create of a plan that the backup does not know.
    if (isPlanAnew && cell.mode === 'ledger') for (const id of madeSince(cell)) archive(cell, 'tasks', id);
    await cell.start();
    await cell.settle();
    await cell.advance(HOUR_MS);
  },
};

/** A run to its end, with a backup taken before one of its batches was sent or, for one seed in four, before the quarter was planned. */
async function runPastBackup(cell: Cell): Promise<Backup> {
  const portalId = Number(cell.account.portalId);
  const at = cell.random.below(4);
  let taken = at === 0 ? await takeBackup(cell.world, portalId) : null;
  const engine = await cell.start({
    observe: atEvent(
      at,
      ({ name, when }) => name === 'hubspot.createTasks' && when === 'after',
      async () => {
        taken = await takeBackup(cell.world, portalId);
      },
    ),
  });
  await cell.settle();
  await cell.advance(HOUR_MS - MINUTE_MS);
  engine.kill();
  if (taken === null) throw new Error('The run ended before a backup was taken.');
  await cell.outliveLease();
  return taken;
}

function madeSince(cell: Cell): readonly string[] {
  const portal = cell.world.simulator.state.portals.get(cell.account.portalId);
  return [...(portal?.objects.get('tasks')?.values() ?? [])]
    .filter(({ archived }) => !archived)
    .map(({ id }) => id);
}

/** What only a restored database can go through. */
export const RESTORE_ROWS: readonly Row[] = [restored];
