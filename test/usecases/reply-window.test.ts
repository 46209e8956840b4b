import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { enterLeave } from '../../src/usecases/leave.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import {
  compared,
  decided,
  recordedCall,
  replied,
  rowOf,
  setLog,
  standingOf,
  told,
  windowsEnd,
  withStaleFindings,
  type Heard,
} from '../support/finding-story.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const LUIS_REMEMBERS = { respondent: { contactId: LUIS, name: 'Luis Vega' }, recall: REMEMBERS };
const EXPLAINED = { verdict: 'EXPLAINED', severity: 0, supported: false };

async function takenBack(world: World, { checkInId }: Heard): Promise<void> {
  await undoCheckIn(world.deps, world.manager, checkInId, { submissionId: randomUUID() });
  await compareCheckIns(world.deps, world.portalId);
}

describe('a difference whose explanation is taken back', () => {
  it('has a whole reply window from that day, where it was explained before anybody saw it', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const first = { checkInId: saved.checkInId, findingId: String(saved.findingId) };
    const nextTryAt = new Date(world.clock.now().getTime() + 20 * MINUTE_MS);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, { state: 'incomplete', nextTryAt }),
    );
    await told(world);
    const second = await compared(world, LUIS_REMEMBERS);
    world.clock.advance(10 * MINUTE_MS);
    await compareCheckIns(world.deps, world.portalId);
    const before = await rowOf(world, first);

    await takenBack(world, second);

    const { finding } = await getFinding(world.deps, world.rep, first.findingId);
    expect(before).toMatchObject({ result: { verdict: 'EXPLAINED' }, replyUntil: null });
    expect(finding).toMatchObject({ verdict: 'DIFFERS_FIRM', canReply: true, replyUntil: '2026-08-19' });
  });

  it('is unsettled until a new window is over, where it was settled', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await told(world);
    world.clock.set('2026-08-19T15:00:00Z');
    const second = await compared(world, { ...LUIS_REMEMBERS, happenedOn: '2026-08-19' });
    await compareCheckIns(world.deps, world.portalId);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, { settledAt: world.clock.now() }),
    );

    await takenBack(world, second);

    const risen = await rowOf(world, first);
    expect(risen).toMatchObject({ result: { severity: 2 }, settledAt: null, replyUntil: '2026-08-26' });
    await windowsEnd(world);
    expect((await rowOf(world, first)).settledAt).not.toBeNull();
  });
});

describe('a reply that is accepted while a job looks at its finding', () => {
  it('is not lost when the reply window closes', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await told(world);
    await replied(world, first);
    world.clock.set('2026-08-20T15:00:00Z');
    const seen = await world.inside((scope) => world.store.findings.toSettle(scope, '2026-08-20', 10));
    const deciding = { submissionId: randomUUID(), accept: true, reason: '' };
    await decideReply(world.deps, world.manager, first.findingId, deciding);

    const stale = withStaleFindings(world, { toSettle: () => Promise.resolve(seen) });
    await settleFindings(stale, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect(seen).toHaveLength(1);
    expect(await standingOf(world, first)).toEqual(EXPLAINED);
  });

  it('is not accepted by silence where the manager has refused it', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await told(world);
    await replied(world, first);
    world.clock.set('2026-08-27T15:00:00Z');
    const seen = await world.inside((scope) => world.store.findings.repliesToAccept(scope, '2026-08-27', 10));
    await decided(world, first, false);

    const stale = withStaleFindings(world, { repliesToAccept: () => Promise.resolve(seen) });
    await settleFindings(stale, world.portalId);

    const replies = await world.inside((scope) => world.store.findings.replies(scope, first.findingId));
    expect(replies.map(({ state }) => state)).toEqual(['refused']);
  });
});

describe('a window that leave made longer while a job was about to close it', () => {
  it('stays open', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await told(world);
    const seen = await world.inside(async (scope) => [
      await world.store.findings.find(scope, first.findingId),
    ]);
    const days = { ownerId: null, firstDay: '2026-08-17', lastDay: '2026-08-18' };
    await enterLeave(world.deps, world.rep, { submissionId: randomUUID(), ...days });
    world.clock.set('2026-08-20T15:00:00Z');

    const stale = withStaleFindings(world, {
      toSettle: () => Promise.resolve(seen.filter((row) => row !== null)),
    });
    await settleFindings(stale, world.portalId);

    expect(await rowOf(world, first)).toMatchObject({ settledAt: null, replyUntil: '2026-08-21' });
  });
});

describe('a record that the rep names', () => {
  const LATER = new Date('2026-08-13T15:00:00Z');

  it.each([
    [
      'leave is entered',
      (world: World, seen: Awaited<ReturnType<typeof rowOf>>) =>
        enterLeave(withStaleFindings(world, { waitingForReply: () => Promise.resolve([seen]) }), world.rep, {
          submissionId: randomUUID(),
          ownerId: null,
          firstDay: '2026-08-17',
          lastDay: '2026-08-18',
        }),
    ],
    [
      'the words are released',
      (world: World, seen: Awaited<ReturnType<typeof rowOf>>) =>
        releaseFeedback(withStaleFindings(world, { ofCheckIn: () => Promise.resolve(seen) }), world.portalId),
    ],
  ])('is read although %s at the same moment', async (_what, act) => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(DAY_MS);
    const seen = await rowOf(world, first);
    setLog(world, [...sixCalls(), recordedCall()]);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, { state: 'pending', nextTryAt: LATER }),
    );

    await act(world, seen);
    await compareCheckIns(world.deps, world.portalId);

    expect(await standingOf(world, first)).toEqual(EXPLAINED);
  });
});
