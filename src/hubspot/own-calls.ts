import { WINDOW_MS } from './rate-headers.ts';

/** A call that left: its number since the portal's last rest, over all processes, and when. */
export type NumberedCall = { readonly callNumber: number; readonly atMs: number };

/** The calls of one portal as this process saw them go by. */
export interface OwnCalls {
  add(call: NumberedCall): void;
  /**
   * At most how many calls of ours, this one included, left in the window that ends with it. Where this process has not
   * watched for a whole window, everything since the portal's last rest counts.
   */
  upTo(call: NumberedCall): number;
}

/** Remembers little more than one window. */
export function createOwnCalls(): OwnCalls {
  let seen: NumberedCall[] = [];
  return {
    add(call) {
      // A smaller number means that the portal rested and the count began anew.
      if (call.callNumber <= (seen.at(-1)?.callNumber ?? 0)) seen = [];
      seen.push(call);
      const gone = seen.findLastIndex((one) => one.atMs <= call.atMs - WINDOW_MS);
      if (gone > 0) seen.splice(0, gone);
    },
    upTo(call) {
      const before = seen.findLast((one) => one.atMs <= call.atMs - WINDOW_MS);
      return call.callNumber - (before?.callNumber ?? 0);
    },
  };
}
