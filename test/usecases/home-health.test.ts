import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { intervalFor } from '../../src/core/call-budget.ts';
import { LISTENING_NOTICE } from '../../src/core/wording.ts';
import { announce } from '../../src/usecases/announce.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function healthOf(world: World, fact: string): Promise<string | undefined> {
  const { admin } = await getHome(world.deps, world.manager);
  return admin?.health.find(({ label }) => label === fact)?.value;
}
const announcementOf = (world: World) => healthOf(world, 'Announcement');
const quotaOf = (world: World) => healthOf(world, 'HubSpot’s limit on calls');
const PACE = { intervalMs: intervalFor(100), latenessMs: 90, longestWaitMs: 30_000 };

it('tells the admin from when on the announced calls are made', async () => {
  const world = await worlds.fresh();

  expect(await announcementOf(world)).toBe('Made; answers may be compared from May 1 on');
});

it('tells the admin that nothing is announced yet', async () => {
  const world = await worlds.fresh({ announcedDaysAgo: null });

  expect(await announcementOf(world)).toBe('Not yet');
});

it('asks an account that only listens for no announcement, so that its set-up comes to an end', async () => {
  const world = await worlds.fresh({ announcedDaysAgo: null, settings: { openness: 'listeningOnly' } });
  const comparing = await worlds.fresh({ announcedDaysAgo: null });

  const { admin } = await getHome(world.deps, world.manager);
  const other = await getHome(comparing.deps, comparing.manager);

  expect(admin?.checklist.map(({ key }) => key)).toEqual(['read', 'openness', 'start']);
  expect(await announcementOf(world)).toBe('Not needed while answers are only heard');
  expect(other.admin?.checklist.map(({ key }) => key)).toContain('announce');
});

it('takes no announcement where answers are only heard: it would open the gate of the comparison later', async () => {
  const world = await worlds.fresh({ announcedDaysAgo: null, settings: { openness: 'listeningOnly' } });
  const told = { submissionId: randomUUID(), startsOn: '2026-08-20', text: LISTENING_NOTICE };

  const announcing = announce(world.deps, world.manager, told);

  await expect(announcing).rejects.toMatchObject({ code: 'conflict' });
  await expect(world.inside((scope) => world.store.programs.announcement(scope))).resolves.toBeNull();
  expect(LISTENING_NOTICE).not.toMatch(/log|compar|reply/i);
});

it('tells what HubSpot did not take apart from what waits for a person', async () => {
  const world = await worlds.fresh();
  const before = await healthOf(world, 'Notes and changes HubSpot did not take');
  await world.inside(async (scope) => {
    const row = { kind: 'note' as const, subject: 'c1', key: 'k', payload: {}, notBefore: world.clock.now() };
    await world.store.outbox.add(scope, { ...row, outboxId: 'o1' });
    for (const claimed of await world.store.outbox.claim(scope, world.clock.now(), 1))
      await world.store.outbox.settle(scope, claimed, { state: 'parked', reason: 'company not found' });
  });

  expect(before).toBeUndefined();
  expect(await healthOf(world, 'Notes and changes HubSpot did not take')).toBe(
    '1: a note about a check-in. HubSpot says: “company not found”. We try again each night for a week: mend the cause, and it is written. A week after the last try it leaves this list.',
  );
  expect(await healthOf(world, 'Needs a person')).toBe('0');
});

it('does not know HubSpot’s limit before the first call', async () => {
  const world = await worlds.fresh();

  expect(await quotaOf(world)).toBe('Not known yet.');
});

it('tells the admin the usual limit until HubSpot states another', async () => {
  const world = await worlds.fresh();

  await world.store.budget.reserve(world.portalId, 'api', PACE, 'card');

  expect(await quotaOf(world)).toBe(
    'At most 100 calls in 10 seconds, until HubSpot states another limit. Nothing waits.',
  );
});

it.each([100, 110, 150, 190])('tells the admin that HubSpot leaves %i calls', async (calls) => {
  const world = await worlds.fresh();

  await world.store.budget.learn(world.portalId, 'api', intervalFor(calls));

  expect(await quotaOf(world)).toBe(`HubSpot leaves this app ${calls} calls in 10 seconds. Nothing waits.`);
});

it.each(['api', 'search'] as const)(
  'tells the admin until when HubSpot asked the %s to wait',
  async (bucket) => {
    const world = await worlds.fresh();
    await world.store.budget.learn(world.portalId, 'api', intervalFor(110));

    await world.store.budget.pause(world.portalId, bucket, 5 * MINUTE_MS);
    const during = await quotaOf(world);
    world.clock.advance(5 * MINUTE_MS);

    expect(during).toBe('HubSpot asked us to wait until 10:05 AM.');
    expect(await quotaOf(world)).toBe('HubSpot leaves this app 110 calls in 10 seconds. Nothing waits.');
  },
);

it('tells nobody of another account’s pause', async () => {
  const world = await worlds.fresh();
  const other = await worlds.fresh();

  await other.store.budget.pause(other.portalId, 'api', 5 * MINUTE_MS);

  expect(await quotaOf(world)).toBe('Not known yet.');
});
