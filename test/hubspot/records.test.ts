import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import nock from 'nock';
import { asCompanyId, asContactId } from '../../src/core/model.ts';
import { firstOf, PORTAL } from './support/fakes.ts';
import { API, CANARY, codeOf, createHarness, onRead, V } from './support/harness.ts';

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

    const page = await firstOf(createHarness().gateway.companyPages(PORTAL, ['customer'], asCompanyId('10')));

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

    const page = await firstOf(createHarness().gateway.companyPages(PORTAL, ['customer'], null));

    expect([page.companies.length, page.nextAfterId, seen.length]).toEqual([2, null, 2]);
  });

  it.each([{ results: [] }, { total: 1, results: [{ id: 11, properties: {} }] }, [], '<html>'])(
    'is a failed read where the reply is %j',
    async (body) => {
      nock(API)
        .post(`/crm/objects/${V}/companies/search`)
        .times(4)
        .reply(200, body as nock.Body);

      const code = await codeOf(firstOf(createHarness().gateway.companyPages(PORTAL, ['customer'], null)));

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

  it.each([
    ['hs_merged_object_ids', { hs_merged_object_ids: '30;29' }, ['30', '29']],
    [
      'hs_calculated_merged_vids',
      { hs_calculated_merged_vids: '30:1762000000000;29:1762000000001' },
      ['30', '29'],
    ],
    [
      'both',
      { hs_merged_object_ids: '30', hs_calculated_merged_vids: '29:1762000000001; 30:1762000000000' },
      ['30', '29'],
    ],
    ['neither', { hs_merged_object_ids: '', hs_calculated_merged_vids: null }, undefined],
  ])('names the contacts that became one of %s', async (_which, properties, mergedIds) => {
    onRead('contacts', { results: [company('31', properties)], errors: [] });

    const contacts = await createHarness().gateway.contactsById(PORTAL, [asContactId('31')]);

    expect(contacts.get(asContactId('31'))?.mergedIds).toEqual(mergedIds);
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

    const contacts = await createHarness().gateway.contactsOfCompanies(
      PORTAL,
      ['1', '2'].map(asCompanyId),
      'run',
    );

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

    const code = await codeOf(createHarness().gateway.contactsOfCompanies(PORTAL, [asCompanyId('1')], 'run'));

    expect(code).toBe('hubspot_unavailable');
  });

  it('ends pages that point to themselves', async () => {
    const path = `/crm/associations/${V}/companies/contacts/batch/read`;
    nock(API)
      .persist()
      .post(path)
      .reply(200, { results: [{ from: { id: '1' }, to: [], paging: { next: { after: 'p2' } } }] });

    const code = await codeOf(createHarness().gateway.contactsOfCompanies(PORTAL, [asCompanyId('1')], 'run'));

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
