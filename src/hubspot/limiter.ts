import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { BudgetBucket, BudgetStore, Clock, Priority } from '../usecases/ports.ts';
import type { WireReply } from './client.ts';
import { MAX_WAIT_MS } from './retry-after.ts';

export interface Limiter {
  /** Resolves when the call may leave. Throws hubspot_throttled where that is more than 30 s away. */
  acquire(portalId: PortalId, bucket: BudgetBucket, priority: Priority): Promise<void>;
  /** Learns the portal's limit from the headers of a reply. */
  observe(portalId: PortalId, reply: WireReply): void;
  /** After a 429: nobody of this portal sends for a while, and then more slowly. */
  throttle(portalId: PortalId, bucket: BudgetBucket, waitMs: number): Promise<void>;
}

export type LimiterDeps = {
  readonly budget: BudgetStore;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
};

const WINDOW_MS = 10_000;
/** Until a header says otherwise. Source: usage guidelines name 100 or 110 by kind of app; the lower is safe for both. */
const DEFAULT_LIMIT = 100;
/** We pace 2 % below the limit, so that uneven delivery over the network stays inside the window. */
const SHARE = 0.98;
/** Search has its own limit of 5 a second for the account and sends no headers. Source: search guide. */
const SEARCH_INTERVAL_MS = Math.ceil(1000 / (5 * SHARE));
/** A timer that rings late must not slow the pace down, nor let a search window overflow. */
const LATENESS_MS: Record<BudgetBucket, number> = { api: 30, search: 10 };
/** Longer waits go back to the caller as hubspot_throttled instead of keeping its work open. */
const LONGEST_WAIT_MS = 30_000;
/** After a 429 the pace falls by a tenth (never below half), and comes back over this many calls without one. */
const SLOWER = 0.9;
const SLOWEST = 0.5;
const CALLS_TO_RECOVER = 200;

type Waiter = { readonly start: () => void; readonly fail: (error: unknown) => void };
type Lane = {
  readonly portalId: PortalId;
  readonly bucket: BudgetBucket;
  readonly queues: Record<Priority, Waiter[]>;
  isServing: boolean;
  pausedUntilMs: number;
  pace: number;
  callsPerWindow: number;
};

/** Paces each portal's calls through the shared budget; within this process card calls go first. */
export function createLimiter(deps: LimiterDeps): Limiter {
  const lanes = new Map<string, Lane>();

  function laneOf(portalId: PortalId, bucket: BudgetBucket): Lane {
    const key = `${portalId}:${bucket}`;
    const lane = lanes.get(key) ?? newLane(portalId, bucket);
    lanes.set(key, lane);
    return lane;
  }

  return {
    acquire(portalId, bucket, priority) {
      const lane = laneOf(portalId, bucket);
      return new Promise((start, fail) => {
        lane.queues[priority].push({ start, fail });
        if (!lane.isServing) void serve(lane, deps);
      });
    },
    observe(portalId, reply) {
      const callsPerWindow = statedLimit(reply);
      if (callsPerWindow !== null) laneOf(portalId, 'api').callsPerWindow = callsPerWindow;
    },
    async throttle(portalId, bucket, waitMs) {
      const lane = laneOf(portalId, bucket);
      const cappedMs = Math.min(waitMs, MAX_WAIT_MS);
      lane.pausedUntilMs = Math.max(lane.pausedUntilMs, deps.clock.now().getTime() + cappedMs);
      lane.pace = Math.max(SLOWEST, lane.pace * SLOWER);
      await deps.budget.pause(portalId, bucket, cappedMs);
    },
  };
}

function newLane(portalId: PortalId, bucket: BudgetBucket): Lane {
  return {
    portalId,
    bucket,
    queues: { card: [], run: [] },
    isServing: false,
    pausedUntilMs: 0,
    pace: 1,
    callsPerWindow: DEFAULT_LIMIT,
  };
}

/** One call after another leaves the lane; who is first is decided when its time has come, not when it was asked for. */
async function serve(lane: Lane, deps: LimiterDeps): Promise<void> {
  lane.isServing = true;
  while (lane.queues.card.length + lane.queues.run.length > 0) {
    try {
      await waitForTurn(lane, deps);
      next(lane)?.start();
    } catch (error) {
      failAll(lane, error);
    }
  }
  lane.isServing = false;
}

async function waitForTurn(lane: Lane, deps: LimiterDeps): Promise<void> {
  await waitOutPause(lane, deps);
  for (;;) {
    const priority = lane.queues.card.length > 0 ? 'card' : 'run';
    const pace = { intervalMs: intervalMs(lane), latenessMs: LATENESS_MS[lane.bucket] };
    const { isReserved, waitMs } = await deps.budget.reserve(lane.portalId, lane.bucket, pace, priority);
    if (waitMs > LONGEST_WAIT_MS) throw tooFarAway(waitMs);
    if (waitMs > 0) await deps.sleep(waitMs);
    if (isReserved) break;
  }
  // A 429 may have come in while this call waited for its turn.
  await waitOutPause(lane, deps);
  lane.pace = Math.min(1, lane.pace + (1 - SLOWEST) / CALLS_TO_RECOVER);
}

async function waitOutPause(lane: Lane, deps: LimiterDeps): Promise<void> {
  const pausedMs = lane.pausedUntilMs - deps.clock.now().getTime();
  if (pausedMs > LONGEST_WAIT_MS) throw tooFarAway(pausedMs);
  if (pausedMs > 0) await deps.sleep(pausedMs);
}

function intervalMs(lane: Lane): number {
  const fullSpeedMs =
    lane.bucket === 'search' ? SEARCH_INTERVAL_MS : WINDOW_MS / Math.round(lane.callsPerWindow * SHARE);
  return fullSpeedMs / lane.pace;
}

function next(lane: Lane): Waiter | undefined {
  return lane.queues.card.shift() ?? lane.queues.run.shift();
}

function failAll(lane: Lane, error: unknown): void {
  for (const waiter of [...lane.queues.card.splice(0), ...lane.queues.run.splice(0)]) waiter.fail(error);
}

function tooFarAway(waitMs: number): AppError {
  return new AppError('hubspot_throttled', 'HubSpot asks us to wait.', {
    retryAfterMs: Math.min(waitMs, MAX_WAIT_MS),
  });
}

/** Only a ten-second limit in a credible range counts; anything else leaves the pace as it is. */
function statedLimit(reply: WireReply): number | null {
  const intervalHeader = reply.header('x-hubspot-ratelimit-interval-milliseconds');
  if (intervalHeader !== null && Number(intervalHeader) !== WINDOW_MS) return null;
  const limit = Number(reply.header('x-hubspot-ratelimit-max') ?? Number.NaN);
  return Number.isInteger(limit) && limit >= 10 && limit <= 1_000 ? limit : null;
}
