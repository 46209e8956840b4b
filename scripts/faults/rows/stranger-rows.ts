import type { Deps } from '../../../src/usecases/ports.ts';
import { NOT_CONNECTED } from '../../../src/usecases/receive-webhooks.ts';
import { MANAGER } from '../account.ts';
import { tenantTables } from '../backup.ts';
import { UNIQUE, type Cell, type Row } from '../row.ts';
import { MINUTE_MS, pick } from './helpers.ts';

/** Far above the ids of all accounts of a run. */
const STRANGERS_FROM = 9_000_000;
const EVENTS = [
  { subscriptionType: 'object.deletion', objectTypeId: '0-2' },
  {
    subscriptionType: 'object.propertyChange',
    objectTypeId: '0-2',
    propertyName: 'name',
    propertyValue: 'X',
  },
  { subscriptionType: 'object.merge', objectTypeId: '0-2', primaryObjectId: 1_002, mergedObjectIds: [1_001] },
  { subscriptionType: 'contact.privacyDeletion' },
] as const;

/** HubSpot delivers for an account of which the product has not a single row, as after its erasure or from before its install. */
const stranger: Row = {
  fault: 'webhook for an account that was never connected',
  point: 'ingest',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    const portalId = STRANGERS_FROM + cell.account.portalId;
    const told: unknown[] = [];
    await installInHubSpotAlone(cell, portalId);
    try {
      await cell.start({ decorate: (deps) => listenTo(deps, told) });
      await cell.settle();
      const emit = [pick(cell, EVENTS), pick(cell, EVENTS)].map((event) => ({ ...event, objectId: 1_001 }));
      await cell.world.control.send('POST', '/webhooks', { portalId, emit, duplicate: 2 });
      await cell.advance(10 * MINUTE_MS);
      await lookAtDeliveries(cell, portalId);
      if (!told.includes(portalId)) cell.fault('no line of the log names the unknown account');
      if (cell.world.control.requests(portalId).length > 0)
        cell.fault('HubSpot was called for an account that was never connected');
      for (const what of await rowsOf(cell, portalId)) cell.fault(what);
    } finally {
      await cell.world.owner.query('SELECT forget_portal($1)', [portalId]);
      cell.world.simulator.state.commit([{ op: 'portalRemoved', portalId }]);
    }
  },
};

/** The same records as those of the account that is connected: nothing may get at those. */
async function installInHubSpotAlone({ world, account }: Cell, portalId: number): Promise<void> {
  const { simulator, clock } = world;
  const known = simulator.state.portals.get(account.portalId);
  if (known === undefined) throw new Error('The account is not in the sandbox.');
  const companies = account.companyIds.map((id) => ({ id, properties: { name: `Customer ${id}` } }));
  await simulator.loadPortal({
    portalId,
    name: 'Stranger',
    timeZone: known.timeZone,
    owners: [],
    objects: { companies },
  });
  const installedAt = clock.now().toISOString();
  simulator.state.commit([
    { op: 'install', portalId, install: { userId: MANAGER.userId, scopes: ['oauth'], installedAt } },
  ]);
}

/** Collects the accounts that lines of the log name. */
function listenTo(deps: Deps, told: unknown[]): Deps {
  const { log } = deps;
  const info: Deps['log']['info'] = (details, message) => {
    told.push(details['portalId']);
    log.info(details, message);
  };
  return { ...deps, log: { ...log, info } };
}

async function lookAtDeliveries(cell: Cell, portalId: number): Promise<void> {
  const book = await cell.world.control.send('GET', `/webhooks?portalId=${portalId}`);
  const { deliveries } = book as {
    readonly deliveries: readonly { readonly state: string; readonly attempts: readonly unknown[] }[];
  };
  for (const { state, attempts } of deliveries) {
    if (state === 'delivered') cell.hit();
    if (state !== 'delivered' || attempts.length !== 1)
      cell.fault(`a delivery is ${state} after ${attempts.length} tries`);
  }
}

/** What is stored of the account besides events that were set aside: nothing may be. */
async function rowsOf({ world }: Cell, portalId: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name } of await tenantTables(world)) {
    const harmless = name === 'webhook_inbox' ? HARMLESS : 'false';
    const { rows } = await world.owner.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${name} WHERE portal_id = $1 AND NOT (${harmless})`,
      [portalId],
    );
    const count = rows[0]?.rows ?? 0;
    if (count > 0) found.push(`${count} rows of an account that was never connected in ${name}`);
  }
  return found;
}

const HARMLESS = `reason IS NOT DISTINCT FROM '${NOT_CONNECTED}' AND wake_at IS NULL AND property_value IS NULL`;

/** What HubSpot sends of accounts that we do not know. */
export const STRANGER_ROWS: readonly Row[] = [stranger];
