import type { ErrorCode } from '../errors.ts';

const SECOND_MS = 1_000;
const LONGEST_MS = 15 * 60_000;

/** First wait after a failure, by its code; each further failure doubles it. */
const FIRST_WAIT_MS: Record<ErrorCode, number> = {
  invalid_input: LONGEST_MS,
  payload_too_large: LONGEST_MS,
  unauthenticated: LONGEST_MS,
  forbidden: LONGEST_MS,
  not_found: LONGEST_MS,
  conflict: LONGEST_MS,
  not_installed: LONGEST_MS,
  rate_limited: 10 * SECOND_MS,
  hubspot_rejected: 5 * 60 * SECOND_MS,
  hubspot_throttled: 10 * SECOND_MS,
  hubspot_unavailable: 5 * SECOND_MS,
  outcome_unknown: 60 * SECOND_MS,
  unavailable: 2 * SECOND_MS,
  internal: 30 * SECOND_MS,
};

/**
 * How long a job rests before it is tried again, in ms; at most a quarter of an hour.
 * @param failures how often it failed before this time
 * @param retryAfterMs what the other side asked for
 */
export function retryDelayMs(code: ErrorCode, failures: number, retryAfterMs = 0): number {
  return Math.min(Math.max(FIRST_WAIT_MS[code] * 2 ** failures, retryAfterMs), LONGEST_MS);
}
