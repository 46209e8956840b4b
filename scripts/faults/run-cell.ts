import { advanceClock, runUntilQuiet, type DueWork } from '../../sandbox/advance.ts';
import { createRandom } from '../../src/core/random.ts';
import { inTime } from '../../src/jobs/in-time.ts';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import { openAccount, removeAccount, type Account } from './account.ts';
import { checkAccount, type Expectation, type Verdict } from './check.ts';
import { startEngine, type Engine, type EngineOptions } from './engine.ts';
import type { Cell, Row } from './row.ts';
import { START, type World } from './world.ts';

/** Every retry, quarantine and rest of a run is over by then, and the local day is not. */
const UNTIL_QUIET_MS = 3 * 3_600_000;
const LEASE_MS = 46_000;
const MINUTE_MS = 60_000;
/** In real time; a seed takes about 200 ms, and a busy machine many times that. */
const LONGEST_SEED_MS = 60_000;
let portals = 10_000;

export type SeedResult = Verdict & { readonly seed: string; readonly hits: number };

/**
 * Runs one seed of a row in an account of its own, then checks both sides. The same seed gives the same result.
 * @param sabotage breaks the engine itself, to see that the checker notices
 */
export async function runSeed(
  world: World,
  row: Row,
  mode: TaskKeyMode,
  seed: string,
  sabotage?: EngineOptions['decorate'],
): Promise<SeedResult> {
  const random = createRandom(seed);
  portals += 1;
  world.clock.resetTo(new Date(START.getTime() + random.below(60) * MINUTE_MS));
  const account = await openAccount(world, {
    portalId: portals,
    mode,
    companies: 9 + random.below(4),
    ...row.account?.(random),
  });
  const story = createCell(world, account, random, sabotage);
  try {
    const run = row.run(story.cell).then(() => story.finish());
    // A seed that hangs is a fault to be seen, not waited for.
    const { hits, expected } = await inTime(
      run,
      LONGEST_SEED_MS,
      `it hangs: no end after ${LONGEST_SEED_MS} ms`,
    );
    const verdict = await checkAccount(world, account, expected);
    return { ...verdict, violations: [...story.found, ...verdict.violations], seed, hits };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, hits: 1, duplicates: 0, missing: 0, parked: 0, violations: [`the run broke: ${what}`] };
  } finally {
    await Promise.all(story.engines.map((engine) => engine.close()));
    world.control.clearFaults();
    await world.simulator.lateCommitsLanded();
    await removeAccount(world, account.portalId);
    world.control.forgetRequests();
  }
}

function createCell(
  world: World,
  account: Account,
  random: Cell['random'],
  sabotage: EngineOptions['decorate'],
) {
  const engines: Engine[] = [];
  const found: string[] = [];
  let ownHits = 0;
  let expected: Expectation = { withTask: account.companyIds };
  const work = (): DueWork[] => [timersOf(world), ...engines.map((engine) => engine.work)];
  const advance: Cell['advance'] = (ms) =>
    advanceClock(world.clock, work(), new Date(world.clock.now().getTime() + ms));
  const cell: Cell = {
    world,
    random,
    account,
    mode: account.mode,
    start: async (options) => {
      const broken = sabotage === undefined ? {} : { decorate: sabotage };
      const engine = await startEngine(world, {
        ...options,
        ...broken,
        onSurprise: (what) => {
          if (!found.includes(what)) found.push(what);
        },
      });
      engines.push(engine);
      return engine;
    },
    plant: (fault) => {
      world.control.plant({ ...fault, match: { ...fault.match, portalId: account.portalId } });
      return Promise.resolve();
    },
    settle: () => runUntilQuiet(work()),
    advance,
    outliveLease: () => {
      world.clock.moveTo(new Date(world.clock.now().getTime() + LEASE_MS));
      return Promise.resolve();
    },
    hit: () => {
      ownHits += 1;
    },
    fault: (violation) => {
      found.push(violation);
    },
    expect: (change) => {
      expected = { ...expected, ...change };
    },
  };
  return {
    cell,
    engines,
    found,
    /** Faults off, late commits landed, an engine alive, and time for all that waits. */
    finish: async () => {
      const hits = ownHits + world.control.faultHits();
      world.control.clearFaults();
      await world.simulator.lateCommitsLanded();
      if (engines.every((engine) => engine.isGone())) {
        await cell.outliveLease();
        await cell.start();
      }
      await advance(UNTIL_QUIET_MS);
      return { hits, expected };
    },
  };
}

function timersOf({ simulator, clock }: World): DueWork {
  return {
    nextDueAt: () => simulator.timers.nextDueAt(),
    runDue: async () => {
      const next = simulator.timers.nextDueAt();
      if (next === null || next > clock.now()) return false;
      await simulator.timers.runDue();
      return true;
    },
  };
}
