// Copied from extension-kit/dates.ts, by `npm run generate`. Do not edit.
/**
 * Days are `YYYY-MM-DD` strings the backend already put into the portal's time zone, so they are formatted as they
 * stand; instants are formatted in the viewer's own zone, which is the zone of the browser this runs in.
 */

const DAY_MS = 86_400_000;

/** What HubSpot's DateInput takes and gives: months start at 0. */
export interface DateParts {
  year: number;
  month: number;
  date: number;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const utcOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The locale of the context as Intl takes it; English where it is missing or unknown. */
export function safeLocale(locale: string | undefined): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf((locale ?? '').replace('_', '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

const dayFormat = (day: string, locale: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(utcOf(day));

/** "Thu, Nov 13" */
export function formatDay(day: string, locale: string): string {
  return dayFormat(day, locale, { weekday: 'short', month: 'short', day: 'numeric' });
}

/** "Nov 13" */
export function formatShortDay(day: string, locale: string): string {
  return dayFormat(day, locale, { month: 'short', day: 'numeric' });
}

/** "Nov 13, 2025": for what may be from another year. */
export function formatFullDay(day: string, locale: string): string {
  return dayFormat(day, locale, { year: 'numeric', month: 'short', day: 'numeric' });
}

/** "Nov 13", with the year where it is not today's. */
export const formatPastDay = (day: string, today: string, locale: string): string =>
  day.slice(0, 4) === today.slice(0, 4) ? formatShortDay(day, locale) : formatFullDay(day, locale);

/** "Nov 13, 2025, 10:57 AM" in the viewer's zone. */
export function formatInstant(instant: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

/** How many days lie from one day to another; negative where it is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((utcOf(to) - utcOf(from)) / DAY_MS);

/** "November" */
export function formatMonth(day: string, locale: string): string {
  return dayFormat(day, locale, { month: 'long' });
}

/** "April" for 4: the name of a month from 1 to 12. */
export function monthLabel(month: number, locale: string): string {
  return formatMonth(`2026-${twoDigits(month)}-01`, locale);
}

/** The months in which the quarters of a year start that begins in `month`: [4, 7, 10, 1] for 4. */
export function quarterMonths(month: number): number[] {
  return [0, 3, 6, 9].map((later) => ((month - 1 + later) % 12) + 1);
}

/** "Tue" */
export function formatWeekday(day: string, locale: string): string {
  return dayFormat(day, locale, { weekday: 'short' });
}

/** "10:57 AM" in the viewer's zone, or in `timeZone` where one is given. */
export function formatTime(instant: string, locale: string, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone }).format(
    new Date(instant),
  );
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: string, count: number): string {
  return new Date(utcOf(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many weekdays lie after `from` up to and including `to`; 0 when `to` is not later. */
export function weekdaysBetween(from: string, to: string): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    const weekday = new Date(utcOf(day)).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count += 1;
  }
  return count;
}

/** A day as HubSpot's DateInput takes it. */
export function toDateParts(day: string): DateParts {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month: month - 1, date };
}

/** A day from what HubSpot's DateInput gives. */
export function fromDateParts({ year, month, date }: DateParts): string {
  return `${String(year)}-${twoDigits(month + 1)}-${twoDigits(date)}`;
}
