import assert from 'node:assert/strict';
import { managerCard, saveConversation } from '../conversation.ts';
import type { RecordView } from '../control.ts';
import { isOpen, writesIn } from '../hubspot-view.ts';
import { ANA, MIA, portalOf, TOM, type StoryCompany } from '../portal.ts';
import type { Story } from '../play.ts';
import { startComparingProgram, submissionId } from '../setup.ts';
import type { World } from '../world.ts';

const PORTAL = 8000002;
const CUSTOMERS = 40;
const ANSWERED = '3000';
/** Wednesday, July 1, 2026 is the first business day; ten later, with Independence Day kept on Friday, July 3, is July 16. */
const LAST_RELEASED = '2026-07-16';
/** Ten business days before the quarter's last one, September 30. */
const ALL_RELEASED_AT = '2026-09-16T15:00:00Z';

export const quarterByTheClock: Story = {
  id: '00',
  title: 'The quarter, made by the clock',
  startsAt: '2026-06-22T15:00:00Z',
  play: async (world, step) => {
    await step('a program starts late in a quarter: one task a customer', () => startsLate(world));
    await step('one customer is heard', () => oneIsHeard(world));
    await step('the quarter turns: open tasks are archived, the done one stays', () => oldOnesGo(world));
    await step('new tasks appear by themselves, ten business days of them', () => newOnesCome(world));
    await step('“Plan now” twice makes nothing twice', () => planTwice(world));
    await step('ten business days before the quarter ends every customer has had one task', () =>
      onePerCustomer(world),
    );
  },
};

function companies(): StoryCompany[] {
  return Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: `${3000 + index}`,
    name: `Customer ${index + 1}`,
    rep: index % 2 === 0 ? TOM : MIA,
    contacts: [{ id: `${4000 + index}`, firstName: 'Pat', lastName: `Number${index}`, title: 'Buyer' }],
  }));
}

async function startsLate(world: World): Promise<void> {
  await startComparingProgram(world, portalOf(PORTAL, companies()));
  assertOneEach(await world.control.objects(PORTAL, 'tasks'), CUSTOMERS);
}

async function oneIsHeard(world: World): Promise<void> {
  await saveConversation(world, PORTAL, {
    companyId: ANSWERED,
    contactId: '4000',
    name: 'Pat Number0',
    words: 'Keep it up.',
    happenedOn: '2026-06-22',
    recall: { recency: 'W4', count: '3-5' },
  });
  await world.control.advance(20 * 60_000);
  const done = (await world.control.objects(PORTAL, 'tasks')).filter(
    (task) => !isOpen(task) && isTouch(task),
  );
  assert.deepEqual(done.map(companyOf), [ANSWERED]);
}

async function oldOnesGo(world: World): Promise<void> {
  await world.control.clock('2026-07-01T15:00:00Z');
  const all = await world.control.objects(PORTAL, 'tasks', 'any');
  const old = all.filter((task) => isTouch(task) && dueDay(task) < '2026-07-01');
  assert.equal(old.filter(({ archived }) => archived).length, CUSTOMERS - 1);
  assert.deepEqual(old.filter(({ archived }) => !archived).map(companyOf), [ANSWERED]);
  assert.equal((await managerCard(world, PORTAL, '3001')).state === 'done', false);
}

async function newOnesCome(world: World): Promise<void> {
  const tasks = await tasksOfQuarter(world);
  assert.ok(tasks.length > 0 && tasks.length < CUSTOMERS, `${tasks.length} tasks`);
  assertOneEach(tasks, tasks.length);
  const days = tasks.map(dueDay).sort();
  assert.equal(days[0], '2026-07-01');
  assert.ok((days.at(-1) ?? '') <= LAST_RELEASED, `released to ${String(days.at(-1))}`);
  assert.ok(!days.includes('2026-07-03'), 'July 3 is a holiday');
  const { manager } = await world.as(PORTAL, ANA.userId).ask('getHome');
  assert.equal(manager?.quarter.label, '2026-Q3');
  assert.equal(manager.run.planned, CUSTOMERS);
  assert.equal(manager.run.created, tasks.length);
}

async function planTwice(world: World): Promise<void> {
  const before = await tasksOfQuarter(world);
  await world.control.clearJournal();
  for (let turn = 0; turn < 2; turn += 1) {
    await world.as(PORTAL, ANA.userId).ask('planNow', { body: { submissionId: submissionId() } });
    await world.control.advance(0);
  }
  const journal = await world.control.journal({ portalId: PORTAL });
  assert.ok(
    journal.some(({ path }) => path.includes('/companies/search')),
    'planning did not read the customers',
  );
  assert.deepEqual(writesIn(journal), []);
  assert.deepEqual(
    (await tasksOfQuarter(world)).map(({ id }) => id),
    before.map(({ id }) => id),
  );
}

async function onePerCustomer(world: World): Promise<void> {
  await world.control.clock(ALL_RELEASED_AT);
  const made = (await world.control.objects(PORTAL, 'tasks', 'any')).filter(
    (task) => isTouch(task) && dueDay(task) >= '2026-07-01',
  );
  assertOneEach(made, CUSTOMERS);
  assert.ok(made.every((task) => isOpen(task) && !task.archived));
}

async function tasksOfQuarter(world: World): Promise<readonly RecordView[]> {
  return (await world.control.objects(PORTAL, 'tasks')).filter(
    (task) => isTouch(task) && dueDay(task) >= '2026-07-01',
  );
}

function isTouch({ properties }: RecordView): boolean {
  return (properties['hs_task_subject'] ?? '').startsWith('Service check-in: ');
}

function companyOf({ associations }: RecordView): string {
  return associations['companies']?.[0] ?? '';
}

/** Due times are mornings and afternoons in Chicago, so UTC has the same day. */
function dueDay({ properties }: RecordView): string {
  return (properties['hs_timestamp'] ?? '').slice(0, 10);
}

function assertOneEach(tasks: readonly RecordView[], expected: number): void {
  const touches = tasks.filter(isTouch);
  assert.equal(touches.length, expected);
  assert.equal(new Set(touches.map(companyOf)).size, expected, 'a company has two tasks');
}
