import { describe, expect, it } from '@jest/globals';
import { createJobRunner, type JobRunner } from '../../src/jobs/runner.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
/** Archiving the old tasks, a minute's rest of the new ones, and making them. */
const ROUNDS = 4;

/** An account in `zone` whose present quarter is planned and out, and the worker that serves it. */
async function inQuarter(zone: string, fiscalStartMonth = 1): Promise<{ world: World; runner: JobRunner }> {
  const world = await worlds.fresh({
    settings: { releaseHorizon: 'cycle', fiscalStartMonth },
    portal: { timeZone: zone },
  });
  const deps: Deps = {
    ...world.deps,
    hubspot: {
      ...world.deps.hubspot,
      accountDetails: () => Promise.resolve({ timeZone: zone, uiDomain: 'app.hubspot.com' }),
    },
  };
  const runner = createJobRunner(deps, 'the worker');
  await work(world, runner);
  return { world, runner };
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

  it('happens once where the clock goes back over it', async () => {
    const { world, runner } = await inQuarter('America/Chicago');
    await work(world, runner, '2026-10-01T05:11:00Z');
    const closedAt = (await cycleOf(world, '2026-Q3'))?.closedAt;

    await work(world, runner, '2026-10-01T04:30:00Z');
    const back = companiesWithTask(world);
    await work(world, runner, '2026-10-01T05:11:00Z');

    expect(back).toEqual(EACH_ONCE);
    expect((await cycleOf(world, '2026-Q3'))?.closedAt).toEqual(closedAt);
    expect(await counts(world, '2026-Q3')).toMatchObject({ missed: 4, planned: 0, created: 0 });
    expect(await counts(world, '2026-Q4')).toMatchObject({ created: 4 });
    expect(companiesWithTask(world)).toEqual(EACH_ONCE);
  });

  it('takes a customer who came in its last hour into both quarters, one open task at a time', async () => {
    const { world, runner } = await inQuarter('America/Chicago');
    const [known] = world.deps.fake.companies.values();
    if (known === undefined) throw new Error('There are no companies.');
    const newcomer = { ...known, companyId: '209' as typeof known.companyId };
    world.clock.set('2026-10-01T04:10:00Z');
    world.deps.fake.companies.set(newcomer.companyId, newcomer);
    await world.inside((scope) => world.store.portals.update(scope, { planRequestedAt: world.clock.now() }));

    await work(world, runner);
    const lastHour = companiesWithTask(world);
    await work(world, runner, '2026-10-01T05:11:00Z');

    expect(lastHour).toEqual([...EACH_ONCE, '209']);
    expect(companiesWithTask(world)).toEqual([...EACH_ONCE, '209']);
    expect(await counts(world, '2026-Q4')).toMatchObject({ created: 5 });
  });
});
