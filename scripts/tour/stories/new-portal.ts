import assert from 'node:assert/strict';
import { managerCard } from '../conversation.ts';
import { openTasksOf, writesIn } from '../hubspot-view.ts';
import { ANA, MIA, portalOf, TOM, type StoryCompany } from '../portal.ts';
import type { Story } from '../play.ts';
import { acknowledgeAll, announceToday, saveSettings, startCheckIns } from '../setup.ts';
import type { World } from '../world.ts';

const PORTAL = 8000001;
const BEGIN = '2026-05-01T15:00:00Z';
const FIVE_MINUTES_MS = 5 * 60_000;
const QUESTION = 'What can we do to provide you with better service?';
const CUSTOMERS = ['Elm Bakery', 'Oak Printing', 'Fir Dental', 'Ash Motors', 'Birch Tools', 'Cedar Labs'];

export const newPortal: Story = {
  id: '0',
  title: 'A new portal, from the install to its first due call',
  startsAt: BEGIN,
  play: async (world, step) => {
    await step('before the install the card says that it is disconnected', () => isDisconnected(world));
    await step('the admin installs through OAuth, and the customers are read', () => installs(world));
    await step('the dry run tells what would be written, and nothing is written', () => dryRun(world));
    await step('settings are saved, and a second save of the same version is refused', () => settings(world));
    await step('the program is announced and confirmed; still nothing is written', () => announces(world));
    await step('Start makes the quarter’s first tasks', () => starts(world));
    await step('the first call is due today, on the home page and in the card', () => dueToday(world));
    await step('its HubSpot task serves on a phone: question, contact, number, record', () =>
      taskServes(world),
    );
    await step('all of it within five minutes of the install', async () => {
      const spentMs = Date.parse(await world.control.now()) - Date.parse(BEGIN);
      assert.ok(spentMs <= FIVE_MINUTES_MS, `${spentMs} ms`);
    });
  },
};

function companies(): StoryCompany[] {
  const customers = CUSTOMERS.map((name, index) => ({
    id: `300${index + 1}`,
    name,
    rep: index % 2 === 0 ? TOM : MIA,
    contacts: [{ id: `400${index + 1}`, firstName: 'Pat', lastName: name.slice(-5), title: 'Buyer' }],
  }));
  const prospect = { id: '3009', name: 'Prospect', rep: TOM, lifecycleStage: 'lead', contacts: [] };
  return [...customers, prospect];
}

async function isDisconnected(world: World): Promise<void> {
  await world.control.load(portalOf(PORTAL, companies()));
  const refusal = await world.as(PORTAL, ANA.userId).refused('getCompany', { companyId: '3001' });
  assert.deepEqual([refusal.status, refusal.code], [409, 'not_installed']);
  assert.match(refusal.hint ?? '', /reconnect/);
}

async function installs(world: World): Promise<void> {
  await world.install(PORTAL, ANA.userId);
  const { admin } = await world.as(PORTAL, ANA.userId).ask('getHome');
  assert.deepEqual(
    admin?.checklist.map(({ key, done }) => [key, done]),
    [
      ['read', true],
      ['openness', false],
      ['announce', false],
      ['start', false],
    ],
  );
}

async function dryRun(world: World): Promise<void> {
  const { dryRun, started, settings } = await world.as(PORTAL, ANA.userId).ask('getProgram');
  assert.equal(started, false);
  assert.equal(settings.openness, null, 'neither way is preselected');
  const { state, customers, tasksThisCycle, cycle, firstDueOn } = dryRun;
  assert.deepEqual(
    { state, customers, tasksThisCycle, cycle, firstDueOn },
    { state: 'ready', customers: 6, tasksThisCycle: 6, cycle: '2026-Q2', firstDueOn: '2026-05-01' },
  );
  assert.ok(dryRun.tasksNow >= 1 && dryRun.tasksNow <= 6);
  await assertNothingWritten(world);
}

async function settings(world: World): Promise<void> {
  const ana = world.as(PORTAL, ANA.userId);
  const before = await ana.ask('getProgram');
  const { program } = await saveSettings(world, PORTAL, { openness: 'listenAndCompare' });
  assert.equal(program.settings.openness, 'listenAndCompare');
  const { status, code } = await ana.refused('saveProgram', {
    body: {
      submissionId: crypto.randomUUID(),
      expectedVersion: before.version,
      settings: before.settings,
    },
  });
  assert.deepEqual([status, code], [409, 'conflict']);
}

async function announces(world: World): Promise<void> {
  await announceToday(world, PORTAL);
  await acknowledgeAll(world, PORTAL);
  const { reps } = await world.as(PORTAL, ANA.userId).ask('getProgram');
  assert.deepEqual(
    reps.map(({ name, acknowledgedOn }) => [name, acknowledgedOn]),
    [
      ['Mia Stone', '2026-05-01'],
      ['Tom Baker', '2026-05-01'],
    ],
  );
  await assertNothingWritten(world);
}

async function starts(world: World): Promise<void> {
  await startCheckIns(world, PORTAL);
  const tasks = await world.control.objects(PORTAL, 'tasks');
  assert.ok(tasks.length >= 1 && tasks.length <= 6, `${tasks.length} tasks`);
  assert.deepEqual(await openTasksOf(world, PORTAL, '3009'), [], 'a prospect is no customer');
}

async function firstCall(world: World) {
  const { manager, today } = await world.as(PORTAL, ANA.userId).ask('getHome');
  const call = manager?.today[0];
  if (call === undefined) throw new Error('No call is due today.');
  return { call, today };
}

async function dueToday(world: World): Promise<void> {
  const { call, today } = await firstCall(world);
  assert.equal(today, '2026-05-01');
  assert.deepEqual([call.dueOn, call.overdue], ['2026-05-01', false]);
  const card = await managerCard(world, PORTAL, call.companyId);
  assert.equal(card.state, 'due');
  assert.equal(card.question, QUESTION);
  assert.equal(card.ask?.phone, call.phone);
  assert.equal(card.listening, 'gateClosed', 'until the reps had their time the card only listens');
}

async function taskServes(world: World): Promise<void> {
  const { call } = await firstCall(world);
  const [task, ...more] = await openTasksOf(world, PORTAL, call.companyId);
  assert.deepEqual(more, []);
  const properties = task?.properties ?? {};
  assert.equal(properties['hs_task_type'], 'CALL');
  assert.equal(properties['hubspot_owner_id'], ANA.ownerId);
  assert.equal(properties['hs_timestamp']?.slice(0, 10), '2026-05-01');
  const body = properties['hs_task_body'] ?? '';
  for (const part of [QUESTION, call.contactName, call.phone, 'href="tel:+1312555']) {
    assert.ok(part !== null && body.includes(part), `the task lacks ${String(part)}: ${body}`);
  }
  assert.ok(body.includes(`https://app.hubspot.com/contacts/${PORTAL}/record/0-2/${call.companyId}`), body);
}

async function assertNothingWritten(world: World): Promise<void> {
  const journal = await world.control.journal({ portalId: PORTAL });
  assert.ok(
    journal.some(({ path }) => path.includes('/companies/search')),
    'the customers were not read',
  );
  assert.deepEqual(writesIn(journal), []);
}
