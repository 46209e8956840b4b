import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * HubSpot's client takes no timeout and follows redirects, but it looks up the global fetch on every call. So we wrap that
 * once: a call made inside `withDeadline` gets its signal and never follows a redirect; every other fetch is untouched.
 */
const currentSignal = new AsyncLocalStorage<AbortSignal>();
let wrappedFetch: typeof fetch | null = null;

/** Runs `work`; fetches inside it end when `signal` fires, headers and body included, and hand redirects back. */
export function withDeadline<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  wrapGlobalFetch();
  return currentSignal.run(signal, work);
}

function wrapGlobalFetch(): void {
  if (wrappedFetch !== null && globalThis.fetch === wrappedFetch) return;
  const plainFetch = globalThis.fetch;
  wrappedFetch = (input, init) => {
    const signal = currentSignal.getStore();
    return signal === undefined
      ? plainFetch(input, init)
      : plainFetch(input, { ...init, signal, redirect: 'manual' });
  };
  globalThis.fetch = wrappedFetch;
}
