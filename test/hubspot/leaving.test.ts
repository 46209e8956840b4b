import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId, asOwnerId } from '../../src/core/model.ts';
import type { CallFact } from '../../src/hubspot/portal-client.ts';
import type { HubSpotGateway, TaskDraft } from '../../src/usecases/hubspot-port.ts';
import { PORTAL, START } from './support/fakes.ts';
import { API, codeOf, createHarness, onCreate, onLinks, onRead, V } from './support/harness.ts';

const COMPANY = asCompanyId('501');
const TASK: TaskDraft = {
  key: 'key-00000001',
  companyId: COMPANY,
  ownerId: asOwnerId('9'),
  subject: 'Call',
  bodyHtml: '<p>Ask.</p>',
  dueAt: START,
  type: 'CALL',
  priority: 'MEDIUM',
};
const NOTE = { key: 'key-00000002', companyId: COMPANY, at: START, bodyHtml: '<p>Noted.</p>' };
const WANTED = [{ key: TASK.key, companyId: COMPANY }];

function createWatched(overrides: Parameters<typeof createHarness>[0] = {}) {
  const facts: CallFact[] = [];
  const harness = createHarness({ onCall: (fact) => void facts.push(fact), ...overrides });
  return { ...harness, facts };
}

afterEach(() => {
  nock.cleanAll();
});

describe('a create', () => {
  it.each<[string, (gateway: HubSpotGateway, may: () => boolean) => Promise<unknown>]>([
    ['of tasks', (gateway, may) => gateway.createTasks(PORTAL, 'unique', [TASK], may)],
    ['of notes', (gateway, may) => gateway.createNotes(PORTAL, [NOTE], may)],
  ])('%s does not leave where nobody wants it any more once its turn has come', async (_what, create) => {
    const { gateway, budget, facts } = createWatched();
    const turnsAtAsking: number[] = [];

    const outcomes = await create(gateway, () => {
      turnsAtAsking.push(budget.intervals.length);
      return false;
    });

    expect(outcomes).toEqual([{ result: 'notSent', reason: 'not wanted any more', retryAfterMs: 0 }]);
    expect(turnsAtAsking).toEqual([1]);
    expect(facts.map(({ wasSent }) => wasSent)).toEqual([false]);
  });

  it('leaves where it is still wanted', async () => {
    const { gateway } = createWatched();
    onCreate(([input]) => [
      201,
      {
        status: 'COMPLETE',
        results: [{ id: '7', objectWriteTraceId: input?.objectWriteTraceId, properties: {} }],
      },
    ]);

    const outcomes = await gateway.createTasks(PORTAL, 'unique', [TASK], () => true);

    expect(outcomes).toEqual([{ result: 'created', id: '7' }]);
  });
});

describe('a process that stops', () => {
  it('tries no read again, and waits for none', async () => {
    const { gateway, clock, facts } = createWatched({ stopping: AbortSignal.abort() });

    const code = await codeOf(gateway.owners(PORTAL));

    expect(code).toBe('hubspot_unavailable');
    expect(facts).toHaveLength(1);
    expect(clock.sleptMs).toEqual([]);
  });
});

describe('the turn of a call', () => {
  it.each<[string, (gateway: HubSpotGateway) => Promise<unknown>]>([
    ['the owners', (gateway) => gateway.owners(PORTAL)],
    ['the account', (gateway) => gateway.accountDetails(PORTAL)],
    ['the call outcomes', (gateway) => gateway.callDispositions(PORTAL)],
    ['the lifecycle stages', (gateway) => gateway.lifecycleStages(PORTAL)],
    ['companies', (gateway) => gateway.companiesById(PORTAL, [COMPANY])],
    ['tasks by key', (gateway) => gateway.findTasksByKey(PORTAL, 'unique', WANTED)],
    ['notes by key', (gateway) => gateway.findNotesByKey(PORTAL, WANTED)],
    ['new tasks', (gateway) => gateway.createTasks(PORTAL, 'unique', [TASK])],
    ['changed tasks', (gateway) => gateway.updateTasks(PORTAL, [{ taskId: '7', completed: true }])],
    ['archived tasks', (gateway) => gateway.archiveTasks(PORTAL, ['7'])],
    [
      'changed notes',
      (gateway) => gateway.updateNotes(PORTAL, [{ noteId: '8', key: NOTE.key, bodyHtml: '' }]),
    ],
    [
      'properties of companies',
      (gateway) => gateway.updateCompanies(PORTAL, [{ companyId: COMPANY, properties: {} }]),
    ],
  ])('that reads or writes %s for a job comes after those that a click waits for', async (_what, ask) => {
    const { gateway, facts } = createWatched({ stopping: AbortSignal.abort() });

    await ask(gateway).catch(() => undefined);

    expect(facts.map(({ priority }) => priority)).toEqual(['run']);
  });

  it('comes before those of runs where somebody waits for the log of a company', async () => {
    const { gateway, facts } = createWatched({ stopping: AbortSignal.abort() });

    await codeOf(gateway.companyLog(PORTAL, COMPANY, { from: START, until: START }));

    expect(new Set(facts.map(({ priority }) => priority))).toEqual(new Set(['card']));
  });

  it('stays a run’s for a record that is read alone, and for the links behind a search', async () => {
    const { gateway, facts } = createWatched();
    onRead('companies', { status: 'COMPLETE', results: [] });
    nock(API)
      .get(`/crm/objects/${V}/companies/501`)
      .query(true)
      .reply(404, { status: 'error', category: 'OBJECT_NOT_FOUND', message: 'gone', correlationId: 'c' });
    nock(API).post(`/crm/objects/${V}/tasks/search`).reply(200, { total: 0, results: [] });
    onLinks('companies', 'tasks', { '501': [] });

    await gateway.companiesById(PORTAL, [COMPANY]);
    await gateway.findTasksByKey(PORTAL, 'ledger', WANTED);

    expect(facts.map(({ outcome, priority }) => `${outcome} ${priority}`)).toEqual([
      'ok run',
      'rejected run',
      'ok run',
      'ok run',
    ]);
  });
});
