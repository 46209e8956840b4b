import { beforeEach, describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import {
  compared,
  decided,
  namesRecord,
  receivedMail,
  recordedCall,
  replied,
  setLog,
  standingOf,
  told,
  type Heard,
} from '../support/finding-story.ts';
import { LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

/** "I have a record": a machine's counts by itself, any other is the manager's to decide, and silence accepts it. */

const worlds = useWorlds();
const EXPLAINED = { verdict: 'EXPLAINED', severity: 0, supported: false };
const DIFFERS = { verdict: 'DIFFERS_FIRM', severity: 2, supported: false };
/** One of the calls that the rep logged by hand, and that were compared. */
const TYPED_IN = '506';
/** Ten business days after August 13, no holiday among them. */
const DECIDE_BY = '2026-08-27';

let world: World;
let heard: Heard;

beforeEach(async () => {
  world = await worlds.fresh();
  heard = await compared(world);
  await told(world);
  world.clock.set('2026-08-13T15:00:00Z');
});

async function repliesOf() {
  const { finding } = await getFinding(world.deps, world.manager, heard.findingId);
  const rows = await world.inside((scope) => world.store.findings.replies(scope, heard.findingId));
  return {
    states: rows.map(({ state, decideBy, decidedBy }) => ({ state, decideBy, decidedBy })),
    canDecide: finding.canDecide,
  };
}

const OPEN = { states: [{ state: 'open', decideBy: DECIDE_BY, decidedBy: null }], canDecide: true };

describe('a machine’s record that the rep names', () => {
  it.each([
    ['a recorded call', recordedCall()],
    ['a mail of the customer', receivedMail()],
  ])('explains the difference and is accepted by itself: %s', async (_what, record) => {
    setLog(world, [...sixCalls(), record]);

    await namesRecord(world, heard, record.id);

    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
    expect(await repliesOf()).toMatchObject({
      states: [{ state: 'accepted', decidedBy: null }],
      canDecide: false,
    });
    expect(await world.inside((scope) => world.store.audit.verify(scope))).toBe(true);
  });

  it('leaves other replies to the manager', async () => {
    setLog(world, [...sixCalls(), recordedCall()]);
    await replied(world, heard, { kind: 'COVERED' });
    // Replies of one instant have no order.
    world.clock.advance(1_000);

    await namesRecord(world, heard);

    const { states, canDecide } = await repliesOf();
    expect(states.map(({ state }) => state)).toEqual(['open', 'accepted']);
    expect(canDecide).toBe(true);
  });

  it('waits for the manager where it is of contact more than three months ago', async () => {
    setLog(world, [...sixCalls(), recordedCall({ occurredAt: '2026-05-12T15:00:00Z' })]);

    await namesRecord(world, heard);

    expect(await standingOf(world, heard)).toEqual(DIFFERS);
    expect(await repliesOf()).toEqual(OPEN);
  });
});

describe('any other record that the rep names', () => {
  it.each([
    ['a call typed in by hand', TYPED_IN],
    ['one that is not in the list', null],
  ])('waits for the manager: %s', async (_what, activityId) => {
    await replied(world, heard, { kind: 'EVIDENCE', activityId });
    await compareCheckIns(world.deps, world.portalId);

    expect(await standingOf(world, heard)).toEqual(DIFFERS);
    expect(await repliesOf()).toEqual(OPEN);
  });

  it.each([
    ['explains the difference once the manager accepts it', true, EXPLAINED],
    ['changes nothing where the manager does not', false, DIFFERS],
  ])('%s', async (_what, accept, expected) => {
    await namesRecord(world, heard, TYPED_IN);

    await decided(world, heard, accept);

    expect(await standingOf(world, heard)).toEqual(expected);
  });

  it('is accepted by silence after the days to decide, not before', async () => {
    await namesRecord(world, heard, TYPED_IN);
    const silentUntil = async (day: string) => {
      world.clock.set(`${day}T15:00:00Z`);
      await settleFindings(world.deps, world.portalId);
      await compareCheckIns(world.deps, world.portalId);
      return standingOf(world, heard);
    };

    const onLastDay = await silentUntil(DECIDE_BY);
    const afterwards = await silentUntil('2026-08-28');

    expect([onLastDay, afterwards]).toEqual([DIFFERS, EXPLAINED]);
  });

  it('stays the manager’s to decide where a second person explains the difference', async () => {
    await namesRecord(world, heard, TYPED_IN);
    await compared(world, {
      happenedOn: '2026-08-13',
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      recall: REMEMBERS,
    });
    await compareCheckIns(world.deps, world.portalId);

    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
    expect(await repliesOf()).toEqual(OPEN);
  });
});
