/** We never wait longer for one try, whatever a header says. */
export const MAX_WAIT_MS = 5 * 60_000;

/** Length of the window that was exceeded, by the 429's policy name. */
const POLICY_WAITS_MS: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: MAX_WAIT_MS,
};
const DEFAULT_WAIT_MS = 10_000;

/**
 * How long to wait after a 429 or 477, in ms: the Retry-After header where it says something sane (seconds or an HTTP date in
 * the future), at most five minutes; else the length of the exceeded window.
 */
export function parseRetryAfterMs(header: string | null, policyName: string, nowMs: number): number {
  const askedMs = header === null ? null : (secondsOf(header.trim()) ?? untilDate(header.trim(), nowMs));
  if (askedMs !== null && askedMs > 0) return Math.min(askedMs, MAX_WAIT_MS);
  return POLICY_WAITS_MS[policyName] ?? DEFAULT_WAIT_MS;
}

function secondsOf(header: string): number | null {
  return /^\d{1,15}(\.\d+)?$/.test(header) ? Math.ceil(Number(header) * 1000) : null;
}

function untilDate(header: string, nowMs: number): number | null {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} /.test(header)) return null;
  const atMs = Date.parse(header);
  return Number.isNaN(atMs) ? null : atMs - nowMs;
}
