import { WINDOW_MS } from './rate-headers.ts';

/** A call that leaves: its number since the portal's last rest, over all processes, and when. */
export type NumberedCall = { readonly callNumber: number; readonly atMs: number };

/** The calls of one portal as one process sees them go by. */
export interface OwnCalls {
  /**
   * Takes note of a call, and returns how many calls of ours, this one included, left in the window that ends with it. Between
   * two calls that this process saw, those of other processes count as evenly spread. Where it has not watched for a whole
   * window, everything since the portal's last rest counts.
   */
  add(call: NumberedCall): number;
}

/** Remembers little more than one window. */
export function createOwnCalls(): OwnCalls {
  let seen: NumberedCall[] = [];
  return {
    add(call) {
      // A smaller number means that the portal rested and the count began anew.
      if (call.callNumber <= (seen.at(-1)?.callNumber ?? 0)) seen = [];
      seen.push(call);
      const windowFromMs = call.atMs - WINDOW_MS;
      const gone = seen.findLastIndex((one) => one.atMs <= windowFromMs);
      if (gone > 0) seen.splice(0, gone);
      return call.callNumber - numberAt(seen, windowFromMs);
    },
  };
}

/** The number that a call at this instant would have had; `seen` begins with the last call before it, if any. */
function numberAt([before, after]: readonly NumberedCall[], atMs: number): number {
  if (before === undefined || before.atMs > atMs) return 0;
  if (after === undefined) return before.callNumber;
  const share = (atMs - before.atMs) / (after.atMs - before.atMs);
  return before.callNumber + (after.callNumber - before.callNumber) * share;
}
