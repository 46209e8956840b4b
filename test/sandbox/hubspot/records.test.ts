import { afterEach, describe, expect, it } from '@jest/globals';
import { bearer, closeAll, portalDocument, record, startHubSpot } from './support.ts';

afterEach(closeAll);

const COMPANIES = '/crm/objects/2026-03/companies';
const CONTACTS = '/crm/objects/2026-03/contacts';

describe('single records', () => {
  it('answers 404 for every other platform version', async () => {
    const hubSpot = await startHubSpot();

    const statuses = await Promise.all(
      ['2026-09', '2025-09', 'v2'].map(
        async (version) => (await hubSpot.api('GET', `/crm/objects/${version}/companies/101`)).status,
      ),
    );

    expect(statuses).toEqual([404, 404, 404]);
  });

  it('finds a type by its plural name or its id, and by nothing else', async () => {
    const hubSpot = await startHubSpot();

    const byId = await hubSpot.api('GET', '/crm/objects/2026-03/0-2/101?properties=name');
    const singular = await hubSpot.api('GET', '/crm/objects/2026-03/company/101');

    expect(byId.body.properties['name']).toBe('Northwind');
    expect(singular.status).toBe(400);
  });

  it('reads one record with properties and associations', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api(
      'GET',
      `${COMPANIES}/101?properties=name,domain&associations=contacts,calls`,
    );

    expect(answer.body.properties).toMatchObject({ name: 'Northwind', domain: 'northwind.example' });
    expect(answer.body.associations).toEqual({
      contacts: { results: [{ id: '201', type: 'company_to_contact' }] },
    });
  });

  it('answers 404 OBJECT_NOT_FOUND for an unknown record', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('GET', `${COMPANIES}/999`);

    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ status: 'error', category: 'OBJECT_NOT_FOUND' });
    expect(typeof answer.body.correlationId).toBe('string');
  });

  it('lists records in pages', async () => {
    const hubSpot = await startHubSpot();

    const first = await hubSpot.api('GET', `${COMPANIES}?limit=1&properties=name`);
    const second = await hubSpot.api(
      'GET',
      `${COMPANIES}?limit=1&after=${first.body.paging?.next.after ?? ''}`,
    );
    const tooMany = await hubSpot.api('GET', `${COMPANIES}?limit=101`);

    expect(first.body.results.map((company) => company.id)).toEqual(['101']);
    expect(second.body.results.map((company) => company.id)).toEqual(['102']);
    expect(second.body.paging).toBeUndefined();
    expect(tooMany.status).toBe(400);
  });

  it('creates, updates and archives one record', async () => {
    const hubSpot = await startHubSpot();
    const created = await hubSpot.api('POST', COMPANIES, { properties: { name: 'New' } });
    const path = `${COMPANIES}/${created.body.id}`;

    const updated = await hubSpot.api('PATCH', path, { properties: { name: 'Newer' } });
    const archived = await hubSpot.api('DELETE', path);
    const gone = await hubSpot.api('GET', path);

    expect(created.status).toBe(201);
    expect(updated.body.properties['name']).toBe('Newer');
    expect([archived.status, gone.status]).toEqual([204, 404]);
  });

  it('marks a completed task with its completion time', async () => {
    const hubSpot = await startHubSpot();
    const task = await hubSpot.api('POST', '/crm/objects/2026-03/tasks', { properties: { hs_timestamp: 1 } });

    const done = await hubSpot.api('PATCH', `/crm/objects/2026-03/tasks/${task.body.id}`, {
      properties: { hs_task_status: 'COMPLETED' },
    });

    expect(done.body.properties['hs_task_completion_date']).toBe('2026-11-02T15:00:00.000Z');
  });

  it('refuses a body that is not JSON, or JSON of another shape, naming the field', async () => {
    const hubSpot = await startHubSpot();
    const token = await hubSpot.install();

    const broken = await fetch(`${hubSpot.url}${COMPANIES}`, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body: '{"properties":',
    });
    const shape = await hubSpot.api('POST', COMPANIES, { properties: { name: { nested: true } } });

    expect(broken.status).toBe(400);
    expect(shape.status).toBe(400);
    expect(shape.body.message).toContain('properties.name');
  });

  it('refuses a body over ten megabytes with 413', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', COMPANIES, {
      properties: { description: 'x'.repeat(10_500_000) },
    });

    expect(answer.status).toBe(413);
  });
});

describe('contract line 7: the form of values', () => {
  it('contract line 7: every value is a string, every instant ISO, every id a string', async () => {
    const hubSpot = await startHubSpot();

    const call = await hubSpot.api('POST', '/crm/objects/2026-03/calls', {
      properties: { hs_timestamp: 1793635200000, hs_call_duration: 61000 },
    });

    const read = await hubSpot.api(
      'GET',
      `/crm/objects/2026-03/calls/${call.body.id}?properties=hs_timestamp,hs_call_duration`,
    );
    expect(typeof call.body.id).toBe('string');
    expect(read.body.properties).toMatchObject({
      hs_timestamp: '2026-11-02T16:00:00.000Z',
      hs_call_duration: '61000',
    });
  });

  it('contract line 7: toObjectId is a number and from.id a string', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', '/crm/associations/2026-03/contacts/companies/batch/read', {
      inputs: [{ id: '201' }],
    });

    expect(answer.body.results).toMatchObject([{ from: { id: '201' }, to: [{ toObjectId: 101 }] }]);
  });

  it('contract line 7: a property without value is null, or absent by switch', async () => {
    const hubSpot = await startHubSpot();
    const read = async () => (await hubSpot.api('GET', `${COMPANIES}/101?properties=phone`)).body.properties;

    const asNull = await read();
    await hubSpot.settings({ nullOrAbsent: 'absent' });
    const asAbsent = await read();

    expect(asNull['phone']).toBeNull();
    expect(asAbsent).not.toHaveProperty('phone');
  });
});

describe('contract line 13: merge, archive, restore', () => {
  const control = (type: string) => `/_control/objects/700001/${type}`;

  it('contract line 13: a merge keeps the primary record, moves links, and leads the old id to it', async () => {
    const hubSpot = await startHubSpot([
      portalDocument(700001, {
        objects: {
          companies: [record('101', { name: 'Keep' }), record('102', { name: 'Gone', phone: '+1 555 0100' })],
          contacts: [record('201', { email: 'a@example.com' })],
        },
        associations: [{ from: { type: 'contacts', id: '201' }, to: { type: 'companies', id: '102' } }],
      }),
    ]);
    const merges: unknown[] = [];
    hubSpot.simulator.state.onMutation((mutation) => mutation.kind !== 'install' && merges.push(mutation));

    const merged = await hubSpot.api('POST', `${COMPANIES}/merge`, {
      primaryObjectId: '101',
      objectIdToMerge: '102',
    });

    const read = await hubSpot.api(
      'GET',
      `${COMPANIES}/102?properties=name,phone,hs_merged_object_ids&associations=contacts`,
    );
    expect(merged.body.id).toBe('101');
    expect(read.body).toMatchObject({
      id: '101',
      properties: { name: 'Keep', phone: '+1 555 0100', hs_merged_object_ids: '102' },
      associations: { contacts: { results: [{ id: '201' }] } },
    });
    expect(merges).toMatchObject([
      {
        kind: 'merge',
        objectType: 'companies',
        primaryObjectId: '101',
        mergedObjectIds: ['102'],
        newObjectId: '101',
      },
    ]);
  });

  it('contract line 13: by switch a merge makes a third record', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ mergeCreatesNewId: true });

    const merged = await hubSpot.api('POST', `${COMPANIES}/merge`, {
      primaryObjectId: '101',
      objectIdToMerge: '102',
    });

    const both = await hubSpot.api('POST', `${COMPANIES}/batch/read`, {
      inputs: [{ id: '101' }, { id: '102' }],
    });
    expect(['101', '102']).not.toContain(merged.body.id);
    expect(both.body.results.map((company) => company.id)).toEqual([merged.body.id]);
  });

  it.each([
    ['keeps the primary record', false],
    ['makes a third one', true],
  ])(
    'contract line 13: a merged contact names whom it was made of and when, if it %s',
    async (_what, isNew) => {
      const hubSpot = await startHubSpot();
      await hubSpot.settings({ mergeCreatesNewId: isNew });

      const merged = await hubSpot.api('POST', `${CONTACTS}/merge`, {
        primaryObjectId: '201',
        objectIdToMerge: '202',
      });

      const read = await hubSpot.api(
        'GET',
        `${CONTACTS}/202?properties=hs_merged_object_ids,hs_calculated_merged_vids`,
      );
      const refused = await hubSpot.api('PATCH', `${CONTACTS}/${merged.body.id}`, {
        properties: { hs_merged_object_ids: '1', hs_calculated_merged_vids: '1:1' },
      });
      const gone = isNew ? ['201', '202'] : ['202'];
      expect(read.body.id).toBe(merged.body.id);
      expect(read.body.properties['hs_merged_object_ids']).toBe(gone.join(';'));
      expect(read.body.properties['hs_calculated_merged_vids']).toMatch(
        new RegExp(`^${gone.map((id) => `${id}:\\d{13}`).join(';')}$`),
      );
      expect(refused.status).toBe(400);
    },
  );

  it('contract line 13: a company archived in HubSpot is gone until it is restored', async () => {
    const hubSpot = await startHubSpot();
    const kinds: string[] = [];
    hubSpot.simulator.state.onMutation((mutation) => kinds.push(mutation.kind));

    await hubSpot.send('DELETE', `${control('companies')}/101`);
    const gone = await hubSpot.api('GET', `${COMPANIES}/101`);
    await hubSpot.send('POST', '/_control/restore', {
      portalId: 700001,
      objectType: 'companies',
      objectId: '101',
    });
    const back = await hubSpot.api('GET', `${COMPANIES}/101?associations=contacts`);

    expect([gone.status, back.status]).toEqual([404, 200]);
    expect(back.body.associations).toHaveProperty('contacts');
    expect(kinds.filter((kind) => kind !== 'install')).toEqual(['deletion', 'restore']);
  });

  it('contract line 13: a person can delete a task by hand', async () => {
    const hubSpot = await startHubSpot();
    const task = await hubSpot.api('POST', '/crm/objects/2026-03/tasks', { properties: { hs_timestamp: 1 } });

    await hubSpot.send('DELETE', `${control('tasks')}/${task.body.id}`);

    const read = await hubSpot.api('GET', `/crm/objects/2026-03/tasks/${task.body.id}`);
    expect(read.status).toBe(404);
  });

  it('contract line 13: a call that a person logs is marked as made in the CRM by that person', async () => {
    const hubSpot = await startHubSpot();

    const call = await hubSpot.send('POST', control('calls'), {
      properties: { hs_timestamp: '2026-11-02T14:00:00Z', hs_call_title: 'Spoke' },
      associations: [{ to: { type: 'companies', id: '101' } }],
      asUserId: 9002,
    });

    expect(call.body.properties).toMatchObject({
      hs_object_source_label: 'CRM_UI',
      hs_created_by_user_id: '9002',
    });
    expect(call.body.associations).toEqual({ companies: ['101'] });
  });
});

describe('contract line 2: accounts apart', () => {
  it('contract line 2: the same id in two portals is two records', async () => {
    const other = portalDocument(700002, {
      objects: { companies: [record('101', { name: 'Elsewhere' })] },
      associations: [],
    });
    const hubSpot = await startHubSpot([portalDocument(), other]);
    const [first, second] = [await hubSpot.install(700001), await hubSpot.install(700002)];
    const path = `${COMPANIES}/101`;

    await hubSpot.send('PATCH', path, { properties: { phone: '1' } }, bearer(first));

    const mine = await hubSpot.send('GET', `${path}?properties=name,phone`, undefined, bearer(first));
    const theirs = await hubSpot.send('GET', `${path}?properties=name,phone`, undefined, bearer(second));
    const foreign = await hubSpot.send('GET', `${COMPANIES}/102`, undefined, bearer(second));
    expect(mine.body.properties).toMatchObject({ name: 'Northwind', phone: '1' });
    expect(theirs.body.properties).toMatchObject({ name: 'Elsewhere', phone: null });
    expect(foreign.status).toBe(404);
  });

  it('contract line 2: new records get equal ids in two portals', async () => {
    const hubSpot = await startHubSpot([portalDocument(700001), portalDocument(700002)]);
    const tokens = [await hubSpot.install(700001), await hubSpot.install(700002)];

    const made = await Promise.all(
      tokens.map((token) => hubSpot.send('POST', COMPANIES, { properties: { name: 'x' } }, bearer(token))),
    );

    expect(made[0]?.body.id).toBe(made[1]?.body.id);
  });

  it('contract line 2: a call without its scope answers 403 and names the scopes that would do', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ grantedOptionalScopes: [] });

    const answer = await hubSpot.api('GET', '/crm/objects/2026-03/deals/1');

    expect(answer.status).toBe(403);
    expect(answer.body.category).toBe('MISSING_SCOPES');
    expect(answer.body.errors[0]?.context).toEqual({ requiredGranularScopes: ['crm.objects.deals.read'] });
  });

  it('contract line 2: a scope that is taken away fails at once', async () => {
    const hubSpot = await startHubSpot();
    const before = await hubSpot.api('GET', `${COMPANIES}/101`);

    await hubSpot.settings({ removeScopes: ['crm.objects.companies.read'] });

    const after = await hubSpot.api('GET', `${COMPANIES}/101`);
    expect([before.status, after.status]).toEqual([200, 403]);
  });

  it('contract line 2: emails need the e-mail scope beside the one for contacts', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ grantedOptionalScopes: [] });

    const answer = await hubSpot.api('GET', '/crm/objects/2026-03/emails');

    expect(answer.status).toBe(403);
    expect(answer.body.errors[0]?.context['requiredGranularScopes']).toEqual(['sales-email-read']);
  });
});

describe('erasing a contact', () => {
  it('leaves nothing of the contact in records, history, links or the lagging index', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ searchLagMs: 3_600_000 });
    await hubSpot.api('PATCH', '/crm/objects/2026-03/contacts/201', { properties: { jobtitle: 'Buyer' } });
    const kinds: string[] = [];
    hubSpot.simulator.state.onMutation((mutation) => kinds.push(mutation.kind));

    const erased = await hubSpot.api('POST', '/crm/objects/2026-03/contacts/gdpr-delete', {
      objectId: 'dana@northwind.example',
      idProperty: 'email',
    });

    const found = await hubSpot.api('POST', '/crm/objects/2026-03/contacts/search', { query: 'Dana' });
    const company = await hubSpot.api('GET', `${COMPANIES}/101?associations=contacts`);
    expect(erased.status).toBe(204);
    expect(found.body.total).toBe(0);
    expect(company.body.associations).toBeUndefined();
    expect(kinds).toEqual(['privacyDeletion']);
  });
});
