import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { compared, rowOf, setLog, standingOf, told, type Heard } from '../support/finding-story.ts';
import { DAY_MS } from '../support/deps.ts';
import { LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

/** What weighing again does to a finding, and what it leaves alone. */

const worlds = useWorlds();
const LUIS_REMEMBERS = { respondent: { contactId: LUIS, name: 'Luis Vega' }, recall: REMEMBERS };

async function weighedAgain(world: World, { findingId }: Heard): Promise<void> {
  const change = { state: 'pending', nextTryAt: world.clock.now() } as const;
  await world.inside((scope) => world.store.findings.saveResult(scope, findingId, change));
  await compareCheckIns(world.deps, world.portalId);
}

describe('a soft difference whose explanation is taken back', () => {
  it('has a whole reply window from that day, as a firm one has', async () => {
    const world = await worlds.fresh();
    setLog(world, sixCalls().slice(-3));
    const first = await compared(world);
    await told(world);
    world.clock.set('2026-08-19T15:00:00Z');
    const second = await compared(world, { ...LUIS_REMEMBERS, happenedOn: '2026-08-19' });
    await compareCheckIns(world.deps, world.portalId);
    const explained = await standingOf(world, first);

    await undoCheckIn(world.deps, world.manager, second.checkInId, { submissionId: randomUUID() });
    await compareCheckIns(world.deps, world.portalId);

    expect(explained).toMatchObject({ verdict: 'EXPLAINED', severity: 0 });
    expect(await rowOf(world, first)).toMatchObject({
      result: { verdict: 'DIFFERS_SOFT', severity: 1 },
      noticedOn: '2026-08-19',
      replyUntil: '2026-08-26',
    });
  });
});

describe('a finding without a difference that is weighed again', () => {
  it('keeps the day of its notice and waits for no reply', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world, { recall: REMEMBERS });
    await told(world);
    world.clock.advance(5 * DAY_MS);

    await weighedAgain(world, heard);

    expect(await rowOf(world, heard)).toMatchObject({ noticedOn: '2026-08-12', replyUntil: null });
  });
});
