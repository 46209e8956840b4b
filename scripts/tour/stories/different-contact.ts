import assert from 'node:assert/strict';
import { managerCard, readyFinding, repCard, saveConversation } from '../conversation.ts';
import { assertNothingTold, notesOf, openTasksOf, ownProperties, tasksOf } from '../hubspot-view.ts';
import { ANA, callsOf, portalOf, TOM } from '../portal.ts';
import type { Story } from '../play.ts';
import { startComparingProgram } from '../setup.ts';
import type { World } from '../world.ts';

const PORTAL = 8300001;
const COMPANY = '3301';
const OLA = { id: '4301', firstName: 'Ola', lastName: 'Berg', title: 'Operations lead' };
const FAY = { id: '4302', firstName: 'Fay', lastName: 'Ross', title: 'Finance' };
const CALL_DAYS = ['2026-08-25', '2026-09-22', '2026-10-06'];

type Found = { first: string; second: string; undoUntil: string };

export const differentContact: Story = {
  id: '3',
  title: 'A different contact',
  startsAt: '2026-05-01T15:00:00Z',
  play: async (world, step) => {
    const found: Found = { first: '', second: '', undoUntil: '' };
    await step('the program is announced on May 1 and confirmed', () =>
      startComparingProgram(
        world,
        portalOf(PORTAL, [{ id: COMPANY, name: 'Three Rivers Millwork', rep: TOM, contacts: [OLA, FAY] }]),
      ),
    );
    await step('three calls with operations are logged, each on its day', () => logCalls(world));
    await step('on Oct 14 finance says “More than 6 months ago” and “0”: DIFFERENT_CONTACT, R10', () =>
      financeAnswers(world, found),
    );
    await step('the card suggests to ask operations, and nothing in HubSpot does', () =>
      suggestsOperations(world, found),
    );
    await step('on Oct 20 operations says “1 to 4 weeks ago” and “3 to 5”: CORROBORATED, R07', () =>
      operationsAnswers(world, found),
    );
    await step('the credit is the rep’s to read', () => creditToRep(world, found));
    await step('one note a conversation, one wave, never two open tasks', () => oneWave(world));
  },
};

async function logCalls(world: World): Promise<void> {
  for (const [index, day] of CALL_DAYS.entries()) {
    await world.control.clock(`${day}T22:00:00Z`);
    const id = `${5301 + index}`;
    const call = { id, at: `${day}T15:20:00Z`, by: TOM, companyId: COMPANY, contactId: OLA.id };
    await world.control.load(callsOf(PORTAL, [call]), 'merge');
    assert.ok((await openTasksOf(world, PORTAL, COMPANY)).length <= 1, `two open tasks on ${day}`);
  }
}

async function financeAnswers(world: World, found: Found): Promise<void> {
  await world.control.clock('2026-10-14T15:00:00Z');
  const { saved } = await saveConversation(world, PORTAL, {
    companyId: COMPANY,
    contactId: FAY.id,
    name: 'Fay Ross',
    words: 'The invoices could come a week earlier.',
    happenedOn: '2026-10-14',
    recall: { recency: 'LONG', count: '0' },
  });
  found.first = saved.findingId ?? '';
  const { verdict, severity, rule } = await readyFinding(world, PORTAL, ANA.userId, found.first);
  assert.deepEqual({ verdict, severity, rule }, { verdict: 'DIFFERENT_CONTACT', severity: 0, rule: 'R10' });
  found.undoUntil = saved.undoUntil ?? '';
}

async function suggestsOperations(world: World, found: Found): Promise<void> {
  const finding = await readyFinding(world, PORTAL, ANA.userId, found.first);
  assert.equal(finding.secondContact?.name, 'Ola Berg');
  assert.equal(finding.label, 'Ask someone else there');
  await world.control.clock(found.undoUntil);
  await assertNothingTold(world, PORTAL, ['invoices']);
  const [note] = await notesOf(world, PORTAL, COMPANY);
  assert.doesNotMatch(note?.properties['hs_note_body'] ?? '', /Ola/);
  assert.deepEqual(await openTasksOf(world, PORTAL, COMPANY), []);
}

async function operationsAnswers(world: World, found: Found): Promise<void> {
  await world.control.clock('2026-10-20T15:00:00Z');
  assert.equal((await managerCard(world, PORTAL, COMPANY)).state, 'done');
  const { saved } = await saveConversation(world, PORTAL, {
    companyId: COMPANY,
    contactId: OLA.id,
    name: 'Ola Berg',
    words: 'Tom keeps us posted. More notice before holidays would help.',
    happenedOn: '2026-10-20',
    recall: { recency: 'W4', count: '3-5' },
  });
  found.second = saved.findingId ?? '';
  found.undoUntil = saved.undoUntil ?? '';
  const { verdict, severity, rule } = await readyFinding(world, PORTAL, ANA.userId, found.second);
  assert.deepEqual({ verdict, severity, rule }, { verdict: 'CORROBORATED', severity: 0, rule: 'R07' });
}

async function creditToRep(world: World, found: Found): Promise<void> {
  await world.control.clock(found.undoUntil);
  const card = await repCard(world, PORTAL, TOM.userId, COMPANY);
  const credit = card.findings.find(({ findingId }) => findingId === found.second);
  assert.equal(credit?.label, 'Customer remembers contact');
  assert.equal(card.feedback.length, 2);
}

async function oneWave(world: World): Promise<void> {
  const notes = await notesOf(world, PORTAL, COMPANY);
  assert.equal(notes.length, 2);
  assert.deepEqual(
    notes.map(({ properties }) => /asked (\w+ \w+)/.exec(properties['hs_note_body'] ?? '')?.[1]).sort(),
    ['Fay Ross', 'Ola Berg'],
  );
  assert.deepEqual(await openTasksOf(world, PORTAL, COMPANY), []);
  const due = (await tasksOf(world, PORTAL, COMPANY)).filter(
    ({ properties }) => (properties['hs_timestamp'] ?? '') >= '2026-10-01',
  );
  assert.equal(due.length, 1, 'one task for the quarter, whatever the number of conversations');
  assert.deepEqual(await ownProperties(world, PORTAL, COMPANY), {
    sci_last_check_in: '2026-10-20',
    sci_last_no_agenda_touch: '2026-10-20',
    sci_next_due: '2027-01-01',
    sci_open_issues: '0',
    sci_wave: '1',
  });
}
