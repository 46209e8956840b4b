import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { txOf } from '../../src/store/transact.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { aDialerCall } from '../core/comparison/activity-builder.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { namesRecord, recordedCall, replyIdsOf } from '../support/finding-story.ts';
import {
  COMPANY,
  CYCLE,
  FORGOT,
  LUIS,
  OTHER_COMPANY,
  REMEMBERS,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
const AFTER_THE_WINDOW = '2026-08-20T15:00:00Z';
const TESTED_AT = '2026-10-09T15:00:00Z';
const SIX_TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const FITS = { recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;

/** What jobs were audited for, oldest first; the whole text of each entry but its time and hash. */
async function deedsOf(world: World, job: string): Promise<readonly string[]> {
  const { rows } = await world.inside((scope) =>
    sql<{ deed: string }>`SELECT concat_ws(' ', action, subject, outcome, request_id) AS deed FROM audit_log
      WHERE portal_id = ${world.portalId} AND actor = ${`system:${job}`} ORDER BY seq`.execute(txOf(scope)),
  );
  return rows.map(({ deed }) => deed);
}

const isChainWhole = (world: World) => world.inside((scope) => world.store.audit.verify(scope));

/** Saved, compared and passed on: two answers differ from the log. */
async function differing(world: World): Promise<{ checkInId: string; findingId: string }> {
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  return { checkInId: saved.checkInId, findingId: String(saved.findingId) };
}

async function compareAgain(world: World, findingId: string): Promise<void> {
  await world.inside((scope) =>
    world.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: world.clock.now() }),
  );
  await compareCheckIns(world.deps, world.portalId);
}

/** Twelve compared check-ins, three of them differences at two companies, each borne out. */
async function aPatternAt(world: World): Promise<void> {
  for (let added = 0; added < 9; added += 1) await addCompared(world, touchesOf([12, 40]), FITS);
  for (const companyId of [COMPANY, OTHER_COMPANY, COMPANY]) {
    const settledAt = world.clock.now();
    await addCompared(world, SIX_TOUCHES, { companyId }, { settledAt, supported: true });
  }
  await world.inside((scope) => world.store.teamTests.want(scope, CYCLE, '2026-10-09'));
}

describe('a finding', () => {
  it('is audited once when it is made, in the same words whether or not it differs', async () => {
    const world = await worlds.fresh();
    const forgot = await world.record();
    const remembered = await world.record({ companyId: OTHER_COMPANY, recall: REMEMBERS });

    await compareCheckIns(world.deps, world.portalId);
    await compareAgain(world, String(forgot.saved.findingId));

    const made = [forgot, remembered].map(({ saved }) => `compareCheckIn ${saved.findingId} made`);
    expect([...(await deedsOf(world, 'compareCheckIns'))].sort()).toEqual(made.sort());
    expect(await isChainWhole(world)).toBe(true);
  });

  it('is not audited while the log could not be read', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('companyLog', 'hubspot_unavailable');

    await compareCheckIns(world.deps, world.portalId);

    expect(await deedsOf(world, 'compareCheckIns')).toEqual([]);
  });

  it('is audited once more when a record explains it', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    const meeting = aDialerCall({
      id: '700',
      occurredAt: '2026-08-11T15:00:00Z',
      createdAt: '2026-08-13T14:00:00Z',
      durationMs: 420_000,
      sourceDetail: 'HubSpot Calling',
    });
    world.clock.set('2026-08-13T15:00:00Z');
    world.deps.fake.logs.set(COMPANY, { activities: [...sixCalls(), meeting], ownership: [], contacts: [] });

    await compareAgain(world, findingId);
    await compareAgain(world, findingId);

    expect(await deedsOf(world, 'compareCheckIns')).toEqual([
      `compareCheckIn ${findingId} made`,
      `compareCheckIn ${findingId} changed`,
    ]);
  });

  it('has a reply audited once that the log accepts by itself', async () => {
    const world = await worlds.fresh();
    const { checkInId, findingId } = await differing(world);
    world.clock.set('2026-08-13T15:00:00Z');
    const activities = [...sixCalls(), recordedCall()];
    world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });

    await namesRecord(world, { checkInId, findingId });
    await compareAgain(world, findingId);

    const [reply] = await world.inside((scope) => world.store.findings.replies(scope, findingId));
    expect(await deedsOf(world, 'compareCheckIns')).toEqual([
      `compareCheckIn ${findingId} made`,
      `compareCheckIn ${findingId} changed`,
      `acceptReply ${reply?.replyId} record`,
    ]);
  });

  it.each([
    ['accepted', true, 'Fine.', 2],
    ['refused', false, 'Uma was away that week.', 1],
  ] as const)(
    'has its change audited where a reply is %s, and nothing else',
    async (_how, accept, reason, n) => {
      const world = await worlds.fresh();
      const { findingId } = await differing(world);
      const said = { kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
      await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said });
      const replyIds = await replyIdsOf(world, findingId);
      const decision = { submissionId: randomUUID(), replyIds, accept, reason };
      await decideReply(world.deps, world.manager, findingId, decision);

      await compareAgain(world, findingId);
      await compareAgain(world, findingId);

      const deeds = [`compareCheckIn ${findingId} made`, `compareCheckIn ${findingId} changed`];
      expect(await deedsOf(world, 'compareCheckIns')).toEqual(deeds.slice(0, n));
    },
  );

  it('is audited once more when a second person explains it', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    world.clock.set('2026-08-17T15:00:00Z');
    const { saved } = await world.record({
      respondent: { contactId: LUIS, name: 'Luis Vega' },
      recall: { ...REMEMBERS, recency: 'W4', count: '3-5' },
      happenedOn: '2026-08-17',
    });

    await compareCheckIns(world.deps, world.portalId);
    await compareAgain(world, findingId);

    expect(await deedsOf(world, 'compareCheckIns')).toEqual([
      `compareCheckIn ${findingId} made`,
      `compareCheckIn ${saved.findingId} made`,
      `compareCheckIn ${findingId} changed`,
    ]);
  });
});

describe('a reply that nobody decides', () => {
  it('is audited once when silence accepts it', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);
    const said = { kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
    await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said });
    const [reply] = await world.inside((scope) => world.store.findings.replies(scope, findingId));

    world.clock.set('2026-08-27T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    await settleFindings(world.deps, world.portalId);

    const accepted = (await deedsOf(world, 'settleFindings')).filter((deed) =>
      deed.startsWith('acceptReply'),
    );
    expect(accepted).toEqual([`acceptReply ${reply?.replyId} silence`]);
  });
});

describe('a reply window', () => {
  it('is audited once when it is closed, and not before', async () => {
    const world = await worlds.fresh();
    const { findingId } = await differing(world);

    world.clock.set('2026-08-19T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    const open = await deedsOf(world, 'settleFindings');
    world.clock.set(AFTER_THE_WINDOW);
    await settleFindings(world.deps, world.portalId);
    await settleFindings(world.deps, world.portalId);

    expect(open).toEqual([]);
    expect(await deedsOf(world, 'settleFindings')).toEqual([`closeReplyWindow ${findingId} done`]);
    expect(await isChainWhole(world)).toBe(true);
  });

  it('is not audited where it starts anew, since the rep could not see anything yet', async () => {
    const world = await worlds.fresh();
    await world.record();
    await compareCheckIns(world.deps, world.portalId);

    world.clock.set(AFTER_THE_WINDOW);
    await settleFindings(world.deps, world.portalId);

    expect(await deedsOf(world, 'settleFindings')).toEqual([]);
  });
});

describe('words passed on', () => {
  it('are audited once a check-in', async () => {
    const world = await worlds.fresh();
    const saved = [await world.record(), await world.record({ companyId: OTHER_COMPANY })];

    await releaseFeedback(world.deps, world.portalId);
    const early = await deedsOf(world, 'releaseFeedback');
    world.clock.advance(15 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);
    await releaseFeedback(world.deps, world.portalId);

    const released = saved.map((one) => `releaseWords ${one.saved.checkInId} done`);
    expect(early).toEqual([]);
    expect([...(await deedsOf(world, 'releaseFeedback'))].sort()).toEqual(released.sort());
    expect(await isChainWhole(world)).toBe(true);
  });
});

describe('a pattern', () => {
  it('is audited once when it is found and once when it has expired, with the tests', async () => {
    const world = await worlds.fresh();
    await aPatternAt(world);
    const want = (cycle: string, dueOn: string) =>
      world.inside((scope) => world.store.teamTests.want(scope, cycle, dueOn));

    world.clock.set(TESTED_AT);
    await settleFindings(world.deps, world.portalId);
    await settleFindings(world.deps, world.portalId);
    const [pattern] = await world.inside((scope) => world.store.patterns.all(scope));
    await want('2026-Q4', '2027-01-08');
    world.clock.set('2027-01-11T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    await want('2027-Q4', '2028-01-10');
    world.clock.set('2028-01-11T15:00:00Z');
    await settleFindings(world.deps, world.portalId);

    expect(await deedsOf(world, 'settleFindings')).toEqual([
      `addPattern ${pattern?.patternId} found`,
      `testTeams ${CYCLE} done`,
      'testTeams 2026-Q4 done',
      `removePattern ${pattern?.patternId} expired`,
      'testTeams 2027-Q4 done',
    ]);
    expect(await isChainWhole(world)).toBe(true);
  });
});
