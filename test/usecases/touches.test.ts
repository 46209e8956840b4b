import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { closeCycle } from '../../src/usecases/close-cycle.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { asCompanyId, type AttemptOutcome } from '../../src/core/model.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouch } from '../../src/usecases/resolve-touch.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { reopenTouch, skipTouch } from '../../src/usecases/skip-touch.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, DANA, OTHER_COMPANY, T0, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const submissionId = () => randomUUID();

/** A touch whose task is in HubSpot. */
async function withTask(world: World): Promise<string> {
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return touchId;
}

function attempt(world: World, touchId: string, outcome: AttemptOutcome = 'noAnswer') {
  const input = { submissionId: submissionId(), outcome, contactId: DANA };
  return recordAttempt(world.deps, world.manager, touchId, input);
}

const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

describe('an attempt that reached nobody', () => {
  it('moves the same task two business days on, to the other half of the day', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);

    const { message } = await attempt(world, touchId);
    await deliverOutbox(world.deps, world.portalId);

    expect(message).toBe('Saved. Next try on 2026-08-14, in the afternoon.');
    expect(await world.touch(touchId)).toMatchObject({
      state: 'created',
      dueOn: '2026-08-14',
      dueHalf: 'afternoon',
    });
    expect(tasksOf(world)).toMatchObject([{ dueAt: new Date('2026-08-14T19:00:00Z'), completed: false }]);
  });

  it('closes the touch as not reached with the fifth, and completes its task', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);

    const messages: string[] = [];
    for (let count = 0; count < 5; count += 1) messages.push((await attempt(world, touchId)).message);
    await deliverOutbox(world.deps, world.portalId);

    expect(messages.slice(0, 4).every((message) => message.startsWith('Saved.'))).toBe(true);
    expect(messages[4]).toBe('Closed as not reached. Next quarter brings a new check-in.');
    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'notReached' });
    expect(tasksOf(world)).toMatchObject([{ completed: true }]);
  });

  it('is refused once the touch is closed', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await attempt(world, touchId, 'askedNotToBeCalled');

    await expect(attempt(world, touchId)).rejects.toMatchObject({ code: 'conflict' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'askedNotToBeCalled' });
  });

  it('is the caller’s to record; an unknown touch is not there', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const input = { submissionId: submissionId(), outcome: 'noAnswer' as const, contactId: null };

    await expect(recordAttempt(world.deps, world.rep, touchId, input)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(attempt(world, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a skip', () => {
  it('closes the touch with its reason and completes the task', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);

    await skipTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), reason: 'No phone' });
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'skipped: No phone' });
    expect(tasksOf(world)).toMatchObject([{ completed: true }]);
  });
});

describe('a task that was ticked off in HubSpot', () => {
  async function tickedOff(world: World): Promise<string> {
    const touchId = await withTask(world);
    const { taskId } = await world.touch(touchId);
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), completed: true }]);
    await syncTasks(world.deps, world.portalId);
    return touchId;
  }

  it('leaves the touch done without an answer; it is no check-in', async () => {
    const world = await worlds.fresh();

    const touchId = await tickedOff(world);

    const checkIns = await world.inside((scope) => world.store.checkIns.countOfCompany(scope, COMPANY));
    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'closedOutsideCard' });
    expect(checkIns).toBe(0);
  });

  it('can be opened again, and its task with it', async () => {
    const world = await worlds.fresh();
    const touchId = await tickedOff(world);

    await reopenTouch(world.deps, world.manager, touchId, { submissionId: submissionId() });
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null });
    expect(tasksOf(world)).toMatchObject([{ completed: false }]);
  });

  it('is not opened again once an answer is there', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.record();

    const reopening = reopenTouch(world.deps, world.manager, touchId, { submissionId: submissionId() });

    await expect(reopening).rejects.toMatchObject({ code: 'conflict' });
  });

  it('can still be answered until the cycle ends', async () => {
    const world = await worlds.fresh();
    const touchId = await tickedOff(world);

    await world.record();

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'answered' });
  });
});

describe('what people did with a task in HubSpot', () => {
  it('cancels the touch of a deleted task and never makes it anew', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    world.deps.fake.tasks.clear();
    world.clock.advance(15 * MINUTE_MS);

    await syncTasks(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'deletedInHubSpot' });
    expect(tasksOf(world)).toEqual([]);
  });

  it('is not believed of a task made minutes ago that a read does not find', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    world.deps.fake.tasks.clear();
    world.clock.advance(14 * MINUTE_MS);

    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null });
  });

  it('keeps the day to which a person moved it', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const { taskId } = await world.touch(touchId);
    const dueAt = new Date('2026-08-20T14:00:00Z');
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), dueAt }]);

    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-08-20', movedByPerson: true });
  });

  it('was not moved by a person where the account moved to another zone', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(COMPANY, { dueOn: '2026-08-14', dueHalf: 'afternoon' });
    await releaseTouches(world.deps, world.portalId);
    // Two in the afternoon of Chicago is four in the morning after, there.
    await world.inside((scope) => world.store.portals.update(scope, { timeZone: 'Asia/Tokyo' }));

    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-08-14', movedByPerson: false });
  });

  it('is not taken over while our own change is on its way', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await attempt(world, touchId);

    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ dueOn: '2026-08-14', movedByPerson: false });
  });
});

describe('making the tasks', () => {
  it('commits the intent before a byte leaves: while HubSpot is asked, the touch is being sent', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    const seen: unknown[] = [];
    world.deps.fake.hooks.beforeCreate = async () => {
      const { state, fence, sendAttempts } = await world.touch(touchId);
      seen.push({ state, fence, sendAttempts });
    };

    await releaseTouches(world.deps, world.portalId);

    expect(seen).toEqual([{ state: 'sending', fence: 1, sendAttempts: 1 }]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('gives the task to the caller, with the question, whom to ask for and a link to the record', async () => {
    const world = await worlds.fresh();
    const { key } = await world.plan();

    await releaseTouches(world.deps, world.portalId);

    const [task] = tasksOf(world);
    expect(task?.draft).toMatchObject({
      key,
      companyId: COMPANY,
      ownerId: '900',
      type: 'CALL',
      dueAt: new Date('2026-08-12T14:00:00Z'),
    });
    expect(task?.draft.bodyHtml).toContain('What can we do to provide you with better service?');
    expect(task?.draft.bodyHtml).toContain('Dana Ruiz');
    expect(task?.draft.bodyHtml).toContain(`/contacts/${world.portalId}/record/0-2/${COMPANY}`);
  });

  it('makes nothing twice when run again, and nothing before its time', async () => {
    const world = await worlds.fresh();
    await world.plan();
    await world.plan(OTHER_COMPANY, { releaseAt: new Date(world.clock.now().getTime() + DAY_MS) });

    await releaseTouches(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(tasksOf(world).map(({ draft }) => draft.companyId)).toEqual([COMPANY]);
    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
  });

  it('writes nothing before the program was started', async () => {
    const world = await worlds.fresh({ portal: { startedAt: null } });
    const { touchId } = await world.plan();

    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned' });
    expect(world.deps.fake.calls).toEqual([]);
  });

  it('makes the field of the keys first where it was given up, and then the tasks', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: null } });
    const { touchId } = await world.plan();

    await releaseTouches(world.deps, world.portalId);

    const methods = world.deps.fake.calls.map(({ method }) => method);
    expect(methods).toEqual(['provisionProperties', 'probeTaskKeyMode', 'createTasks']);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('parks what HubSpot refuses, with the reason', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push('rejected');

    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'parked', reason: 'rejected: invalid owner' });
  });

  it('waits as long as asked where nothing was sent, then makes it', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.fates.push('notSent');

    await releaseTouches(world.deps, world.portalId);
    const waiting = await world.touch(touchId);
    world.clock.advance(30_000);
    await releaseTouches(world.deps, world.portalId);

    expect(waiting).toMatchObject({ state: 'planned', taskId: null });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('gives the touches back where the gateway fails before anything was sent', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.failNext('createTasks', 'hubspot_unavailable');

    await expect(releaseTouches(world.deps, world.portalId)).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned' });
    expect(tasksOf(world)).toEqual([]);
  });

  it('asks HubSpot for nothing but the creates; contacts never read are wanted once the tasks are out', async () => {
    const world = await worlds.fresh({ portal: { plannedAt: new Date(T0) } });
    await world.plan();
    await world.plan(OTHER_COMPANY);

    await releaseTouches(world.deps, world.portalId);
    const wanted = await world.inside((scope) =>
      world.store.companies.wantingContacts(scope, new Date('2026-09-01'), 10),
    );

    expect(world.deps.fake.calls.map(({ method }) => method)).toEqual(['createTasks']);
    expect(wanted).toEqual([OTHER_COMPANY]);
    expect(world.deps.wakes).toContainEqual({ job: 'readContacts', portalId: world.portalId });
  });

  it('says how far the run is: at its begin, every ten seconds and at its end', async () => {
    const world = await worlds.fresh();
    const ids = Array.from({ length: 250 }, (_, index) => asCompanyId(String(10_000 + index)));
    for (const id of ids) await world.plan(id);
    world.deps.fake.hooks.beforeCreate = () => {
      world.clock.advance(6_000);
      return Promise.resolve();
    };

    await releaseTouches(world.deps, world.portalId);

    const lines = world.deps.lines.filter(({ message }) => message === 'quarter run');
    const last = lines.at(-1)?.fields;
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.length).toBeLessThanOrEqual(4);
    expect(last).toMatchObject({ portalId: world.portalId, done: 250, left: 0, expectedEndAt: null });
  });

  it('claims nothing more where the process stops', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();

    await releaseTouches({ ...world.deps, isStopping: () => true }, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned', fence: 0 });
  });

  it('takes no outcome from a sender whose claim was taken over', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    world.deps.fake.hooks.beforeCreate = async () => {
      world.clock.advance(2 * MINUTE_MS);
      await world.inside((scope) => world.store.touches.unknown(scope, world.clock.now(), 10));
    };

    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'sending', taskId: null });
  });
});

describe('an outcome that is not known', () => {
  async function unknown(world: World, fate: 'lost' | 'unheard'): Promise<string> {
    const { touchId } = await world.plan();
    world.deps.fake.fates.push(fate);
    await releaseTouches(world.deps, world.portalId);
    return touchId;
  }

  it('stays as being sent, and is not sent again by the next run', async () => {
    const world = await worlds.fresh();

    const touchId = await unknown(world, 'unheard');
    await releaseTouches(world.deps, world.portalId);
    await resolveTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'sending' });
    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
  });

  it.each(['unique', 'ledger'] as const)(
    'is adopted where the task is found by its key (%s)',
    async (mode) => {
      const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
      const touchId = await unknown(world, 'unheard');
      world.clock.advance(MINUTE_MS);

      await resolveTouches(world.deps, world.portalId);

      const [task] = tasksOf(world);
      expect(tasksOf(world)).toHaveLength(1);
      expect(await world.touch(touchId)).toMatchObject({ state: 'created', taskId: task?.taskId });
    },
  );

  it('is sent again under the same key where tasks are unique and it is not found', async () => {
    const world = await worlds.fresh();
    const touchId = await unknown(world, 'lost');
    world.clock.advance(MINUTE_MS);

    await resolveTouches(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    const { key } = await world.touch(touchId);
    expect(tasksOf(world).map(({ draft }) => draft.key)).toEqual([key]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created', sendAttempts: 2 });
  });

  it('waits fifteen minutes in ledger mode and is then left for a person, never sent again', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    const touchId = await unknown(world, 'lost');

    world.clock.advance(14 * MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    const early = await world.touch(touchId);
    world.clock.advance(MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);

    expect(early).toMatchObject({ state: 'sending' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'parked', reason: 'unknownOutcome' });
    expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
  });

  it.each(['unique', 'ledger'] as const)(
    'is looked for before the task of an answered customer is left alone (%s)',
    async (mode) => {
      const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
      const touchId = await unknown(world, 'unheard');
      await world.record();

      world.clock.advance(15 * MINUTE_MS);
      await resolveTouches(world.deps, world.portalId);
      await deliverOutbox(world.deps, world.portalId);

      expect(tasksOf(world)).toMatchObject([{ completed: true }]);
      expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'answered' });
    },
  );

  it('makes no task any more once the customer has answered', async () => {
    const world = await worlds.fresh();
    const touchId = await unknown(world, 'lost');
    await world.record();

    world.clock.advance(20 * MINUTE_MS);
    await resolveTouches(world.deps, world.portalId);
    await releaseTouches(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(tasksOf(world)).toEqual([]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'done' });
    expect(await world.inside((scope) => world.store.outbox.openSubjects(scope, [touchId]))).toEqual(
      new Set(),
    );
  });

  it('of a skipped customer is found and its task completed', async () => {
    const world = await worlds.fresh();
    const touchId = await unknown(world, 'unheard');

    await skipTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), reason: 'Merged' });
    await deliverOutbox(world.deps, world.portalId);

    expect(tasksOf(world)).toMatchObject([{ completed: true }]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled' });
  });

  it.each(['unique', 'ledger'] as const)(
    'is looked for before a check-in that was undone is planned again (%s)',
    async (mode) => {
      const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
      const touchId = await unknown(world, 'unheard');
      const { saved } = await world.record();
      await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: submissionId() });

      world.clock.advance(MINUTE_MS);
      await resolveTouches(world.deps, world.portalId);
      await releaseTouches(world.deps, world.portalId);

      expect(tasksOf(world)).toHaveLength(1);
      expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
    },
  );

  it('of a cycle that is over is archived when it is found', async () => {
    const world = await worlds.fresh();
    const touchId = await unknown(world, 'unheard');
    world.clock.set('2026-10-01T15:00:00Z');

    await closeCycle(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(tasksOf(world)).toEqual([]);
    expect(await world.touch(touchId)).toMatchObject({ state: 'missed', reason: 'cycleOver' });
  });
});

describe('a parked touch', () => {
  async function parked(world: World): Promise<string> {
    const { touchId } = await world.plan();
    world.deps.fake.fates.push('rejected');
    await releaseTouches(world.deps, world.portalId);
    return touchId;
  }
  const decide = (world: World, touchId: string, choice: 'createAnyway' | 'itExists' | 'leaveOut') =>
    resolveTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), choice });

  it('is made after all where a person says so', async () => {
    const world = await worlds.fresh();
    const touchId = await parked(world);

    await decide(world, touchId, 'createAnyway');
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null });
    expect(tasksOf(world)).toHaveLength(1);
  });

  it.each([
    ['itExists', 'sending'],
    ['leaveOut', 'canceled'],
  ] as const)('is decided once: %s', async (choice, state) => {
    const world = await worlds.fresh();
    const touchId = await parked(world);

    await decide(world, touchId, choice);

    expect(await world.touch(touchId)).toMatchObject({ state });
    await expect(decide(world, touchId, 'createAnyway')).rejects.toMatchObject({ code: 'conflict' });
    expect(tasksOf(world)).toEqual([]);
  });
});
