import { MANAGER, OTHER_REP } from '../account.ts';
import { UNIQUE, type Cell, type Row } from '../row.ts';
import { archive, edit, HOUR_MS, MINUTE_MS, pick, tasksOf } from './helpers.ts';

const COMPANY = '0-2';

/** A run that is over, then a day's changes; what differs is how their webhooks arrive. */
function afterRun(fault: string, deliver: (cell: Cell, gone: string) => Promise<void>): Row {
  return {
    fault,
    point: 'ingest',
    modes: UNIQUE,
    countedBy: 'sandbox',
    run: async (cell) => {
      await cell.start();
      await cell.settle();
      const { companyIds, portalId } = cell.account;
      await cell.world.control.send('POST', '/webhooks', { portalId, hold: true });
      const gone = pick(cell, companyIds);
      const moved = pick(
        cell,
        companyIds.filter((id) => id !== gone),
      );
      archive(cell, 'companies', gone);
      await edit(cell, 'companies', moved, { hubspot_owner_id: OTHER_REP.ownerId });
      await deliver(cell, gone);
      await cell.world.control.send('POST', '/webhooks', { portalId, release: true });
      await cell.advance(HOUR_MS);
      if ((await deliveriesOf(cell)) > 0) cell.hit();
      await expectMoved(cell, moved);
      cell.expect({ withTask: companyIds.filter((id) => id !== gone), withoutTask: [gone] });
    },
  };
}

/** Requests with webhooks that the app has answered with 2xx, in the sandbox's own book. */
async function deliveriesOf(cell: Cell): Promise<number> {
  const { portalId } = cell.account;
  const book = await cell.world.control.send('GET', `/webhooks?portalId=${portalId}`);
  const { deliveries } = book as { readonly deliveries: readonly { readonly state: string }[] };
  return deliveries.filter(({ state }) => state === 'delivered').length;
}

async function expectMoved(cell: Cell, companyId: string): Promise<void> {
  const { store } = cell.world;
  const company = await store.inTenant(cell.account.portalId, (scope) =>
    store.companies.find(scope, companyId as (typeof cell.account.companyIds)[number]),
  );
  if (company?.ownerId !== OTHER_REP.ownerId) cell.fault(`the new owner of ${companyId} was not taken over`);
}

const send = (cell: Cell, body: Readonly<Record<string, unknown>>) =>
  cell.world.control.send('POST', '/webhooks', { portalId: cell.account.portalId, ...body });

const repeated = afterRun('webhook delivered ten times', async (cell) => {
  await send(cell, { duplicate: 10 });
});

const reordered = afterRun('webhooks reordered and repeated', async (cell) => {
  await send(cell, { duplicate: 3, reorder: true });
});

const poison = afterRun('poison event among a hundred', async (cell, gone) => {
  const good = Array.from({ length: 99 }, (_, index) => ({
    subscriptionType: 'object.propertyChange',
    objectTypeId: COMPANY,
    objectId: index % 2 === 0 ? Number(gone) : 1_001 + (index % 8),
    propertyName: 'hubspot_owner_id',
    propertyValue: OTHER_REP.ownerId,
    occurredAt: cell.world.clock.now().getTime() - index,
  }));
  const bad = { subscriptionType: 'object.merge', objectTypeId: COMPANY, objectId: 999_999_999_999 };
  await send(cell, {
    emit: [...good, bad, { ...bad, propertyValue: 'half a character \ud800' }],
    reorder: true,
  });
});

const split = afterRun('webhooks split over replays, two processes', async (cell) => {
  await cell.start();
  await send(cell, { duplicate: 2, reorder: true });
});

/** Nobody knows this account: answered with 2xx, and nothing follows. */
const unknown: Row = {
  fault: 'webhook for an account that is not connected',
  point: 'ingest',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    const { world, account } = cell;
    await cell.start();
    await cell.settle();
    const emit = [{ subscriptionType: 'object.deletion', objectTypeId: COMPANY, objectId: 1_001 }];
    await world.owner.query('UPDATE portals SET status = $2 WHERE portal_id = $1', [
      account.portalId,
      'uninstalled',
    ]);
    await cell.world.control.send('POST', '/webhooks', { portalId: account.portalId, emit });
    await cell.advance(10 * MINUTE_MS);
    if ((await deliveriesOf(cell)) > 0) cell.hit();
    for (const id of account.companyIds.slice(0, 1)) {
      if (tasksOf(cell, id).length !== 1) cell.fault('a webhook of an account that is gone had an effect');
    }
    await world.owner.query('UPDATE portals SET status = $2 WHERE portal_id = $1', [
      account.portalId,
      'installed',
    ]);
  },
};

/** Signed requests whose time is off: five minutes both ways are accepted, and not more. */
const staleSignature: Row = {
  fault: 'signed request off by 4 or 6 minutes',
  point: 'verify',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    await cell.start();
    await cell.settle();
    for (const minutes of [-6, -4, 4, 6]) {
      const timestampMs = cell.world.clock.now().getTime() + minutes * MINUTE_MS;
      const { status } = (await cell.world.control.send('POST', '/fetch', {
        portalId: cell.account.portalId,
        userId: MANAGER.userId,
        path: '/api/home',
        tamper: { timestampMs },
      })) as { readonly status: number };
      const wanted = Math.abs(minutes) > 5 ? 401 : 200;
      cell.hit();
      if (status !== wanted) cell.fault(`a request off by ${minutes} minutes got ${status}`);
    }
  },
};

/** Webhooks as HubSpot really sends them: late, twice, in any order, and some of them nonsense. */
export const WEBHOOK_ROWS: readonly Row[] = [repeated, reordered, poison, split, unknown, staleSignature];
