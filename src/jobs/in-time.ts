import { setTimeout as delay } from 'node:timers/promises';

/**
 * Returns what the work gives, where it gives it in time; it is not ended, only not waited for.
 * @throws Error with this message after `timeoutMs`
 */
export async function inTime<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  message: string,
): Promise<Result> {
  const waiting = new AbortController();
  const late = delay(timeoutMs, null, { signal: waiting.signal }).then(() => {
    throw new Error(message);
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
    // A failure that comes later is nobody's any more.
    work.catch(() => undefined);
  }
}
