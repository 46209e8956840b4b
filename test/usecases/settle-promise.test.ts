import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { PromiseChoice } from '../../src/core/model.ts';
import { txOf } from '../../src/store/transact.ts';
import { homeView } from '../../src/http/contract-pages.ts';
import { companyView } from '../../src/http/contract.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { openIssue } from '../../src/usecases/open-issue.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { settlePromise } from '../../src/usecases/settle-promise.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const id = () => ({ submissionId: randomUUID() });

/** A promise to the customer by the 20th; today is August 12. */
async function promised(world: World, what = 'Visit', ownerId: string | null = null): Promise<string> {
  const promise = { what, ownerId, dueOn: '2026-08-20' };
  const issue = { companyId: COMPANY, checkInId: null, title: what, promise };
  const { promise: made } = await openIssue(world.deps, world.manager, { ...id(), ...issue });
  return made?.promiseId ?? '';
}

const say = (world: World, promiseId: string, outcome: PromiseChoice, actor: UserActor = world.manager) =>
  settlePromise(world.deps, actor, promiseId, { ...id(), outcome });

async function cardOf(world: World, actor: UserActor = world.manager) {
  const view = companyView.parse(await getCompany(world.deps, actor, COMPANY));
  if (view.role !== 'manager') throw new Error(`the card of a ${view.role}`);
  return view;
}

async function repCard(world: World) {
  const view = companyView.parse(await getCompany(world.deps, world.rep, COMPANY));
  if (view.role !== 'rep') throw new Error(`the card of a ${view.role}`);
  return view;
}

async function openIssues(world: World): Promise<number> {
  const view = companyView.parse(await getCompany(world.deps, world.stranger, COMPANY));
  return view.role === 'viewer' ? view.openIssues : -1;
}

const promisesDue = async (world: World) =>
  homeView.parse(await getHome(world.deps, world.manager)).manager?.promisesDue;

describe('a promise that was not kept', () => {
  it('stays on the card and the home page while its issue is open, and can still be kept', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world);
    await say(world, visit, 'broken');
    const issuesAfter = await openIssues(world);

    const card = await cardOf(world);
    const home = homeView.parse(await getHome(world.deps, world.manager)).manager;
    const { promise } = await say(world, visit, 'kept');

    const notKept = { state: 'broken', settled: true, choices: ['kept', 'closeIssue', 'open'] };
    expect(card.openPromises).toMatchObject([notKept]);
    expect(home?.promisesDue).toMatchObject([notKept]);
    expect(home?.promiseCounts).toEqual({ due: 0, open: 1 });
    expect(promise).toMatchObject({ state: 'kept', settledOn: '2026-08-12' });
    expect([issuesAfter, await openIssues(world)]).toEqual([1, 0]);
  });

  it('leaves the lists of what waits once its issue is closed without it, and stays not kept', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world);
    await say(world, visit, 'broken');

    await say(world, visit, 'closeIssue');

    const card = await cardOf(world);
    expect(card.openPromises).toEqual([]);
    expect(card.settledPromises).toMatchObject([{ state: 'broken', choices: ['open'] }]);
    expect(await promisesDue(world)).toEqual([]);
    expect(await openIssues(world)).toBe(0);
  });

  it('stands behind those that nobody settled, however long ago it was due', async () => {
    const world = await worlds.fresh();
    const first = await promised(world, 'First');
    await promised(world, 'Second');
    await say(world, first, 'broken');

    const due = await promisesDue(world);

    expect(due?.map(({ what }) => what)).toEqual(['Second', 'First']);
  });
});

describe('a click on the wrong button', () => {
  it('is taken back by whoever made it: the promise is open again, and its issue', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world);
    await say(world, visit, 'kept');
    const card = await cardOf(world);
    const closed = await openIssues(world);

    const { promise } = await say(world, visit, 'open');

    expect(card.settledPromises).toMatchObject([{ state: 'kept', choices: ['open'] }]);
    expect(closed).toBe(0);
    expect(promise).toMatchObject({
      state: 'open',
      settled: false,
      settledOn: null,
      choices: ['kept', 'broken'],
    });
    expect(await openIssues(world)).toBe(1);
    expect((await cardOf(world)).openPromises).toMatchObject([{ state: 'open' }]);
  });

  it('is nobody else’s to take back', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world, 'Visit', REP.ownerId);
    await say(world, visit, 'kept', world.rep);

    const card = await cardOf(world);

    expect(card.settledPromises).toMatchObject([{ state: 'kept', choices: [] }]);
    await expect(say(world, visit, 'open')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stands in the audit as what it was', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world);
    await say(world, visit, 'broken');
    await say(world, visit, 'closeIssue');
    await say(world, visit, 'open');

    const { rows } = await world.inside((scope) =>
      sql<{ action: string }>`SELECT action FROM audit_log WHERE subject = ${visit} ORDER BY seq`.execute(
        txOf(scope),
      ),
    );

    expect(rows.map(({ action }) => action)).toEqual(['settlePromise', 'closeIssue', 'reopenPromise']);
  });
});

describe('an issue with two promises', () => {
  async function twice(world: World): Promise<[string, string]> {
    const visit = await promised(world);
    const call = randomUUID();
    await world.inside(async (scope) => {
      const made = await world.store.promises.find(scope, visit);
      if (made !== null)
        await world.store.promises.addPromise(scope, { ...made, promiseId: call, what: 'Call' });
    });
    return [visit, call];
  }

  it('is closed by the second, not by the first', async () => {
    const world = await worlds.fresh();
    const [visit, call] = await twice(world);

    await say(world, visit, 'kept');
    const between = await openIssues(world);
    await say(world, call, 'kept');

    expect([between, await openIssues(world)]).toEqual([1, 0]);
  });

  it('is not closed without one of them while the other is open', async () => {
    const world = await worlds.fresh();
    const [visit] = await twice(world);
    await say(world, visit, 'broken');

    await expect(say(world, visit, 'closeIssue')).rejects.toMatchObject({ code: 'conflict' });

    expect(await openIssues(world)).toBe(1);
  });
});

describe('a promise that was settled', () => {
  it('stays on the card of whoever kept it for this quarter', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world, 'Visit', REP.ownerId);
    await say(world, visit, 'kept', world.rep);
    const now = await repCard(world);
    world.clock.advance(60 * DAY_MS);

    const later = await repCard(world);

    expect(now.promises).toMatchObject([{ state: 'kept', settled: true, settledOn: '2026-08-12' }]);
    expect(later.promises).toEqual([]);
    expect((await cardOf(world)).settledPromises).toEqual([]);
  });

  it('is not settled a second time', async () => {
    const world = await worlds.fresh();
    const visit = await promised(world);
    await say(world, visit, 'kept');

    await expect(say(world, visit, 'broken')).rejects.toMatchObject({
      code: 'conflict',
      message: 'This promise is marked as kept already.',
      hint: 'Reload to see how it stands.',
    });
  });
});
