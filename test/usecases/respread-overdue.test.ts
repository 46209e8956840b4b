import { describe, expect, it } from '@jest/globals';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { DAY_MS } from '../support/deps.ts';
import {
  COMPANY,
  FREE_COMPANY,
  OTHER_COMPANY,
  OWN_COMPANY,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();

async function nightly(world: World): Promise<void> {
  await syncTasks(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const tasksAndMoves = (world: World) => [
  world.deps.fake.tasks.size,
  world.deps.fake.callsOf('updateTasks').length,
];

describe('calls that were not made in time', () => {
  it('find a new day to capacity, in HubSpot too', async () => {
    const world = await worlds.fresh({ settings: { checkInsPerWeek: 10 } });
    const touches = [];
    for (const companyId of [COMPANY, OTHER_COMPANY, OWN_COMPANY]) touches.push(await world.plan(companyId));
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(DAY_MS);

    await nightly(world);

    const days = await Promise.all(touches.map(async ({ touchId }) => (await world.touch(touchId)).dueOn));
    expect(days.sort()).toEqual(['2026-08-13', '2026-08-13', '2026-08-14']);
    expect([...world.deps.fake.tasks.values()].map(({ dueAt }) => dueAt?.toISOString()).sort()).toEqual([
      '2026-08-13T14:00:00.000Z',
      '2026-08-13T14:00:00.000Z',
      '2026-08-14T14:00:00.000Z',
    ]);
  });

  it('keep their new day the night after: our own move is nobody else’s', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(DAY_MS);

    await nightly(world);
    await nightly(world);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-08-13', movedByPerson: false });
    expect(world.deps.fake.callsOf('updateTasks')).toHaveLength(1);
  });

  it('stay where a person put them', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(FREE_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    await world.inside((scope) => world.store.touches.update(scope, touchId, { movedByPerson: true }));
    world.clock.advance(DAY_MS);

    await nightly(world);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-08-12' });
  });

  it('are moved before their task is made, too', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.clock.advance(DAY_MS);

    await nightly(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned', dueOn: '2026-08-13' });
    expect(tasksAndMoves(world)).toEqual([0, 0]);
    expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_next_due: '2026-08-13' });
  });

  it('are still made on the last day of the quarter', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.clock.set('2026-09-30T15:00:00Z');

    await nightly(world);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-09-30' });
  });
});
