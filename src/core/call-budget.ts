/** How fast an account's HubSpot may be called: between the calls that are there for us and the time between two of them. */

/** The window that HubSpot counts an account's calls in. Source: usage guidelines. */
export const CALL_WINDOW_MS = 10_000;
/** Until a header says otherwise. Source: usage guidelines name 100 or 110 by kind of app; the lower is safe for both. */
export const DEFAULT_CALL_LIMIT = 100;
/** We pace 2 % below the limit, so that uneven delivery over the network stays inside the window. */
const SHARE = 0.98;

/** Returns the milliseconds between two calls at full speed, where so many a window are there for us. */
export function intervalFor(callsAWindow: number): number {
  return CALL_WINDOW_MS / Math.round(callsAWindow * SHARE);
}

/** Returns the calls a window that an interval in milliseconds was made for. */
export function callsFor(intervalMs: number): number {
  return Math.round(CALL_WINDOW_MS / intervalMs / SHARE);
}
