import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getMethod } from '../../src/usecases/get-method.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { COMPANY, FORGOT, LUIS, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const CUSTOM = 'aaaaaaaa-0000-4000-8000-000000000001';

function setLog(world: World): void {
  const day = { occurredAt: '2026-08-03T15:00:00Z', createdAt: '2026-08-03T16:00:00Z' };
  const activities = [
    aCall({ ...day, id: '601' }),
    aCall({ ...day, id: '602', createdAt: '2026-08-11T16:00:00Z' }),
    aCall({ ...day, id: '603', disposition: null }),
    aCall({ ...day, id: '604', disposition: CUSTOM, contactIds: [] }),
    aCall({ ...day, id: '605', ownerId: OTHER_REP.ownerId, disposition: null }),
    aCall({ ...day, id: '606', sourceLabel: 'CALLING', sourceDetail: 'HubSpot Calling' }),
  ];
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
}

async function compared(world: World): Promise<void> {
  await world.record();
  await compareCheckIns(world.deps, world.portalId);
}

/** One difference with its log, and others that fit. */
async function settledAmong(world: World, comparisons: number, isSettled = true): Promise<void> {
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  const settledAt = world.clock.now();
  await world.inside(async (scope) => {
    if (!isSettled) return;
    await world.store.findings.saveResult(scope, String(saved.findingId), { state: 'ready', settledAt });
  });
  const recall = { ...FORGOT, recency: 'W4', count: '2' } as const;
  for (let added = 1; added < comparisons; added += 1)
    await addCompared(world, touchesOf([12, 40]), { recall });
}

async function released(world: World): Promise<void> {
  world.clock.advance(16 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
}

describe('the panel of a rep’s own log', () => {
  it('counts each of the rep’s records once, and nobody else’s', async () => {
    const world = await worlds.fresh();
    setLog(world);
    await compared(world);
    await released(world);
    await world.record({ respondent: { contactId: LUIS, name: 'Luis Vega' } });
    await compareCheckIns(world.deps, world.portalId);
    await released(world);

    const { rep } = await getHome(world.deps, world.rep);
    const other = await getHome(world.deps, world.otherRep);

    expect(rep?.hygiene.map(({ value }) => value)).toEqual([
      '1 of 5 records',
      '1 of 5 records',
      '1 of 5 records',
    ]);
    expect(other.rep?.hygiene).toEqual([]);
  });

  it('waits until the words are released, as the rest does', async () => {
    const world = await worlds.fresh();
    setLog(world);
    await compared(world);

    const { rep } = await getHome(world.deps, world.rep);

    expect(rep?.hygiene).toEqual([]);
  });

  it('is on no page of a manager', async () => {
    const world = await worlds.fresh();
    setLog(world);
    await compared(world);
    await released(world);

    const home = await getHome(world.deps, world.manager);

    expect(JSON.stringify(home)).not.toContain('of 5 records');
  });
});

describe('what the log really uses', () => {
  it('is counted by source and outcome, the most used first', async () => {
    const world = await worlds.fresh({ portal: { callDispositions: { [CUSTOM]: 'Demo held' } } });
    setLog(world);
    await settledAmong(world, 12);

    const { usage } = await getProgram(world.deps, world.manager);

    expect(usage.sources.map(({ label, records }) => [label, records])).toEqual([
      ['CRM_UI', 5],
      ['CALLING', 1],
    ]);
    expect(usage.dispositions.map(({ label, records }) => [label, records])).toEqual([
      ['An outcome that HubSpot no longer has', 3],
      ['No outcome', 2],
      ['Demo held', 1],
    ]);
  });

  it.each([
    ['are fewer than twelve', 11, true],
    ['are eleven and one in its reply window', 12, false],
  ])('says that it is not enough yet where the settled comparisons %s', async (_what, all, isSettled) => {
    const world = await worlds.fresh();
    await settledAmong(world, all, isSettled);

    const { usage } = await getProgram(world.deps, world.manager);

    expect(usage).toEqual({
      note: 'Counts appear here once 12 comparisons are settled. Before customers were asked nobody reads the log, not even to count.',
      sources: [],
      dispositions: [],
    });
  });

  it('says that listening only has no counts', async () => {
    const world = await worlds.fresh({ settings: { openness: 'listeningOnly' } });

    const { usage } = await getProgram(world.deps, world.manager);

    expect(usage.note).toBe('In listening only nobody reads the log, so there are no counts.');
  });

  it('learns nothing from a difference in its reply window', async () => {
    const world = await worlds.fresh();
    await settledAmong(world, 13, false);

    const { usage } = await getProgram(world.deps, world.manager);

    expect([usage.sources, usage.dispositions]).toEqual([[], []]);
  });

  it('is nothing before the first comparison: nobody reads the log for it', async () => {
    const world = await worlds.fresh();
    setLog(world);

    const { usage } = await getProgram(world.deps, world.manager);

    expect(usage).toEqual({
      note: 'Counts appear here once 12 comparisons are settled. Before customers were asked nobody reads the log, not even to count.',
      sources: [],
      dispositions: [],
    });
    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
  });
});

describe('the method', () => {
  it('is the same for everyone in the account', async () => {
    const world = await worlds.fresh();
    const actors = [world.manager, world.rep, world.stranger];

    const pages = await Promise.all(actors.map((actor) => getMethod(world.deps, actor)));

    expect(new Set(pages.map((page) => JSON.stringify(page))).size).toBe(1);
    expect(pages[0]?.sections[0]?.title).toBe('What is compared');
  });
});
