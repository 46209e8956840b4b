// Copied from extension-kit/use-read-again.ts, by `npm run generate`. Do not edit.
import { useEffect, useState } from 'react';

/**
 * Reads again after each pause in turn while something is waited for, then leaves it at that. The pauses begin anew whenever
 * `since` changes.
 */
export function useReadAgain(
  isWaiting: boolean,
  pausesMs: readonly number[],
  read: () => void,
  since = '',
): void {
  const [done, setDone] = useState({ since, rounds: 0 });
  const rounds = done.since === since ? done.rounds : 0;
  useEffect(() => {
    const pauseMs = pausesMs[rounds];
    if (!isWaiting || pauseMs === undefined) return undefined;
    const timer = setTimeout(() => {
      setDone({ since, rounds: rounds + 1 });
      read();
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isWaiting, pausesMs, rounds, since, read]);
}
