import type { CheckIn } from './records.ts';

/** How long a check-in can be taken back after it was saved. */
export const UNDO_MS = 15 * 60_000;

/** Until then nothing of the check-in has left the app, and the manager may undo it. */
export function undoUntil(checkIn: Pick<CheckIn, 'savedAt'>): Date {
  return new Date(checkIn.savedAt.getTime() + UNDO_MS);
}
