import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bearer, closeAll, startHubSpot } from './support.ts';
import type { TestHubSpot } from './support.ts';

afterEach(closeAll);

const CREATE = '/crm/objects/2026-03/companies/batch/create';
const INPUTS = {
  inputs: [
    { properties: { name: 'One' } },
    { properties: { name: 'Two' } },
    { properties: { name: 'Three' } },
  ],
};

async function plant(
  hubSpot: TestHubSpot,
  fault: unknown,
  more: Record<string, unknown> = {},
): Promise<string> {
  const answer = await hubSpot.send('POST', '/_control/faults', {
    match: { method: 'POST', path: '/crm/' },
    fault,
    ...more,
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.faultId;
}

/** Companies beyond the two that the account starts with. */
function created(hubSpot: TestHubSpot): number {
  return (hubSpot.simulator.state.portals.get(700001)?.objects.get('companies')?.size ?? 0) - 2;
}

/** What the client gets: the reply's status and text, or the failure of the connection. */
async function post(
  hubSpot: TestHubSpot,
  timeoutMs = 5_000,
): Promise<{ status: number; text: string } | { failure: string }> {
  const headers = { ...bearer(await hubSpot.install()), 'content-type': 'application/json' };
  try {
    const response = await fetch(hubSpot.url + CREATE, {
      method: 'POST',
      headers,
      body: JSON.stringify(INPUTS),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    // Errors of fetch come from outside jest's realm, so instanceof does not know them.
    return { failure: (error as Error).name };
  }
}

async function loggedStatus(hubSpot: TestHubSpot): Promise<unknown> {
  const log = await hubSpot.send('GET', `/_control/requests?method=POST&path=${CREATE}`);
  return log.body;
}

describe('contract line 4: faults', () => {
  it.each([423, 429, 477, 500, 502, 503, 504, 521, 523, 524])(
    'contract line 4: status %i before the commit',
    async (status) => {
      const hubSpot = await startHubSpot();
      await plant(hubSpot, { kind: 'status', status });

      const first = await post(hubSpot);
      const second = await post(hubSpot);

      expect(first).toMatchObject({ status });
      expect(second).toMatchObject({ status: 201 });
      expect(created(hubSpot)).toBe(3);
    },
  );

  it('contract line 4: a status after the commit hides what was done', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'status', status: 503 }, { when: 'after' });

    const answer = await post(hubSpot);

    expect(answer).toMatchObject({ status: 503 });
    expect(created(hubSpot)).toBe(3);
  });

  it.each([0, -1, 1_000_000_000, 'Wed, 21 Oct 2026 07:28:00 GMT', 'soon'])(
    'contract line 4: Retry-After may be %s',
    async (retryAfter) => {
      const hubSpot = await startHubSpot();
      await plant(hubSpot, { kind: 'status', status: 429, retryAfter });

      const answer = await hubSpot.api('POST', CREATE, INPUTS);

      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe(String(retryAfter));
    },
  );

  it.each([
    ['before', 'beforeHeaders', 0],
    ['after', 'beforeHeaders', 3],
    ['after', 'afterHeaders', 3],
    ['after', 'midBody', 3],
  ])('contract line 4: a reset %s the commit, %s', async (when, at, companies) => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'reset', at }, { when });

    const answer = await post(hubSpot);

    expect(answer).toHaveProperty('failure');
    expect(created(hubSpot)).toBe(companies);
  });

  it.each([
    ['before', 0],
    ['after', 3],
  ])('contract line 4: silence %s the commit', async (when, companies) => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'hang' }, { when });

    const answer = await post(hubSpot, 150);

    expect(answer).toEqual({ failure: 'TimeoutError' });
    expect(created(hubSpot)).toBe(companies);
  });

  it('contract line 4: a commit after the client’s timeout', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, undefined, { when: 'late', lateMs: 400 });

    const answer = await post(hubSpot, 150);
    const atTimeout = created(hubSpot);
    await hubSpot.simulator.lateCommitsLanded();

    expect(answer).toEqual({ failure: 'TimeoutError' });
    expect(atTimeout).toBe(0);
    expect(created(hubSpot)).toBe(3);
  });

  it('contract line 4: bytes that trickle', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'slow', bytesPerSecond: 20 }, { when: 'after' });

    const answer = await post(hubSpot, 300);

    expect(answer).toEqual({ failure: 'TimeoutError' });
    expect(created(hubSpot)).toBe(3);
  });

  it('contract line 4: a body whose connection ends halfway', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'cutBody' }, { when: 'after' });

    const answer = await post(hubSpot);

    expect(answer).toHaveProperty('failure');
    expect(created(hubSpot)).toBe(3);
  });

  it('contract line 4: JSON that stops halfway, an HTML page, no body, another shape', async () => {
    const hubSpot = await startHubSpot();
    const bodyOf = async (kind: string) => {
      await plant(hubSpot, { kind }, { when: 'after' });
      const answer = await post(hubSpot);
      return 'text' in answer ? answer.text : answer.failure;
    };

    const [cut, html, empty, shape] = [
      await bodyOf('cutJson'),
      await bodyOf('htmlBody'),
      await bodyOf('emptyBody'),
      await bodyOf('wrongShape'),
    ];

    expect(() => JSON.parse(cut) as unknown).toThrow(SyntaxError);
    expect(cut).toMatch(/^\{"status":"COMPLETE"/);
    expect(html).toMatch(/^<html>/);
    expect(empty).toBe('');
    expect(JSON.parse(shape)).not.toMatchObject({ results: expect.any(Array) });
  });

  it('contract line 4: ids as numbers', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'numericIds' }, { when: 'after' });

    const answer = await hubSpot.api('POST', CREATE, INPUTS);

    expect(typeof answer.body.results[0]?.id).toBe('number');
  });

  it('contract line 4: a body far larger than expected, plain or compressed', async () => {
    const hubSpot = await startHubSpot();
    const lengthOf = async (gzip: boolean) => {
      await plant(hubSpot, { kind: 'hugeBody', megabytes: 8, gzip }, { when: 'after' });
      const answer = await post(hubSpot);
      return 'text' in answer ? answer.text.length : 0;
    };

    const lengths = [await lengthOf(false), await lengthOf(true)];

    expect(lengths).toEqual([8_000_000, 8_000_000]);
  });

  it('contract line 4: a client that leaves while its body is sent changes nothing', async () => {
    const hubSpot = await startHubSpot();
    const token = await hubSpot.install();
    const leave = new AbortController();
    const body = new ReadableStream({
      start: (controller) =>
        controller.enqueue(new TextEncoder().encode('{"inputs":[{"properties":{"name":"Half')),
    });

    const sent = fetch(hubSpot.url + CREATE, {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json' },
      body,
      duplex: 'half',
      signal: leave.signal,
    } as RequestInit).catch(() => 'left');
    await delay(50);
    leave.abort();

    expect(await sent).toBe('left');
    expect(created(hubSpot)).toBe(0);
  });

  it('hits only what matches, after letting some pass, and counts its hits', async () => {
    const hubSpot = await startHubSpot();
    const faultId = await plant(
      hubSpot,
      { kind: 'status', status: 500 },
      {
        match: { path: '/batch\\/create$/', portalId: 700001 },
        skip: 1,
        count: 2,
      },
    );

    const read = await hubSpot.api('GET', '/crm/objects/2026-03/companies/101');
    const statuses: number[] = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await hubSpot.api('POST', CREATE, INPUTS)).status);

    const planted = await hubSpot.send('GET', '/_control/faults');
    expect(read.status).toBe(200);
    expect(statuses).toEqual([201, 500, 500, 201]);
    expect(planted.body).toMatchObject({ faults: [{ faultId, hit: 2 }] });
  });

  it('names the fault and the status that the client saw in the request log', async () => {
    const hubSpot = await startHubSpot();
    const faultId = await plant(hubSpot, { kind: 'reset' }, { when: 'after' });

    await post(hubSpot);

    expect(await loggedStatus(hubSpot)).toMatchObject([{ faultId, status: 0, portalId: 700001 }]);
  });

  it('hits the token endpoint too, for the portal of the refresh token', async () => {
    const hubSpot = await startHubSpot();
    const tokens = await hubSpot.tokens();
    await plant(hubSpot, { kind: 'status', status: 503 }, { match: { path: '/oauth/', portalId: 700001 } });

    const answer = await hubSpot.form('/oauth/2026-03/token', {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      client_id: 'client-1',
      client_secret: 'secret-1',
    });

    expect(answer.status).toBe(503);
  });

  it('is forgotten on request', async () => {
    const hubSpot = await startHubSpot();
    await plant(hubSpot, { kind: 'status', status: 500 });

    await hubSpot.send('DELETE', '/_control/faults');

    expect(await post(hubSpot)).toMatchObject({ status: 201 });
  });

  it.each([
    ['an unknown kind', { fault: { kind: 'explode' } }, 'fault.kind'],
    ['a misspelled field', { fault: { kind: 'hang' }, cuont: 2 }, 'cuont'],
    ['no fault', { when: 'before' }, 'fault'],
    [
      'changed results without a commit',
      { when: 'before', fault: { kind: 'results', change: 'extra' } },
      'when',
    ],
    ['a broken expression', { match: { path: '/(/' }, fault: { kind: 'hang' } }, 'match.path'],
  ])('refuses %s, naming field and remedy', async (_what, body, field) => {
    const hubSpot = await startHubSpot();

    const answer = await hubSpot.send('POST', '/_control/faults', body);

    expect(answer.status).toBe(400);
    expect(answer.body.field).toBe(field);
    expect(answer.body.remedy.length).toBeGreaterThan(5);
  });
});

describe('contract line 5: changed results', () => {
  const change = async (kind: string) => {
    const hubSpot = await startHubSpot();
    await hubSpot.settings({ batchOrder: 'asSent' });
    await plant(hubSpot, { kind: 'results', change: kind }, { when: 'after' });
    const answer = await hubSpot.api('POST', CREATE, {
      inputs: Array.from({ length: 12 }, (_, index) => ({ properties: { name: String(index) } })),
    });
    const ids = answer.body.results.map((company) => company.id);
    return {
      ids,
      names: answer.body.results.map((company) => company.properties['name'] ?? null),
      made: created(hubSpot),
    };
  };
  const sent = Array.from({ length: 12 }, (_, index) => String(index));

  it('contract line 5: results shuffled', async () => {
    const { names, made } = await change('shuffled');

    expect(names).not.toEqual(sent);
    expect(names.toSorted()).toEqual(sent.toSorted());
    expect(made).toBe(12);
  });

  it('contract line 5: a result missing although the record exists', async () => {
    const { ids, made } = await change('missing');

    expect([ids.length, made]).toEqual([11, 12]);
  });

  it('contract line 5: a result that nobody asked for', async () => {
    const { ids, names, made } = await change('extra');

    expect([ids.length, made]).toEqual([13, 12]);
    expect(names.at(-1)).toBeNull();
  });

  it('contract line 5: a result twice', async () => {
    const { ids, made } = await change('duplicate');

    expect([ids.length, new Set(ids).size, made]).toEqual([13, 12, 12]);
  });
});
