import { addDays, weekday } from './cadence/calendar.ts';
import { FEWEST_FOR_RATE, wilsonInterval } from './comparison/statistics.ts';
import type { LocalDay } from './model.ts';

/** What a manager's quarter looks like: counts by week, and rates only where the numbers allow one. */

export type WeekCounts = { readonly weekOf: LocalDay; readonly due: number; readonly heardFrom: number };
export type QuarterFigures = {
  readonly accounts: number;
  readonly heardFrom: number;
  readonly attempted: number;
  readonly onTime: number;
};
export type Rate = {
  readonly kind: 'reached' | 'onTime';
  readonly part: number;
  readonly whole: number;
  /** Of 1, with the ends of its interval. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
};
export type QuarterCharts = {
  /** Totals at the end of each week up to this one; empty where the quarter is too small to draw. */
  readonly coverage: readonly WeekCounts[];
  /** Empty below the fewest that allow a rate. */
  readonly rates: readonly Rate[];
  readonly surveyShare: number;
};

/** A written survey reaches about this share of the customers it is sent to: "15 percent response rate" of the first seed. */
const SURVEY_SHARE = 0.15;
const DAYS_A_WEEK = 7;
const MONDAY = 1;

/** @param weeks counts of single weeks, Mondays as `weekOf`, in order */
export function quarterCharts(
  weeks: readonly WeekCounts[],
  figures: QuarterFigures,
  quarter: { readonly startsOn: LocalDay; readonly today: LocalDay },
): QuarterCharts {
  const isDrawn = figures.accounts >= FEWEST_FOR_RATE;
  return {
    coverage: isDrawn ? totalsByWeek(weeks, mondayOf(quarter.startsOn), mondayOf(quarter.today)) : [],
    rates: ratesOf(figures),
    surveyShare: SURVEY_SHARE,
  };
}

function totalsByWeek(weeks: readonly WeekCounts[], first: LocalDay, last: LocalDay): WeekCounts[] {
  const totals: WeekCounts[] = [];
  for (let weekOf = first; weekOf <= last; weekOf = addDays(weekOf, DAYS_A_WEEK)) {
    const until = weeks.filter((week) => week.weekOf <= weekOf);
    totals.push({
      weekOf,
      due: until.reduce((sum, { due }) => sum + due, 0),
      heardFrom: until.reduce((sum, week) => sum + week.heardFrom, 0),
    });
  }
  return totals;
}

function ratesOf({ attempted, heardFrom, onTime }: QuarterFigures): Rate[] {
  return [...rateOf('reached', heardFrom, attempted), ...rateOf('onTime', onTime, heardFrom)];
}

/** None below the fewest that allow a rate; with its interval, since a share of few is no figure by itself. */
function rateOf(kind: Rate['kind'], part: number, whole: number): Rate[] {
  if (whole < FEWEST_FOR_RATE) return [];
  const share = part / whole;
  const { low, high } = wilsonInterval(share, whole);
  return [{ kind, part, whole, share, low, high }];
}

const mondayOf = (day: LocalDay): LocalDay => addDays(day, MONDAY - weekday(day));
