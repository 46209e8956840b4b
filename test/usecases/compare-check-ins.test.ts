import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asContactId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { enterLeave } from '../../src/usecases/leave.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding, type ReplyInput } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { aCall, aDialerCall } from '../core/comparison/activity-builder.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { replyIdsOf } from '../support/finding-story.ts';
import { COMPANY, DANA, FORGOT, LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

/** The check-in of the customer nobody called, saved; what the log says is still unread. */
async function saved(world: World, change: Parameters<World['record']>[0] = {}) {
  const reply = await world.record(change);
  return { checkInId: reply.saved.checkInId, findingId: String(reply.saved.findingId) };
}

async function finding(world: World, findingId: string) {
  const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
  if (row === null) throw new Error('There is no such finding.');
  return row;
}

/** Saved and compared: two answers differ from the log. */
async function differing(world: World) {
  const ids = await saved(world);
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  return ids;
}

function reply(world: World, findingId: string, change: Partial<ReplyInput> = {}, actor = world.rep) {
  const input = {
    submissionId: randomUUID(),
    kind: 'COVERED' as const,
    sentence: 'Uma covered.',
    activityId: null,
  };
  return replyToFinding(world.deps, actor, findingId, { ...input, ...change });
}

function setLog(world: World, activities: ReturnType<typeof sixCalls>): void {
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
}

describe('a log that can never be read', () => {
  it.each(['not_found', 'hubspot_rejected'] as const)(
    'ends as unverified where the company is gone (%s)',
    async (code) => {
      const world = await worlds.fresh();
      const { findingId } = await saved(world);
      world.deps.fake.failNext('companyLog', code);

      await compareCheckIns(world.deps, world.portalId);
      world.clock.advance(60 * MINUTE_MS);
      await compareCheckIns(world.deps, world.portalId);

      const ended = await finding(world, findingId);
      expect(ended).toMatchObject({ state: 'ready', evidence: [], firstSeverity: 0, replyUntil: null });
      expect(ended.result).toMatchObject({ verdict: 'UNVERIFIED', rule: 'R01', severity: 0 });
      expect(world.deps.fake.callsOf('companyLog')).toHaveLength(1);
    },
  );

  it('ends as unverified after a week of tries, not before', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world);
    const states: string[] = [];

    for (let hours = 0; hours < 8 * 24; hours += 1) {
      world.deps.fake.failNext('companyLog', 'hubspot_unavailable');
      await compareCheckIns(world.deps, world.portalId);
      states.push((await finding(world, findingId)).state);
      world.clock.advance(60 * MINUTE_MS);
    }

    expect(states.slice(0, 6 * 24)).toEqual(Array.from({ length: 6 * 24 }, () => 'incomplete'));
    expect(states.at(-1)).toBe('ready');
    expect((await finding(world, findingId)).result).toMatchObject({ verdict: 'UNVERIFIED', rule: 'R01' });
  });

  it('leaves a finding that was made before with its evidence, in the light of what is known', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    const before = await finding(world, findingId);
    const second = await saved(world, {
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      recall: REMEMBERS,
    });
    await compareCheckIns(world.deps, world.portalId);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: world.clock.now() }),
    );
    world.deps.fake.failNext('companyLog', 'not_found');

    await compareCheckIns(world.deps, world.portalId);

    const after = await finding(world, findingId);
    expect(second.findingId).not.toBe(findingId);
    expect(before.evidence).not.toEqual([]);
    expect(after.evidence).toEqual(before.evidence);
    expect(after).toMatchObject({ state: 'ready', result: { verdict: 'EXPLAINED', severity: 0 } });
  });
});

describe('comparing a statement with the log', () => {
  it('finds that six hand-logged calls and “never” differ firmly, and says until when the rep can reply', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world);

    await compareCheckIns(world.deps, world.portalId);

    const row = await finding(world, findingId);
    expect(row).toMatchObject({
      state: 'ready',
      firstSeverity: 2,
      noticedOn: '2026-08-12',
      replyUntil: '2026-08-19',
      result: { verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13', oneIn: 700 },
    });
    expect(row.result?.mu).toBeCloseTo(0.0013, 4);
    expect(row.evidence).toHaveLength(6);
  });

  it('reads the whole look-back until now, once', async () => {
    const world = await worlds.fresh();
    await saved(world);

    await compareCheckIns(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    const reads = world.deps.fake.callsOf('companyLog');
    expect(reads).toHaveLength(1);
    expect(reads[0]?.input).toMatchObject({ companyId: COMPANY, window: { until: world.clock.now() } });
  });

  it('reads no log where nothing was asked', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world, { recall: null });

    await compareCheckIns(world.deps, world.portalId);

    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
    expect(await finding(world, findingId)).toMatchObject({ result: { verdict: 'UNVERIFIED', severity: 0 } });
  });

  it.each(['hubspot_unavailable', 'hubspot_throttled', 'outcome_unknown'] as const)(
    'never differs on a log that could not be read whole (%s): it is incomplete, and read again later',
    async (code) => {
      const world = await worlds.fresh();
      const { findingId } = await saved(world);
      world.deps.fake.failNext('companyLog', code);

      await compareCheckIns(world.deps, world.portalId);
      const incomplete = await finding(world, findingId);
      world.clock.advance(MINUTE_MS);
      await compareCheckIns(world.deps, world.portalId);

      expect(incomplete).toMatchObject({ state: 'incomplete', result: null, evidence: [], attempts: 1 });
      expect(await finding(world, findingId)).toMatchObject({
        state: 'ready',
        result: { verdict: 'DIFFERS_FIRM' },
      });
    },
  );

  it('waits longer after each failed read, and at least as long as HubSpot asks', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world);
    const start = world.clock.now().getTime();

    world.deps.fake.failNext('companyLog', 'hubspot_throttled', 300_000);
    await compareCheckIns(world.deps, world.portalId);
    const first = await finding(world, findingId);
    world.clock.set(first.nextTryAt.toISOString());
    world.deps.fake.failNext('companyLog', 'hubspot_unavailable');
    await compareCheckIns(world.deps, world.portalId);
    const second = await finding(world, findingId);

    expect(first.nextTryAt.getTime() - start).toBe(300_000);
    expect(second.nextTryAt.getTime() - first.nextTryAt.getTime()).toBe(2 * MINUTE_MS);
  });

  it('stops where the account is disconnected', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world);
    world.deps.fake.failNext('companyLog', 'not_installed');

    const comparing = compareCheckIns(world.deps, world.portalId);

    await expect(comparing).rejects.toMatchObject({ code: 'not_installed' });
    expect(await finding(world, findingId)).toMatchObject({ state: 'pending' });
  });

  it('is not changed by records that appear after the facts were saved', async () => {
    const world = await worlds.fresh();
    const { checkInId, findingId } = await saved(world);
    await compareCheckIns(world.deps, world.portalId);
    setLog(world, []);
    world.clock.advance(MINUTE_MS);

    await correctCheckIn(world.deps, world.manager, checkInId, {
      submissionId: randomUUID(),
      recall: FORGOT,
      reason: 'Read it again.',
    });
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({
      result: { verdict: 'DIFFERS_FIRM', rule: 'R13' },
    });
  });

  it('proposes the other person on the log where only one was asked', async () => {
    const world = await worlds.fresh();
    setLog(world, [
      ...sixCalls(),
      aCall({
        id: '600',
        occurredAt: '2026-08-10T15:00:00Z',
        createdAt: '2026-08-10T15:30:00Z',
        contactIds: [DANA, LUIS],
      }),
    ]);
    const { findingId } = await saved(world);

    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({ secondContactId: LUIS });
  });
});

describe('a correction', () => {
  const correct = (world: World, checkInId: string, recall: typeof FORGOT, actor = world.manager) =>
    correctCheckIn(world.deps, actor, checkInId, {
      submissionId: randomUUID(),
      recall,
      reason: 'Typing error.',
    });

  it('can lower a severity', async () => {
    const world = await worlds.fresh();
    const { checkInId, findingId } = await differing(world);

    await correct(world, checkInId, REMEMBERS);
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({ firstSeverity: 2, result: { severity: 0 } });
  });

  it('never raises one, and keeps the first answer', async () => {
    const world = await worlds.fresh();
    const { checkInId, findingId } = await saved(world, { recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);
    const before = await finding(world, findingId);

    await correct(world, checkInId, FORGOT);
    await compareCheckIns(world.deps, world.portalId);

    const checkIn = await world.inside((scope) => world.store.checkIns.find(scope, checkInId));
    expect(before.result?.severity).toBe(0);
    expect((await finding(world, findingId)).result?.severity).toBe(0);
    expect(checkIn?.recall).toEqual(REMEMBERS);
  });

  it('is the caller’s own, and of nothing that was not compared', async () => {
    const world = await worlds.fresh({ settings: { openness: 'listeningOnly' } });
    const { checkInId } = await saved(world);

    await expect(correct(world, checkInId, REMEMBERS, world.rep)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(correct(world, checkInId, REMEMBERS)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('who reads a finding', () => {
  it('is the calling manager at once and the rep with the words; to others it is not there', async () => {
    const world = await worlds.fresh();
    const { findingId } = await saved(world);
    await compareCheckIns(world.deps, world.portalId);

    const byManager = await getFinding(world.deps, world.manager, findingId);
    await expect(getFinding(world.deps, world.rep, findingId)).rejects.toMatchObject({ code: 'not_found' });
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    const byRep = await getFinding(world.deps, world.rep, findingId);

    expect(byManager.finding).toMatchObject({ verdict: 'DIFFERS_FIRM', canReply: false });
    expect(byRep.finding).toMatchObject({
      verdict: 'DIFFERS_FIRM',
      canReply: true,
      replyUntil: '2026-08-19',
    });
    for (const actor of [world.otherRep, world.stranger]) {
      await expect(getFinding(world.deps, actor, findingId)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('says the same of a foreign and of an unknown finding', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    const of = (id: string) =>
      getFinding(world.deps, world.otherRep, id).catch((error: unknown) => {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      });

    expect(await of(findingId)).toEqual(await of(randomUUID()));
  });

  it('does not see one whose check-in was undone before it was compared', async () => {
    const world = await worlds.fresh();
    const { checkInId, findingId } = await saved(world);
    await undoCheckIn(world.deps, world.manager, checkInId, { submissionId: randomUUID() });

    await compareCheckIns(world.deps, world.portalId);

    await expect(getFinding(world.deps, world.manager, findingId)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
  });
});

describe('a reply of the rep', () => {
  it('that is a record is read by itself and explains the difference', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    world.clock.set('2026-08-13T15:00:00Z');
    const meeting = aDialerCall({
      id: '700',
      occurredAt: '2026-08-11T15:00:00Z',
      createdAt: '2026-08-13T14:00:00Z',
      durationMs: 420_000,
      sourceDetail: 'HubSpot Calling',
    });
    setLog(world, [...sixCalls(), meeting]);

    await reply(world, findingId, { kind: 'EVIDENCE', activityId: '700', sentence: 'The dialer has it.' });
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({
      firstSeverity: 2,
      result: { verdict: 'EXPLAINED', severity: 0, rule: 'R00' },
    });
  });

  it('that the manager accepts explains the difference', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    await reply(world, findingId);

    await decideReply(world.deps, world.manager, findingId, {
      submissionId: randomUUID(),
      replyIds: await replyIdsOf(world, findingId),
      accept: true,
      reason: '',
    });
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({ result: { verdict: 'EXPLAINED', severity: 0 } });
  });

  it('that the manager refuses, with a reason, changes nothing', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    await reply(world, findingId);
    const replyIds = await replyIdsOf(world, findingId);
    const refuse = (reason: string, actor = world.manager) => {
      const decision = { submissionId: randomUUID(), replyIds, accept: false, reason };
      return decideReply(world.deps, actor, findingId, decision);
    };

    await expect(refuse('')).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(refuse('No.', world.rep)).rejects.toMatchObject({ code: 'forbidden' });
    await refuse('Uma was away that week.');
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({
      result: { verdict: 'DIFFERS_FIRM', severity: 2 },
    });
  });

  it('that nobody decides within ten business days is accepted by silence', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    await reply(world, findingId);

    world.clock.set('2026-08-26T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    const onTheLastDay = await world.inside((scope) => world.store.findings.replies(scope, findingId));
    world.clock.set('2026-08-27T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect(onTheLastDay).toMatchObject([{ state: 'open', decideBy: '2026-08-26' }]);
    expect(await finding(world, findingId)).toMatchObject({ result: { verdict: 'EXPLAINED', severity: 0 } });
  });

  it('waits longer for its decision while the rep is on leave, and no longer while a colleague is', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    const leave = {
      submissionId: randomUUID(),
      ownerId: null,
      firstDay: '2026-08-20',
      lastDay: '2026-08-21',
    };
    await enterLeave(world.deps, world.rep, leave);
    const colleagues = { submissionId: randomUUID(), firstDay: '2026-08-24', lastDay: '2026-08-28' };
    await enterLeave(world.deps, world.otherRep, { ...colleagues, ownerId: null });

    await reply(world, findingId);

    const replies = await world.inside((scope) => world.store.findings.replies(scope, findingId));
    expect(replies).toMatchObject([{ state: 'open', decideBy: '2026-08-28' }]);
  });

  it('that is a comment changes nothing and waits for nobody', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);

    await reply(world, findingId, { kind: 'COMMENT' });
    await compareCheckIns(world.deps, world.portalId);

    const replies = await world.inside((scope) => world.store.findings.replies(scope, findingId));
    expect(replies).toMatchObject([{ state: 'noted', decideBy: null }]);
    expect(await finding(world, findingId)).toMatchObject({ result: { severity: 2 } });
  });

  it('is taken on the last day of the window and refused on the next; it is the rep’s alone', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);

    await expect(reply(world, findingId, {}, world.manager)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reply(world, findingId, {}, world.otherRep)).rejects.toMatchObject({ code: 'not_found' });
    world.clock.set('2026-08-20T04:59:00Z');
    await reply(world, findingId);
    world.clock.set('2026-08-20T05:01:00Z');

    await expect(reply(world, findingId)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a second person of the same company', () => {
  it('who remembers contact explains the difference of the first', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    world.clock.set('2026-08-17T15:00:00Z');

    await world.record({
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      recall: { ...REMEMBERS, recency: 'W4', count: '3-5' },
      happenedOn: '2026-08-17',
    });
    await compareCheckIns(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({
      firstSeverity: 2,
      result: { verdict: 'EXPLAINED' },
    });
  });

  it('who is not asked the recall items changes nothing', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    world.clock.set('2026-08-17T15:00:00Z');

    await world.record({
      respondent: { contactId: asContactId('399'), name: 'Eve' },
      recall: null,
      happenedOn: '2026-08-17',
    });
    await compareCheckIns(world.deps, world.portalId);

    expect(await finding(world, findingId)).toMatchObject({
      result: { verdict: 'DIFFERS_FIRM', severity: 2 },
    });
  });
});

describe('settling', () => {
  it('closes a reply window on the day after it ended, and only once', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);

    world.clock.set('2026-08-19T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    const open = (await finding(world, findingId)).settledAt;
    world.clock.set('2026-08-20T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    const settledAt = (await finding(world, findingId)).settledAt;
    world.clock.set('2026-08-21T15:00:00Z');
    await settleFindings(world.deps, world.portalId);

    expect(open).toBeNull();
    expect(settledAt).toEqual(new Date('2026-08-20T15:00:00Z'));
    expect((await finding(world, findingId)).settledAt).toEqual(settledAt);
  });
});

describe('blind capture', () => {
  it('holds in the card: before the statement is saved no reply to the manager names a claim', async () => {
    const world = await worlds.fresh();
    await world.plan();

    const view = await getCompany(world.deps, world.manager, COMPANY);

    // Whole ids, in quotes: our own random ones hold any three digits now and then.
    expect(JSON.stringify(view)).not.toMatch(/"50[1-6]"|2026-07-14|verdict|severity/);
    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
  });
});
