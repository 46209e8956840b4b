import { contactsOf } from './check-in-form.ts';
import type { ManagerView } from './contract-types.ts';
import { useReadAgain } from './use-read-again.ts';

/** The backend reads a company's contacts when its card is first opened; that takes it a second or two. */
const LOOK_AFTER_MS = [1_500, 3_000, 6_000];

/** Reads again a few times while nobody to ask for is known yet. */
export function useContactsSoon(view: ManagerView, read: () => void): void {
  const isWaiting = contactsOf(view).length === 0;
  useReadAgain(isWaiting, LOOK_AFTER_MS, read);
}
