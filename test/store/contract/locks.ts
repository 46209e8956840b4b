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

  it('paces the calls of parallel callers one interval apart after the burst', async () => {
    const portalId = await h.portal();

    const waits = await Promise.all(
      Array.from({ length: 6 }, () => h.store.budget.reserve(portalId, 'api', 100, 2)),
    );

    expect(waits.map((each) => each.waitMs).sort((a, b) => a - b)).toEqual([0, 0, 100, 200, 300, 400]);
  });

  it('keeps no credit beyond the burst after a quiet time', async () => {
    const portalId = await h.portal();
    await h.store.budget.reserve(portalId, 'api', 100, 2);
    h.clock.advance(minutes(10));

    const waits = [];
    for (let call = 0; call < 3; call += 1)
      waits.push((await h.store.budget.reserve(portalId, 'api', 100, 2)).waitMs);

    expect(waits).toEqual([0, 0, 100]);
  });

  it('sends nothing during a pause and paces what waited for its end', async () => {
    const portalId = await h.portal();
    await h.store.budget.pause(portalId, 'api', 5_000);
    await h.store.budget.pause(portalId, 'api', 1_000);

    const waits = [];
    for (let call = 0; call < 4; call += 1)
      waits.push((await h.store.budget.reserve(portalId, 'api', 100, 2)).waitMs);
    const search = await h.store.budget.reserve(portalId, 'search', 200, 1);

    expect(waits.every((waitMs) => waitMs >= 5_000)).toBe(true);
    expect(waits.at(-1)).toBeGreaterThanOrEqual(5_200);
    expect(search.waitMs).toBe(0);
  });

  it('keeps the budgets of two portals apart', async () => {
    const [first, second] = [await h.portal(), await h.portal()];
    await h.store.budget.reserve(first, 'api', 1_000, 1);

    const { waitMs } = await h.store.budget.reserve(second, 'api', 1_000, 1);

    expect(waitMs).toBe(0);
  });
}
