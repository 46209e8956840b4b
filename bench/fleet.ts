import { missesOf, noneRefused, type Bar, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases, type BenchDatabase, type BenchDatabases } from './support/databases.ts';
import { startEngine, waitForOutcomes, type Engine } from './support/engine.ts';
import {
  startHubSpot,
  type HubSpotProcess,
  type InstalledPortal,
  type OwnProperties,
} from './support/hubspot.ts';
import { inLanes } from './support/lanes.ts';
import { medianOf, percentileOf, rounded } from './support/statistics.ts';

const CUSTOMERS = 60;
const FULL_PORTALS = 5_000;
const SHORT_PORTALS = 50;
const WORKERS = 3;
const LANES = 32;
const MODEL_PORTAL = 8_000_000;
const FIRST_PORTAL = 8_000_001;
const LATENCY = { searchLatencyMs: 200, readLatencyMs: 100, latencyMs: 250, latencySpread: 0.2 };
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
    const fromMs = await turnQuarter(databases, database, engines, accounts);
    await waitForOutcomes(engines, portals * CUSTOMERS, IDLE_MS, everyTenSeconds(portals * CUSTOMERS, say));
    const figures = await figuresOf(hubspot, engines, accounts, fromMs, { seed, database: databases.kind });
    return { figures, misses: missesOf(fleetBars(figures, isShort)) };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    await hubspot.stop();
    await databases.stop();
  }
}

/** The embedded database allows one process. */
function startWorkers(hubspot: HubSpotProcess, database: BenchDatabase): Promise<Engine[]> {
  const workers = database.kind === 'postgres' ? WORKERS : 1;
  return Promise.all(
    Array.from({ length: workers }, () => startEngine({ hubspotUrl: hubspot.url, database })),
  );
}

/**
 * Installed and started. The product makes its fields and probes the task key in a model account; those of the fleet have the
 * same fields from the beginning, so that nothing is asked of HubSpot for each of them.
 */
async function setUpFleet(
  hubspot: HubSpotProcess,
  engines: readonly Engine[],
  { portals, seed }: { readonly portals: number; readonly seed: number },
  say: (line: string) => void,
): Promise<readonly InstalledPortal[]> {
  say(`setting up ${portals} accounts …`);
  const alike = { seed: `fleet-${seed}`, companies: CUSTOMERS };
  const accounts = await hubspot.load({
    ...alike,
    fromPortalId: FIRST_PORTAL,
    portals,
    properties: await fieldsOfModel(hubspot, engines[0], alike),
    settings: LATENCY,
  });
  await Promise.all(
    engines.map((engine, place) =>
      engine.setUp(
        accounts.filter((_, index) => index % engines.length === place),
        'unique',
      ),
    ),
  );
  await hubspot.forgetCalls();
  return accounts;
}

async function fieldsOfModel(
  hubspot: HubSpotProcess,
  engine: Engine | undefined,
  alike: { readonly seed: string; readonly companies: number },
): Promise<OwnProperties> {
  const [model] = await hubspot.load({ ...alike, fromPortalId: MODEL_PORTAL, portals: 1 });
  if (model === undefined || engine === undefined) throw new Error('There is no model account.');
  await engine.setUp([model]);
  const fields = await hubspot.fieldsOf(model);
  await hubspot.remove(MODEL_PORTAL);
  return fields;
}

/** One statement makes all accounts due; the workers find them at their next tick, as they would at midnight. */
async function turnQuarter(
  databases: BenchDatabases,
  database: BenchDatabase,
  engines: readonly Engine[],
  accounts: readonly InstalledPortal[],
): Promise<number> {
  if (database.kind === 'embedded') {
    return (await engines[0]?.begin(accounts.map(({ portalId }) => portalId))) ?? 0;
  }
  await databases.runAsOwner(
    database,
    `UPDATE portals SET installed_at = now() WHERE portal_id <> ${MODEL_PORTAL}`,
  );
  return Date.now();
}

async function figuresOf(
  hubspot: HubSpotProcess,
  engines: readonly Engine[],
  accounts: readonly InstalledPortal[],
  fromMs: number,
  { seed, database }: { readonly seed: number; readonly database: string },
): Promise<FleetFigures> {
  const lastMs = new Map<number, number>();
  for (const engine of engines) {
    const { lastOfPortal } = await engine.report();
    for (const [portalId, ms] of lastOfPortal) lastMs.set(portalId, Math.max(ms, lastMs.get(portalId) ?? 0));
  }
  const seconds = [...lastMs.values()].map((ms) => (ms - fromMs) / 1_000);
  const longest = Math.max(...seconds);
  const { calls, rate429, maxCallsInTenSeconds, maxSearchesInOneSecond } = await hubspot.traffic({});
  let duplicates = 0;
  let missing = 0;
  await inLanes(accounts, LANES, async ({ portalId }) => {
    const tally = await hubspot.tally(portalId);
    duplicates += tally.companiesWithTwo;
    missing += tally.companiesWithoutTask;
  });
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
