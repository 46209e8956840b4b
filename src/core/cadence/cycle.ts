/** Cycles: the quarters of a year, half-open, as days in the portal's zone. A label computed once is stored and never recomputed. */
import { Temporal } from 'temporal-polyfill';
import type { CycleLabel, LocalDay } from '../model.ts';
import { localDayOf, startOfDay } from './calendar.ts';

export type CycleDays = {
  readonly label: CycleLabel;
  readonly startsOn: LocalDay;
  /** First day after the cycle. */
  readonly endsOn: LocalDay;
};

const MONTHS_PER_CYCLE = 3;

/**
 * Returns the cycle in which a day lies. With a fiscal year that starts in another month than January, the label carries the
 * calendar year in which that fiscal year starts (fiscalStartMonth 4: January 2027 lies in 2026-Q4).
 * Throws RangeError for a malformed day or a month outside 1 to 12.
 */
export function cycleOf(day: LocalDay, fiscalStartMonth = 1): CycleDays {
  if (!Number.isInteger(fiscalStartMonth) || fiscalStartMonth < 1 || fiscalStartMonth > 12) {
    throw new RangeError(`fiscalStartMonth must be a month from 1 to 12, got ${fiscalStartMonth}`);
  }
  const date = Temporal.PlainDate.from(day);
  const monthsIntoYear = (date.month - fiscalStartMonth + 12) % 12;
  const quarter = Math.floor(monthsIntoYear / MONTHS_PER_CYCLE) + 1;
  const fiscalYear = date.month < fiscalStartMonth ? date.year - 1 : date.year;
  const startsOn = date.with({ day: 1 }).subtract({ months: monthsIntoYear % MONTHS_PER_CYCLE });
  return {
    label: `${fiscalYear}-Q${quarter}`,
    startsOn: startsOn.toString(),
    endsOn: startsOn.add({ months: MONTHS_PER_CYCLE }).toString(),
  };
}

/**
 * Returns the cycle that runs at an instant in a zone. A turn happens once and stands: where the clocks go back over midnight
 * (St. John's, November 1, 2009, from 00:01 to 23:01) the last hour of the day before comes again, but not the cycle before.
 */
export function cycleAt(instant: Date, zone: string, fiscalStartMonth = 1): CycleDays {
  const cycle = cycleOf(localDayOf(instant, zone), fiscalStartMonth);
  const endsAt = startOfDay(cycle.endsOn, zone);
  return instant < endsAt ? cycle : nextCycle(cycle, fiscalStartMonth);
}

/** Returns the cycle that follows. */
export function nextCycle(cycle: CycleDays, fiscalStartMonth = 1): CycleDays {
  return cycleOf(cycle.endsOn, fiscalStartMonth);
}

/** Returns the cycle before. */
export function previousCycle(cycle: CycleDays, fiscalStartMonth = 1): CycleDays {
  return cycleOf(Temporal.PlainDate.from(cycle.startsOn).subtract({ days: 1 }).toString(), fiscalStartMonth);
}
