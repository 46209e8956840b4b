import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { txOf } from '../../src/store/transact.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { syncTasks } from '../../src/usecases/sync-tasks.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const DAY_MS = 24 * 60 * MINUTE_MS;
const REFUSED = 'Notes and changes HubSpot did not take';

async function recorded(): Promise<World> {
  const world = await worlds.fresh();
  await world.record();
  world.clock.advance(15 * MINUTE_MS);
  return world;
}

/** A day passes: the nightly work, then what it planned. */
async function night(world: World): Promise<void> {
  world.clock.advance(DAY_MS);
  await syncTasks(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const parkedIn = (world: World) => world.inside((scope) => world.store.outbox.parked(scope, 10));

async function healthOf(world: World, fact: string): Promise<string | undefined> {
  const { admin } = await getHome(world.deps, world.manager);
  return admin?.health.find(({ label }) => label === fact)?.value;
}

async function givenUp(world: World): Promise<readonly string[]> {
  const { rows } = await world.inside((scope) =>
    sql<{ kind: string }>`SELECT outcome AS kind FROM audit_log
      WHERE portal_id = ${world.portalId} AND action = 'giveUpWrite' ORDER BY seq`.execute(txOf(scope)),
  );
  return rows.map(({ kind }) => kind);
}

it('has nothing left of a note whose company is gone', async () => {
  const world = await recorded();
  world.deps.fake.fates.push('missing');

  await deliverOutbox(world.deps, world.portalId);

  expect(world.deps.fake.callsOf('createNotes')).toHaveLength(1);
  expect(await parkedIn(world)).toEqual([]);
  expect(await healthOf(world, REFUSED)).toBeUndefined();
});

it('is told to the admin with HubSpot’s reason, and not as something a person has to decide', async () => {
  const world = await recorded();
  world.deps.fake.failNext('updateCompanies', 'hubspot_rejected');

  await deliverOutbox(world.deps, world.portalId);

  expect(await healthOf(world, 'Needs a person')).toBe('0');
  expect(await healthOf(world, REFUSED)).toBe(
    '1: the check-in fields of a company. HubSpot says: “The test wants hubspot_rejected.”. We try again each night for a week: mend the cause, and it is written. A week after the last try it leaves this list.',
  );
});

it('is written the night after somebody mended the cause', async () => {
  const world = await recorded();
  world.deps.fake.failNext('updateCompanies', 'hubspot_rejected');
  await deliverOutbox(world.deps, world.portalId);

  await night(world);

  expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_wave: 1 });
  expect(await parkedIn(world)).toEqual([]);
  expect(await givenUp(world)).toEqual([]);
});

it('is sent once a night for a week, then given up a week later with an entry in the audit', async () => {
  const world = await recorded();
  // More than would be asked for.
  for (let sends = 0; sends < 20; sends += 1) world.deps.fake.fates.push('rejected');
  await deliverOutbox(world.deps, world.portalId);

  for (let nights = 0; nights < 14; nights += 1) await night(world);
  const before = await parkedIn(world);
  await night(world);

  expect(world.deps.fake.callsOf('createNotes')).toHaveLength(8);
  expect(before).toMatchObject([{ kind: 'note', reason: 'invalid owner' }]);
  expect(await parkedIn(world)).toEqual([]);
  expect(await givenUp(world)).toEqual(['note']);
});

it('never sends again what may have landed: such a note is given up after a week', async () => {
  const world = await recorded();
  world.deps.fake.fates.push('lost', 'lost');
  for (const minutes of [0, 1, 14, 0, 1, 15, 15, 60]) {
    world.clock.advance(minutes * MINUTE_MS);
    await deliverOutbox(world.deps, world.portalId);
  }

  const told = await healthOf(world, REFUSED);
  for (let nights = 0; nights < 8; nights += 1) await night(world);

  expect(told).toContain('HubSpot did not say whether it was written');
  expect(world.deps.fake.callsOf('createNotes')).toHaveLength(2);
  expect(await givenUp(world)).toEqual(['note']);
});

it('is never in the way of what was decided since: a refused change of a task is not sent again, and told for a week', async () => {
  const world = await worlds.fresh();
  await world.plan();
  await releaseTouches(world.deps, world.portalId);
  await world.record();
  world.deps.fake.failNext('updateTasks', 'hubspot_rejected');
  world.clock.advance(15 * MINUTE_MS);
  await deliverOutbox(world.deps, world.portalId);

  const told = await healthOf(world, REFUSED);
  for (let nights = 0; nights < 8; nights += 1) await night(world);

  expect(told).toContain('please change the task in HubSpot');
  expect(world.deps.fake.callsOf('updateTasks')).toHaveLength(1);
  expect(await givenUp(world)).toEqual(['completeTask']);
  expect(await healthOf(world, REFUSED)).toBeUndefined();
});

it('is over once a later write says the same', async () => {
  const world = await recorded();
  world.deps.fake.failNext('updateCompanies', 'hubspot_rejected');
  await deliverOutbox(world.deps, world.portalId);
  await world.record({ happenedOn: '2026-08-12' });
  world.clock.advance(20 * MINUTE_MS);
  await deliverOutbox(world.deps, world.portalId);

  await night(world);

  expect(await parkedIn(world)).toEqual([]);
  expect(await givenUp(world)).toEqual([]);
  expect(world.deps.fake.callsOf('updateCompanies')).toHaveLength(2);
});
