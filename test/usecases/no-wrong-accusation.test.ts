import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { asContactId } from '../../src/core/model.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, FORGOT, LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

/** Ways in which an honest person could have been held to something; each was found by trying. */

const worlds = useWorlds();
const EVE = asContactId('399');

function setLog(world: World, activities: ReturnType<typeof sixCalls>): void {
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
}

/** The six calls of the usual log, as long before this day as they are before August 12. */
function callsBefore(day: string): ReturnType<typeof sixCalls> {
  const laterMs = Date.parse(day) - Date.parse('2026-08-12');
  const moved = (instant: string) => new Date(Date.parse(instant) + laterMs).toISOString();
  return sixCalls().map((call) => ({
    ...call,
    occurredAt: moved(call.occurredAt),
    createdAt: moved(call.createdAt),
  }));
}

async function compared(world: World, change: Parameters<World['record']>[0] = {}) {
  const { saved } = await world.record(change);
  await compareCheckIns(world.deps, world.portalId);
  const findingId = String(saved.findingId);
  const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
  return { checkInId: saved.checkInId, findingId, row };
}

describe('nobody answers for somebody else', () => {
  it('holds nothing against a new owner for the calls of the one before', async () => {
    const world = await worlds.fresh();
    setLog(world, sixCalls({ ownerId: '12', createdByUserId: '912' }));

    const { row } = await compared(world);

    expect(row?.result?.severity).toBe(0);
  });

  it('weighs a log of two reps no more than the rep’s own part of it', async () => {
    const world = await worlds.fresh();
    const [first, ...others] = sixCalls();
    const ownOnly = { ...(first ?? aCall()), ownerId: '11', createdByUserId: '911' };
    setLog(world, [ownOnly, ...others.map((call) => ({ ...call, ownerId: '12', createdByUserId: '912' }))]);

    const { row } = await compared(world);

    expect(row?.result?.severity).toBe(0);
  });

  it('does not move one person’s answers onto another after an undo', async () => {
    const world = await worlds.fresh();
    setLog(world, sixCalls({ contactIds: [LUIS] }));
    const { checkInId } = await compared(world);
    await undoCheckIn(world.deps, world.manager, checkInId, { submissionId: crypto.randomUUID() });

    const { row } = await compared(world, {
      respondent: { contactId: LUIS, name: 'Luis Ortega' },
      recall: FORGOT,
    });

    expect(row?.result).toMatchObject({ verdict: 'UNVERIFIED', severity: 0, rule: 'R03' });
  });
});

describe('answers given with the log in view', () => {
  it('stay those of the first conversation with the same person', async () => {
    const world = await worlds.fresh();
    await compared(world, { recall: REMEMBERS });

    const { row } = await compared(world, { recall: FORGOT });

    expect(row?.result?.severity).toBe(0);
  });
});

describe('what counts of the log', () => {
  it('leaves out calls made after the conversation, when it is saved a day later', async () => {
    const world = await worlds.fresh();
    setLog(world, [
      ...sixCalls().slice(-3),
      aCall({ id: '900', occurredAt: '2026-08-12T13:00:00Z', createdAt: '2026-08-12T13:05:00Z' }),
    ]);

    const { row } = await compared(world, { happenedOn: '2026-08-11' });

    expect(row?.result?.verdict).toBe('DIFFERS_SOFT');
    expect(row?.evidence.find(({ activityId }) => activityId === '900')?.counted).toBe(false);
  });
});

describe('the rep’s first word', () => {
  it('starts the reply window when the words are there, however late that is', async () => {
    const world = await worlds.fresh();
    const { findingId } = await compared(world);
    world.clock.advance(12 * DAY_MS);

    await settleFindings(world.deps, world.portalId);
    await releaseFeedback(world.deps, world.portalId);
    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding).toMatchObject({ canReply: true, replyUntil: '2026-08-31' });
  });

  it('keeps a finding in the rep’s card while it is being read again', async () => {
    const world = await worlds.fresh();
    const { findingId } = await compared(world);
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: world.clock.now() }),
    );

    const view = await getCompany(world.deps, world.rep, COMPANY);

    expect(view).toMatchObject({ role: 'rep', findings: [{ findingId }] });
  });

  it('keeps the promised window when the setting is shortened', async () => {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 20 } });
    const { findingId } = await compared(world);
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    await world.program({ replyWindowBusinessDays: 5 });
    world.clock.advance(15 * DAY_MS);

    const other = { ...world.manager, userId: world.stranger.userId };

    await expect(getFinding(world.deps, other, findingId)).rejects.toMatchObject({ code: 'not_found' });
    expect((await getFinding(world.deps, world.rep, findingId)).finding.canReply).toBe(true);
  });
});

describe('somebody who once spoke with the rep', () => {
  it.each(['M6', 'LONG'] as const)(
    'and said %s, and now says never, holds nothing against anyone',
    async (recency) => {
      const world = await worlds.fresh();
      setLog(world, []);
      await compared(world, { recall: { ...FORGOT, recency } });
      world.clock.set('2026-11-12T15:00:00Z');
      setLog(world, callsBefore('2026-11-12'));

      const { row } = await compared(world, { happenedOn: '2026-11-12' });

      expect(row?.result).toMatchObject({ severity: 0, rule: 'R05' });
    },
  );
});

describe('a second memory', () => {
  it('explains nothing any more once it is taken back', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    const second = await compared(world, {
      respondent: { contactId: LUIS, name: 'Luis Ortega' },
      recall: REMEMBERS,
    });
    await compareCheckIns(world.deps, world.portalId);
    const explained = await world.inside((scope) => world.store.findings.find(scope, first.findingId));

    await undoCheckIn(world.deps, world.manager, second.checkInId, { submissionId: crypto.randomUUID() });
    await compareCheckIns(world.deps, world.portalId);
    const again = await world.inside((scope) => world.store.findings.find(scope, first.findingId));

    expect(explained?.result?.verdict).toBe('EXPLAINED');
    expect(again?.result?.verdict).toBe('DIFFERS_FIRM');
  });

  it.each([
    { name: 'was not asked', recall: null },
    { name: 'remembers nothing', recall: FORGOT },
  ])('goes on explaining when a third person $name', async ({ recall }) => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    await compared(world, { respondent: { contactId: LUIS, name: 'Luis Ortega' }, recall: REMEMBERS });
    world.clock.advance(MINUTE_MS);

    await compared(world, { respondent: { contactId: EVE, name: 'Eve Moss' }, recall });
    await compareCheckIns(world.deps, world.portalId);

    const row = await world.inside((scope) => world.store.findings.find(scope, first.findingId));
    expect(row?.result?.verdict).toBe('EXPLAINED');
    expect(row?.supported).toBe(false);
  });

  it('explains across the end of a quarter, within ten business days', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-09-29T15:00:00Z');
    setLog(world, callsBefore('2026-09-29'));
    const first = await compared(world, { happenedOn: '2026-09-29' });
    world.clock.set('2026-10-06T15:00:00Z');

    await compared(world, {
      respondent: { contactId: LUIS, name: 'Luis Ortega' },
      recall: REMEMBERS,
      happenedOn: '2026-10-06',
    });
    await compareCheckIns(world.deps, world.portalId);

    const row = await world.inside((scope) => world.store.findings.find(scope, first.findingId));
    expect(first.row?.result?.verdict).toBe('DIFFERS_FIRM');
    expect(row?.result?.verdict).toBe('EXPLAINED');
  });

  it('is no second one where only a typed name tells them apart', async () => {
    const world = await worlds.fresh();
    const first = await compared(world);
    world.clock.advance(MINUTE_MS);
    await compared(world, { respondent: { contactId: null, name: 'D. Ruiz' }, recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);

    const row = await world.inside((scope) => world.store.findings.find(scope, first.findingId));

    expect(row?.result?.verdict).toBe('DIFFERS_FIRM');
  });

  it('still counts when somebody else at the company is asked', async () => {
    const world = await worlds.fresh();
    await compared(world);

    const { row } = await compared(world, {
      respondent: { contactId: LUIS, name: 'Luis Ortega' },
      recall: REMEMBERS,
    });

    expect(row?.result?.rule).toBe('R07');
  });
});
