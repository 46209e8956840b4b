import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouch } from '../../src/usecases/resolve-touch.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { DANA, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const submissionId = () => randomUUID();
const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

describe('a create that is lost again and again', () => {
  it('is left for a person after five sends, also where tasks are unique', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(...Array.from({ length: 9 }, () => 'lost' as const));

    for (let round = 0; round < 9; round += 1) {
      await releaseTouches(world.deps, world.portalId);
      world.clock.advance(MINUTE_MS);
      await resolveTouches(world.deps, world.portalId);
    }

    expect(await world.touch(touchId)).toMatchObject({
      state: 'parked',
      reason: 'unknownOutcome',
      sendAttempts: 5,
    });
    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(5);
  });
});

describe('a failure before a byte left', () => {
  it('gives the touches back at once, also where it is HubSpot’s gateway that failed', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.failNext('createTasks', 'not_installed');

    await expect(releaseTouches(world.deps, world.portalId)).rejects.toMatchObject({ code: 'not_installed' });

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned', taskId: null });
  });

  it('is not read out of an error that says nothing: the touches are looked for', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.hooks.beforeCreate = () => Promise.reject(new Error('The process broke.'));

    await expect(releaseTouches(world.deps, world.portalId)).rejects.toThrow('The process broke.');

    expect(await world.touch(touchId)).toMatchObject({ state: 'sending' });
  });
});

describe('"it exists"', () => {
  /** HubSpot has the task, but search did not know it yet when it was looked for. */
  async function parkedUnheard(world: World, fate: 'unheard' | 'lost'): Promise<string> {
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(fate);
    await releaseTouches(world.deps, world.portalId);
    await world.inside((scope) =>
      world.store.touches.update(scope, touchId, { state: 'parked', reason: 'unknownOutcome' }),
    );
    return touchId;
  }
  const itExists = (world: World, touchId: string) =>
    resolveTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), choice: 'itExists' });

  it.each(['unique', 'ledger'] as const)('adopts the task that is found by its key (%s)', async (mode) => {
    const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
    const touchId = await parkedUnheard(world, 'unheard');

    await itExists(world, touchId);
    await resolveTouches(world.deps, world.portalId);

    const [task] = tasksOf(world);
    expect(await world.touch(touchId)).toMatchObject({
      state: 'created',
      reason: null,
      taskId: task?.taskId,
    });
    expect(world.deps.wakes).toContainEqual({ job: 'resolveTouches', portalId: world.portalId });
  });

  it.each(['unique', 'ledger'] as const)(
    'sends nothing where no task is found: it stays with the person (%s)',
    async (mode) => {
      const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
      const touchId = await parkedUnheard(world, 'lost');

      await itExists(world, touchId);
      await resolveTouches(world.deps, world.portalId);
      await releaseTouches(world.deps, world.portalId);

      expect(await world.touch(touchId)).toMatchObject({ state: 'parked', reason: 'unknownOutcome' });
      expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
    },
  );
});

describe('a task that a person wants to be made anyway', () => {
  it('may be lost again without being given up at once', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'unique' } });
    const { touchId } = await world.plan();
    await world.inside((scope) =>
      world.store.touches.update(scope, touchId, {
        state: 'parked',
        reason: 'unknownOutcome',
        sendAttempts: 5,
      }),
    );
    world.deps.fake.fates.push('lost');
    const input = { submissionId: submissionId(), choice: 'createAnyway' as const };

    await resolveTouch(world.deps, world.manager, touchId, input);
    await releaseTouches(world.deps, world.portalId);
    world.clock.advance(MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', sendAttempts: 2 });
  });
});

describe('a customer who asked not to be called and talked after all', () => {
  it('is not called again when the check-in is undone', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await releaseTouches(world.deps, world.portalId);
    const asked = { submissionId: submissionId(), outcome: 'askedNotToBeCalled' as const, contactId: DANA };
    await recordAttempt(world.deps, world.manager, touchId, asked);

    const { saved } = await world.record();
    const answered = await world.touch(touchId);
    await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: submissionId() });
    await deliverOutbox(world.deps, world.portalId);

    expect(answered).toMatchObject({ state: 'canceled', reason: 'askedNotToBeCalled' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'askedNotToBeCalled' });
    expect(tasksOf(world)).toMatchObject([{ completed: true }]);
  });
});
