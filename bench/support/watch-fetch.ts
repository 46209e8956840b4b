/** One call to HubSpot as this process saw it. */
export type SeenCall = {
  readonly kind: CallKind;
  readonly status: number;
  /** From sending to the head of the reply. */
  readonly wireMs: number;
};
export type CallKind = 'search' | 'batchCreate' | 'other';

/** Watches every call to `hubspotUrl` of this process, from outside of the product. To be called before the product's parts are built. */
export function watchFetch(hubspotUrl: string): { taken(): readonly SeenCall[]; clear(): void } {
  const plainFetch = globalThis.fetch;
  let seen: SeenCall[] = [];
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(hubspotUrl)) return plainFetch(input, init);
    const startedMs = performance.now();
    const keep = (status: number) => {
      seen.push({ kind: kindOf(url), status, wireMs: performance.now() - startedMs });
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
  };
}

function kindOf(url: string): CallKind {
  const { pathname } = new URL(url);
  if (pathname.endsWith('/search')) return 'search';
  return pathname.endsWith('/tasks/batch/create') ? 'batchCreate' : 'other';
}
