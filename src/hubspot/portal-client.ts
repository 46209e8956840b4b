import { performance } from 'node:perf_hooks';
import type { z } from 'zod';
import type { PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import type { BudgetBucket, Clock, Log, Priority } from '../usecases/ports.ts';
import type { HubSpotClient, WireRequest } from './client.ts';
import type { Limiter } from './limiter.ts';
import { bodyOrThrow, outcomeOf, unreadable, type CallOutcome, type Effect } from './outcome.ts';
import type { PortalTokens } from './tokens.ts';

export type PortalRequest = Omit<WireRequest, 'form' | 'accessToken'> & {
  /** What is asked, in our words and without ids: for errors and logs. */
  readonly what: string;
  readonly priority?: Priority;
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
};

const DEADLINE_MS = 30_000;
const READ_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 500;
/** Waits longer than this go back to the caller. */
const LONGEST_BACKOFF_MS = 15_000;

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
  if (outcome.kind !== 'unavailable') return null;
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

async function attempt(
  deps: PortalClientDeps,
  call: Call,
  timeoutMs: number,
): Promise<Sent & { readonly accessToken: string }> {
  let accessToken = '';
  try {
    await deps.limiter.acquire(call.portalId, call.bucket, call.request.priority ?? 'card');
    // After the turn, not before it: a token must not grow old in the queue.
    accessToken = await deps.tokens.accessToken(call.portalId);
  } catch (error) {
    return { outcome: outcomeBeforeSending(error), wireMs: 0, accessToken };
  }
  const { method, path, query, json } = call.request;
  const wire = {
    method,
    path,
    accessToken,
    ...(query && { query }),
    ...(json === undefined ? {} : { json }),
  };
  const startedMs = performance.now();
  const result = await deps.client.send(wire, timeoutMs);
  const wireMs = performance.now() - startedMs;
  if (result.kind === 'reply') deps.limiter.observe(call.portalId, result);
  const outcome = outcomeOf(call.effect, result, deps.clock.now().getTime());
  await learnFrom(deps, call, outcome);
  return { outcome, wireMs, accessToken };
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

async function learnFrom(deps: PortalClientDeps, call: Call, outcome: CallOutcome): Promise<void> {
  if (outcome.kind === 'ok') return;
  const { portalId, request } = call;
  deps.log.warn({ portalId, what: request.what, ...describe(outcome) }, 'HubSpot call did not succeed');
  if (outcome.kind !== 'throttled') return;
  try {
    await deps.limiter.throttle(
      portalId,
      outcome.isSearchPolicy ? 'search' : call.bucket,
      outcome.retryAfterMs,
    );
  } catch {
    // The reply is already in hand: a budget that cannot be written must not turn it into an unknown outcome.
    deps.log.error({ portalId }, 'the pause after a 429 could not be stored');
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
