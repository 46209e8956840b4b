import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { callsBefore, compared, rowOf, setLog, told, type Heard } from '../support/finding-story.ts';
import { FORGOT, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const LONG_AGO = { ...FORGOT, recency: 'LONG' } as const;

async function corrected(world: World, { checkInId }: Heard): Promise<void> {
  const correction = { submissionId: randomUUID(), recall: REMEMBERS, reason: 'Typing error.' };
  await correctCheckIn(world.deps, world.manager, checkInId, correction);
}

async function askedInNovember(world: World): Promise<Heard> {
  world.clock.set('2026-11-12T15:00:00Z');
  setLog(world, callsBefore('2026-11-12'));
  return compared(world, { happenedOn: '2026-11-12' });
}

describe('somebody whose earlier answers were corrected to contact, and who now says never', () => {
  it('holds nothing against anyone', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await corrected(world, first);
    await compareCheckIns(world.deps, world.portalId);

    const again = await askedInNovember(world);

    expect((await rowOf(world, again)).result).toMatchObject({ severity: 0, rule: 'R05' });
  });

  it('holds nothing against anyone where the correction comes after the second answer, either', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    const again = await askedInNovember(world);
    const before = await rowOf(world, again);

    await corrected(world, first);

    expect(before.result).toMatchObject({ severity: 2, rule: 'R13' });
    expect((await rowOf(world, again)).result).toMatchObject({ severity: 0, rule: 'R05' });
  });
});

describe('the same person heard again in the quarter, and not asked about contact', () => {
  it('holds nothing against anyone: the answers of then are not compared with the log of now', async () => {
    const world = await worlds.fresh();
    setLog(world, sixCalls().slice(0, 1));
    await compared(world, { recall: LONG_AGO });
    await told(world);
    world.clock.set('2026-09-25T15:00:00Z');
    const since = ['2026-08-14', '2026-08-21', '2026-08-28', '2026-09-04', '2026-09-18'];
    const calls = since.map((day, at) =>
      aCall({ id: String(950 + at), occurredAt: `${day}T15:00:00Z`, createdAt: `${day}T18:00:00Z` }),
    );
    setLog(world, [...sixCalls().slice(0, 1), ...calls]);

    const again = await compared(world, { happenedOn: '2026-09-25', recall: null });

    expect((await rowOf(world, again)).result).toMatchObject({
      verdict: 'UNVERIFIED',
      severity: 0,
      rule: 'R03',
    });
  });
});
