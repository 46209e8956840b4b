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

const PORTAL = 8200001;
/** The same story at two customers: only at the first does a record of the dialer stand behind the last call. */
const WITH_DIALER = '3201';
const BY_HAND = '3202';
const CONTACTS = { [WITH_DIALER]: '4201', [BY_HAND]: '4202' } as const;
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
    await step('the program is announced on May 1 and confirmed', () => announced(world));
    await step('four calls are logged at each of two customers, the last one by the dialer at one only', () =>
      logCalls(world),
    );
    await step('on Sep 9 both say “More than 6 months ago” and “0”', async () => {
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
    await step('HubSpot looks the same at both: task, note, properties, no issue, one notice', () =>
      sameInHubSpot(world),
    );
  },
};

async function announced(world: World): Promise<void> {
  const company = (id: keyof typeof CONTACTS, name: string) => ({
    id,
    name,
    rep: MIA,
    contacts: [{ id: CONTACTS[id], firstName: 'Rosa', lastName: 'Lind', title: 'Office manager' }],
  });
  await startComparingProgram(
    world,
    portalOf(PORTAL, [
      company(WITH_DIALER, 'Lakeshore Dental Supply'),
      company(BY_HAND, 'Bayside Dental Supply'),
    ]),
  );
}

async function logCalls(world: World): Promise<void> {
  const call = (companyId: keyof typeof CONTACTS, index: number, day: string): StoryCall => ({
    id: `5${companyId.slice(1)}${index}`,
    at: `${day}T15:20:00Z`,
    by: MIA,
    companyId,
    contactId: CONTACTS[companyId],
  });
  for (const [index, day] of HAND_DAYS.entries()) {
    await world.control.clock(`${day}T22:00:00Z`);
    const both = [call(WITH_DIALER, index, day), call(BY_HAND, index, day)];
    await world.control.load(callsOf(PORTAL, both), 'merge');
  }
  await world.control.clock('2026-09-03T22:00:00Z');
  const dialed = { ...call(WITH_DIALER, 3, '2026-09-03'), dialedMs: SEVEN_MINUTES_MS };
  await world.control.load(callsOf(PORTAL, [dialed, call(BY_HAND, 3, '2026-09-03')]), 'merge');
}

async function answers(world: World, companyId: keyof typeof CONTACTS) {
  const { saved } = await saveConversation(world, PORTAL, {
    companyId,
    contactId: CONTACTS[companyId],
    name: 'Rosa Lind',
    words: WORDS,
    happenedOn: '2026-09-09',
    recall: { recency: 'LONG', count: '0' },
  });
  return saved;
}

async function memoryDiffers(world: World, { findingId }: Found): Promise<void> {
  const finding = await readyFinding(world, PORTAL, ANA.userId, findingId);
  const { verdict, severity, rule, replyUntil, chance } = finding;
  assert.deepEqual(
    { verdict, severity, rule, replyUntil, chance },
    { verdict: 'MEMORY_DIFFERS', severity: 0, rule: 'R11', replyUntil: null, chance: null },
  );
  const dialed = finding.logSays.find(({ on }) => on === '2026-09-03');
  assert.equal(dialed?.evidence, 'Phone or calendar record');
}

async function differsFirm(world: World, { findingId }: Found): Promise<void> {
  const finding = await readyFinding(world, PORTAL, ANA.userId, findingId);
  const { verdict, severity, rule } = finding;
  assert.deepEqual({ verdict, severity, rule }, { verdict: 'DIFFERS_FIRM', severity: 2, rule: 'R13' });
  assert.match(finding.chance ?? '', /fewer than 1 in 70 /i);
}

async function bothRead(world: World, { findingId, undoUntil }: Found): Promise<void> {
  await assertHidden(world, PORTAL, findingId, [MIA.userId]);
  await world.control.clock(new Date(Date.parse(undoUntil) + 60_000).toISOString());
  for (const userId of [ANA.userId, MIA.userId]) {
    const finding = await readyFinding(world, PORTAL, userId, findingId);
    assert.equal(finding.label, 'Records show contact');
    assert.match(finding.sentence, /It counts against no one/);
  }
  const card = await repCard(world, PORTAL, MIA.userId, WITH_DIALER);
  assert.deepEqual(
    card.feedback.map(({ said }) => said),
    [WORDS],
  );
  await assertHidden(world, PORTAL, findingId, OTHERS);
  const { manager } = await world.as(PORTAL, ANA.userId).ask('getHome');
  assert.equal(manager?.team.find(({ name }) => name === 'Mia Stone')?.note, 'Not enough check-ins');
}

/** What anybody can see in HubSpot must not tell one verdict from another. */
async function sameInHubSpot(world: World): Promise<void> {
  const [dialed, byHand] = [await seenAt(world, WITH_DIALER), await seenAt(world, BY_HAND)];
  assert.equal(dialed.notes.length, 1);
  assert.deepEqual(dialed.properties, {
    sci_last_check_in: '2026-09-09',
    sci_last_no_agenda_touch: '2026-09-09',
    sci_next_due: '2026-10-01',
    sci_open_issues: '0',
    sci_wave: '1',
  });
  assert.deepEqual(dialed, byHand);
  assert.equal((await noticesOf(world, PORTAL, MIA.ownerId)).length, 1, 'one notice a rep a day');
  await assertNothingTold(world, PORTAL, [WORDS, 'wild year']);
}

/** Task, note and properties at one customer, without what must differ: name, ids, times of the clock. */
async function seenAt(world: World, companyId: string) {
  assert.deepEqual(await openTasksOf(world, PORTAL, companyId), []);
  const tasks = await tasksOf(world, PORTAL, companyId);
  const notes = await notesOf(world, PORTAL, companyId);
  const withoutReference = (body: string | null | undefined) => (body ?? '').replace(/[0-9a-f]{26}/, '');
  return {
    tasks: tasks.map(({ properties }) => properties['hs_task_status']),
    notes: notes.map(({ properties }) => withoutReference(properties['hs_note_body'])),
    properties: await ownProperties(world, PORTAL, companyId),
  };
}
