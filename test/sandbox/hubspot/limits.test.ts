import { afterEach, describe, expect, it } from '@jest/globals';
import { bearer, closeAll, portalDocument, startHubSpot } from './support.ts';
import type { TestHubSpot } from './support.ts';

afterEach(closeAll);

const READ = '/crm/objects/2026-03/companies/101';
const SEARCH = '/crm/objects/2026-03/companies/search';

/** The status of `count` calls, one after the other. */
async function statuses(count: number, call: () => Promise<{ status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let index = 0; index < count; index += 1) seen.push((await call()).status);
  return seen;
}

function countOf(seen: readonly number[], status: number): number {
  return seen.filter((one) => one === status).length;
}

function searchCall(hubSpot: TestHubSpot) {
  return () => hubSpot.api('POST', SEARCH, { limit: 1 });
}

describe('contract line 3: rolling limits', () => {
  it('contract line 3: 110 calls pass in ten seconds, the next answers 429', async () => {
    const hubSpot = await startHubSpot();

    const seen = await statuses(112, () => hubSpot.api('GET', READ));

    expect(countOf(seen.slice(0, 110), 200)).toBe(110);
    expect(seen.slice(110)).toEqual([429, 429]);
  });

  it('contract line 3: the window rolls: what was spent ten seconds ago is free again', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 4 });
    const read = () => hubSpot.api('GET', READ);

    const early = await statuses(2, read);
    await hubSpot.advance(6_000);
    const late = await statuses(3, read);
    await hubSpot.advance(4_000);
    const rolled = await statuses(3, read);

    expect(early).toEqual([200, 200]);
    expect(late).toEqual([200, 200, 429]);
    expect(rolled).toEqual([200, 200, 429]);
  });

  it('contract line 3: each portal has a budget of its own', async () => {
    const hubSpot = await startHubSpot([portalDocument(700001), portalDocument(700002)]);
    await hubSpot.settings({ limitPerTenSeconds: 1 });
    const other = await hubSpot.install(700002);

    const mine = await statuses(2, () => hubSpot.api('GET', READ));
    const theirs = await statuses(3, () => hubSpot.send('GET', READ, undefined, bearer(other)));

    expect(mine).toEqual([200, 429]);
    expect(theirs).toEqual([200, 200, 200]);
  });

  it('contract line 3: replies tell the budget in headers, on refusals too', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 1 });

    const first = await hubSpot.api('GET', READ);
    const second = await hubSpot.api('GET', READ);

    const rateHeaders = (answer: { headers: Headers }) =>
      ['max', 'remaining', 'interval-milliseconds'].map((name) =>
        answer.headers.get(`x-hubspot-ratelimit-${name}`),
      );
    expect(rateHeaders(first)).toEqual(['1', '0', '10000']);
    expect(rateHeaders(second)).toEqual(['1', '0', '10000']);
    expect(first.headers.has('x-hubspot-ratelimit-daily')).toBe(false);
  });

  it('contract line 3: five searches a second pass, apart from the other budget and without headers', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 1 });

    const seen = await statuses(6, searchCall(hubSpot));
    const refused = await hubSpot.api('POST', SEARCH, {});
    const read = await hubSpot.api('GET', READ);
    await hubSpot.advance(1_000);
    const later = await statuses(1, searchCall(hubSpot));

    expect(seen).toEqual([200, 200, 200, 200, 200, 429]);
    expect(refused.body).toMatchObject({
      policyName: 'SECONDLY',
      message: 'You have reached your secondly limit.',
    });
    expect([...refused.headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
    expect(read.status).toBe(200);
    expect(later).toEqual([200]);
  });

  it('contract line 3: other load in the account lowers what is left', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ foreignCallsPerTenSeconds: 108, foreignSearchesPerSecond: 4 });

    const calls = await statuses(3, () => hubSpot.api('GET', READ));
    const searches = await statuses(2, searchCall(hubSpot));

    expect(calls).toEqual([200, 200, 429]);
    expect(searches).toEqual([200, 429]);
  });

  it('contract line 3: a 429 comes in both of its forms, with Retry-After by switch', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 1 });
    await hubSpot.api('GET', READ);

    const byType = await hubSpot.api('GET', READ);
    await hubSpot.settings({ rateLimitVariant: 'category', rateLimitRetryAfter: true });
    const byCategory = await hubSpot.api('GET', READ);

    expect(byType.body).toMatchObject({
      status: 'error',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
    });
    expect(byType.headers.has('retry-after')).toBe(false);
    expect(byCategory.body).toMatchObject({ status: 'error', category: 'RATE_LIMITS' });
    expect(byCategory.body).not.toHaveProperty('policyName');
    expect(byCategory.headers.get('retry-after')).toBe('10');
  });

  it('contract line 3: by switch association calls have a lower limit', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ associationsPerTenSeconds: 2 });
    const link = () =>
      hubSpot.api('POST', '/crm/associations/2026-03/contacts/companies/batch/read', {
        inputs: [{ id: '201' }],
      });

    const seen = await statuses(3, link);
    const read = await hubSpot.api('GET', READ);

    expect(seen).toEqual([200, 200, 429]);
    expect(read.status).toBe(200);
  });

  it('a refused call has no effect', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 1 });
    await hubSpot.api('GET', READ);

    const refused = await hubSpot.api('PATCH', READ, { properties: { name: 'Changed' } });

    expect(refused.status).toBe(429);
    expect(
      hubSpot.simulator.state.portals.get(700001)?.objects.get('companies')?.get('101')?.properties['name'],
    ).toBe('Northwind');
  });
});

describe('contract line 19: the clock and the log', () => {
  it('contract line 19: the request log shows every call with its portal, simulated time, status and inputs', async () => {
    const hubSpot = await startHubSpot();
    const token = await hubSpot.install();
    await hubSpot.advance(5_000);

    await hubSpot.send(
      'POST',
      '/crm/objects/2026-03/companies/batch/read',
      { inputs: [{ id: '101' }, { id: '102' }] },
      {
        ...bearer(token),
        'x-run-id': 'run-7',
      },
    );
    const log = await hubSpot.send(
      'GET',
      '/_control/requests?portalId=700001&method=POST&path=/crm/&since=2026-11-02T15:00:05Z',
    );

    expect(log.body).toMatchObject([
      {
        at: '2026-11-02T15:00:05.000Z',
        portalId: 700001,
        method: 'POST',
        path: '/crm/objects/2026-03/companies/batch/read',
        status: 200,
        inputs: 2,
        runId: 'run-7',
      },
    ]);
  });

  it('contract line 19: the log proves that no ten seconds held more than the limit', async () => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ limitPerTenSeconds: 3 });
    for (let round = 0; round < 4; round += 1) {
      await statuses(4, () => hubSpot.api('GET', READ));
      await hubSpot.advance(5_000);
    }

    const log = await hubSpot.send('GET', '/_control/requests?portalId=700001&path=/crm/');

    const passed = (log.body as unknown as { at: string; status: number }[])
      .filter((request) => request.status === 200)
      .map((request) => Date.parse(request.at));
    const fullest = Math.max(
      ...passed.map((at) => passed.filter((other) => other > at - 10_000 && other <= at).length),
    );
    expect(fullest).toBe(3);
  });

  it('contract line 19: the same seed gives the same order of results', async () => {
    const order = async (seed: number) => {
      const hubSpot = await startHubSpot([portalDocument()], { seed });
      const inputs = Array.from({ length: 20 }, (_, index) => ({
        properties: { name: `C${String(index)}` },
      }));
      const answer = await hubSpot.api('POST', '/crm/objects/2026-03/companies/batch/create', { inputs });
      return answer.body.results.map((company) => company.properties['name']);
    };

    const [first, again, other] = [await order(7), await order(7), await order(8)];

    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});
