import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { MINUTE_MS } from '../support/deps.ts';
import type { AttemptOutcome } from '../../src/core/model.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import type { Touch } from '../../src/usecases/records.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { replyIdsOf, setLog } from '../support/finding-story.ts';
import { COMPANY, DANA, FORGOT, LUIS, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const NEXT_QUARTER = '2026-10-06T15:00:00Z';

/** Compared in the third quarter, with a record that the rep points to; in the fourth the call is planned again. */
async function beforeTheNextCall({ withLuis = false } = {}): Promise<{
  readonly world: World;
  readonly findingId: string;
}> {
  const world = await worlds.fresh();
  if (withLuis) setLog(world, [...sixCalls(), callWithLuis]);
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  const findingId = String(saved.findingId);
  const reply = { kind: 'WRONG_RECORD', sentence: 'It was another firm.', activityId: '506' } as const;
  await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...reply });
  await planNext(world);
  world.clock.set(NEXT_QUARTER);
  return { world, findingId };
}

const callWithLuis = aCall({
  id: '590',
  occurredAt: '2026-08-10T15:00:00Z',
  createdAt: '2026-08-10T18:00:00Z',
  contactIds: [LUIS],
});

async function touchOf(world: World) {
  const touch = await world.inside((scope) => world.store.touches.ofCompany(scope, COMPANY, '2026-Q4'));
  if (touch === null) throw new Error('The call is planned.');
  return touch;
}

const changeTouch =
  (change: Partial<Touch>) =>
  async (world: World): Promise<void> => {
    const { touchId } = await touchOf(world);
    await world.inside((scope) => world.store.touches.update(scope, touchId, change));
  };

const tryInVain =
  (outcome: AttemptOutcome, times: number) =>
  async (world: World): Promise<void> => {
    const { touchId } = await touchOf(world);
    for (let tries = 0; tries < times; tries += 1)
      await recordAttempt(world.deps, world.manager, touchId, {
        submissionId: randomUUID(),
        outcome,
        contactId: DANA,
      });
  };

async function skip(world: World): Promise<void> {
  const { touchId } = await touchOf(world);
  await skipTouch(world.deps, world.manager, touchId, { submissionId: randomUUID(), reason: 'On strike.' });
}

/** What can become of a planned call, and none of it asks the customer. */
const WAYS_TO_END: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'the call was skipped': skip,
  'the quarter’s call was missed': changeTouch({ state: 'missed', reason: 'cycleOver' }),
  'the call was canceled': changeTouch({ state: 'canceled', reason: 'doNotCall' }),
  'a colleague made the call': changeTouch({ state: 'done', reason: 'answered' }),
  'five tries reached nobody': tryInVain('noAnswer', 5),
  'the customer asked not to be called': tryInVain('askedNotToBeCalled', 1),
  'the customer left the program': (world) =>
    world.inside((scope) => world.store.companies.update(scope, COMPANY, { inScope: false })),
};

async function planNext(world: World): Promise<void> {
  await world.inside((scope) =>
    world.store.touches.ensureCycle(scope, {
      label: '2026-Q4',
      startsOn: '2026-10-01',
      endsOn: '2027-01-01',
      timeZone: 'America/Chicago',
      plannedAt: world.clock.now(),
    }),
  );
  await world.plan(undefined, { cycle: '2026-Q4', dueOn: '2026-10-12' });
}

async function readBy(world: World, reader: World['manager'], findingId: string) {
  const { finding } = await getFinding(world.deps, reader, findingId);
  const { logSays, bothSides, replies, logHeldBack } = finding;
  const records = replies.filter(({ record }) => record !== null).length;
  return { lines: logSays.length, sides: bothSides.length, records, isHeldBack: logHeldBack !== null };
}

const NOTHING = { lines: 0, sides: 0, records: 0, isHeldBack: true };
const ALL = { lines: 6, sides: 2, records: 1, isHeldBack: false };

describe('an earlier finding, while the next call is still to be made', () => {
  it('shows its caller nothing of the log, and the rep all of it', async () => {
    const { world, findingId } = await beforeTheNextCall();

    const forManager = await readBy(world, world.manager, findingId);
    const forRep = await readBy(world, world.rep, findingId);

    expect([forManager, forRep]).toEqual([NOTHING, ALL]);
  });

  it('shows the log again once the answer is saved, until it is undone', async () => {
    const { world, findingId } = await beforeTheNextCall();
    const { saved } = await world.record({ happenedOn: '2026-10-06' });

    const afterSaving = await readBy(world, world.manager, findingId);
    const undo = { submissionId: randomUUID() };
    await undoCheckIn(world.deps, world.manager, saved.checkInId, undo);
    const afterUndo = await readBy(world, world.manager, findingId);

    expect([afterSaving, afterUndo]).toEqual([ALL, NOTHING]);
  });

  it('shows no hint of it either: whom to ask next, and how rare such an answer is', async () => {
    const { world, findingId } = await beforeTheNextCall({ withLuis: true });

    const { finding: forManager } = await getFinding(world.deps, world.manager, findingId);
    const { finding: forRep } = await getFinding(world.deps, world.rep, findingId);

    const { secondContact, nextStep, chance, verdict } = forManager;
    expect({ secondContact, nextStep, chance }).toEqual({ secondContact: null, nextStep: '', chance: null });
    expect([verdict, forRep.verdict]).toEqual(['DIFFERS_FIRM', 'DIFFERS_FIRM']);
    expect(forRep.chance).toContain('Fewer than 1 in');
  });

  it('shows the hints again once the answer is saved', async () => {
    const { world, findingId } = await beforeTheNextCall({ withLuis: true });
    await world.record({ happenedOn: '2026-10-06' });

    const { finding } = await getFinding(world.deps, world.manager, findingId);

    expect(finding.secondContact?.name).toBe('Luis Vega');
    expect(finding.nextStep).toBe('It may help to ask Luis Vega the same question.');
    expect(finding.chance).toContain('Fewer than 1 in');
  });

  it.each(Object.entries(WAYS_TO_END))(
    'shows nothing where %s, and the answer that is recorded all the same counts',
    async (_what, end) => {
      const { world, findingId } = await beforeTheNextCall();
      await end(world);

      const before = await readBy(world, world.manager, findingId);
      const { saved } = await world.record({ happenedOn: '2026-10-06' });
      const after = await readBy(world, world.manager, findingId);

      const kept = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
      expect([before, after]).toEqual([NOTHING, ALL]);
      expect(kept?.recall).toEqual(FORGOT);
    },
  );

  it('shows nothing either where the call of the new quarter is not planned yet', async () => {
    const { world, findingId } = await beforeTheNextCall();
    world.clock.set('2027-01-05T15:00:00Z');

    const forManager = await readBy(world, world.manager, findingId);

    expect(forManager).toEqual(NOTHING);
  });

  it('shows nothing either where the task was closed in HubSpot and the answer is still missing', async () => {
    const { world, findingId } = await beforeTheNextCall();
    await world.inside(async (scope) => {
      const touch = await world.store.touches.ofCompany(scope, COMPANY, '2026-Q4');
      await world.store.touches.update(scope, touch!.touchId, { state: 'done', reason: 'closedOutsideCard' });
    });

    const forManager = await readBy(world, world.manager, findingId);

    expect(forManager).toEqual(NOTHING);
  });
});

/** What was found in the third quarter, beside answers that are the same: firm, soft, explained, and no contact on either side. */
const FOUND_EARLIER: Readonly<Record<string, (world: World) => void>> = {
  DIFFERS_FIRM: (world) => setLog(world, sixCalls()),
  DIFFERS_SOFT: (world) => setLog(world, sixCalls().slice(-3)),
  DIFFERENT_CONTACT: (world) => setLog(world, sixCalls({ contactIds: [LUIS] })),
  CONSISTENT: (world) => setLog(world, []),
};

describe('an earlier finding on which no reply waits, while the next call is still to be made', () => {
  /** Told, and the days to reply are over: read in the quarter after by caller and rep. */
  async function readLater(findBy: (world: World) => void, ask: (world: World) => Promise<unknown>) {
    const world = await worlds.fresh();
    findBy(world);
    const { saved } = await world.record();
    await compareCheckIns(world.deps, world.portalId);
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    world.clock.set(NEXT_QUARTER);
    await ask(world);
    const read = (reader: World['manager']) => getFinding(world.deps, reader, String(saved.findingId));
    return { forManager: (await read(world.manager)).finding, forRep: (await read(world.rep)).finding };
  }

  it('shows its caller the reply that they decided themselves, and still no record', async () => {
    const { world, findingId } = await beforeTheNextCall();
    const replyIds = await replyIdsOf(world, findingId);
    const decision = { submissionId: randomUUID(), replyIds, accept: false, reason: 'The number is theirs.' };

    const { finding } = await decideReply(world.deps, world.manager, findingId, decision);
    const [mine] = finding.replies;

    expect(finding).toMatchObject({ verdict: null, logSays: [], severity: 0 });
    expect(mine).toMatchObject({ sentence: 'It was another firm.', state: 'refused', record: null });
  });

  it('tells its caller nothing of what was found, and its rep all', async () => {
    const told: string[] = [];
    const verdicts: unknown[] = [];

    for (const findBy of Object.values(FOUND_EARLIER)) {
      const { forManager, forRep } = await readLater(findBy, () => Promise.resolve());
      told.push(JSON.stringify({ ...forManager, findingId: '', checkInId: '' }));
      verdicts.push(forRep.verdict);
    }

    expect(verdicts).toEqual(Object.keys(FOUND_EARLIER));
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('You have not asked this customer yet this quarter.');
  });

  it.each(Object.entries(FOUND_EARLIER))(
    'tells its caller that it was %s once they have asked',
    async (verdict, findBy) => {
      const { forManager } = await readLater(findBy, (world) => world.record({ happenedOn: '2026-10-06' }));

      expect(forManager.verdict).toBe(verdict);
    },
  );
});
