import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getMethod } from '../../src/usecases/get-method.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, LUIS, OTHER_REP, useWorlds, type World } from '../support/world.ts';

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
    await compared(world);

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

  it('is nothing before the first comparison: nobody reads the log for it', async () => {
    const world = await worlds.fresh();
    setLog(world);

    const { usage } = await getProgram(world.deps, world.manager);

    expect(usage).toEqual({
      note: 'Counts appear after the first comparisons.',
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
