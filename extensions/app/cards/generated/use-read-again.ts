// Copied from extension-kit/use-read-again.ts, by `npm run generate`. Do not edit.
import { useEffect, useState } from 'react';

/** Reads again after each pause in turn while something is waited for, then leaves it at that. */
export function useReadAgain(isWaiting: boolean, pausesMs: readonly number[], read: () => void): void {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const pauseMs = pausesMs[round];
    if (!isWaiting || pauseMs === undefined) return undefined;
    const timer = setTimeout(() => {
      setRound(round + 1);
      read();
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isWaiting, pausesMs, round, read]);
}
