import { afterEach, describe, expect, it } from '@jest/globals';
import { createLatency } from '../../../sandbox/hubspot/latency.ts';
import { DEFAULT_SETTINGS } from '../../../sandbox/hubspot/settings.ts';
import { START, closeAll, startHubSpot } from './support.ts';
import type { TestHubSpot } from './support.ts';

afterEach(closeAll);

const READ = '/crm/objects/2026-03/companies/101';

async function reads(hubSpot: TestHubSpot, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) await hubSpot.api('GET', READ);
}

function task(key: string, companyId: string) {
  return {
    properties: { hs_timestamp: START, hs_task_subject: 'Ask', hs_task_body: `Reference: ${key}.` },
    associations: [
      {
        to: { id: companyId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 192 }],
      },
    ],
  };
}

describe('what the request log adds up to', () => {
  it('counts calls by path and status, without the ids in the path', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 2 });
    await reads(hubSpot, 3);

    const stats = await hubSpot.send('GET', '/_control/requests/stats?portalId=700001&path=/crm/');

    expect(stats.body).toMatchObject({
      calls: 3,
      rate429: 1,
      faulted: 0,
      byPath: { 'GET /crm/objects/2026-03/companies/{id}': { calls: 3, byStatus: { 200: 2, 429: 1 } } },
    });
  });

  it('adds up the inputs of batches', async () => {
    const hubSpot = await startHubSpot();
    const path = '/crm/objects/2026-03/companies/batch/create';
    for (const count of [3, 4]) {
      const inputs = Array.from({ length: count }, () => ({ properties: { name: 'C' } }));
      await hubSpot.api('POST', path, { inputs });
    }

    const stats = await hubSpot.send('GET', `/_control/requests/stats?path=${path}`);

    expect(stats.body).toMatchObject({ byPath: { [`POST ${path}`]: { calls: 2, inputs: 7 } } });
  });

  it('finds the fullest ten seconds of calls and the fullest second of searches', async () => {
    const hubSpot = await startHubSpot();
    const search = () => hubSpot.api('POST', '/crm/objects/2026-03/companies/search', {});
    await reads(hubSpot, 2);
    await hubSpot.advance(6_000);
    await reads(hubSpot, 3);
    await search();
    await hubSpot.advance(4_000);
    await reads(hubSpot, 1);
    for (const _ of [1, 2]) await search();

    const stats = await hubSpot.send('GET', '/_control/requests/stats');

    // The first two reads are exactly ten seconds old when the last one comes: they are free again.
    expect(stats.body).toMatchObject({ maxCallsInTenSeconds: 5, maxSearchesInOneSecond: 2 });
  });

  it('counts the faults that were met', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.send('POST', '/_control/faults', {
      match: { path: READ },
      fault: { kind: 'status', status: 503 },
    });
    await reads(hubSpot, 2);

    const stats = await hubSpot.send('GET', '/_control/requests/stats?path=/crm/');

    expect(stats.body).toMatchObject({ calls: 2, faulted: 1, byStatus: { 200: 1, 503: 1 } });
  });
});

describe('what an account’s tasks add up to', () => {
  it('tells keys that stand twice and companies with no task or two, archived ones aside', async () => {
    const hubSpot = await startHubSpot();
    const create = (body: unknown) => hubSpot.api('POST', '/crm/objects/2026-03/tasks', body);
    await create(task('k-1', '101'));
    await create(task('k-1', '101'));
    const { body } = await create(task('k-2', '102'));
    await hubSpot.api('DELETE', `/crm/objects/2026-03/tasks/${body.id}`);

    const stats = await hubSpot.send('GET', '/_control/portals/700001/tasks?keyPattern=k-%5Cd');

    expect(stats.body).toEqual({
      companies: 2,
      tasks: 3,
      liveTasks: 2,
      byKeyDuplicates: 1,
      companiesWithoutTask: 1,
      companiesWithTwo: 1,
      repeatedKeys: ['k-1'],
    });
  });

  it('takes the key from its property where there is one, and leaves earlier tasks out', async () => {
    const hubSpot = await startHubSpot();
    const create = (subject: string) =>
      hubSpot.api('POST', '/crm/objects/2026-03/tasks', {
        properties: { hs_timestamp: START, hs_task_subject: subject },
      });
    await create('a');
    await hubSpot.advance(1_000);
    await create('a');
    await create('b');

    const since = '2026-11-02T15:00:01Z';
    const all = await hubSpot.send('GET', '/_control/portals/700001/tasks?keyProperty=hs_task_subject');
    const late = await hubSpot.send(
      'GET',
      `/_control/portals/700001/tasks?keyProperty=hs_task_subject&since=${since}`,
    );

    expect(all.body).toMatchObject({ tasks: 3, byKeyDuplicates: 1 });
    expect(late.body).toMatchObject({ tasks: 2, byKeyDuplicates: 0 });
  });
});

describe('the latency of calls', () => {
  const settings = { ...DEFAULT_SETTINGS, latencyMs: 80, readLatencyMs: 40 };

  it('is the switch of its kind, a search taking a read’s time unless it has its own', () => {
    const latency = createLatency(1);

    expect([latency(settings, 'write'), latency(settings, 'read'), latency(settings, 'search')]).toEqual([
      80, 40, 40,
    ]);
    expect(latency({ ...settings, searchLatencyMs: 250 }, 'search')).toBe(250);
  });

  it('is spread around its median, the same by the same seed', () => {
    const draw = (seed: number) => {
      const latency = createLatency(seed);
      return Array.from({ length: 2_001 }, () => latency({ ...settings, latencySpread: 0.3 }, 'write'));
    };

    const drawn = draw(5).toSorted((a, b) => a - b);

    expect(draw(5).toSorted((a, b) => a - b)).toEqual(drawn);
    expect(draw(6)).not.toEqual(draw(5));
    expect(drawn[1_000]).toBeGreaterThan(76);
    expect(drawn[1_000]).toBeLessThan(84);
    expect(drawn[1_900]).toBeGreaterThan(120);
    expect(drawn[1_900]).toBeLessThan(145);
  });
});
