import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/errors.ts';
import { processInbox } from '../../src/usecases/process-inbox.ts';
import { receiveWebhooks } from '../../src/usecases/receive-webhooks.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import type { WebhookEvent } from '../../src/usecases/records.ts';
import { COMPANY, DANA, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const BAD = '5555';

const eventOf = (world: World, dedupeKey: string, change: Partial<WebhookEvent>) => ({
  dedupeKey,
  subscriptionType: 'company.propertyChange',
  objectType: 'company',
  objectId: COMPANY as string,
  propertyName: 'hubspot_owner_id',
  propertyValue: null,
  occurredAt: world.clock.now(),
  mergedInto: null,
  ...change,
  portalId: world.portalId,
});

/** HubSpot gives no readable reply whenever one of these companies is asked for. */
function unreadable(world: World, isUnreadable: (id: string) => boolean): Deps {
  const { hubspot } = world.deps;
  const companiesById: typeof hubspot.companiesById = (portalId, ids) =>
    ids.some(isUnreadable)
      ? Promise.reject(new AppError('hubspot_unavailable', 'The reply was not JSON.'))
      : hubspot.companiesById(portalId, ids);
  return { ...world.deps, hubspot: { ...hubspot, companiesById } };
}

const openKeys = async (world: World) => {
  const events = await world.inside((scope) => world.store.inbox.take(scope, 200));
  return events.map(({ dedupeKey }) => dedupeKey);
};

async function tryTimes(deps: Deps, world: World, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await processInbox(deps, world.portalId).catch(() => undefined);
}

describe('a deletion of personal data', () => {
  it('is done at once, though a hundred events before it cannot be followed', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const before = Array.from({ length: 120 }, (_, at) => eventOf(world, `before-${at}`, {}));
    const erasure = { subscriptionType: 'contact.privacyDeletion', objectType: 'contact', objectId: DANA };
    await receiveWebhooks(world.deps, [...before, eventOf(world, 'erase', erasure)]);

    await tryTimes(
      unreadable(world, () => true),
      world,
      1,
    );

    const checkIn = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    expect(JSON.stringify(checkIn)).not.toContain('Dana');
    expect(await openKeys(world)).toHaveLength(120);
  });
});

describe('an event whose reply cannot be read', () => {
  const events = (world: World) => [
    eventOf(world, 'bad', { objectId: BAD }),
    ...Array.from({ length: 6 }, (_, at) => eventOf(world, `of-${at}`, { objectId: String(7_000 + at) })),
    eventOf(world, 'good', {}),
  ];

  it('is set aside alone after five failures, and the others are followed', async () => {
    const world = await worlds.fresh();
    await receiveWebhooks(world.deps, events(world));
    const company = world.deps.fake.companies.get(COMPANY);
    if (company !== undefined)
      world.deps.fake.companies.set(COMPANY, { ...company, ownerId: OTHER_REP.ownerId });
    const deps = unreadable(world, (id) => id === BAD);

    await tryTimes(deps, world, 4);
    const afterFour = await openKeys(world);
    await processInbox(deps, world.portalId);

    const [aside, followed] = await world.inside(async (scope) => [
      await world.store.inbox.asideByReason(scope),
      await world.store.companies.find(scope, COMPANY),
    ]);
    expect(afterFour).toHaveLength(8);
    expect(await openKeys(world)).toEqual([]);
    expect([...aside]).toEqual([['hubspot_unavailable', 1]]);
    expect(followed).toMatchObject({ ownerId: OTHER_REP.ownerId });
  });

  it('stays with all others while HubSpot answers about none of them', async () => {
    const world = await worlds.fresh();
    await receiveWebhooks(world.deps, events(world));

    await tryTimes(
      unreadable(world, () => true),
      world,
      7,
    );

    expect(await openKeys(world)).toHaveLength(8);
  });
});
