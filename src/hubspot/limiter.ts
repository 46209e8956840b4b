import { DEFAULT_CALL_LIMIT, intervalFor } from '../core/call-budget.ts';
import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { BudgetBucket, BudgetStore, Clock, Pace, Priority, Slot } from '../usecases/ports.ts';
import type { WireReply } from './client.ts';
import { createLanes, type Lane, type Turn } from './lanes.ts';
import { statedBudget, type StatedBudget } from './rate-headers.ts';
import { MAX_WAIT_MS } from './retry-after.ts';

export interface Limiter {
  /** Resolves when the call may leave. Throws hubspot_throttled where that is more than 30 s away. */
  acquire(portalId: PortalId, bucket: BudgetBucket, priority: Priority): Promise<Turn>;
  /** Learns from the headers of a call's reply how fast this portal may be called, for all processes. */
  observe(portalId: PortalId, turn: Turn, reply: WireReply): Promise<void>;
  /** After a 429: nobody of this portal sends for a while, and then more slowly. */
  throttle(portalId: PortalId, bucket: BudgetBucket, waitMs: number): Promise<void>;
}

export type LimiterDeps = {
  readonly budget: BudgetStore;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random?: (() => number) | undefined;
};

/** Longer waits go back to the caller as hubspot_throttled instead of keeping its work open. */
const LONGEST_WAIT_MS = 30_000;

/**
 * A call leaves up to `latenessMs` after its slot without costing a slot, because timers ring late and the database takes its
 * time. That lateness L, and what the timer and the way to HubSpot add (J), squeeze calls together, so any window W holds at
 * most floor((W + L + J) / interval) + 1 calls:
 * - api, W = 10 s, limit 110, interval 10,000 / 108 = 92.6 ms: at most 110 while L + J < 185 ms; with L = 90, J < 95 ms. With
 *   the limit 100 (interval 102.0 ms) J < 114 ms.
 * - search, W = 1 s, limit 5 (for the account, no headers; source: search guide), interval 207 ms: at most 5 while
 *   L + J < 35 ms; with L = 15, J < 20 ms, of which a timer takes 10 ms. 5 / s would be 200 ms, so this costs 3.4 %.
 *   What a busy machine adds to J is seen afterwards and made up for (search-seconds.ts).
 */
const PACES: Readonly<Record<BudgetBucket, Pace>> = {
  api: { intervalMs: intervalFor(DEFAULT_CALL_LIMIT), latenessMs: 90, longestWaitMs: LONGEST_WAIT_MS },
  search: { intervalMs: 207, latenessMs: 15, longestWaitMs: LONGEST_WAIT_MS },
};
/** Waiting runs of several processes ask again a little apart, and well within the lateness that costs nothing. */
const SPREAD_MS: Readonly<Record<BudgetBucket, number>> = { api: 10, search: 3 };
/** A few calls that our own do not explain are rounding at the window's edges, and fit into the share that we leave. */
const UNEXPLAINED_CALLS = 2;
/** While others use the account, the pace that is left changes with each reply: faster by less than this is not stored. */
const FASTER = 0.97;

/** Paces each portal's calls through the shared budget. A card call never waits for a run call of its own process. */
export function createLimiter(deps: LimiterDeps): Limiter {
  const lanes = createLanes(deps.clock);
  return {
    acquire(portalId, bucket, priority) {
      const lane = lanes.of(portalId, bucket);
      return priority === 'card' ? bookCard(lane, deps) : queueRun(lane, deps);
    },
    async observe(portalId, turn, reply) {
      const lane = lanes.of(portalId, turn.bucket);
      if (turn.search !== undefined) lane.searches.answered(turn.search, deps.clock.now().getTime());
      const stated = turn.bucket === 'api' ? statedBudget(reply) : null;
      if (stated === null) return;
      lane.callsOfOthers = callsOfOthers(lane, turn, stated);
      const intervalMs = intervalFor(stated.limit - lane.callsOfOthers);
      if (!isWorthSharing(lane, intervalMs)) return;
      lane.learnedIntervalMs = intervalMs;
      await deps.budget.learn(portalId, turn.bucket, intervalMs);
    },
    async throttle(portalId, bucket, waitMs) {
      const lane = lanes.of(portalId, bucket);
      const cappedMs = Math.min(waitMs, MAX_WAIT_MS);
      lane.pausedUntilMs = Math.max(lane.pausedUntilMs, deps.clock.now().getTime() + cappedMs);
      await deps.budget.pause(portalId, bucket, cappedMs);
    },
  };
}

/** A card call books the next slot and waits for it beside whatever else waits in this lane. */
async function bookCard(lane: Lane, deps: LimiterDeps): Promise<Turn> {
  lane.cards += 1;
  try {
    for (;;) {
      await waitOutPause(lane, deps);
      await waitForSearches(lane, deps);
      const slot = await ask(lane, deps, 'card');
      if (!slot.isReserved) throw tooFarAway(slot.waitMs);
      if (slot.waitMs > 0) await deps.sleep(slot.waitMs);
      // A 429 may have come in meanwhile: then this slot lies in the pause, and another one is booked behind it.
      if (!isPaused(lane, deps)) return turnOf(lane, deps, slot);
    }
  } finally {
    lane.cards -= 1;
  }
}

function queueRun(lane: Lane, deps: LimiterDeps): Promise<Turn> {
  return new Promise((start, fail) => {
    lane.runs.push({ start, fail });
    if (!lane.isServingRuns) void serveRuns(lane, deps);
  });
}

/** One run call after another leaves; those behind it do not ask the database. */
async function serveRuns(lane: Lane, deps: LimiterDeps): Promise<void> {
  lane.isServingRuns = true;
  while (lane.runs.length > 0) {
    try {
      const turn = await takeFreeSlot(lane, deps);
      lane.runs.shift()?.start(turn);
    } catch (error) {
      for (const waiter of lane.runs.splice(0)) waiter.fail(error);
    }
  }
  lane.isServingRuns = false;
}

/** A run call books nothing: while it sleeps, every card call of any process goes before it. */
async function takeFreeSlot(lane: Lane, deps: LimiterDeps): Promise<Turn> {
  for (;;) {
    await waitOutPause(lane, deps);
    await waitForSearches(lane, deps);
    const slot = await ask(lane, deps, 'run');
    if (slot.isReserved) return turnOf(lane, deps, slot);
    if (slot.waitMs > LONGEST_WAIT_MS) throw tooFarAway(slot.waitMs);
    const spreadMs = Math.floor((deps.random ?? Math.random)() * SPREAD_MS[lane.bucket]);
    await deps.sleep(slot.waitMs + spreadMs);
  }
}

async function ask(lane: Lane, deps: LimiterDeps, priority: Priority): Promise<Slot> {
  const slot = await deps.budget.reserve(lane.portalId, lane.bucket, PACES[lane.bucket], priority);
  lane.learnedIntervalMs = slot.learnedIntervalMs;
  return slot;
}

function turnOf(lane: Lane, deps: LimiterDeps, { callNumber }: Slot): Turn {
  const { bucket, searches } = lane;
  lane.usedAtMs = deps.clock.now().getTime();
  const ownCalls = lane.ownCalls.add({ callNumber, atMs: lane.usedAtMs });
  return bucket === 'api'
    ? { bucket, ownCalls }
    : { bucket, ownCalls, search: searches.leave(lane.usedAtMs) };
}

/** Before a slot is asked for, so that none goes unused: where earlier searches of this process were late. */
async function waitForSearches({ bucket, searches }: Lane, deps: LimiterDeps): Promise<void> {
  const waitMs = bucket === 'search' ? searches.waitMs(deps.clock.now().getTime()) : 0;
  if (waitMs > 0) await deps.sleep(waitMs);
}

async function waitOutPause(lane: Lane, deps: LimiterDeps): Promise<void> {
  const pausedMs = lane.pausedUntilMs - deps.clock.now().getTime();
  if (pausedMs > LONGEST_WAIT_MS) throw tooFarAway(pausedMs);
  if (pausedMs > 0) await deps.sleep(pausedMs);
}

function isPaused(lane: Lane, deps: LimiterDeps): boolean {
  return lane.pausedUntilMs > deps.clock.now().getTime();
}

/**
 * Calls in the window that are not ours: others share this account's budget, and what they use is not there for us. We leave
 * it to them before a 429 says so, down to half of the limit; from there on the 429s decide. What falls silent is given up a
 * call at a time, because one reply alone may count a little too few.
 */
function callsOfOthers(lane: Lane, turn: Turn, { limit, remaining }: StatedBudget): number {
  if (remaining === null) return 0;
  const unexplained = Math.min(limit - remaining - turn.ownCalls, limit / 2);
  const others = unexplained > UNEXPLAINED_CALLS ? unexplained : 0;
  return Math.max(others, lane.callsOfOthers - 1);
}

function isWorthSharing(lane: Lane, intervalMs: number): boolean {
  const knownMs = lane.learnedIntervalMs ?? PACES.api.intervalMs;
  const isSettled = lane.callsOfOthers === 0;
  return intervalMs > knownMs || intervalMs < (isSettled ? knownMs : knownMs * FASTER);
}

function tooFarAway(waitMs: number): AppError {
  return new AppError('hubspot_throttled', 'HubSpot asks us to wait.', {
    retryAfterMs: Math.min(waitMs, MAX_WAIT_MS),
  });
}
