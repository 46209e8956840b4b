import type { BenchDatabase, BenchDatabases } from './databases.ts';
import { startEngine, type Engine } from './engine.ts';
import type { HubSpotProcess, InstalledPortal, OwnProperties } from './hubspot.ts';
import { inLanes } from './lanes.ts';

/** Customers of each account. */
export const CUSTOMERS = 60;
/** Where the product makes its fields; gone before anything is measured. */
const MODEL_PORTAL = 8_000_000;
const FIRST_PORTAL = 8_000_001;
const WORKERS = 3;
const LANES = 32;
const LATENCY = { searchLatencyMs: 200, readLatencyMs: 100, latencyMs: 250, latencySpread: 0.2 };

/** Three on one Postgres; the embedded database allows one. `isClockInjected`: their clocks may be moved on. */
export function startWorkers(
  hubspot: HubSpotProcess,
  database: BenchDatabase,
  isClockInjected = false,
): Promise<Engine[]> {
  const workers = database.kind === 'postgres' ? WORKERS : 1;
  return Promise.all(
    Array.from({ length: workers }, () =>
      startEngine({ hubspotUrl: hubspot.url, database, isClockInjected }),
    ),
  );
}

/**
 * Installed and started. The product makes its fields and probes the task key in a model account; those of the fleet have the
 * same fields from the beginning, so that nothing is asked of HubSpot for each of them.
 */
export async function setUpFleet(
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

/** One statement makes all accounts due; the workers find them at their next tick, as they would at midnight. Returns that instant, ms since 1970. */
export async function makeAllDue(
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

/** Seconds from `fromMs` to each account's last task. */
export async function completionsOf(engines: readonly Engine[], fromMs: number): Promise<readonly number[]> {
  const lastMs = new Map<number, number>();
  for (const engine of engines) {
    const { lastOfPortal } = await engine.report();
    for (const [portalId, ms] of lastOfPortal) lastMs.set(portalId, Math.max(ms, lastMs.get(portalId) ?? 0));
  }
  return [...lastMs.values()].map((ms) => (ms - fromMs) / 1_000);
}

/** Companies of all accounts with two live tasks, and with none, in the local HubSpot's own store. */
export async function tasksOf(
  hubspot: HubSpotProcess,
  accounts: readonly InstalledPortal[],
): Promise<{ readonly duplicates: number; readonly missing: number }> {
  let duplicates = 0;
  let missing = 0;
  await inLanes(accounts, LANES, async ({ portalId }) => {
    const tally = await hubspot.tally(portalId);
    duplicates += tally.companiesWithTwo;
    missing += tally.companiesWithoutTask;
  });
  return { duplicates, missing };
}
