// Copied from extension-kit/use-look-again.ts, by `npm run generate`. Do not edit.
import { useReadAgain } from './use-read-again.ts';

const times = (count: number, pauseMs: number): number[] => Array<number>(count).fill(pauseMs);

/** Often while a call usually lasts, then seldom. An hour in all. */
const LOOK_AFTER_MS = [...times(4, 15_000), ...times(18, 30_000), ...times(20, 60_000), ...times(6, 300_000)];
/** For a minute after words were typed in the card beside: their save is near. */
const NEAR_MS = times(12, 5_000);

/** Beyond the quarter of an hour for which a save can be undone; often at first, since second thoughts come soon. */
const UNDO_MS = [...times(12, 10_000), ...times(15, 60_000)];

/** Reads again while what was saved under `savedId` may still be undone in the card beside; empty where nothing can be. */
export function useLookForUndo(savedId: string, read: () => void): void {
  useReadAgain(savedId !== '', UNDO_MS, read, savedId);
}

/**
 * Reads again from time to time while something is open that a card beside this one may close, and every few seconds while
 * `typed`, the words that are kept there as a draft, grow. Each card runs in a worker of its own and hears nothing of the other;
 * HubSpot tells cards of properties that were changed in its own pages, not of what an app writes (HubSpot, "Actions":
 * onCrmPropertiesUpdate), and we write nothing for a quarter of an hour after a save.
 */
export function useLookAgain(isOpen: boolean, typed: string, read: () => void): void {
  useReadAgain(isOpen, LOOK_AFTER_MS, read);
  useReadAgain(isOpen && typed !== '', NEAR_MS, read, typed);
}
