import { countOf, customersReferenceSchema } from '../../sandbox/hubspot/customers-spec.ts';
import { missesOf, noneRefused, type Bar, type BenchOptions, type BenchResult } from '../bench.ts';
import type { LogRead } from '../engine-process.ts';
import { openBenchDatabases, type BenchDatabases } from '../support/databases.ts';
import { startEngine } from '../support/engine.ts';
import { startHubSpot, type HubSpotProcess } from '../support/hubspot.ts';
import { medianOf, rounded, spreadOf } from '../support/statistics.ts';
import { logFloor } from './floor.ts';

const FIRST_PORTAL = 8_900_001;
const COMPANIES = 10_000;
const FULL = { activities: 100_000, runs: 3 };
const SHORT = { activities: 10_000, runs: 1 };
const LATENCY = { searchLatencyMs: 200, readLatencyMs: 100, latencyMs: 100, latencySpread: 0.2 };
const TYPES = ['calls', 'meetings', 'emails'] as const;
const LEAST_OF_FLOOR = 0.9;

type LogFigures = {
  readonly companies: number;
  readonly activities: number;
  readonly read: number;
  readonly calls: number;
  readonly floorCalls: number;
  readonly seconds: number;
  readonly floorSeconds: number;
  /** floorSeconds / seconds: 1 is HubSpot's own limit. */
  readonly shareOfFloor: number;
  readonly rate429: number;
  readonly peakRssBytes: number;
};

/** A quarter's whole log of one account: every call, meeting and email with its companies. */
export async function runLogBench({ isShort, seed, say }: BenchOptions): Promise<BenchResult> {
  const databases = await openBenchDatabases(say);
  const hubspot = await startHubSpot(seed);
  const { activities, runs } = isShort ? SHORT : FULL;
  const done: LogFigures[] = [];
  try {
    for (let run = 0; run < runs; run += 1) {
      const figures = await readOnce(hubspot, databases, { activities, seed, portalId: FIRST_PORTAL + run });
      say(
        `run ${run + 1} of ${runs}: ${figures.calls} calls, ${figures.seconds} s, ${figures.shareOfFloor} of the floor`,
      );
      done.push(figures);
    }
  } finally {
    await hubspot.stop();
    await databases.stop();
  }
  const figures = medianFigures(done);
  return { figures: { ...figures, seed, latency: LATENCY }, misses: missesOf(logBars(figures, isShort)) };
}

async function readOnce(
  hubspot: HubSpotProcess,
  databases: BenchDatabases,
  {
    activities,
    seed,
    portalId,
  }: { readonly activities: number; readonly seed: number; readonly portalId: number },
): Promise<LogFigures> {
  const engine = await startEngine({ hubspotUrl: hubspot.url, database: await databases.create() });
  try {
    const account = { seed: `log-${seed}`, companies: COMPANIES, activities };
    const installed = await hubspot.load({ ...account, fromPortalId: portalId, portals: 1 });
    await hubspot.change(portalId, LATENCY);
    await engine.setUp(installed);
    await hubspot.forgetCalls();
    const log = await engine.readLog(portalId);
    const traffic = await hubspot.traffic({ portalId });
    const report = await engine.report();
    const floor = logFloor(countsOf(account, portalId), latencyOf(log));
    const seconds = (log.toMs - log.fromMs) / 1_000;
    return {
      companies: COMPANIES,
      activities,
      read: log.activities,
      calls: traffic.calls,
      floorCalls: floor.floorCalls,
      seconds: rounded(seconds),
      floorSeconds: rounded(floor.floorSeconds),
      shareOfFloor: rounded(floor.floorSeconds / seconds),
      rate429: traffic.rate429,
      peakRssBytes: report.peakRssBytes,
    };
  } finally {
    await engine.stop();
  }
}

function countsOf(
  account: { readonly seed: string; readonly companies: number; readonly activities: number },
  portalId: number,
) {
  const spec = customersReferenceSchema.parse({
    ...account,
    generator: 'customers',
    portalId,
    now: new Date().toISOString(),
  });
  return TYPES.map((type) => countOf(spec, type));
}

function latencyOf({ searchMs, linksMs }: LogRead) {
  return { searchSeconds: medianOf(searchMs) / 1_000, linksSeconds: medianOf(linksMs) / 1_000 };
}

/** Medians; what must not vary or must be zero is the worst of all runs. */
function medianFigures(runs: readonly LogFigures[]) {
  const of = (pick: (run: LogFigures) => number) => runs.map(pick);
  const seconds = spreadOf(of((run) => run.seconds));
  const shareOfFloor = spreadOf(of((run) => run.shareOfFloor));
  const peakRssBytes = spreadOf(
    of((run) => run.peakRssBytes),
    0,
  );
  return {
    companies: COMPANIES,
    activities: medianOf(of((run) => run.activities)),
    read: Math.min(...of((run) => run.read)),
    calls: Math.max(...of((run) => run.calls)),
    floorCalls: medianOf(of((run) => run.floorCalls)),
    seconds: seconds.median,
    floorSeconds: rounded(medianOf(of((run) => run.floorSeconds))),
    shareOfFloor: shareOfFloor.median,
    rate429: Math.max(...of((run) => run.rate429)),
    peakRssBytes: peakRssBytes.median,
    runs: runs.length,
    spread: { seconds, shareOfFloor, peakRssBytes },
  };
}

function logBars(figures: LogFigures, isShort: boolean): readonly Bar[] {
  const { read, activities, calls, floorCalls, rate429, shareOfFloor } = figures;
  return [
    { holds: read === activities, miss: `${read} of ${activities} activities were read` },
    // A call that was refused is sent again: the next bar speaks of it.
    { holds: calls - rate429 <= floorCalls, miss: `${calls} calls; the cheapest plan has ${floorCalls}` },
    noneRefused(rate429),
    {
      holds: isShort || shareOfFloor >= LEAST_OF_FLOOR,
      miss: `${shareOfFloor} of the floor's speed; the bar is ${LEAST_OF_FLOOR}`,
    },
  ];
}
