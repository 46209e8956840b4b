import { AppError, hasCode } from '../errors.ts';
import type { BudgetBucket } from '../usecases/ports.ts';
import type { WireReply, WireResult } from './client.ts';
import { parseErrorBody, type HubSpotError } from './error-body.ts';
import { parseRetryAfterMs } from './retry-after.ts';

/** A read changes nothing and may be sent again; a write may have landed whenever its answer is missing. */
export type Effect = 'read' | 'write';

/** What came of one call. */
export type CallOutcome =
  | { readonly kind: 'ok'; readonly body: unknown }
  /** A definite answer that nothing was done. */
  | { readonly kind: 'rejected'; readonly status: number; readonly error: HubSpotError }
  /** 429, or our own pace says that the call cannot leave soon (`wasSent` false). */
  | {
      readonly kind: 'throttled';
      readonly retryAfterMs: number;
      readonly isSearchPolicy: boolean;
      readonly wasSent: boolean;
    }
  /** 401: the token was refused, nothing was done. */
  | { readonly kind: 'unauthorized'; readonly isExpired: boolean }
  /** A read failed, or nothing was sent. */
  | {
      readonly kind: 'unavailable';
      readonly reason: string;
      readonly retryAfterMs: number;
      /** The reply is larger than we read: the same question would get the same reply. */
      readonly isTooLarge?: true;
    }
  /** A write that may have landed. */
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'notInstalled' };

/** Statuses that say for certain that nothing was applied, once the body is HubSpot's own error document. */
const DEFINITE: readonly number[] = [400, 403, 404, 405, 409, 410, 413, 414, 415, 422];
/** The limit of a bucket where a 429 does not say which was met; searches have one of their own, of a second. */
const UNNAMED_POLICY: Readonly<Record<BudgetBucket, string>> = { api: '', search: 'SECONDLY' };
const UNAVAILABLE_WAIT_MS = 5_000;
/** HubSpot asks for at least two seconds after a 423. Source: error handling guide. */
const LOCKED_WAIT_MS = 2_000;

/** Reads a reply as an outcome. `nowMs` is needed for a Retry-After date, `bucket` for a 429 that names no limit. */
export function outcomeOf(
  effect: Effect,
  result: WireResult,
  nowMs: number,
  bucket: BudgetBucket = 'api',
): CallOutcome {
  if (result.kind === 'notSent') return unavailable(result.reason);
  if (result.kind === 'broken') {
    const outcome = lost(effect, result.reason);
    return result.isTooLarge && outcome.kind === 'unavailable' ? { ...outcome, isTooLarge: true } : outcome;
  }
  if (result.status >= 200 && result.status < 300) {
    return result.isReadable ? { kind: 'ok', body: result.body } : lost(effect, 'the reply was not JSON');
  }
  const error = parseErrorBody(result.body);
  if (result.status === 429) return throttled(result, error, nowMs, bucket);
  if (result.status === 401)
    return { kind: 'unauthorized', isExpired: error?.category === 'EXPIRED_AUTHENTICATION' };
  if (error !== null && DEFINITE.includes(result.status))
    return { kind: 'rejected', status: result.status, error };
  return lost(effect, `status ${result.status}`, waitAfter(result, nowMs));
}

/** Gives back the body of an `ok`, throws the outcome's AppError for anything else. */
export function bodyOrThrow(outcome: CallOutcome, what: string): unknown {
  if (outcome.kind === 'ok') return outcome.body;
  throw toAppError(outcome, what);
}

/** The error of the closed list for an outcome. `what` names the call in our words and holds no ids. */
export function toAppError(outcome: Exclude<CallOutcome, { kind: 'ok' }>, what: string): AppError {
  switch (outcome.kind) {
    case 'rejected':
      return rejectedError(outcome, what);
    case 'throttled':
      return new AppError('hubspot_throttled', 'HubSpot asks us to wait.', {
        retryAfterMs: outcome.retryAfterMs,
        safeDetails: { what },
      });
    case 'unauthorized':
      return unavailableError(what, 'the token was refused', UNAVAILABLE_WAIT_MS);
    case 'unavailable':
      return unavailableError(what, outcome.reason, outcome.retryAfterMs, outcome.isTooLarge);
    case 'unknown':
      return new AppError('outcome_unknown', 'HubSpot did not say whether the change was made.', {
        safeDetails: { what, reason: outcome.reason },
      });
    case 'notInstalled':
      return new AppError('not_installed', 'Service check-in is not connected to this HubSpot account.', {
        hint: 'A HubSpot admin can connect it again from the app’s settings page.',
        safeDetails: { what },
      });
  }
}

/** A read whose reply has the wrong shape or is not whole. */
export function unreadable(what: string, reason: string): AppError {
  return unavailableError(what, reason, UNAVAILABLE_WAIT_MS);
}

/** True where the account did not grant the scope that the call needs. */
export function isScopeMissing(error: unknown): boolean {
  return hasCode(error, 'hubspot_rejected') && error.safeDetails['isScopeMissing'] === true;
}

/** True where the reply was larger than we read, so that less must be asked for at once. */
export function isTooLarge(error: unknown): boolean {
  return hasCode(error, 'hubspot_unavailable') && error.safeDetails['isTooLarge'] === true;
}

function rejectedError(outcome: Extract<CallOutcome, { kind: 'rejected' }>, what: string): AppError {
  const named = outcome.error.context['requiredGranularScopes'] ?? [];
  const scopes = named.filter((scope) => /^[a-z][a-z._-]{2,60}$/.test(scope));
  return new AppError('hubspot_rejected', 'HubSpot refused the request.', {
    ...(scopes.length === 0 ? {} : { hint: `The app needs one of these permissions: ${scopes.join(', ')}.` }),
    safeDetails: {
      what,
      status: outcome.status,
      isScopeMissing: outcome.error.category === 'MISSING_SCOPES',
      reason: outcome.error.reason,
      correlationId: outcome.error.correlationId,
    },
  });
}

function unavailableError(what: string, reason: string, retryAfterMs: number, isTooLarge = false): AppError {
  return new AppError('hubspot_unavailable', 'HubSpot does not answer as it should right now.', {
    retryAfterMs,
    safeDetails: { what, reason, ...(isTooLarge ? { isTooLarge } : {}) },
  });
}

function throttled(
  reply: WireReply,
  error: HubSpotError | null,
  nowMs: number,
  bucket: BudgetBucket,
): CallOutcome {
  const named = error?.policyName ?? '';
  const policy = named === '' ? UNNAMED_POLICY[bucket] : named;
  return {
    kind: 'throttled',
    retryAfterMs: parseRetryAfterMs(reply.header('retry-after'), policy, nowMs),
    isSearchPolicy: policy === 'SECONDLY',
    wasSent: true,
  };
}

function waitAfter(reply: WireReply, nowMs: number): number {
  if (reply.status === 477) return parseRetryAfterMs(reply.header('retry-after'), '', nowMs);
  return reply.status === 423 ? LOCKED_WAIT_MS : UNAVAILABLE_WAIT_MS;
}

function lost(effect: Effect, reason: string, retryAfterMs = UNAVAILABLE_WAIT_MS): CallOutcome {
  return effect === 'read' ? { kind: 'unavailable', reason, retryAfterMs } : { kind: 'unknown', reason };
}

function unavailable(reason: string): CallOutcome {
  return { kind: 'unavailable', reason, retryAfterMs: UNAVAILABLE_WAIT_MS };
}
