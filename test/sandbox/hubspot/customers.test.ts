import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { START, bearer, closeAll, startHubSpot } from './support.ts';
import type { ApiAnswer, TestHubSpot } from './support.ts';

afterEach(closeAll);

const ACCOUNT = { generator: 'customers', seed: 'orchard', companies: 7, now: START };
const OBJECTS = '/crm/objects/2026-03';

interface Loaded {
  readonly portalId: number;
  readonly userId: number;
  readonly tokens: { readonly accessToken: string; readonly refreshToken: string };
}

async function load(hubSpot: TestHubSpot, request: Record<string, unknown>): Promise<Loaded[]> {
  const answer = await hubSpot.send('POST', '/_control/portals', { ...ACCOUNT, install: true, ...request });
  if (answer.status !== 200) throw new Error(answer.text);
  return (answer.body as unknown as { portals: Loaded[] }).portals;
}

function tokenOf(account: Loaded | undefined): string {
  return account?.tokens.accessToken ?? '';
}

function post(hubSpot: TestHubSpot, token: string, target: string, body: unknown): Promise<ApiAnswer> {
  return hubSpot.send('POST', target, body, bearer(token));
}

function linksBetween(hubSpot: TestHubSpot, from: string, to: string): string[] {
  const portal = hubSpot.simulator.state.portals.get(1);
  return [...(portal?.objects.get(from)?.keys() ?? [])].flatMap((id) =>
    (portal?.links.get(from)?.get(id) ?? [])
      .filter((link) => link.to.type === to)
      .map((link) => (from < to ? `${id}-${link.to.id}` : `${link.to.id}-${id}`)),
  );
}

describe('generated customer accounts', () => {
  it('loads many accounts at once, each with its own tokens', async () => {
    const hubSpot = await startHubSpot([]);

    const accounts = await load(hubSpot, { fromPortalId: 100, portals: 300 });

    const last = await hubSpot.send(
      'GET',
      '/account-info/2026-03/details',
      undefined,
      bearer(tokenOf(accounts[299])),
    );
    expect(last.body).toMatchObject({ portalId: 399 });
    expect(new Set(accounts.map(tokenOf)).size).toBe(300);
  });

  it('gives all of them the fields and the switches that were asked for', async () => {
    const hubSpot = await startHubSpot([]);
    const field = {
      name: 'sci_wave',
      label: 'Waves',
      groupName: 'service_check_in',
      type: 'number',
      fieldType: 'number',
    };

    const accounts = await load(hubSpot, {
      fromPortalId: 100,
      portals: 2,
      properties: { companies: [field] },
      settings: { searchLatencyMs: 3 },
    });
    const last = bearer(tokenOf(accounts[1]));
    const defined = await hubSpot.send('GET', '/crm/properties/2026-03/companies/sci_wave', undefined, last);
    const settings = await hubSpot.send('GET', '/_control/portals/101/settings');

    expect(defined.body).toMatchObject(field);
    expect(settings.body).toMatchObject({ searchLatencyMs: 3, searchesPerSecond: 5 });
  });

  it('gives every company an owner and finds it by search, list and id alike', async () => {
    const hubSpot = await startHubSpot([]);
    const [account] = await load(hubSpot, { portals: [{ portalId: 1 }] });
    const properties = ['name', 'lifecyclestage', 'hubspot_owner_id'];

    const found = await post(hubSpot, tokenOf(account), `${OBJECTS}/companies/search`, { properties });
    const listed = await hubSpot.send(
      'GET',
      `${OBJECTS}/companies?limit=100&properties=${properties.join(',')}`,
      undefined,
      bearer(tokenOf(account)),
    );
    const read = await post(hubSpot, tokenOf(account), `${OBJECTS}/companies/batch/read`, {
      properties,
      inputs: found.body.results.map(({ id }) => ({ id })),
    });

    const byId = (answer: ApiAnswer) => answer.body.results.toSorted((a, b) => a.id.localeCompare(b.id));
    expect(found.body.total).toBe(7);
    expect(byId(listed)).toEqual(byId(found));
    expect(byId(read)).toEqual(byId(found));
    expect(found.body.results[0]?.properties).toMatchObject({
      lifecyclestage: 'customer',
      hubspot_owner_id: '640100000',
    });
  });

  it.each([
    ['contacts', 'companies'],
    ['calls', 'companies'],
    ['calls', 'contacts'],
    ['meetings', 'companies'],
    ['emails', 'contacts'],
  ])('links %s and %s alike from both sides', async (from, to) => {
    const hubSpot = await startHubSpot([]);
    await load(hubSpot, { portals: [{ portalId: 1 }], contactsPerCompany: 3, activities: 90 });

    const there = linksBetween(hubSpot, from, to);
    const back = linksBetween(hubSpot, to, from);

    expect(there.length).toBeGreaterThan(5);
    expect(back.toSorted()).toEqual(there.toSorted());
  });

  it('spreads its activities over the quarter before now', async () => {
    const hubSpot = await startHubSpot([]);
    const [account] = await load(hubSpot, { portals: [{ portalId: 1 }], activities: 1_000 });

    const calls = await post(hubSpot, tokenOf(account), `${OBJECTS}/calls/search`, {
      properties: ['hs_timestamp'],
      limit: 200,
    });

    const agesDays = calls.body.results.map(
      ({ properties }) => (Date.parse(START) - Date.parse(properties['hs_timestamp'] ?? '')) / 86_400_000,
    );
    expect(calls.body.total).toBe(500);
    expect(Math.min(...agesDays)).toBeGreaterThan(0);
    expect(Math.max(...agesDays)).toBeLessThan(92);
    expect(agesDays.filter((age) => age < 30).length).toBeGreaterThan(30);
    expect(agesDays.filter((age) => age > 61).length).toBeGreaterThan(30);
  });

  it('keeps what the app writes: a changed company, a task with its company, an archived contact', async () => {
    const hubSpot = await startHubSpot([]);
    const [account] = await load(hubSpot, { portals: [{ portalId: 1 }] });
    const token = tokenOf(account);
    const company = '21410000102';

    await hubSpot.send(
      'PATCH',
      `${OBJECTS}/companies/${company}`,
      { properties: { name: 'Renamed' } },
      bearer(token),
    );
    await post(hubSpot, token, `${OBJECTS}/tasks`, {
      properties: { hs_timestamp: START, hs_task_subject: 'Ask', hubspot_owner_id: '640100000' },
      associations: [
        { to: { id: company }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }] },
      ],
    });
    await hubSpot.send('DELETE', `${OBJECTS}/contacts/54820000102`, undefined, bearer(token));

    const page = await hubSpot.send('GET', `/_control/record/1/companies/${company}`);
    expect(page.body).toMatchObject({
      object: { properties: { name: 'Renamed', domain: 'company-2.example.com' } },
      associated: { contacts: [], tasks: [{ properties: { hs_task_subject: 'Ask' } }] },
    });
  });

  it('knows its contacts by their address', async () => {
    const hubSpot = await startHubSpot([]);
    const [account] = await load(hubSpot, { portals: [{ portalId: 1 }], contactsPerCompany: 2 });

    const taken = await post(hubSpot, tokenOf(account), `${OBJECTS}/contacts`, {
      properties: { email: 'contact-13@customers.example.com' },
    });
    const free = await post(hubSpot, tokenOf(account), `${OBJECTS}/contacts`, {
      properties: { email: 'contact-14@customers.example.com' },
    });

    expect([taken.status, free.status]).toEqual([409, 201]);
  });

  it('opens an account of a million companies without making them', async () => {
    const hubSpot = await startHubSpot([]);
    const [account] = await load(hubSpot, { portals: [{ portalId: 1 }], companies: 1_000_000 });

    const read = await post(hubSpot, tokenOf(account), `${OBJECTS}/companies/batch/read`, {
      inputs: [{ id: '21410000100' }, { id: '21411000099' }, { id: '21411000100' }],
    });

    expect(read.status).toBe(207);
    expect(read.body.results.map(({ id }) => id).toSorted()).toEqual(['21410000100', '21411000099']);
  });

  it('answers a thousand callers at once', async () => {
    const hubSpot = await startHubSpot([]);
    const accounts = await load(hubSpot, { fromPortalId: 1, portals: 1_000 });

    const statuses = await Promise.all(
      accounts.map(
        async (account) =>
          (await hubSpot.send('GET', `${OBJECTS}/companies/21410000100`, undefined, bearer(tokenOf(account))))
            .status,
      ),
    );

    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('refuses an account that is loaded already, and a request without ids', async () => {
    const hubSpot = await startHubSpot([]);
    await load(hubSpot, { portals: [{ portalId: 1 }] });

    const again = await hubSpot.send('POST', '/_control/portals', { ...ACCOUNT, portals: [{ portalId: 1 }] });
    const nowhere = await hubSpot.send('POST', '/_control/portals', { ...ACCOUNT, portals: 3 });

    expect([again.status, again.body.field]).toEqual([409, 'portals']);
    expect([nowhere.status, nowhere.body.field]).toEqual([400, 'fromPortalId']);
  });

  it('comes back with its changes after a restart', async () => {
    const stateDir = await mkdtemp(path.join(tmpdir(), 'customers-'));
    const first = await startHubSpot([], { stateDir });
    const [account] = await load(first, { portals: [{ portalId: 1 }] });
    await first.send('DELETE', `${OBJECTS}/companies/21410000100`, undefined, bearer(tokenOf(account)));
    await closeAll();

    const second = await startHubSpot([], { stateDir });
    const found = await post(second, tokenOf(account), `${OBJECTS}/companies/search`, {});

    expect(found.body.results.map(({ id }) => id)).toEqual(
      [101, 102, 103, 104, 105, 106].map((tail) => String(21_410_000_000 + tail)),
    );
    await closeAll();
    await rm(stateDir, { recursive: true });
  });
});
