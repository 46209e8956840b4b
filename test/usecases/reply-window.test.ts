import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { enterLeave } from '../../src/usecases/leave.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import {
  compared,
  decided,
  recordedCall,
  replied,
  replyIdsOf,
  rowOf,
  setLog,
  standingOf,
  told,
  windowsEnd,
  withStaleFindings,
  type Heard,
} from '../support/finding-story.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

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

describe('a finding that weighs more than its rep was told', () => {
  const noticesOf = async (world: World) =>
    (await world.inside((scope) => world.store.checkIns.repNotices(scope, '2026-12-31'))).map(
      ({ onDay }) => onDay,
    );
  const waiting = async (world: World) =>
    (await getHome(world.deps, world.rep)).rep?.waitingForReply.map(({ findingId }) => findingId);

  /** Told, explained by Luis on August 19, and a difference again once that conversation is taken back. */
  async function risen(world: World, before: (first: Heard) => Promise<void> = () => Promise.resolve()) {
    const first = await compared(world);
    await told(world);
    await before(first);
    world.clock.set('2026-08-19T15:00:00Z');
    const second = await compared(world, { ...LUIS_REMEMBERS, happenedOn: '2026-08-19' });
    await compareCheckIns(world.deps, world.portalId);
    const meanwhile = await waiting(world);
    await takenBack(world, second);
    return { first, meanwhile };
  }

  it('is told of anew, and asked about; while it was explained it was not', async () => {
    const world = await worlds.fresh();

    const { first, meanwhile } = await risen(world);

    expect(meanwhile).toEqual([]);
    expect(await noticesOf(world)).toEqual(['2026-08-12', '2026-08-19']);
    expect(await waiting(world)).toEqual([first.findingId]);
  });

  it('is asked about where the rep replied before it was explained', async () => {
    const world = await worlds.fresh();

    const { first } = await risen(world, (heard) => replied(world, heard, { kind: 'COMMENT' }));

    expect(await waiting(world)).toEqual([first.findingId]);
    await replied(world, first, { kind: 'COMMENT' });
    expect(await waiting(world)).toEqual([]);
  });

  it('is asked about where the rep replied earlier on the day on which it rose, until they reply again', async () => {
    const world = await worlds.fresh();
    const replyThatDay = async (heard: Heard) => {
      world.clock.set('2026-08-19T14:00:00Z');
      await replied(world, heard, { kind: 'COMMENT' });
    };

    const { first } = await risen(world, replyThatDay);

    const onTheCard = async () => {
      const card = await getCompany(world.deps, world.rep, COMPANY);
      return card.role === 'rep' ? card.askedAnew : null;
    };
    expect([await waiting(world), await onTheCard()]).toEqual([[first.findingId], [first.findingId]]);
    world.clock.advance(MINUTE_MS);
    await replied(world, first, { kind: 'COMMENT' });
    expect([await waiting(world), await onTheCard()]).toEqual([[], []]);
  });

  it('is asked about no more once its new window is over', async () => {
    const world = await worlds.fresh();
    const replyThatDay = async (heard: Heard) => {
      world.clock.set('2026-08-19T14:00:00Z');
      await replied(world, heard, { kind: 'COMMENT' });
    };
    const { first } = await risen(world, replyThatDay);

    world.clock.set('2026-08-26T15:00:00Z');
    const onTheLastDay = await waiting(world);
    world.clock.set('2026-08-27T15:00:00Z');

    expect(onTheLastDay).toEqual([first.findingId]);
    expect(await waiting(world)).toEqual([]);
  });

  it('has a whole window again where it was a soft difference and is a firm one', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    await told(world);
    world.clock.set('2026-08-20T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    const { result, settledAt } = await rowOf(world, first);
    if (result === null) throw new Error('It was compared.');
    const soft = { ...result, verdict: 'DIFFERS_SOFT', severity: 1 } as const;
    const change = { result: soft, state: 'pending', nextTryAt: world.clock.now() } as const;
    await world.inside((scope) => world.store.findings.saveResult(scope, first.findingId, change));

    await compareCheckIns(world.deps, world.portalId);

    expect(settledAt).not.toBeNull();
    expect(await rowOf(world, first)).toMatchObject({
      result: { severity: 2 },
      settledAt: null,
      noticedOn: '2026-08-20',
      replyUntil: '2026-08-27',
    });
    expect(await noticesOf(world)).toEqual(['2026-08-12', '2026-08-20']);
  });

  it('is told of with its words where these are not released yet', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    const second = await compared(world, LUIS_REMEMBERS);
    await compareCheckIns(world.deps, world.portalId);

    await takenBack(world, second);

    expect(await rowOf(world, first)).toMatchObject({ result: { severity: 2 } });
    expect(await noticesOf(world)).toEqual([]);
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
    const replyIds = await replyIdsOf(world, first.findingId);
    const deciding = { submissionId: randomUUID(), replyIds, accept: true, reason: '' };
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
        enterLeave(withStaleFindings(world, { windowsOpen: () => Promise.resolve([seen]) }), world.rep, {
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
