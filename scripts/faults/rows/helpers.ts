import { asCompanyId } from '../../../src/core/model.ts';
import { customer } from '../account.ts';
import type { Observer, PortEvent } from '../ports.ts';
import type { Cell } from '../row.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;

/** Runs `work` once, at the n-th event that fits. */
export function atEvent(
  count: number,
  fits: (event: PortEvent) => boolean,
  work: () => Promise<void> | void,
): Observer {
  let seen = 0;
  return async (event) => {
    if (fits(event) && ++seen === count) await work();
  };
}

/** Just before a batch of tasks is sent. */
export const isCreate = ({ name, when }: PortEvent): boolean =>
  name === 'hubspot.createTasks' && when === 'before';

/** One of the items, by seed. */
export function pick<Item>(cell: Cell, items: readonly Item[]): Item {
  if (items.length === 0) throw new RangeError('there is nothing to pick from');
  return items[cell.random.below(items.length)] as Item;
}

/** A person changes a record in HubSpot. */
export async function edit(
  cell: Cell,
  type: string,
  id: string,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  await cell.world.control.send('POST', `/objects/${cell.account.portalId}/${type}/${id}`, { properties });
}

/** A person throws a record away in HubSpot's pages, as the API does it: with its webhooks. */
export function archive(cell: Cell, type: string, id: string): void {
  const { simulator, clock } = cell.world;
  const { portalId } = cell.account;
  const object = simulator.state.portals.get(portalId)?.objects.get(type)?.get(id);
  if (object === undefined) throw new Error(`There is no ${type} ${id} to archive.`);
  const at = clock.now().toISOString();
  simulator.state.commit(
    [{ op: 'object', portalId, type, object: { ...object, archived: true, archivedAt: at, updatedAt: at } }],
    [
      {
        portalId,
        kind: 'deletion',
        objectType: type,
        objectId: id,
        occurredAt: clock.now(),
        changeSource: 'CRM_UI',
      },
    ],
  );
}

/** Another customer company appears in HubSpot, and is expected to have a task in the end. */
export async function addCustomer(cell: Cell, id: number): Promise<void> {
  const { control, simulator } = cell.world;
  const { portalId, companyIds } = cell.account;
  const portal = simulator.state.portals.get(portalId);
  const companies = [customer(id)];
  const document = { portalId, name: portal?.name, timeZone: portal?.timeZone, objects: { companies } };
  await control.send('POST', '/portals', { portal: document, mode: 'merge' });
  cell.expect({ withTask: [...companyIds, asCompanyId(String(id))] });
}

/** Ids of the live tasks of a company in the sandbox. */
export function tasksOf(cell: Cell, companyId: string): readonly string[] {
  const portal = cell.world.simulator.state.portals.get(cell.account.portalId);
  const tasks = [...(portal?.objects.get('tasks')?.values() ?? [])].filter(({ archived }) => !archived);
  return tasks
    .filter(({ id }) =>
      (portal?.links.get('tasks')?.get(id) ?? []).some(
        ({ to }) => to.type === 'companies' && to.id === companyId,
      ),
    )
    .map(({ id }) => id);
}

/** Asks for another read and plan, as *Plan now* does. */
export async function planNow(cell: Cell): Promise<void> {
  const { store, clock } = cell.world;
  await cell.advance(MINUTE_MS);
  await store.inTenant(cell.account.portalId, (scope) =>
    store.portals.update(scope, { planRequestedAt: clock.now() }),
  );
  await cell.settle();
}

/** How many calls of a kind the sandbox has seen from this account. */
export function callsSeen({ world, account }: Cell, path: string): number {
  return world.control.requests(account.portalId).filter((call) => call.path.startsWith(path)).length;
}

/** How many batches of tasks the sandbox has seen come from this account. */
export function createsSeen({ world, account }: Cell): number {
  return world.control.requests(account.portalId).filter(({ path }) => path.endsWith('/tasks/batch/create'))
    .length;
}

/** A change in the middle of a run, and what shows that it was in the middle. */
export type MidRun = {
  readonly observe: Observer;
  /** Counts a hit where the sandbox has seen a create since the change. */
  count(): void;
};

/** Does `change` just before the n-th create, or with several engines before the n-th of each. */
export function changeMidRun(cell: Cell, count: number, change: () => Promise<void> | void): MidRun {
  let seenBefore: number | null = null;
  return {
    observe: atEvent(count, isCreate, async () => {
      seenBefore ??= createsSeen(cell);
      await change();
    }),
    count: () => {
      if (seenBefore !== null && createsSeen(cell) > seenBefore) cell.hit();
    },
  };
}
