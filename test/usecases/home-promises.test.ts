import { describe, expect, it } from '@jest/globals';
import { homeView } from '../../src/http/contract-pages.ts';
import { companyView } from '../../src/http/contract.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { respreadOverdue } from '../../src/usecases/respread-overdue.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import { COMPANY, MANAGER, OTHER_COMPANY, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Promises of the manager's by their days; today is August 12. */
async function promised(world: World, days: readonly string[], owner = MANAGER): Promise<void> {
  const issueId = id(900 + Number(owner.userId));
  await world.inside(async (scope) => {
    await world.store.promises.addIssue(scope, {
      issueId,
      companyId: COMPANY,
      checkInId: id(800),
      title: 'Visit requested',
      ownerUserId: owner.userId,
      state: 'open',
      openedAt: world.clock.now(),
      openedBy: MANAGER.userId,
    });
    for (const [index, dueOn] of days.entries()) {
      await world.store.promises.addPromise(scope, {
        promiseId: id(Number(owner.userId) * 100 + index),
        issueId,
        companyId: COMPANY,
        what: `Promise ${index}`,
        ownerId: owner.ownerId,
        ownerUserId: owner.userId,
        dueOn,
        state: 'open',
        settledAt: null,
        settledBy: null,
      });
    }
  });
}

const homeOf = async (world: World, actor: World['manager']) =>
  homeView.parse(await getHome(world.deps, actor));

describe('the promises on the home page', () => {
  it('count by their day: what nobody settled in time is not kept, and still waits', async () => {
    const world = await worlds.fresh();
    await promised(world, ['2026-08-01', '2026-08-12', ...Array.from({ length: 12 }, () => '2026-09-01')]);

    const { manager } = await homeOf(world, world.manager);

    expect(manager?.promiseCounts).toEqual({ due: 2, open: 14 });
    expect(manager?.keptByMe).toEqual({ kept: 0, total: 1 });
    expect(manager?.promisesDue).toHaveLength(10);
    expect(manager?.promisesDue.slice(0, 2)).toMatchObject([
      { dueOn: '2026-08-01', state: 'broken', settled: false },
      { dueOn: '2026-08-12', state: 'open', settled: false },
    ]);
  });

  it('are settled once somebody says how they ended, and wait no longer', async () => {
    const world = await worlds.fresh();
    await promised(world, ['2026-08-01', '2026-08-02']);
    const kept = { state: 'kept' as const, settledAt: world.clock.now(), settledBy: MANAGER.userId };
    await world.inside((scope) => world.store.promises.settle(scope, id(101), kept));

    const { manager } = await homeOf(world, world.manager);
    const view = companyView.parse(await getCompany(world.deps, world.manager, COMPANY));

    expect(manager?.promisesDue.map(({ dueOn }) => dueOn)).toEqual(['2026-08-01']);
    expect(manager?.keptByMe).toEqual({ kept: 1, total: 2 });
    expect(view.role === 'manager' && view.openPromises).toMatchObject([
      { dueOn: '2026-08-01', state: 'broken', settled: false },
    ]);
  });
});

describe('what the manager does, on the rep’s home page', () => {
  it('is there as the announcement says: calls and promises, by the same counts as the manager’s own', async () => {
    const world = await worlds.fresh();
    await promised(world, ['2026-08-01']);
    await promised(world, ['2026-08-03'], REP);
    const { touchId } = await world.plan();
    await recordAttempt(world.deps, world.manager, touchId, {
      submissionId: id(1),
      outcome: 'noAnswer',
      contactId: null,
    });

    const { rep } = await homeOf(world, world.rep);

    expect(rep?.manager).toEqual({
      name: 'Ana Silva',
      accounts: 1,
      attempted: 1,
      heardFrom: 0,
      kept: 0,
      total: 1,
    });
  });
});

describe('the quarter’s figures', () => {
  it('keep whoever was skipped or asked not to be called among the customers', async () => {
    const world = await worlds.fresh();
    const skipped = await world.plan();
    const asked = await world.plan(OTHER_COMPANY);
    await skipTouch(world.deps, world.manager, skipped.touchId, {
      submissionId: id(2),
      reason: 'plant closed',
    });
    await recordAttempt(world.deps, world.manager, asked.touchId, {
      submissionId: id(3),
      outcome: 'askedNotToBeCalled',
      contactId: null,
    });

    const { manager } = await homeOf(world, world.manager);

    expect(manager?.quarter).toMatchObject({ accounts: 2, attempted: 1, heardFrom: 0 });
  });

  it('tell what was heard after tries and a new spread as late', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(COMPANY, { dueOn: '2026-08-05' });
    await respreadOverdue(world.deps, world.manager.portalId);
    await recordAttempt(world.deps, world.manager, touchId, {
      submissionId: id(4),
      outcome: 'noAnswer',
      contactId: null,
    });
    const { dueOn } = await world.touch(touchId);
    await world.record();

    const { manager } = await homeOf(world, world.manager);

    expect(dueOn > '2026-08-12').toBe(true);
    expect(manager?.quarter).toMatchObject({ heardFrom: 1, onTime: 0 });
  });
});
