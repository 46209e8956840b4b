/** What follows when a customer was not reached. */
import type { LocalDay } from '../model.ts';
import type { BusinessCalendar } from './business-days.ts';
import { addBusinessDays } from './business-days.ts';
import type { Half } from './schedule.ts';

export type NextTry = {
  /** Null once it closes as not reached. */
  readonly nextTryOn: LocalDay | null;
  readonly nextTryHalf: Half | null;
  readonly suggestOtherContact: boolean;
  readonly closeAsNotReached: boolean;
};

const PAUSE_BUSINESS_DAYS = 2;
const ATTEMPTS_BEFORE_OTHER_CONTACT = 3;
const ATTEMPTS_BEFORE_CLOSING = 5;

type Tried = {
  /** How often the customer was tried for this touch, the attempt just made included. */
  readonly attempts: number;
  readonly dueOn: LocalDay;
  readonly half: Half;
  readonly today: LocalDay;
  readonly cal: BusinessCalendar;
};

/**
 * Returns when to try again: two business days after the due day (after today where that is overdue), at the other half of the
 * day. After three attempts another contact is suggested, after five the touch closes as not reached.
 */
export function nextTry({ attempts, dueOn, half, today, cal }: Tried): NextTry {
  const suggestOtherContact = attempts >= ATTEMPTS_BEFORE_OTHER_CONTACT;
  if (attempts >= ATTEMPTS_BEFORE_CLOSING) {
    return { nextTryOn: null, nextTryHalf: null, suggestOtherContact, closeAsNotReached: true };
  }
  const from = today > dueOn ? today : dueOn;
  return {
    nextTryOn: addBusinessDays(from, PAUSE_BUSINESS_DAYS, cal),
    nextTryHalf: half === 'morning' ? 'afternoon' : 'morning',
    suggestOtherContact,
    closeAsNotReached: false,
  };
}
