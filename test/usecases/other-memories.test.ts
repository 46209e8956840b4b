import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import {
  callsBefore,
  compared,
  decided,
  replied,
  rowOf,
  setLog,
  standingOf,
  told,
  windowsEnd,
  type Heard,
} from '../support/finding-story.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import {
  COMPANY,
  DANA,
  FORGOT,
  LUIS,
  OTHER_REP,
  REMEMBERS,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

/** Who bears a difference out, and who explains it: never more than the other finding itself is worth. */

const worlds = useWorlds();
const LUIS_ASKED = { respondent: { contactId: LUIS, name: 'Luis Vega' } };
const WITH_BOTH = { contactIds: [DANA, LUIS] };

/** Dana and, a day later, Luis: both remember nothing, and the calls were with both. */
async function twoWhoForgot(world: World): Promise<{ readonly first: Heard; readonly second: Heard }> {
  setLog(world, sixCalls(WITH_BOTH));
  const first = await compared(world);
  world.clock.advance(DAY_MS);
  const second = await compared(world, { ...LUIS_ASKED, happenedOn: '2026-08-13' });
  await compareCheckIns(world.deps, world.portalId);
  await told(world);
  return { first, second };
}

/** The account differs firmly in August and again, under this rep, in November. */
async function firmTwice(world: World, repOwnerId?: typeof OTHER_REP.ownerId) {
  const first = await compared(world);
  await told(world);
  world.clock.set('2026-11-12T15:00:00Z');
  if (repOwnerId !== undefined) await giveTo(world, repOwnerId);
  const owner =
    repOwnerId === undefined ? {} : { ownerId: repOwnerId, createdByUserId: String(OTHER_REP.userId) };
  setLog(world, callsBefore('2026-11-12', owner));
  const again = await compared(world, { happenedOn: '2026-11-12' });
  await compareCheckIns(world.deps, world.portalId);
  await told(world);
  return { first, again };
}

async function giveTo(world: World, ownerId: typeof OTHER_REP.ownerId): Promise<void> {
  const moved = { ...world.deps.fake.companies.get(COMPANY)!, ownerId };
  await world.inside((scope) => world.store.companies.upsertRead(scope, [moved], world.clock.now()));
}

async function corrected(world: World, { checkInId }: Heard, recall: typeof FORGOT): Promise<void> {
  const correction = { submissionId: randomUUID(), recall, reason: 'Typing error.' };
  await correctCheckIn(world.deps, world.manager, checkInId, correction);
  await compareCheckIns(world.deps, world.portalId);
}

describe('a second contact who differs too', () => {
  it('bears the first difference out once their own reply window is over, not before', async () => {
    const world = await worlds.fresh();
    const { first } = await twoWhoForgot(world);

    const inWindow = await standingOf(world, first);
    await windowsEnd(world);

    expect(inWindow).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: false });
    expect(await standingOf(world, first)).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: true });
  });

  it('bears nothing out while a reply to it waits for its decision, and does so when it is refused', async () => {
    const world = await worlds.fresh();
    const { first, second } = await twoWhoForgot(world);
    await replied(world, second);
    await windowsEnd(world);
    const waiting = await standingOf(world, first);

    await decided(world, second, false);

    expect((await rowOf(world, second)).settledAt).not.toBeNull();
    expect([waiting.supported, (await standingOf(world, first)).supported]).toEqual([false, true]);
  });

  it('bears nothing out any more from the moment a reply to it is accepted', async () => {
    const world = await worlds.fresh();
    const { first, second } = await twoWhoForgot(world);
    await windowsEnd(world);
    const before = await standingOf(world, first);
    await world.inside((scope) =>
      world.store.findings.addReply(scope, {
        replyId: randomUUID(),
        findingId: second.findingId,
        byUserId: world.rep.userId,
        kind: 'COVERED',
        sentence: 'Uma covered.',
        activityId: null,
        repliedAt: world.clock.now(),
        decideBy: '2026-09-30',
        state: 'open',
        decidedAt: null,
        decidedBy: null,
        decisionReason: null,
      }),
    );

    await decided(world, second, true);

    expect(before.supported).toBe(true);
    expect(await standingOf(world, second)).toMatchObject({ verdict: 'EXPLAINED' });
    expect(await standingOf(world, first)).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: false });
  });

  it('explains the first difference once their answers are corrected to remembering', async () => {
    const world = await worlds.fresh();
    const { first, second } = await twoWhoForgot(world);
    await windowsEnd(world);

    await corrected(world, second, REMEMBERS);

    expect(await standingOf(world, second)).toMatchObject({ verdict: 'CORROBORATED' });
    expect(await standingOf(world, first)).toEqual({ verdict: 'EXPLAINED', severity: 0, supported: false });
  });

  it('bears nothing out where they were asked more than ten business days later', async () => {
    const world = await worlds.fresh();
    setLog(world, sixCalls(WITH_BOTH));
    const first = await compared(world);
    await told(world);
    world.clock.set('2026-09-18T15:00:00Z');
    await compared(world, { ...LUIS_ASKED, happenedOn: '2026-09-18' });
    await told(world);

    await windowsEnd(world);

    expect(await standingOf(world, first)).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: false });
  });
});

describe('a second contact who remembers', () => {
  it('explains the difference of the same quarter, however late they are asked', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.set('2026-09-18T15:00:00Z');

    await compared(world, { ...LUIS_ASKED, happenedOn: '2026-09-18', recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);

    expect((await standingOf(world, first)).verdict).toBe('EXPLAINED');
  });

  it('goes on explaining when the answers are corrected to not being sure', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    const second = await compared(world, { ...LUIS_ASKED, recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);

    await corrected(world, second, { ...REMEMBERS, unsure: true });

    expect((await standingOf(world, second)).verdict).toBe('CUSTOMER_UNSURE');
    expect((await standingOf(world, first)).verdict).toBe('EXPLAINED');
  });

  it('goes on explaining when the person is erased', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    await compared(world, { ...LUIS_ASKED, recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);
    await world.inside((scope) => world.store.companies.eraseContact(scope, LUIS, world.clock.now()));

    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, {
        state: 'pending',
        nextTryAt: world.clock.now(),
      }),
    );
    await compareCheckIns(world.deps, world.portalId);

    expect((await standingOf(world, first)).verdict).toBe('EXPLAINED');
  });

  it.each([
    ['who remembers', LUIS],
    ['who forgot', DANA],
  ])('explains the difference where the one %s was erased before the log was read', async (_who, erased) => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    await world.record({ ...LUIS_ASKED, recall: REMEMBERS });
    await world.inside((scope) => world.store.companies.eraseContact(scope, erased, world.clock.now()));

    await compareCheckIns(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect((await standingOf(world, first)).verdict).toBe('EXPLAINED');
  });
});

describe('an account that differs firmly again in a later quarter', () => {
  it('bears the first difference out once that window is over', async () => {
    const world = await worlds.fresh();
    const { first } = await firmTwice(world);
    const inWindow = await standingOf(world, first);

    await windowsEnd(world);

    expect([inWindow.supported, (await standingOf(world, first)).supported]).toEqual([false, true]);
  });

  it('bears nothing out where the later difference is explained', async () => {
    const world = await worlds.fresh();
    const { first, again } = await firmTwice(world);
    await replied(world, again);
    await decided(world, again, true);

    await windowsEnd(world);

    expect(await standingOf(world, first)).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: false });
  });

  it('bears nothing out about the rep who had it before', async () => {
    const world = await worlds.fresh();
    const { first, again } = await firmTwice(world, OTHER_REP.ownerId);

    await windowsEnd(world);

    expect(await rowOf(world, again)).toMatchObject({
      repOwnerId: OTHER_REP.ownerId,
      result: { severity: 2 },
    });
    expect(await standingOf(world, first)).toMatchObject({ verdict: 'DIFFERS_FIRM', supported: false });
  });
});
