import { describe, expect, it } from '@jest/globals';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { followCallers } from '../../src/usecases/follow-callers.ts';
import type { OwnerId } from '../../src/core/model.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import {
  COMPANY,
  CYCLE,
  FREE_COMPANY,
  MANAGER,
  OTHER_REP,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
/** The other rep looks after the rep's customers. */
const UNDER_OTHER = { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [REP.ownerId] }] };

async function withTask(world: World): Promise<string> {
  const { touchId } = await world.plan(COMPANY);
  await releaseTouches(world.deps, world.portalId);
  return touchId;
}

async function readAgain(world: World): Promise<void> {
  await refreshPortal(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const taskOwners = (world: World) => [...world.deps.fake.tasks.values()].map(({ ownerId }) => ownerId);

/** A person gives the task to somebody in HubSpot, and we learn of it. */
async function giveByHand(world: World, touchId: string, ownerId: OwnerId): Promise<void> {
  const { taskId } = await world.touch(touchId);
  await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), ownerId }]);
  await syncTasks(world.deps, world.portalId);
}

function leave(world: World, ownerId: OwnerId): void {
  const at = world.deps.fake.owners.findIndex((owner) => owner.ownerId === ownerId);
  const owner = world.deps.fake.owners[at];
  if (owner !== undefined) world.deps.fake.owners[at] = { ...owner, userId: null, active: false };
}

describe('another manager in the settings', () => {
  it('has the open calls and their tasks after the next read', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.program(UNDER_OTHER);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: OTHER_REP.userId,
      callerOwnerId: OTHER_REP.ownerId,
    });
    expect(taskOwners(world)).toEqual([OTHER_REP.ownerId]);
  });

  it('has those that are not made yet, without a write', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan(COMPANY);
    await world.program(UNDER_OTHER);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: OTHER_REP.userId });
    expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
  });

  it('brings the calls of a caller who is an owner in HubSpot again under that id', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.inside((scope) =>
      world.store.touches.reassign(scope, [touchId], { callerUserId: MANAGER.userId, callerOwnerId: null }),
    );

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({
      callerOwnerId: MANAGER.ownerId,
      assignedByPerson: false,
    });
    expect(world.deps.fake.callsOf('updateTasks').map(({ input }) => input)).toEqual([
      [expect.objectContaining({ ownerId: MANAGER.ownerId })],
    ]);
  });

  it('does not take a task that a person gave to somebody', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await giveByHand(world, touchId, OTHER_REP.ownerId);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: OTHER_REP.userId,
      assignedByPerson: true,
    });
    expect(taskOwners(world)).toEqual([OTHER_REP.ownerId]);
  });

  it('has nothing of what is done', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.record();
    await world.program(UNDER_OTHER);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', callerUserId: MANAGER.userId });
  });
});

describe('settings that change back while the calls are moved', () => {
  it('leave them where they are', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.program(UNDER_OTHER);
    const { touches, programs } = world.store;
    const callerGroups: typeof touches.callerGroups = async (scope, cycle) => {
      const groups = await touches.callerGroups(scope, cycle);
      const current = await programs.current(scope);
      if (current !== null) {
        const settings = { ...current.settings, managers: [] };
        await programs.save(scope, current.version, settings, MANAGER.userId, world.clock.now());
      }
      return groups;
    };
    const store = { ...world.store, touches: { ...touches, callerGroups } };

    await followCallers({ ...world.deps, store }, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: MANAGER.userId });
    expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
  });
});

describe('a task that HubSpot did not give to its new caller', () => {
  it('is no person’s choice of the former one', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.program(UNDER_OTHER);
    await refreshPortal(world.deps, world.portalId);
    world.deps.fake.failNext('updateTasks', 'hubspot_rejected');
    await deliverOutbox(world.deps, world.portalId);

    await syncTasks(world.deps, world.portalId);

    expect(taskOwners(world)).toEqual([MANAGER.ownerId]);
    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: OTHER_REP.userId,
      assignedByPerson: false,
    });
  });

  it('is its former one’s again where a person gives it back to them', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await giveByHand(world, touchId, OTHER_REP.ownerId);

    await giveByHand(world, touchId, MANAGER.ownerId);

    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: MANAGER.userId,
      taskOwnerId: MANAGER.ownerId,
      assignedByPerson: true,
    });
  });

  it('is a person’s choice where it was theirs before we moved it', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.program(UNDER_OTHER);
    await readAgain(world);

    await giveByHand(world, touchId, MANAGER.ownerId);

    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: MANAGER.userId,
      assignedByPerson: true,
    });
  });

  it('keeps its new caller where the move arrives while it is being read', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const { hubspot } = world.deps;
    const readTasks: typeof hubspot.readTasks = async (portalId, ids) => {
      const before = await hubspot.readTasks(portalId, ids);
      await world.program(UNDER_OTHER);
      await readAgain(world);
      return before;
    };

    await syncTasks({ ...world.deps, hubspot: { ...hubspot, readTasks } }, world.portalId);

    expect(taskOwners(world)).toEqual([OTHER_REP.ownerId]);
    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: OTHER_REP.userId,
      assignedByPerson: false,
    });
  });
});

describe('a caller who left', () => {
  it('named in the settings, leaves the calls to the installer', async () => {
    const world = await worlds.fresh({ settings: UNDER_OTHER });
    const { touchId } = await world.plan(COMPANY, {
      callerUserId: OTHER_REP.userId,
      callerOwnerId: OTHER_REP.ownerId,
    });
    await releaseTouches(world.deps, world.portalId);
    leave(world, OTHER_REP.ownerId);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: MANAGER.userId });
    expect(taskOwners(world)).toEqual([MANAGER.ownerId]);
  });

  it('leaves the calls that HubSpot refused over them meanwhile, which are made after all', async () => {
    const world = await worlds.fresh({ settings: UNDER_OTHER });
    const { touchId } = await world.plan(COMPANY, {
      callerUserId: OTHER_REP.userId,
      callerOwnerId: OTHER_REP.ownerId,
    });
    leave(world, OTHER_REP.ownerId);
    world.deps.fake.fates.push('rejected');
    await releaseTouches(world.deps, world.portalId);
    const refused = await world.touch(touchId);

    await readAgain(world);
    await releaseTouches(world.deps, world.portalId);

    expect(refused).toMatchObject({ state: 'parked' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created', callerUserId: MANAGER.userId });
    expect(taskOwners(world)).toEqual([MANAGER.ownerId]);
    expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
  });

  it('leaves alone what waits for a person for another reason', async () => {
    const world = await worlds.fresh({ settings: UNDER_OTHER });
    const { touchId } = await world.plan(COMPANY, {
      callerUserId: OTHER_REP.userId,
      callerOwnerId: OTHER_REP.ownerId,
    });
    const parked = { state: 'parked', reason: 'unknownOutcome' } as const;
    await world.inside((scope) => world.store.touches.update(scope, touchId, parked));
    leave(world, OTHER_REP.ownerId);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ ...parked, callerUserId: MANAGER.userId });
  });

  it('gives back what a person had given them', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await giveByHand(world, touchId, OTHER_REP.ownerId);
    leave(world, OTHER_REP.ownerId);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({
      callerUserId: MANAGER.userId,
      assignedByPerson: false,
    });
    expect(taskOwners(world)).toEqual([MANAGER.ownerId]);
  });
});

describe('a new caller who is no owner in HubSpot', () => {
  it('keeps the calls: the task is nobody’s there, and not the former caller’s at night', async () => {
    const world = await worlds.fresh({ settings: UNDER_OTHER });
    const { touchId } = await world.plan(COMPANY, {
      callerUserId: OTHER_REP.userId,
      callerOwnerId: OTHER_REP.ownerId,
    });
    await releaseTouches(world.deps, world.portalId);
    const { owners } = world.deps.fake;
    owners.splice(
      owners.findIndex(({ ownerId }) => ownerId === MANAGER.ownerId),
      1,
    );
    await world.program({ managers: [] });

    await readAgain(world);
    await syncTasks(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: MANAGER.userId, callerOwnerId: null });
    expect(taskOwners(world)).toEqual([null]);
  });
});

describe('an installer who left', () => {
  it('leaves the customers of nobody to the first manager of the settings who is there', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [] }] },
    });
    await world.plan(FREE_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    leave(world, MANAGER.ownerId);

    await readAgain(world);
    await planCycle(world.deps, world.portalId);

    const touches = await world.inside((scope) =>
      world.store.touches.ofCycleInStates(scope, CYCLE, ['planned', 'created'], 10),
    );
    expect(new Set(touches.map(({ callerUserId }) => callerUserId))).toEqual(new Set([OTHER_REP.userId]));
    expect(new Set(touches.map(({ callerOwnerId }) => callerOwnerId))).toEqual(new Set([OTHER_REP.ownerId]));
    expect(taskOwners(world)).toEqual([OTHER_REP.ownerId]);
  });

  it('is given no task by HubSpot’s owner id, which it would refuse, where nobody else is a manager', async () => {
    const world = await worlds.fresh();
    world.deps.fake.owners.splice(
      0,
      world.deps.fake.owners.length,
      ...world.deps.fake.owners.map((owner) =>
        owner.ownerId === MANAGER.ownerId ? { ...owner, active: false } : owner,
      ),
    );

    await readAgain(world);
    await planCycle(world.deps, world.portalId);

    const touch = await world.inside((scope) => world.store.touches.ofCompany(scope, FREE_COMPANY, CYCLE));
    expect(touch).toMatchObject({ callerUserId: MANAGER.userId, callerOwnerId: null });
  });
});

describe('a rep who left', () => {
  it('is still called about by the manager the settings name, and nothing is written', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    leave(world, REP.ownerId);

    await readAgain(world);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created', callerUserId: MANAGER.userId });
    expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
  });
});
