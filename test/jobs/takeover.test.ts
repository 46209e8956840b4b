import { describe, expect, it } from '@jest/globals';
import { createJobRunner } from '../../src/jobs/runner.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { asCompanyId } from '../../src/core/model.ts';
import { COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const SECOND_MS = 1_000;
const runnerOf = (deps: Deps, holder: string) => createJobRunner(deps, holder);

/** Dies while its first batch is on its way: HubSpot made the tasks, and nobody here ever hears of it. */
async function dieInMidBatch(world: World): Promise<void> {
  const made = new Promise<void>((resolve) => {
    const dying: Deps = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        createTasks: async (...input) => {
          await world.deps.fake.gateway.createTasks(...input);
          resolve();
          return new Promise(() => undefined);
        },
      },
    };
    void runnerOf(dying, 'dead').runOne('releaseTouches', world.portalId);
  });
  await made;
}

const stateOf = (world: World) => world.inside((scope) => world.store.touches.countByState(scope, '2026-Q3'));

describe('the work of a process that died', () => {
  it('is taken over within a minute, and every task is there once', async () => {
    const world = await worlds.fresh();
    const at = world.clock.now();
    await world.inside((scope) => world.store.portals.update(scope, { plannedAt: at, reconciledAt: at }));
    await world.plan();
    await dieInMidBatch(world);
    const later = asCompanyId('9001');
    await world.plan(later);
    const survivor = runnerOf(world.deps, 'alive');

    world.clock.advance(44 * SECOND_MS);
    await survivor.runDue();
    const tooEarly = await stateOf(world);
    // A worker looks every five seconds, so what it takes over within a minute is due by then.
    world.clock.advance(11 * SECOND_MS);
    await survivor.runDue();

    const companies = [...world.deps.fake.tasks.values()].map(({ draft }) => draft.companyId).sort();
    expect(tooEarly).toMatchObject({ sending: 1, created: 0 });
    expect(await stateOf(world)).toMatchObject({ created: 2, sending: 0, planned: 0 });
    expect(companies).toEqual([COMPANY, later]);
  });
});

describe('a job whose lease is gone', () => {
  it('is told to come to rest, and leaves the lease to the one who has it', async () => {
    const world = await worlds.fresh();
    const ids = Array.from({ length: 20 }, (_, index) => asCompanyId(String(9_000 + index)));
    for (const id of ids) await world.plan(id);
    const deps: Deps = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        maxBatch: 1,
        createTasks: async (...input) => {
          if (world.deps.fake.tasks.size === 0) world.clock.advance(46 * SECOND_MS);
          await world.inside((scope) => world.store.leases.take(scope, 'touches', 'other', 45_000));
          return world.deps.fake.gateway.createTasks(...input);
        },
      },
    };

    await runnerOf(deps, 'slow').runOne('releaseTouches', world.portalId);
    const { created, planned } = await stateOf(world);
    const third = await world.inside((scope) => world.store.leases.take(scope, 'touches', 'third', 45_000));

    expect(created).toBeGreaterThan(0);
    expect(planned).toBeGreaterThan(0);
    expect(created + planned).toBe(20);
    expect(third).toBeNull();
  });
});

describe('what is due', () => {
  it('is not shown to a second worker while somebody works on it, and is once that one is gone', async () => {
    const world = await worlds.fresh();
    await world.plan();
    const runner = runnerOf(world.deps, 'second');
    const jobsHere = async () =>
      (await runner.dueTurns()).turns
        .filter(({ portalId }) => portalId === world.portalId)
        .flatMap(({ jobs }) => jobs);

    const free = await jobsHere();
    await world.inside((scope) => world.store.leases.take(scope, 'touches', 'first', 45_000));
    const held = await jobsHere();
    world.clock.advance(45 * SECOND_MS);
    const expired = await jobsHere();

    expect(free).toContain('releaseTouches');
    expect(held).not.toContain('releaseTouches');
    expect(expired).toContain('releaseTouches');
  });

  it('does not hide behind what rests after a failure', async () => {
    const world = await worlds.fresh();
    await world.plan();
    const runner = runnerOf(world.deps, 'one');
    world.deps.fake.failNext('createTasks', 'hubspot_unavailable');

    await runner.runOne('releaseTouches', world.portalId);
    world.clock.advance(60 * SECOND_MS);
    world.deps.fake.failNext('createTasks', 'hubspot_unavailable');
    await runner.runOne('releaseTouches', world.portalId);
    const resting = (await runner.dueTurns()).turns.filter(({ portalId }) => portalId === world.portalId);

    expect(resting.flatMap(({ jobs }) => jobs)).not.toContain('releaseTouches');
  });
});
