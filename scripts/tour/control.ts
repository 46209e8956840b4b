import type { PortalDocumentInput } from '../../sandbox/portal-document.ts';

/** A record as the control API shows it. */
export type RecordView = {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly archived: boolean;
  readonly associations: Readonly<Record<string, readonly string[]>>;
};

/** One line of the request journal. */
export type JournalLine = {
  readonly seq: number;
  readonly at: string;
  readonly portalId: number | null;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly inputs?: number;
};

/** The sandbox's control API over its socket. Every call throws where the sandbox refuses it. */
export type Control = {
  send<Reply>(method: string, path: string, body?: unknown): Promise<Reply>;
  load(portal: PortalDocumentInput, mode?: 'create' | 'merge'): Promise<void>;
  /** Moves the clock to an instant; returns when all due work is quiet. */
  clock(set: string): Promise<void>;
  advance(ms: number): Promise<void>;
  now(): Promise<string>;
  /** Requests to HubSpot's API, the oldest first. */
  journal(filter: {
    readonly portalId?: number;
    readonly since?: string;
    readonly path?: string;
  }): Promise<readonly JournalLine[]>;
  clearJournal(): Promise<void>;
  objects(portalId: number, type: string, archived?: 'true' | 'any'): Promise<readonly RecordView[]>;
  object(portalId: number, type: string, id: string): Promise<RecordView>;
  personEdits(portalId: number, type: string, id: string, properties: Record<string, string>): Promise<void>;
  personDeletes(portalId: number, type: string, id: string): Promise<void>;
};

export function createControl(url: string): Control {
  async function send<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
    const response = await fetch(`${url}/_control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status !== 200)
      throw new Error(`${method} /_control/${path}: ${response.status} ${text.slice(0, 300)}`);
    return JSON.parse(text) as Reply;
  }
  return {
    send,
    load: async (portal, mode = 'create') => {
      await send('POST', 'portals', { portal, mode });
    },
    clock: async (set) => {
      await send('POST', 'clock', { set });
    },
    advance: async (advanceMs) => {
      await send('POST', 'clock', { advanceMs });
    },
    now: async () => (await send<{ now: string }>('GET', 'clock')).now,
    journal: (filter) => send('GET', `requests?${queryOf(filter)}`),
    clearJournal: async () => {
      await send('DELETE', 'requests');
    },
    objects: (portalId, type, archived) =>
      send('GET', `objects/${portalId}/${type}${archived === undefined ? '' : `?archived=${archived}`}`),
    object: (portalId, type, id) => send('GET', `objects/${portalId}/${type}/${id}`),
    personEdits: async (portalId, type, id, properties) => {
      await send('POST', `objects/${portalId}/${type}/${id}`, { properties });
    },
    personDeletes: async (portalId, type, id) => {
      await send('DELETE', `objects/${portalId}/${type}/${id}`);
    },
  };
}

function queryOf(filter: Readonly<Record<string, string | number>>): string {
  return Object.entries(filter)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&');
}
