import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, FORGOT, OTHER_COMPANY, REMEMBERS, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function release(world: World, afterMinutes = 15): Promise<void> {
  world.clock.advance(afterMinutes * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const notices = (world: World) =>
  [...world.deps.fake.tasks.values()].filter(({ draft }) => draft.type === 'TODO');

async function wordsSeenByRep(world: World): Promise<number> {
  const view = await getCompany(world.deps, world.rep, COMPANY);
  return view.role === 'rep' ? view.feedback.length : -1;
}

describe('passing the words on', () => {
  it('shows them to the rep after fifteen minutes and not before', async () => {
    const world = await worlds.fresh();
    await world.record();

    await release(world, 14);
    const early = await wordsSeenByRep(world);
    await release(world, 1);

    expect(early).toBe(0);
    expect(await wordsSeenByRep(world)).toBe(1);
  });

  it('never passes on what was said in confidence', async () => {
    const world = await worlds.fresh();
    await world.record({ inConfidence: 'They talk with a competitor.' });

    await release(world);

    const card = await getCompany(world.deps, world.rep, COMPANY);
    const home = await getHome(world.deps, world.rep);
    expect(JSON.stringify([card, home])).not.toContain('competitor');
    expect(JSON.stringify([...world.deps.fake.tasks.values(), ...world.deps.fake.notes])).not.toContain(
      'competitor',
    );
  });

  it('tells each rep by one task a day, without any content', async () => {
    const world = await worlds.fresh();
    await world.record();
    await world.record();
    await world.record({ companyId: OTHER_COMPANY, respondent: { contactId: null, name: 'Eve Stone' } });

    await release(world);
    await world.record();
    await release(world);

    const texts = notices(world).map(({ draft }) => `${draft.subject} ${draft.bodyHtml}`);
    expect(
      notices(world)
        .map(({ ownerId }) => ownerId)
        .sort(),
    ).toEqual([REP.ownerId, '12']);
    expect(new Set(texts).size).toBe(1);
    expect(texts.join(' ')).not.toMatch(/Acme|Birch|Dana|salesperson/);
  });

  it('tells again on the next day', async () => {
    const world = await worlds.fresh();
    await world.record();
    await release(world);
    world.clock.set('2026-08-13T15:00:00Z');
    await world.record();

    await release(world);

    expect(notices(world)).toHaveLength(2);
  });

  it('tells the same at the same time whether or not the log differs', async () => {
    const seen = [];
    for (const recall of [FORGOT, REMEMBERS]) {
      const world = await worlds.fresh();
      await world.record({ recall });
      await compareCheckIns(world.deps, world.portalId);
      await release(world);
      seen.push(
        notices(world).map(({ draft, dueAt }) => [draft.subject, draft.bodyHtml, draft.priority, dueAt]),
      );
    }

    expect(seen[0]).toHaveLength(1);
    expect(seen[0]).toEqual(seen[1]);
  });

  it('makes no task for a rep who left, and keeps the words for whoever reads next', async () => {
    const world = await worlds.fresh();
    await world.record();
    await world.inside(async (scope) => {
      const owners = await world.store.people.owners(scope);
      const changed = owners.map((owner) => ({ ...owner, active: owner.ownerId !== REP.ownerId }));
      await world.store.people.replaceOwners(scope, changed);
    });

    await release(world);

    expect(notices(world)).toEqual([]);
  });

  it('closes the notice by itself after five business days', async () => {
    const world = await worlds.fresh();
    await world.record();
    await release(world);

    world.clock.set('2026-08-19T15:00:00Z');
    await release(world, 0);
    const onTheLastDay = notices(world).map(({ completed }) => completed);
    world.clock.set('2026-08-20T15:00:00Z');
    await release(world, 0);

    expect(onTheLastDay).toEqual([false]);
    expect(notices(world).map(({ completed }) => completed)).toEqual([true]);
  });

  it('closes a notice that came to be only after its five days, too', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);

    world.clock.set('2026-08-20T15:00:00Z');
    await release(world, 0);
    const late = notices(world).map(({ completed }) => completed);
    world.clock.set('2026-08-21T15:00:00Z');
    await release(world, 0);

    expect(late).toEqual([false]);
    expect(notices(world).map(({ completed }) => completed)).toEqual([true]);
  });

  it.each(['unique', 'ledger'] as const)('makes it later where HubSpot took nothing (%s)', async (mode) => {
    const world = await worlds.fresh({ portal: { taskKeyMode: mode } });
    await world.record();
    world.deps.fake.fates.push('created', 'notSent');

    await release(world);
    await release(world, 1);

    expect(notices(world)).toHaveLength(1);
  });

  it('leaves it to a person where it may have arrived and tasks carry no unique key', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    await world.record();
    world.deps.fake.fates.push('created', 'lost');

    await release(world);
    await release(world, 2);

    const parked = await world.inside((scope) => world.store.outbox.parked(scope, 5));
    expect(parked).toMatchObject([{ kind: 'repNotice', reason: 'unknownOutcome' }]);
    expect(notices(world)).toEqual([]);
  });

  it('makes no second task where the first may have arrived', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    world.deps.fake.fates.push('created', 'unheard');

    await deliverOutbox(world.deps, world.portalId);
    await release(world, 2);
    await release(world, 20);

    expect(notices(world)).toHaveLength(1);
  });
});
