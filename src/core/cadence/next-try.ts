/** What follows when a customer was not reached. */
import type { LocalDay } from '../model.ts';
import type { BusinessCalendar } from './business-days.ts';
import { addBusinessDays, nextBusinessDay } from './business-days.ts';
import { weekday } from './calendar.ts';
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
/** Two weeks of business days: a wished weekday that is a holiday twice running is not waited for. */
const LOOK_AHEAD_BUSINESS_DAYS = 10;

/** When the person to ask for likes to be reached. */
type Wish = { readonly half: Half | null; readonly weekdays: readonly number[] };

type Tried = {
  /** How often the customer was tried for this touch, the attempt just made included. */
  readonly attempts: number;
  readonly dueOn: LocalDay;
  readonly half: Half;
  readonly today: LocalDay;
  readonly cal: BusinessCalendar;
  /** Null or left out where nothing was wished. */
  readonly wish?: Wish | null;
};

/**
 * Returns when to try again: two business days after the due day (after today where that is overdue), at the other half of the
 * day; a wished half and the next wished weekday go before that. After three attempts another contact is suggested, after five the touch closes as not reached.
 */
export function nextTry({ attempts, dueOn, half, today, cal, wish = null }: Tried): NextTry {
  const suggestOtherContact = attempts >= ATTEMPTS_BEFORE_OTHER_CONTACT;
  if (attempts >= ATTEMPTS_BEFORE_CLOSING) {
    return { nextTryOn: null, nextTryHalf: null, suggestOtherContact, closeAsNotReached: true };
  }
  const from = today > dueOn ? today : dueOn;
  return {
    nextTryOn: wishedDay(addBusinessDays(from, PAUSE_BUSINESS_DAYS, cal), wish?.weekdays ?? [], cal),
    nextTryHalf: wish?.half ?? (half === 'morning' ? 'afternoon' : 'morning'),
    suggestOtherContact,
    closeAsNotReached: false,
  };
}

/** The first of the wished weekdays from a day on; the day itself where none was wished or none comes soon. */
function wishedDay(earliest: LocalDay, weekdays: readonly number[], cal: BusinessCalendar): LocalDay {
  if (weekdays.length === 0) return earliest;
  let day = earliest;
  for (let tried = 0; tried < LOOK_AHEAD_BUSINESS_DAYS; tried += 1) {
    if (weekdays.includes(weekday(day))) return day;
    day = nextBusinessDay(day, cal);
  }
  return earliest;
}
