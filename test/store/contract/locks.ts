import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { asContactId, asUserId } from '../../../src/core/model.ts';
import { minutes, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const submission = (change: object = {}) => ({
  submissionId: 's1',
  authorUserId: asUserId(7),
  bodyHash: 'hash',
  at: T0,
  ...change,
});

/** Time enough for a look that would not wait to find nothing. */
const LOOKED_MS = 200;
const PACE = { intervalMs: 100, latenessMs: 30, longestWaitMs: 30_000 };

/** What many callers at once may do only one at a time: submissions, leases, the call budget. */
export function lockContract(h: Harness): void {
  it('runs a submission once for 50 parallel calls and gives all the same reply', async () => {
    const portalId = await h.portal();
    let effects = 0;

    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        h.inside(portalId, (scope) =>
          h.store.submissions.once(scope, submission(), () => {
            effects += 1;
            return Promise.resolve({ zebra: effects, apple: [1, 'é', null] });
          }),
        ),
      ),
    );

    expect(effects).toBe(1);
    expect(new Set(replies.map((reply) => JSON.stringify(reply)))).toEqual(
      new Set(['{"zebra":1,"apple":[1,"é",null]}']),
    );
  });

  it('runs a submission again where the first try failed', async () => {
    const portalId = await h.portal();
    const failed = h.inside(portalId, (scope) =>
      h.store.submissions.once(scope, submission(), () => Promise.reject(new Error('no'))),
    );
    await expect(failed).rejects.toThrow('no');

    const reply = await h.inside(portalId, (scope) =>
      h.store.submissions.once(scope, submission(), () => Promise.resolve('yes')),
    );

    expect(reply).toBe('yes');
  });

  it('refuses a submission id that was used for something else or by someone else', async () => {
    const portalId = await h.portal();
    const send = (change: object) =>
      h.inside(portalId, (scope) =>
        h.store.submissions.once(scope, submission(change), () => Promise.resolve(1)),
      );
    await send({});

    await expect(send({ bodyHash: 'other' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'This id was used for something else.',
    });
    await expect(send({ authorUserId: asUserId(8) })).rejects.toMatchObject({ code: 'conflict' });
    const stored = await h.inside(portalId, (scope) => h.store.submissions.find(scope, 's1'));
    expect(stored).toEqual({ bodyHash: 'hash', authorUserId: 7, reply: 1 });
  });

  it('says that an id is used once its call has ended, waits for one under way, and leaves a free id free', async () => {
    const portalId = await h.portal();
    const isUsed = () => h.inside(portalId, (scope) => h.store.submissions.isUsed(scope, 's1'));
    const before = await isUsed();
    let end: (reply: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (end = resolve));
    let begin: (value: null) => void = () => undefined;
    const begun = new Promise<null>((resolve) => (begin = resolve));
    const running = h.inside(portalId, (scope) =>
      h.store.submissions.once(scope, submission(), () => {
        begin(null);
        return work;
      }),
    );
    await begun;

    const asked = isUsed();
    await setTimeout(LOOKED_MS);
    end('done');

    expect([before, await running, await asked, await isUsed()]).toEqual([false, 'done', true, true]);
  });

  it('gives a lease to one holder at a time and raises the fence with each new one', async () => {
    const portalId = await h.portal();
    const take = (holder: string) =>
      h.inside(portalId, (scope) => h.store.leases.take(scope, 'run', holder, minutes(1)));

    const first = await take('a');
    const refused = await take('b');
    const renewed = await take('a');
    h.clock.advance(minutes(1));
    const taken = await take('b');

    expect([first, refused, renewed, taken]).toEqual([{ fence: 1 }, null, { fence: 1 }, { fence: 2 }]);
  });

  it('does not run a submission again whose reply was erased, and gives back nothing of it', async () => {
    const portalId = await h.portal();
    const once = () =>
      h.inside(portalId, (scope) =>
        h.store.submissions.once(scope, submission(), () => {
          runs += 1;
          return Promise.resolve({ respondentContactId: '500' });
        }),
      );
    let runs = 0;
    await once();
    await h.inside(portalId, (scope) => h.store.companies.eraseContact(scope, asContactId('500'), T0));

    await expect(once()).rejects.toMatchObject({ code: 'conflict' });
    expect(runs).toBe(1);
  });

  it('gives a released lease to the next at once, still with a higher fence', async () => {
    const portalId = await h.portal();
    const take = (holder: string) =>
      h.inside(portalId, (scope) => h.store.leases.take(scope, 'run', holder, minutes(1)));
    await take('a');
    await h.inside(portalId, (scope) => h.store.leases.release(scope, 'run', 'b'));
    const stillHeld = await take('b');
    await h.inside(portalId, (scope) => h.store.leases.release(scope, 'run', 'a'));

    const taken = await take('b');

    expect(stillHeld).toBeNull();
    expect(taken).toEqual({ fence: 2 });
  });

  it('lets one of many parallel holders win the lease', async () => {
    const portalId = await h.portal();

    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        h.inside(portalId, (scope) => h.store.leases.take(scope, 'run', `holder ${index}`, minutes(1))),
      ),
    );

    expect(taken.filter((lease) => lease !== null)).toEqual([{ fence: 1 }]);
  });

  it('gives parallel card calls slots one interval apart, the first ones of all too', async () => {
    const portalId = await h.portal();

    const slots = await Promise.all(
      Array.from({ length: 6 }, () => h.store.budget.reserve(portalId, 'api', PACE, 'card')),
    );

    expect(slots.map((slot) => slot.waitMs).sort((a, b) => a - b)).toEqual([0, 100, 200, 300, 400, 500]);
    expect(slots.map((slot) => slot.callNumber).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('gives a free slot to one of parallel run calls and books nothing for the others', async () => {
    const portalId = await h.portal();

    const slots = await Promise.all(
      Array.from({ length: 6 }, () => h.store.budget.reserve(portalId, 'api', PACE, 'run')),
    );
    const card = await h.store.budget.reserve(portalId, 'api', PACE, 'card');

    expect(slots.filter((slot) => slot.isReserved)).toHaveLength(1);
    expect(slots.filter((slot) => !slot.isReserved).map((slot) => slot.waitMs)).toEqual(Array(5).fill(100));
    expect(card).toMatchObject({ isReserved: true, waitMs: 100 });
  });

  it('gives a run call way to every card call before it', async () => {
    const portalId = await h.portal();
    for (let call = 0; call < 3; call += 1) await h.store.budget.reserve(portalId, 'api', PACE, 'card');
    h.clock.advance(150);

    const run = await h.store.budget.reserve(portalId, 'api', PACE, 'run');

    expect(run).toMatchObject({ isReserved: false, waitMs: 150 });
  });

  it('forgives a call that comes late within the allowance, and keeps no more credit than that', async () => {
    const portalId = await h.portal();
    await h.store.budget.reserve(portalId, 'api', PACE, 'card');
    h.clock.advance(120);
    await h.store.budget.reserve(portalId, 'api', PACE, 'card');
    const afterLate = await h.store.budget.reserve(portalId, 'api', PACE, 'card');
    h.clock.advance(minutes(10));
    await h.store.budget.reserve(portalId, 'api', PACE, 'card');

    const afterRest = await h.store.budget.reserve(portalId, 'api', PACE, 'card');

    expect([afterLate.waitMs, afterRest.waitMs]).toEqual([80, 70]);
    expect(afterRest.callNumber).toBe(2);
  });

  it('books no slot for a card call that is too far away', async () => {
    const portalId = await h.portal();
    const pace = { ...PACE, longestWaitMs: 150 };
    await h.store.budget.reserve(portalId, 'api', pace, 'card');
    await h.store.budget.reserve(portalId, 'api', pace, 'card');

    const refused = await h.store.budget.reserve(portalId, 'api', pace, 'card');
    const again = await h.store.budget.reserve(portalId, 'api', pace, 'card');

    expect([refused, again].map((slot) => [slot.isReserved, slot.waitMs])).toEqual([
      [false, 200],
      [false, 200],
    ]);
  });

  it('sends nothing during a pause and paces what waited for its end, more slowly', async () => {
    const portalId = await h.portal();
    await h.store.budget.pause(portalId, 'api', 5_000);
    await h.store.budget.pause(portalId, 'api', 1_000);

    const waits: number[] = [];
    for (let call = 0; call < 3; call += 1)
      waits.push((await h.store.budget.reserve(portalId, 'api', PACE, 'card')).waitMs);
    const run = await h.store.budget.reserve(portalId, 'api', PACE, 'run');
    const search = await h.store.budget.reserve(portalId, 'search', PACE, 'run');

    expect(waits).toEqual([5_000, 5_112, 5_222]);
    expect([run.isReserved, search.isReserved]).toEqual([false, true]);
  });

  it('is never slower than half, and back at full speed after 200 calls without a refusal', async () => {
    const portalId = await h.portal();
    for (let refusal = 0; refusal < 8; refusal += 1) {
      await h.store.budget.pause(portalId, 'api', 1_000);
      h.clock.advance(1_001);
    }
    const pace = { ...PACE, latenessMs: 0, longestWaitMs: 60_000 };
    const waits: number[] = [];
    for (let call = 0; call < 202; call += 1) {
      waits.push((await h.store.budget.reserve(portalId, 'api', pace, 'card')).waitMs);
    }

    const gaps = waits.slice(1).map((waitMs, index) => waitMs - (waits[index] ?? 0));

    expect([gaps[0], gaps.at(-1)]).toEqual([200, 100]);
  });

  it('keeps the interval that one process learned for all of them', async () => {
    const portalId = await h.portal();
    await h.store.budget.learn(portalId, 'api', 50);

    const slots = [];
    for (let call = 0; call < 3; call += 1)
      slots.push(await h.store.budget.reserve(portalId, 'api', PACE, 'card'));

    expect(slots.map((slot) => [slot.waitMs, slot.learnedIntervalMs])).toEqual([
      [0, 50],
      [50, 50],
      [100, 50],
    ]);
  });

  it('keeps the budgets of two portals apart', async () => {
    const [first, second] = [await h.portal(), await h.portal()];
    await h.store.budget.reserve(first, 'api', PACE, 'card');
    await h.store.budget.pause(first, 'api', 60_000);

    const { isReserved, waitMs } = await h.store.budget.reserve(second, 'api', PACE, 'run');

    expect([isReserved, waitMs]).toEqual([true, 0]);
  });
}
