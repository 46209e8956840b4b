import type { LoggedRequest } from './request-log.ts';

interface PathCount {
  calls: number;
  /** Sum of the batches' `inputs`. */
  inputs: number;
  readonly byStatus: Record<string, number>;
}

/** What the request log adds up to. */
export interface RequestStats {
  readonly calls: number;
  readonly rate429: number;
  /** Requests that faults hit. */
  readonly faulted: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** By method and path, with ids of records as {id}. */
  readonly byPath: Readonly<Record<string, PathCount>>;
  /** The fullest rolling windows of any one account, by calls that spent budget: refused ones spend none. */
  readonly maxCallsInTenSeconds: number;
  readonly maxSearchesInOneSecond: number;
  /** Simulated arrival of the first and the last request, null where there is none. */
  readonly firstAt: string | null;
  readonly lastAt: string | null;
}

const TEN_SECONDS_MS = 10_000;
const ONE_SECOND_MS = 1_000;

/** Adds up requests that stand in the order of their arrival. */
export function requestStats(requests: readonly LoggedRequest[]): RequestStats {
  const byStatus: Record<string, number> = {};
  const byPath: Record<string, PathCount> = {};
  for (const request of requests) {
    const status = String(request.status ?? 'open');
    const path = (byPath[`${request.method} ${withoutIds(request.path)}`] ??= {
      calls: 0,
      inputs: 0,
      byStatus: {},
    });
    byStatus[status] = (byStatus[status] ?? 0) + 1;
    path.byStatus[status] = (path.byStatus[status] ?? 0) + 1;
    path.calls += 1;
    path.inputs += request.inputs ?? 0;
  }
  return {
    calls: requests.length,
    rate429: byStatus['429'] ?? 0,
    faulted: requests.filter((request) => request.faultId !== undefined).length,
    byStatus,
    byPath,
    maxCallsInTenSeconds: fullestWindow(spentBy(requests, 'general'), TEN_SECONDS_MS),
    maxSearchesInOneSecond: fullestWindow(spentBy(requests, 'search'), ONE_SECOND_MS),
    firstAt: requests[0]?.at ?? null,
    lastAt: requests.at(-1)?.at ?? null,
  };
}

/** When each account spent from the budget, in milliseconds. */
function spentBy(requests: readonly LoggedRequest[], budget: 'general' | 'search'): Iterable<number[]> {
  const byPortal = new Map<number | null, number[]>();
  for (const { portalId, spent } of requests) {
    if (spent?.budget !== budget) continue;
    const times = byPortal.get(portalId);
    if (times === undefined) byPortal.set(portalId, [spent.atMs]);
    else times.push(spent.atMs);
  }
  return byPortal.values();
}

/** The most instants within any span that is open at its start: what was spent exactly one span ago is free again. */
function fullestWindow(portals: Iterable<number[]>, spanMs: number): number {
  let most = 0;
  for (const times of portals) {
    times.sort((a, b) => a - b);
    let start = 0;
    times.forEach((atMs, end) => {
      while ((times[start] ?? atMs) <= atMs - spanMs) start += 1;
      most = Math.max(most, end - start + 1);
    });
  }
  return most;
}

function withoutIds(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/{id}');
}
