import { describe, expect, it } from '@jest/globals';
import { asCompanyId } from '../../src/core/model.ts';
import { createJobRunner, type JobRunner } from '../../src/jobs/runner.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
/** Archiving the old tasks, a minute's rest of the new ones, and making them. */
const ROUNDS = 4;

type Served = { readonly world: World; readonly deps: Deps; readonly runner: JobRunner };

/** An account in `zone` whose present quarter is planned and out, and the worker that serves it. */
async function inQuarter(at: string | { readonly zone: string }, fiscalStartMonth = 1): Promise<Served> {
  const account = typeof at === 'string' ? { zone: at } : at;
  const world = await worlds.fresh({
    settings: { releaseHorizon: 'cycle', fiscalStartMonth },
    portal: { timeZone: account.zone },
  });
  const deps: Deps = {
    ...world.deps,
    hubspot: {
      ...world.deps.hubspot,
      accountDetails: () => Promise.resolve({ timeZone: account.zone, uiDomain: 'app.hubspot.com' }),
    },
  };
  const runner = createJobRunner(deps, 'the worker');
  await work(world, runner);
  return { world, deps, runner };
}

function addCompany(world: World, id: string): void {
  const [known] = world.deps.fake.companies.values();
  if (known === undefined) throw new Error('There are no companies.');
  const companyId = asCompanyId(id);
  world.deps.fake.companies.set(companyId, { ...known, companyId });
}

async function work(world: World, runner: JobRunner, from?: string): Promise<void> {
  if (from !== undefined) world.clock.set(from);
  for (let round = 0; round < ROUNDS; round += 1) {
    await runner.runDue();
    world.clock.advance(MINUTE_MS + 1);
  }
}

const counts = (world: World, cycle: string) =>
  world.inside((scope) => world.store.touches.countByState(scope, cycle));
const cycleOf = (world: World, cycle: string) =>
  world.inside((scope) => world.store.touches.cycle(scope, cycle));
const companiesWithTask = (world: World) =>
  [...world.deps.fake.tasks.values()].map(({ draft }) => draft.companyId).sort();
const EACH_ONCE = ['201', '202', '203', '204'];

describe('the turn of a quarter', () => {
  it.each([
    ['America/Chicago', 1, '2026-Q3', '2026-Q4', '2026-10-01T04:54:00Z', '2026-10-01T05:11:00Z'],
    // Thirteen hours ahead of UTC: its October begins while September has half a day left.
    ['Pacific/Auckland', 1, '2026-Q3', '2026-Q4', '2026-09-30T10:54:00Z', '2026-09-30T11:11:00Z'],
    // The clocks go back on the first day of this account's year, a day of 25 hours.
    ['America/Chicago', 11, '2025-Q4', '2026-Q1', '2026-11-01T04:54:00Z', '2026-11-01T05:11:00Z'],
  ])(
    'comes at midnight in %s (year from month %i): %s is closed, then %s is read, planned and made',
    async (zone, fiscalStartMonth, old, next, before, after) => {
      const { world, runner } = await inQuarter(zone, fiscalStartMonth);
      const atFirst = await counts(world, old);

      await work(world, runner, before);
      const early = await cycleOf(world, next);
      await work(world, runner, after);

      expect(atFirst).toMatchObject({ created: 4 });
      expect(early).toBeNull();
      expect((await cycleOf(world, old))?.closedAt).not.toBeNull();
      expect(await counts(world, old)).toMatchObject({ missed: 4, created: 0 });
      expect(await counts(world, next)).toMatchObject({ created: 4, planned: 0 });
      expect(companiesWithTask(world)).toEqual(EACH_ONCE);
    },
  );

  it('is made up for where no worker ran for two days around it', async () => {
    const { world, runner } = await inQuarter('America/Chicago');

    await work(world, runner, '2026-10-02T15:00:00Z');

    const dueOn = await world.inside((scope) =>
      world.store.touches.ofCycleInStates(scope, '2026-Q4', ['created'], 10),
    );
    expect(await counts(world, '2026-Q3')).toMatchObject({ missed: 4 });
    expect(companiesWithTask(world)).toEqual(EACH_ONCE);
    expect(dueOn.map((touch) => touch.dueOn >= '2026-10-02')).toEqual([true, true, true, true]);
  });

  it('happens once where the clock goes back over it, also for a customer who comes meanwhile', async () => {
    const { world, deps, runner } = await inQuarter('America/Chicago');
    await work(world, runner, '2026-10-01T05:11:00Z');
    const closedAt = (await cycleOf(world, '2026-Q3'))?.closedAt;

    world.clock.set('2026-10-01T04:30:00Z');
    addCompany(world, '209');
    // Not by the runner: its leases lie ahead of the clock that went back.
    await refreshPortal(deps, world.portalId);
    await planCycle(deps, world.portalId);
    await releaseTouches(deps, world.portalId);
    const back = companiesWithTask(world);
    const isPlannedAgain = await world.store.inTenant(world.portalId, (scope) =>
      world.store.system.isDue(scope, 'planCycle', world.clock.now()),
    );
    await work(world, runner, '2026-10-01T05:11:00Z');
    await work(world, runner, '2026-10-02T05:11:00Z');

    expect(back).toEqual(EACH_ONCE);
    expect(isPlannedAgain).toBe(false);
    expect((await cycleOf(world, '2026-Q3'))?.closedAt).toEqual(closedAt);
    expect(await counts(world, '2026-Q3')).toMatchObject({ missed: 4, planned: 0, created: 0 });
    expect(await counts(world, '2026-Q4')).toMatchObject({ created: 5 });
    expect(companiesWithTask(world)).toEqual([...EACH_ONCE, '209']);
  });

  it('happens once where the account moves to a zone in which it is still to come', async () => {
    const account = { zone: 'Pacific/Auckland' };
    const { world, runner } = await inQuarter(account);
    await work(world, runner, '2026-09-30T11:11:00Z');

    account.zone = 'America/Los_Angeles';
    addCompany(world, '209');
    await world.inside((scope) => world.store.portals.update(scope, { planRequestedAt: world.clock.now() }));
    await work(world, runner);
    const between = companiesWithTask(world);
    await work(world, runner, '2026-10-01T07:11:00Z');

    expect(between).toEqual(EACH_ONCE);
    expect(await counts(world, '2026-Q3')).toMatchObject({ missed: 4, planned: 0, created: 0 });
    expect(await counts(world, '2026-Q4')).toMatchObject({ created: 5 });
    expect(companiesWithTask(world)).toEqual([...EACH_ONCE, '209']);
  });

  it('takes a customer who came in its last hour into both quarters, one open task at a time', async () => {
    const { world, runner } = await inQuarter('America/Chicago');
    world.clock.set('2026-10-01T04:10:00Z');
    addCompany(world, '209');
    await world.inside((scope) => world.store.portals.update(scope, { planRequestedAt: world.clock.now() }));

    await work(world, runner);
    const lastHour = companiesWithTask(world);
    await work(world, runner, '2026-10-01T05:11:00Z');

    expect(lastHour).toEqual([...EACH_ONCE, '209']);
    expect(companiesWithTask(world)).toEqual([...EACH_ONCE, '209']);
    expect(await counts(world, '2026-Q4')).toMatchObject({ created: 5 });
  });
});
