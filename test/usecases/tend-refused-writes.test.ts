import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { txOf } from '../../src/store/transact.ts';
import { AppError } from '../../src/errors.ts';
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

const MANY = 150;

/** So many companies whose fields HubSpot refused once, and refuses until the cause is mended. */
async function manyRefused(): Promise<{ world: World; refuse: (isRefused: boolean) => void }> {
  const world = await worlds.fresh();
  const { hubspot } = world.deps;
  let isRefused = true;
  const updateCompanies: typeof hubspot.updateCompanies = async (portalId, updates) => {
    const outcomes = await hubspot.updateCompanies(portalId, updates);
    return isRefused ? updates.map(() => ({ result: 'rejected', reason: 'a rule' })) : outcomes;
  };
  Object.assign(world.deps, { hubspot: { ...hubspot, updateCompanies } });
  const rows = Array.from({ length: MANY }, (_, at) => ({
    outboxId: `o${at}`,
    kind: 'companyProperties' as const,
    subject: String(5000 + at),
    key: `properties:${5000 + at}`,
    payload: {},
    notBefore: world.clock.now(),
  }));
  await world.inside((scope) => world.store.outbox.addMany(scope, rows));
  await deliverOutbox(world.deps, world.portalId);
  return { world, refuse: (wanted) => (isRefused = wanted) };
}

const countParked = (world: World) => world.inside((scope) => world.store.outbox.countParked(scope));

/** How many companies each call of updateCompanies carried. */
const callSizes = (world: World): readonly number[] =>
  world.deps.fake.callsOf('updateCompanies').map(({ input }) => (input as readonly unknown[]).length);

it('costs a few tries a night while nobody mended the cause, of others each night', async () => {
  const { world } = await manyRefused();
  const sent = () => world.deps.fake.callsOf('updateCompanies').flatMap(({ input }) => input);
  const before = callSizes(world).length;

  await night(world);
  await night(world);

  expect(callSizes(world).slice(before)).toEqual([10, 10]);
  expect(await countParked(world)).toBe(MANY);
  const tried = (sent() as readonly { companyId: string }[]).slice(MANY).map(({ companyId }) => companyId);
  expect(new Set(tried).size).toBe(20);
});

it('is all written in the night after somebody mended the cause', async () => {
  const { world, refuse } = await manyRefused();
  await night(world);
  const before = callSizes(world).length;

  refuse(false);
  await night(world);

  expect(callSizes(world).slice(before)).toEqual([10, 100, 40]);
  expect(await countParked(world)).toBe(0);
});

it('goes no further in a night in which what follows is refused', async () => {
  const { world, refuse } = await manyRefused();
  const before = callSizes(world).length;
  refuse(false);
  world.clock.advance(DAY_MS);
  await syncTasks(world.deps, world.portalId);
  const { hubspot } = world.deps;
  const updateCompanies: typeof hubspot.updateCompanies = async (portalId, updates) => {
    const outcomes = await hubspot.updateCompanies(portalId, updates);
    refuse(true);
    return outcomes;
  };

  await deliverOutbox({ ...world.deps, hubspot: { ...hubspot, updateCompanies } }, world.portalId);

  expect(callSizes(world).slice(before)).toEqual([10, 100]);
  expect(await countParked(world)).toBe(MANY - 10);
});

it('does not keep the rest of the night’s work where the database gives up on it', async () => {
  const { world } = await manyRefused();
  const { outbox } = world.store;
  const endFollowed = () =>
    Promise.reject(new AppError('unavailable', 'The test wants a statement to take too long.'));
  const store = { ...world.deps.store, outbox: { ...outbox, endFollowed } };
  world.clock.advance(DAY_MS);

  await syncTasks({ ...world.deps, store }, world.portalId);

  const portal = await world.inside((scope) => world.store.portals.find(scope));
  expect(portal?.reconciledAt).toEqual(world.clock.now());
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
