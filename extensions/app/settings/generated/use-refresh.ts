// Copied from extension-kit/use-refresh.ts, by `npm run generate`. Do not edit.
import { useEffect } from 'react';

/** Reads a surface again every so many milliseconds while something on it changes by itself. */
export function useRefresh(isChanging: boolean, reload: () => void, everyMs: number): void {
  useEffect(() => {
    if (!isChanging) return undefined;
    const timer = setInterval(reload, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [isChanging, reload, everyMs]);
}
