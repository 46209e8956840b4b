/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment, @typescript-eslint/no-unsafe-enum-assignment --
   the client's README teaches plain objects where its types name classes and enums that it does not export */
import { Client } from '@hubspot/api-client';
import { afterEach, describe, expect, it } from '@jest/globals';
import { APP, START, closeAll, startHubSpot } from './support.ts';
import type { TestHubSpot } from './support.ts';

afterEach(closeAll);

const TO_COMPANY = [{ associationCategory: 'HUBSPOT_DEFINED' as const, associationTypeId: 192 }];

async function clientOf(hubSpot: TestHubSpot): Promise<Client> {
  return new Client({ accessToken: await hubSpot.install(), basePath: hubSpot.url });
}

function taskFor(companyId: string, subject: string) {
  return {
    properties: { hs_timestamp: START, hs_task_subject: subject },
    associations: [{ to: { id: companyId }, types: TO_COMPANY }],
  } as Parameters<Client['crm']['objects']['tasks']['basicApi']['create']>[0];
}

describe('the generated methods of HubSpot’s own client', () => {
  it('creates a task with its company, one call at a time', async () => {
    const hubSpot = await startHubSpot();
    const client = await clientOf(hubSpot);

    const task = await client.crm.objects.tasks.basicApi.create(taskFor('101', 'Ask'));

    const page = await hubSpot.send('GET', '/_control/record/700001/companies/101');
    expect(page.body).toMatchObject({
      associated: { tasks: [{ id: task.id, properties: { hs_task_subject: 'Ask' } }] },
    });
  });

  it('creates a batch, and reads and changes it by the batch', async () => {
    const hubSpot = await startHubSpot();
    const { tasks } = (await clientOf(hubSpot)).crm.objects;

    const created = await tasks.batchApi.create({ inputs: [taskFor('101', 'One'), taskFor('102', 'Two')] });
    const inputs = created.results.map(({ id }) => ({ id, properties: { hs_task_status: 'COMPLETED' } }));
    await tasks.batchApi.update({ inputs });
    const read = await tasks.batchApi.read({
      inputs: inputs.map(({ id }) => ({ id })),
      properties: ['hs_task_subject', 'hs_task_status'],
      propertiesWithHistory: [],
    });

    expect(created.results).toHaveLength(2);
    expect(read.results.map(({ properties }) => properties['hs_task_status'])).toEqual([
      'COMPLETED',
      'COMPLETED',
    ]);
  });

  it('searches, with the sort written as a name', async () => {
    const hubSpot = await startHubSpot();
    const { companies } = (await clientOf(hubSpot)).crm;
    const request = { properties: ['name'], limit: 100, after: '0', sorts: ['-name'], filterGroups: [] };

    const found = await companies.searchApi.doSearch(request);

    expect(found.results.map(({ properties }) => properties['name'])).toEqual(['Northwind', 'Lakeside']);
    expect(found.results[0]?.createdAt).toEqual(new Date('2026-01-05T10:00:00.000Z'));
  });

  it('lists owners and companies page by page', async () => {
    const hubSpot = await startHubSpot();
    const { crm } = await clientOf(hubSpot);

    const owners = await crm.owners.ownersApi.getPage(undefined, undefined, 100, false);
    const first = await crm.companies.basicApi.getPage(1);
    const second = await crm.companies.basicApi.getPage(1, first.paging?.next?.after);

    expect(owners.results.map(({ id }) => id)).toEqual(['501', '502', '504']);
    expect([first.results[0]?.id, second.results[0]?.id]).toEqual(['101', '102']);
  });

  it('reads associations by the batch in v3 and in v4, and of one record', async () => {
    const hubSpot = await startHubSpot();
    const { associations } = (await clientOf(hubSpot)).crm;

    const third = await associations.batchApi.read('contacts', 'companies', { inputs: [{ id: '201' }] });
    const fourth = await associations.v4.batchApi.getPage('contacts', 'companies', {
      inputs: [{ id: '201' }],
    });
    const single = await associations.v4.basicApi.getPage('contacts', '201', 'companies');

    expect(third.results[0]?.to[0]).toMatchObject({ id: '101', type: 'contact_to_company' });
    // The client's types promise a string; HubSpot's documentation shows a number.
    expect(fourth.results[0]?.to).toMatchObject([{ toObjectId: 101 }]);
    expect(single.results).toMatchObject([{ toObjectId: 101 }]);
  });

  it('links and unlinks two records', async () => {
    const hubSpot = await startHubSpot();
    const { basicApi } = (await clientOf(hubSpot)).crm.associations.v4;
    const count = async () => (await basicApi.getPage('contacts', '202', 'companies')).results.length;
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];

    await basicApi.create(
      'contacts',
      '202',
      'companies',
      '101',
      types as Parameters<typeof basicApi.create>[4],
    );
    await basicApi.createDefault('contacts', '202', 'companies', '102');
    const linked = await count();
    await basicApi.archive('contacts', '202', 'companies', '101');

    expect([linked, await count()]).toEqual([2, 1]);
  });

  it('refreshes a token', async () => {
    const hubSpot = await startHubSpot();
    const { refresh_token: refreshToken } = await hubSpot.tokens();
    const client = new Client({ basePath: hubSpot.url });

    const granted = await client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      APP.clientId,
      APP.clientSecret,
      refreshToken,
    );

    expect(granted.expiresIn).toBe(1800);
    expect(granted.refreshToken).toBe(refreshToken);
  });

  it('spends the same budget as the dated paths, and is logged and hit by faults under its own path', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 2 });
    const read = (version: string) => hubSpot.api('GET', version);
    const older = '/crm/v3/objects/companies/101';

    await hubSpot.send('POST', '/_control/faults', {
      match: { path: '/crm/v3/' },
      fault: { kind: 'status', status: 503 },
    });
    const seen = [];
    for (const path of [older, older, '/crm/objects/2026-03/companies/101', older])
      seen.push((await read(path)).status);
    const stats = await hubSpot.send('GET', '/_control/requests/stats?path=/crm/v3/');

    expect(seen).toEqual([503, 200, 200, 429]);
    expect(stats.body).toMatchObject({ calls: 3 });
  });
});
