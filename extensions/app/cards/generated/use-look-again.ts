// Copied from extension-kit/use-look-again.ts, by `npm run generate`. Do not edit.
import { useReadAgain } from './use-read-again.ts';

/** Often while a call usually lasts, since a save in the tab beside is minutes away; then seldom. About an hour in all. */
const LOOK_AFTER_MS = [
  ...[15_000, 15_000, 15_000, 15_000, 30_000, 30_000, 30_000, 30_000],
  ...[60_000, 60_000, 60_000, 60_000, 60_000, 120_000, 300_000, 600_000, 1_200_000, 1_200_000],
];

/**
 * Reads again from time to time while something is open that a card beside this one may close: each runs in a worker of its own
 * and hears nothing of the other. HubSpot's own property events come only when we write, a quarter of an hour after a save.
 */
export function useLookAgain(isOpen: boolean, read: () => void): void {
  useReadAgain(isOpen, LOOK_AFTER_MS, read);
}
