import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineReport } from '../engine-process.ts';
import type { BenchDatabases } from '../support/databases.ts';
import { startEngine, waitForOutcomes, type Engine } from '../support/engine.ts';
import { medianOf } from '../support/statistics.ts';
import type { SeenCall } from '../support/watch-fetch.ts';
import { loadAccount, type Stage } from './account.ts';
import { figuresOf, type Latencies, type RunFigures } from './figures.ts';

/** Longer than any rest of a healthy run; what is missing then stays missing and is reported. */
const IDLE_MS = 90_000;
/** No outcome comes before everything is read, 200 companies in a fifth of a second; so much again on top. */
const READING_MS_EACH = 2;
/** A little more than an unknown outcome rests before it is looked into. */
const REST_MS = 61_000;
const QUIET_MS = 4_000;
const MOST_RESTS = 5;

export type OurRun = {
  readonly figures: RunFigures;
  readonly latencies: Latencies;
  readonly report: EngineReport;
};

/** One quarter by the product: from the waking of its first job to the commit of the last outcome. */
export async function runOurs(stage: Stage, databases: BenchDatabases, companies: number): Promise<OurRun> {
  const database = await databases.create();
  const engine = await startEngine({ hubspotUrl: stage.hubspot.url, database });
  try {
    const account = await loadAccount(stage, companies);
    await engine.setUp([account]);
    const fromMs = await engine.begin([account.portalId]);
    await waitForOutcomes([engine], companies, IDLE_MS + companies * READING_MS_EACH);
    return await concluded(stage, engine, { portalId: account.portalId, companies, fromMs });
  } finally {
    await engine.stop();
  }
}

/**
 * The same, while HubSpot answers 502 to some creates that it has carried out. Rests are waited out by moving the clock of the
 * process on, so that seconds mean nothing here; only duplicates and losses count.
 */
export async function runOursUnderFaults(
  stage: Stage,
  databases: BenchDatabases,
  companies: number,
  plant: (portalId: number) => Promise<void>,
): Promise<OurRun> {
  const database = await databases.create(true);
  const engine = await startEngine({ hubspotUrl: stage.hubspot.url, database, isClockInjected: true });
  try {
    const account = await loadAccount(stage, companies);
    await engine.setUp([account]);
    await plant(account.portalId);
    const fromMs = await engine.begin([account.portalId]);
    let done = await waitForOutcomes([engine], companies, QUIET_MS + REST_MS / 10);
    for (let rest = 0; rest < MOST_RESTS && done < companies; rest += 1) {
      await engine.moveClock(REST_MS);
      done = await waitForOutcomes([engine], companies, 2 * QUIET_MS);
    }
    return await concluded(stage, engine, { portalId: account.portalId, companies, fromMs });
  } finally {
    await engine.stop();
  }
}

async function concluded(
  stage: Stage,
  engine: Engine,
  run: { readonly portalId: number; readonly companies: number; readonly fromMs: number },
): Promise<OurRun> {
  const { lastCommittedMs: toMs } = await engine.status();
  // What follows the last outcome, contacts for instance, is not the quarter's; it ends before the next run begins.
  await sleep(QUIET_MS / 4);
  const report = await engine.report();
  const latencies = latenciesOf(report.calls);
  const { peakRssBytes } = report;
  const figures = await figuresOf(stage.hubspot, { ...run, toMs, latencies, peakRssBytes });
  return { figures, latencies, report };
}

/** Median latency of a search and of a batch create as the worker met it. */
function latenciesOf(calls: readonly SeenCall[]): Latencies {
  const medianSeconds = (kind: SeenCall['kind']) =>
    medianOf(calls.filter((call) => call.kind === kind).map(({ wireMs }) => wireMs)) / 1_000;
  return { searchSeconds: medianSeconds('search'), createSeconds: medianSeconds('batchCreate') };
}
