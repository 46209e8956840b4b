import './support/restore-nock.ts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSandboxClock } from '../../sandbox/clock.ts';
import { createSimulator } from '../../sandbox/hubspot/simulator.ts';
import type { Simulator } from '../../sandbox/hubspot/simulator-types.ts';
import { seedOwner, seedOwnerPortalId } from '../../sandbox/portals/seed-owner.ts';
import { asCompanyId, asPortalId } from '../../src/core/model.ts';
import type { CompanyRecord, HubSpotGateway } from '../../src/usecases/hubspot-port.ts';
import { TOUCH_KEY_PROPERTY } from '../../src/hubspot/api-version.ts';
import { createHubSpotGateway } from '../../src/hubspot/gateway.ts';
import { createOAuthGateway } from '../../src/hubspot/oauth.ts';
import { firstOf, MemoryBudget, MemoryLog, MemoryVault, START } from './support/fakes.ts';

/** The same client against the local HubSpot over real sockets, with its limits, shuffled batches and strict checks. */
const PORTAL = asPortalId(seedOwnerPortalId);
const USER = 70_412_663;
const REDIRECT = 'https://checkin.example.com/oauth/callback';
const REQUIRED = [
  'oauth',
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.schemas.companies.write',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.owners.read',
];
const OPTIONAL = ['sales-email-read'];

let simulator: Simulator;
let gateway: HubSpotGateway;
/** Another gateway on the same account, paced by the budget. */
let openGateway: (budget: MemoryBudget) => HubSpotGateway;
const clock = createSandboxClock(START);
let baseUrl: string;
const vault = new MemoryVault();
const log = new MemoryLog();

async function control(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${baseUrl}/_control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

const timed = (at: Date) => ({ properties: { hs_timestamp: at.toISOString() } });

async function createCall(at: Date): Promise<{ id: string }> {
  const response = await fetch(`${baseUrl}/_control/objects/${PORTAL}/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(timed(at)),
  });
  return (await response.json()) as { id: string };
}

beforeAll(async () => {
  const app = {
    appId: 77,
    clientId: 'client-1',
    clientSecret: 'secret-1',
    name: 'Service check-in',
    redirectUrls: [REDIRECT],
    requiredScopes: REQUIRED,
    optionalScopes: OPTIONAL,
    publicBaseUrl: 'https://checkin.example.com',
    webhooks: { targetUrl: 'https://checkin.example.com/webhooks/hubspot', subscriptions: [] },
  };
  simulator = await createSimulator({ clock, stateDir: null, app, backendOrigin: () => null });
  baseUrl = (await simulator.listen(0)).url;
  await simulator.loadPortal(seedOwner({ now: START }).document);
  const config = {
    apiBaseUrl: baseUrl,
    allowLoopback: true,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    redirectUrl: REDIRECT,
    clock,
  };
  // Waiting for the pace of the searches moves the clock on instead of taking that long.
  clock.freeze(true);
  const sleep = (ms: number) => clock.wait(ms);
  openGateway = (budget) => createHubSpotGateway({ ...config, appId: app.appId, vault, budget, sleep, log });
  gateway = openGateway(new MemoryBudget(clock));
  const oauth = createOAuthGateway({
    ...config,
    authorizeUrl: `${baseUrl}/oauth/authorize`,
    requiredScopes: REQUIRED,
    optionalScopes: OPTIONAL,
  });
  const consent = new URL(oauth.authorizeUrl('state-1'));
  for (const [name, value] of Object.entries({ portalId: PORTAL, userId: USER, approve: 1 })) {
    consent.searchParams.set(name, String(value));
  }
  const granted = await fetch(consent, { redirect: 'manual' });
  const code = new URL(granted.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const grant = await oauth.exchangeCode(code);
  await vault.save(grant.portalId, {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: new Date(clock.now().getTime() + grant.expiresInS * 1000),
  });
});

afterAll(async () => {
  await simulator.close();
});

async function firstCompany(): Promise<CompanyRecord> {
  const page = await firstOf(gateway.companyPages(PORTAL, ['customer'], null));
  return page.companies[0]!;
}

const draft = (key: string, company: CompanyRecord) => ({
  key,
  companyId: company.companyId,
  ownerId: company.ownerId,
  subject: 'Call',
  bodyHtml: '<p>Ask.</p>',
  dueAt: START,
  type: 'CALL' as const,
  priority: 'MEDIUM' as const,
});

describe('the gateway on the local HubSpot', () => {
  it('counts the companies beside the customers, with and without a stage, and reads the first of them', async () => {
    const customers = await gateway.companiesOutside(PORTAL, ['lead'], 2);
    const others = await gateway.companiesOutside(PORTAL, ['customer'], 2);

    expect(customers).toMatchObject({ total: 60, sample: [{ lifecycleStage: 'customer' }, {}] });
    expect(others).toEqual({ total: 0, sample: [] });
  });

  it('reads account, owners, customers and contacts', async () => {
    const account = await gateway.accountDetails(PORTAL);
    const owners = await gateway.owners(PORTAL);
    const page = await firstOf(gateway.companyPages(PORTAL, ['customer'], null));
    const contacts = await gateway.contactsOfCompanies(
      PORTAL,
      page.companies.map((one) => one.companyId),
      'run',
    );

    expect(account.timeZone).toBe('America/Chicago');
    expect(owners.map((owner) => [owner.userId, owner.active])).toEqual([[USER, true]]);
    expect([page.companies.length, page.nextAfterId]).toEqual([60, null]);
    expect([...contacts.values()].every((list) => list.length > 0)).toBe(true);
  });

  it('reads a company’s whole log', async () => {
    const company = await firstCompany();

    const read = await gateway.companyLog(PORTAL, company.companyId, {
      from: new Date('2026-05-01T00:00:00Z'),
      until: START,
    });

    expect(read.activities.length).toBeGreaterThan(0);
    expect(read.ownership.length).toBeGreaterThan(0);
    expect(read.contacts.length).toBeGreaterThan(0);
  });

  it('reads every activity of the account once, with its companies', async () => {
    const window = { from: new Date('2026-05-01T00:00:00Z'), until: START };
    const objects = simulator.state.portals.get(PORTAL)?.objects;
    const stored = (['calls', 'meetings', 'emails'] as const).flatMap((type) => [
      ...(objects?.get(type)?.values() ?? []),
    ]);
    const inWindow = stored.filter((one) => {
      const atMs = Date.parse(one.properties['hs_timestamp'] ?? '');
      return !one.archived && atMs >= window.from.getTime() && atMs <= window.until.getTime();
    });

    const read = [];
    for await (const part of gateway.quarterLog(PORTAL, window, 'contacts')) read.push(...part);

    const ids = read.map((one) => one.activityId);
    expect(inWindow.length).toBeGreaterThan(100);
    expect(ids.toSorted()).toEqual(inWindow.map((one) => one.id).toSorted());
    expect(read.filter((one) => one.companyIds.length > 0).length).toBeGreaterThan(100);
  });

  it('reads every activity that stays where one leaves the window and another one joins it', async () => {
    const window = { from: new Date('2024-01-01T00:00:00Z'), until: new Date('2024-12-31T00:00:00Z') };
    const ids: string[] = [];
    for (let made = 0; made < 1_001; made += 1) {
      const on = made < 1_000 ? window.from : START;
      const { id } = await createCall(on);
      ids.push(id);
    }
    const [leaves = '', joins = ''] = [ids[50], ids.at(-1)];
    const budget = new MemoryBudget(clock);
    const reserve = budget.reserve.bind(budget);
    let searches = 0;
    budget.reserve = async (portalId, bucket, ...rest) => {
      if (bucket === 'search') searches += 1;
      if (searches === 3) {
        await control(`objects/${PORTAL}/calls/${leaves}`, timed(START));
        await control(`objects/${PORTAL}/calls/${joins}`, timed(window.from));
      }
      return reserve(portalId, bucket, ...rest);
    };

    const read = [];
    for await (const part of openGateway(budget).quarterLog(PORTAL, window)) read.push(...part);

    const found = new Set(read.map((one) => one.activityId));
    expect(ids.filter((id) => id !== leaves && id !== joins && !found.has(id))).toEqual([]);
    expect(found.size).toBe(read.length);
  }, 30_000);

  it('provisions its properties twice without harm and finds unique keys to work', async () => {
    await gateway.provisionProperties(PORTAL);
    await gateway.provisionProperties(PORTAL);

    const mode = await gateway.probeTaskKeyMode(PORTAL);
    const tasks = simulator.state.portals.get(PORTAL)?.objects.get('tasks')?.values() ?? [];
    const probes = [...tasks].filter((task) =>
      String(task.properties[TOUCH_KEY_PROPERTY]).startsWith('probe'),
    );

    expect(mode).toBe('unique');
    expect(probes.length).toBeGreaterThan(0);
    expect(probes.every((task) => task.archived)).toBe(true);
  });

  it.each(['unique', 'ledger'] as const)(
    'creates, finds, changes and archives a task in %s mode',
    async (mode) => {
      const company = await firstCompany();
      const key = `sandbox-${mode}-key-01`;

      const [created] = await gateway.createTasks(PORTAL, mode, [draft(key, company)]);
      const found = await gateway.findTasksByKey(PORTAL, mode, [{ key, companyId: company.companyId }]);
      const [id = ''] = found.get(key) ?? [];
      const changed = await gateway.updateTasks(PORTAL, [
        { taskId: id, completed: true },
        { taskId: '123', completed: true },
      ]);
      const state = (await gateway.readTasks(PORTAL, [id, '123'])).get(id);
      await gateway.archiveTasks(PORTAL, [id]);
      const after = await gateway.readTasks(PORTAL, [id]);

      expect(created).toEqual({ result: 'created', id });
      expect(changed).toEqual([{ result: 'done' }, { result: 'missing' }]);
      expect([state?.completed, after.size]).toEqual([true, 0]);
    },
  );

  it.each([
    { fault: { kind: 'reset' }, when: 'after' },
    { fault: { kind: 'cutBody' }, when: 'after' },
    { fault: { kind: 'cutJson' }, when: 'after' },
    { fault: { kind: 'htmlBody' }, when: 'after' },
    { fault: { kind: 'emptyBody' }, when: 'after' },
    { fault: { kind: 'wrongShape' }, when: 'after' },
    { fault: { kind: 'numericIds' }, when: 'after' },
    { fault: { kind: 'hugeBody', megabytes: 12, gzip: true }, when: 'after' },
    { fault: { kind: 'status', status: 500 }, when: 'after' },
    { fault: { kind: 'status', status: 423 }, when: 'before' },
    { fault: { kind: 'status', status: 477 }, when: 'before' },
    { fault: { kind: 'status', status: 524 }, when: 'before' },
    { fault: { kind: 'results', change: 'missing' }, when: 'after' },
  ])('adopts and never doubles a task after %j', async (fault) => {
    const company = await firstCompany();
    const key = `sandbox-${JSON.stringify(fault).replace(/[^a-zA-Z0-9]/g, '')}`.slice(0, 60);
    const match = { method: 'POST', path: '/crm/objects/2026-03/tasks/batch/create' };
    await control('faults', { ...fault, match, count: 1 });

    const [lost] = await gateway.createTasks(PORTAL, 'unique', [draft(key, company)]);
    const early = await gateway.findTasksByKey(PORTAL, 'unique', [{ key, companyId: null }]);
    const [again] = await gateway.createTasks(PORTAL, 'unique', [draft(key, company)]);
    const found = await gateway.findTasksByKey(PORTAL, 'unique', [{ key, companyId: null }]);

    const wasApplied = fault.when === 'after';
    expect([lost?.result, early.has(key)]).toEqual(['unknown', wasApplied]);
    expect([again?.result, found.get(key)?.length]).toEqual([wasApplied ? 'unknown' : 'created', 1]);
  });

  it.each(['unique', 'ledger'] as const)(
    'lists and reads the tasks that carry a key in %s mode, and no others',
    async (mode) => {
      const company = await firstCompany();
      const key = `sandbox-${mode}-mark-01`;
      const wanted = [{ key, companyId: company.companyId }];
      const dayBefore = new Date(START.getTime() - 86_400_000);
      const [created] = await gateway.createTasks(PORTAL, mode, [draft(key, company)]);
      const id = created?.result === 'created' ? created.id : '';

      const listed = [];
      for await (const page of gateway.findMarkedTasks(PORTAL, mode, dayBefore)) listed.push(...page);
      const later = await firstOf(
        gateway.findMarkedTasks(PORTAL, mode, new Date(START.getTime() + 86_400_000)),
      );
      const found = await gateway.readMarkedTasks(PORTAL, mode, wanted, [id]);

      expect(listed).toContainEqual({ taskId: id, key });
      expect(listed.every((mark) => mark.key.startsWith('sandbox-'))).toBe(true);
      expect(later).toEqual([]);
      expect([...found.keys()]).toEqual([key]);
      expect(found.get(key)).toMatchObject([
        {
          taskId: id,
          key,
          completed: false,
          ownerId: company.ownerId,
          createdAt: expect.any(Date) as unknown,
        },
      ]);
    },
  );

  it('tells a copy that a person made from a task of ours', async () => {
    const company = await firstCompany();
    const key = 'sandbox-copied-task';
    const wanted = [{ key, companyId: company.companyId }];
    const [created] = await gateway.createTasks(PORTAL, 'ledger', [draft(key, company)]);
    const id = created?.result === 'created' ? created.id : '';
    const hs_task_body = `<p>Ask.</p><p>Reference: ${key}</p>`;
    const properties = { hs_task_subject: 'Call', hs_timestamp: START.toISOString(), hs_task_body };
    const associations = [{ to: { type: 'companies', id: company.companyId } }];
    await control(`objects/${PORTAL}/tasks`, { properties, associations });

    const found = await gateway.readMarkedTasks(PORTAL, 'ledger', wanted, []);

    expect(found.get(key)?.map(({ taskId, isOurs }) => [taskId === id, isOurs])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('writes a note and the company’s properties', async () => {
    const company = await firstCompany();

    const note = { key: 'sandbox-note-1', companyId: company.companyId };
    const [created] = await gateway.createNotes(PORTAL, [
      { ...note, bodyHtml: '<p>Asked Dana.</p>', at: START },
    ]);
    const [noteId = ''] = (await gateway.findNotesByKey(PORTAL, [note])).get(note.key) ?? [];
    const update = { noteId, key: note.key, bodyHtml: '<p>Asked.</p>' };
    const rewritten = await gateway.updateNotes(PORTAL, [update]);
    const properties = { sci_wave: 1, sci_next_due: '2027-02-01', sci_last_check_in: null };
    await gateway.updateCompanies(PORTAL, [{ companyId: company.companyId, properties }]);
    const found = await gateway.findNotesByKey(PORTAL, [note]);

    expect(created?.result).toBe('created');
    expect(rewritten).toEqual([{ result: 'done' }]);
    expect(found.get(note.key)).toEqual([noteId]);
    const kept = simulator.state.portals.get(PORTAL)?.objects.get('notes')?.get(noteId);
    expect(kept?.properties).toMatchObject({ hs_note_body: '<p>Asked.</p><p>Reference: sandbox-note-1</p>' });
    const stored = simulator.state.portals.get(PORTAL)?.objects.get('companies')?.get(company.companyId);
    expect(stored?.properties).toMatchObject({ sci_wave: '1', sci_next_due: '2027-02-01' });
  });

  it('leaves out a company that is not there', async () => {
    const companies = await gateway.companiesById(PORTAL, [asCompanyId('999')]);
    const dispositions = await gateway.callDispositions(PORTAL);

    expect(companies.size).toBe(0);
    expect([...dispositions.values()]).toContain('Connected');
  });

  it('reads the lifecycle stages of companies by name and label, in HubSpot’s order', async () => {
    const stages = await gateway.lifecycleStages(PORTAL);

    expect([...stages].slice(2, 6)).toEqual([
      ['marketingqualifiedlead', 'Marketing Qualified Lead'],
      ['salesqualifiedlead', 'Sales Qualified Lead'],
      ['opportunity', 'Opportunity'],
      ['customer', 'Customer'],
    ]);
  });

  it('uninstalls at the end', async () => {
    await gateway.uninstall(PORTAL);

    const refused = gateway.owners(PORTAL);

    await expect(refused).rejects.toMatchObject({ code: 'not_installed' });
  });
});
