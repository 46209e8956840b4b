import { describe, expect, it } from '@jest/globals';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import type { TaskDraft } from '../../src/usecases/hubspot-port.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { COMPANY, CYCLE, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

const planned = (world: World, cycle: string) =>
  world.inside((scope) => world.store.touches.ofCycleInStates(scope, cycle, ['planned'], 100));

const companiesOf = (drafts: unknown) => (drafts as TaskDraft[]).map(({ companyId }) => companyId).sort();
const companiesWithTask = (world: World) =>
  companiesOf([...world.deps.fake.tasks.values()].map(({ draft }) => draft));

describe('planning a cycle', () => {
  it('uses its last day too', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-09-30T15:00:00Z');

    await planCycle(world.deps, world.portalId);

    const days = (await planned(world, CYCLE)).map(({ dueOn }) => dueOn);
    expect(days).toEqual(['2026-09-30', '2026-09-30', '2026-09-30', '2026-09-30']);
  });

  it('closes the one before first, and makes no new task while the old one is in HubSpot', async () => {
    const world = await worlds.fresh({ settings: { releaseHorizon: 'cycle' } });
    const old = await world.plan();
    await releaseTouches(world.deps, world.portalId);
    world.clock.set('2026-10-01T05:00:30Z');

    await planCycle(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);
    const early = companiesWithTask(world);
    const woken: string[] = [];
    const queue = { wake: (job: string) => Promise.resolve(void woken.push(job)) };
    await deliverOutbox({ ...world.deps, queue }, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(old.touchId)).toMatchObject({ state: 'missed' });
    expect(early).toEqual(['201', '202', '203', '204']);
    expect(woken).toEqual(['releaseTouches']);
    expect(world.deps.fake.callsOf('createTasks').map(({ input }) => companiesOf(input))).toEqual([
      ['201'],
      ['202', '203', '204'],
      ['201'],
    ]);
    expect(companiesWithTask(world)).toEqual(['201', '202', '203', '204']);
  });

  it('takes no company whose stage was taken out of the settings since the last read', async () => {
    const world = await worlds.fresh({ settings: { lifecycleStages: ['customer', 'evangelist'] } });
    const evangelist = world.deps.fake.companies.get(COMPANY);
    if (evangelist === undefined) throw new Error('There is no such company.');
    await world.inside((scope) =>
      world.store.companies.upsertRead(
        scope,
        [{ ...evangelist, lifecycleStage: 'evangelist' }],
        world.clock.now(),
      ),
    );
    await world.program({ lifecycleStages: ['customer'] });

    await planCycle(world.deps, world.portalId);

    expect((await planned(world, CYCLE)).map(({ companyId }) => companyId).sort()).toEqual([
      '202',
      '203',
      '204',
    ]);
  });
});
