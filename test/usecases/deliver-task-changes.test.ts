import { describe, expect, it } from '@jest/globals';
import { closeCycle } from '../../src/usecases/close-cycle.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { MINUTE_MS } from '../support/deps.ts';
import {
  COMPANY,
  FREE_COMPANY,
  OTHER_COMPANY,
  OWN_COMPANY,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();

/** Four open tasks whose quarter is over. */
async function atTheTurn(): Promise<World> {
  const world = await worlds.fresh();
  for (const companyId of [COMPANY, OTHER_COMPANY, OWN_COMPANY, FREE_COMPANY]) await world.plan(companyId);
  await releaseTouches(world.deps, world.portalId);
  world.clock.set('2026-10-01T15:00:00Z');
  await closeCycle(world.deps, world.portalId);
  return world;
}

describe('the tasks of a quarter that is over', () => {
  it('leave HubSpot in one call', async () => {
    const world = await atTheTurn();

    await deliverOutbox(world.deps, world.portalId);

    expect(world.deps.fake.tasks.size).toBe(0);
    expect(world.deps.fake.callsOf('archiveTasks')).toHaveLength(1);
  });

  it('all wait where HubSpot cannot be reached, without a call for each', async () => {
    const world = await atTheTurn();
    world.deps.fake.failNext('archiveTasks', 'hubspot_unavailable');

    await deliverOutbox(world.deps, world.portalId);
    const waiting = world.deps.fake.tasks.size;
    world.clock.advance(MINUTE_MS);
    await deliverOutbox(world.deps, world.portalId);

    expect(waiting).toBe(4);
    expect(world.deps.fake.tasks.size).toBe(0);
    expect(world.deps.fake.callsOf('archiveTasks')).toHaveLength(2);
  });

  it('are sent one by one where HubSpot refuses them together', async () => {
    const world = await atTheTurn();
    world.deps.fake.failNext('archiveTasks', 'hubspot_rejected');

    await deliverOutbox(world.deps, world.portalId);

    expect(world.deps.fake.tasks.size).toBe(0);
    expect(world.deps.fake.callsOf('archiveTasks')).toHaveLength(5);
  });
});
