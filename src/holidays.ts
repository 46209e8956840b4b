/** Public holidays of a country, as the business calendar that `core` takes. */
import Holidays from 'date-holidays';
import type { BusinessCalendar } from './core/cadence/business-days.ts';
import { NO_HOLIDAYS } from './core/cadence/business-days.ts';
import { addDays, normalizeZone } from './core/cadence/calendar.ts';
import type { LocalDay } from './core/model.ts';

export type HolidayPlace = {
  /** ISO 3166-1, two letters; unknown or empty: no holidays. */
  readonly country: string;
  /** State or province as date-holidays names it; null for the whole country. */
  readonly region: string | null;
};

const HOURS_PER_DAY = 24;
const MS_PER_HOUR = 3_600_000;

/** One evaluation takes milliseconds, and a plan asks for thousands of days: kept for the life of the process. */
const cache = new Map<string, ReadonlySet<LocalDay>>();

/** Returns the calendar of a place: weekends aside, its public holidays and the days given in their stead. */
export function businessCalendarOf({ country, region }: HolidayPlace): BusinessCalendar {
  if (!holidayCountries().some((known) => known.value === country)) return NO_HOLIDAYS;
  return {
    isHoliday: (day) => publicHolidays({ country, region }, Number(day.slice(0, 4))).has(day),
  };
}

/** Returns the days of a year on which a place has a public holiday; half days do not count. */
export function publicHolidays({ country, region }: HolidayPlace, year: number): ReadonlySet<LocalDay> {
  const key = `${country}/${region ?? ''}/${year}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const rules = region === null ? new Holidays(country) : new Holidays(country, region);
  const days = new Set(
    rules
      .getHolidays(year)
      .filter((holiday) => holiday.type === 'public')
      .flatMap(daysOf),
  );
  cache.set(key, days);
  return days;
}

/** A country and its parts that have holidays of their own, by name in English. */
export type HolidayCountry = {
  readonly value: string;
  readonly label: string;
  readonly regions: readonly { readonly value: string; readonly label: string }[];
};

/** Returns the countries that can be chosen, by name. */
export function holidayCountries(): readonly HolidayCountry[] {
  countries ??= byName(
    Object.keys(library.getCountries('en')).map((value) => ({
      value,
      // The library's own names are now those of the country, now of the state, now of the past.
      label: countryNames.of(value) ?? value,
      regions: regionsOf(value),
    })),
  );
  return countries;
}
let countries: readonly HolidayCountry[] | undefined;
const library = new Holidays();
const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });

function regionsOf(country: string): HolidayCountry['regions'] {
  // Nothing, though its types say otherwise, for a country without parts.
  const states = (library.getStates(country, 'en') as Record<string, string> | undefined) ?? {};
  return byName(Object.entries(states).map(([value, label]) => ({ value, label })));
}

function byName<Named extends { readonly label: string }>(named: Named[]): readonly Named[] {
  return named.sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

/** Returns the country whose holidays an account in this time zone is most likely to keep; null where the zone tells of none that is known. */
export function countryOfZone(timeZone: string): string | null {
  countryByZone ??= new Map(
    holidayCountries().flatMap(({ value }) => zonesOf(value).map((zone) => [zone, value] as const)),
  );
  return countryByZone.get(normalizeZone(timeZone, '')) ?? null;
}
let countryByZone: ReadonlyMap<string, string> | undefined;

/** A property before it became a method: Node 22 has the one, later versions the other. */
type ZonedLocale = { readonly timeZones?: readonly string[]; getTimeZones?(): readonly string[] };

/** By the tz database, under the names that `normalizeZone` gives. */
function zonesOf(country: string): readonly string[] {
  const locale = new Intl.Locale(`und-${country}`) as ZonedLocale;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

function daysOf(holiday: { readonly date: string; readonly start: Date; readonly end: Date }): LocalDay[] {
  const hours = (holiday.end.getTime() - holiday.start.getTime()) / MS_PER_HOUR;
  // An hour less or more: the night on which the clocks change.
  const days = Math.floor((hours + 1) / HOURS_PER_DAY);
  const firstDay = holiday.date.slice(0, 'YYYY-MM-DD'.length);
  return Array.from({ length: days }, (_, index) => addDays(firstDay, index));
}
