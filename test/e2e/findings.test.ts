import { describe, expect, it } from '@jest/globals';
import { assertHidden, managerCard, readyFinding, repCard } from '../../scripts/tour/conversation.ts';
import { ANA, callsOf, MIA, TOM, VIEWER } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, hear, SPARE, startTeam } from './support/team.ts';

const PORTAL = 8800001;
const [CORRECTED, ACCEPTED, REFUSED, UNDONE, UNREADABLE] = SPARE;

/** Four calls at each company, all with the contact who will remember none. */
const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Finding');
  await opened.control.clock(FACTS_AT);
  const calls = [CORRECTED, ACCEPTED, REFUSED, UNDONE, UNREADABLE].flatMap((companyId, company) =>
    ['11', '12', '13', '14'].map((day) => ({
      id: `5${company}${day}`,
      at: `2026-05-${day}T1${company}:20:00Z`,
      by: TOM,
      companyId,
      contactId: `4${companyId.slice(1)}`,
    })),
  );
  await opened.control.load(callsOf(PORTAL, calls), 'merge');
});

const ana = () => world().as(PORTAL, ANA.userId);
const tom = () => world().as(PORTAL, TOM.userId);

async function heardFirmly(companyId: string) {
  const heard = await hear(world(), PORTAL, companyId, `Words at ${companyId}`);
  const { severity, verdict } = await readyFinding(world(), PORTAL, ANA.userId, heard.findingId);
  expect({ severity, verdict }).toEqual({ severity: 2, verdict: 'DIFFERS_FIRM' });
  return heard;
}

async function replied(findingId: string, undoUntil: string) {
  if ((await world().control.now()) < undoUntil) await world().control.clock(undoUntil);
  const body = { submissionId: submissionId(), kind: 'COVERED', sentence: 'A colleague went.' };
  return tom().ask('replyToFinding', { id: findingId, body });
}

describe('a difference', () => {
  it('falls when the manager corrects what was misheard, and the first answer is kept', async () => {
    const { checkInId, findingId } = await heardFirmly(CORRECTED);
    const marks = { unsure: false, colleague: false, named: false, stale: false };
    const recall = { recency: 'W1', count: '3-5', ...marks };

    const body = { submissionId: submissionId(), recall, reason: 'The customer called back.' };
    await ana().ask('correctCheckIn', { id: checkInId, body });

    const after = await readyFinding(world(), PORTAL, ANA.userId, findingId);
    expect(after.severity).toBe(0);
    expect(after.bothSides[0]).toMatchObject({ label: 'Most recent contact', customer: 'Never' });
  });

  it('is explained once the manager accepts the rep’s reply', async () => {
    const { findingId, undoUntil } = await heardFirmly(ACCEPTED);
    const { finding } = await replied(findingId, undoUntil);

    const replyIds = finding.replies.map(({ replyId }) => replyId);
    const decision = { submissionId: submissionId(), replyIds, accept: true };
    await ana().ask('decideFinding', { id: findingId, body: decision });

    expect(finding.replies.map(({ state }) => state)).toEqual(['open']);
    const { verdict, severity, rule } = await readyFinding(world(), PORTAL, TOM.userId, findingId);
    expect({ verdict, severity, rule }).toEqual({ verdict: 'EXPLAINED', severity: 0, rule: 'R00' });
  });

  it('stays when the reply is refused, which needs a reason that the rep reads', async () => {
    const { findingId, undoUntil } = await heardFirmly(REFUSED);
    const { finding } = await replied(findingId, undoUntil);
    const replyIds = finding.replies.map(({ replyId }) => replyId);
    const decide = (reason: string) => ({
      id: findingId,
      body: { submissionId: submissionId(), replyIds, accept: false, reason },
    });

    const refusal = await ana().refused('decideFinding', decide(''));
    await ana().ask('decideFinding', decide('Nobody there met a colleague.'));

    expect([refusal.status, refusal.field]).toEqual([400, 'reason']);
    const { severity, replies } = await readyFinding(world(), PORTAL, TOM.userId, findingId);
    expect(severity).toBe(2);
    expect(replies[0]?.decisionReason).toBe('Nobody there met a colleague.');
    await assertHidden(world(), PORTAL, findingId, [MIA.userId, VIEWER.userId]);
  });

  it('cannot be answered away by an undo after the log was seen', async () => {
    const { checkInId, findingId } = await heardFirmly(UNDONE);

    await ana().ask('undoCheckIn', { id: checkInId, body: { submissionId: submissionId() } });
    const undone = await managerCard(world(), PORTAL, UNDONE);
    const again = await hear(world(), PORTAL, UNDONE, 'The same again');

    expect([undone.saved, undone.draft?.words]).toEqual([null, `Words at ${UNDONE}`]);
    const { bothSides } = await readyFinding(world(), PORTAL, ANA.userId, again.findingId);
    expect(bothSides.map(({ customer }) => customer)).toEqual(['Never', '0']);
    expect(again.findingId).not.toBe(findingId);
    await world().control.advance(16 * 60_000);
    expect((await repCard(world(), PORTAL, TOM.userId, UNDONE)).feedback).toHaveLength(1);
  });

  it('is never made from a log that could not be read whole', async () => {
    const path = '/crm/objects/2026-03/calls/batch/read';
    await world().control.send('POST', 'faults', {
      match: { method: 'POST', path },
      fault: { kind: 'status', status: 500 },
      count: 50,
    });

    const { findingId } = await hearUnread();
    const { finding } = await ana().ask('getFinding', { id: findingId });
    await world().control.send('DELETE', 'faults');
    await world().control.advance(3 * 3_600_000);

    expect([finding.state, finding.verdict, finding.severity]).toEqual(['incomplete', null, 0]);
    const later = await readyFinding(world(), PORTAL, ANA.userId, findingId);
    expect(later.verdict).toBe('DIFFERS_FIRM');
  });
});

async function hearUnread() {
  const { saved } = await ana().ask('recordCheckIn', {
    body: {
      submissionId: submissionId(),
      companyId: UNREADABLE,
      respondent: { contactId: `4${UNREADABLE.slice(1)}`, name: 'Pat Person' },
      asked: true,
      words: 'Call me.',
      happenedOn: '2026-05-15',
      channel: 'phone',
      recall: { recency: 'NEVER', count: '0' },
    },
  });
  await world().control.advance(0);
  return { findingId: saved.findingId ?? '' };
}
