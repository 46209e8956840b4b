import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId, asOwnerId } from '../../src/core/model.ts';
import { START, PORTAL } from './support/fakes.ts';
import { API, codeOf, createHarness, onLinks, onRead, V } from './support/harness.ts';

afterEach(() => nock.cleanAll());

describe('finding tasks by key', () => {
  const wanted = [1, 2].map((n) => ({ key: `touchkey-${n}`, companyId: asCompanyId(`90${n}`) }));
  const body = (key: string) => `<p>Ask.</p><p>Reference: ${key}</p>`;

  it('reads by the unique property; a key that is not found is absent', async () => {
    onRead(
      'tasks',
      {
        results: [{ id: '701', properties: { sci_touch_key: 'touchkey-1' } }],
        errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['touchkey-2'] } }],
      },
      207,
    );

    const found = await createHarness().gateway.findTasksByKey(PORTAL, 'unique', wanted);

    expect([...found]).toEqual([['touchkey-1', ['701']]]);
  });

  it('does not take a failed item for a missing task', async () => {
    onRead(
      'tasks',
      { results: [], errors: [{ category: 'INTERNAL_ERROR', context: { ids: ['touchkey-2'] } }] },
      207,
    );

    const code = await codeOf(createHarness().gateway.findTasksByKey(PORTAL, 'unique', wanted));

    expect(code).toBe('hubspot_unavailable');
  });

  it('unites search and the companies’ tasks where the key stands in the body', async () => {
    nock(API)
      .post(`/crm/objects/${V}/tasks/search`)
      .reply(200, { total: 1, results: [{ id: '701', properties: { hs_task_body: body('touchkey-1') } }] });
    onLinks('companies', 'tasks', { 901: [702, 703], 902: [704] });
    onRead('tasks', {
      results: [
        { id: '704', properties: { hs_task_body: body('touchkey-2') } },
        { id: '703', properties: { hs_task_body: 'Reference: touchkey-1 was a nice call' } },
        { id: '702', properties: { hs_task_body: body('touchkey-1') } },
        { id: '701', properties: { hs_task_body: body('touchkey-1') } },
      ],
    });

    const found = await createHarness().gateway.findTasksByKey(PORTAL, 'ledger', wanted);

    expect([...found]).toEqual([
      ['touchkey-1', ['701', '702']],
      ['touchkey-2', ['704']],
    ]);
  });
});

describe('reading, changing and archiving tasks', () => {
  const state = (id: string) => ({
    id,
    properties: { hs_task_status: 'COMPLETED', hs_timestamp: '1786419000000', hubspot_owner_id: '55' },
  });

  it('reads states by id and leaves out what HubSpot reports as gone', async () => {
    onRead(
      'tasks',
      {
        results: [state('12'), state('11')],
        errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['13'] } }],
      },
      207,
    );

    const tasks = await createHarness().gateway.readTasks(PORTAL, ['11', '12', '13']);

    expect([...tasks.keys()]).toEqual(['11', '12']);
    expect(tasks.get('11')).toEqual({
      taskId: '11',
      ownerId: '55',
      completed: true,
      completedAt: null,
      dueAt: new Date('2026-08-11T03:30:00Z'),
      lastModifiedAt: null,
    });
  });

  it('reads a task alone before it counts as deleted when the reply forgot it', async () => {
    onRead('tasks', { results: [state('11')] });
    nock(API).get(`/crm/objects/${V}/tasks/12`).query(true).reply(200, state('12'));
    nock(API).get(`/crm/objects/${V}/tasks/13`).query(true).reply(404, { category: 'OBJECT_NOT_FOUND' });

    const tasks = await createHarness().gateway.readTasks(PORTAL, ['11', '12', '13']);

    expect([...tasks.keys()]).toEqual(['11', '12']);
  });

  it('repeats a failing read with growing pauses and then gives up', async () => {
    const { gateway, clock } = createHarness();
    nock(API).post(`/crm/objects/${V}/tasks/batch/read`).times(4).reply(503, '<html>');

    const code = await codeOf(gateway.readTasks(PORTAL, ['11']));

    expect(code).toBe('hubspot_unavailable');
    expect(clock.sleptMs.filter((ms) => ms >= 500)).toEqual([500, 1000, 2000]);
    expect(nock.isDone()).toBe(true);
  });

  it('recovers from one failed read', async () => {
    onRead('tasks', '<html>', 502);
    onRead('tasks', { results: [state('11')] });

    const tasks = await createHarness().gateway.readTasks(PORTAL, ['11']);

    expect(tasks.size).toBe(1);
  });

  it('changes what it can and says which tasks are gone', async () => {
    const seen: unknown[] = [];
    nock(API)
      .post(`/crm/objects/${V}/tasks/batch/update`, (body) => seen.push(body) > 0)
      .reply(207, {
        results: [{ id: '11', properties: {} }],
        errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['12'] } }],
      });

    const outcomes = await createHarness().gateway.updateTasks(PORTAL, [
      { taskId: '11', completed: true },
      { taskId: '12', ownerId: asOwnerId('56'), dueAt: START },
    ]);

    expect(outcomes).toEqual([{ result: 'done' }, { result: 'missing' }]);
    expect(seen).toEqual([
      {
        inputs: [
          { id: '11', properties: { hs_task_status: 'COMPLETED' }, objectWriteTraceId: '11' },
          {
            id: '12',
            properties: { hubspot_owner_id: '56', hs_timestamp: '2026-11-02T09:00:00.000Z' },
            objectWriteTraceId: '12',
          },
        ],
      },
    ]);
  });

  it('applies the other changes beside the one that is refused', async () => {
    const sizes: number[] = [];
    nock(API)
      .post(`/crm/objects/${V}/tasks/batch/update`)
      .times(3)
      .reply(async (request: Request) => {
        const { inputs } = (await request.json()) as { inputs: { id: string }[] };
        sizes.push(inputs.length);
        const isBad = inputs.some((input) => input.id === '11');
        return isBad
          ? [400, { category: 'VALIDATION_ERROR' }]
          : [200, { results: inputs.map(({ id }) => ({ id, properties: {} })) }];
      });

    const outcomes = await createHarness().gateway.updateTasks(PORTAL, [
      { taskId: '11', completed: true },
      { taskId: '12', completed: true },
    ]);

    expect(outcomes).toMatchObject([{ result: 'rejected' }, { result: 'done' }]);
    expect(sizes).toEqual([2, 1, 1]);
  });

  it('keeps the reference at the end of a new text', async () => {
    const seen: { inputs: { properties: unknown }[] }[] = [];
    nock(API)
      .post(`/crm/objects/${V}/tasks/batch/update`, (body) => seen.push(body as never) > 0)
      .reply(200, { results: [{ id: '11', properties: {} }] });

    await createHarness().gateway.updateTasks(PORTAL, [
      { taskId: '11', subject: 'Call', bodyHtml: '<p>Ask for Dana.</p>', key: 'taskkey-01' },
    ]);

    expect(seen[0]?.inputs[0]?.properties).toEqual({
      hs_task_subject: 'Call',
      hs_task_body: '<p>Ask for Dana.</p><p>Reference: taskkey-01</p>',
    });
  });

  it('sends a thousand changes in ten calls', async () => {
    const sizes: number[] = [];
    nock(API)
      .post(`/crm/objects/${V}/tasks/batch/update`)
      .times(10)
      .reply(async (request: Request) => {
        const { inputs } = (await request.json()) as { inputs: { id: string }[] };
        sizes.push(inputs.length);
        return [200, { results: inputs.map(({ id }) => ({ id, properties: {} })) }];
      });
    const updates = Array.from({ length: 1_000 }, (_, at) => ({ taskId: String(at + 1), completed: true }));

    const outcomes = await createHarness().gateway.updateTasks(PORTAL, updates);

    expect(sizes).toEqual(Array.from({ length: 10 }, () => 100));
    expect(outcomes.every(({ result }) => result === 'done')).toBe(true);
  });

  it('archives, and is content with tasks that are gone', async () => {
    nock(API)
      .post(`/crm/objects/${V}/tasks/batch/archive`, { inputs: [{ id: '11' }] })
      .reply(404, { category: 'OBJECT_NOT_FOUND' });

    const code = await codeOf(createHarness().gateway.archiveTasks(PORTAL, ['11', '11']));

    expect(code).toBe('none');
  });

  it('archives the others one by one where one of many is gone already', async () => {
    const gone = { category: 'OBJECT_NOT_FOUND' };
    const archive = (...ids: string[]) =>
      nock(API).post(`/crm/objects/${V}/tasks/batch/archive`, { inputs: ids.map((id) => ({ id })) });
    archive('11', '12').reply(404, gone);
    archive('11').reply(204);
    archive('12').reply(404, gone);

    const code = await codeOf(createHarness().gateway.archiveTasks(PORTAL, ['11', '12']));

    expect(code).toBe('none');
    expect(nock.pendingMocks()).toEqual([]);
  });
});
