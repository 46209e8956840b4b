import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { customersId } from '../sandbox/hubspot/customers-spec.ts';
import { missesOf, type Bar, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases, openEmbeddedDatabases, type BenchDatabases } from './support/databases.ts';
import { startEngine, waitForOutcomes, type Engine } from './support/engine.ts';
import { startHubSpot, type HubSpotProcess, type InstalledPortal } from './support/hubspot.ts';
import { runLoad, type LoadFigures, type Shot } from './support/load.ts';
import { asPerson, signedShot } from './support/signed.ts';

const FIRST_PORTAL = 8_700_001;
const IDLE_MS = 120_000;
const REST_WITHIN_MS = 600_000;
const LOOK_MS = 500;
const ZONE = 'America/Chicago';

type Size = { readonly portals: number; readonly companies: number; readonly seconds: number };
const FULL: Size = { portals: 50, companies: 60, seconds: 60 };
const SHORT: Size = { portals: 5, companies: 60, seconds: 5 };

/** Requests a second, and the p99 that they may take. */
type Aim = { readonly perSecond: number; readonly mostP99Ms: number };
const AIMS: Readonly<Record<BenchDatabases['kind'], { readonly reads: Aim; readonly writes: Aim }>> = {
  postgres: { reads: { perSecond: 200, mostP99Ms: 100 }, writes: { perSecond: 50, mostP99Ms: 250 } },
  embedded: { reads: { perSecond: 50, mostP99Ms: 250 }, writes: { perSecond: 10, mostP99Ms: 250 } },
};

type CardFigures = { readonly reads: LoadFigures; readonly writes: LoadFigures };

/** What a person at the card waits for: reads of the company view, and check-ins saved, each signed, over many accounts. */
export async function runCardBench(options: BenchOptions): Promise<BenchResult> {
  const given = await openBenchDatabases(options.say);
  const kinds = given.kind === 'postgres' ? [given, await openEmbeddedDatabases()] : [given];
  const figures: Record<string, CardFigures> = {};
  const misses: string[] = [];
  for (const databases of kinds) {
    const measured = await measure(databases, options);
    figures[databases.kind] = measured;
    misses.push(...missesOf(barsOf(databases.kind, measured, options.isShort)));
  }
  return { figures: { ...figures, seed: options.seed }, misses };
}

async function measure(
  databases: BenchDatabases,
  { isShort, seed, say }: BenchOptions,
): Promise<CardFigures> {
  const hubspot = await startHubSpot(seed);
  const engines: Engine[] = [];
  const size = isShort ? SHORT : FULL;
  try {
    say(`${databases.kind}: reading and planning ${size.portals} accounts …`);
    const { web, accounts } = await prepare(hubspot, databases, engines, size, seed);
    const webUrl = await web.serve();
    const { reads, writes } = AIMS[databases.kind];
    const accountAt = pickerOf(accounts);
    const companyAt = (place: number) =>
      customersId('companies', Math.floor(place / accounts.length) % size.companies);
    const read = (place: number): Shot => readShot(webUrl, accountAt(place), companyAt(place));
    const write = (place: number): Shot => writeShot(webUrl, accountAt(place), companyAt(place));
    await runLoad({ perSecond: reads.perSecond / 2, seconds: 2, shot: read });
    say(`${databases.kind}: ${reads.perSecond} reads a second …`);
    const readFigures = await runLoad({ perSecond: reads.perSecond, seconds: size.seconds, shot: read });
    say(`${databases.kind}: ${writes.perSecond} writes a second …`);
    const writeFigures = await runLoad({ perSecond: writes.perSecond, seconds: size.seconds, shot: write });
    return { reads: readFigures, writes: writeFigures };
  } finally {
    await Promise.all(engines.map((engine) => engine.stop()));
    await hubspot.stop();
    await databases.stop();
  }
}

/** The accounts in turn. @throws Error where there are none */
function pickerOf(accounts: readonly InstalledPortal[]): (place: number) => InstalledPortal {
  return (place) => {
    const account = accounts[place % accounts.length];
    if (account === undefined) throw new Error('the local HubSpot gave back no account');
    return account;
  };
}

/** Accounts at rest. On Postgres the worker ends before the measurement: what HubSpot is told later is outside of the request. */
async function prepare(
  hubspot: HubSpotProcess,
  databases: BenchDatabases,
  engines: Engine[],
  { portals, companies }: Size,
  seed: number,
): Promise<{ readonly web: Engine; readonly accounts: readonly InstalledPortal[] }> {
  const database = await databases.create();
  const worker = await startEngine({ hubspotUrl: hubspot.url, database });
  engines.push(worker);
  const accounts = await hubspot.load({
    seed: `card-${seed}`,
    fromPortalId: FIRST_PORTAL,
    portals,
    companies,
  });
  await worker.setUp(accounts);
  await worker.begin(accounts.map(({ portalId }) => portalId));
  await waitForOutcomes([worker], portals * companies, IDLE_MS);
  await waitUntilAtRest(await worker.serve());
  if (database.kind === 'embedded') return { web: worker, accounts };
  await worker.stop();
  const web = await startEngine({ hubspotUrl: hubspot.url, database, role: 'web' });
  engines.push(web);
  return { web, accounts };
}

/**
 * Waits until nothing is due in any account: after the tasks come the contacts, which are read once and not while cards are used.
 * @throws Error where something is still due after a while
 */
async function waitUntilAtRest(engineUrl: string): Promise<void> {
  const untilMs = Date.now() + REST_WITHIN_MS;
  while ((await jobsDue(engineUrl)) > 0) {
    if (Date.now() > untilMs) throw new Error('there is work due that does not end');
    await sleep(LOOK_MS);
  }
}

/** As operators see it. */
async function jobsDue(engineUrl: string): Promise<number> {
  const text = await (await fetch(`${engineUrl}/metrics`)).text();
  const due = text.matchAll(/^sci_due_jobs\{.*\} (\d+)$/gm);
  return [...due].reduce((sum, [, accounts]) => sum + Number(accounts), 0);
}

function readShot(webUrl: string, { portalId, userId }: InstalledPortal, companyId: string): Shot {
  return signedShot(webUrl, 'GET', asPerson(`/api/companies/${companyId}`, portalId, userId));
}

function writeShot(webUrl: string, { portalId, userId }: InstalledPortal, companyId: string): Shot {
  const body = {
    submissionId: randomUUID(),
    companyId,
    respondent: { contactId: null, name: 'A customer' },
    asked: true,
    words: 'They call when something changes, and the last delivery came on the day they named.',
    happenedOn: new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(new Date()),
    channel: 'phone',
  };
  return signedShot(webUrl, 'POST', asPerson('/api/check-ins', portalId, userId), JSON.stringify(body));
}

function barsOf(
  kind: BenchDatabases['kind'],
  { reads, writes }: CardFigures,
  isShort: boolean,
): readonly Bar[] {
  const aims = AIMS[kind];
  return (['reads', 'writes'] as const).flatMap((what) => {
    const { refused, p99Ms } = what === 'reads' ? reads : writes;
    const { perSecond, mostP99Ms } = aims[what];
    return [
      { holds: refused === 0, miss: `${kind}: ${refused} ${what} were not answered with 2xx` },
      {
        holds: isShort || p99Ms <= mostP99Ms,
        miss: `${kind}: p99 of ${perSecond} ${what} a second is ${p99Ms} ms; the bar is ${mostP99Ms}`,
      },
    ];
  });
}
