import { describe, expect, it } from '@jest/globals';
import { asCompanyId } from '../../src/core/model.ts';
import type { CompanyRecord, HubSpotGateway } from '../../src/usecases/hubspot-port.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { followCompanies } from '../../src/usecases/follow-companies.ts';
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

function addCompanies(world: World, count: number): void {
  const sample = world.deps.fake.companies.get(COMPANY);
  if (sample === undefined) throw new Error('The sample is gone.');
  for (let id = 100_000; id < 100_000 + count; id += 1)
    world.deps.fake.companies.set(asCompanyId(String(id)), { ...sample, companyId: asCompanyId(String(id)) });
}

const portalOf = (world: World) => world.inside((scope) => world.store.portals.find(scope));
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

  it('takes away the call of a customer who left while it was being planned', async () => {
    const world = await worlds.fresh();
    change(world, { lifecycleStage: 'lead' });
    await followCompanies(world.deps, world.portalId, [COMPANY]);
    const { touchId } = await world.plan();

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason: 'leftProgram' });
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
    const { userId, ownerId } = OTHER_REP;
    const colleague = { callerUserId: userId, callerOwnerId: ownerId, assignedByPerson: true };
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

  it('stores pages while it still waits for the owners, and is over only with them', async () => {
    const world = await worlds.fresh();
    addCompanies(world, 450);
    let letGo: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (letGo = resolve));
    const owners: HubSpotGateway['owners'] = async (portalId) => {
      await slow;
      return world.deps.fake.gateway.owners(portalId);
    };
    const deps = { ...world.deps, hubspot: { ...world.deps.hubspot, owners } };
    world.clock.advance(DAY_MS);

    const reading = refreshPortal(deps, world.portalId);
    while ((await portalOf(world))?.readCursor == null);
    const before = await portalOf(world);
    letGo();
    await reading;

    expect(before?.companiesReadAt).not.toEqual(world.clock.now());
    expect(await portalOf(world)).toMatchObject({ companiesReadAt: world.clock.now(), readCursor: null });
  });

  it('is not over while a call of it is under way, though another one failed', async () => {
    const world = await worlds.fresh();
    const { hubspot } = world.deps;
    let isAnswered = false;
    const accountDetails: HubSpotGateway['accountDetails'] = async (portalId) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      isAnswered = true;
      return hubspot.accountDetails(portalId);
    };
    const owners = () => Promise.reject(new Error('no owners'));
    const companyPages = () => {
      throw new Error('no companies');
    };
    const deps = { ...world.deps, hubspot: { ...hubspot, accountDetails, owners, companyPages } };

    const read = refreshPortal(deps, world.portalId);

    await expect(read).rejects.toThrow('no companies');
    expect(isAnswered).toBe(true);
  });

  it('asks for each company once more at most where the clock steps back meanwhile', async () => {
    const world = await worlds.fresh();
    addCompanies(world, 150);
    await refreshPortal(world.deps, world.portalId);
    world.clock.advance(DAY_MS);
    const companyPages: HubSpotGateway['companyPages'] = async function* (...input) {
      world.clock.advance(-DAY_MS / 2);
      yield* world.deps.fake.gateway.companyPages(...input);
    };
    const asked = () => world.deps.fake.callsOf('companiesById').length;
    const deps = {
      ...world.deps,
      hubspot: { ...world.deps.hubspot, companyPages },
      isStopping: () => asked() > 10,
    };

    await refreshPortal(deps, world.portalId);

    expect(asked()).toBe(2);
    expect(await portalOf(world)).toMatchObject({ companiesReadAt: world.clock.now(), readCursor: null });
  });

  it('comes to rest between two pages where the process stops, and goes on from there', async () => {
    const world = await worlds.fresh();
    addCompanies(world, 450);
    world.clock.advance(DAY_MS);

    await refreshPortal({ ...world.deps, isStopping: () => true }, world.portalId);
    const resting = await portalOf(world);
    await refreshPortal(world.deps, world.portalId);

    const asked = world.deps.fake.callsOf('companyPages').map(({ input }) => input);
    const inScope = await world.inside((scope) => world.store.companies.countInScope(scope));
    expect(resting?.readCursor).not.toBeNull();
    expect(asked).toEqual([null, resting?.readCursor, expect.anything()]);
    expect(inScope).toBe(454);
    expect((await portalOf(world))?.companiesReadAt).toEqual(world.clock.now());
  });

  it('begins anew where it was cut off a day ago: what it saw may be gone', async () => {
    const world = await worlds.fresh();
    addCompanies(world, 450);
    world.clock.advance(DAY_MS);
    await refreshPortal({ ...world.deps, isStopping: () => true }, world.portalId);
    const [seen] = world.deps.fake.companies.keys();
    if (seen !== undefined) world.deps.fake.companies.delete(seen);
    world.clock.advance(DAY_MS);

    await refreshPortal(world.deps, world.portalId);

    const asked = world.deps.fake.callsOf('companyPages').map(({ input }) => input);
    expect(asked.slice(0, 2)).toEqual([null, null]);
    expect(await world.inside((scope) => world.store.companies.countInScope(scope))).toBe(453);
  });

  it('takes no list of owners without anybody active for an answer', async () => {
    const world = await worlds.fresh({ settings: { managers: [...TWO_MANAGERS.settings.managers] } });
    const touchId = await withTask(world);
    const owners = () => Promise.resolve([]);
    const deps = { ...world.deps, hubspot: { ...world.deps.hubspot, owners } };
    world.clock.advance(DAY_MS);

    await expect(refreshPortal(deps, world.portalId)).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    await deliverOutbox(deps, world.portalId);

    const known = await world.inside((scope) => world.store.people.owners(scope));
    expect(known.filter(({ active }) => active)).not.toEqual([]);
    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: MANAGER.userId,
      callerOwnerId: MANAGER.ownerId,
    });
  });

  it('asks for the lifecycle stages, but not in the first read of a quarter, whose calls are for the tasks', async () => {
    const world = await worlds.fresh();
    const asked = () => world.deps.fake.callsOf('lifecycleStages').length;
    const counts: number[] = [];

    for (const at of [
      '2026-08-12T15:00:00Z',
      '2026-08-13T06:00:00Z',
      '2026-10-01T06:00:00Z',
      '2026-10-02T06:00:00Z',
    ]) {
      world.clock.set(at);
      await refreshPortal(world.deps, world.portalId);
      counts.push(asked());
    }

    expect(counts.map((count) => count - (counts[0] ?? 0))).toEqual([0, 1, 1, 2]);
  });
});
