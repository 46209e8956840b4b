// Copied from extension-kit/use-contacts-soon.ts, by `npm run generate`. Do not edit.
import { useEffect, useState } from 'react';
import { contactsOf } from './check-in-form.ts';
import type { ManagerView } from './contract-types.ts';

/** The backend reads a company's contacts when its card is first opened; that takes it a second or two. */
const LOOK_AFTER_MS = [1_500, 3_000, 6_000];

/** Reads again a few times while nobody to ask for is known yet. */
export function useContactsSoon(view: ManagerView, read: () => void): void {
  const [round, setRound] = useState(0);
  const isWaiting = contactsOf(view).length === 0;
  useEffect(() => {
    const pauseMs = LOOK_AFTER_MS[round];
    if (!isWaiting || pauseMs === undefined) return undefined;
    const timer = setTimeout(() => {
      setRound(round + 1);
      read();
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [isWaiting, round, read]);
}
