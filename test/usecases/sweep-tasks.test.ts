import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import type { Touch } from '../../src/usecases/records.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouch } from '../../src/usecases/resolve-touch.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import { sweepTasks } from '../../src/usecases/sweep-tasks.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import type { FakeTask } from '../support/fake-hubspot.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const HOUR_MS = 3_600_000;
const idsOf = (world: World) => [...world.deps.fake.tasks.keys()];

async function withTask(mode: 'unique' | 'ledger' = 'ledger'): Promise<{ world: World; touch: Touch }> {
  const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return { world, touch: await world.touch(touchId) };
}

/** A second task with the key of the touch's own, made an hour after it. */
function duplicate(world: World, { taskId }: Touch, change: Partial<FakeTask> = {}): string {
  const own = world.deps.fake.tasks.get(String(taskId));
  if (own === undefined) throw new Error('There is no such task.');
  const createdAt = new Date(own.createdAt.getTime() + HOUR_MS);
  const second = { ...own, taskId: '99001', createdAt, lastModifiedAt: createdAt, ...change };
  world.deps.fake.tasks.set(second.taskId, second);
  return second.taskId;
}

async function sweep(world: World): Promise<void> {
  await sweepTasks(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const reportOf = (world: World) =>
  world.deps.lines.find(({ message }) => message === 'duplicate sweep')?.fields;

describe('two tasks with the key of one touch', () => {
  it('become one: the newer one goes where nobody has touched it', async () => {
    const { world, touch } = await withTask();
    duplicate(world, touch);

    await sweep(world);

    expect(idsOf(world)).toEqual([touch.taskId]);
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'created', taskId: touch.taskId });
    expect(reportOf(world)).toMatchObject({ checked: 1, archived: 1, parked: 0 });
  });

  it('become one where the ledger knows the newer one, and it then knows the older', async () => {
    const { world, touch } = await withTask();
    const own = world.deps.fake.tasks.get(String(touch.taskId));
    const older = new Date((own?.createdAt.getTime() ?? 0) - HOUR_MS);
    duplicate(world, touch, { createdAt: older, lastModifiedAt: older });

    await sweep(world);

    expect(idsOf(world)).toEqual(['99001']);
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'created', taskId: '99001' });
  });

  it.each<[string, Partial<FakeTask>]>([
    ['completed', { completed: true }],
    ['given to somebody', { ownerId: '12' as FakeTask['ownerId'] }],
    ['put on another day', { dueAt: new Date('2026-08-20T14:00:00Z') }],
    ['written in', { lastModifiedAt: new Date('2026-08-13T14:00:00Z') }],
    ['of an age nobody tells', { lastModifiedAt: null }],
  ])('both stay where the newer one was %s, and a person decides', async (_how, change) => {
    const { world, touch } = await withTask();
    duplicate(world, touch, change);

    await sweep(world);

    expect(idsOf(world)).toHaveLength(2);
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'parked', reason: 'twoTasks' });
    const home = await getHome(world.deps, world.manager);
    expect(home.manager?.attention).toMatchObject([
      {
        touchId: touch.touchId,
        explanation: expect.stringContaining('two tasks') as unknown,
        choices: ['itExists', 'leaveOut'],
      },
    ]);
  });

  it.each(['untouched', 'completed'])(
    'are a task of ours and a copy that a person made, %s: both stay as they are',
    async (how) => {
      const { world, touch } = await withTask();
      const copy = duplicate(world, touch, { isOurs: false, completed: how === 'completed' });

      await sweep(world);

      expect(idsOf(world)).toEqual([touch.taskId, copy]);
      expect(await world.touch(touch.touchId)).toMatchObject({ state: 'created', taskId: touch.taskId });
      expect(reportOf(world)).toMatchObject({ archived: 0, parked: 0, notOurs: 1 });
    },
  );

  it('are not the copy of a person and a task that is gone: the call is left as it is', async () => {
    const { world, touch } = await withTask();
    const copy = duplicate(world, touch, { isOurs: false });
    world.deps.fake.tasks.delete(String(touch.taskId));
    world.clock.advance(HOUR_MS);

    await syncTasks(world.deps, world.portalId);

    expect(idsOf(world)).toEqual([copy]);
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'canceled', reason: 'deletedInHubSpot' });
  });

  it('are settled by deleting one of them in HubSpot', async () => {
    const { world, touch } = await withTask();
    const second = duplicate(world, touch, { completed: true });
    await sweep(world);
    world.deps.fake.tasks.delete(String(touch.taskId));

    await sweep(world);

    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'created', taskId: second });
  });

  it('are settled by a person who says that the task exists, or leaves the call out', async () => {
    const [one, two] = [await withTask(), await withTask()];
    const decide = async ({ world, touch }: typeof one, choice: 'itExists' | 'leaveOut') => {
      duplicate(world, touch, { completed: true });
      await sweep(world);
      const input = { submissionId: randomUUID(), choice };
      await resolveTouch(world.deps, world.manager, touch.touchId, input);
      await resolveTouches(world.deps, world.portalId);
      await deliverOutbox(world.deps, world.portalId);
      return world.touch(touch.touchId);
    };

    const kept = await decide(one, 'itExists');
    const leftOut = await decide(two, 'leaveOut');

    expect(kept).toMatchObject({ state: 'created', taskId: one.touch.taskId });
    expect(leftOut).toMatchObject({ state: 'canceled', reason: 'leftOutByPerson' });
    expect(idsOf(two.world)).toEqual(['99001']);
  });

  it('never become three', async () => {
    const { world, touch } = await withTask();
    duplicate(world, touch, { completed: true });
    await sweep(world);
    const input = { submissionId: randomUUID(), choice: 'createAnyway' as const };

    const creating = resolveTouch(world.deps, world.manager, touch.touchId, input);

    await expect(creating).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a task that turned up late', () => {
  it('is taken over by the touch that was left for a person', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    const { touchId } = await world.plan();
    world.deps.fake.fates.push('unheard');
    await releaseTouches(world.deps, world.portalId);
    await world.inside((scope) =>
      world.store.touches.update(scope, touchId, { state: 'parked', reason: 'unknownOutcome' }),
    );

    await sweep(world);

    expect(await world.touch(touchId)).toMatchObject({
      state: 'created',
      taskId: idsOf(world)[0],
      reason: null,
    });
  });

  it('leaves HubSpot where nobody is to make the call any more', async () => {
    const { world, touch } = await withTask();
    await skipTouch(world.deps, world.manager, touch.touchId, {
      submissionId: randomUUID(),
      reason: 'Moved',
    });
    await deliverOutbox(world.deps, world.portalId);
    duplicate(world, touch, { completed: false });

    await sweep(world);

    expect(idsOf(world)).toEqual([touch.taskId]);
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'canceled' });
  });

  it('is the one to work with where a person deleted the other', async () => {
    const { world, touch } = await withTask();
    const second = duplicate(world, touch);
    world.deps.fake.tasks.delete(String(touch.taskId));

    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touch.touchId)).toMatchObject({
      state: 'created',
      taskId: second,
      reason: null,
    });
  });
});

describe('a task that was gone', () => {
  async function goneAndBack(on = '2026-08-12'): Promise<{ world: World; touch: Touch }> {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    world.clock.set(`${on}T15:00:00Z`);
    const { touchId } = await world.plan();
    await releaseTouches(world.deps, world.portalId);
    const tasks = [...world.deps.fake.tasks];
    world.deps.fake.tasks.clear();
    world.clock.advance(HOUR_MS);
    await syncTasks(world.deps, world.portalId);
    for (const [taskId, task] of tasks) world.deps.fake.tasks.set(taskId, task);
    return { world, touch: await world.touch(touchId) };
  }

  it('and is back is the task of its call again', async () => {
    const { world, touch } = await goneAndBack();

    await sweep(world);

    expect(touch).toMatchObject({ state: 'canceled', reason: 'deletedInHubSpot' });
    expect(await world.touch(touch.touchId)).toMatchObject({
      state: 'created',
      reason: null,
      taskId: touch.taskId,
    });
  });

  it('and is back after its quarter brings no call back', async () => {
    const { world, touch } = await goneAndBack('2026-09-29');
    world.clock.set('2026-10-01T15:00:00Z');

    await sweep(world);

    expect(reportOf(world)).toMatchObject({ checked: 1, adopted: 0 });
    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'canceled' });
  });
});

describe('the sweep', () => {
  it('leaves tasks alone that are not in the ledger', async () => {
    const { world, touch } = await withTask();
    const own = world.deps.fake.tasks.get(String(touch.taskId));
    if (own !== undefined)
      world.deps.fake.tasks.set('77', {
        ...own,
        taskId: '77',
        draft: { ...own.draft, key: 'SOMEBODYELSES' },
      });

    await sweep(world);

    expect(idsOf(world)).toEqual([touch.taskId, '77']);
    expect(reportOf(world)).toMatchObject({ listed: 2, notOurs: 1, archived: 0 });
  });

  it('follows a task that was deleted by hand and makes no other', async () => {
    const { world, touch } = await withTask();
    world.deps.fake.tasks.clear();
    world.clock.advance(HOUR_MS);

    await syncTasks(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touch.touchId)).toMatchObject({ state: 'canceled', reason: 'deletedInHubSpot' });
    expect(idsOf(world)).toEqual([]);
  });

  it('ends seven days after the last create', async () => {
    const { world, touch } = await withTask('unique');
    duplicate(world, touch);

    world.clock.advance(7 * DAY_MS + MINUTE_MS);
    await sweep(world);

    expect(world.deps.fake.callsOf('findMarkedTasks')).toEqual([]);
    expect(idsOf(world)).toHaveLength(2);
  });

  it('does not decide while our own change of the task is on its way', async () => {
    const { world, touch } = await withTask();
    duplicate(world, touch);
    await world.record();

    await sweepTasks(world.deps, world.portalId);

    expect(reportOf(world)).toMatchObject({ archived: 0, parked: 0 });
  });

  it('keeps the night’s other work where HubSpot does not take its search', async () => {
    const { world } = await withTask();
    world.deps.fake.failNext('findMarkedTasks', 'hubspot_rejected');

    await syncTasks(world.deps, world.portalId);

    const portal = await world.inside((scope) => world.store.portals.find(scope));
    expect(portal?.reconciledAt).toEqual(world.clock.now());
  });

  it('writes down what it did, and the chain verifies', async () => {
    const { world, touch } = await withTask();
    duplicate(world, touch);

    await sweep(world);

    expect(await world.inside((scope) => world.store.audit.verify(scope))).toBe(true);
    expect(reportOf(world)).toMatchObject({ cycle: '2026-Q3', checked: 1, listed: 2 });
  });
});
