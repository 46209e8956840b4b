import assert from 'node:assert/strict';
import { assertHidden, readyFinding, repCard, saveConversation } from '../conversation.ts';
import {
  assertNothingTold,
  noticesOf,
  notesOf,
  openTasksOf,
  ownProperties,
  tasksOf,
} from '../hubspot-view.ts';
import { ANA, callsOf, MIA, portalOf, TOM, VIEWER, type StoryCall } from '../portal.ts';
import type { Story } from '../play.ts';
import { startComparingProgram } from '../setup.ts';
import type { World } from '../world.ts';

/** The same story in two accounts: only in the first does a record of the dialer stand behind the last call. */
const WITH_DIALER = 8200001;
const BY_HAND = 8200002;
const COMPANY = '3201';
const ROSA = { id: '4201', firstName: 'Rosa', lastName: 'Lind', title: 'Office manager' };
const WORDS = 'I honestly could not say when anybody last called. We have had a wild year here.';
const HAND_DAYS = ['2026-06-29', '2026-07-27', '2026-08-13'];
const SEVEN_MINUTES_MS = 7 * 60_000;
const OTHERS = [TOM.userId, VIEWER.userId];

type Found = { findingId: string; undoUntil: string };

export const forgetful: Story = {
  id: '2',
  title: 'An honest rep, a forgetful customer',
  startsAt: '2026-05-01T15:00:00Z',
  play: async (world, step) => {
    const dialed: Found = { findingId: '', undoUntil: '' };
    const byHand: Found = { findingId: '', undoUntil: '' };
    await step('two accounts announce the program on May 1 and confirm it', () => announced(world));
    await step('four calls are logged, the last one by the dialer in one account only', () =>
      logCalls(world),
    );
    await step('on Sep 9 the customer says “More than 6 months ago” and “0”', async () => {
      await world.control.clock('2026-09-09T15:00:00Z');
      Object.assign(dialed, await answers(world, WITH_DIALER));
      Object.assign(byHand, await answers(world, BY_HAND));
    });
    await step('with the dialer record: MEMORY_DIFFERS, severity 0, R11', () => memoryDiffers(world, dialed));
    await step('without it: DIFFERS_FIRM, fewer than 1 in 70, why one event is never a pattern', () =>
      differsFirm(world, byHand),
    );
    await step('the rep and the manager read “Records show contact”; no count changes', () =>
      bothRead(world, dialed),
    );
    await step('HubSpot looks the same in both accounts: task, note, properties, no issue', () =>
      sameInHubSpot(world, dialed),
    );
  },
};

async function announced(world: World): Promise<void> {
  const company = { id: COMPANY, name: 'Lakeshore Dental Supply', rep: MIA, contacts: [ROSA] };
  for (const portalId of [WITH_DIALER, BY_HAND])
    await startComparingProgram(world, portalOf(portalId, [company]));
}

async function logCalls(world: World): Promise<void> {
  const call = (index: number, day: string): StoryCall => ({
    id: `${5201 + index}`,
    at: `${day}T15:20:00Z`,
    by: MIA,
    companyId: COMPANY,
    contactId: ROSA.id,
  });
  for (const [index, day] of HAND_DAYS.entries()) {
    await world.control.clock(`${day}T22:00:00Z`);
    for (const portalId of [WITH_DIALER, BY_HAND])
      await world.control.load(callsOf(portalId, [call(index, day)]), 'merge');
  }
  await world.control.clock('2026-09-03T22:00:00Z');
  const last = call(3, '2026-09-03');
  await world.control.load(callsOf(WITH_DIALER, [{ ...last, dialedMs: SEVEN_MINUTES_MS }]), 'merge');
  await world.control.load(callsOf(BY_HAND, [last]), 'merge');
}

async function answers(world: World, portalId: number) {
  const { saved } = await saveConversation(world, portalId, {
    companyId: COMPANY,
    contactId: ROSA.id,
    name: 'Rosa Lind',
    words: WORDS,
    happenedOn: '2026-09-09',
    recall: { recency: 'LONG', count: '0' },
  });
  return saved;
}

async function memoryDiffers(world: World, { findingId }: Found): Promise<void> {
  const finding = await readyFinding(world, WITH_DIALER, ANA.userId, findingId);
  const { verdict, severity, rule, replyUntil, chance } = finding;
  assert.deepEqual(
    { verdict, severity, rule, replyUntil, chance },
    { verdict: 'MEMORY_DIFFERS', severity: 0, rule: 'R11', replyUntil: null, chance: null },
  );
  const dialed = finding.logSays.find(({ on }) => on === '2026-09-03');
  assert.equal(dialed?.evidence, 'Phone or calendar record');
}

async function differsFirm(world: World, { findingId }: Found): Promise<void> {
  const finding = await readyFinding(world, BY_HAND, ANA.userId, findingId);
  const { verdict, severity, rule } = finding;
  assert.deepEqual({ verdict, severity, rule }, { verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13' });
  assert.match(finding.chance ?? '', /fewer than 1 in 70 /i);
}

async function bothRead(world: World, { findingId, undoUntil }: Found): Promise<void> {
  await assertHidden(world, WITH_DIALER, findingId, [MIA.userId]);
  await world.control.clock(new Date(Date.parse(undoUntil) + 60_000).toISOString());
  for (const userId of [ANA.userId, MIA.userId]) {
    const finding = await readyFinding(world, WITH_DIALER, userId, findingId);
    assert.equal(finding.label, 'Records show contact');
    assert.match(finding.sentence, /It counts against no one/);
  }
  const card = await repCard(world, WITH_DIALER, MIA.userId, COMPANY);
  assert.deepEqual(
    card.feedback.map(({ said }) => said),
    [WORDS],
  );
  await assertHidden(world, WITH_DIALER, findingId, OTHERS);
  const { manager } = await world.as(WITH_DIALER, ANA.userId).ask('getHome');
  assert.equal(manager?.team.find(({ name }) => name === 'Mia Stone')?.note, 'Not enough check-ins');
}

/** What anybody can see in HubSpot must not tell one verdict from another. */
async function sameInHubSpot(world: World, { undoUntil }: Found): Promise<void> {
  await world.control.clock(new Date(Date.parse(undoUntil) + 120_000).toISOString());
  const seen = [];
  for (const portalId of [WITH_DIALER, BY_HAND]) {
    assert.deepEqual(await openTasksOf(world, portalId, COMPANY), []);
    await assertNothingTold(world, portalId, [WORDS, 'wild year']);
    seen.push({
      tasks: (await tasksOf(world, portalId, COMPANY)).map(({ properties }) => [
        properties['hs_task_subject'],
        properties['hs_task_status'],
      ]),
      notes: (await notesOf(world, portalId, COMPANY)).map(({ properties }) => properties['hs_note_body']),
      notices: (await noticesOf(world, portalId, MIA.ownerId)).length,
      properties: await ownProperties(world, portalId, COMPANY),
    });
  }
  const [dialed, byHand] = seen;
  assert.equal(dialed?.notes.length, 1);
  assert.equal(dialed.notices, 1);
  assert.deepEqual(dialed.properties, {
    sci_last_check_in: '2026-09-09',
    sci_last_no_agenda_touch: '2026-09-09',
    sci_next_due: '2026-10-01',
    sci_open_issues: '0',
    sci_wave: '1',
  });
  assert.deepEqual({ ...dialed, notes: [] }, { ...byHand, notes: [] });
}
