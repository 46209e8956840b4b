/**
 * When HubSpot tries a webhook again: on a failed connection, after more than five seconds without a reply, and on any 4xx or
 * 5xx; up to ten more times within 24 hours, at varying times (error handling guide).
 */

/** Real milliseconds that the app has to reply. */
export const replyTimeoutMs = 5_000;

/** Minutes before each new try, at most; together 23 hours and a half. */
const waitMinutes = [1, 3, 8, 20, 45, 90, 150, 240, 360, 490];

/**
 * Simulated milliseconds from a failed try to the next, or null when there is none left.
 * @param attemptNumber of the failed try, from 0
 * @param random from 0 up to but without 1: up to a fifth earlier than the longest wait
 * @param retryAfterSeconds what a 429 asked for; honored where it is the longer wait
 */
export function nextTryInMs(
  attemptNumber: number,
  random: () => number,
  retryAfterSeconds: number | null,
): number | null {
  const minutes = waitMinutes[attemptNumber];
  if (minutes === undefined) return null;
  const jittered = minutes * 60_000 * (1 - random() / 5);
  return Math.round(Math.max(jittered, (retryAfterSeconds ?? 0) * 1_000));
}

/** What a try came to: `ok` for a 2xx, `stop` for a status after which this portal never tries again. */
export function judgeStatus(
  status: number | null,
  stopStatuses: readonly number[],
): 'delivered' | 'stopped' | 'failed' {
  if (status === null) return 'failed';
  if (status >= 200 && status < 300) return 'delivered';
  return stopStatuses.includes(status) ? 'stopped' : 'failed';
}
