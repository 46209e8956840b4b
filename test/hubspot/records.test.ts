import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import nock from 'nock';
import { asCompanyId } from '../../src/core/model.ts';
import { PORTAL, START } from './support/fakes.ts';
import { API, CANARY, codeOf, createHarness, onLinks, onRead, V } from './support/harness.ts';

const company = (id: string, more: Record<string, string | null> = {}) => ({
  id,
  properties: { name: `Company ${id}`, ...more },
});

function onSearch(type: string, seen: unknown[], body: unknown) {
  return nock(API)
    .post(`/crm/objects/${V}/${type}/search`, (json) => seen.push(json) > 0)
    .reply(200, body as nock.Body);
}

afterEach(() => nock.cleanAll());

describe('a page of companies', () => {
  it('starts a new search above the last id and asks for nothing but what is used', async () => {
    const seen: unknown[] = [];
    onSearch('companies', seen, {
      total: 201,
      results: [
        company('12', { timezone: 'US/Eastern', hubspot_owner_id: '5' }),
        company('9007199254740993'),
        company('11'),
      ].concat(Array.from({ length: 197 }, (_, index) => company(String(100 + index)))),
      paging: { next: { after: '200', link: 'https://evil.example/next' } },
    });

    const page = await createHarness().gateway.companiesPage(PORTAL, ['customer'], asCompanyId('10'));

    expect(seen).toEqual([
      {
        filterGroups: [
          {
            filters: [
              { propertyName: 'lifecyclestage', operator: 'IN', values: ['customer'] },
              { propertyName: 'hs_object_id', operator: 'GT', value: '10' },
            ],
          },
        ],
        properties: [
          'name',
          'hubspot_owner_id',
          'lifecyclestage',
          'timezone',
          'hs_timezone',
          'hs_parent_company_id',
        ],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        limit: 200,
      },
    ]);
    expect(page.nextAfterId).toBe('9007199254740993');
    expect(page.companies[1]).toEqual({
      companyId: '12',
      name: 'Company 12',
      ownerId: '5',
      timeZone: 'America/New_York',
      lifecycleStage: null,
      parentCompanyId: null,
    });
  });

  it('looks again when a page holds fewer companies than it counted', async () => {
    const seen: unknown[] = [];
    onSearch('companies', seen, { total: 2, results: [company('11')] });
    onSearch('companies', seen, { total: 2, results: [company('11'), company('12')] });

    const page = await createHarness().gateway.companiesPage(PORTAL, ['customer'], null);

    expect([page.companies.length, page.nextAfterId, seen.length]).toEqual([2, null, 2]);
  });

  it.each([{ results: [] }, { total: 1, results: [{ id: 11, properties: {} }] }, [], '<html>'])(
    'is a failed read where the reply is %j',
    async (body) => {
      nock(API)
        .post(`/crm/objects/${V}/companies/search`)
        .times(4)
        .reply(200, body as nock.Body);

      const code = await codeOf(createHarness().gateway.companiesPage(PORTAL, ['customer'], null));

      expect(code).toBe('hubspot_unavailable');
    },
  );
});

describe('companies and contacts by id', () => {
  it('gives the survivor of a merge for the id asked for', async () => {
    onRead('companies', { results: [company('20', { hs_merged_object_ids: '10;11' })], errors: [] });

    const companies = await createHarness().gateway.companiesById(PORTAL, ['10', '20'].map(asCompanyId));

    expect([...companies].map(([id, one]) => [id, one.companyId])).toEqual([
      ['10', '20'],
      ['20', '20'],
    ]);
  });

  it('reads every page of every company’s contacts', async () => {
    const seen: unknown[] = [];
    const first = {
      results: [
        {
          from: { id: '1' },
          to: [{ toObjectId: 31 }],
          paging: { next: { after: 'p2', link: 'http://169.254.169.254/' } },
        },
      ],
    };
    const second = { results: [{ from: { id: '1' }, to: [{ toObjectId: 32 }] }] };
    const none = {
      errors: [
        {
          category: 'OBJECT_NOT_FOUND',
          subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
          context: { fromObjectId: ['2'] },
        },
      ],
    };
    const path = `/crm/associations/${V}/companies/contacts/batch/read`;
    nock(API)
      .post(path, (json) => seen.push(json) > 0)
      .reply(207, { ...first, ...none });
    nock(API)
      .post(path, (json) => seen.push(json) > 0)
      .reply(200, second);
    onRead('contacts', {
      results: [
        {
          id: '32',
          properties: {
            firstname: 'Luis',
            phone: '',
            mobilephone: '+1 2',
            hs_timezone: 'america_slash_chicago',
          },
        },
        { id: '31', properties: { firstname: 'Dana', lastname: 'Ruiz', jobtitle: 'Buyer' } },
      ],
    });

    const contacts = await createHarness().gateway.contactsOfCompanies(PORTAL, ['1', '2'].map(asCompanyId));

    expect(seen).toEqual([{ inputs: [{ id: '1' }, { id: '2' }] }, { inputs: [{ id: '1', after: 'p2' }] }]);
    expect([...contacts]).toEqual([
      [
        '1',
        [
          { contactId: '31', name: 'Dana Ruiz', jobTitle: 'Buyer', phone: null, timeZone: null },
          { contactId: '32', name: 'Luis', jobTitle: null, phone: '+1 2', timeZone: 'America/Chicago' },
        ],
      ],
      ['2', []],
    ]);
  });

  it('does not take a page that failed for the end of the list', async () => {
    const path = `/crm/associations/${V}/companies/contacts/batch/read`;
    nock(API)
      .post(path)
      .reply(200, { results: [{ from: { id: '1' }, to: [], paging: { next: { after: 'p2' } } }] });
    nock(API).post(path).reply(200, { results: [] });

    const code = await codeOf(createHarness().gateway.contactsOfCompanies(PORTAL, [asCompanyId('1')]));

    expect(code).toBe('hubspot_unavailable');
  });

  it('ends pages that point to themselves', async () => {
    const path = `/crm/associations/${V}/companies/contacts/batch/read`;
    nock(API)
      .persist()
      .post(path)
      .reply(200, { results: [{ from: { id: '1' }, to: [], paging: { next: { after: 'p2' } } }] });

    const code = await codeOf(createHarness().gateway.contactsOfCompanies(PORTAL, [asCompanyId('1')]));

    expect(code).toBe('hubspot_unavailable');
  });
});

describe('owners', () => {
  it('reads all pages, active and archived, and leaves queues out', async () => {
    const page = (archived: boolean, after: string | null) =>
      nock(API)
        .get(`/crm/owners/${V}`)
        .query({ limit: '100', archived: String(archived), ...(after === null ? {} : { after }) });
    page(false, null).reply(200, {
      results: [
        {
          id: '1',
          email: 'tom@x.example',
          firstName: 'Tom',
          lastName: 'Reed',
          userId: 71,
          teams: [
            { id: 't2', primary: false },
            { id: 't1', primary: true },
          ],
        },
        { id: '2', type: 'QUEUE', userId: null },
      ],
      paging: { next: { after: '100' } },
    });
    page(false, '100').reply(200, {
      results: [{ id: '3', email: 'c@x.example', type: 'PERSON', userId: 73 }],
    });
    page(true, null).reply(200, {
      results: [{ id: '4', firstName: '', lastName: '', email: null, userId: null, archived: true }],
    });

    const owners = await createHarness().gateway.owners(PORTAL);

    expect(new Map(owners.map((owner) => [owner.ownerId, owner]))).toEqual(
      new Map([
        [
          '4',
          { ownerId: '4', userId: null, name: 'Owner 4', email: null, primaryTeamId: null, active: false },
        ],
        [
          '1',
          {
            ownerId: '1',
            userId: 71,
            name: 'Tom Reed',
            email: 'tom@x.example',
            primaryTeamId: 't1',
            active: true,
          },
        ],
        [
          '3',
          {
            ownerId: '3',
            userId: 73,
            name: 'c@x.example',
            email: 'c@x.example',
            primaryTeamId: null,
            active: true,
          },
        ],
      ]),
    );
  });
});

describe('provisioning', () => {
  const five = [
    'sci_last_check_in',
    'sci_next_due',
    'sci_wave',
    'sci_open_issues',
    'sci_last_no_agenda_touch',
  ];
  const onList = (type: string, names: readonly string[]) =>
    nock(API)
      .get(`/crm/properties/${V}/${type}`)
      .reply(200, { results: names.map((name) => ({ name })) });

  it('creates only what is absent, in our own group', async () => {
    const seen: { inputs: { name: string; groupName: string }[] }[] = [];
    onList('companies', ['name', 'sci_wave']);
    nock(API).post(`/crm/properties/${V}/companies/groups`).reply(409, { category: 'CONFLICT' });
    nock(API)
      .post(`/crm/properties/${V}/companies/batch/create`, (json: unknown) => seen.push(json as never) > 0)
      .reply(201, { results: [] });
    onList('companies', five);

    await createHarness().gateway.provisionProperties(PORTAL);

    expect(seen[0]?.inputs.map((input) => [input.name, input.groupName])).toEqual(
      five.filter((name) => name !== 'sci_wave').map((name) => [name, 'service_check_in']),
    );
  });

  it('writes nothing when all is there', async () => {
    onList('companies', five);

    await createHarness().gateway.provisionProperties(PORTAL);

    expect(nock.isDone()).toBe(true);
  });

  it('is content when a lost reply turns out to have worked', async () => {
    onList('companies', []);
    nock(API).post(`/crm/properties/${V}/companies/groups`).reply(201, { name: 'service_check_in' });
    nock(API).post(`/crm/properties/${V}/companies/batch/create`).reply(504, '');
    onList('companies', five);

    const code = await codeOf(createHarness().gateway.provisionProperties(PORTAL));

    expect(code).toBe('none');
  });

  describe('the key mode', () => {
    const onProperty = (hasUniqueValue: boolean) => {
      onList('tasks', ['sci_touch_key']);
      nock(API)
        .get(`/crm/properties/${V}/tasks/sci_touch_key`)
        .reply(200, { name: 'sci_touch_key', hasUniqueValue });
    };
    const path = `/crm/objects/${V}/tasks/batch`;
    const onProbe = (id: string) =>
      nock(API)
        .post(`${path}/create`)
        .reply(async (request: Request) => {
          const { inputs } = (await request.json()) as { inputs: { properties: Record<string, string> }[] };
          return [201, { results: [{ id, properties: inputs[0]?.properties }] }];
        });
    const onArchive = (ids: readonly string[]) =>
      nock(API)
        .post(`${path}/archive`, { inputs: ids.map((id) => ({ id })) })
        .reply(204);
    const onFind = (times: number) =>
      nock(API)
        .post(`${path}/read`)
        .times(times)
        .reply(async (request: Request) => {
          const { inputs } = (await request.json()) as { inputs: { id: string }[] };
          return [200, { results: [{ id: '701', properties: { sci_touch_key: inputs[0]?.id } }] }];
        });

    it.each([
      [409, { category: 'CONFLICT' }],
      [400, { category: 'VALIDATION_ERROR', errors: [{ code: 'CONFLICTING_UNIQUE_VALUE' }] }],
    ])(
      'is unique where the second task with one key is refused with %p, and the probe is removed',
      async (status, body) => {
        onProperty(true);
        onProbe('701');
        nock(API).post(`${path}/create`).reply(status, body);
        onFind(2);
        onArchive(['701']);

        const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

        expect([mode, nock.isDone()]).toEqual(['unique', true]);
      },
    );

    it('is ledger where the second task with one key is created, and both probes are removed', async () => {
      onProperty(true);
      onProbe('701');
      onProbe('702');
      onArchive(['701', '702']);

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect([mode, nock.isDone()]).toEqual(['ledger', true]);
    });

    it('is ledger where the property cannot be created', async () => {
      onList('tasks', []);
      nock(API).post(`/crm/properties/${V}/tasks/groups`).reply(201, {});
      nock(API).post(`/crm/properties/${V}/tasks/batch/create`).reply(403, { category: 'MISSING_SCOPES' });

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect(mode).toBe('ledger');
    });

    it('is ledger where the property exists without unique values', async () => {
      onProperty(false);

      const mode = await createHarness().gateway.probeTaskKeyMode(PORTAL);

      expect(mode).toBe('ledger');
    });
  });
});

describe('notes and company properties', () => {
  it('finds a note again by the reference at its end', async () => {
    const seen: { inputs: { properties: { hs_note_body: string } }[] }[] = [];
    nock(API)
      .post(`/crm/objects/${V}/notes/batch/create`, (json: unknown) => seen.push(json as never) > 0)
      .reply(201, {
        results: [{ id: '61', properties: { hs_note_body: '<p>Asked.</p><p>Reference: notekey-01</p>' } }],
      });
    onLinks('companies', 'notes', { 901: [61, 62] });
    onRead('notes', {
      results: [
        { id: '62', properties: { hs_note_body: 'notekey-01' } },
        { id: '61', properties: { hs_note_body: '<p>Asked.</p><p>Reference: notekey-01</p>' } },
      ],
    });
    const { gateway } = createHarness();

    const created = await gateway.createNote(PORTAL, {
      key: 'notekey-01',
      companyId: asCompanyId('901'),
      bodyHtml: '<p>Asked.</p>',
      at: START,
    });
    const found = await gateway.findNotesByKey(PORTAL, asCompanyId('901'), 'notekey-01');

    expect(created).toEqual({ result: 'created', id: '61' });
    expect(seen[0]?.inputs[0]?.properties.hs_note_body).toBe('<p>Asked.</p><p>Reference: notekey-01</p>');
    expect(found).toEqual(['61']);
  });

  it('writes days and numbers as text and clears with an empty value', async () => {
    const seen: unknown[] = [];
    nock(API)
      .post(`/crm/objects/${V}/companies/batch/update`, (json) => seen.push(json) > 0)
      .reply(200, { results: [company('901')] });

    await createHarness().gateway.updateCompany(PORTAL, asCompanyId('901'), {
      sci_next_due: '2027-02-11',
      sci_wave: 2,
      sci_last_no_agenda_touch: null,
    });

    expect(seen).toEqual([
      {
        inputs: [
          {
            id: '901',
            objectWriteTraceId: '901',
            properties: { sci_next_due: '2027-02-11', sci_wave: '2', sci_last_no_agenda_touch: '' },
          },
        ],
      },
    ]);
  });

  it.each([
    [404, { category: 'OBJECT_NOT_FOUND' }, 'not_found'],
    [400, { category: 'VALIDATION_ERROR' }, 'hubspot_rejected'],
    [429, {}, 'hubspot_unavailable'],
    [500, {}, 'outcome_unknown'],
    [200, { results: [] }, 'outcome_unknown'],
  ])('a company update answered %p %j is %s', async (status, body, expected) => {
    nock(API).post(`/crm/objects/${V}/companies/batch/update`).reply(status, body);

    const code = await codeOf(
      createHarness().gateway.updateCompany(PORTAL, asCompanyId('901'), { sci_wave: 2 }),
    );

    expect(code).toBe(expected);
  });
});

describe('secrets', () => {
  it('stand in no error and no log line, whatever HubSpot answers', async () => {
    const { gateway, log, vault, clock } = createHarness();
    const leaky = {
      category: 'VALIDATION_ERROR',
      message: Object.values(CANARY).join(' '),
      status: CANARY.refreshToken,
      error: CANARY.clientSecret,
    };
    nock(API).get(`/account-info/${V}/details`).reply(400, leaky);
    nock(API).post(`/oauth/${V}/token`).reply(400, leaky);
    const errors: unknown[] = [];

    await gateway.accountDetails(PORTAL).catch((error: unknown) => errors.push(error));
    vault.tokens.set(PORTAL, { ...vault.tokens.get(PORTAL)!, expiresAt: new Date(clock.nowMs) });
    await gateway.accountDetails(PORTAL).catch((error: unknown) => errors.push(error));

    const told = [
      ...log.lines,
      ...errors.map((error) => inspect(error, { depth: 9, showHidden: true })),
    ].join('\n');
    expect(errors).toHaveLength(2);
    for (const secret of Object.values(CANARY)) expect(told).not.toContain(secret);
  });
});
