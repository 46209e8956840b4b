import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import { hasCode } from '../../src/errors.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouch } from '../../src/usecases/resolve-touch.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, DANA, OTHER_COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const submissionId = () => randomUUID();
const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

/** The run rests where HubSpot stays silent; the touches are what is looked at here. */
async function release(world: World): Promise<void> {
  try {
    await releaseTouches(world.deps, world.portalId);
  } catch (error) {
    if (!hasCode(error, 'outcome_unknown')) throw error;
  }
}

/** Sends and looks for one touch, each at its time, until it is no longer to be made; returns its rests in minutes. */
async function sendUntilSettled(world: World, touchId: string): Promise<number[]> {
  const rests: number[] = [];
  for (;;) {
    await release(world);
    world.clock.advance(MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    const { state, notBefore } = await world.touch(touchId);
    if (state !== 'planned') return rests;
    const restMs = Math.max(0, (notBefore ?? world.clock.now()).getTime() - world.clock.now().getTime());
    rests.push(restMs / MINUTE_MS);
    world.clock.advance(restMs);
  }
}

const lost = (times: number) => Array.from({ length: times }, () => 'lost' as const);

describe('a create that is lost again and again', () => {
  it('is sent again after rests that grow to an hour, and left for a person after a day', async () => {
    const world = await worlds.fresh();
    const { touchId, releaseAt } = await world.plan();
    const from = world.clock.now();
    world.deps.fake.fates.push(...lost(99));

    const rests = await sendUntilSettled(world, touchId);

    expect(rests.slice(0, 7)).toEqual([0, 2, 4, 8, 16, 32, 60]);
    expect(new Set(rests.slice(6))).toEqual(new Set([60]));
    expect(releaseAt <= from).toBe(true);
    const hours = (world.clock.now().getTime() - from.getTime()) / (60 * MINUTE_MS);
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(25.1);
    expect(await world.touch(touchId)).toMatchObject({
      state: 'parked',
      reason: 'unknownOutcome',
      inDoubtSince: from,
    });
  });

  it('is made once HubSpot is well again, hours later', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(...lost(12));

    await sendUntilSettled(world, touchId);
    await release(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null, sendAttempts: 13 });
    expect(tasksOf(world)).toHaveLength(1);
  });

  it('is not given up for the time in which nobody was there to send it again', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push('lost');
    await release(world);
    world.clock.advance(3 * DAY_MS);

    await resolveTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned', reason: 'unknownOutcome' });
  });

  it('is left for a person after five sends where HubSpot says that its key is taken', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(...Array.from({ length: 9 }, () => 'taken' as const));

    await sendUntilSettled(world, touchId);

    expect(await world.touch(touchId)).toMatchObject({
      state: 'parked',
      reason: 'unknownOutcome',
      sendAttempts: 5,
    });
  });

  it('says in the log how many rest and until when', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(...lost(2));
    await release(world);
    world.clock.advance(MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    await release(world);
    world.clock.advance(MINUTE_MS);

    await resolveTouches(world.deps, world.portalId);

    const { notBefore } = await world.touch(touchId);
    expect(world.deps.lines).toContainEqual({
      level: 'warn',
      fields: { portalId: world.portalId, touches: 1, restsUntil: notBefore?.toISOString() },
      message: 'tasks that nobody found rest',
    });
  });
});

describe('looking for what is in doubt', () => {
  it('comes to rest between two batches where the process stops', async () => {
    const world = await worlds.fresh();
    await world.plan();
    world.deps.fake.fates.push('lost');
    await release(world);
    world.clock.advance(MINUTE_MS);

    await resolveTouches({ ...world.deps, isStopping: () => true }, world.portalId);

    expect(world.deps.fake.callsOf('findTasksByKey')).toHaveLength(0);
    expect(world.deps.wakes).not.toContainEqual({ job: 'releaseTouches', portalId: world.portalId });
  });
});

describe('a fault that all tasks share', () => {
  it('puts the tasks back, says so and stops the run after the batches under way', async () => {
    const world = await worlds.fresh();
    const touches = [await world.plan(COMPANY), await world.plan(OTHER_COMPANY)];
    world.deps.fake.fates.push('refused', 'refused');

    await expect(releaseTouches(world.deps, world.portalId)).rejects.toMatchObject({
      code: 'hubspot_rejected',
      safeDetails: { what: 'create tasks', reason: '403 MISSING_SCOPES' },
    });

    for (const { touchId } of touches)
      expect(await world.touch(touchId)).toMatchObject({
        state: 'planned',
        reason: 'refused: 403 MISSING_SCOPES',
      });
  });

  it('is tried again with a single batch, and then the run goes on by itself', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY);
    await world.plan(OTHER_COMPANY);
    const deps = oneByOne(world);
    const { fates } = world.deps.fake;
    fates.push(...Array.from({ length: 9 }, () => 'refused' as const));
    await expect(releaseTouches(deps, world.portalId)).rejects.toThrow('refuses');
    const before = world.deps.fake.callsOf('createTasks').length;

    await expect(releaseTouches(deps, world.portalId)).rejects.toThrow('refuses');
    const after = world.deps.fake.callsOf('createTasks').length;
    fates.length = 0;
    await releaseTouches(deps, world.portalId);

    expect(after - before).toBe(1);
    expect(tasksOf(world)).toHaveLength(2);
  });
});

describe('an outage in the middle of a run', () => {
  const CUSTOMERS = 40;

  it.each(['unique', 'ledger'] as const)('stops it soon and not at its end (%s)', async (mode) => {
    const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
    await planMany(world, CUSTOMERS);
    world.deps.fake.fates.push(...lost(CUSTOMERS));

    await expect(releaseTouches(oneByOne(world), world.portalId)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
    const sent = world.deps.fake.callsOf('createTasks').length;
    await expect(releaseTouches(oneByOne(world), world.portalId)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });

    expect(sent).toBeLessThanOrEqual(8);
    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(sent + 1);
  });

  it('is not seen in two batches that were lost among others', async () => {
    const world = await worlds.fresh();
    await planMany(world, CUSTOMERS);
    world.deps.fake.fates.push('created', 'lost', 'lost', 'created');

    await releaseTouches(oneByOne(world), world.portalId);

    expect(tasksOf(world)).toHaveLength(CUSTOMERS - 2);
  });
});

/** Batches of one task. */
function oneByOne(world: World): World['deps'] {
  const { touches } = world.store;
  return {
    ...world.deps,
    hubspot: { ...world.deps.hubspot, maxBatch: 1 },
    store: {
      ...world.store,
      touches: {
        ...touches,
        claimForSending: (scope, now) => touches.claimForSending(scope, now, 1),
      },
    },
  };
}

async function planMany(world: World, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await world.plan(asCompanyId(String(9_000 + index)));
}

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
