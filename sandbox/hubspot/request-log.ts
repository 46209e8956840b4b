/** One API request as the local HubSpot saw it. */
export interface LoggedRequest {
  readonly seq: number;
  /** Simulated instant of arrival. */
  readonly at: string;
  portalId: number | null;
  readonly method: string;
  readonly path: string;
  /** HTTP status of the reply; 0 where the client got none (reset, hang, late commit); null while it is under way. */
  status: number | null;
  faultId?: string;
  /** What the call took from its account's budget and when (simulated); absent where it took nothing. */
  spent?: { readonly budget: 'general' | 'search'; readonly atMs: number };
  readonly runId?: string;
  readonly fence?: string;
  /** Number of `inputs` in the body. */
  readonly inputs?: number;
}

export interface RequestFilter {
  readonly portalId?: number | undefined;
  readonly method?: string | undefined;
  /** Start of the path. */
  readonly path?: string | undefined;
  /** Simulated instant: this one and later. */
  readonly since?: string | undefined;
}

export interface RequestLog {
  begin(request: Omit<LoggedRequest, 'seq' | 'status'>): LoggedRequest;
  list(filter: RequestFilter): readonly LoggedRequest[];
  clear(): void;
}

/** Enough for a quarter of 1,000,000 companies; older requests are dropped beyond it. */
const MOST_REQUESTS = 500_000;

/** The log of every API request; in memory only. Sequence numbers go on after `clear`. */
export function createRequestLog(): RequestLog {
  let logged: LoggedRequest[] = [];
  let lastSeq = 0;
  return {
    begin: (request) => {
      lastSeq += 1;
      const entry: LoggedRequest = { seq: lastSeq, status: null, ...request };
      logged.push(entry);
      if (logged.length > MOST_REQUESTS) logged = logged.slice(MOST_REQUESTS / 10);
      return entry;
    },
    list: (filter) => {
      const since = filter.since === undefined ? undefined : new Date(filter.since).toISOString();
      const wanted = { ...filter, since };
      return logged.filter((entry) => isWanted(entry, wanted));
    },
    clear: () => {
      logged = [];
    },
  };
}

function isWanted(entry: LoggedRequest, { portalId, method, path, since }: RequestFilter): boolean {
  if (portalId !== undefined && entry.portalId !== portalId) return false;
  if (method !== undefined && entry.method !== method.toUpperCase()) return false;
  if (path !== undefined && !entry.path.startsWith(path)) return false;
  return since === undefined || entry.at >= since;
}
