const dayMs = 86_400_000;

/** Building a formatter costs more than using it a hundred times. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Days since 1970-01-01 of the date that a clock on the wall in `timeZone` shows at `instant`. */
export function localDayNumber(instant: Date, timeZone: string): number {
  let format = dateFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dateFormats.set(timeZone, format);
  }
  return Math.floor(Date.parse(`${format.format(instant)}T00:00:00Z`) / dayMs);
}

/** The age in days, at least 1, closest to `ageDays` that falls on a weekday: Saturday moves to Friday, Sunday to Monday (day 0, 1970-01-01, was a Thursday). */
export function weekdayAge(today: number, ageDays: number): number {
  const weekday = (((today - ageDays + 3) % 7) + 7) % 7;
  if (weekday === 5) return ageDays + 1;
  if (weekday === 6) return ageDays > 1 ? ageDays - 1 : ageDays + 2;
  return Math.max(1, ageDays);
}

/** First and last minute of a UTC day at which it is that same date, in office hours, in every zone of the portals. */
export const officeMinutes = { first: 15 * 60, last: 21 * 60 + 30 } as const;

/**
 * The instant of a minute of a UTC day. Within `officeMinutes` the date is the same from New York to Los Angeles, in summer
 * and in winter, so that an age in days means the same for every reader.
 */
export function instantOn(dayNumber: number, minuteOfDay: number): Date {
  return new Date(dayNumber * dayMs + minuteOfDay * 60_000);
}

/** YYYY-MM-DD of a day number. */
export function isoDay(dayNumber: number): string {
  return new Date(dayNumber * dayMs).toISOString().slice(0, 10);
}
