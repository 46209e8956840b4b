import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { followCompanies } from '../../src/usecases/follow-companies.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouch } from '../../src/usecases/resolve-touch.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import { COMPANY, MANAGER, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const submissionId = () => randomUUID();
const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

/** The company leaves the program and comes back in the same quarter. */
async function leaveAndComeBack(world: World, meanwhile: () => Promise<void> = () => Promise.resolve()) {
  const company = world.deps.fake.companies.get(COMPANY);
  if (company === undefined) throw new Error('There is no such company.');
  world.deps.fake.companies.set(COMPANY, { ...company, lifecycleStage: 'lead' });
  await followCompanies(world.deps, world.portalId, [COMPANY]);
  await meanwhile();
  world.deps.fake.companies.set(COMPANY, company);
  await followCompanies(world.deps, world.portalId, [COMPANY]);
}

async function withTask(world: World): Promise<string> {
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return touchId;
}

const createAnyway = (world: World, touchId: string) =>
  resolveTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), choice: 'createAnyway' });

describe('a company that left and came back in one quarter', () => {
  it('is called as planned where nothing had been sent', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();

    await leaveAndComeBack(world);
    await releaseTouches(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null });
    expect(tasksOf(world)).toHaveLength(1);
  });

  it('is left for a person where its task was taken away, and can be made again', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);

    await leaveAndComeBack(world, () => deliverOutbox(world.deps, world.portalId));
    const back = await world.touch(touchId);
    await createAnyway(world, touchId);
    await releaseTouches(world.deps, world.portalId);

    expect(back).toMatchObject({ state: 'parked', reason: 'cameBack' });
    expect(tasksOf(world)).toHaveLength(1);
    expect(await world.touch(touchId)).toMatchObject({ state: 'created', taskId: tasksOf(world)[0]?.taskId });
  });

  it('gets no new task while the old one is still on its way out', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await leaveAndComeBack(world);

    await expect(createAnyway(world, touchId)).rejects.toMatchObject({ code: 'conflict' });
    await deliverOutbox(world.deps, world.portalId);
    await createAnyway(world, touchId);
    await releaseTouches(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(tasksOf(world)).toHaveLength(1);
  });

  it('stays left out where a person had left it out', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await skipTouch(world.deps, world.manager, touchId, { submissionId: submissionId(), reason: 'No phone' });

    await leaveAndComeBack(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'skipped: No phone' });
  });
});

it('makes a call that HubSpot refused over its caller after all, where the company gets a new owner', async () => {
  const managers = [{ managerUserId: OTHER_REP.userId, repOwnerIds: [REP.ownerId] }];
  const world = await worlds.fresh({ settings: { managers } });
  const caller = { callerUserId: OTHER_REP.userId, callerOwnerId: OTHER_REP.ownerId };
  const { touchId } = await world.plan(COMPANY, caller);
  world.deps.fake.fates.push('rejected');
  await releaseTouches(world.deps, world.portalId);
  const refused = await world.touch(touchId);

  const company = world.deps.fake.companies.get(COMPANY);
  if (company === undefined) throw new Error('There is no such company.');
  world.deps.fake.companies.set(COMPANY, { ...company, ownerId: OTHER_REP.ownerId });
  await followCompanies(world.deps, world.portalId, [COMPANY]);
  await releaseTouches(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);

  expect(refused).toMatchObject({ state: 'parked' });
  expect(await world.touch(touchId)).toMatchObject({ state: 'created', callerUserId: MANAGER.userId });
  expect(tasksOf(world)).toMatchObject([{ ownerId: MANAGER.ownerId }]);
  expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
});

it('follows a hundred companies in small transactions, so that what was followed stays where the rest fails', async () => {
  const world = await worlds.fresh();
  const company = world.deps.fake.companies.get(COMPANY);
  if (company === undefined) throw new Error('There is no such company.');
  const ids = Array.from({ length: 100 }, (_, at) => asCompanyId(String(5_000 + at)));
  const customers = ids.map((companyId) => ({ ...company, companyId }));
  await world.inside((scope) => world.store.companies.upsertRead(scope, customers, world.clock.now()));
  const { companies } = world.store;
  const update: typeof companies.update = (scope, companyId, change) => {
    if (companyId === ids[99]) throw new TypeError('The test wants it.');
    return companies.update(scope, companyId, change);
  };
  const deps = { ...world.deps, store: { ...world.store, companies: { ...companies, update } } };

  await expect(followCompanies(deps, world.portalId, ids)).rejects.toThrow('The test wants it.');

  const stored = await world.inside((scope) => companies.findMany(scope, ids));
  expect(stored.filter(({ inScope }) => !inScope)).toHaveLength(80);
  expect(world.deps.fake.callsOf('companiesById')).toHaveLength(1);
});
