import { performance } from 'node:perf_hooks';
import type { z } from 'zod';
import type { PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import type { BudgetBucket, Clock, Log, Priority } from '../usecases/ports.ts';
import { STOPPED, type HubSpotClient, type WireRequest, type WireResult } from './client.ts';
import type { Turn } from './lanes.ts';
import type { Limiter } from './limiter.ts';
import { bodyOrThrow, outcomeOf, unreadable, type CallOutcome, type Effect } from './outcome.ts';
import type { PortalTokens } from './tokens.ts';

export type PortalRequest = Omit<WireRequest, 'form' | 'accessToken'> & {
  /** What is asked, in our words and without ids: for errors and logs. */
  readonly what: string;
  readonly priority?: Priority;
  /** Asked once the call's turn has come, which may be long after it was wished for: false keeps it here. */
  readonly mayStillLeave?: (() => boolean) | undefined;
};

/** Calls on behalf of one portal: with its token, at its pace, within the deadline. */
export interface PortalClient {
  /** A read: sent again a few times on transient failures. Throws hubspot_throttled, hubspot_unavailable, hubspot_rejected, not_installed. */
  read<Schema extends z.ZodType>(
    portalId: PortalId,
    request: PortalRequest,
    schema: Schema,
    bucket?: BudgetBucket,
  ): Promise<z.output<Schema>>;
  /** Like `read`, for callers that look at a refusal themselves. */
  tryRead(portalId: PortalId, request: PortalRequest, bucket?: BudgetBucket): Promise<CallOutcome>;
  /** A write: leaves at most once, but for a 401 over an expired token, which says that nothing was done. */
  write(portalId: PortalId, request: PortalRequest): Promise<CallOutcome>;
}

export type PortalClientDeps = {
  readonly client: HubSpotClient;
  readonly tokens: PortalTokens;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
  /** Time on the wire for one call with all its retries; waiting for a turn does not count. */
  readonly deadlineMs?: number | undefined;
  readonly random?: (() => number) | undefined;
  /** Told of every try, sent or not: for metrics and measurements. Must not throw. */
  readonly onCall?: ((fact: CallFact) => void) | undefined;
};

/** One try of one call. */
export type CallFact = {
  readonly portalId: PortalId;
  readonly bucket: BudgetBucket;
  readonly priority: Priority;
  readonly outcome: CallOutcome['kind'];
  /** False where the limiter, or the lack of a token, kept it here. */
  readonly wasSent: boolean;
  /** In ms, until the limiter let it go or sent it away. */
  readonly waitedMs: number;
  /** In ms, from the first byte sent to the last one read. */
  readonly wireMs: number;
};

const DEADLINE_MS = 30_000;
const READ_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
/** A token handed out has a minute to live, which leaves enough for the deadline after a wait of this length. */
const TOKEN_KEEPS_MS = 20_000;
/** Waits longer than this go back to the caller. */
const LONGEST_BACKOFF_MS = 15_000;
/** What came too late to leave may be wished for again at once, by whoever may. */
const TOO_LATE = { kind: 'unavailable', reason: 'not wanted any more', retryAfterMs: 0 } as const;

type Call = {
  readonly portalId: PortalId;
  readonly request: PortalRequest;
  readonly bucket: BudgetBucket;
  readonly effect: Effect;
};

/** The client of all portals. */
export function createPortalClient(deps: PortalClientDeps): PortalClient {
  const tryRead: PortalClient['tryRead'] = (portalId, request, bucket = 'api') =>
    withRetries(deps, { portalId, request, bucket, effect: 'read' });
  return {
    tryRead,
    async read(portalId, request, schema, bucket) {
      const body = bodyOrThrow(await tryRead(portalId, request, bucket), request.what);
      const result = schema.safeParse(body);
      if (!result.success) throw unreadable(request.what, 'the reply has another shape');
      return result.data;
    },
    async write(portalId, request) {
      const call = { portalId, request, bucket: 'api', effect: 'write' } as const;
      return (await sendOnce(deps, call, deps.deadlineMs ?? DEADLINE_MS)).outcome;
    },
  };
}

async function withRetries(deps: PortalClientDeps, call: Call): Promise<CallOutcome> {
  let leftMs = deps.deadlineMs ?? DEADLINE_MS;
  for (let tries = 1; ; tries += 1) {
    const { outcome, wireMs } = await sendOnce(deps, call, leftMs);
    leftMs -= wireMs;
    const waitMs = backoffMs(deps, outcome, tries);
    if (waitMs === null || leftMs <= 0) return outcome;
    await deps.sleep(waitMs);
  }
}

/** How long until the next try; null where trying again would not help or is the caller's decision. */
function backoffMs(deps: PortalClientDeps, outcome: CallOutcome, tries: number): number | null {
  if (tries >= READ_ATTEMPTS) return null;
  if (outcome.kind === 'throttled')
    return outcome.retryAfterMs > LONGEST_BACKOFF_MS ? null : outcome.retryAfterMs;
  if (outcome.kind !== 'unavailable' || outcome.isTooLarge) return null;
  // A process that stops sends nothing any more; each wait would only keep it from ending.
  if (outcome.reason === STOPPED) return null;
  const randomShare = (deps.random ?? Math.random)();
  return FIRST_BACKOFF_MS * 2 ** (tries - 1) * (0.5 + randomShare);
}

type Sent = { readonly outcome: CallOutcome; readonly wireMs: number };

async function sendOnce(deps: PortalClientDeps, call: Call, timeoutMs: number): Promise<Sent> {
  const first = await attempt(deps, call, timeoutMs);
  if (first.outcome.kind !== 'unauthorized') return first;
  const next = await afterRefusal(deps, call, first.accessToken, first.outcome);
  return next === 'retry' ? attempt(deps, call, timeoutMs) : { outcome: next, wireMs: first.wireMs };
}

type Attempt = Sent & { readonly accessToken: string };
type Passage = { readonly turn: Turn; readonly accessToken: string; readonly waitedMs: number };

async function attempt(deps: PortalClientDeps, call: Call, timeoutMs: number): Promise<Attempt> {
  const askedMs = deps.clock.now().getTime();
  let passage: Passage;
  try {
    passage = await takePassage(deps, call);
  } catch (error) {
    const outcome = outcomeBeforeSending(error);
    const waitedMs = deps.clock.now().getTime() - askedMs;
    report(deps, call, outcome, { wasSent: false, waitedMs, wireMs: 0 });
    return { outcome, wireMs: 0, accessToken: '' };
  }
  if (call.request.mayStillLeave?.() === false) {
    report(deps, call, TOO_LATE, { wasSent: false, waitedMs: passage.waitedMs, wireMs: 0 });
    return { outcome: TOO_LATE, wireMs: 0, accessToken: '' };
  }
  const startedMs = performance.now();
  const result = await deps.client.send(wireOf(call.request, passage.accessToken), timeoutMs);
  const wireMs = performance.now() - startedMs;
  const outcome = outcomeOf(call.effect, result, deps.clock.now().getTime(), call.bucket);
  report(deps, call, outcome, { wasSent: true, waitedMs: passage.waitedMs, wireMs });
  await learnFrom(deps, call, passage.turn, result, outcome);
  return { outcome, wireMs, accessToken: passage.accessToken };
}

/**
 * Nothing may stand between a turn and its call: a search that leaves 20 ms late can meet the next one within HubSpot's second.
 * So the token is read first, and again only after a wait in which it may have grown old.
 */
async function takePassage(deps: PortalClientDeps, call: Call): Promise<Passage> {
  const { portalId, bucket } = call;
  const accessToken = await deps.tokens.accessToken(portalId);
  const askedMs = deps.clock.now().getTime();
  const turn = await deps.limiter.acquire(portalId, bucket, priorityOf(call));
  const waitedMs = deps.clock.now().getTime() - askedMs;
  if (waitedMs <= TOKEN_KEEPS_MS) return { turn, accessToken, waitedMs };
  return { turn, accessToken: await deps.tokens.accessToken(portalId), waitedMs };
}

function priorityOf(call: Call): Priority {
  return call.request.priority ?? 'card';
}

function wireOf({ method, path, query, json }: PortalRequest, accessToken: string): WireRequest {
  return {
    method,
    path,
    accessToken,
    ...(query && { query }),
    ...(json === undefined ? {} : { json }),
  };
}

function report(
  deps: PortalClientDeps,
  call: Call,
  outcome: CallOutcome,
  times: Pick<CallFact, 'wasSent' | 'waitedMs' | 'wireMs'>,
): void {
  const { portalId, bucket, request } = call;
  deps.onCall?.({ portalId, bucket, priority: priorityOf(call), outcome: outcome.kind, ...times });
  if (outcome.kind === 'ok') return;
  const fields = { portalId, what: request.what, waitedMs: times.waitedMs, ...describe(outcome) };
  deps.log.warn(fields, 'HubSpot call did not succeed');
}

/** Nothing has left yet, so a failure here is never an unknown outcome. Other errors (our database) go up as they are. */
function outcomeBeforeSending(error: unknown): CallOutcome {
  if (hasCode(error, 'not_installed')) return { kind: 'notInstalled' };
  if (hasCode(error, 'hubspot_throttled')) {
    return {
      kind: 'throttled',
      retryAfterMs: error.retryAfterMs ?? LONGEST_BACKOFF_MS + 1,
      isSearchPolicy: false,
      wasSent: false,
    };
  }
  if (hasCode(error, 'hubspot_unavailable')) {
    return { kind: 'unavailable', reason: 'no token', retryAfterMs: error.retryAfterMs ?? FIRST_BACKOFF_MS };
  }
  throw error;
}

type Refusal = Extract<CallOutcome, { kind: 'unauthorized' }>;

/** A 401 says that nothing was done, so a failure to find out more leaves it at that. */
async function afterRefusal(
  deps: PortalClientDeps,
  { portalId }: Call,
  accessToken: string,
  refusal: Refusal,
): Promise<'retry' | CallOutcome> {
  try {
    const verdict = await deps.tokens.afterRefusal(portalId, accessToken, refusal.isExpired);
    if (verdict === 'retry') return 'retry';
    return verdict === 'lost' ? { kind: 'notInstalled' } : refusal;
  } catch (error) {
    if (hasCode(error, 'not_installed')) return { kind: 'notInstalled' };
    deps.log.error({ portalId }, 'a refused HubSpot token could not be renewed');
    return refusal;
  }
}

/** The reply is already in hand: a budget that cannot be written must not turn it into an unknown outcome. */
async function learnFrom(
  deps: PortalClientDeps,
  { portalId, bucket }: Call,
  turn: Turn,
  result: WireResult,
  outcome: CallOutcome,
): Promise<void> {
  try {
    if (result.kind === 'reply') await deps.limiter.observe(portalId, turn, result);
    if (outcome.kind !== 'throttled') return;
    await deps.limiter.throttle(portalId, outcome.isSearchPolicy ? 'search' : bucket, outcome.retryAfterMs);
  } catch {
    deps.log.error({ portalId }, 'what HubSpot says about the pace could not be stored');
  }
}

function describe(outcome: CallOutcome): Record<string, string | number> {
  if (outcome.kind === 'rejected') {
    return {
      outcome: outcome.kind,
      status: outcome.status,
      reason: outcome.error.reason,
      correlationId: outcome.error.correlationId,
    };
  }
  return 'reason' in outcome ? { outcome: outcome.kind, reason: outcome.reason } : { outcome: outcome.kind };
}
