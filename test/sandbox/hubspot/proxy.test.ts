import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  controlFetchSchema,
  type ProxyReply,
  type ProxyRequestInput,
} from '../../../sandbox/hubspot/proxy-contract.ts';
import { checkProxyRequest } from '../../../sandbox/hubspot/proxy-rules.ts';
import { signatureV3 } from '../../../sandbox/hubspot/proxy-signature.ts';
import { createProxyRoutes, proxyFetch } from '../../../sandbox/hubspot/proxy.ts';
import {
  answer,
  createParts,
  portalId,
  serve,
  startAt,
  startBackend,
  type Backend,
} from './webhooks-support.ts';

const identity = `userId=7&portalId=${String(portalId)}&userEmail=rep%40example.com&appId=99`;

describe('signatures', () => {
  const secret = 'test-secret';
  const timestampMs = 1_796_115_600_000;

  it.each([
    [
      'POST',
      'https://app.example.com/hubspot/webhooks',
      '[{"eventId":1}]',
      '3O19hgXcAZtabDEYTd7tG6OkwmCnRVqyIMrnpuHcDes=',
    ],
    [
      'GET',
      'https://app.example.com/c?userId=7&portalId=123&userEmail=rep%40example.com&appId=99',
      '',
      'TVWdrCKpeW8azz7ip4hrqZ88vDUfSOpRP0YLNm7v5x4=',
    ],
    [
      'POST',
      'https://app.example.com/x?q=a%20b%2Bc%3Ad&r=%E2%9C%93',
      '{"note":"é"}',
      '/99vPQa+6DMYBUa7EAQpMk/6yhPbhydwLlPdA5Tj88I=',
    ],
  ])('match the known value of %s %s', (method, uri, body, expected) => {
    const signature = signatureV3({ secret, method, uri, body, timestampMs });

    expect(signature).toBe(expected);
  });
});

describe('the fetch proxy', () => {
  let backend: Backend;
  let parts: ReturnType<typeof createParts>;
  let control: Awaited<ReturnType<typeof serve>>;
  let origin: string | null;

  beforeEach(async () => {
    backend = await startBackend();
    origin = backend.origin;
    parts = createParts(() => origin);
    control = await serve(createProxyRoutes(parts));
  });

  afterEach(async () => {
    await control.close();
    await backend.close();
  });

  const fetchAs = async (request: Partial<ProxyRequestInput>) => {
    const reply = await control.call('POST', '/_control/fetch', { portalId, userId: 7, ...request });
    return reply.body as ProxyReply;
  };

  it('contract line 18: appends who is asking, after what the card sent', async () => {
    backend.respondWith(answer(200, { hello: 'card' }));

    const reply = await fetchAs({ path: '/api/home?portalId=1', query: { tag: ['a b', "c'd"] } });

    expect(reply).toMatchObject({ status: 200, body: { hello: 'card' }, attempts: 1 });
    expect(backend.received[0]!.target).toBe(`/api/home?portalId=1&tag=a%20b&tag=c'd&${identity}`);
  });

  it('contract line 18: signs version 3 and 2 over the public URL', async () => {
    await fetchAs({ method: 'post', path: '/api/check-ins', body: { words: 'é' } });

    const { headers, body } = backend.received[0]!;
    const uri = `https://app.example.com/api/check-ins?${identity}`;
    const decoded = uri.replace('%40', '@');
    const v3 = createHmac('sha256', 'test-secret').update(
      `POST${decoded}${body}${String(startAt.getTime())}`,
    );
    const v2 = createHash('sha256').update(`test-secretPOST${uri}${body}`);
    expect(headers['x-hubspot-request-timestamp']).toBe(String(startAt.getTime()));
    expect(headers['x-hubspot-signature-v3']).toBe(v3.digest('base64'));
    expect(headers['x-hubspot-signature']).toBe(v2.digest('hex'));
    expect(body).toBe('{"words":"é"}');
  });

  it.each<[string, Partial<ProxyRequestInput>]>([
    ['an address outside the app', { url: 'https://other.example.com/api/home' }],
    ['a look-alike address', { url: 'https://app.example.com.evil.example/api/home' }],
    ['plain http', { url: 'http://app.example.com/api/home' }],
    ['a relative address', { url: '/api/home' }],
    ['localhost', { url: 'https://localhost:3000/api/home' }],
    ['a second header', { path: '/x', headers: { Authorization: 'Bearer 1', 'X-Other': '2' } }],
    ['another header than Authorization', { path: '/x', headers: { 'X-Other': '2' } }],
    ['a body that is an array', { path: '/x', method: 'POST', body: [1] }],
    ['a body that is a string', { path: '/x', method: 'POST', body: 'text' }],
    ['a body of a GET', { path: '/x', body: {} }],
    ['an unknown method', { path: '/x', method: 'TRACE' }],
  ])('contract line 18: refuses %s before anything is sent', async (_what, request) => {
    const reply = await fetchAs(request);

    expect(reply).toMatchObject({ status: 400, attempts: 0, body: { category: 'VALIDATION_ERROR' } });
    expect(backend.received).toEqual([]);
  });

  it('contract line 18: refuses localhost even where an app lists it', () => {
    const request = controlFetchSchema.parse({ portalId, userId: 7, url: 'https://localhost:3000/x' });
    const app = { publicBaseUrl: 'https://localhost:3000', permittedFetchUrls: ['https://localhost:3000'] };

    const checked = checkProxyRequest(request, app);

    expect(checked).toMatchObject({ status: 400, message: 'a card cannot fetch from localhost' });
  });

  it('contract line 18: lets one Authorization header through', async () => {
    await fetchAs({ path: '/x', headers: { authorization: 'Bearer abc' } });

    expect(backend.received[0]!.headers.authorization).toBe('Bearer abc');
  });

  it('contract line 18: refuses more than 1 MB in either direction', async () => {
    const tooMuch = await fetchAs({ path: '/x', method: 'POST', body: { text: 'x'.repeat(1_000_001) } });
    backend.respondWith(answer(200, { text: 'x'.repeat(1_000_001) }));

    const tooLong = await fetchAs({ path: '/x' });

    // Statuses alone: a failing comparison would print a megabyte.
    expect([tooMuch.status, tooMuch.attempts]).toEqual([413, 0]);
    expect([tooLong.status, tooLong.attempts]).toEqual([502, 1]);
  });

  it('contract line 18: repeats exactly once on a 5xx', async () => {
    backend.respondWith(answer(503, { code: 'unavailable' }));

    const reply = await fetchAs({ path: '/x', method: 'POST', body: { id: 'made in the card' } });

    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' }, attempts: 2 });
    expect(backend.received[1]).toEqual(backend.received[0]);
  });

  it('contract line 18: repeats once on a broken connection and hides the failure when the second try works', async () => {
    backend.respondWith((_request, response) => {
      backend.respondWith(answer(200, { saved: true }));
      response.destroy();
    });

    const reply = await fetchAs({ path: '/x', method: 'POST', body: {} });

    expect(reply).toMatchObject({ status: 200, body: { saved: true }, attempts: 2 });
  });

  it('contract line 18: does not repeat a 4xx', async () => {
    backend.respondWith(answer(409, { code: 'conflict' }));

    const reply = await fetchAs({ path: '/x', method: 'POST', body: {} });

    expect(reply).toMatchObject({ status: 409, attempts: 1 });
  });

  it('contract line 18: answers 502 when nothing listens', async () => {
    origin = null;

    const reply = await fetchAs({ path: '/x' });

    expect(reply).toMatchObject({ status: 502, attempts: 2 });
  });

  it('contract line 18: gives up on a backend that does not answer in time, without a second try', async () => {
    backend.respondWith(() => undefined);
    const request = controlFetchSchema.parse({ portalId, userId: 7, path: '/x' });

    const reply = await proxyFetch(parts, request, { timeoutMs: 50 });

    expect(reply).toMatchObject({ status: 504, attempts: 1 });
  });

  it('contract line 18: lets twenty requests of an account run at once and answers 429 to the next', async () => {
    const waiting: (() => void)[] = [];
    const allArrived = new Promise<void>((resolve) => {
      backend.respondWith((request, response) => {
        waiting.push(() => answer(200)(request, response));
        if (waiting.length === 20) resolve();
      });
    });
    const twenty = Array.from({ length: 20 }, () => fetchAs({ path: '/slow' }));
    await allArrived;

    const next = await fetchAs({ path: '/slow' });
    for (const release of waiting) release();
    const replies = await Promise.all(twenty);

    expect(next).toMatchObject({ status: 429, attempts: 0 });
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it('contract line 18: wraps a failure into an envelope of status 200 where the portal is switched so', async () => {
    parts.set({ proxyErrorMode: 'envelope' });
    backend.respondWith(answer(422, { code: 'invalid_input' }));

    const reply = await fetchAs({ path: '/x', method: 'POST', body: {} });

    expect(reply).toMatchObject({
      status: 200,
      body: {
        status: 'error',
        category: 'BAD_GATEWAY',
        context: { appServerStatusCode: ['422'] },
        responseBody: '{"code":"invalid_input"}',
      },
    });
  });

  it('sends requests that HubSpot never would when a test asks for them', async () => {
    await fetchAs({ path: '/x', tamper: { signature: 'wrong' } });
    await fetchAs({ path: '/x', tamper: { signature: null } });
    await fetchAs({ path: '/x', tamper: { timestampMs: 1 } });
    await fetchAs({ path: '/x', tamper: { extraQuery: 'portalId=2' } });
    await fetchAs({ path: '/x', method: 'POST', body: { a: 1 }, tamper: { body: '{"a":2}' } });

    const [wrong, unsigned, old, extra, body] = backend.received;
    expect(wrong!.headers['x-hubspot-signature-v3']).toBe('wrong');
    expect(unsigned!.headers['x-hubspot-signature-v3']).toBeUndefined();
    expect(old!.headers['x-hubspot-request-timestamp']).toBe('1');
    expect(extra!.target).toBe(`/x?${identity}&portalId=2`);
    expect(body!.body).toBe('{"a":2}');
  });

  it('names the field and the remedy of a bad control request, and a portal that is not loaded', async () => {
    const bad = await control.call('POST', '/_control/fetch', { portalId, userId: 7, path: '/x', url: 'y' });
    const unknown = await fetchAs({ portalId: 5, path: '/x' });

    expect(bad.status).toBe(400);
    expect(bad.body).toMatchObject({ field: 'path', remedy: expect.any(String) });
    expect(unknown).toMatchObject({ status: 404, attempts: 0 });
  });
});
