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
type Bar = { readonly label: string; readonly percent: number };
export type QuarterCharts = {
  /** Totals at the end of each week up to this one; empty where the quarter is too small to draw. */
  readonly coverage: readonly WeekCounts[];
  readonly coverageText: string;
  /** Shares in percent; empty below the fewest that allow a rate. */
  readonly rates: readonly Bar[];
  readonly ratesText: readonly string[];
};

/** A written survey reaches about this share of the customers it is sent to: "15 percent response rate" of the first seed. */
const SURVEY_PERCENT = 15;
const DAYS_A_WEEK = 7;
const MONDAY = 1;
const PERCENT = 100;

/** @param weeks counts of single weeks, Mondays as `weekOf`, in order */
export function quarterCharts(
  weeks: readonly WeekCounts[],
  figures: QuarterFigures,
  quarter: { readonly startsOn: LocalDay; readonly today: LocalDay },
): QuarterCharts {
  const { accounts, heardFrom } = figures;
  const isDrawn = accounts >= FEWEST_FOR_RATE;
  return {
    coverage: isDrawn ? totalsByWeek(weeks, mondayOf(quarter.startsOn), mondayOf(quarter.today)) : [],
    coverageText: isDrawn ? `Heard from ${heardFrom} of ${accounts} customers so far.` : '',
    ...ratesOf(figures),
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

function ratesOf({
  attempted,
  heardFrom,
  onTime,
}: QuarterFigures): Pick<QuarterCharts, 'rates' | 'ratesText'> {
  const reached = shareOf(heardFrom, attempted);
  const inTime = shareOf(onTime, heardFrom);
  const bars: Bar[] = [];
  const lines: string[] = [];
  if (reached !== null) {
    bars.push({ label: 'Reached', percent: reached.percent }, { label: 'A survey', percent: SURVEY_PERCENT });
    lines.push(
      `Reached ${heardFrom} of ${attempted} tried: ${reached.text}. A written survey reaches about ${SURVEY_PERCENT} %.`,
    );
  }
  if (inTime !== null) {
    bars.push({ label: 'On time', percent: inTime.percent });
    lines.push(`On time ${onTime} of ${heardFrom} heard: ${inTime.text}.`);
  }
  return { rates: bars, ratesText: lines };
}

/** Null below the fewest that allow a rate; with its interval, since a share of few is no figure by itself. */
function shareOf(part: number, whole: number): { percent: number; text: string } | null {
  if (whole < FEWEST_FOR_RATE) return null;
  const { low, high } = wilsonInterval(part / whole, whole);
  const percent = Math.round((part / whole) * PERCENT);
  return { percent, text: `${percent} % (${Math.round(low * PERCENT)} to ${Math.round(high * PERCENT)} %)` };
}

const mondayOf = (day: LocalDay): LocalDay => addDays(day, MONDAY - weekday(day));
