import { setTimeout as sleep } from 'node:timers/promises';
import { customersId } from '../../sandbox/hubspot/customers-spec.ts';
import type { BenchDatabases } from '../support/databases.ts';
import { startEngine, waitForOutcomes, type Engine } from '../support/engine.ts';
import { percentileOf, rounded } from '../support/statistics.ts';
import type { TimedWork } from '../support/watch-fetch.ts';
import { loadAccount, type Stage } from './account.ts';

/** With two calls each, more than half of what HubSpot allows the account. */
const READS_PER_SECOND = 3;
const IDLE_MS = 90_000;

export type CardFigures = {
  readonly companies: number;
  readonly readsPerSecond: number;
  readonly reads: number;
  readonly calls: number;
  /** What a read took beyond its own calls: above all the limiter's wait, of both of its calls together. */
  readonly waitP50Ms: number;
  readonly waitP99Ms: number;
  readonly waitMaxMs: number;
  readonly failed: number;
  /** Of the run beside it. */
  readonly seconds: number;
  readonly replies429: number;
  readonly duplicates: number;
  readonly missing: number;
};

/**
 * A run by the worker while people read customers' contacts at their cards, in a process of its own on the same account: what a
 * card waits for.
 */
export async function runBesideCards(
  { hubspot, ...stage }: Stage,
  databases: BenchDatabases,
  companies: number,
): Promise<CardFigures> {
  const database = await databases.create();
  const worker = await startEngine({ hubspotUrl: hubspot.url, database });
  const web =
    database.kind === 'embedded'
      ? worker
      : await startEngine({ hubspotUrl: hubspot.url, database, role: 'web' });
  try {
    const { portalId, ...account } = await loadAccount({ hubspot, ...stage }, companies);
    await worker.setUp([{ portalId, ...account }]);
    const fromMs = await worker.begin([portalId]);
    const run = waitForOutcomes([worker], companies, IDLE_MS);
    const { reads, failed } = await readWhile(run, (place) =>
      web.readForCard({ portalId, companyId: customersId('companies', place % companies) }),
    );
    const { lastCommittedMs } = await worker.status();
    const { rate429 } = await hubspot.traffic({ portalId });
    const { companiesWithTwo, companiesWithoutTask } = await hubspot.tally(portalId);
    return {
      companies,
      readsPerSecond: READS_PER_SECOND,
      ...waitsOf(reads),
      failed,
      seconds: rounded((lastCommittedMs - fromMs) / 1_000),
      replies429: rate429,
      duplicates: companiesWithTwo,
      missing: companiesWithoutTask,
    };
  } finally {
    await stopAll(worker, web);
  }
}

/** One read after another is sent at a fixed rate, however long they take, until the run is over. */
async function readWhile(
  run: Promise<unknown>,
  read: (place: number) => Promise<TimedWork>,
): Promise<{ readonly reads: readonly TimedWork[]; readonly failed: number }> {
  const sent: Promise<TimedWork>[] = [];
  const over = new AbortController();
  const ended = run.finally(() => {
    over.abort();
  });
  while (!over.signal.aborted) {
    const reading = read(sent.length);
    reading.catch(() => undefined);
    sent.push(reading);
    await Promise.race([ended, sleep(1_000 / READS_PER_SECOND)]);
  }
  const replies = await Promise.allSettled(sent);
  const reads = replies.flatMap((reply) => (reply.status === 'fulfilled' ? [reply.value] : []));
  return { reads, failed: replies.length - reads.length };
}

function waitsOf(reads: readonly TimedWork[]) {
  const waitsMs = reads.map(({ tookMs, wireMs }) => tookMs - wireMs);
  return {
    reads: reads.length,
    calls: reads.reduce((sum, { calls }) => sum + calls, 0),
    waitP50Ms: rounded(percentileOf(waitsMs, 50), 1),
    waitP99Ms: rounded(percentileOf(waitsMs, 99), 1),
    waitMaxMs: rounded(Math.max(...waitsMs), 1),
  };
}

async function stopAll(worker: Engine, web: Engine): Promise<void> {
  await worker.stop();
  if (web !== worker) await web.stop();
}
