import { hasCode } from '../../../src/errors.ts';
import { TOUCH_KEY_PROPERTY } from '../../../src/hubspot/api-version.ts';
import { connect, MANAGER } from '../account.ts';
import { BOTH, UNIQUE, type Cell, type Row } from '../row.ts';
import { sqlFor } from '../runbook.ts';
import { atEvent, callsSeen, HOUR_MS, isCreate, MINUTE_MS, pick } from './helpers.ts';
import { CREATE } from './replies.ts';

const CALLERS = 20;
const MOST_TRIES = 5;
/** A portal whose token is gone may find that out by so many calls, one in each lane that was under way. */
const CALLS_TO_NOTICE = 3;
const TOKEN_LIFETIME_MS = 31 * MINUTE_MS;

/** The account takes the app away in the middle of the run, and later connects it again. */
const uninstalled: Row = {
  fault: 'uninstalled mid-run, connected again later',
  point: 'between two batches',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const { world, account } = cell;
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), isCreate, async () => {
        await world.control.send('POST', '/uninstall', { portalId: account.portalId });
      }),
    });
    await cell.settle();
    await cell.advance(HOUR_MS);
    const after = callsRefused(cell, 401);
    if (after > 0) cell.hit();
    if (after > CALLS_TO_NOTICE) cell.fault(`${after} calls after the app was taken away`);
    await expectStatus(cell, 'disconnected');
    await connect(world, account.portalId);
    await cell.settle();
  },
};

/** Calls that the sandbox answered so. A token that is gone names no account any more, so all of the seed's calls are looked at. */
function callsRefused({ world }: Cell, status: number): number {
  return world.simulator.requests
    .list({ path: '/crm/' })
    .filter((call) => call.status === status && call.faultId === undefined).length;
}

async function expectStatus(cell: Cell, wanted: string): Promise<void> {
  const { world, account } = cell;
  const portal = await world.store.inTenant(account.portalId, (scope) => world.store.portals.find(scope));
  if (portal?.status !== wanted)
    cell.fault(`the account is ${portal?.status ?? 'gone'} instead of ${wanted}`);
}

/** Calls that may be under way when the permission goes; then one each time that the plan's or the release's job asks after its rest. */
const REFUSED_AT_FIRST = 7;
const REFUSED_IN_AN_HOUR = 17;

/** Writing is forbidden for an hour: the run rests, nobody is asked to decide anything, and once it is allowed the run goes on. */
const scopeRemoved: Row = {
  fault: 'scope removed mid-run',
  point: 'between two batches',
  modes: BOTH,
  countedBy: 'sandbox',
  account: () => ({ companies: 40 }),
  run: async (cell) => {
    const { world, account } = cell;
    const removeScopes = ['crm.objects.contacts.write', 'crm.objects.companies.write'];
    cell.expect({ mustNotPark: true });
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), isCreate, () => {
        world.control.changeSettings(account.portalId, { removeScopes });
      }),
    });
    await cell.settle();
    expectFewRefusals(cell, REFUSED_AT_FIRST, 'at first');
    await cell.advance(HOUR_MS);
    expectFewRefusals(cell, REFUSED_IN_AN_HOUR, 'in an hour');
    if (callsRefused(cell, 403) > 0) cell.hit();
    world.control.changeSettings(account.portalId, { removeScopes: [] });
  },
};

/** The field that guards against second tasks is thrown away by hand and restored an hour later. */
const keyDeleted: Row = {
  fault: 'key property deleted by hand, restored after an hour',
  point: 'between two batches',
  modes: UNIQUE,
  countedBy: 'sandbox',
  account: () => ({ companies: 40 }),
  run: async (cell) => {
    const { state } = cell.world.simulator;
    const { portalId } = cell.account;
    const definition = state.portals.get(portalId)?.properties.get('tasks')?.get(TOUCH_KEY_PROPERTY);
    if (definition === undefined) throw new Error('The account has no key property.');
    cell.expect({ mustNotPark: true });
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), isCreate, () => {
        state.commit([{ op: 'propertyRemoved', portalId, type: 'tasks', name: TOUCH_KEY_PROPERTY }]);
      }),
    });
    await cell.settle();
    await cell.advance(HOUR_MS);
    // HubSpot names the missing field for each task of a batch by itself.
    const refused = callsRefused(cell, 207);
    if (refused > 0) cell.hit();
    if (refused > REFUSED_IN_AN_HOUR) cell.fault(`${refused} refused calls in an hour`);
    state.commit([{ op: 'property', portalId, type: 'tasks', definition }]);
  },
};

/** It cannot be restored: every process stops, the runbook's SQL is performed, and the next process makes the field anew. */
const keyLost: Row = {
  fault: 'key property deleted for good',
  point: 'between two batches, then by the runbook',
  modes: UNIQUE,
  countedBy: 'sandbox',
  account: () => ({ companies: 40 }),
  run: async (cell) => {
    const { world, account } = cell;
    const { portalId } = account;
    const { state } = world.simulator;
    // Of one batch before, nobody knows what became of it.
    await cell.plant({ match: { path: CREATE }, when: 'after', fault: { kind: 'status', status: 502 } });
    const first = await cell.start({
      observe: atEvent(2 + cell.random.below(2), isCreate, () => {
        state.commit([{ op: 'propertyRemoved', portalId, type: 'tasks', name: TOUCH_KEY_PROPERTY }]);
      }),
    });
    await cell.settle();
    await cell.advance(pick(cell, [MINUTE_MS, HOUR_MS]));
    if (callsRefused(cell, 207) > 0) cell.hit();
    first.kill();
    await cell.outliveLease();
    await world.owner.query(sqlFor('keyFieldLost', { portalId }));
    await cell.start();
    await cell.advance(HOUR_MS);
    const portal = await world.store.inTenant(portalId, (scope) => world.store.portals.find(scope));
    if (portal?.taskKeyMode !== 'unique') cell.fault('the account has no unique field again');
    if (state.portals.get(portalId)?.properties.get('tasks')?.has(TOUCH_KEY_PROPERTY) !== true)
      cell.fault('the field was not made anew');
  },
};

function expectFewRefusals(cell: Cell, most: number, when: string): void {
  const refused = callsRefused(cell, 403);
  if (refused > most) cell.fault(`${refused} refused calls ${when}`);
}

/** Everyone finds the same token expired; HubSpot is asked for a new one once. */
const twentyCallers: Row = {
  fault: '20 callers with an expired token',
  point: 'refresh',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    cell.expect({ callsPastLeases: true });
    const engines = [await cell.start(), await cell.start()];
    await cell.settle();
    await cell.advance(TOKEN_LIFETIME_MS);
    cell.world.control.forgetRequests();
    const { portalId } = cell.account;
    const calls = Array.from({ length: CALLERS }, (_, index) =>
      askPatiently(cell, () => Promise.resolve(engines[index % 2]?.deps.hubspot.owners(portalId))),
    );
    const answers = await Promise.allSettled(calls);
    const failures = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [String(answer.reason)] : [],
    );
    const refreshed = callsSeen(cell, '/oauth/');
    if (refreshed > 0) cell.hit();
    if (refreshed !== 1) cell.fault(`${refreshed} refreshes for one expired token`);
    if (failures.length > 0) cell.fault(`${failures.length} of ${CALLERS} calls failed: ${failures[0]}`);
  },
};

/**
 * Asks again where a call is told to wait: virtual time leaps while a transaction stands in line for the budget's row, so its own
 * idea of now may be half a minute old and the next slot look that far away.
 */
async function askPatiently(cell: Cell, ask: () => Promise<unknown>): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!hasCode(error, 'hubspot_throttled') || tries === MOST_TRIES) throw error;
      await cell.world.clock.wait(error.retryAfterMs ?? MINUTE_MS);
    }
  }
}

const REFRESH_STATUSES = [500, 502, 503, 504, 423, 477, 524] as const;

/** The token expires between two batches, and HubSpot fails at renewing it, or renews it and does not say so. */
const refreshFails: Row = {
  fault: 'token refresh answers 5xx or 423, then works',
  point: 'refresh',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    await cell.plant({
      match: { path: '/oauth/' },
      when: pick(cell, ['before', 'after'] as const),
      fault: { kind: 'status', status: pick(cell, REFRESH_STATUSES) },
      count: 1 + cell.random.below(3),
    });
    await cell.start({
      observe: atEvent(1 + cell.random.below(3), isCreate, async () => {
        await cell.world.clock.wait(TOKEN_LIFETIME_MS);
      }),
    });
    await cell.settle();
    await cell.advance(10 * MINUTE_MS);
  },
};

/** The first run makes fields and tries a unique key; its calls fail on the way, and the mode that is found must be right. */
const probeFails: Row = {
  fault: 'status 503 while the account is prepared',
  point: 'fields and probe',
  modes: BOTH,
  countedBy: 'sandbox',
  account: () => ({ isUnprobed: true }),
  run: async (cell) => {
    const { world, account, mode } = cell;
    await cell.start();
    for (let planted = 0; planted < 2; planted += 1) {
      await cell.plant({
        match: { path: String.raw`/\/(properties|tasks)\//` },
        when: cell.random.below(2) === 0 ? 'before' : 'after',
        fault: { kind: 'status', status: 503 },
        skip: cell.random.below(4),
      });
    }
    await cell.settle();
    await cell.advance(30 * MINUTE_MS);
    const portal = await world.store.inTenant(account.portalId, (scope) => world.store.portals.find(scope));
    if (portal?.taskKeyMode !== mode)
      cell.fault(`the account is taken for ${portal?.taskKeyMode ?? 'unknown'}`);
    if (MANAGER.userId !== portal?.installedByUserId) cell.fault('the installer changed');
  },
};

/** Tokens, permissions and the connection itself. */
export const TOKEN_ROWS: readonly Row[] = [
  uninstalled,
  scopeRemoved,
  keyDeleted,
  keyLost,
  twentyCallers,
  refreshFails,
  probeFails,
];
