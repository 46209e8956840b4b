import { startOfDay } from '../../../src/core/cadence/calendar.ts';
import type { LocalDay } from '../../../src/core/model.ts';

/** The years and zones in which the calendar is proved. */
export const FIRST_YEAR = 2000;
export const LAST_YEAR = 2040;
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

const HOUR_MS = 3_600_000;
/** Everywhere, the first midnight of a month lies within this of the same midnight in UTC. */
const AROUND_HOURS = 26;

/** The first day of a month: with a fitting first month of the year, each of them is the turn of a quarter. */
export type Turn = {
  readonly day: LocalDay;
  readonly month: number;
  readonly atMs: number;
  /** The clocks change within about a day of it. */
  readonly isNearJump: boolean;
};

/** A zone that stands for all those whose clocks show the same around the first of every month. */
export type Kind = {
  readonly zone: string;
  readonly same: readonly string[];
  readonly clocks: readonly string[];
};

export const MONTH_STARTS: readonly Pick<Turn, 'day' | 'month'>[] = Array.from(
  { length: (LAST_YEAR - FIRST_YEAR + 1) * 12 },
  (_, index) => {
    const month = (index % 12) + 1;
    return { day: `${FIRST_YEAR + Math.floor(index / 12)}-${String(month).padStart(2, '0')}-01`, month };
  },
);

/** Returns the kinds of zones; every zone is of one. The clocks compared are the platform's own, not those of the code under test. */
export function kindsOfZones(): readonly Kind[] {
  const kinds = new Map<string, Kind & { readonly same: string[] }>();
  for (const zone of ZONES) {
    const clocks = MONTH_STARTS.map(({ day }) => clocksAround(day, zone));
    const print = clocks.join();
    const kind = kinds.get(print);
    if (kind === undefined) kinds.set(print, { zone, same: [zone], clocks });
    else kind.same.push(zone);
  }
  return [...kinds.values()];
}

/** Returns when each month begins in zones of a kind. */
export function turnsOf({ zone, clocks }: Kind): readonly Turn[] {
  return MONTH_STARTS.map((start, index) => ({
    ...start,
    atMs: startOfDay(start.day, zone).getTime(),
    isNearJump: clocks[index]?.includes('|') ?? false,
  }));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks show a good day before and after a midnight of UTC; where that is not as far apart, each hour between. */
function clocksAround(day: LocalDay, zone: string): string {
  const ahead = (hours: number) => aheadMinutes(Date.parse(`${day}T00:00:00Z`) + hours * HOUR_MS, zone);
  const before = ahead(-AROUND_HOURS);
  if (before === ahead(AROUND_HOURS)) return String(before);
  const each = Array.from({ length: 2 * AROUND_HOURS + 1 }, (_, index) => ahead(index - AROUND_HOURS));
  return each.join('|');
}

/** Minutes by which clocks are ahead of UTC, as the platform tells it. */
function aheadMinutes(atMs: number, zone: string): number {
  const format = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, format);
  const [month = 0, date = 0, year = 0, hour = 0, minute = 0] = (format.format(atMs).match(/\d+/g) ?? []).map(
    Number,
  );
  return (Date.UTC(year, month - 1, date, hour, minute) - Math.floor(atMs / 60_000) * 60_000) / 60_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
}
