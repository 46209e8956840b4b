import { setTimeout as sleep } from 'node:timers/promises';
import { cycleOf } from '../src/core/cadence/cycle.ts';
import { missesOf, noneRefused, type Bar, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases, type BenchDatabase, type BenchDatabases } from './support/databases.ts';
import { waitForOutcomes } from './support/engine.ts';
import { completionsOf, CUSTOMERS, makeAllDue, setUpFleet, startWorkers, tasksOf } from './support/fleet.ts';
import { startHubSpot, type HubSpotProcess } from './support/hubspot.ts';
import { medianOf, rounded } from './support/statistics.ts';

const FULL_PORTALS = 500;
const SHORT_PORTALS = 20;
/** As many accounts a second as the fleet's bar of 5,000 in ten minutes. */
const MOST_SECONDS_EACH = 0.12;
const MOST_OF_MEDIAN = 2;
const IDLE_MS = 120_000;
const QUIET_MS = 4_000;
const DAY_MS = 86_400_000;

type TurnFigures = {
  readonly portals: number;
  readonly customersEach: number;
  readonly workers: number;
  readonly database: string;
  /** The accounts' first quarter: nothing to put away. */
  readonly firstSeconds: number;
  readonly firstCalls: number;
  /** The next one, while no task of the first has been done. */
  readonly seconds: number;
  readonly calls: number;
  readonly medianCompletionSeconds: number;
  readonly maxOfMedian: number;
  readonly rate429: number;
  /** As Postgres counts them; null on the embedded database. */
  readonly deadlocks: number | null;
  readonly duplicates: number;
  readonly missing: number;
  readonly seed: number;
};

/**
 * The turn of a quarter at its worst: every task of the quarter before is still open, is read once more, closed and taken out of
 * HubSpot before the company's next one is made. Accounts and workers as in the fleet; the clocks of the workers are moved on.
 */
export async function runTurnBench({ isShort, seed, fleetPortals, say }: BenchOptions): Promise<BenchResult> {
  const databases = await openBenchDatabases(say);
  const hubspot = await startHubSpot(seed);
  const portals = fleetPortals ?? (isShort ? SHORT_PORTALS : FULL_PORTALS);
  const database = await databases.create(true);
  const engines = await startWorkers(hubspot, database, true);
  try {
    const accounts = await setUpFleet(hubspot, engines, { portals, seed }, say);
    const firstFromMs = await makeAllDue(databases, database, engines, accounts);
    await waitForOutcomes(engines, portals * CUSTOMERS, IDLE_MS);
    const firstSeconds = Math.max(...(await completionsOf(engines, firstFromMs)));
    const firstCalls = await callsAtRest(hubspot);
    say(`the first quarter took ${rounded(firstSeconds, 1)} s; the next one begins …`);
    await hubspot.forgetCalls();
    const fromMs = Date.now();
    await Promise.all(engines.map((engine) => engine.moveClock(msToNextQuarter(new Date()))));
    await waitForOutcomes(engines, 2 * portals * CUSTOMERS, IDLE_MS);
    const completions = await completionsOf(engines, fromMs);
    const { calls, rate429 } = await hubspot.traffic({});
    const figures: TurnFigures = {
      portals,
      customersEach: CUSTOMERS,
      workers: engines.length,
      database: databases.kind,
      firstSeconds: rounded(firstSeconds, 1),
      firstCalls,
      seconds: rounded(Math.max(...completions), 1),
      calls,
      medianCompletionSeconds: rounded(medianOf(completions), 1),
      maxOfMedian: rounded(Math.max(...completions) / medianOf(completions), 2),
      rate429,
      deadlocks: await deadlocksOf(databases, database),
      ...(await tasksOf(hubspot, accounts)),
      seed,
    };
    return { figures, misses: missesOf(turnBars(figures, isShort)) };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    await hubspot.stop();
    await databases.stop();
  }
}

/** Contacts and notes of the first quarter are done with. */
async function callsAtRest(hubspot: HubSpotProcess): Promise<number> {
  for (let before = -1; ;) {
    const { calls } = await hubspot.traffic({});
    if (calls === before) return calls;
    before = calls;
    await sleep(QUIET_MS);
  }
}

/** To the second day of the next quarter: midnight has passed in every zone. */
function msToNextQuarter(now: Date): number {
  const { endsOn } = cycleOf(now.toISOString().slice(0, 10));
  return Date.parse(`${endsOn}T12:00:00Z`) + DAY_MS - now.getTime();
}

async function deadlocksOf(databases: BenchDatabases, database: BenchDatabase): Promise<number | null> {
  if (database.kind === 'embedded') return null;
  const [row] = await databases.runAsOwner(
    database,
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(row?.['deadlocks']);
}

function turnBars(figures: TurnFigures, isShort: boolean): readonly Bar[] {
  const { portals, seconds, maxOfMedian, rate429, deadlocks, duplicates, missing } = figures;
  const mostSeconds = portals * MOST_SECONDS_EACH;
  const counts = [
    noneRefused(rate429),
    { holds: (deadlocks ?? 0) === 0, miss: `${deadlocks} deadlocks` },
    { holds: duplicates === 0, miss: `${duplicates} companies have two tasks` },
    { holds: missing === 0, miss: `${missing} companies have no task` },
  ];
  if (isShort) return counts;
  return [
    ...counts,
    { holds: seconds <= mostSeconds, miss: `${seconds} s until all were created; the bar is ${mostSeconds}` },
    {
      holds: maxOfMedian <= MOST_OF_MEDIAN,
      miss: `the last account took ${maxOfMedian} times the median; the bar is ${MOST_OF_MEDIAN}`,
    },
  ];
}
