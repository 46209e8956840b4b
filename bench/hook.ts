import { setTimeout as sleep } from 'node:timers/promises';
import { customersId } from '../sandbox/hubspot/customers-spec.ts';
import { missesOf, type Bar, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases, type BenchDatabase, type BenchDatabases } from './support/databases.ts';
import { startEngine, waitForOutcomes, type Engine } from './support/engine.ts';
import { startHubSpot } from './support/hubspot.ts';
import { runLoad, type LoadFigures, type Shot } from './support/load.ts';
import { signedShot } from './support/signed.ts';
import { rounded } from './support/statistics.ts';

const FIRST_PORTAL = 8_500_001;
const IDLE_MS = 120_000;
const MOST_P99_MS = 1_000;
const MOST_MS = 2_000;
const MOST_DRAIN_SECONDS = 300;

type Size = {
  readonly portals: number;
  readonly companies: number;
  readonly smallSeconds: number;
  readonly largeSeconds: number;
};
const FULL: Size = { portals: 50, companies: 60, smallSeconds: 60, largeSeconds: 30 };
const SHORT: Size = { portals: 5, companies: 20, smallSeconds: 5, largeSeconds: 3 };
/** Requests a second, and events in each. */
const SMALL = { perSecond: 150, events: 10 };
const LARGE = { perSecond: 20, events: 100 };

type HookFigures = {
  readonly database: string;
  readonly portals: number;
  readonly small: LoadFigures;
  readonly large: LoadFigures;
  readonly events: number;
  /** Events of acknowledged requests that are not in the inbox afterwards. */
  readonly lost: number;
  /** From the last reply until every event is worked through. */
  readonly drainedSeconds: number;
  readonly seed: number;
};

/**
 * A storm of webhooks on a web process, signed as HubSpot signs them, while a worker of its own works through them: owner changes of
 * customers, all events of a request of one account, as a bulk edit makes them.
 */
export async function runHookBench({ isShort, seed, say }: BenchOptions): Promise<BenchResult> {
  const databases = await openBenchDatabases(say);
  if (databases.kind === 'embedded') return { figures: { skipped: 'needs Postgres' }, misses: [] };
  const hubspot = await startHubSpot(seed);
  const database = await databases.create();
  const engines: Engine[] = [];
  try {
    const size = isShort ? SHORT : FULL;
    const worker = await startEngine({ hubspotUrl: hubspot.url, database });
    const web = await startEngine({ hubspotUrl: hubspot.url, database, role: 'web' });
    engines.push(worker, web);
    say('reading and planning the accounts …');
    const { portals, companies } = size;
    const accounts = await hubspot.load({
      seed: `hook-${seed}`,
      fromPortalId: FIRST_PORTAL,
      portals,
      companies,
    });
    await worker.setUp(accounts);
    await worker.begin(accounts.map(({ portalId }) => portalId));
    await waitForOutcomes([worker], size.portals * size.companies, IDLE_MS);
    const storm = await blow(databases, database, await web.serve(), size, say);
    const figures = { database: databases.kind, portals: size.portals, ...storm, seed };
    return { figures, misses: missesOf(hookBars(figures, isShort)) };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    await hubspot.stop();
    await databases.stop();
  }
}

async function blow(
  databases: BenchDatabases,
  database: BenchDatabase,
  webUrl: string,
  size: Size,
  say: (line: string) => void,
) {
  const sender = createSender(webUrl, size);
  say(`${SMALL.perSecond} requests a second of ${SMALL.events} events …`);
  const small = await sender.send(SMALL, size.smallSeconds);
  say(`${LARGE.perSecond} requests a second of ${LARGE.events} events …`);
  const large = await sender.send(LARGE, size.largeSeconds);
  const endedMs = performance.now();
  say('working through what is left …');
  const isDrained = await drained(databases, database, endedMs + 2 * MOST_DRAIN_SECONDS * 1_000);
  const drainedSeconds = isDrained ? (performance.now() - endedMs) / 1_000 : Number.POSITIVE_INFINITY;
  const stored = await storedInstants(databases, database);
  const lost = sender.acknowledged.filter((occurredAt) => !stored.has(occurredAt)).length;
  return {
    small,
    large,
    events: sender.acknowledged.length,
    lost,
    drainedSeconds: rounded(drainedSeconds, 1),
  };
}

/** Each event has an instant of its own, by which it is found again. */
function createSender(webUrl: string, { portals, companies }: Size) {
  const firstMs = Date.now() - 3_600_000;
  const acknowledged: number[] = [];
  let made = 0;
  const send = ({ perSecond, events }: typeof SMALL, seconds: number): Promise<LoadFigures> => {
    const instants: number[][] = [];
    const shot = (place: number): Shot => {
      const portalId = FIRST_PORTAL + (place % portals);
      const batch = Array.from({ length: events }, () => ({ occurredAt: firstMs + made++ }));
      instants[place] = batch.map(({ occurredAt }) => occurredAt);
      const body = batch.map(({ occurredAt }, index) =>
        ownerChange(portalId, (made + index) % companies, occurredAt),
      );
      return signedShot(webUrl, 'POST', '/webhooks/hubspot', JSON.stringify(body));
    };
    const onReply = (place: number) => acknowledged.push(...(instants[place] ?? []));
    return runLoad({ perSecond, seconds, shot, onReply });
  };
  return { acknowledged, send };
}

function ownerChange(portalId: number, company: number, occurredAt: number) {
  return {
    eventId: occurredAt % 1_000_000,
    subscriptionId: 1,
    portalId,
    appId: 900_001,
    occurredAt,
    subscriptionType: 'object.propertyChange',
    attemptNumber: 0,
    objectId: Number(customersId('companies', company)),
    objectTypeId: '0-2',
    changeSource: 'CRM_UI',
    propertyName: 'hubspot_owner_id',
    propertyValue: '1',
  };
}

async function drained(
  databases: BenchDatabases,
  database: BenchDatabase,
  untilMs: number,
): Promise<boolean> {
  const sqlText = 'SELECT count(*)::integer AS waiting FROM webhook_inbox WHERE processed_at IS NULL';
  while (performance.now() < untilMs) {
    const [row] = await databases.runAsOwner(database, sqlText);
    if (row?.['waiting'] === 0) return true;
    await sleep(500);
  }
  return false;
}

async function storedInstants(
  databases: BenchDatabases,
  database: BenchDatabase,
): Promise<ReadonlySet<number>> {
  const sqlText = 'SELECT (extract(epoch FROM occurred_at) * 1000)::float8 AS ms FROM webhook_inbox';
  const rows = await databases.runAsOwner(database, sqlText);
  return new Set(rows.map((row) => Math.round(Number(row['ms']))));
}

function hookBars({ small, large, lost, drainedSeconds }: HookFigures, isShort: boolean): readonly Bar[] {
  const refused = small.refused + large.refused;
  const counts = [
    { holds: lost === 0, miss: `${lost} acknowledged events are not in the inbox` },
    { holds: refused === 0, miss: `${refused} requests were not acknowledged` },
  ];
  if (isShort) return counts;
  const loads = [small, large].flatMap(({ p99Ms, maxMs, perSecond }) => [
    {
      holds: p99Ms <= MOST_P99_MS,
      miss: `at ${perSecond}/s the p99 is ${p99Ms} ms; the bar is ${MOST_P99_MS}`,
    },
    {
      holds: maxMs <= MOST_MS,
      miss: `at ${perSecond}/s the slowest took ${maxMs} ms; the bar is ${MOST_MS}`,
    },
  ]);
  const drain = `${drainedSeconds} s until all was worked through; the bar is ${MOST_DRAIN_SECONDS}`;
  return [...counts, ...loads, { holds: drainedSeconds <= MOST_DRAIN_SECONDS, miss: drain }];
}
