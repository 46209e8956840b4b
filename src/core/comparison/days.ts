/** Local days and ages. Instants become days in the customer's zone before anything is counted. */
import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Date.parse would read an instant without a zone in the zone of the machine. */
const INSTANT_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Returns the calendar day ("2026-08-12") of an ISO instant in an IANA zone; throws RangeError on a bad one. */
export function localDayOf(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Returns the whole days from one calendar day to a later one; negative when the second is earlier. */
export function daysBetween(fromDay: string, toDay: string): number {
  return epochDayOf(toDay) - epochDayOf(fromDay);
}

/** Returns the calendar day that lies a number of days after (or, negative, before) another. */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }, { overflow: 'reject' }).toString();
}

/** Returns the age in days of a touch on the day the facts were saved, both as days in the customer's zone. */
export function ageInDays(touchedAt: string, factsSavedAt: string, timeZone: string): number {
  return daysBetween(localDayOf(touchedAt, timeZone), localDayOf(factsSavedAt, timeZone));
}

/** Returns the milliseconds since 1970 of an ISO instant; throws RangeError on a bad one, or one without a zone. */
export function instantMs(instant: string): number {
  const epochMs = INSTANT_WITH_ZONE.test(instant) ? Date.parse(instant) : NaN;
  if (Number.isNaN(epochMs)) throw new RangeError(`not an instant: ${instant}`);
  return epochMs;
}

/** Calendar days have no hours, so counting them needs no zone: each is 24 hours of UTC. */
function epochDayOf(day: string): number {
  const epochMs = CALENDAR_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(epochMs)) throw new RangeError(`not a calendar day: ${day}`);
  return epochMs / DAY_MS;
}
