import { afterEach, describe, expect, it } from '@jest/globals';
import { CONTROL_BODIES } from '../../../sandbox/hubspot/control-contract.ts';
import { closeAll, portalDocument, record, startHubSpot } from './support.ts';
import { z } from 'zod';

afterEach(closeAll);

describe('loading accounts', () => {
  it('loads an account given as JSON, server-only fields and history included', async () => {
    const hubSpot = await startHubSpot([]);
    const company = {
      ...record('11', { name: 'Acme', hs_object_source_label: 'IMPORT', hubspot_owner_id: '502' }),
      history: {
        hubspot_owner_id: [
          { value: '501', timestamp: '2026-01-05T10:00:00Z' },
          { value: '502', timestamp: '2026-08-17T10:00:00Z' },
        ],
      },
    };

    const loaded = await hubSpot.send('POST', '/_control/portals', {
      portal: portalDocument(700001, { objects: { companies: [company] }, associations: [] }),
    });

    const read = await hubSpot.api(
      'GET',
      '/crm/objects/2026-03/companies/11?properties=hs_object_source_label,hs_createdate&propertiesWithHistory=hubspot_owner_id',
    );
    expect(loaded.status).toBe(200);
    expect(read.body.properties).toMatchObject({
      hs_object_source_label: 'IMPORT',
      hs_createdate: '2026-01-05T10:00:00.000Z',
    });
    expect(read.body.propertiesWithHistory['hubspot_owner_id']?.map((entry) => entry.value)).toEqual([
      '502',
      '501',
    ]);
  });

  it('lists accounts with their owners and whether the app is installed', async () => {
    const hubSpot = await startHubSpot();
    const before = await hubSpot.send('GET', '/_control/portals');

    await hubSpot.install();

    const after = await hubSpot.send('GET', '/_control/portals');
    expect(before.body).toMatchObject([
      {
        portalId: 700001,
        timeZone: 'US/Eastern',
        installed: false,
        owners: [{ id: '501', superAdmin: true, locale: 'en-US' }, {}, {}, {}],
      },
    ]);
    expect(after.body).toMatchObject([{ installed: true }]);
  });

  it('adds to an account by merging', async () => {
    const hubSpot = await startHubSpot();

    const merged = await hubSpot.send('POST', '/_control/portals', {
      mode: 'merge',
      portal: {
        portalId: 700001,
        name: 'x',
        timeZone: 'UTC',
        objects: { contacts: [record('299', { firstname: 'Eve' })] },
        associations: [{ from: { type: 'contacts', id: '299' }, to: { type: 'companies', id: '101' } }],
      },
    });

    const company = await hubSpot.send('GET', '/_control/objects/700001/companies/101');
    expect(merged.status).toBe(200);
    expect(company.body.associations).toEqual({ contacts: ['201', '299'] });
  });

  it.each([
    ['an account twice', { portal: portalDocument() }, 409, 'portal.portalId'],
    ['a merge into no account', { mode: 'merge', portal: portalDocument(5) }, 404, 'portal'],
    ['a misspelled field', { portal: { ...portalDocument(5), ownres: [] } }, 400, 'portal.ownres'],
    [
      'a value that is no string',
      { portal: { ...portalDocument(5), objects: { companies: [{ id: '1', properties: { name: 7 } }] } } },
      400,
      'portal.objects.companies.0.properties.name',
    ],
    [
      'an unknown type',
      { portal: { ...portalDocument(5), objects: { company: [] }, associations: [] } },
      400,
      'portal.objects.company',
    ],
    [
      'an id twice',
      {
        portal: {
          ...portalDocument(5),
          objects: { companies: [record('1', {}), record('1', {})] },
          associations: [],
        },
      },
      400,
      'portal.objects.companies.1.id',
    ],
    ['a link to nothing', { portal: { ...portalDocument(5), objects: {} } }, 400, 'portal.associations.0'],
    [
      'a wrong link type',
      {
        portal: {
          ...portalDocument(5),
          associations: [
            { from: { type: 'contacts', id: '201' }, to: { type: 'companies', id: '101' }, typeId: 182 },
          ],
        },
      },
      400,
      'portal.associations.0',
    ],
  ])('refuses %s, naming field and remedy', async (_what, body, status, field) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('POST', '/_control/portals', body);

    expect(answer.status).toBe(status);
    expect(answer.body.field).toBe(field);
    expect(answer.body.remedy.length).toBeGreaterThan(5);
    expect(hubSpot.simulator.hasPortal(5)).toBe(false);
  });
});

describe('the clock', () => {
  it('runs planned work at its own simulated time, in order, before it replies', async () => {
    const hubSpot = await startHubSpot();
    const ran: string[] = [];
    const plan = (minutes: number, name: string) =>
      hubSpot.simulator.timers.at(new Date(Date.parse('2026-11-02T15:00:00Z') + minutes * 60_000), () => {
        ran.push(`${name} ${hubSpot.clock.now().toISOString().slice(11, 16)}`);
        if (name === 'second') plan(25, 'third');
      });
    plan(20, 'second');
    plan(10, 'first');
    plan(90, 'later');

    const answer = await hubSpot.send('POST', '/_control/clock', { advanceMs: 3_600_000 });

    expect(answer.body.now).toBe('2026-11-02T16:00:00.000Z');
    expect(ran).toEqual(['first 15:10', 'second 15:20', 'third 15:25']);
    expect(hubSpot.simulator.timers.nextDueAt()?.toISOString()).toBe('2026-11-02T16:30:00.000Z');
  });

  it('leaves moving to the sandbox where it is given the means', async () => {
    const asked: string[] = [];
    const hubSpot = await startHubSpot([], {
      advance: (to) => Promise.resolve(void asked.push(to.toISOString())),
    });

    await hubSpot.send('POST', '/_control/clock', { set: '2026-12-01T00:00:00Z' });

    expect(asked).toEqual(['2026-12-01T00:00:00.000Z']);
  });

  it.each([
    ['going back', { set: '2026-11-01T00:00:00Z' }, 'set'],
    ['both ways at once', { set: '2026-12-01T00:00:00Z', advanceMs: 1 }, 'advanceMs'],
    ['nothing', {}, 'set'],
    ['no instant', { set: 'tomorrow' }, 'set'],
  ])('refuses %s', async (_what, body, field) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('POST', '/_control/clock', body);

    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe(field);
  });
});

describe('records as they are', () => {
  it('lists live, archived or all records, in pages and by name', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.send('DELETE', '/_control/objects/700001/companies/101');
    const ids = async (query: string) => {
      const answer = await hubSpot.send('GET', `/_control/objects/700001/companies?${query}`);
      return (answer.body as unknown as { id: string }[]).map((company) => company.id);
    };

    const lists = await Promise.all([
      ids(''),
      ids('archived=true'),
      ids('archived=any'),
      ids('archived=any&after=101&limit=1'),
      ids('archived=any&q=north'),
    ]);

    expect(lists).toEqual([['102'], ['101'], ['101', '102'], ['102'], ['101']]);
  });

  it('shows a record with all that is linked to it', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('GET', '/_control/record/700001/contacts/201');

    expect(answer.body).toMatchObject({
      object: { id: '201', properties: { firstname: 'Dana' } },
      associated: { companies: [{ id: '101' }], calls: [{ id: '301' }], tasks: [] },
    });
  });

  it('lets a person edit, which the webhooks see as CRM_UI', async () => {
    const hubSpot = await startHubSpot();
    const told: unknown[] = [];
    hubSpot.simulator.state.onMutation((mutation) => told.push(mutation));

    const edited = await hubSpot.send('POST', '/_control/objects/700001/companies/101', {
      properties: { hubspot_owner_id: '501' },
      asUserId: 9002,
    });

    expect(edited.body.properties['hubspot_owner_id']).toBe('501');
    expect(told).toMatchObject([
      {
        kind: 'propertyChange',
        objectType: 'companies',
        objectId: '101',
        propertyName: 'hubspot_owner_id',
        propertyValue: '501',
        changeSource: 'CRM_UI',
        sourceId: 'userId:9002',
      },
    ]);
  });

  it('refuses what HubSpot itself would refuse a person', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('POST', '/_control/objects/700001/tasks', {
      properties: { hs_timestamp: 1, hs_task_status: 'DONE' },
    });

    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe('hs_task_status');
  });

  it('erases a contact and removes the app as people do', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.install();
    const kinds: string[] = [];
    hubSpot.simulator.state.onMutation((mutation) => kinds.push(mutation.kind));

    await hubSpot.send('POST', '/_control/erase', { portalId: 700001, contactId: '201' });
    await hubSpot.send('POST', '/_control/uninstall', { portalId: 700001 });

    expect(kinds).toEqual(['privacyDeletion', 'uninstall']);
    expect(hubSpot.simulator.state.portals.get(700001)?.objects.get('contacts')?.has('201')).toBe(false);
  });

  it.each([
    ['GET', '/_control/objects/1/companies', undefined, 404, 'portal'],
    ['GET', '/_control/objects/700001/company', undefined, 400, 'type'],
    ['DELETE', '/_control/objects/700001/companies/9', undefined, 404, 'id'],
    [
      'POST',
      '/_control/restore',
      { portalId: 700001, objectType: 'companies', objectId: '101' },
      409,
      'objectId',
    ],
    ['PATCH', '/_control/portals/700001/settings', { searchLagMs: 3_600_001 }, 400, 'searchLagMs'],
    ['PATCH', '/_control/portals/700001/settings', { serachLagMs: 1 }, 400, 'serachLagMs'],
    ['GET', '/_control/requests?since=yesterday', undefined, 400, 'since'],
  ])('%s %s answers with the field at fault', async (method, path, body, status, field) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send(method, path, body);

    expect(answer.status).toBe(status);
    expect(answer.body.field).toBe(field);
  });

  it('answers a body that is no JSON with 400', async () => {
    const hubSpot = await startHubSpot();

    const response = await fetch(`${hubSpot.url}/_control/clock`, { method: 'POST', body: '{"advanceMs":' });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ field: 'body' });
  });
});

describe('the contract of the control API', () => {
  it('refuses web pages of other sites', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send(
      'POST',
      '/_control/clock',
      { advanceMs: 1 },
      { 'sec-fetch-site': 'cross-site' },
    );

    expect(answer.status).toBe(403);
    expect(hubSpot.clock.now().toISOString()).toBe('2026-11-02T15:00:00.000Z');
  });

  it.each(CONTROL_BODIES)('$route has a JSON schema that refuses unknown fields', ({ schema }) => {
    const json = z.toJSONSchema(schema, { io: 'input' });

    expect(json).toMatchObject({ type: 'object', additionalProperties: false });
  });
});
