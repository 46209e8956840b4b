import { setTimeout } from 'node:timers/promises';
import type { CompanyId } from '../../../src/core/model.ts';
import { followCompanies } from '../../../src/usecases/follow-companies.ts';
import type { Touch } from '../../../src/usecases/records.ts';
import { MANAGER, OTHER_REP } from '../account.ts';
import type { Engine } from '../engine.ts';
import { BOTH, UNIQUE, type Cell, type Row } from '../row.ts';
import {
  addCustomer,
  archive,
  atEvent,
  changeMidRun,
  edit,
  HOUR_MS,
  isCreate,
  MINUTE_MS,
  pick,
  planNow,
  tasksOf,
} from './helpers.ts';

const LOCK_SEEN_WITHIN_MS = 2_000;
const LOCK_LOOK_MS = 5;

/** What people do in HubSpot while the run goes on: at one of its creates, by seed. */
function midRun(
  fault: string,
  change: (cell: Cell) => Promise<void> | void,
  later?: (cell: Cell) => Promise<void>,
): Row {
  return {
    fault,
    point: 'between two batches',
    modes: BOTH,
    countedBy: 'sandbox',
    run: async (cell) => {
      const meanwhile = changeMidRun(cell, 1 + cell.random.below(3), () => change(cell));
      await cell.start({ observe: meanwhile.observe });
      await cell.settle();
      await cell.advance(10 * MINUTE_MS);
      meanwhile.count();
      await later?.(cell);
    },
  };
}

const added = midRun('company added mid-run', (cell) => addCustomer(cell, 5_001), planNow);

const removed = midRun('company deleted mid-run', (cell) => {
  const gone = pick(cell, cell.account.companyIds);
  archive(cell, 'companies', gone);
  cell.expect({ withTask: cell.account.companyIds.filter((id) => id !== gone), withoutTask: [gone] });
});

const merged = midRun('companies merged mid-run', async (cell) => {
  await merge(cell, pick(cell, cell.account.companyIds));
});

/** The merge is followed while the claim of that customer's call is not committed yet. */
const mergedInClaim: Row = {
  fault: 'companies merged mid-run',
  point: 'while the task of the one that goes is being claimed',
  modes: BOTH,
  countedBy: 'database',
  run: async (cell) => {
    const wanted = 1 + cell.random.below(3);
    let seen = 0;
    let tellGone: (gone: CompanyId) => void = () => undefined;
    const gone = new Promise<CompanyId>((resolve) => {
      tellGone = resolve;
    });
    const engine: Engine = await cell.start({
      observe: async ({ name, when, result }) => {
        if (name !== 'touches.claimForSending' || when !== 'after') return;
        const claimed = result as readonly Touch[];
        if (claimed.length === 0 || ++seen !== wanted) return;
        const { companyId } = pick(cell, claimed);
        await merge(cell, companyId);
        tellGone(companyId);
        if (await waitsForLock(cell)) cell.hit();
      },
    });
    // Begun out here: inside the observer it would be part of the claim's own transaction.
    const following = gone
      .then((id) => followCompanies(engine.deps, cell.account.portalId, [id]))
      .catch((error: unknown) => cell.fault(`the merge was not followed: ${String(error)}`));
    await cell.settle();
    if (seen >= wanted) await following;
    await cell.advance(10 * MINUTE_MS);
  },
};

async function merge(cell: Cell, gone: CompanyId): Promise<void> {
  const { portalId, companyIds } = cell.account;
  const others = companyIds.filter((id) => id !== gone);
  cell.expect({ withTask: others });
  await cell.world.control.send('POST', '/merge', {
    portalId,
    objectType: 'companies',
    primaryObjectId: pick(cell, others),
    objectIdToMerge: gone,
  });
}

/** True once a connection waits for a row that another one holds; false where none does within two seconds of real time. */
async function waitsForLock({ world }: Cell): Promise<boolean> {
  const untilMs = performance.now() + LOCK_SEEN_WITHIN_MS;
  while (performance.now() < untilMs) {
    const { rows } = await world.owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return true;
    await setTimeout(LOCK_LOOK_MS);
  }
  return false;
}

const left = midRun('customer left the program mid-run', async (cell) => {
  const gone = pick(cell, cell.account.companyIds);
  cell.expect({ withTask: cell.account.companyIds.filter((id) => id !== gone), withoutTask: [gone] });
  await edit(cell, 'companies', gone, { lifecyclestage: 'other' });
});

const handedOver = midRun('owner changed mid-run', async (cell) => {
  await edit(cell, 'companies', pick(cell, cell.account.companyIds), { hubspot_owner_id: OTHER_REP.ownerId });
});

/** A caller leaves HubSpot, which gives them no more tasks; we learn of it at night, and the calls go to somebody else. */
const callerLeft: Row = {
  fault: 'caller deactivated in HubSpot mid-run',
  point: 'between two batches',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const { portalId } = cell.account;
    const portal = cell.world.simulator.state.portals.get(portalId);
    const owners = (portal?.owners ?? [])
      .filter(({ id }) => id === MANAGER.ownerId)
      .map((owner) => ({ ...owner, archived: true }));
    const document = { portalId, name: portal?.name, timeZone: portal?.timeZone, owners };
    const leaves = async () => {
      await cell.world.control.send('POST', '/portals', { portal: document, mode: 'merge' });
    };
    await cell.start({ observe: atEvent(1 + cell.random.below(3), isCreate, leaves) });
    await cell.settle();
    if (refusedBatches(cell) > 0) cell.hit();
    await cell.advance(24 * HOUR_MS);
    cell.expect({ mustNotPark: true });
  },
};

/** A task that a person threw away stays away, whatever is planned later. */
const taskDeleted: Row = {
  fault: 'task deleted by hand',
  point: 'after the run',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    await cell.start();
    await cell.settle();
    // Earlier, a task that cannot be read may only not show yet, and its call is kept.
    await cell.advance(HOUR_MS);
    const { companyIds } = cell.account;
    const gone = pick(cell, companyIds);
    for (const task of tasksOf(cell, gone)) {
      archive(cell, 'tasks', task);
      cell.hit();
    }
    await cell.advance(HOUR_MS);
    await planNow(cell);
    cell.expect({ withTask: companyIds.filter((id) => id !== gone), withoutTask: [gone] });
  },
};

/** One task of the batch is there already, as after another life: the whole batch is refused over it. */
const conflict: Row = {
  fault: 'batch refused over one item that exists (409, 400 or 207)',
  point: 'create',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    const { world, account } = cell;
    world.control.changeSettings(account.portalId, {
      uniqueConflict: pick(cell, ['409', '400', '207'] as const),
    });
    let seen = 0;
    const wanted = 1 + cell.random.below(3);
    await cell.start({
      observe: async (event) => {
        if (!isCreate(event) || ++seen !== wanted) return;
        const drafts = event.args[2] as readonly { readonly key: string; readonly companyId: string }[];
        await makeByHand(cell, pick(cell, drafts));
      },
    });
    await cell.settle();
    await cell.advance(30 * MINUTE_MS);
    if (refusedBatches(cell) > 0) cell.hit();
    cell.expect({ mustNotPark: true });
  },
};

/** Batches that the sandbox answered otherwise than by 201: over the item that exists. */
function refusedBatches({ world, account }: Cell): number {
  const creates = world.control
    .requests(account.portalId)
    .filter(({ path }) => path.endsWith('/tasks/batch/create'));
  return creates.filter(({ status }) => status !== 201).length;
}

async function makeByHand(
  cell: Cell,
  draft: { readonly key: string; readonly companyId: string },
): Promise<void> {
  await cell.world.control.send('POST', `/objects/${cell.account.portalId}/tasks`, {
    properties: {
      hs_task_subject: 'Made earlier',
      hs_timestamp: cell.world.clock.now().toISOString(),
      sci_touch_key: draft.key,
    },
    associations: [{ to: { type: 'companies', id: draft.companyId } }],
  });
}

/** A lost answer, and then a read that does not show what was written. */
const staleRead: Row = {
  fault: 'read-your-write fails after a lost answer',
  point: 'resolve',
  modes: UNIQUE,
  countedBy: 'sandbox',
  run: async (cell) => {
    await cell.start();
    await cell.plant({
      match: { path: String.raw`/\/tasks\/batch\/create$/` },
      when: 'after',
      fault: { kind: 'reset', at: 'beforeHeaders' },
      skip: cell.random.below(3),
    });
    await cell.plant({
      match: { path: String.raw`/\/tasks\/batch\/read$/` },
      when: 'after',
      fault: { kind: 'results', change: 'missing' },
      count: 1 + cell.random.below(2),
    });
    await cell.settle();
    await cell.advance(30 * MINUTE_MS);
    cell.expect({ mustNotPark: true });
  },
};

/** Search shows new tasks up to an hour later; in the fallback it is one of two reads. */
const searchLag: Row = {
  fault: 'search lags up to an hour after a lost answer',
  point: 'resolve',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    const searchLagMs = cell.random.below(60) * MINUTE_MS;
    cell.world.control.changeSettings(cell.account.portalId, { searchLagMs });
    await cell.advance(HOUR_MS);
    await cell.start();
    await cell.plant({
      match: { path: String.raw`/\/tasks\/batch\/create$/` },
      when: 'after',
      fault: { kind: 'status', status: 502 },
      skip: cell.random.below(3),
      count: 2,
    });
    await cell.settle();
    await cell.advance(HOUR_MS);
  },
};

/** The account changes under the run's feet, or shows itself late. */
export const PEOPLE_ROWS: readonly Row[] = [
  added,
  removed,
  merged,
  mergedInClaim,
  left,
  handedOver,
  callerLeft,
  taskDeleted,
  conflict,
  staleRead,
  searchLag,
];
