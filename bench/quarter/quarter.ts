import { missesOf, type BenchOptions, type BenchResult } from '../bench.ts';
import { openBenchDatabases, type BenchDatabases } from '../support/databases.ts';
import { startHubSpot } from '../support/hubspot.ts';
import { portalIdsFrom, RECORD_LATENCY, SHORT_LATENCY, type Stage } from './account.ts';
import { quarterBars, type FaultFigures, type QuarterOutcome } from './bars.ts';
import { runBesideCards } from './cards.ts';
import { plant502AfterCommit } from './faults.ts';
import { medianLatencies, medianRun, type RunFigures } from './figures.ts';
import { runOurs, runOursUnderFaults, type OurRun } from './ours.ts';
import { runPeer } from './peers.ts';

type Size = {
  readonly companies: number;
  readonly runs: number;
  readonly oneByOne: number;
  /** Of the run while cards are in use: enough for a 99th percentile of their waits. */
  readonly besideCards: number;
  /** Null: not run. */
  readonly large: number | null;
};
const FULL: Size = { companies: 10_000, runs: 5, oneByOne: 1_000, besideCards: 30_000, large: 100_000 };
const SHORT: Size = { companies: 1_000, runs: 1, oneByOne: 100, besideCards: 1_000, large: null };
const FIRST_PORTAL = 7_000_001;

/** The quarter of one account, ours beside what developers write with HubSpot's client, in one sandbox and one run. */
export async function runQuarterBench(options: BenchOptions): Promise<BenchResult> {
  const databases = await openBenchDatabases(options.say);
  const hubspot = await startHubSpot(options.seed);
  const latency = options.isShort ? SHORT_LATENCY : RECORD_LATENCY;
  const stage: Stage = { hubspot, seed: options.seed, latency, nextPortalId: portalIdsFrom(FIRST_PORTAL) };
  try {
    const outcome = await measure(stage, databases, options);
    return { figures: published(outcome, stage, databases), misses: missesOf(quarterBars(outcome)) };
  } finally {
    await hubspot.stop();
    await databases.stop();
  }
}

async function measure(
  stage: Stage,
  databases: BenchDatabases,
  { isShort, peerCompanies, say }: BenchOptions,
): Promise<QuarterOutcome> {
  const size = isShort ? SHORT : FULL;
  const runs = await ourRuns(stage, databases, size, say);
  const ours = medianRun(runs.map(({ figures }) => figures));
  const latencies = medianLatencies(runs.map((run) => run.latencies));
  say('one by one, as the README of the client shows …');
  const oneByOne = await runPeer(stage, 'oneByOne', peerCompanies ?? size.oneByOne, latencies);
  say('batched, with the limiter and retries of the client …');
  const batched = await runPeer(stage, 'batched', size.companies, latencies);
  say('both while HubSpot answers 502 to creates that it has carried out …');
  const plant = (portalId: number) => plant502AfterCommit(stage, portalId, size.companies);
  const ourFaults = await underFaults(stage, async () => {
    return (await runOursUnderFaults(stage, databases, size.companies, plant)).figures;
  });
  const batchedFaults = await underFaults(stage, () =>
    runPeer(stage, 'batched', size.companies, latencies, plant),
  );
  say('a run while cards are in use …');
  const cards = await runBesideCards(stage, databases, size.besideCards);
  const large = size.large === null ? null : await largeRun(stage, databases, size.large, say);
  const faults = { ours: ourFaults, batched: batchedFaults };
  return { isShort, ours, oneByOne, batched, faults, cards, large };
}

async function ourRuns(
  stage: Stage,
  databases: BenchDatabases,
  size: Size,
  say: (line: string) => void,
): Promise<readonly OurRun[]> {
  const runs: OurRun[] = [];
  for (let run = 1; run <= size.runs; run += 1) {
    const ours = await runOurs(stage, databases, size.companies);
    const { seconds, ratioToFloor, calls } = ours.figures;
    say(`run ${run} of ${size.runs}: ${seconds} s, ${ratioToFloor} of the floor, ${calls} calls`);
    for (const [warning, times] of Object.entries(ours.report.warnings)) say(`  ${times} × ${warning}`);
    runs.push(ours);
  }
  return runs;
}

async function largeRun(
  stage: Stage,
  databases: BenchDatabases,
  companies: number,
  say: (line: string) => void,
): Promise<RunFigures> {
  say(`${companies} companies, for the memory …`);
  return (await runOurs(stage, databases, companies)).figures;
}

async function underFaults(stage: Stage, run: () => Promise<RunFigures>): Promise<FaultFigures> {
  await stage.hubspot.clearFaults();
  const { duplicates, missing } = await run();
  const hits = await stage.hubspot.faultHits();
  await stage.hubspot.clearFaults();
  return { hits, duplicates, missing };
}

function published(
  outcome: QuarterOutcome,
  { seed, latency }: Stage,
  databases: BenchDatabases,
): Record<string, unknown> {
  const { ours, oneByOne, batched, faults, cards, large } = outcome;
  const timesSlower = (peer: RunFigures) => peer.secondsPerCompany / ours.secondsPerCompany;
  return {
    ...ours,
    seed,
    latency,
    database: databases.kind,
    under502AfterCommit: faults.ours,
    cards,
    large,
    peers: {
      oneByOne: { ...oneByOne, timesSlowerPerCompany: timesSlower(oneByOne) },
      batched: {
        ...batched,
        timesSlowerPerCompany: timesSlower(batched),
        under502AfterCommit: faults.batched,
      },
    },
  };
}
