import { afterEach, describe, expect, it } from '@jest/globals';
import { closeAll, portalDocument, startHubSpot } from './support.ts';

afterEach(closeAll);

const TASKS = '/crm/objects/2026-03/tasks/batch';
const COMPANIES = '/crm/objects/2026-03/companies/batch';

function taskInput(subject: string, more: Record<string, unknown> = {}) {
  return {
    properties: { hs_timestamp: '2026-11-03T15:00:00Z', hs_task_subject: subject, hubspot_owner_id: '501' },
    associations: [
      { to: { id: '101' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }] },
    ],
    ...more,
  };
}

describe('batches of records', () => {
  it('creates tasks with their company link in one call', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${TASKS}/create`, {
      inputs: [taskInput('One'), taskInput('Two')],
    });

    const links = await hubSpot.api('POST', '/crm/associations/2026-03/companies/tasks/batch/read', {
      inputs: [{ id: '101' }],
    });
    expect(answer.status).toBe(201);
    expect(answer.body.status).toBe('COMPLETE');
    expect(answer.body.results.map((task) => task.properties['hs_task_subject']).sort()).toEqual([
      'One',
      'Two',
    ]);
    expect(answer.body.results[0]?.properties['hs_task_status']).toBe('NOT_STARTED');
    expect(links.body.results[0]?.to).toHaveLength(2);
  });

  it('contract line 5: a batch of 101 inputs answers 400 and creates nothing', async () => {
    const hubSpot = await startHubSpot();
    const inputs = Array.from({ length: 101 }, (_, index) => taskInput(String(index)));

    const tooMany = await hubSpot.api('POST', `${TASKS}/create`, { inputs });
    const most = await hubSpot.api('POST', `${TASKS}/create`, { inputs: inputs.slice(0, 100) });

    expect(tooMany.status).toBe(400);
    expect(tooMany.body.category).toBe('VALIDATION_ERROR');
    expect(most.body.results).toHaveLength(100);
    expect(hubSpot.simulator.state.portals.get(700001)?.objects.get('tasks')?.size).toBe(100);
  });

  it('contract line 5: an empty batch answers 400', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${TASKS}/create`, { inputs: [] });

    expect(answer.status).toBe(400);
  });

  it('contract line 5: without trace ids one bad input fails the whole batch', async () => {
    const hubSpot = await startHubSpot();
    const bad = { properties: { hs_task_subject: 'No date' } };

    const answer = await hubSpot.api('POST', `${TASKS}/create`, { inputs: [taskInput('Good'), bad] });

    expect(answer.status).toBe(400);
    expect(hubSpot.simulator.state.portals.get(700001)?.objects.get('tasks')?.size).toBe(0);
  });

  it('contract line 5: with trace ids the good inputs commit and a 207 lists the rest', async () => {
    const hubSpot = await startHubSpot();
    const bad = { properties: { hs_task_subject: 'No date' }, objectWriteTraceId: 'trace-bad' };

    const answer = await hubSpot.api('POST', `${TASKS}/create`, {
      inputs: [taskInput('Good', { objectWriteTraceId: 'trace-good' }), bad],
    });

    expect(answer.status).toBe(207);
    expect(answer.body.results).toMatchObject([
      { objectWriteTraceId: 'trace-good', properties: { hs_task_subject: 'Good' } },
    ]);
    expect(answer.body).toMatchObject({
      numErrors: 1,
      errors: [
        { status: 'error', category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['trace-bad'] } },
      ],
    });
  });

  it('contract line 5: results come in another order than the inputs unless the switch says otherwise', async () => {
    const hubSpot = await startHubSpot();
    const subjects = Array.from({ length: 30 }, (_, index) => `Task ${String(index)}`);
    const create = async () => {
      const answer = await hubSpot.api('POST', `${TASKS}/create`, {
        inputs: subjects.map((subject) => taskInput(subject)),
      });
      return answer.body.results.map((task) => task.properties['hs_task_subject']);
    };

    const shuffled = await create();
    await hubSpot.settings({ batchOrder: 'asSent' });
    const asSent = await create();

    expect(shuffled).not.toEqual(subjects);
    expect(shuffled.toSorted()).toEqual(subjects.toSorted());
    expect(asSent).toEqual(subjects);
  });

  it('contract line 6: batch read answers 207 with the unknown ids and the records it found', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${COMPANIES}/read`, {
      inputs: [{ id: '101' }, { id: '999' }],
      properties: ['name'],
    });

    expect(answer.status).toBe(207);
    expect(answer.body.results.map((company) => company.id)).toEqual(['101']);
    expect(answer.body.errors).toMatchObject([{ category: 'OBJECT_NOT_FOUND', context: { ids: ['999'] } }]);
  });

  it('contract line 6: batch read never shows associations', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${COMPANIES}/read`, {
      inputs: [{ id: '101' }],
      properties: ['name'],
    });

    expect(answer.status).toBe(200);
    expect(answer.body.results[0]).not.toHaveProperty('associations');
  });

  it('contract line 6: batch read of a merged id returns the survivor', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.api('POST', '/crm/objects/2026-03/companies/merge', {
      primaryObjectId: '101',
      objectIdToMerge: '102',
    });

    const answer = await hubSpot.api('POST', `${COMPANIES}/read`, {
      inputs: [{ id: '102' }],
      properties: ['name'],
    });

    expect(answer.status).toBe(200);
    expect(answer.body.results).toMatchObject([{ id: '101', properties: { name: 'Northwind' } }]);
  });

  it('reads by a unique property and refuses one that is not unique', async () => {
    const hubSpot = await startHubSpot();
    const read = (idProperty: string, id: string) =>
      hubSpot.api('POST', '/crm/objects/2026-03/contacts/batch/read', {
        inputs: [{ id }],
        idProperty,
        properties: ['email'],
      });

    const found = await read('email', 'DANA@northwind.example');
    const refused = await read('lastname', 'Ruiz');

    expect(found.body.results.map((contact) => contact.id)).toEqual(['201']);
    expect(refused.status).toBe(400);
  });

  it('updates, refuses the same id twice in one batch, and keeps the history', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.advance(60_000);

    const updated = await hubSpot.api('POST', `${COMPANIES}/update`, {
      inputs: [{ id: '101', properties: { hubspot_owner_id: '501' } }],
    });
    const twice = await hubSpot.api('POST', `${COMPANIES}/update`, {
      inputs: [
        { id: '101', properties: { name: 'A' } },
        { id: '101', properties: { name: 'B' } },
      ],
    });

    const read = await hubSpot.api('POST', `${COMPANIES}/read`, {
      inputs: [{ id: '101' }],
      propertiesWithHistory: ['hubspot_owner_id'],
    });
    expect(updated.status).toBe(200);
    expect(updated.body.results[0]?.updatedAt).toBe('2026-11-02T15:01:00.000Z');
    expect(twice.status).toBe(400);
    expect(
      read.body.results[0]?.propertiesWithHistory['hubspot_owner_id']?.map((entry) => entry.value),
    ).toEqual(['501', '502']);
  });

  it('upserts by a unique property and says which records are new', async () => {
    const hubSpot = await startHubSpot();
    const inputs = [
      { id: 'dana@northwind.example', idProperty: 'email', properties: { jobtitle: 'Buyer' } },
      { id: 'new@northwind.example', idProperty: 'email', properties: { jobtitle: 'Clerk' } },
    ];

    const answer = await hubSpot.api('POST', '/crm/objects/2026-03/contacts/batch/upsert', { inputs });
    const withLink = await hubSpot.api('POST', '/crm/objects/2026-03/contacts/batch/upsert', {
      inputs: [{ ...inputs[0], associations: [] }],
    });

    const isNew = Object.fromEntries(
      answer.body.results.map((item) => [String(item.properties['email']), item.new] as const),
    );
    expect(answer.status).toBe(200);
    expect(isNew).toEqual({ 'dana@northwind.example': false, 'new@northwind.example': true });
    expect(withLink.status).toBe(400);
  });

  it('archives with 204 and shows archived records only when asked', async () => {
    const hubSpot = await startHubSpot();

    const archived = await hubSpot.api('POST', `${COMPANIES}/archive`, {
      inputs: [{ id: '101' }, { id: '424242' }],
    });

    const live = await hubSpot.api('POST', `${COMPANIES}/read`, { inputs: [{ id: '101' }] });
    const asked = await hubSpot.api('POST', `${COMPANIES}/read?archived=true`, { inputs: [{ id: '101' }] });
    expect(archived.status).toBe(204);
    expect(live.status).toBe(207);
    expect(asked.body.results).toMatchObject([{ id: '101', archived: true }]);
  });
});

describe('contract line 9: unique properties', () => {
  const property = {
    name: 'sci_key',
    label: 'Key',
    groupName: 'task',
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
  };
  const keyed = (key: string, more: Record<string, unknown> = {}) => {
    const input: ReturnType<typeof taskInput> = taskInput(key, more);
    return { ...input, properties: { ...input.properties, sci_key: key } };
  };
  const start = async (settings: Record<string, unknown>) => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings(settings);
    const made = await hubSpot.api('POST', '/crm/properties/2026-03/tasks', property);
    const create = (...inputs: unknown[]) => hubSpot.api('POST', `${TASKS}/create`, { inputs });
    return { hubSpot, made, create };
  };
  const tasksOf = (hubSpot: Awaited<ReturnType<typeof startHubSpot>>) =>
    hubSpot.simulator.state.portals.get(700001)?.objects.get('tasks')?.size;

  it('contract line 9: a unique task property can be created, written, and read by', async () => {
    const { hubSpot, made, create } = await start({ uniqueTaskProperty: 'works' });

    const created = await create(keyed('K1'));

    const read = await hubSpot.api('POST', `${TASKS}/read`, {
      inputs: [{ id: 'K1' }],
      idProperty: 'sci_key',
      properties: ['sci_key'],
    });
    expect(made.status).toBe(201);
    expect(created.status).toBe(201);
    expect(read.body.results[0]?.id).toBe(created.body.results[0]?.id);
  });

  it('contract line 9: by switch its creation is refused', async () => {
    const { made } = await start({ uniqueTaskProperty: 'refusedAtCreation' });

    expect(made.status).toBe(400);
  });

  it('contract line 9: by switch its values are refused on write', async () => {
    const { hubSpot, made, create } = await start({ uniqueTaskProperty: 'refusedOnWrite' });

    const created = await create(keyed('K1'));

    expect(made.status).toBe(201);
    expect(created.status).toBe(400);
    expect(tasksOf(hubSpot)).toBe(0);
  });

  it.each([
    ['409', 409, 1],
    ['400', 400, 1],
    ['207', 207, 2],
  ])('contract line 9: a taken value answers %s', async (uniqueConflict, status, tasks) => {
    const { hubSpot, create } = await start({ uniqueConflict });
    await create(keyed('K1'));

    const answer = await create(
      keyed('k1', { objectWriteTraceId: 'a' }),
      keyed('K2', { objectWriteTraceId: 'b' }),
    );

    expect(answer.status).toBe(status);
    expect(tasksOf(hubSpot)).toBe(tasks);
  });

  it('contract line 9: two inputs of one batch cannot take the same value', async () => {
    const { hubSpot, create } = await start({});

    const answer = await create(keyed('K1'), keyed('K1'));

    expect(answer.status).toBe(409);
    expect(tasksOf(hubSpot)).toBe(0);
  });

  it.each([
    [true, 201],
    [false, 409],
  ])('contract line 9: archiving frees the value only by switch (%s)', async (archiveFreesUnique, status) => {
    const { hubSpot, create } = await start({ archiveFreesUnique });
    const first = await create(keyed('K1'));
    await hubSpot.api('POST', `${TASKS}/archive`, { inputs: [{ id: first.body.results[0]?.id }] });

    const answer = await create(keyed('K1'));

    expect(answer.status).toBe(status);
  });
});

describe('contract line 8: what a write may not say', () => {
  const company = (typeId: number, id = '101') => [
    { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }] },
  ];

  it.each([
    ['a missing hs_timestamp', { properties: { hs_task_subject: 'x' } }, 400, 'REQUIRED_PROPERTY'],
    ['an unknown property', { properties: { hs_timestamp: 1, nonsense: 'x' } }, 400, 'PROPERTY_DOESNT_EXIST'],
    [
      'a bad enumeration value',
      { properties: { hs_timestamp: 1, hs_task_status: 'completed' } },
      400,
      'INVALID_OPTION',
    ],
    ['a bad date', { properties: { hs_timestamp: 'tomorrow' } }, 400, 'INVALID_DATE'],
    [
      'a read-only property',
      { properties: { hs_timestamp: 1, hs_createdate: '2026-01-01' } },
      400,
      'READ_ONLY_VALUE',
    ],
    [
      'forged provenance',
      { properties: { hs_timestamp: 1, hs_object_source_label: 'CRM_UI' } },
      400,
      'READ_ONLY_VALUE',
    ],
    [
      'an unknown owner',
      { properties: { hs_timestamp: 1, hubspot_owner_id: '777' } },
      400,
      'INVALID_OWNER_ID',
    ],
    [
      'a wrong association type',
      { properties: { hs_timestamp: 1 }, associations: company(279) },
      400,
      'INVALID_ASSOCIATION_TYPE',
    ],
  ])('contract line 8: refuses %s', async (_what, input, status, code) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${TASKS}/create`, { inputs: [input] });

    expect(answer.status).toBe(status);
    expect(answer.body.category).toBe('VALIDATION_ERROR');
    expect(answer.body.errors.map((detail) => detail.code)).toEqual([code]);
  });

  it('contract line 8: refuses a link to a record that does not exist', async () => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.api('POST', `${TASKS}/create`, {
      inputs: [{ properties: { hs_timestamp: 1 }, associations: company(192, '999') }],
    });

    expect(answer.status).toBe(404);
    expect(answer.body.category).toBe('OBJECT_NOT_FOUND');
  });

  it('contract line 8: refuses an inactive owner, unless the switch says otherwise', async () => {
    const hubSpot = await startHubSpot();
    const create = () =>
      hubSpot.api('POST', `${TASKS}/create`, {
        inputs: [{ properties: { hs_timestamp: 1, hubspot_owner_id: '503' } }],
      });

    const refused = await create();
    await hubSpot.settings({ inactiveOwnerRejected: false });
    const taken = await create();

    expect(refused.body.errors[0]?.code).toBe('INVALID_OWNER_ID');
    expect(taken.status).toBe(201);
  });

  it('contract line 13: provenance is set by the server, for the app and the user who installed it', async () => {
    const hubSpot = await startHubSpot([portalDocument()]);

    const answer = await hubSpot.api('POST', `${TASKS}/create`, { inputs: [taskInput('Mine')] });

    expect(answer.body.results[0]?.properties).toMatchObject({
      hs_createdate: '2026-11-02T15:00:00.000Z',
      hs_object_source: 'INTEGRATION',
      hs_object_source_id: '1234567',
      hs_object_source_label: 'INTEGRATION',
      hs_object_source_detail_1: 'Service check-in',
      hs_created_by_user_id: '9001',
    });
  });
});
