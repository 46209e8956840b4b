import { describe, expect, it } from '@jest/globals';
import { asCompanyId, type CompanyId } from '../../src/core/model.ts';
import type { CompanyRecord, HubSpotGateway } from '../../src/usecases/hubspot-port.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import type { JobName } from '../../src/usecases/records.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, CYCLE, T0, useWorlds, type World, type WorldChange } from '../support/world.ts';

const worlds = useWorlds();
const PAGE = 200;

/** An account whose tasks are made for the whole cycle at once, with `more` customers nobody has read yet. */
async function withCustomers(more: number, change: WorldChange = {}): Promise<World> {
  const world = await worlds.fresh({ ...change, settings: { releaseHorizon: 'cycle', ...change.settings } });
  for (let id = 100_000; id < 100_000 + more; id += 1) addCompany(world, asCompanyId(String(id)));
  world.clock.advance(MINUTE_MS);
  return world;
}

function addCompany(world: World, companyId: CompanyId, change: Partial<CompanyRecord> = {}): void {
  const sample = world.deps.fake.companies.get(COMPANY);
  if (sample === undefined) throw new Error('The sample is gone.');
  world.deps.fake.companies.set(companyId, { ...sample, companyId, ...change });
}

/**
 * Reads all customers; once `beforePage` comes back, the page of that number (from 0) is handed over. Returns which jobs were
 * woken, each with the page before which it was.
 */
async function readWhile(
  world: World,
  beforePage: (page: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<readonly (readonly [number, JobName])[]> {
  const woken: [number, JobName][] = [];
  let handed = 0;
  const companyPages: HubSpotGateway['companyPages'] = async function* (...input) {
    for await (const page of world.deps.fake.gateway.companyPages(...input)) {
      // The people are read beside the first page; here they come before it.
      await new Promise((resolve) => setTimeout(resolve, 5));
      await beforePage(handed);
      handed += 1;
      yield page;
    }
  };
  const deps: Deps = {
    ...world.deps,
    hubspot: { ...world.deps.hubspot, companyPages },
    queue: {
      wake: (job) => {
        woken.push([handed, job]);
        return Promise.resolve();
      },
    },
  };
  await refreshPortal(deps, world.portalId);
  return woken;
}

const plannedNow = async (world: World): Promise<number> =>
  (await world.inside((scope) => world.store.touches.countByState(scope, CYCLE))).planned;

const portalOf = (world: World) => world.inside((scope) => world.store.portals.find(scope));

/** What a worker does when the first page has woken it. */
const whenPage = (number: number, work: () => Promise<unknown>) => (page: number) =>
  page === number ? work() : Promise.resolve();

describe('planning while the customers are still read', () => {
  it('plans what the read has met, then each page with its companies, and the last page after the read', async () => {
    const world = await withCustomers(3 * PAGE);
    const seen: number[] = [];
    const begin = whenPage(1, () => planCycle(world.deps, world.portalId));

    const woken = await readWhile(world, async (page) => {
      await begin(page);
      seen.push(await plannedNow(world));
    });
    const afterRead = await plannedNow(world);
    await planCycle(world.deps, world.portalId);

    expect(seen).toEqual([0, PAGE, 2 * PAGE, 3 * PAGE]);
    expect(afterRead).toBe(3 * PAGE);
    expect(woken).toEqual([
      [1, 'planCycle'],
      [2, 'releaseTouches'],
      [3, 'releaseTouches'],
      [4, 'planCycle'],
    ]);
    expect(await plannedNow(world)).toBe(3 * PAGE + 4);
  });

  it('counts the cycle as planned only once everything is read', async () => {
    const world = await withCustomers(2 * PAGE);
    let during: Date | null | undefined;

    await readWhile(
      world,
      whenPage(1, async () => {
        await planCycle(world.deps, world.portalId);
        during = (await portalOf(world))?.plannedAt;
      }),
    );
    await planCycle(world.deps, world.portalId);

    expect(during).toBeNull();
    expect((await portalOf(world))?.plannedAt).toEqual(world.clock.now());
  });

  it('keeps each caller’s days as level as a plan in one go', async () => {
    const world = await withCustomers(3 * PAGE);

    await readWhile(
      world,
      whenPage(1, () => planCycle(world.deps, world.portalId)),
    );
    await planCycle(world.deps, world.portalId);

    const touches = await world.inside((scope) =>
      world.store.touches.ofCycleInStates(scope, CYCLE, ['planned'], 1_000),
    );
    const [caller] = touches;
    const perDay = new Map<string, number>();
    for (const { callerUserId, dueOn } of touches)
      if (callerUserId === caller?.callerUserId) perDay.set(dueOn, (perDay.get(dueOn) ?? 0) + 1);
    expect(Math.max(...perDay.values()) - Math.min(...perDay.values())).toBeLessThanOrEqual(1);
  });

  it('leaves a customer of earlier whom this read has not met to its end', async () => {
    const world = await withCustomers(2 * PAGE);
    world.deps.fake.companies.delete(COMPANY);

    await readWhile(
      world,
      whenPage(1, () => planCycle(world.deps, world.portalId)),
    );
    await planCycle(world.deps, world.portalId);

    const touch = await world.inside((scope) => world.store.touches.ofCompany(scope, COMPANY, CYCLE));
    expect(touch).toBeNull();
    expect(await plannedNow(world)).toBe(2 * PAGE + 3);
  });

  it.each([
    ['branches belong to their parent, who may come later', { settings: { combineBranches: true } }],
    ['the program has not started', { portal: { startedAt: null } }],
  ] as const)('waits for the end of the read where %s', async (_why, change) => {
    const world = await withCustomers(2 * PAGE, change);
    const begin = whenPage(1, () => planCycle(world.deps, world.portalId));

    await readWhile(world, begin);

    expect(await plannedNow(world)).toBe(0);
  });

  it('plans new customers of a cycle begun earlier page by page, but not where branches belong to their parent', async () => {
    const plain = await withCustomers(0);
    const combining = await withCustomers(0, { settings: { combineBranches: true } });
    for (const world of [plain, combining]) {
      await planCycle(world.deps, world.portalId);
      for (let id = 100_000; id < 100_000 + 2 * PAGE; id += 1) addCompany(world, asCompanyId(String(id)));
      world.clock.advance(MINUTE_MS);
      await readWhile(world);
    }

    // The first page waits for the end of the read in any case: whether there is a second one is not known before.
    expect(await plannedNow(plain)).toBe(4 + PAGE);
    expect(await plannedNow(combining)).toBe(4);
  });

  it('waits for the next read where somebody changed meanwhile who is a customer', async () => {
    const world = await withCustomers(2 * PAGE);

    await readWhile(
      world,
      whenPage(1, async () => {
        world.clock.advance(1_000);
        const planRequestedAt = world.clock.now();
        await world.inside((scope) => world.store.portals.update(scope, { planRequestedAt }));
        await planCycle(world.deps, world.portalId);
      }),
    );

    expect(await plannedNow(world)).toBe(0);
  });

  it('plans no page on the last day of a cycle, which may be closed meanwhile', async () => {
    const world = await withCustomers(2 * PAGE);
    world.clock.set('2026-09-30T15:00:00Z');
    const atPage: number[] = [];
    const begin = whenPage(1, () => planCycle(world.deps, world.portalId));

    await readWhile(world, async (page) => {
      await begin(page);
      atPage.push(await plannedNow(world));
    });

    expect(atPage).toEqual([0, PAGE, PAGE]);
  });

  it.each([
    ['the first read', {}],
    ['the first read of a quarter', { plannedAt: new Date(Date.parse(T0) - MINUTE_MS) }],
  ])('makes all tasks of %s before it reads the contacts for their texts', async (_which, portal) => {
    const companiesReadAt = new Date(Date.parse(T0) - 2 * MINUTE_MS);
    const world = await withCustomers(2 * PAGE, { portal: { companiesReadAt, ...portal } });
    const woken: JobName[] = [];
    const queue = { wake: (job: JobName) => Promise.resolve(void woken.push(job)) };
    const release = () => releaseTouches({ ...world.deps, queue }, world.portalId);

    await readWhile(
      world,
      whenPage(1, async () => {
        await planCycle(world.deps, world.portalId);
        await release();
      }),
    );
    await release();
    const early = [...woken];
    await planCycle(world.deps, world.portalId);
    await release();

    expect(early).toEqual([]);
    expect(woken).toEqual(['readContacts']);
    expect(world.deps.fake.tasks.size).toBe(2 * PAGE + 4);
  });

  it('goes on with the page after the last one planned where the read is cut off', async () => {
    const world = await withCustomers(3 * PAGE);
    const cut = readWhile(world, async (page) => {
      if (page === 1) await planCycle(world.deps, world.portalId);
      if (page === 2) throw new Error('cut off');
    });
    await expect(cut).rejects.toThrow('cut off');
    const before = await plannedNow(world);

    world.clock.advance(DAY_MS / 24);
    await readWhile(world);
    await planCycle(world.deps, world.portalId);

    expect(before).toBe(2 * PAGE);
    expect(await plannedNow(world)).toBe(3 * PAGE + 4);
  });
});
