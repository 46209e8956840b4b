import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { MEASURED_SETTINGS } from '../../src/core/comparison/settings.ts';
import { acknowledge } from '../../src/usecases/acknowledge.ts';
import { announce } from '../../src/usecases/announce.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { measurementOf } from '../../src/usecases/measure-recall.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { aCall, aSyncedMeeting, LEFT_VOICEMAIL } from '../core/comparison/activity-builder.ts';
import {
  compared,
  namesRecord,
  recordedCall,
  rowOf,
  setLog,
  told,
  windowsEnd,
} from '../support/finding-story.ts';
import { COMPANY, FORGOT, LUIS, MANAGER, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

/** The product's worked stories of 2026, each with its own days, as far as a comparison goes. */

const worlds = useWorlds();
const LONG_AGO = { ...FORGOT, recency: 'LONG' } as const;

const at10 = (day: string): string => `${day}T15:00:00Z`;

/** Calls that the rep logged by hand on these days, three hours later. */
const callsOn = (days: readonly string[], change: Partial<ActivityRecord> = {}): ActivityRecord[] =>
  days.map((day, index) =>
    aCall({ id: String(601 + index), occurredAt: at10(day), createdAt: `${day}T18:00:00Z`, ...change }),
  );

async function heardOn(world: World, day: string, change: Parameters<World['record']>[0] = {}) {
  world.clock.set(at10(day));
  const heard = await compared(world, { happenedOn: day, ...change });
  const { result, replyUntil, secondContactId } = await rowOf(world, heard);
  const { verdict, severity, rule, mu, oneIn } = result ?? {};
  return { heard, verdict, severity, rule, mu, oneIn, replyUntil, secondContactId };
}

describe('the customer nobody called', () => {
  it('differs firmly, by fewer than 1 in 700, for the rep and the caller alone until August 19', async () => {
    const world = await worlds.fresh();

    const { heard, ...found } = await heardOn(world, '2026-08-12');
    await told(world);

    expect(found).toMatchObject({
      verdict: 'DIFFERS_FIRM',
      severity: 2,
      rule: 'R13',
      mu: 0.001343,
      oneIn: 700,
    });
    expect(found.replyUntil).toBe('2026-08-19');
    const [rep, stranger] = [world.rep, world.otherRep].map((who) =>
      getFinding(world.deps, who, heard.findingId),
    );
    expect((await rep)?.finding.canReply).toBe(true);
    await expect(stranger).rejects.toMatchObject({ code: 'not_found' });
    expect((await getHome(world.deps, world.rep)).rep?.numbers.join(' ')).not.toMatch(/%/);
  });
});

describe('an honest rep and a forgetful customer', () => {
  const BY_HAND = ['2026-06-29', '2026-07-27', '2026-08-13'];

  it('meet a record of the dialer, so that nothing counts against anyone', async () => {
    const world = await worlds.fresh();
    const when = { occurredAt: at10('2026-09-03'), createdAt: '2026-09-03T15:10:00Z' };
    setLog(world, [...callsOn(BY_HAND), recordedCall(when)]);

    const { heard, ...found } = await heardOn(world, '2026-09-09', { recall: LONG_AGO });

    expect(found).toMatchObject({ verdict: 'MEMORY_DIFFERS', severity: 0, rule: 'R11', replyUntil: null });
    await windowsEnd(world);
    expect((await getHome(world.deps, world.rep)).rep?.waitingForReply).toEqual([]);
    expect((await rowOf(world, heard)).result?.severity).toBe(0);
  });

  it('differ firmly without it, which is why one event is never a pattern', async () => {
    const world = await worlds.fresh();
    setLog(world, callsOn([...BY_HAND, '2026-09-03']));

    const found = await heardOn(world, '2026-09-09', { recall: LONG_AGO });

    expect(found).toMatchObject({ verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13', mu: 0.012708 });
    await windowsEnd(world);
    expect((await rowOf(world, found.heard)).result?.severity).toBe(2);
  });
});

describe('a different contact', () => {
  it('is suggested where the calls were theirs, and remembers them, which is the rep’s credit', async () => {
    const world = await worlds.fresh();
    setLog(world, callsOn(['2026-08-25', '2026-09-22', '2026-10-06'], { contactIds: [LUIS] }));

    const finance = await heardOn(world, '2026-10-14', { recall: LONG_AGO });
    const operations = await heardOn(world, '2026-10-20', {
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      recall: { ...FORGOT, recency: 'W4', count: '3-5' },
    });

    expect(finance).toMatchObject({ verdict: 'DIFFERENT_CONTACT', severity: 0, rule: 'R10' });
    expect(finance.secondContactId).toBe(LUIS);
    expect(operations).toMatchObject({ verdict: 'CORROBORATED', severity: 0, rule: 'R07' });
    const waves = await world.inside((scope) => world.store.checkIns.ofCompany(scope, COMPANY, 10));
    expect(new Set(waves.map(({ wave }) => wave)).size).toBe(1);
  });
});

describe('an owner who changed in the middle of a quarter', () => {
  const BEFORE = ['2026-06-05', '2026-06-22', '2026-07-06', '2026-07-20'];
  const newOwners = { ownerId: OTHER_REP.ownerId, createdByUserId: String(OTHER_REP.userId) };
  const CHANGED = new Date('2026-08-17T15:00:00Z');

  async function handedOver(): Promise<World> {
    const world = await worlds.fresh();
    const company = world.deps.fake.companies.get(COMPANY);
    if (company === undefined) throw new Error('The company is there.');
    world.deps.fake.companies.set(COMPANY, { ...company, ownerId: OTHER_REP.ownerId });
    await refreshPortal(world.deps, world.portalId);
    world.deps.fake.logs.set(COMPANY, {
      activities: [...callsOn(BEFORE), ...callsOn(['2026-08-20'], { id: '650', ...newOwners })],
      ownership: [
        { ownerId: REP.ownerId, from: new Date('2026-01-05T15:00:00Z') },
        { ownerId: OTHER_REP.ownerId, from: CHANGED },
      ],
      contacts: [],
    });
    return world;
  }

  it('is remembered by the calls of before, and nothing is held against the one who came', async () => {
    const world = await handedOver();

    const found = await heardOn(world, '2026-08-25', { recall: { ...FORGOT, recency: 'M2', count: '3-5' } });
    await told(world);

    expect(found).toMatchObject({ verdict: 'CORROBORATED', severity: 0, rule: 'R07' });
    const card = await getCompany(world.deps, world.otherRep, COMPANY);
    expect(card).toMatchObject({ role: 'rep', findings: [{ severity: 0 }] });
    expect(card.role === 'rep' ? card.feedback : []).toHaveLength(1);
  });

  it('holds the calls of before against nobody where the customer remembers none', async () => {
    const world = await handedOver();

    const found = await heardOn(world, '2026-08-25', { recall: LONG_AGO });

    expect(found.severity).toBe(0);
  });
});

describe('an announced program and a reply with a record', () => {
  /** Announced and acknowledged on September 30; other teams' memories measured before. */
  async function announced(): Promise<World> {
    const world = await worlds.fresh({ announcedDaysAgo: null });
    world.clock.set(at10('2026-09-30'));
    const notice = { startsOn: '2026-10-08', text: 'I will call our customers.' };
    await announce(world.deps, world.manager, { submissionId: randomUUID(), ...notice });
    await acknowledge(world.deps, world.rep, { submissionId: randomUUID() });
    const measured = { ...measurementOf([], 'any'), settings: MEASURED_SETTINGS };
    await world.inside((scope) => world.store.recall.add(scope, '2026-11-10', measured));
    setLog(world, callsOn(['2026-09-18', '2026-10-08', '2026-10-23', '2026-11-03']));
    return world;
  }
  const M6 = { ...FORGOT, recency: 'M6' } as const;

  it('differs firmly by the calls since the gate alone, to the end of November 18', async () => {
    const world = await announced();

    const found = await heardOn(world, '2026-11-10', { recall: M6 });

    expect(found).toMatchObject({ verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13', mu: 0.007317 });
    expect(found.replyUntil).toBe('2026-11-18');
  });

  it('is explained by the trusted record of a meeting that the contact booked, out of all that is counted', async () => {
    const world = await announced();
    const { heard } = await heardOn(world, '2026-11-10', { recall: M6 });
    await told(world);
    world.clock.set(at10('2026-11-13'));
    const meeting = aSyncedMeeting({
      id: '700',
      sourceLabel: 'MEETINGS',
      sourceDetail: null,
      occurredAt: at10('2026-10-23'),
      createdAt: at10('2026-10-15'),
      startAt: at10('2026-10-23'),
      endAt: '2026-10-23T15:30:00Z',
      isBookedByContact: true,
    });
    const calls = callsOn(['2026-09-18', '2026-10-08', '2026-10-23', '2026-11-03']);
    setLog(world, [...calls, meeting]);

    await namesRecord(world, heard);

    const { result, firstSeverity } = await rowOf(world, heard);
    expect(result).toMatchObject({ verdict: 'EXPLAINED', severity: 0, rule: 'R00' });
    expect(firstSeverity).toBe(2);
    const { rep } = await getHome(world.deps, world.rep);
    expect([rep?.waitingForReply, rep?.numbers]).toEqual([[], []]);
    const { finding } = await getFinding(world.deps, world.manager, heard.findingId);
    expect(finding.replies).toMatchObject([{ kind: 'EVIDENCE', state: 'accepted' }]);
  });
});

describe('a log of six touches, and a customer who remembers none of them', () => {
  const DAYS = ['2026-06-05', '2026-06-26', '2026-07-14', '2026-07-23', '2026-07-31', '2026-08-07'];
  const manager = { ownerId: MANAGER.ownerId, createdByUserId: String(MANAGER.userId) };

  it.each<[string, Partial<ActivityRecord>, string]>([
    ['connected, logged by hand', {}, 'R13 2'],
    ['connected, logged a month later', { createdAt: '2026-08-12T14:00:00Z' }, 'R13 2'],
    [
      'from a source nobody trusts, long and recorded',
      { sourceLabel: 'INTEGRATION', sourceDetail: '77', durationMs: 900_000, hasRecording: true },
      'R13 2',
    ],
    ['without an outcome', { disposition: null }, 'R08 0'],
    ['voicemail', { disposition: LEFT_VOICEMAIL }, 'R08 0'],
    ['imported', { sourceLabel: 'IMPORT' }, 'R08 0'],
    ['entered by another user', { createdByUserId: '912' }, 'R08 0'],
    ['on the parent company', { companyLink: 'related' }, 'R08 0'],
    ['the manager’s own', manager, 'R08 0'],
    ['without a contact', { contactIds: [] }, 'R10 0'],
  ])('is weighed as its records deserve: %s', async (_what, change, expected) => {
    const world = await worlds.fresh();
    setLog(world, callsOn(DAYS, change));

    const { rule, severity } = await heardOn(world, '2026-08-12');

    expect(`${String(rule)} ${String(severity)}`).toBe(expected);
  });
});
