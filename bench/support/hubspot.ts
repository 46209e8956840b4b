import { PROPERTY_GROUP, propertyPath } from '../../src/hubspot/api-version.ts';
import type { PortalDocument } from '../../sandbox/portal-document.ts';
import { startTellingProcess } from './child.ts';

/** An account of the local HubSpot that has installed the app. */
export type InstalledPortal = {
  readonly portalId: number;
  readonly userId: number;
  readonly scopes: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
};

/** One line of the local HubSpot's own log. */
export type LoggedCall = {
  readonly at: string;
  readonly portalId: number | null;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
};

/** Requests added up by the local HubSpot itself. */
export type Traffic = {
  readonly calls: number;
  readonly rate429: number;
  /** The fullest rolling windows of any one account. */
  readonly maxCallsInTenSeconds: number;
  readonly maxSearchesInOneSecond: number;
};

/** What an account holds in the local HubSpot's own store. */
export type TaskTally = {
  readonly liveTasks: number;
  /** Companies with more than one live task. */
  readonly companiesWithTwo: number;
  readonly companiesWithoutTask: number;
};

export type CustomerAccounts = {
  readonly seed: string;
  readonly fromPortalId: number;
  readonly portals: number;
  readonly companies: number;
  readonly contactsPerCompany?: number;
  readonly activities?: number;
  /** Fields that the accounts have already. */
  readonly properties?: OwnProperties;
  /** Any of the accounts' switches. */
  readonly settings?: Readonly<Record<string, unknown>>;
};

/** Definitions of custom properties, by type. */
export type OwnProperties = PortalDocument['properties'];

export type HubSpotProcess = {
  readonly url: string;
  load(accounts: CustomerAccounts): Promise<readonly InstalledPortal[]>;
  remove(portalId: number): Promise<void>;
  /** The fields that the product made in an account, read through the API. */
  fieldsOf(installed: InstalledPortal): Promise<OwnProperties>;
  /** Any of the account's switches. */
  change(portalId: number, settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Requests to the API, the oldest first. */
  calls(filter: { readonly portalId?: number; readonly since?: Date }): Promise<readonly LoggedCall[]>;
  /** What those requests add up to. */
  traffic(filter: { readonly portalId?: number; readonly since?: Date }): Promise<Traffic>;
  forgetCalls(): Promise<void>;
  tally(portalId: number): Promise<TaskTally>;
  plantFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  /** How many requests the planted faults have hit. */
  faultHits(): Promise<number>;
  clearFaults(): Promise<void>;
  stop(): Promise<void>;
};

/** The local HubSpot in a process of its own, on real time, so that the bench measures the product alone. */
export async function startHubSpot(seed: number): Promise<HubSpotProcess> {
  const args = ['--port', '0', '--clock', 'real', '--seed', String(seed)];
  const { told, stop } = await startTellingProcess('sandbox/hubspot-process.ts', args);
  const { url } = told as { readonly url: string };
  const send = createControl(url);
  return {
    url,
    load: async (accounts) => {
      const body = { generator: 'customers', install: true, ...accounts };
      return readInstalled(await send('POST', 'portals', body));
    },
    remove: async (portalId) => {
      await send('DELETE', `portals/${portalId}`);
    },
    fieldsOf: (installed) => fieldsOf(url, installed),
    change: async (portalId, settings) => {
      await send('PATCH', `portals/${portalId}/settings`, settings);
    },
    calls: async (filter) => (await send('GET', `requests?${queryOf(filter)}`)) as readonly LoggedCall[],
    traffic: async (filter) => (await send('GET', `requests/stats?${queryOf(filter)}`)) as Traffic,
    forgetCalls: async () => {
      await send('DELETE', 'requests');
    },
    tally: async (portalId) => (await send('GET', `portals/${portalId}/tasks`)) as TaskTally,
    plantFault: async (fault) => {
      await send('POST', 'faults', fault);
    },
    faultHits: async () => {
      const { faults } = (await send('GET', 'faults')) as {
        readonly faults: readonly { readonly hit: number }[];
      };
      return faults.reduce((sum, { hit }) => sum + hit, 0);
    },
    clearFaults: async () => {
      await send('DELETE', 'faults');
    },
    stop,
  };
}

async function fieldsOf(url: string, { accessToken }: InstalledPortal): Promise<OwnProperties> {
  const fields: OwnProperties = {};
  for (const type of ['companies', 'tasks'] as const) {
    const headers = { Authorization: `Bearer ${accessToken}` };
    const response = await fetch(`${url}${propertyPath(type)}`, { headers });
    const { results } = (await response.json()) as { readonly results: OwnProperties[string] };
    fields[type] = results
      .filter(({ groupName }) => groupName === PROPERTY_GROUP)
      .map(({ name, label, groupName, type: valueType, fieldType, hasUniqueValue }) => {
        return { name, label, groupName, type: valueType, fieldType, options: [], hasUniqueValue };
      });
  }
  return fields;
}

function queryOf({ portalId, since }: { readonly portalId?: number; readonly since?: Date }): string {
  return new URLSearchParams({
    ...(portalId === undefined ? {} : { portalId: String(portalId) }),
    ...(since === undefined ? {} : { since: since.toISOString() }),
  }).toString();
}

function createControl(url: string) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} /_control/${path}: ${response.status} ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  };
}

type Loaded = {
  readonly portals: readonly {
    readonly portalId: number;
    readonly userId: number;
    readonly tokens: Pick<InstalledPortal, 'accessToken' | 'refreshToken' | 'expiresAt' | 'scopes'>;
  }[];
};

function readInstalled(reply: unknown): readonly InstalledPortal[] {
  return (reply as Loaded).portals.map(({ portalId, userId, tokens }) => ({ portalId, userId, ...tokens }));
}
