import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import type { Mutation } from '../../../sandbox/hubspot/model.ts';
import { DEFAULT_SETTINGS, type PortalSettings } from '../../../sandbox/hubspot/settings.ts';
import type { SimulatorApp } from '../../../sandbox/hubspot/simulator-types.ts';
import { createState, type SimulatorState } from '../../../sandbox/hubspot/state.ts';
import { createTimers } from '../../../sandbox/hubspot/timers.ts';
import { portalDocumentSchema } from '../../../sandbox/portal-document.ts';

export const portalId = 4100001;
export const startAt = new Date('2026-11-18T16:00:00.000Z');
export const testApp: SimulatorApp = {
  appId: 99,
  clientId: 'client',
  clientSecret: 'test-secret',
  name: 'Service check-in',
  redirectUrls: ['https://app.example.com/oauth/callback'],
  requiredScopes: ['oauth'],
  optionalScopes: [],
  publicBaseUrl: 'https://app.example.com',
  webhooks: {
    targetUrl: 'https://app.example.com/webhooks/hubspot',
    subscriptions: [
      { subscriptionType: 'object.merge', objectType: 'company' },
      { subscriptionType: 'object.propertyChange', objectType: 'company', propertyName: 'hubspot_owner_id' },
      { subscriptionType: 'object.deletion', objectType: 'task' },
      { subscriptionType: 'contact.privacyDeletion' },
    ],
  },
};

export type Received = { method: string; target: string; headers: IncomingHttpHeaders; body: string };
export type Respond = (request: Received, response: ServerResponse) => void;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Respond {
  return (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** The app's stand-in: remembers what it got and answers as told. */
export async function startBackend() {
  const received: Received[] = [];
  let respond: Respond = answer(200);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request;
      const entry = { method, target, headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(entry);
      respond(entry, response);
    });
  });
  const origin = await listen(server);
  return {
    origin,
    received,
    respondWith: (next: Respond) => {
      respond = next;
    },
    close: () => close(server),
  };
}

export type Backend = Awaited<ReturnType<typeof startBackend>>;

/** The parts of a simulator that webhooks, journal and proxy use, on a stopped clock. */
export function createParts(backendOrigin: () => string | null, earlier?: SimulatorState) {
  const clock = createSandboxClock(startAt, () => 0);
  clock.freeze(true);
  const state = createState({
    clock,
    resolveReference: () => {
      throw new RangeError('no references here');
    },
  });
  if (earlier === undefined) {
    const owner = { id: '1', email: 'rep@example.com', firstName: 'Tom', lastName: 'Baker', userId: 7 };
    const document = portalDocumentSchema.parse({
      portalId,
      name: 'Acme',
      timeZone: 'America/Chicago',
      owners: [owner],
    });
    state.commit([{ op: 'portal', document }]);
  } else {
    for (const [key, value] of earlier.extras) state.putExtra(key, value);
  }
  const timers = createTimers(clock);
  const advance = async (ms: number) => {
    const until = clock.now().getTime() + ms;
    for (let due = timers.nextDueAt(); due !== null && due.getTime() <= until; due = timers.nextDueAt()) {
      if (due > clock.now()) clock.moveTo(due);
      await timers.runDue();
    }
    clock.moveTo(new Date(until));
  };
  const options = { clock, stateDir: null, app: testApp, backendOrigin };
  const change = (mutation: Partial<Mutation>) =>
    state.commit(
      [],
      [
        {
          portalId,
          kind: 'propertyChange',
          objectType: 'companies',
          objectId: '501',
          occurredAt: clock.now(),
          changeSource: 'CRM_UI',
          ...mutation,
        },
      ],
    );
  const changeOwner = (objectId: string, propertyValue = '77') =>
    change({ objectId, propertyName: 'hubspot_owner_id', propertyValue });
  const install = (installed: boolean) => {
    const grant = { userId: 7, scopes: ['oauth'], installedAt: clock.now().toISOString() };
    state.commit(
      [{ op: 'install', portalId, install: installed ? grant : null }],
      [
        {
          portalId,
          kind: installed ? 'install' : 'uninstall',
          objectType: 'apps',
          objectId: String(testApp.appId),
          occurredAt: clock.now(),
          changeSource: 'CRM_UI',
        },
      ],
    );
  };
  const set = (settings: Partial<PortalSettings>) =>
    state.commit([{ op: 'settings', portalId, settings: { ...DEFAULT_SETTINGS, ...settings } }]);
  return { clock, state, timers, options, advance, change, changeOwner, install, set };
}

/** A server with only these routes behind what the simulator's exchange leaves for them, and a JSON client for it. */
export async function serve(router: Router) {
  const app = express();
  app.use(express.json({ limit: '5mb' }));
  app.use((request, response, next) => {
    response.locals['parsedBody'] = { value: request.body as unknown };
    next();
  });
  app.use(router);
  const server = createServer(app);
  const url = await listen(server);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(path.startsWith('http') ? path : url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as never };
  };
  return { url, call, close: () => close(server) };
}
