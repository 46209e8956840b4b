import type { PortalState, StoredObject } from '../../sandbox/hubspot/model.ts';
import type { CompanyId } from '../../src/core/model.ts';
import type { Account } from './account.ts';
import { keyIn, noteKeyIn } from './task-key.ts';
import type { Place } from './world.ts';

/** What one seed left behind, counted in the sandbox's own store and in the product's database. */
export type Verdict = {
  /** Live check-in tasks beyond the first, over all companies (I1). */
  readonly duplicates: number;
  /** Eligible companies with neither a task nor a row that a person can see (I2). */
  readonly missing: number;
  /** Rows that a person must decide about: visible, and no fault. */
  readonly parked: number;
  /** Everything that must not be, in words; a duplicate and a missing task are among them. */
  readonly violations: readonly string[];
};

export type Expectation = {
  /** Companies that must have exactly one task (or a parked row). */
  readonly withTask: readonly CompanyId[];
  /** Companies that must have none: gone, out of the program, or their task was deleted by hand. */
  readonly withoutTask?: readonly CompanyId[];
  /** True where a parked row is no answer: the account has a unique key and nothing was refused. */
  readonly mustNotPark?: boolean;
  /** 429s that the limiter itself must have avoided; a planted one is no fault of its own. */
  readonly planted429s?: boolean;
  /** True beside a clock that runs ahead of real time: what waits on the way would count as a call too early. */
  readonly timesAreRough?: boolean;
  /**
   * True where the row itself calls past the leases, lets a process call after its lease was taken over, or gives calls so short a
   * time that a busy machine delivers them after their job has given up. That intents are stored is checked all the same.
   */
  readonly callsPastLeases?: boolean;
};

type TouchRow = {
  readonly company_id: string;
  readonly key: string;
  readonly state: string;
  readonly reason: string | null;
  readonly task_id: string | null;
  readonly is_due: boolean;
};

const WINDOW_MS = 10_000;
/** HubSpot's limit for an app of the marketplace, as the sandbox states it in its headers. */
const CALLS_PER_WINDOW = 110;

/** Looks at both sides once all is quiet. */
export async function checkAccount(world: Place, account: Account, expected: Expectation): Promise<Verdict> {
  const portal = world.simulator.state.portals.get(account.portalId);
  if (portal === undefined) throw new Error(`Account ${account.portalId} is not in the sandbox any more.`);
  const touches = await touchesOf(world, account);
  const tasks = live(portal, 'tasks');
  const byCompany = groupBy(
    tasks.filter((task) => companyOf(portal, task) !== null),
    (task) => companyOf(portal, task) ?? '',
  );
  const parked = touches.filter(({ state }) => state === 'parked');
  const duplicates = [...byCompany.values()].reduce((sum, list) => sum + list.length - 1, 0);
  const missing = expected.withTask.filter(
    (id) => !byCompany.has(id) && !parked.some((touch) => touch.company_id === id),
  );
  const violations = [
    ...[...byCompany].flatMap(([id, list]) =>
      list.length < 2 ? [] : [`company ${id} has ${list.length} tasks`],
    ),
    ...missing.map((id) => `company ${id} has no task and no parked row (${stateOf(touches, id)})`),
    ...(expected.withoutTask ?? [])
      .filter((id) => byCompany.has(id))
      .map((id) => `company ${id} has a task and should not (${stateOf(touches, id)})`),
    ...sameKeyTwice('tasks', tasks, keyIn),
    ...sameKeyTwice('notes', live(portal, 'notes'), noteKeyIn),
    ...bothSides(touches, tasks, (task) => companyOf(portal, task) !== null),
    ...parked
      .filter(({ reason }) => reason === null)
      .map(({ company_id: id }) => `${id} is parked without a reason`),
    ...(expected.mustNotPark === true
      ? parked.map(({ company_id: id, reason }) => `${id} is parked (${reason})`)
      : []),
    ...(await stuckRows(world, account, touches)),
    ...world.calls
      .violationsOf(account.portalId)
      .filter(({ rule }) => rule === 'intent' || expected.callsPastLeases !== true)
      .map(({ what }) => what),
    ...(expected.timesAreRough === true ? [] : callsOverLimit(world, account, expected.planted429s ?? false)),
  ];
  return { duplicates, missing: missing.length, parked: parked.length, violations };
}

async function touchesOf(world: Place, account: Account): Promise<readonly TouchRow[]> {
  const { rows } = await world.owner.query<TouchRow>(
    `SELECT company_id, key, state, reason, task_id, wake_at <= $2 AS is_due FROM touches WHERE portal_id = $1`,
    [account.portalId, world.clock.now()],
  );
  return rows;
}

function live(portal: PortalState, type: 'tasks' | 'notes'): readonly StoredObject[] {
  return [...(portal.objects.get(type)?.values() ?? [])].filter(({ archived }) => !archived);
}

function companyOf(portal: PortalState, task: StoredObject): string | null {
  const links = portal.links.get('tasks')?.get(task.id) ?? [];
  return links.find(({ to }) => to.type === 'companies')?.to.id ?? null;
}

/** No record of ours is there twice: a call's task, a conversation's note. */
function sameKeyTwice(what: string, records: readonly StoredObject[], keyOf: typeof keyIn): string[] {
  const ours = records.filter(({ properties }) => keyOf(properties) !== null);
  const byKey = groupBy(ours, ({ properties }) => keyOf(properties) ?? '');
  return [...byKey].flatMap(([key, list]) =>
    list.length < 2 ? [] : [`${list.length} ${what} carry the key ${key}`],
  );
}

/** What the ledger calls created is there, and what is there is in the ledger, or with a person. */
function bothSides(
  touches: readonly TouchRow[],
  tasks: readonly StoredObject[],
  isCheckIn: (task: StoredObject) => boolean,
): string[] {
  const live = new Set(tasks.map(({ id }) => id));
  const known = new Set(touches.map(({ task_id: id }) => id));
  const parkedKeys = new Set(touches.filter(({ state }) => state === 'parked').map(({ key }) => key));
  return [
    ...touches
      .filter((touch) => touch.state === 'created' && !live.has(touch.task_id ?? ''))
      .map((touch) => `company ${touch.company_id}: its created task is not in HubSpot`),
    ...tasks
      .filter(
        (task) => isCheckIn(task) && !known.has(task.id) && !parkedKeys.has(keyIn(task.properties) ?? ''),
      )
      .map((task) => `task ${task.id} is in HubSpot, and no row knows it`),
  ];
}

/** Nothing that is due may be left once all is quiet (I12). */
async function stuckRows(world: Place, account: Account, touches: readonly TouchRow[]): Promise<string[]> {
  const stuck = touches.filter(
    (touch) => touch.is_due || touch.state === 'sending' || touch.state === 'planned',
  );
  const { rows } = await world.owner.query<{ what: string; rows: number }>(
    `SELECT 'outbox' AS what, count(*)::int AS rows FROM outbox WHERE portal_id = $1 AND wake_at <= $2
     UNION ALL SELECT 'inbox', count(*)::int FROM webhook_inbox WHERE portal_id = $1 AND wake_at <= $2
     UNION ALL SELECT 'contacts', count(*)::int FROM companies WHERE portal_id = $1 AND wake_at <= $2`,
    [account.portalId, world.clock.now()],
  );
  return [
    ...stuck.map(
      (touch) => `company ${touch.company_id} is stuck as ${touch.state} (${touch.reason ?? 'no reason'})`,
    ),
    ...rows.filter((row) => row.rows > 0).map((row) => `${row.rows} rows are stuck in ${row.what}`),
  ];
}

/** The sandbox's own log decides: no ten seconds with more calls than the account allows (I11). */
function callsOverLimit(world: Place, account: Account, planted429s: boolean): string[] {
  const log = world.control.requests(account.portalId);
  const paced = log.filter(({ path }) => !path.startsWith('/oauth/') && !path.endsWith('/search'));
  const times = paced.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  const most = times.reduce(
    (max, from, index) => Math.max(max, times.filter((at, i) => i >= index && at < from + WINDOW_MS).length),
    0,
  );
  const refused = log.filter(({ status, faultId }) => status === 429 && faultId === undefined).length;
  return [
    ...(most > CALLS_PER_WINDOW ? [`${most} calls in ten seconds`] : []),
    ...(refused > 0 && !planted429s ? [`${refused} calls were refused over the limit`] : []),
  ];
}

function stateOf(touches: readonly TouchRow[], companyId: string): string {
  const rows = touches.filter((touch) => touch.company_id === companyId);
  return rows.length === 0
    ? 'no row'
    : rows.map(({ state, reason }) => `${state} ${reason ?? ''}`.trim()).join(', ');
}

function groupBy<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
