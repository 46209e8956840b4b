import { openDatabase } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { JOBS } from '../../../src/jobs/jobs.ts';
import type { Engine } from '../engine.ts';
import { BOTH, type Cell, type Row } from '../row.ts';
import { changeMidRun, createsSeen, HOUR_MS, MINUTE_MS, pick } from './helpers.ts';
import { CREATE } from './replies.ts';

/** Engines that look for work at the same time until neither finds any. */
async function race(engines: readonly Engine[]): Promise<void> {
  for (let round = 0; round < 30; round += 1) {
    const ran = await Promise.all(engines.map((engine) => engine.work.runDue()));
    if (ran.every((didRun) => !didRun)) return;
  }
}

const twoWorkers: Row = {
  fault: 'two workers on one account',
  point: 'run',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const engines = [await cell.start(), await cell.start()];
    await cell.plant({
      match: { path: CREATE },
      skip: cell.random.below(3),
      when: 'after',
      fault: { kind: 'status', status: 502 },
    });
    await race(engines);
    await cell.settle();
  },
};

/** Past the leases, as two schedulers or a lost lease would do it: the ledger's own keys decide. */
const twoSchedulers: Row = {
  fault: 'two schedulers plan and release at once, without a lease',
  point: 'plan, release',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    cell.expect({ callsPastLeases: true });
    const engines = [await cell.start(), await cell.start()];
    await JOBS.refreshPortal(engine(engines, 0).deps, cell.account.portalId);
    const inParallel = (job: 'planCycle' | 'releaseTouches') =>
      Promise.allSettled(engines.map(({ deps }) => JOBS[job](deps, cell.account.portalId)));
    await inParallel('planCycle');
    await inParallel('releaseTouches');
    if (createsSeen(cell) > 0) cell.hit();
    await cell.settle();
  },
};

function engine(engines: readonly Engine[], index: number): Engine {
  const found = engines[index];
  if (found === undefined) throw new RangeError(`there is no engine ${index}`);
  return found;
}

/** As SIGTERM does it: nothing new is claimed, what runs comes to its end, and the next process goes on. */
const stopped: Row = {
  fault: 'SIGTERM in the middle of a batch',
  point: 'create',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const ends: Promise<unknown>[] = [];
    const fate: { stop: () => Promise<void> } = { stop: () => Promise.resolve() };
    const stop = changeMidRun(cell, 1 + cell.random.below(3), () => {
      ends.push(fate.stop());
    });
    const old = await cell.start({ observe: stop.observe });
    fate.stop = old.stop;
    await cell.settle();
    await Promise.allSettled(ends);
    old.kill();
    await cell.start();
    await cell.settle();
    stop.count();
  },
};

/** The next version has started and migrates while the old one works; their batches are not of one size. */
const twoVersions: Row = {
  fault: 'two versions live, migration running',
  point: 'run',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const migration = changeMidRun(cell, 1 + cell.random.below(3), () => migrateAgain(cell));
    const { observe } = migration;
    const old = await cell.start({ observe });
    const young = await cell.start({ batch: 3, observe });
    await race([old, young]);
    await cell.settle();
    migration.count();
    await old.stop();
    old.kill();
  },
};

async function migrateAgain({ world }: Cell): Promise<void> {
  const owner = await openDatabase({ url: world.ownerUrl }, { clock: world.clock, connections: 1 });
  try {
    await migrate(owner);
  } finally {
    await owner.close();
  }
}

/** The machine's clock jumps while a batch is under way: leases and rests are over at once. */
const clockStep: Row = {
  fault: 'clock steps ahead by an hour mid-run',
  point: 'create',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const step = changeMidRun(cell, 1 + cell.random.below(3), () => cell.world.clock.wait(HOUR_MS));
    const { observe } = step;
    const engines = [await cell.start({ observe }), await cell.start({ observe })];
    await race(engines);
    await cell.settle();
    step.count();
  },
};

/** One process has the wrong time; leases use the database's. */
function skewed(name: string, skews: readonly number[]): Row {
  return {
    fault: `one process's clock is off by ${name}`,
    point: 'run',
    modes: BOTH,
    countedBy: 'sandbox',
    run: async (cell) => {
      const { clock } = cell.world;
      const skewMs = pick(cell, skews);
      const wrong = { now: () => new Date(clock.now().getTime() + skewMs) };
      const engines = [await cell.start({ clock: wrong }), await cell.start()];
      await cell.plant({
        match: { path: CREATE },
        skip: cell.random.below(3),
        when: cell.random.below(2) === 0 ? 'before' : 'after',
        fault: { kind: 'status', status: 502 },
      });
      await race(engines);
      engine(engines, 0).kill();
      await cell.advance(MINUTE_MS);
    },
  };
}

/** More than one process, and processes that do not agree. */
export const PROCESS_ROWS: readonly Row[] = [
  twoWorkers,
  twoSchedulers,
  stopped,
  twoVersions,
  clockStep,
  skewed('4 or 6 minutes', [-6 * MINUTE_MS, -4 * MINUTE_MS, 4 * MINUTE_MS, 6 * MINUTE_MS]),
  skewed('an hour', [-HOUR_MS, HOUR_MS]),
];
