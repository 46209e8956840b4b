import { afterEach } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type HttpParts } from '../../src/http/app.ts';
import type { CardHandlers } from '../../src/http/routes.ts';
import type { Log } from '../../src/usecases/ports.ts';
import { signV3 } from './sign-v3.ts';

export const APP_ID = 4242;
export const SECRET = 'a-client-secret-of-the-tests';
export const NOW = new Date('2026-08-12T15:00:00Z');
const PUBLIC = 'https://checkin.example.com';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
};
export type Sent = {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
};
export type App = {
  readonly lines: unknown[];
  readonly received: unknown[];
  /** As HubSpot's proxy sends it: signed, with portal and user in the query. */
  signed(sent: Sent): Promise<Answer>;
  plain(sent: Sent): Promise<Answer>;
};

const servers: Server[] = [];
afterEach(async () => {
  const closing = servers.splice(0).map((server) => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  await Promise.all(closing);
});

/** The real app on a port of its own; handlers that a test does not give answer that they were not expected. */
export async function startApp(card: Partial<CardHandlers>, change: Partial<HttpParts> = {}): Promise<App> {
  const lines: unknown[] = [];
  const received: unknown[] = [];
  const keep: Log['info'] = (fields, message) => void lines.push({ fields, message });
  const unexpected = () => Promise.reject(new Error('No test expects this call.'));
  const app = createApp({
    signature: { clientSecrets: [SECRET], publicBaseUrl: PUBLIC, appId: APP_ID, acceptRawForm: false },
    clock: { now: () => NOW },
    log: { info: keep, warn: keep, error: keep },
    card: new Proxy(card, {
      get: (given, name) => (Reflect.get(given, name) as unknown) ?? unexpected,
    }) as CardHandlers,
    oauth: { begin: unexpected, complete: unexpected },
    deliverExport: unexpected,
    receiveWebhooks: (events) => {
      received.push(...events);
      return Promise.resolve();
    },
    isReady: () => Promise.resolve(true),
    metrics: () => Promise.resolve('sci_due_jobs 0\n'),
    ...change,
  });
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    lines,
    received,
    plain: (sent) => send(origin, sent, {}),
    signed: (sent) => {
      const query = sent.query ?? `portalId=7&userId=1&userEmail=ana%40example.com&appId=${APP_ID}`;
      const target = `${sent.path}${query === '' ? '' : `?${query}`}`;
      const timestamp = String(NOW.getTime());
      const signature = signV3(
        SECRET,
        sent.method ?? 'GET',
        `${PUBLIC}${target}`,
        sent.body ?? '',
        timestamp,
      );
      const headers = {
        'x-hubspot-signature-v3': signature,
        'x-hubspot-request-timestamp': timestamp,
        ...sent.headers,
      };
      return send(origin, { ...sent, path: target }, headers);
    },
  };
}

async function send(origin: string, sent: Sent, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${origin}${sent.path}`, {
    method: sent.method ?? 'GET',
    headers: { ...headers, ...sent.headers },
    redirect: 'manual',
    ...(sent.body === undefined ? {} : { body: sent.body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, text, body };
}
