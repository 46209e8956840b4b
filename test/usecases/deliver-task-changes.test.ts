import { describe, expect, it } from '@jest/globals';
import { closeCycle } from '../../src/usecases/close-cycle.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { addTaskWrite } from '../../src/usecases/touch-outbox.ts';
import type { Touch } from '../../src/usecases/records.ts';
import { asCompanyId } from '../../src/core/model.ts';
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

type Kind = Parameters<typeof addTaskWrite>[2];

/** Touches with tasks in HubSpot, and these changes of each waiting in the outbox. */
async function withChanges(
  world: World,
  count: number,
  changes: readonly (readonly [Kind, Readonly<Record<string, unknown>>])[],
): Promise<readonly Touch[]> {
  const touches: Touch[] = [];
  for (let at = 0; at < count; at += 1) {
    const { touchId } = await world.plan(asCompanyId(String(70_000 + at)));
    await world.inside((scope) =>
      world.store.touches.update(scope, touchId, { state: 'created', taskId: String(80_000 + at) }),
    );
    touches.push(await world.touch(touchId));
  }
  await world.inside(async (scope) => {
    for (const touch of touches)
      for (const [kind, payload] of changes)
        await addTaskWrite(world.deps, scope, kind, touch, payload, world.clock.now());
  });
  return touches;
}

describe('changes of many tasks', () => {
  it('go out a hundred in a call: 250 completed tasks are three calls', async () => {
    const world = await worlds.fresh();
    await withChanges(world, 250, [['completeTask', {}]]);

    await deliverOutbox(world.deps, world.portalId);

    const sizes = world.deps.fake.callsOf('updateTasks').map(({ input }) => (input as []).length);
    expect(sizes).toEqual([100, 100, 50]);
    expect(world.deps.fake.calls).toHaveLength(3);
  });

  it('of one task are one input, the last word on each field counting', async () => {
    const world = await worlds.fresh();
    await withChanges(world, 1, [
      ['completeTask', {}],
      ['moveTask', { dueAt: '2026-08-20T14:00:00Z', ownerId: '12' }],
      ['reopenTask', {}],
    ]);

    await deliverOutbox(world.deps, world.portalId);

    expect(world.deps.fake.callsOf('updateTasks').map(({ input }) => input)).toEqual([
      [{ taskId: '80000', completed: false, dueAt: new Date('2026-08-20T14:00:00Z'), ownerId: '12' }],
    ]);
  });

  it('that leaves HubSpot are not sent', async () => {
    const world = await worlds.fresh();
    await withChanges(world, 1, [
      ['moveTask', { ownerId: '12' }],
      ['archiveTask', {}],
    ]);

    await deliverOutbox(world.deps, world.portalId);

    expect(world.deps.fake.calls.map(({ method }) => method)).toEqual(['archiveTasks']);
  });

  it('each have an outcome of their own', async () => {
    const world = await worlds.fresh();
    const [bad, unheard, good] = await withChanges(world, 3, [['completeTask', {}]]);
    const update = world.deps.hubspot.updateTasks.bind(world.deps.hubspot);
    const deps: World['deps'] = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        updateTasks: async (portalId, updates) => {
          const outcomes = await update(portalId, updates);
          return outcomes.map((outcome, at) => {
            if (updates[at]?.taskId === bad?.taskId) return { result: 'rejected', reason: 'no such owner' };
            return updates[at]?.taskId === unheard?.taskId ? { result: 'unknown', reason: 'reset' } : outcome;
          });
        },
      },
    };

    await deliverOutbox(deps, world.portalId);
    const [parked, open] = await world.inside(async (scope) => [
      await world.store.outbox.parked(scope, 10),
      await world.store.outbox.openSubjects(
        scope,
        [bad, unheard, good].map((touch) => String(touch?.touchId)),
      ),
    ]);

    expect(parked).toMatchObject([{ subject: bad?.touchId, reason: 'no such owner' }]);
    expect([...open]).toEqual([unheard?.touchId]);
  });

  it('are claimed no further where the process stops', async () => {
    const world = await worlds.fresh();
    await withChanges(world, 2, [['completeTask', {}]]);

    await deliverOutbox({ ...world.deps, isStopping: () => true }, world.portalId);

    expect(world.deps.fake.calls).toEqual([]);
  });

  it('look for all tasks nobody knows yet in one read', async () => {
    const world = await worlds.fresh();
    const touches: Touch[] = [];
    for (const companyId of [COMPANY, OTHER_COMPANY]) touches.push(await world.plan(companyId));
    world.deps.fake.fates.push('unheard', 'unheard');
    await releaseTouches(world.deps, world.portalId);
    await world.inside(async (scope) => {
      for (const { touchId } of touches) {
        const touch = await world.store.touches.find(scope, touchId);
        await world.store.touches.update(scope, touchId, { state: 'done' });
        if (touch !== null)
          await addTaskWrite(world.deps, scope, 'completeTask', touch, {}, world.clock.now());
      }
    });

    await deliverOutbox(world.deps, world.portalId);

    const methods = world.deps.fake.calls.map(({ method }) => method);
    expect(methods).toEqual(['createTasks', 'findTasksByKey', 'updateTasks']);
    expect([...world.deps.fake.tasks.values()].every(({ completed }) => completed)).toBe(true);
  });
});
