import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { LEFT_VOICEMAIL, aCall, anEmail } from '../core/comparison/activity-builder.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { recordedCall } from '../support/finding-story.ts';
import { COMPANY, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const REPLY_UNTIL = '2026-08-19';

const sentMail = anEmail({
  id: '801',
  direction: 'EMAIL',
  occurredAt: '2026-08-01T15:00:00Z',
  createdAt: '2026-08-01T15:00:00Z',
});
const voicemail = aCall({
  id: '802',
  disposition: LEFT_VOICEMAIL,
  occurredAt: '2026-08-04T15:00:00Z',
  createdAt: '2026-08-04T15:05:00Z',
});

/** The customer nobody called: saved, compared with this log, and the words passed on. */
async function compared(world: World, activities = [...sixCalls(), sentMail, voicemail]): Promise<string> {
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  return String(saved.findingId);
}

describe('a difference as its rep reads it', () => {
  it.each([
    ['firm', [5, 12, 20, 29, 47, 68], 2],
    ['worth a look', [5, 12, 20], 1],
  ])('says until when to reply where it is %s', async (_what, ages, severity) => {
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, touchesOf(ages), {}, { replyUntil: REPLY_UNTIL });

    const forRep = await getFinding(world.deps, world.rep, findingId);
    const forManager = await getFinding(world.deps, world.manager, findingId);

    expect(forRep.finding.severity).toBe(severity);
    expect(forRep.finding.sentence).toContain('You can reply until Aug 19.');
    expect(forManager.finding.sentence).not.toContain('You can reply');
  });

  it('no longer says so once the days to reply are over', async () => {
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, touchesOf([5, 12, 20]), {}, { replyUntil: REPLY_UNTIL });
    world.clock.set('2026-08-20T15:00:00Z');

    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding.sentence).not.toContain('You can reply');
    expect(finding.records).toEqual([]);
  });

  it('shows both sides in the same terms, on the day of the conversation', async () => {
    const world = await worlds.fresh();
    const findingId = await compared(world);

    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding.bothSides).toEqual([
      {
        label: 'Most recent contact',
        log: 'In the last week (5 days before)',
        customer: 'Never',
      },
      { label: 'Contacts in three months', log: '6 or more (6)', customer: '0' },
    ]);
    expect([finding.askedOn, finding.respondentName]).toEqual(['2026-08-12', 'Dana Ruiz']);
  });
});

describe('the records a rep may point to', () => {
  it('are all of the account, those that were not compared too', async () => {
    const world = await worlds.fresh();
    await compared(world);

    const card = await getCompany(world.deps, world.rep, COMPANY);

    const [finding] = card.role === 'rep' ? card.findings : [];
    const ids = finding?.records.map(({ activityId }) => activityId) ?? [];
    expect(ids).toEqual(['506', '802', '801', '505', '504', '503', '502', '501']);
    expect(Object.keys(finding?.records[0] ?? {}).sort()).toEqual(['activityId', 'on', 'what', 'withWhom']);
    expect(finding?.logSays.map(({ activityId }) => activityId)).not.toContain('801');
  });

  it('are for the rep alone', async () => {
    const world = await worlds.fresh();
    const findingId = await compared(world);

    const { finding } = await getFinding(world.deps, world.manager, findingId);

    expect(finding.records).toEqual([]);
    expect(finding.logSays.length).toBeGreaterThan(0);
  });

  it('never crowd out the calls that were compared', async () => {
    const world = await worlds.fresh();
    const mails = Array.from({ length: 60 }, (_, index) => ({ ...sentMail, id: String(9_000 + index) }));
    const findingId = await compared(world, [...mails, ...sixCalls()]);

    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding.logSays).toHaveLength(6);
    expect(finding.records).toHaveLength(26);
  });

  it('are named in the reply that points to one', async () => {
    const world = await worlds.fresh();
    const findingId = await compared(world);
    const body = { submissionId: randomUUID(), kind: 'EVIDENCE' as const, sentence: '', activityId: '801' };

    await replyToFinding(world.deps, world.rep, findingId, body);

    const { finding } = await getFinding(world.deps, world.manager, findingId);
    expect(finding.replies[0]?.record).toMatchObject({ activityId: '801', on: '2026-08-01' });
  });
});

describe('how good a record typed in by hand is', () => {
  const soon = aCall({
    id: '901',
    occurredAt: '2026-08-04T15:00:00Z',
    createdAt: '2026-08-04T16:00:00Z',
  });
  const late = { ...soon, id: '902', occurredAt: '2026-07-14T15:00:00Z' };
  const recorded = recordedCall({ id: '903' });
  const evidenceFor = async (world: World, reader: World['manager'], findingId: string) => {
    const { finding } = await getFinding(world.deps, reader, findingId);
    return finding.logSays.map(({ activityId, evidence }) => `${activityId} ${evidence}`);
  };

  it('is one word to its rep and to everybody else, beside what a machine recorded', async () => {
    const world = await worlds.fresh();
    const findingId = await compared(world, [soon, late, recorded]);

    const forRep = await evidenceFor(world, world.rep, findingId);
    const forManager = await evidenceFor(world, world.manager, findingId);

    const byMachine = '903 Phone or calendar record';
    expect(forRep).toEqual([byMachine, '901 Logged', '902 Logged']);
    expect(forManager).toEqual(forRep);
  });
});

describe('a mail from the customer that ends a difference', () => {
  it('stands in the log line by line, as a record the customer made', async () => {
    const world = await worlds.fresh();
    const findingId = await compared(world, [
      ...sixCalls(),
      anEmail({
        id: '803',
        sourceLabel: 'EMAIL_INTEGRATION',
        sourceDetail: null,
        occurredAt: '2026-08-05T15:00:00Z',
        createdAt: '2026-08-05T15:00:00Z',
      }),
    ]);

    const { finding } = await getFinding(world.deps, world.manager, findingId);

    expect(finding.verdict).toBe('MEMORY_DIFFERS');
    expect(finding.logSays).toContainEqual(
      expect.objectContaining({
        activityId: '803',
        counted: true,
        evidence: 'Record the customer made',
      }),
    );
  });
});
