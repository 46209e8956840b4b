import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId, asOwnerId } from '../../src/core/model.ts';
import type { TaskDraft } from '../../src/usecases/hubspot-port.ts';
import { START, PORTAL } from './support/fakes.ts';
import { API, codeOf, createHarness, onCreate, V, type CreateInput } from './support/harness.ts';

const draft = (key: string): TaskDraft => ({
  key: `touchkey-${key}`,
  companyId: asCompanyId('901'),
  ownerId: asOwnerId('55'),
  subject: 'Call Dana',
  bodyHtml: '<p>Ask.</p>',
  dueAt: START,
  type: 'CALL',
  priority: 'MEDIUM',
});
const drafts = (count: number) => Array.from({ length: count }, (_, index) => draft(String(index + 1)));
const idOf = (input: CreateInput) => `70${input.objectWriteTraceId.replace('touchkey-', '')}`;
const created = (input: CreateInput) => ({
  id: idOf(input),
  properties: { ...input.properties },
  archived: false,
});
const failed = (input: CreateInput, category: string, code = '') => ({
  status: 'error',
  category,
  message: 'about Dana Ruiz',
  context: { objectWriteTraceId: [input.objectWriteTraceId] },
  ...(code && { errors: [{ code }] }),
});
const results = (outcomes: readonly { result: string }[]) =>
  outcomes.map((outcome) => outcome.result).join(' ');

afterEach(() => nock.cleanAll());

describe('creating tasks', () => {
  it('sends key, owner, due time and the company link with every task of one batch', async () => {
    const seen: CreateInput[] = [];
    onCreate((inputs) => {
      seen.push(...inputs);
      return [201, { status: 'COMPLETE', results: inputs.map(created) }];
    });

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', [draft('1')]);

    expect(outcomes).toEqual([{ result: 'created', id: '701' }]);
    expect(seen).toEqual([
      {
        objectWriteTraceId: 'touchkey-1',
        properties: {
          hs_timestamp: '2026-11-02T09:00:00.000Z',
          hs_task_subject: 'Call Dana',
          hs_task_body: '<p>Ask.</p>',
          hs_task_status: 'NOT_STARTED',
          hs_task_type: 'CALL',
          hs_task_priority: 'MEDIUM',
          hubspot_owner_id: '55',
          sci_touch_key: 'touchkey-1',
        },
        associations: [
          { to: { id: '901' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }] },
        ],
      },
    ]);
  });

  it('writes the key into the body where no property can carry it, and finds it there again', async () => {
    onCreate((inputs) => [201, { results: inputs.map(created).reverse() }]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'ledger', drafts(3));

    expect(outcomes).toEqual(['701', '702', '703'].map((id) => ({ result: 'created', id })));
  });

  it('matches shuffled, doubled and foreign results by key', async () => {
    onCreate((inputs) => {
      const foreign = { id: '999', properties: { sci_touch_key: 'someone-elses' } };
      return [201, { results: [foreign, ...inputs.map(created).reverse(), created(inputs[0]!)] }];
    });

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(3));

    expect(outcomes).toEqual(['701', '702', '703'].map((id) => ({ result: 'created', id })));
  });

  it('takes a result’s trace id where the reply leaves the properties out', async () => {
    onCreate((inputs) => [
      201,
      {
        results: inputs.map((input) => ({
          id: idOf(input),
          properties: {},
          objectWriteTraceId: input.objectWriteTraceId,
        })),
      },
    ]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(2));

    expect(results(outcomes)).toBe('created created');
  });

  it('reads a 207 item by item', async () => {
    onCreate((inputs) => [
      207,
      {
        results: [created(inputs[4]!), created(inputs[0]!)],
        errors: [
          failed(inputs[1]!, 'VALIDATION_ERROR', 'INVALID_OPTION'),
          failed(inputs[2]!, 'INTERNAL_ERROR'),
          failed(inputs[3]!, 'VALIDATION_ERROR', 'CONFLICTING_UNIQUE_VALUE'),
        ],
      },
    ]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(6));

    expect(results(outcomes)).toBe('created rejected unknown unknown created unknown');
    expect(outcomes[1]).toEqual({ result: 'rejected', reason: 'VALIDATION_ERROR INVALID_OPTION' });
  });

  it('does not believe two ids for one key, one id for two keys, or both a result and an error', async () => {
    onCreate((inputs) => [
      207,
      {
        results: [
          created(inputs[0]!),
          { ...created(inputs[0]!), id: '888' },
          created(inputs[1]!),
          { ...created(inputs[2]!), id: '702' },
          created(inputs[3]!),
        ],
        errors: [failed(inputs[3]!, 'VALIDATION_ERROR')],
      },
    ]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(4));

    expect(results(outcomes)).toBe('unknown unknown unknown unknown');
  });

  it.each([
    ['bad JSON', 201, '{"results":['],
    ['HTML', 200, '<html></html>'],
    ['an empty body', 201, ''],
    ['another shape', 201, { data: [] }],
    ['numeric ids', 201, { results: [{ id: 701, properties: { sci_touch_key: 'touchkey-1' } }] }],
    ['absent ids', 201, { results: [{ properties: { sci_touch_key: 'touchkey-1' } }] }],
    ['no result', 201, { results: [] }],
    ['423', 423, { status: 'error' }],
    ['477', 477, {}],
    ['500', 500, { status: 'error' }],
    ['502', 502, '<html>'],
    ['504', 504, ''],
    ['524', 524, ''],
    ['a redirect', 302, ''],
    ['408', 408, {}],
    ['an HTML 400', 400, '<html>'],
    ['a 409 in ledger mode', 409, { category: 'CONFLICT' }],
    ['a 429 for two', 429, { policyName: 'TEN_SECONDLY_ROLLING' }],
  ])('leaves the outcome unknown after %s, and sends once', async (_name, status, body) => {
    onCreate(() => [status, body]);
    const again = onCreate(() => [201, { results: [] }]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'ledger', drafts(2));

    expect(results(outcomes)).toBe('unknown unknown');
    expect(again.isDone()).toBe(false);
  });

  it('knows that a single throttled task was not created, and how long to wait', async () => {
    onCreate(() => [429, { policyName: 'TEN_SECONDLY_ROLLING' }, { 'Retry-After': '1000000000' }]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(1));

    expect(outcomes).toEqual([{ result: 'notSent', reason: 'throttled', retryAfterMs: 300_000 }]);
  });

  it('sends nothing while the portal is paused for minutes', async () => {
    const { gateway } = createHarness();
    onCreate(() => [429, {}, { 'Retry-After': '240' }]);
    await gateway.createTasks(PORTAL, 'unique', drafts(2));

    const outcomes = await gateway.createTasks(PORTAL, 'unique', drafts(2));

    expect(outcomes.map((outcome) => outcome.result)).toEqual(['notSent', 'notSent']);
  });

  it('halves a batch that was refused as a whole until the one bad task is found', async () => {
    const calls: number[] = [];
    onCreate((inputs) => {
      calls.push(inputs.length);
      const isBad = inputs.some((input) => input.objectWriteTraceId === 'touchkey-6');
      return isBad ? [400, { category: 'VALIDATION_ERROR' }] : [201, { results: inputs.map(created) }];
    }, 20);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(8));

    expect(results(outcomes)).toBe('created created created created created rejected created created');
    expect(calls).toEqual([8, 4, 4, 2, 1, 1, 2]);
  });

  it('asks once for each owner whom HubSpot refuses, however many tasks are theirs', async () => {
    const calls: number[] = [];
    onCreate((inputs) => {
      calls.push(inputs.length);
      const isGone = inputs.some(({ properties }) => properties['hubspot_owner_id'] === '13');
      return isGone
        ? [400, { category: 'VALIDATION_ERROR', errors: [{ code: 'INVALID_OWNER_ID' }] }]
        : [201, { results: inputs.map(created) }];
    }, 40);
    const owned = drafts(20).map((each, index) => ({
      ...each,
      ownerId: asOwnerId(String(11 + (index % 4))),
    }));

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', owned);

    const refused = outcomes.filter(({ result }) => result === 'rejected');
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ reason: '400 VALIDATION_ERROR INVALID_OWNER_ID' });
    expect(outcomes.filter(({ result }) => result === 'created')).toHaveLength(15);
    expect(calls).toEqual([20, 10, 10, 5, 5]);
  });

  it('does not halve a batch over a property that none of its tasks can have', async () => {
    onCreate(() => [400, { category: 'VALIDATION_ERROR', errors: [{ code: 'PROPERTY_DOESNT_EXIST' }] }]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(3));

    expect(outcomes).toEqual(
      Array.from({ length: 3 }, () => ({
        result: 'notSent',
        reason: '400 VALIDATION_ERROR PROPERTY_DOESNT_EXIST',
        retryAfterMs: 900_000,
        isForAll: true,
      })),
    );
  });

  it('rejects a change over a property that is gone, and lets one wait for a permission', async () => {
    const answers = [
      [400, { category: 'VALIDATION_ERROR', errors: [{ code: 'PROPERTY_DOESNT_EXIST' }] }],
      [403, { category: 'MISSING_SCOPES' }],
    ] as const;
    for (const [status, body] of answers)
      nock(API)
        .post(/tasks\/batch\/update$/)
        .reply(status, body);
    const { gateway } = createHarness();

    const gone = await gateway.updateTasks(PORTAL, [{ taskId: '701', subject: 'Call' }]);
    const waiting = await gateway.updateTasks(PORTAL, [{ taskId: '701', subject: 'Call' }]);

    expect(results([...gone, ...waiting])).toBe('rejected notSent');
  });

  it('narrows a conflict down to the one task that exists already', async () => {
    onCreate((inputs) => {
      const isTaken = inputs.some((input) => input.objectWriteTraceId === 'touchkey-2');
      return isTaken ? [409, { category: 'CONFLICT' }] : [201, { results: inputs.map(created) }];
    }, 20);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(4));

    expect(results(outcomes)).toBe('created unknown created created');
  });

  it('reports a refused token as not sent', async () => {
    onCreate(() => [401, { category: 'INVALID_AUTHENTICATION' }]);
    nock(API).post(`/oauth/${V}/token/introspect`).reply(500);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(2));

    expect(results(outcomes)).toBe('notSent notSent');
  });

  it.each([
    ['403 MISSING_SCOPES', 403, { category: 'MISSING_SCOPES' }],
    ['403 FORBIDDEN', 403, { category: 'FORBIDDEN' }],
    ['410 GONE', 410, { category: 'GONE' }],
  ])('knows that %s is about none of the tasks, and asks once', async (reason, status, body) => {
    onCreate(() => [status, body]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(2));

    expect(outcomes).toEqual(
      Array.from({ length: 2 }, () => ({ result: 'notSent', reason, retryAfterMs: 900_000, isForAll: true })),
    );
  });

  it('reads a missing permission or property out of a 207 too', async () => {
    onCreate((inputs) => [
      207,
      {
        results: [],
        errors: [
          failed(inputs[0]!, 'MISSING_SCOPES'),
          failed(inputs[1]!, 'VALIDATION_ERROR', 'PROPERTY_DOESNT_EXIST'),
          failed(inputs[2]!, 'FORBIDDEN'),
        ],
      },
    ]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(3));

    expect(outcomes).toMatchObject([
      { result: 'notSent', isForAll: true },
      { result: 'notSent', isForAll: true },
      { result: 'rejected' },
    ]);
  });

  it('takes a refusal for one task’s own where others of its batch were made', async () => {
    onCreate((inputs) => [
      207,
      { results: [created(inputs[0]!)], errors: [failed(inputs[1]!, 'MISSING_SCOPES')] },
    ]);

    const outcomes = await createHarness().gateway.createTasks(PORTAL, 'unique', drafts(2));

    expect(results(outcomes)).toBe('created rejected');
  });

  it('refuses two drafts with one key before anything is sent', async () => {
    const code = await codeOf(
      createHarness().gateway.createTasks(PORTAL, 'unique', [draft('1'), draft('1')]),
    );

    expect(code).toBe('internal');
  });
});
