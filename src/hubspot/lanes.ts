import type { PortalId } from '../core/model.ts';
import type { BudgetBucket, Clock } from '../usecases/ports.ts';
import { createOwnCalls, type OwnCalls } from './own-calls.ts';
import { WINDOW_MS } from './rate-headers.ts';
import { createSearchSeconds, type SearchSeconds, type SentSearch } from './search-seconds.ts';

/** Leave to send one call. */
export type Turn = {
  readonly bucket: BudgetBucket;
  /** Calls of ours in the window that ends with this one. */
  readonly ownCalls: number;
  /** Set for a search. */
  readonly search?: SentSearch;
};
type Waiter = { readonly start: (turn: Turn) => void; readonly fail: (error: unknown) => void };

/** What this process knows of one portal's bucket while it uses it. */
export type Lane = {
  readonly portalId: PortalId;
  readonly bucket: BudgetBucket;
  /** Run calls, first come first served. */
  readonly runs: Waiter[];
  readonly ownCalls: OwnCalls;
  readonly searches: SearchSeconds;
  isServingRuns: boolean;
  /** Card calls on their way through. */
  cards: number;
  pausedUntilMs: number;
  usedAtMs: number;
  learnedIntervalMs: number | null;
  /** Calls a window that others make, as far as this process sees. */
  callsOfOthers: number;
};

export interface Lanes {
  of(portalId: PortalId, bucket: BudgetBucket): Lane;
  /** How many are remembered. */
  size(): number;
}

/** Lanes in the order of their use; those that rest are forgotten in passing, so that 5,000 portals leave nothing behind. */
export function createLanes(clock: Clock): Lanes {
  const lanes = new Map<string, Lane>();
  return {
    of(portalId, bucket) {
      const key = `${portalId}:${bucket}`;
      const nowMs = clock.now().getTime();
      const lane = lanes.get(key) ?? newLane(portalId, bucket);
      lane.usedAtMs = nowMs;
      lanes.delete(key);
      lanes.set(key, lane);
      forgetLongestUnused(lanes, nowMs);
      return lane;
    },
    size: () => lanes.size,
  };
}

/** Looks at two with each use: more than are added, so that what is kept stays close to what is in use. */
function forgetLongestUnused(lanes: Map<string, Lane>, nowMs: number): void {
  const oldest = lanes.entries();
  for (let looked = 0; looked < 2; looked += 1) {
    const next = oldest.next();
    if (next.done === true) return;
    const [key, lane] = next.value;
    const isBusy = lane.cards > 0 || lane.isServingRuns || lane.pausedUntilMs > nowMs;
    // Whatever a lane that rested for a window still knows, the shared row knows too.
    if (!isBusy && lane.usedAtMs > nowMs - WINDOW_MS) return;
    lanes.delete(key);
    if (isBusy) lanes.set(key, lane);
  }
}

function newLane(portalId: PortalId, bucket: BudgetBucket): Lane {
  return {
    portalId,
    bucket,
    runs: [],
    ownCalls: createOwnCalls(),
    searches: createSearchSeconds(),
    isServingRuns: false,
    cards: 0,
    pausedUntilMs: 0,
    usedAtMs: 0,
    learnedIntervalMs: null,
    callsOfOthers: 0,
  };
}
