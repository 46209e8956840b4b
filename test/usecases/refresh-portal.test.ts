import { describe, expect, it } from '@jest/globals';
import type { CompanyRecord, HubSpotGateway } from '../../src/usecases/hubspot-port.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, MANAGER, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const TWO_MANAGERS = {
  settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [MANAGER.ownerId] }] },
};

/** A night later, without any webhook. */
async function readAgain(world: World): Promise<void> {
  world.clock.advance(DAY_MS);
  await refreshPortal(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

async function withTask(world: World): Promise<string> {
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return touchId;
}

function change(world: World, fields: Partial<CompanyRecord>): void {
  const company = world.deps.fake.companies.get(COMPANY);
  if (company !== undefined) world.deps.fake.companies.set(COMPANY, { ...company, ...fields });
}

const companyOf = (world: World) => world.inside((scope) => world.store.companies.find(scope, COMPANY));
const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

describe('the nightly read', () => {
  it.each([
    ['was deleted', (world: World) => world.deps.fake.companies.delete(COMPANY), 'companyGone'],
    ['is no customer any more', (world: World) => change(world, { lifecycleStage: 'lead' }), 'leftProgram'],
  ])('takes away the task of a company that %s, though no webhook said so', async (_how, leave, reason) => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    leave(world);

    await readAgain(world);

    expect(await companyOf(world)).toMatchObject({ inScope: false });
    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason });
    expect(tasksOf(world)).toEqual([]);
  });

  it('brings the task to the manager of a new owner, though no webhook said so', async () => {
    const world = await worlds.fresh(TWO_MANAGERS);
    const touchId = await withTask(world);
    change(world, { ownerId: MANAGER.ownerId });

    await readAgain(world);

    expect(await companyOf(world)).toMatchObject({ ownerId: MANAGER.ownerId });
    expect(await world.touch(touchId)).toMatchObject({ callerUserId: OTHER_REP.userId });
    expect(tasksOf(world)).toMatchObject([{ ownerId: OTHER_REP.ownerId }]);
  });

  it('leaves the caller whom a person chose while the owner stays', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const colleague = { callerUserId: OTHER_REP.userId, callerOwnerId: OTHER_REP.ownerId };
    await world.inside((scope) => world.store.touches.update(scope, touchId, colleague));

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject(colleague);
  });

  it('asks again by id before a company that search did not return leaves', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    world.clock.advance(DAY_MS);
    const companyPages: HubSpotGateway['companyPages'] = async function* () {
      yield await Promise.resolve({ companies: [], nextAfterId: null });
    };
    const lagging = { ...world.deps, hubspot: { ...world.deps.hubspot, companyPages } };

    await refreshPortal(lagging, world.portalId);

    expect(await companyOf(world)).toMatchObject({ inScope: true });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });

  it('follows a change again after it was cut off in the middle of one', async () => {
    const world = await worlds.fresh(TWO_MANAGERS);
    const touchId = await withTask(world);
    change(world, { ownerId: MANAGER.ownerId });
    world.deps.fake.failNext('companiesById', 'hubspot_unavailable');

    await expect(readAgain(world)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: OTHER_REP.userId });
  });
});
