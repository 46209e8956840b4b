import assert from 'node:assert/strict';
import { assertHidden, managerCard, readyFinding, repCard, saveConversation } from '../conversation.ts';
import {
  assertNothingTold,
  noticesOf,
  notesOf,
  openTasksOf,
  ownProperties,
  tasksOf,
  writesIn,
} from '../hubspot-view.ts';
import { ANA, callsOf, MIA, portalOf, TOM, VIEWER } from '../portal.ts';
import type { Story } from '../play.ts';
import { startComparingProgram, submissionId } from '../setup.ts';
import type { World } from '../world.ts';

const PORTAL = 8100001;
const COMPANY = '3101';
const DANA = { id: '4101', firstName: 'Dana', lastName: 'Ruiz', title: 'Plant buyer' };
const LUIS = { id: '4102', firstName: 'Luis', lastName: 'Gray', title: 'Operations lead' };
const WORDS =
  'In order to provide me better service, you would have to get a salesperson from your company to call on me.';
const QUESTION = 'What can we do to provide you with better service?';
const CALL_DAYS = ['2026-06-05', '2026-06-26', '2026-07-14', '2026-07-23', '2026-07-31', '2026-08-07'];
const OTHERS = [MIA.userId, VIEWER.userId];

/** What the steps hand on. */
type Kept = { checkInId: string; findingId: string; undoUntil: string };

export const nobodyCalled: Story = {
  id: '1',
  title: 'The customer nobody called',
  startsAt: '2026-05-01T15:00:00Z',
  play: async (world, step) => {
    const kept: Kept = { checkInId: '', findingId: '', undoUntil: '' };
    await step('a program is announced on May 1 and confirmed by the reps', () => announced(world));
    await step('six calls with the plant buyer are logged by hand, each on its day', () => logCalls(world));
    await step('on Aug 12 a task asks the manager to call, and the card hides the log', () =>
      hidesLog(world),
    );
    await step('the manager writes down the answer and one dated promise', () => saves(world, kept));
    await step('nothing leaves and the rep sees nothing while it can be undone', () =>
      nothingLeaves(world, kept),
    );
    await step('the manager sees DIFFERS_FIRM by R13, fewer than 1 in 700, and whom else to ask', () =>
      managerSees(world, kept),
    );
    await step('after 15 minutes HubSpot has the note, the closed task, five properties, one notice', () =>
      hubspotHas(world, kept),
    );
    await step('the rep reads the words and the finding, and may reply until Aug 19', () =>
      repReads(world, kept),
    );
    await step('others see the date and the issue, and nothing of the finding', () => othersSee(world, kept));
    await step('the rep replies, the manager reads it, and a comment changes nothing', () =>
      repReplies(world, kept),
    );
    await step('the window is open to the end of Aug 19, and closed after', () => windowEnds(world, kept));
  },
};

async function announced(world: World): Promise<void> {
  await startComparingProgram(
    world,
    portalOf(PORTAL, [
      { id: COMPANY, name: 'Cedar Falls Packaging', rep: TOM, contacts: [DANA, LUIS] },
      {
        id: '3102',
        name: 'Willow Press',
        rep: MIA,
        contacts: [{ id: '4103', firstName: 'Ada', lastName: 'Stone', title: 'Owner' }],
      },
    ]),
  );
  const { reps } = await world.as(PORTAL, ANA.userId).ask('getProgram');
  assert.deepEqual(
    reps.map(({ name, gateOpensOn }) => [name, gateOpensOn]),
    [
      ['Mia Stone', '2026-05-09'],
      ['Tom Baker', '2026-05-09'],
    ],
  );
}

async function logCalls(world: World): Promise<void> {
  for (const [index, day] of CALL_DAYS.entries()) {
    await world.control.clock(`${day}T22:00:00Z`);
    const call = {
      id: `${5101 + index}`,
      at: `${day}T15:2${index}:00Z`,
      by: TOM,
      companyId: COMPANY,
      contactId: DANA.id,
    };
    await world.control.load(callsOf(PORTAL, [call]), 'merge');
  }
}

async function hidesLog(world: World): Promise<void> {
  await world.control.clock('2026-08-12T15:15:00Z');
  const [task, ...more] = await openTasksOf(world, PORTAL, COMPANY);
  assert.deepEqual(more, [], 'one open task at most');
  assert.equal(task?.properties['hs_task_type'], 'CALL');
  assert.equal(task.properties['hubspot_owner_id'], ANA.ownerId);
  const card = await managerCard(world, PORTAL, COMPANY);
  assert.equal(card.question, QUESTION);
  assert.equal(card.listening, null);
  assert.equal(card.ask?.name, 'Dana Ruiz');
  assert.equal(card.recallItems?.recency.options.length, 8);
  const shown = JSON.stringify(card);
  for (const told of ['Call 51', ...CALL_DAYS]) assert.ok(!shown.includes(told), `the card shows ${told}`);
}

async function saves(world: World, kept: Kept): Promise<void> {
  await world.control.clearJournal();
  const { saved, listening } = await saveConversation(world, PORTAL, {
    companyId: COMPANY,
    contactId: DANA.id,
    name: 'Dana Ruiz',
    words: WORDS,
    happenedOn: '2026-08-12',
    recall: { recency: 'NEVER', count: '0' },
  });
  assert.equal(listening, null);
  assert.equal(saved.repName, 'Tom Baker');
  assert.equal(saved.undoUntil, saved.releasesAt);
  assert.equal(Date.parse(saved.undoUntil ?? '') - Date.parse(saved.savedAt), 15 * 60_000);
  Object.assign(kept, saved);
  const opened = await world.as(PORTAL, ANA.userId).ask('openIssue', {
    body: {
      submissionId: submissionId(),
      companyId: COMPANY,
      checkInId: saved.checkInId,
      title: 'Visit requested',
      promise: { what: 'Visit', dueOn: '2026-08-26' },
    },
  });
  assert.equal(opened.promise?.ownerName, 'Ana Keller');
}

async function nothingLeaves(world: World, kept: Kept): Promise<void> {
  await world.control.clock(new Date(Date.parse(kept.undoUntil) - 1_000).toISOString());
  const journal = await world.control.journal({ portalId: PORTAL });
  assert.ok(
    journal.some(({ path }) => path.includes('/calls/')),
    'the log was not read',
  );
  assert.deepEqual(writesIn(journal), []);
  assert.equal((await openTasksOf(world, PORTAL, COMPANY)).length, 1);
  const card = await repCard(world, PORTAL, TOM.userId, COMPANY);
  assert.deepEqual([card.feedback, card.findings], [[], []]);
  await assertHidden(world, PORTAL, kept.findingId, [TOM.userId, ...OTHERS]);
}

async function managerSees(world: World, kept: Kept): Promise<void> {
  const finding = await readyFinding(world, PORTAL, ANA.userId, kept.findingId);
  const { verdict, severity, rule, replyUntil } = finding;
  assert.deepEqual(
    { verdict, severity, rule, replyUntil },
    {
      verdict: 'DIFFERS_FIRM',
      severity: 2,
      rule: 'R13',
      replyUntil: '2026-08-19',
    },
  );
  assert.match(finding.chance ?? '', /fewer than 1 in 700 /i);
  assert.match(finding.chance ?? '', /innocent reasons/);
  assert.equal(finding.secondContact?.name, 'Luis Gray');
  assert.match(finding.nextStep, /Luis Gray/);
  assert.deepEqual(
    finding.logSays.map(({ on }) => on),
    CALL_DAYS.toReversed(),
  );
  const { manager } = await world.as(PORTAL, ANA.userId).ask('getHome');
  assert.equal(manager?.team.find(({ name }) => name === 'Tom Baker')?.note, 'Not enough check-ins');
}

async function hubspotHas(world: World, kept: Kept): Promise<void> {
  await world.control.clock(kept.undoUntil);
  assert.deepEqual(await openTasksOf(world, PORTAL, COMPANY), []);
  const [task] = (await tasksOf(world, PORTAL, COMPANY)).slice(-1);
  assert.equal(task?.properties['hs_task_status'], 'COMPLETED');
  const notes = await notesOf(world, PORTAL, COMPANY);
  assert.equal(notes.length, 1);
  assert.match(notes[0]?.properties['hs_note_body'] ?? '', /Ana Keller asked Dana Ruiz/);
  assert.deepEqual(await ownProperties(world, PORTAL, COMPANY), {
    sci_last_check_in: '2026-08-12',
    sci_last_no_agenda_touch: '2026-08-12',
    sci_next_due: '2026-10-01',
    sci_open_issues: '1',
    sci_wave: '1',
  });
  const notices = await noticesOf(world, PORTAL, TOM.ownerId);
  assert.equal(notices.length, 1);
  assert.deepEqual(notices[0]?.associations, {}, 'the notice names no company');
  assert.equal((await noticesOf(world, PORTAL, MIA.ownerId)).length, 0);
  await assertNothingTold(world, PORTAL, [WORDS, 'salesperson']);
}

async function repReads(world: World, kept: Kept): Promise<void> {
  const card = await repCard(world, PORTAL, TOM.userId, COMPANY);
  assert.deepEqual(
    card.feedback.map(({ said, respondentName, callerName }) => [said, respondentName, callerName]),
    [[WORDS, 'Dana Ruiz', 'Ana Keller']],
  );
  const [finding] = card.findings;
  assert.equal(finding?.findingId, kept.findingId);
  assert.equal(finding.verdict, 'DIFFERS_FIRM');
  assert.match(finding.sentence, /Honest logs get this too. You can reply until Aug 19/);
  assert.equal(finding.canReply, true);
  assert.equal(finding.secondContact, null, 'the second contact is for the manager alone');
}

async function othersSee(world: World, kept: Kept): Promise<void> {
  await assertHidden(world, PORTAL, kept.findingId, OTHERS);
  for (const userId of OTHERS) {
    const { company, timeZone, today, ...view } = await world
      .as(PORTAL, userId)
      .ask('getCompany', { companyId: COMPANY });
    assert.deepEqual(view, { role: 'viewer', lastCheckInOn: '2026-08-12', openIssues: 1, thanks: [] });
    assert.deepEqual(
      [company.name, timeZone, today],
      ['Cedar Falls Packaging', 'America/Chicago', '2026-08-12'],
    );
    const home = JSON.stringify(await world.as(PORTAL, userId).ask('getHome'));
    assert.ok(!home.includes(kept.findingId) && !home.includes('salesperson'), 'a home page tells of it');
  }
}

async function repReplies(world: World, kept: Kept): Promise<void> {
  await world.control.clock('2026-08-13T16:00:00Z');
  const sentence = 'I dropped samples at the gate and wrote them down as calls. I visit on Friday.';
  const body = { submissionId: submissionId(), kind: 'COMMENT', sentence };
  await world.as(PORTAL, TOM.userId).ask('replyToFinding', { id: kept.findingId, body });
  const finding = await readyFinding(world, PORTAL, ANA.userId, kept.findingId);
  assert.deepEqual([finding.verdict, finding.severity], ['DIFFERS_FIRM', 2]);
  assert.deepEqual(
    finding.replies.map((reply) => [reply.kind, reply.sentence, reply.state]),
    [['COMMENT', sentence, 'noted']],
  );
  const { status } = await world
    .as(PORTAL, MIA.userId)
    .refused('replyToFinding', { id: kept.findingId, body: { ...body, submissionId: submissionId() } });
  assert.equal(status, 404);
}

async function windowEnds(world: World, kept: Kept): Promise<void> {
  await world.control.clock('2026-08-20T04:55:00Z');
  assert.equal((await readyFinding(world, PORTAL, TOM.userId, kept.findingId)).canReply, true);
  await world.control.clock('2026-08-20T05:05:00Z');
  assert.equal((await readyFinding(world, PORTAL, TOM.userId, kept.findingId)).canReply, false);
  const refusal = await world.as(PORTAL, TOM.userId).refused('replyToFinding', {
    id: kept.findingId,
    body: { submissionId: submissionId(), kind: 'COMMENT', sentence: 'Too late.' },
  });
  assert.equal(refusal.status, 409);
  await assertHidden(world, PORTAL, kept.findingId, OTHERS);
  await assertNothingTold(world, PORTAL, [WORDS, 'salesperson']);
}
