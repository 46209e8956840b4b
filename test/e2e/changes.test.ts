import { describe, expect, it } from '@jest/globals';
import { managerCard, repCard } from '../../scripts/tour/conversation.ts';
import { openTasksOf, tasksOf, writesIn } from '../../scripts/tour/hubspot-view.ts';
import { ANA, MIA, portalOf, TOM } from '../../scripts/tour/portal.ts';
import { loadAndInstall, saveSettings, submissionId } from '../../scripts/tour/setup.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, hear, HERO, OTHER, SPARE, startTeam } from './support/team.ts';

const PORTAL = 8700001;
const LEAVING = 8700002;
const [REROUTED, TICKED, DELETED, ERASED, TWICE, GONE, MERGED] = SPARE;
const DAY_MS = 86_400_000;
const CANARY = 'Quokka-9137';

const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Change');
  await saveSettings(opened, PORTAL, {
    managers: [{ managerUserId: TOM.userId, repOwnerIds: [MIA.ownerId] }],
  });
  await opened.control.clock(FACTS_AT);
});

const ana = () => world().as(PORTAL, ANA.userId);
/** Webhooks leave a second after the change. */
const afterWebhooks = () => world().control.advance(5_000);

async function openTask(companyId: string) {
  const tasks = await openTasksOf(world(), PORTAL, companyId);
  expect(tasks).toHaveLength(1);
  const [task] = tasks;
  if (task === undefined) throw new Error(`${companyId} has no open task.`);
  return task;
}

async function planNow(): Promise<void> {
  await ana().ask('planNow', { body: { submissionId: submissionId() } });
  await world().control.advance(0);
}

describe('what people change in HubSpot', () => {
  it('moves the one task to the new caller when the company gets another owner', async () => {
    const before = await openTask(REROUTED);

    await world().control.personEdits(PORTAL, 'companies', REROUTED, { hubspot_owner_id: MIA.ownerId });
    await afterWebhooks();

    const after = await openTask(REROUTED);
    expect(after.id).toBe(before.id);
    expect([before, after].map(({ properties }) => properties['hubspot_owner_id'])).toEqual([
      ANA.ownerId,
      TOM.ownerId,
    ]);
    const { role } = await world().as(PORTAL, TOM.userId).ask('getCompany', { companyId: REROUTED });
    expect(role).toBe('manager');
  });

  it('asks for the answer when the task is ticked off in HubSpot, and opens it again when told so', async () => {
    const task = await openTask(TICKED);

    await world().control.personEdits(PORTAL, 'tasks', task.id, { hs_task_status: 'COMPLETED' });
    await afterWebhooks();
    const missing = await managerCard(world(), PORTAL, TICKED);
    await ana().ask('reopenTouch', {
      id: missing.touch?.touchId ?? '',
      body: { submissionId: submissionId() },
    });
    await world().control.advance(0);

    expect([missing.state, missing.saved]).toEqual(['answerMissing', null]);
    expect((await openTask(TICKED)).id).toBe(task.id);
    expect((await managerCard(world(), PORTAL, TICKED)).state).not.toBe('answerMissing');
  });

  it('never brings a task back that was deleted by hand', async () => {
    const task = await openTask(DELETED);

    await world().control.personDeletes(PORTAL, 'tasks', task.id);
    await afterWebhooks();
    await planNow();
    await world().control.advance(DAY_MS);

    expect(await tasksOf(world(), PORTAL, DELETED)).toEqual([]);
    expect((await managerCard(world(), PORTAL, DELETED)).state).toBe('leftOut');
  });

  it('takes the task away with a company that is archived', async () => {
    await world().control.personDeletes(PORTAL, 'companies', GONE);
    await afterWebhooks();

    const tasks = await world().control.objects(PORTAL, 'tasks');
    expect(tasks.filter(({ associations }) => associations['companies']?.includes(GONE))).toEqual([]);
    expect(tasks.some(({ properties }) => properties['hs_task_subject']?.endsWith(GONE))).toBe(false);
  });

  it('leaves one task when two companies are merged', async () => {
    await world().control.send('POST', 'merge', {
      portalId: PORTAL,
      objectType: 'companies',
      primaryObjectId: OTHER,
      objectIdToMerge: MERGED,
    });
    await afterWebhooks();

    await openTask(OTHER);
  });

  it('does once what a webhook says five times and out of order', async () => {
    const task = await openTask(TWICE);
    await world().control.send('POST', 'webhooks', { portalId: PORTAL, hold: true });
    await world().control.personEdits(PORTAL, 'companies', TWICE, { hubspot_owner_id: MIA.ownerId });
    await world().control.send('POST', 'webhooks', { portalId: PORTAL, duplicate: 4, reorder: true });
    await world().control.clearJournal();

    await world().control.send('POST', 'webhooks', { portalId: PORTAL, release: true });
    await afterWebhooks();

    const writes = writesIn(await world().control.journal({ portalId: PORTAL }));
    expect(writes.map(({ path }) => path.split('/').slice(-3).join('/'))).toEqual([
      'tasks/batch/update',
      'companies/batch/update',
    ]);
    expect((await openTask(TWICE)).properties['hubspot_owner_id']).toBe(TOM.ownerId);
    expect((await openTask(TWICE)).id).toBe(task.id);
  });
});

describe('a customer', () => {
  it('is erased from every view when HubSpot erases the contact, however often it says so', async () => {
    const name = 'Pat Person';
    const contactId = `4${ERASED.slice(1)}`;
    const { undoUntil } = await hear(world(), PORTAL, ERASED, 'Quiet words');
    await world().control.clock(undoUntil);
    await ana().ask('saveDraft', { companyId: ERASED, body: { draft: { respondentContactId: contactId } } });

    await world().control.send('POST', 'erase', { portalId: PORTAL, contactId });
    await afterWebhooks();
    await world().control.send('POST', 'webhooks', { portalId: PORTAL, duplicate: 2 });
    await world().control.advance(DAY_MS);

    const card = await managerCard(world(), PORTAL, ERASED);
    const views = JSON.stringify([
      card,
      await repCard(world(), PORTAL, TOM.userId, ERASED),
      (await ana().ask('getHome')).manager?.quotes.filter(({ companyId }) => companyId === ERASED),
    ]);
    expect(card.saved?.words).toBe('Quiet words');
    expect(card.draft).toBeNull();
    for (const trace of [name, contactId, `Person${ERASED}`]) expect(views).not.toContain(trace);
  });

  it('is quoted nowhere in HubSpot, not even in records that were archived', async () => {
    const { undoUntil, findingId } = await hear(world(), PORTAL, HERO, CANARY);
    await world().control.clock(undoUntil);
    await world().control.advance(60_000);

    const types = ['companies', 'contacts', 'tasks', 'notes', 'calls', 'meetings', 'emails', 'deals'];
    const all = await Promise.all(types.map((type) => world().control.objects(PORTAL, type, 'any')));

    expect(JSON.stringify(all)).not.toContain(CANARY);
    expect(JSON.stringify(all)).not.toContain(findingId);
    expect(JSON.stringify(await repCard(world(), PORTAL, TOM.userId, HERO))).toContain(CANARY);
  });
});

describe('an account that removes the app', () => {
  it('reads that it is disconnected, while the others go on', async () => {
    const company = { id: HERO, name: 'Leaving Inc', rep: TOM, contacts: [] };
    await loadAndInstall(world(), portalOf(LEAVING, [company]));
    const there = await managerCard(world(), LEAVING, HERO);

    await world().control.send('POST', 'uninstall', { portalId: LEAVING });
    await world().control.advance(DAY_MS);

    const refusal = await world().as(LEAVING, ANA.userId).refused('getCompany', { companyId: HERO });
    expect(there.company.name).toBe('Leaving Inc');
    expect(refusal).toMatchObject({ status: 409, code: 'not_installed' });
    expect(refusal.hint).toMatch(/reconnect/);
    expect((await managerCard(world(), PORTAL, HERO)).company.name).toBe('Change company 3001');
  });
});
