import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closeCycle } from '../../src/usecases/close-cycle.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { reopenTouch } from '../../src/usecases/skip-touch.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, CYCLE, OTHER_COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

/** A task whose quarter is over, and of which HubSpot told nothing since it was made. */
async function atTheTurn(): Promise<{ world: World; touchId: string; taskId: string }> {
  const world = await worlds.fresh();
  const { touchId } = await world.plan(COMPANY);
  await releaseTouches(world.deps, world.portalId);
  const { taskId } = await world.touch(touchId);
  world.clock.set('2026-10-01T05:00:00Z');
  return { world, touchId, taskId: String(taskId) };
}

/** Answered ten minutes before the turn and taken back three after it. */
async function undoneAcrossTheTurn(
  meanwhile = (world: World) => closeCycle(world.deps, world.portalId),
): Promise<{ world: World; touchId: string }> {
  const { world, touchId } = await atTheTurn();
  world.clock.set('2026-10-01T04:50:00Z');
  const { saved } = await world.record({ happenedOn: '2026-09-30' });
  world.clock.set('2026-10-01T05:01:00Z');
  await meanwhile(world);
  world.clock.set('2026-10-01T05:03:00Z');
  await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: randomUUID() });
  return { world, touchId };
}

const cycleOf = (world: World) => world.inside((scope) => world.store.touches.cycle(scope, CYCLE));

describe('a quarter that is over', () => {
  it('counts what was ticked off in HubSpot on its last evening as done, and keeps that task', async () => {
    const { world, touchId, taskId } = await atTheTurn();
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId, completed: true }]);

    await closeCycle(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'closedOutsideCard' });
    expect([...world.deps.fake.tasks.keys()]).toEqual([taskId]);
  });

  it('stays open for as long as HubSpot cannot be asked', async () => {
    const { world, touchId } = await atTheTurn();
    world.deps.fake.failNext('readTasks', 'hubspot_unavailable');

    const closing = closeCycle(world.deps, world.portalId);

    await expect(closing).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
    await closeCycle(world.deps, world.portalId);
    expect(await world.touch(touchId)).toMatchObject({ state: 'missed' });
  });

  it('asks HubSpot once for all of its tasks', async () => {
    const { world } = await atTheTurn();
    await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);

    await closeCycle(world.deps, world.portalId);
    await closeCycle(world.deps, world.portalId);

    expect(world.deps.fake.callsOf('readTasks')).toHaveLength(1);
  });

  it('is not closed where the process stops before HubSpot was asked', async () => {
    const { world, touchId } = await atTheTurn();

    await closeCycle({ ...world.deps, isStopping: () => true }, world.portalId);

    expect(world.deps.fake.callsOf('readTasks')).toEqual([]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('takes what a person opened again after its close out of HubSpot with the next night', async () => {
    const { world, touchId, taskId } = await atTheTurn();
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId, completed: true }]);
    await closeCycle(world.deps, world.portalId);
    const closed = await cycleOf(world);
    await reopenTouch(world.deps, world.manager, touchId, { submissionId: randomUUID() });
    await deliverOutbox(world.deps, world.portalId);
    const opened = [...world.deps.fake.tasks.values()];
    world.clock.advance(DAY_MS);

    await closeCycle(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(opened).toMatchObject([{ completed: false }]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'missed', reason: 'cycleOver' });
    expect([...world.deps.fake.tasks.keys()]).toEqual([]);
    expect((await cycleOf(world))?.closedAt).toEqual(closed?.closedAt);
  });

  it('is still open for a call whose answer was taken back a moment ago', async () => {
    const { world, touchId } = await undoneAcrossTheTurn();

    await closeCycle(world.deps, world.portalId);
    const between = await world.touch(touchId);
    await world.record({ happenedOn: '2026-09-30' });
    await closeCycle(world.deps, world.portalId);

    expect(between).toMatchObject({ state: 'created' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'answered' });
  });

  it('is over the next night for a call whose answer was taken back and never given again', async () => {
    const { world, touchId } = await undoneAcrossTheTurn();

    world.clock.advance(DAY_MS);
    await closeCycle(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'missed', reason: 'cycleOver' });
  });

  it('leaves open what was taken back a moment before its end', async () => {
    const { world, touchId } = await undoneAcrossTheTurn(() => Promise.resolve());

    await closeCycle(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
    expect((await cycleOf(world))?.closedAt).toEqual(world.clock.now());
  });
});
