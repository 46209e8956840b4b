import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import { createHostRoutes } from '../../../sandbox/host/host.ts';

interface Seen {
  method: string;
  url: string;
  body: unknown;
}

async function listen(app: Express): Promise<{ url: string; close: () => Promise<unknown> }> {
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

describe('the routes of the record page host', () => {
  const seen: Seen[] = [];
  let folder = '';
  let host = { url: '', close: (): Promise<unknown> => Promise.resolve() };
  let simulator = host;
  let simulatorUrl = '';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'host-'));
    await writeFile(path.join(folder, 'cards.js'), 'void 0;');
    const fake = express().use(express.json());
    fake.use((request, response) => {
      seen.push({ method: request.method, url: request.url, body: request.body as unknown });
      response.status(request.url.includes('404') ? 404 : 200).json({ from: 'simulator' });
    });
    simulator = await listen(fake);
    simulatorUrl = simulator.url;
    const bundles = { cards: { path: path.join(folder, 'cards.js'), gzipBytes: 9 } };
    const app = express().use(
      createHostRoutes({
        simulatorUrl: () => simulatorUrl,
        installUrl: () => 'http://localhost:9/oauth/install',
        bundles,
      }),
    );
    app.get('/crm/anything', (_request, response) => response.send('another router'));
    host = await listen(app);
  });

  afterAll(async () => {
    await host.close();
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const post = (pathname: string, headers: Record<string, string>, body: string) =>
    fetch(host.url + pathname, { method: 'POST', headers, body });

  it.each([
    '/',
    '/companies/1',
    '/record/1/company/2?as=7&tab=check-in',
    '/home/1',
    '/home/1/customers/7',
    '/settings/1',
  ])('serves the page at %s, with scripts from this server only', async (address) => {
    const response = await fetch(host.url + address);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).toContain('/host/assets/page.js');
  });

  it('sends whoever installs the app to the backend’s own beginning of it', async () => {
    const response = await fetch(`${host.url}/install`, { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      'http://localhost:9/oauth/install',
    ]);
  });

  it.each(['page.js', 'worker.js', 'style.css'])('serves its own %s', async (file) => {
    const response = await fetch(`${host.url}/host/assets/${file}`);

    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(1000);
  });

  it('serves the built extensions and answers 404 for any other name', async () => {
    const known = await fetch(`${host.url}/host/bundles/cards.js`);
    const unknown = await fetch(`${host.url}/host/bundles/constructor.js`);

    expect(await known.text()).toBe('void 0;');
    expect(unknown.status).toBe(404);
  });

  it('leaves every other address to the next router', async () => {
    const response = await fetch(`${host.url}/crm/anything`);

    expect(await response.text()).toBe('another router');
  });

  it('passes a page’s request on to the control API with its query, body and status', async () => {
    seen.length = 0;
    await fetch(`${host.url}/host/control/objects/12/companies?limit=5&q=acme%20b`);
    await post('/host/control/clock', { 'content-type': 'application/json' }, '{"advanceMs":5}');
    const missing = await fetch(`${host.url}/host/control/record/12/companies/404`);

    expect(seen).toEqual([
      { method: 'GET', url: '/_control/objects/12/companies?limit=5&q=acme%20b', body: undefined },
      { method: 'POST', url: '/_control/clock', body: { advanceMs: 5 } },
      { method: 'GET', url: '/_control/record/12/companies/404', body: undefined },
    ]);
    expect(missing.status).toBe(404);
  });

  it.each(['faults', 'portals/1/settings', 'objects/1/../faults', 'requests'])(
    'does not pass on %s, which no page needs',
    async (controlPath) => {
      seen.length = 0;

      const response = await post(
        `/host/control/${controlPath}`,
        { 'content-type': 'application/json' },
        '{}',
      );

      expect(response.status).toBe(404);
      expect(seen).toEqual([]);
    },
  );

  it.each([
    { from: 'another site', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' } },
    { from: 'a plain form', headers: { 'content-type': 'text/plain' } },
  ])('refuses a change asked for by $from', async ({ headers }) => {
    seen.length = 0;

    const response = await post('/host/control/clock', headers, '{"advanceMs":5}');

    expect(response.status).toBe(403);
    expect(seen).toEqual([]);
  });

  it('says so when the local HubSpot does not answer', async () => {
    simulatorUrl = 'http://127.0.0.1:9';

    const response = await fetch(`${host.url}/host/control/portals`);

    simulatorUrl = simulator.url;
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ message: expect.stringContaining('Is it still running?') });
  });
});
