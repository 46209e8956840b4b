import { missesOf, noneRefused, type Bar, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases } from './support/databases.ts';
import { waitForOutcomes, type Engine } from './support/engine.ts';
import { completionsOf, CUSTOMERS, makeAllDue, setUpFleet, startWorkers, tasksOf } from './support/fleet.ts';
import { startHubSpot, type HubSpotProcess, type InstalledPortal } from './support/hubspot.ts';
import { medianOf, percentileOf, rounded } from './support/statistics.ts';

const FULL_PORTALS = 5_000;
const SHORT_PORTALS = 50;
const MOST_SECONDS = 600;
const MOST_OF_MEDIAN = 2;
/** Without any outcome for so long, nothing more will come. All accounts may be read before the first task is made. */
const IDLE_MS = 300_000;

type FleetFigures = {
  readonly portals: number;
  readonly customersEach: number;
  readonly workers: number;
  readonly database: string;
  readonly seconds: number;
  readonly medianCompletionSeconds: number;
  readonly p99CompletionSeconds: number;
  readonly maxOfMedian: number;
  readonly calls: number;
  readonly rate429: number;
  readonly maxCallsInTenSeconds: number;
  readonly maxSearchesInOneSecond: number;
  readonly duplicates: number;
  readonly missing: number;
  readonly seed: number;
};

/**
 * Many small accounts at the turn of the quarter: all become due at the same instant, three workers on one Postgres read, plan and
 * create, each account within its own limits. Completion of an account: from that instant to the commit of its last task.
 */
export async function runFleetBench({
  isShort,
  seed,
  fleetPortals,
  say,
}: BenchOptions): Promise<BenchResult> {
  const databases = await openBenchDatabases(say);
  const hubspot = await startHubSpot(seed);
  const portals = fleetPortals ?? (isShort ? SHORT_PORTALS : FULL_PORTALS);
  const engines: Engine[] = [];
  try {
    const database = await databases.create();
    engines.push(...(await startWorkers(hubspot, database)));
    const accounts = await setUpFleet(hubspot, engines, { portals, seed }, say);
    const fromMs = await makeAllDue(databases, database, engines, accounts);
    await waitForOutcomes(engines, portals * CUSTOMERS, IDLE_MS, everyTenSeconds(portals * CUSTOMERS, say));
    const figures = await figuresOf(hubspot, engines, accounts, fromMs, { seed, database: databases.kind });
    return { figures, misses: missesOf(fleetBars(figures, isShort)) };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    await hubspot.stop();
    await databases.stop();
  }
}

async function figuresOf(
  hubspot: HubSpotProcess,
  engines: readonly Engine[],
  accounts: readonly InstalledPortal[],
  fromMs: number,
  { seed, database }: { readonly seed: number; readonly database: string },
): Promise<FleetFigures> {
  const seconds = await completionsOf(engines, fromMs);
  const longest = Math.max(...seconds);
  const { calls, rate429, maxCallsInTenSeconds, maxSearchesInOneSecond } = await hubspot.traffic({});
  const { duplicates, missing } = await tasksOf(hubspot, accounts);
  return {
    portals: accounts.length,
    customersEach: CUSTOMERS,
    workers: engines.length,
    database,
    seconds: rounded(longest, 1),
    medianCompletionSeconds: rounded(medianOf(seconds), 1),
    p99CompletionSeconds: rounded(percentileOf(seconds, 99), 1),
    maxOfMedian: rounded(longest / medianOf(seconds), 2),
    calls,
    rate429,
    maxCallsInTenSeconds,
    maxSearchesInOneSecond,
    duplicates,
    missing,
    seed,
  };
}

function fleetBars(figures: FleetFigures, isShort: boolean): readonly Bar[] {
  const { seconds, maxOfMedian, rate429, duplicates, missing } = figures;
  const counts = [
    noneRefused(rate429),
    { holds: duplicates === 0, miss: `${duplicates} companies have two tasks` },
    { holds: missing === 0, miss: `${missing} companies have no task` },
  ];
  if (isShort) return counts;
  return [
    ...counts,
    {
      holds: seconds <= MOST_SECONDS,
      miss: `${seconds} s until all were created; the bar is ${MOST_SECONDS}`,
    },
    {
      holds: maxOfMedian <= MOST_OF_MEDIAN,
      miss: `the last account took ${maxOfMedian} times the median; the bar is ${MOST_OF_MEDIAN}`,
    },
  ];
}

function everyTenSeconds(wanted: number, say: (line: string) => void): (done: number) => void {
  let saidMs = Date.now();
  return (done) => {
    if (Date.now() - saidMs < 10_000) return;
    saidMs = Date.now();
    say(`${done} of ${wanted} tasks made`);
  };
}
