import nock from 'nock';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import type { SandboxClock } from '../../../sandbox/clock.ts';
import { createSimulator } from '../../../sandbox/hubspot/simulator.ts';
import type { Simulator, SimulatorApp, SimulatorOptions } from '../../../sandbox/hubspot/simulator.ts';
import type { PortalDocumentInput } from '../../../sandbox/portal-document.ts';

/**
 * These tests speak over real sockets. nock patches node:net once for each test file and its layers add up, which breaks
 * connections that end abruptly; nothing here leaves this machine.
 */
nock.restore();

export const APP: SimulatorApp = {
  appId: 1234567,
  clientId: 'client-1',
  clientSecret: 'secret-1',
  name: 'Service check-in',
  redirectUrls: ['https://checkin.example.com/oauth/callback', 'http://localhost:3000/oauth/callback'],
  requiredScopes: [
    'oauth',
    'crm.objects.companies.read',
    'crm.objects.companies.write',
    'crm.schemas.companies.write',
    'crm.objects.contacts.read',
    'crm.objects.contacts.write',
    'crm.objects.owners.read',
  ],
  optionalScopes: ['sales-email-read', 'crm.objects.deals.read', 'tickets'],
  publicBaseUrl: 'https://checkin.example.com',
  webhooks: { targetUrl: 'https://checkin.example.com/webhooks/hubspot', subscriptions: [] },
};

export const START = '2026-11-02T15:00:00.000Z';

/** A small account: two active owners, one archived, one queue; two companies, two contacts and one call. */
export function portalDocument(
  portalId = 700001,
  changes: Partial<PortalDocumentInput> = {},
): PortalDocumentInput {
  return {
    portalId,
    name: `Portal ${String(portalId)}`,
    timeZone: 'US/Eastern',
    owners: [
      owner('501', 'Ana', 'Keller', 9001, {
        superAdmin: true,
        teams: [{ id: '1', name: 'Team', primary: true }],
      }),
      owner('502', 'Tom', 'Baker', 9002),
      owner('503', 'Old', 'Rep', 9003, { archived: true }),
      owner('504', 'Support', 'Queue', null, { type: 'QUEUE' }),
    ],
    objects: {
      companies: [
        record('101', {
          name: 'Northwind',
          domain: 'northwind.example',
          hubspot_owner_id: '502',
          lifecyclestage: 'customer',
        }),
        record('102', {
          name: 'Lakeside',
          domain: 'lakeside.example',
          hubspot_owner_id: '501',
          lifecyclestage: 'lead',
        }),
      ],
      contacts: [
        record('201', { email: 'dana@northwind.example', firstname: 'Dana', lastname: 'Ruiz' }),
        record('202', { email: 'luis@northwind.example', firstname: 'Luis', lastname: 'Gray' }),
      ],
      calls: [record('301', { hs_timestamp: '2026-10-20T15:00:00.000Z', hs_call_title: 'Contact only' })],
    },
    associations: [
      { from: { type: 'contacts', id: '201' }, to: { type: 'companies', id: '101' } },
      { from: { type: 'calls', id: '301' }, to: { type: 'contacts', id: '201' } },
    ],
    ...changes,
  };
}

export function record(id: string, properties: Record<string, string | null>) {
  return { id, properties, createdAt: '2026-01-05T10:00:00.000Z' };
}

function owner(id: string, firstName: string, lastName: string, userId: number | null, more: object = {}) {
  return { id, firstName, lastName, userId, email: `${firstName.toLowerCase()}@example.com`, ...more };
}

/** A record in a reply, or another entry of `results`; every field is there only where the reply has it. */
export interface ReplyItem {
  readonly id: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly archived: boolean;
  readonly objectWriteTraceId?: string;
  readonly new?: boolean;
  readonly from: { readonly id: string };
  readonly to: readonly { readonly toObjectId: number; readonly associationTypes: readonly unknown[] }[];
  readonly paging?: { readonly next: { readonly after: string } };
  readonly associations: Readonly<Record<string, unknown>>;
  readonly propertiesWithHistory: Readonly<Record<string, readonly { readonly value: string }[]>>;
  readonly updatedAt: string;
}

/** The fields of HubSpot's replies that tests look at. */
export interface ReplyBody extends ReplyItem {
  readonly status: string;
  readonly message: string;
  readonly category: string;
  readonly correlationId: string;
  readonly results: readonly ReplyItem[];
  readonly total: number;
  readonly errors: readonly {
    readonly code: string;
    readonly category: string;
    readonly subCategory: string;
    readonly context: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly access_token: string;
  readonly refresh_token: string;
  readonly field: string;
  readonly remedy: string;
  readonly now: string;
  readonly faultId: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON; an empty object for any other body. What it really holds is what the tests check. */
  readonly body: ReplyBody;
}

export interface TokenBody {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly scopes: readonly string[];
}

export interface TestHubSpot {
  readonly simulator: Simulator;
  readonly clock: SandboxClock;
  readonly url: string;
  /** Installs the app for owner 501's user and returns the access token. */
  install(portalId?: number): Promise<string>;
  tokens(portalId?: number): Promise<TokenBody>;
  /** Any request; JSON bodies. */
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** A request with the token of `install()`, which is asked for once. */
  api(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  form(path: string, fields: Record<string, string>): Promise<ApiAnswer>;
  settings(changes: Record<string, unknown>, portalId?: number): Promise<void>;
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

const opened: TestHubSpot[] = [];

/** Ends every simulator that a test file started; call it in `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const one of opened.splice(0)) await one.close();
}

/** A listening simulator on a free port with the given portals, its clock frozen. */
export async function startHubSpot(
  documents: readonly PortalDocumentInput[] = [portalDocument()],
  options: Partial<SimulatorOptions> = {},
): Promise<TestHubSpot> {
  const clock = options.clock ?? frozenClock();
  clock.freeze(true);
  const simulator = await createSimulator({
    clock,
    stateDir: null,
    app: APP,
    backendOrigin: () => null,
    ...options,
  });
  for (const document of documents) {
    if (!simulator.hasPortal(document.portalId)) await simulator.loadPortal(document);
  }
  const { url } = await simulator.listen(0);
  const hubSpot = createTestHubSpot(simulator, clock, url);
  opened.push(hubSpot);
  return hubSpot;
}

/** Stands at START exactly: no millisecond passes between its making and its freezing. */
function frozenClock(): SandboxClock {
  const madeMs = Date.now();
  let isFrozen = false;
  const clock = createSandboxClock(new Date(START), () => (isFrozen ? Date.now() : madeMs));
  clock.freeze(true);
  isFrozen = true;
  return clock;
}

function createTestHubSpot(simulator: Simulator, clock: SandboxClock, url: string): TestHubSpot {
  const cached: { token?: string } = {};
  const send: TestHubSpot['send'] = async (method, path, body, headers = {}) => {
    const init =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
    return readAnswer(await fetch(url + path, { method, headers, redirect: 'manual', ...init }));
  };
  const form: TestHubSpot['form'] = async (path, fields) =>
    readAnswer(await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields) }));
  const tokens: TestHubSpot['tokens'] = async (portalId = 700001) => {
    const code = await approve(url, portalId);
    const answer = await form('/oauth/2026-03/token', {
      grant_type: 'authorization_code',
      client_id: APP.clientId,
      client_secret: APP.clientSecret,
      redirect_uri: APP.redirectUrls[0] ?? '',
      code,
    });
    return answer.body as unknown as TokenBody;
  };
  const install: TestHubSpot['install'] = async (portalId) => (await tokens(portalId)).access_token;
  return {
    simulator,
    clock,
    url,
    install,
    tokens,
    send,
    form,
    api: async (method, path, body) => {
      cached.token ??= await install();
      return send(method, path, body, bearer(cached.token));
    },
    settings: async (changes, portalId = 700001) => {
      const answer = await send('PATCH', `/_control/portals/${String(portalId)}/settings`, changes);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    advance: async (ms) => {
      const answer = await send('POST', '/_control/clock', { advanceMs: ms });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    },
    close: () => simulator.close(),
  };
}

/** The authorize URL of the app, with changed or removed parameters. */
export function authorizePath(changes: Record<string, string | null> = {}): string {
  const parameters: Record<string, string | null> = {
    client_id: APP.clientId,
    redirect_uri: APP.redirectUrls[0] ?? '',
    scope: APP.requiredScopes.join(' '),
    optional_scope: APP.optionalScopes.join(' '),
    state: 'state-1',
    ...changes,
  };
  const kept = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  return `/oauth/authorize?${new URLSearchParams(kept).toString()}`;
}

/** Approves the install without a person and returns the code of the redirect. */
export async function approve(url: string, portalId: number): Promise<string> {
  const path = authorizePath({ portalId: String(portalId), userId: '9001', approve: '1' });
  const response = await fetch(url + path, { redirect: 'manual' });
  await response.body?.cancel();
  return new URL(response.headers.get('location') ?? 'http://localhost').searchParams.get('code') ?? '';
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

async function readAnswer(response: Response): Promise<ApiAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body = (isJson ? JSON.parse(text) : {}) as ReplyBody;
  return { status: response.status, headers: response.headers, text, body };
}
