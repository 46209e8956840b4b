/**
 * Days, instants and time zones. A LocalDay is a plain calendar day; only the functions that take a zone cross from days to
 * instants, and each of them says what happens where the clocks jump.
 */
import { Temporal } from 'temporal-polyfill';
import type { LocalDay } from '../model.ts';

const DAY_MS = 86_400_000;
const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Date.parse would read an instant without a zone in the zone of the machine. */
const INSTANT_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/**
 * Returns the calendar day ("2026-08-12") on which an instant, a Date or an ISO text, falls in an IANA zone.
 * Throws RangeError for an unknown zone or a text that is no instant.
 */
export function localDayOf(instant: Date | string, zone: string): LocalDay {
  const exact =
    typeof instant === 'string'
      ? Temporal.Instant.from(instant)
      : Temporal.Instant.fromEpochMilliseconds(instant.getTime());
  return exact.toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** Returns the milliseconds since 1970 of an ISO instant; throws RangeError on a bad one, or one without a zone. */
export function instantMs(instant: string): number {
  const epochMs = INSTANT_WITH_ZONE.test(instant) ? Date.parse(instant) : NaN;
  if (Number.isNaN(epochMs)) throw new RangeError(`not an instant: ${instant}`);
  return epochMs;
}

/**
 * Returns the first instant of a day in a zone. That is midnight, or the end of the jump where clocks skip midnight
 * (Beirut, Havana); where midnight happens twice, the first one. Throws RangeError for an unknown zone or day.
 */
export function startOfDay(day: LocalDay, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds);
}

/**
 * Returns the instant at which clocks in a zone show a time of a day. A time that the clocks skip in spring becomes as much
 * later as they jump (02:30 becomes 03:30); of a time that happens twice in autumn the earlier one is taken.
 * Throws RangeError for an unknown zone, day, hour or minute.
 */
export function atLocalTime(day: LocalDay, hour: number, minute: number, zone: string): Date {
  const time = Temporal.PlainTime.from({ hour, minute }, { overflow: 'reject' });
  const dateTime = Temporal.PlainDate.from(day).toPlainDateTime(time);
  return new Date(dateTime.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds);
}

/**
 * Returns the day that lies a whole number of days after another (before it where negative).
 * Throws RangeError for what is no day, or no whole number.
 */
export function addDays(day: LocalDay, days: number): LocalDay {
  if (!Number.isInteger(days)) throw new RangeError(`not a whole number of days: ${days}`);
  const at = new Date((epochDayOf(day) + days) * DAY_MS).toISOString();
  return at.slice(0, at.indexOf('T'));
}

/** Returns the whole days from one day to another; negative where the second is earlier. Throws RangeError for what is no day. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return epochDayOf(to) - epochDayOf(from);
}

/** Returns the day of the week, 1 for Monday to 7 for Sunday (ISO 8601). Throws RangeError for what is no day. */
export function weekday(day: LocalDay): number {
  return new Date(epochDayOf(day) * DAY_MS).getUTCDay() || 7;
}

/** True for a named zone of the IANA time zone database or one of its aliases; false for offsets such as +05:00. */
export function isIanaZone(value: unknown): value is string {
  return typeof value === 'string' && canonicalZone(value) !== null;
}

/**
 * Returns the canonical name of a zone, `America/New_York` for `US/Eastern`, in any case. Also reads the internal values of
 * HubSpot's `hs_timezone` enumeration, which spell "/" and "-" out: `us_slash_eastern`. Anything else gives the fallback.
 */
export function normalizeZone(value: string | null | undefined, fallback: string): string {
  const spelled = (value ?? '').trim().replaceAll('_slash_', '/').replaceAll('_hyphen_', '-');
  return canonicalZone(spelled) ?? fallback;
}

function canonicalZone(name: string): string | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Calendar days have no hours, so counting them needs no zone: each is 24 hours of UTC. Millions are counted in a calibration. */
function epochDayOf(day: LocalDay): number {
  const epochMs = CALENDAR_DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // Date.parse takes February 30 for March 2.
  if (new Date(epochMs).getUTCDate() !== Number(day.slice(8)))
    throw new RangeError(`not a calendar day: ${day}`);
  return epochMs / DAY_MS;
}
