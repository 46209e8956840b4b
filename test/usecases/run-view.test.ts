import { describe, expect, it } from '@jest/globals';
import { loadPortal } from '../../src/usecases/person.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { runView } from '../../src/usecases/run-view.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, FREE_COMPANY, OTHER_COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const HOUR_MS = 60 * MINUTE_MS;

const viewOf = (world: World) =>
  world.inside(async (scope) => runView(world.deps, scope, await loadPortal(world.deps, scope)));

describe('the view of a run', () => {
  it('tells what is made, what can be made now, the pace and the end', async () => {
    const world = await worlds.fresh();
    const made = [await world.plan(COMPANY), await world.plan(OTHER_COMPANY)];
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(MINUTE_MS);
    await world.plan(FREE_COMPANY);

    const view = await viewOf(world);

    expect(made).toHaveLength(2);
    expect(view).toMatchObject({
      state: 'creating',
      done: 2,
      leftNow: 1,
      ratePerMinute: 2,
      expectedEndAt: new Date(world.clock.now().getTime() + MINUTE_MS / 2).toISOString(),
      message: 'Tasks are being made: 2 done, 1 to go, about 1 minute left.',
    });
  });

  it('counts apart what follows closer to its day, and is idle meanwhile', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY);
    await releaseTouches(world.deps, world.portalId);
    await world.plan(OTHER_COMPANY, { releaseAt: new Date(world.clock.now().getTime() + HOUR_MS) });

    const view = await viewOf(world);

    expect(view).toMatchObject({ state: 'idle', done: 1, left: 1, leftNow: 0, ratePerMinute: null });
    expect(view.message).toBe('One task is in HubSpot. One follows closer to its day.');
  });

  it.each([
    ['refused', 'refuses our tasks: a permission was taken back'],
    ['lost', 'does not say what became of one task'],
  ] as const)('says why a run rests (%s)', async (fate, why) => {
    const world = await worlds.fresh();
    await world.plan(COMPANY);
    world.deps.fake.fates.push(fate);
    await releaseTouches(world.deps, world.portalId).catch(() => undefined);
    world.clock.advance(MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);

    const resting = await viewOf(world);
    await releaseTouches(world.deps, world.portalId);
    const after = await viewOf(world);

    expect(resting).toMatchObject({ state: 'paused', done: 0, left: 1 });
    expect(resting.message).toContain(why);
    expect(resting.message).toMatch(/ 0 done, 1 to go\.$/);
    expect(after).toMatchObject({ state: 'idle', message: 'One task is in HubSpot.' });
  });

  it('does not rest over one task in doubt while others are made', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY);
    await world.plan(OTHER_COMPANY);
    world.deps.fake.fates.push('lost', 'created');
    await releaseTouches(world.deps, world.portalId);

    const { state } = await viewOf(world);

    expect(state).toBe('creating');
  });

  it('forgets a pace of long ago', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY);
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(HOUR_MS);
    await world.plan(OTHER_COMPANY);

    expect(await viewOf(world)).toMatchObject({
      state: 'creating',
      ratePerMinute: null,
      expectedEndAt: null,
    });
  });
});
