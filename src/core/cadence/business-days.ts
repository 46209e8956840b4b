/**
 * Business days: Monday to Friday without holidays. "Five full business days after" a day never counts that day itself.
 * Leave pauses a window in the same way: a calendar that also calls the person's leave a holiday.
 */
import { Temporal } from 'temporal-polyfill';
import type { LocalDay } from '../model.ts';
import { addDays } from './calendar.ts';

export type BusinessCalendar = { readonly isHoliday: (day: LocalDay) => boolean };

/** No holiday at all: for portals that chose no country. */
export const NO_HOLIDAYS: BusinessCalendar = { isHoliday: () => false };

const SATURDAY = 6;
const LONGEST_PAUSE_DAYS = 400;
const NOTICE_BUSINESS_DAYS = 5;

/** True from Monday to Friday where the calendar has no holiday. */
export function isBusinessDay(day: LocalDay, calendar: BusinessCalendar): boolean {
  return isBusinessDate(Temporal.PlainDate.from(day), calendar);
}

/** Returns the business days from `from` (included) to `to` (excluded, as a cycle's end is), in order. */
export function businessDaysBetween(from: LocalDay, to: LocalDay, calendar: BusinessCalendar): LocalDay[] {
  const end = Temporal.PlainDate.from(to);
  const days: LocalDay[] = [];
  let date = Temporal.PlainDate.from(from);
  while (Temporal.PlainDate.compare(date, end) < 0) {
    if (isBusinessDate(date, calendar)) days.push(date.toString());
    date = date.add({ days: 1 });
  }
  return days;
}

/**
 * Returns the last of `businessDays` full business days after a day; the day itself never counts, 0 gives it back.
 * Throws RangeError for a negative or broken number and where the calendar has no business day for over a year.
 */
export function addBusinessDays(day: LocalDay, businessDays: number, calendar: BusinessCalendar): LocalDay {
  return walk(day, businessDays, 1, calendar);
}

/** Returns the first of `businessDays` full business days before a day; the day itself never counts. Throws as addBusinessDays. */
export function subtractBusinessDays(
  day: LocalDay,
  businessDays: number,
  calendar: BusinessCalendar,
): LocalDay {
  return walk(day, businessDays, -1, calendar);
}

/** Returns the first business day after a day. */
export function nextBusinessDay(day: LocalDay, calendar: BusinessCalendar): LocalDay {
  return addBusinessDays(day, 1, calendar);
}

/** Returns the day itself where it is a business day, else the next one. */
export function businessDayFrom(day: LocalDay, calendar: BusinessCalendar): LocalDay {
  return isBusinessDay(day, calendar) ? day : nextBusinessDay(day, calendar);
}

/**
 * Returns the last day of a window of full business days: noticed on Wednesday, August 12, 2026, a window of five is open to the
 * end of Wednesday, August 19.
 */
export function lastDayOfWindow(
  noticedOn: LocalDay,
  businessDays: number,
  calendar: BusinessCalendar,
): LocalDay {
  return addBusinessDays(noticedOn, businessDays, calendar);
}

/**
 * Returns the first day on which a rep's accounts may be compared: the day after the fifth full business day that follows the
 * announcement, or the day of that rep's acknowledgement if it is later. Announced on Wednesday, September 30, 2026: October 1,
 * 2, 5, 6 and 7 are the five full days, so it opens on October 8.
 */
export function gateOpensOn(
  announcedOn: LocalDay,
  acknowledgedOn: LocalDay,
  calendar: BusinessCalendar,
): LocalDay {
  const noticeOver = addDays(addBusinessDays(announcedOn, NOTICE_BUSINESS_DAYS, calendar), 1);
  return noticeOver > acknowledgedOn ? noticeOver : acknowledgedOn;
}

function walk(day: LocalDay, businessDays: number, step: 1 | -1, calendar: BusinessCalendar): LocalDay {
  if (!Number.isInteger(businessDays) || businessDays < 0) {
    throw new RangeError(`businessDays must be a whole number from 0 on, got ${businessDays}`);
  }
  let date = Temporal.PlainDate.from(day);
  for (let left = businessDays; left > 0; left -= 1) date = neighbor(date, step, calendar);
  return date.toString();
}

function neighbor(from: Temporal.PlainDate, step: 1 | -1, calendar: BusinessCalendar): Temporal.PlainDate {
  let date = from.add({ days: step });
  for (let tried = 0; tried < LONGEST_PAUSE_DAYS; tried += 1) {
    if (isBusinessDate(date, calendar)) return date;
    date = date.add({ days: step });
  }
  throw new RangeError(`no business day within ${LONGEST_PAUSE_DAYS} days of ${from.toString()}`);
}

/** On dates, not texts: reading a text costs ten times what a step costs, and a plan takes hundreds of thousands of steps. */
function isBusinessDate(date: Temporal.PlainDate, calendar: BusinessCalendar): boolean {
  return date.dayOfWeek < SATURDAY && !calendar.isHoliday(date.toString());
}
