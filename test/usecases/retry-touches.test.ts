import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { retryTouches, type RetriedKind } from '../../src/usecases/retry-touches.ts';
import { COMPANY, FREE_COMPANY, OTHER_COMPANY, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
/** Calls the rep's customers, in place of the admin. */
const MANAGER_OF_REP = { settings: { managers: [{ managerUserId: 912, repOwnerIds: ['11'] }] } };
const LAST_ID = 'ffffffff-0000-4000-8000-000000000000';

/** Parked touches of customers of the admin. */
async function parkMany(world: World, count: number, reason = 'unknownOutcome'): Promise<void> {
  const companyIds = Array.from({ length: count }, (_, index) => asCompanyId(String(5_000 + index)));
  const companies = companyIds.map((companyId) => ({
    companyId,
    name: `Customer ${companyId}`,
    ownerId: null,
    timeZone: null,
    lifecycleStage: 'customer',
    parentCompanyId: null,
  }));
  await world.inside((scope) => world.store.companies.upsertRead(scope, companies, world.clock.now()));
  for (const companyId of companyIds) await park(world, (await world.plan(companyId)).touchId, reason);
}

function park(world: World, touchId: string, reason: string): Promise<void> {
  return world.inside((scope) =>
    world.store.touches.update(scope, touchId, { state: 'parked', reason, sendAttempts: 5 }),
  );
}

const retry = (world: World, actor: UserActor, kind: RetriedKind = 'unknownOutcome') =>
  retryTouches(world.deps, actor, { submissionId: randomUUID(), kind });

const homeOf = async (world: World, actor: UserActor) => (await getHome(world.deps, actor)).manager;

describe('the list of tasks that need a decision', () => {
  it('shows a manager their own however many wait for others, and counts all', async () => {
    const world = await worlds.fresh(MANAGER_OF_REP);
    await parkMany(world, 55);
    const theirs = await world.plan(COMPANY, { touchId: LAST_ID, callerUserId: OTHER_REP.userId });
    await park(world, theirs.touchId, 'rejected: The owner is inactive');

    const ofManager = await homeOf(world, world.otherRep);
    const ofAdmin = await homeOf(world, world.manager);

    expect(ofManager?.attention.map(({ touchId }) => touchId)).toEqual([LAST_ID]);
    expect(ofManager?.attentionTotal).toBe(1);
    expect(ofAdmin?.attention).toHaveLength(50);
    expect(ofAdmin?.attentionTotal).toBe(56);
  });

  it('offers to try all of one plain reason again where there is more than one', async () => {
    const world = await worlds.fresh();
    await parkMany(world, 3);
    await park(world, (await world.plan(COMPANY)).touchId, 'rejected: The owner is inactive');
    await park(world, (await world.plan(OTHER_COMPANY)).touchId, 'twoTasks');
    await park(world, (await world.plan(FREE_COMPANY)).touchId, 'cameBack');

    const home = await homeOf(world, world.manager);

    expect(home?.retries).toEqual([{ kind: 'unknownOutcome', tasks: 3 }]);
  });

  it('offers it nowhere without a unique key: a second send could make a second task', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    await parkMany(world, 3);

    const home = await homeOf(world, world.manager);

    expect(home?.retries).toEqual([]);
    expect(home?.attentionTotal).toBe(3);
  });

  it.each([
    ['the quarter in which keys became unique', '2026-08-01T05:00:00Z', [{ kind: 'rejected', tasks: 2 }]],
    [
      'the quarters after',
      '2026-06-20T05:00:00Z',
      [
        { kind: 'unknownOutcome', tasks: 3 },
        { kind: 'rejected', tasks: 2 },
      ],
    ],
  ])(
    'offers it in %s, of tasks in doubt only where all were sent by unique keys',
    async (_when, probedAt, retries) => {
      const world = await worlds.fresh({ portal: { keyProbedAt: new Date(probedAt) } });
      await parkMany(world, 3);
      await park(world, (await world.plan(COMPANY)).touchId, 'rejected: The owner is inactive');
      await park(world, (await world.plan(OTHER_COMPANY)).touchId, 'rejected: The owner is inactive');

      const home = await homeOf(world, world.manager);
      const inDoubt = await retry(world, world.manager).catch((error: unknown) => error);

      expect(home?.retries).toEqual(retries);
      expect(inDoubt).toMatchObject(retries.length === 1 ? { code: 'conflict' } : { planned: 3 });
    },
  );
});

describe('trying all again', () => {
  it('makes the tasks of one reason, and leaves the others where they are', async () => {
    const world = await worlds.fresh();
    await parkMany(world, 3);
    const other = await world.plan(COMPANY);
    await park(world, other.touchId, 'cameBack');

    const reply = await retry(world, world.manager);
    await releaseTouches(world.deps, world.portalId);

    expect(reply).toEqual({ planned: 3, message: '3 tasks are being made.' });
    expect(world.deps.wakes).toContainEqual({ job: 'releaseTouches', portalId: world.portalId });
    expect(world.deps.fake.tasks.size).toBe(3);
    expect(await world.touch(other.touchId)).toMatchObject({ state: 'parked', reason: 'cameBack' });
  });

  it('takes what HubSpot said for the same reason in other words', async () => {
    const world = await worlds.fresh();
    await parkMany(world, 1, 'rejected: The owner is inactive');
    await park(world, (await world.plan(COMPANY)).touchId, 'rejected: The subject is too long');

    const reply = await retry(world, world.manager, 'rejected');

    expect(reply.planned).toBe(2);
  });

  it('starts the count of sends anew', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await park(world, touchId, 'unknownOutcome');

    await retry(world, world.manager);

    expect(await world.touch(touchId)).toMatchObject({ state: 'planned', reason: null, sendAttempts: 0 });
  });

  it('is of a manager’s own customers alone', async () => {
    const world = await worlds.fresh(MANAGER_OF_REP);
    await parkMany(world, 2);
    const theirs = await world.plan(COMPANY, { callerUserId: OTHER_REP.userId });
    await park(world, theirs.touchId, 'unknownOutcome');

    const reply = await retry(world, world.otherRep);

    expect(reply.planned).toBe(1);
    expect(await world.touch(theirs.touchId)).toMatchObject({ state: 'planned' });
    expect((await homeOf(world, world.manager))?.attentionTotal).toBe(2);
  });

  it('leaves a call whose old task is still on its way out of HubSpot', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await park(world, touchId, 'unknownOutcome');
    await world.inside((scope) =>
      world.store.outbox.add(scope, {
        outboxId: randomUUID(),
        kind: 'archiveTask',
        subject: touchId,
        key: `archiveTask:${touchId}`,
        payload: {},
        notBefore: world.clock.now(),
      }),
    );

    const reply = await retry(world, world.manager);

    expect(reply).toEqual({ planned: 0, message: 'None of these waits any more.' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'parked' });
  });

  it('is refused without a unique key, and to whoever decides nothing', async () => {
    const ledger = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    await parkMany(ledger, 2);
    const unique = await worlds.fresh();
    await parkMany(unique, 2);

    await expect(retry(ledger, ledger.manager)).rejects.toMatchObject({ code: 'conflict' });
    await expect(retry(unique, unique.rep)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await homeOf(ledger, ledger.manager))?.attentionTotal).toBe(2);
    expect((await homeOf(unique, unique.manager))?.attentionTotal).toBe(2);
  });
});
