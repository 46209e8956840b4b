import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { createSimulator, type Simulator } from '../../../sandbox/hubspot/simulator.ts';
import { seedTeam } from '../../../sandbox/portals/seed-team.ts';
import { startBackend, testApp, type Backend } from '../hubspot/webhooks-support.ts';

type Example = { readonly method: string; readonly path: string; readonly body: string | undefined };

const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
const command = /curl -s (?:-X (\w+) )?'?(http:\/\/127\.0\.0\.1:4400[^\s']*)'?(?: -d '([^']*)')?/g;
const examples: Example[] = [...text.matchAll(command)].map(([, method, url = '', body]) => ({
  method: method ?? (body === undefined ? 'GET' : 'POST'),
  path: url.replace('http://127.0.0.1:4400', ''),
  body,
}));

describe('the examples of the sandbox document', () => {
  let backend: Backend;
  let simulator: Simulator;
  let url: string;

  beforeEach(async () => {
    const now = new Date('2026-11-10T15:30:00Z');
    const clock = createSandboxClock(now, () => 0);
    clock.freeze(true);
    backend = await startBackend();
    const backendOrigin = () => backend.origin;
    simulator = await createSimulator({ clock, stateDir: null, app: testApp, backendOrigin });
    await simulator.loadPortal(seedTeam({ now }).document);
    ({ url } = await simulator.listen(0));
  });

  afterEach(async () => {
    await simulator.close();
    await backend.close();
  });

  it('work one after the other, as they stand there', async () => {
    const refused: unknown[] = [];

    for (const { method, path, body } of examples) {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const response = await fetch(url + path, { method, ...(body === undefined ? {} : { headers, body }) });
      const reply = await response.text();
      if (response.status >= 300) refused.push({ method, path, reply: reply.slice(0, 300) });
    }

    expect(examples.length).toBeGreaterThan(12);
    expect(refused).toEqual([]);
  });

  it('reach the backend where they act as a card', async () => {
    const card = examples.filter((example) => example.path === '/_control/fetch');

    for (const { path, body = '' } of card) await fetch(url + path, { method: 'POST', body });

    expect(backend.received.map((request) => request.target.split('?')[0])).toEqual([
      '/api/companies/21410000100',
      '/api/home',
    ]);
  });
});
