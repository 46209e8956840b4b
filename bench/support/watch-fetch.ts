import { AsyncLocalStorage } from 'node:async_hooks';

/** One call to HubSpot as this process saw it. */
export type SeenCall = {
  readonly kind: CallKind;
  readonly status: number;
  /** From sending to the head of the reply. */
  readonly wireMs: number;
};
export type CallKind = 'search' | 'batchCreate' | 'other';

/** A piece of work: how long it took, and how much of it its own calls were under way. */
export type TimedWork = { readonly tookMs: number; readonly wireMs: number; readonly calls: number };

/** Watches every call to `hubspotUrl` of this process, from outside of the product. To be called before the product's parts are built. */
export function watchFetch(hubspotUrl: string): {
  taken(): readonly SeenCall[];
  clear(): void;
  time(work: () => Promise<unknown>): Promise<TimedWork>;
} {
  const plainFetch = globalThis.fetch;
  const callsOfWork = new AsyncLocalStorage<number[]>();
  let seen: SeenCall[] = [];
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(hubspotUrl)) return plainFetch(input, init);
    const startedMs = performance.now();
    const keep = (status: number) => {
      const wireMs = performance.now() - startedMs;
      callsOfWork.getStore()?.push(wireMs);
      seen.push({ kind: kindOf(url), status, wireMs });
    };
    try {
      const response = await plainFetch(input, init);
      keep(response.status);
      return response;
    } catch (error) {
      keep(0);
      throw error;
    }
  };
  return {
    taken: () => seen,
    clear: () => {
      seen = [];
    },
    time: async (work) => {
      const wireMs: number[] = [];
      const startedMs = performance.now();
      await callsOfWork.run(wireMs, work);
      const tookMs = performance.now() - startedMs;
      return { tookMs, wireMs: wireMs.reduce((sum, ms) => sum + ms, 0), calls: wireMs.length };
    },
  };
}

function kindOf(url: string): CallKind {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/search')) return 'search';
  return pathname.endsWith('/tasks/batch/create') ? 'batchCreate' : 'other';
}
