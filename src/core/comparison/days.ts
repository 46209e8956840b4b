/** Local days and ages. Instants become days in the customer's zone before anything is counted. */
import { Temporal } from 'temporal-polyfill';

/** Returns the calendar day ("2026-08-12") of an ISO instant in an IANA zone; throws RangeError on a bad one. */
export function localDayOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Returns the whole days from one calendar day to a later one; negative when the second is earlier. */
export function daysBetween(fromDay: string, toDay: string): number {
  return Temporal.PlainDate.from(fromDay).until(Temporal.PlainDate.from(toDay), { largestUnit: 'day' }).days;
}

/** Returns the calendar day that lies a number of days after (or, negative, before) another. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }, { overflow: 'reject' }).toString();
}

/** Returns the age in days of a touch on the day the facts were saved, both as days in the customer's zone. */
export function ageInDays(touchedAt: string, factsSavedAt: string, timeZone: string): number {
  return daysBetween(localDayOf(touchedAt, timeZone), localDayOf(factsSavedAt, timeZone));
}

/** Returns the milliseconds since 1970 of an ISO instant; throws RangeError on a bad one. */
export function instantMs(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}
