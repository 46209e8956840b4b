import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { txOf } from '../../src/store/transact.ts';
import { AppError } from '../../src/errors.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { prepareWrites } from '../../src/usecases/prepare-writes.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { resolveTouches } from '../../src/usecases/resolve-touches.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { useWorlds, type World } from '../support/world.ts';

/** An account whose tasks could not carry a unique key when it started, and can by now. */

const worlds = useWorlds();

async function withReferences(): Promise<World> {
  const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
  world.deps.fake.useKeyMode('unique');
  return world;
}

const probesOf = (world: World): number => world.deps.fake.callsOf('probeTaskKeyMode').length;

async function modeOf(world: World) {
  return (await world.inside((scope) => world.store.portals.find(scope)))?.taskKeyMode;
}

async function night(world: World, days = 1): Promise<void> {
  world.clock.advance(days * DAY_MS);
  await syncTasks(world.deps, world.portalId);
}

async function guardOf(world: World): Promise<string | undefined> {
  const { admin } = await getHome(world.deps, world.manager);
  return admin?.health.find(({ label }) => label === 'Guard against double tasks')?.value;
}

async function auditOf(world: World): Promise<readonly unknown[]> {
  const { rows } = await world.inside((scope) =>
    sql`SELECT actor, subject, outcome FROM audit_log
      WHERE portal_id = ${world.portalId} AND action = 'changeKeyMode'`.execute(txOf(scope)),
  );
  return rows;
}

it('has unique keys from the next night on, with an entry in the audit', async () => {
  const world = await withReferences();

  await night(world);

  expect(await modeOf(world)).toBe('unique');
  expect(await guardOf(world)).toBe('Unique field');
  const change = { actor: 'system:syncTasks', subject: String(world.portalId), outcome: 'unique' };
  expect(await auditOf(world)).toEqual([change]);
});

it('makes the tasks that were not sent yet by unique keys', async () => {
  const world = await withReferences();
  await world.plan();
  await night(world);

  const modes: string[] = [];
  const { hubspot } = world.deps;
  const createTasks: typeof hubspot.createTasks = (portalId, mode, ...rest) => {
    modes.push(mode);
    return hubspot.createTasks(portalId, mode, ...rest);
  };

  await releaseTouches({ ...world.deps, hubspot: { ...hubspot, createTasks } }, world.portalId);

  expect(modes).toEqual(['unique']);
});

it('is tried again once a week where it still cannot, which Health says', async () => {
  const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
  world.deps.fake.useKeyMode('ledger');
  const before = await guardOf(world);

  for (let nights = 0; nights < 8; nights += 1) await night(world);

  expect(probesOf(world)).toBe(2);
  expect(before).toBe('Reference in the task. We try a unique field once a week, while no tasks are made.');
  expect(await guardOf(world)).toBe(
    'Reference in the task; a unique field was last tried on Aug 20. We try it again once a week, while no tasks are made.',
  );
  expect(await auditOf(world)).toEqual([]);
});

it('is tried again at once after the account was connected anew', async () => {
  const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
  world.deps.fake.useKeyMode('ledger');
  await night(world);

  const row = { userId: world.manager.userId, scopes: ['tasks'], at: world.clock.now() };
  await world.inside((scope) => world.store.portals.install(scope, row));
  await night(world);

  expect(probesOf(world)).toBe(2);
});

it('keeps since when its keys are unique where it is connected anew', async () => {
  const world = await withReferences();
  await night(world);
  const since = world.clock.now();

  const row = { userId: world.manager.userId, scopes: ['tasks'], at: since };
  await world.inside((scope) => world.store.portals.install(scope, row));

  const portal = await world.inside((scope) => world.store.portals.find(scope));
  expect(portal?.keyProbedAt).toEqual(since);
});

it('is left as it is for a week after the last task', async () => {
  const world = await withReferences();
  await world.plan();
  await releaseTouches(world.deps, world.portalId);

  await night(world, 6);
  const early = probesOf(world);
  await night(world, 2);

  expect(early).toBe(0);
  expect(await modeOf(world)).toBe('unique');
});

it('is left as it is while a task is in doubt, or a person may still say that it exists', async () => {
  const world = await withReferences();
  await world.plan();
  world.deps.fake.fates.push('lost');
  await releaseTouches(world.deps, world.portalId);

  await night(world, 8);
  world.clock.advance(MINUTE_MS);
  await resolveTouches(world.deps, world.portalId);
  await night(world);

  expect(probesOf(world)).toBe(0);
  expect(await modeOf(world)).toBe('ledger');
});

it('is left as it is while a rep’s notice is in doubt', async () => {
  const world = await withReferences();
  await world.inside((scope) =>
    world.store.outbox.add(scope, {
      outboxId: 'o1',
      kind: 'repNotice',
      subject: 'n1',
      key: 'noticekey1',
      payload: { ownerId: '11', onDay: '2026-08-12' },
      notBefore: world.clock.now(),
    }),
  );
  world.deps.fake.fates.push('lost');
  await deliverOutbox(world.deps, world.portalId);

  await night(world);

  expect(await modeOf(world)).toBe('ledger');
});

it('is left as it is where something is sent while it is tried', async () => {
  const world = await withReferences();
  await world.plan();
  const { hubspot } = world.deps;
  const probeTaskKeyMode: typeof hubspot.probeTaskKeyMode = async (portalId) => {
    await releaseTouches(world.deps, portalId);
    return hubspot.probeTaskKeyMode(portalId);
  };

  world.clock.advance(DAY_MS);
  await syncTasks({ ...world.deps, hubspot: { ...hubspot, probeTaskKeyMode } }, world.portalId);

  expect(await modeOf(world)).toBe('ledger');
  expect(await auditOf(world)).toEqual([]);
});

it('does not keep the rest of the night’s work where HubSpot cannot say', async () => {
  const world = await withReferences();
  world.deps.fake.failNext('probeTaskKeyMode', 'outcome_unknown');

  await night(world);

  const portal = await world.inside((scope) => world.store.portals.find(scope));
  expect(portal).toMatchObject({ taskKeyMode: 'ledger', reconciledAt: world.clock.now() });
});

it('is tried again after a week where it was cut short with a task in HubSpot, and the next night where none was made', async () => {
  const world = await withReferences();
  const { hubspot } = world.deps;
  const probedBy = (isMade: boolean): typeof hubspot.probeTaskKeyMode => {
    return async (portalId, onTask) => {
      await hubspot.probeTaskKeyMode(portalId);
      if (isMade) onTask?.();
      throw new AppError('hubspot_unavailable', 'The test wants it cut short.');
    };
  };
  const cutShort = async (isMade: boolean) => {
    world.clock.advance(DAY_MS);
    const probeTaskKeyMode = probedBy(isMade);
    await syncTasks({ ...world.deps, hubspot: { ...hubspot, probeTaskKeyMode } }, world.portalId);
    return probesOf(world);
  };

  const probes = [await cutShort(false), await cutShort(true), await cutShort(true)];
  await night(world, 7);

  expect(probes).toEqual([1, 2, 2]);
  expect(await modeOf(world)).toBe('unique');
});

it('knows of no time before its keys were unique where they are from the first task on', async () => {
  const world = await worlds.fresh({ portal: { taskKeyMode: null } });
  world.deps.fake.useKeyMode('unique');

  await prepareWrites(world.deps, world.portalId);

  const portal = await world.inside((scope) => world.store.portals.find(scope));
  expect(portal).toMatchObject({ taskKeyMode: 'unique', keyProbedAt: null });
});

it('leaves to a person what was sent before its field was made anew by hand, and turns out to be in doubt after', async () => {
  const world = await worlds.fresh({ portal: { taskKeyMode: 'unique' } });
  world.deps.fake.useKeyMode('unique');
  const { touchId } = await world.plan();
  world.deps.fake.fates.push('lost');
  await releaseTouches(world.deps, world.portalId);
  world.clock.advance(DAY_MS);
  await world.inside((scope) => world.store.portals.update(scope, { taskKeyMode: null }));

  await prepareWrites(world.deps, world.portalId);
  await resolveTouches(world.deps, world.portalId);

  const portal = await world.inside((scope) => world.store.portals.find(scope));
  expect(portal).toMatchObject({ taskKeyMode: 'unique', keyProbedAt: world.clock.now() });
  expect(await world.touch(touchId)).toMatchObject({ state: 'parked', reason: 'unknownOutcome' });
});

it('never goes back from unique keys by itself', async () => {
  const world = await worlds.fresh({ portal: { taskKeyMode: 'unique' } });
  world.deps.fake.useKeyMode('ledger');

  await night(world, 8);

  expect(probesOf(world)).toBe(0);
});

it('leaves to a person what was sent before keys were unique, and turns out to be in doubt after', async () => {
  const world = await withReferences();
  const { touchId } = await world.plan();
  world.deps.fake.fates.push('lost');
  await releaseTouches(world.deps, world.portalId);
  const canceled = { state: 'canceled', reason: 'leftOutByPerson' } as const;
  await world.inside((scope) => world.store.touches.update(scope, touchId, canceled));
  await night(world, 8);
  const inDoubt = { state: 'sending', notBefore: world.clock.now() } as const;
  await world.inside((scope) => world.store.touches.update(scope, touchId, inDoubt));

  await resolveTouches(world.deps, world.portalId);

  expect(await modeOf(world)).toBe('unique');
  expect(await world.touch(touchId)).toMatchObject({ state: 'parked', reason: 'unknownOutcome' });
});
