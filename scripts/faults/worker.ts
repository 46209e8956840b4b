/** One process of a fault run: it takes tasks from its parent until there are no more, or until the parent is gone. */
import { ROWS } from './rows/all.ts';
import { runSeed, type SeedResult } from './run-cell.ts';
import type { Task } from './share-work.ts';
import { openWorld, type World } from './world.ts';

process.once('disconnect', () => process.exit(1));

const world = await openWorld();
process.on('message', (task: Task | 'end') => {
  void (task === 'end' ? end() : answer(world, task));
});
process.send?.('ready');

async function answer(shared: World, { rowIndex, mode, seeds }: Task): Promise<void> {
  const row = ROWS[rowIndex];
  const results: SeedResult[] = [];
  if (row !== undefined) for (const seed of seeds) results.push(await runSeed(shared, row, mode, seed));
  process.send?.(results);
}

async function end(): Promise<void> {
  await world.close();
  process.exit(0);
}
