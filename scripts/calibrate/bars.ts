/** The bars: what the method promises, against what the simulation finds. All numbers in percent. */
import type { Coverage } from './coverage.ts';
import type { ConfusionRow, GridRow } from './run-cells.ts';
import { STATES } from './states.ts';

export type Bar = {
  readonly bar: string;
  readonly required: string;
  readonly computed: number;
  readonly holds: boolean;
};

type RowFilter = (row: GridRow) => boolean;

const CONFUSION_TOLERANCE = 0.8;
const isInBox: RowFilter = ({ forget, colleague }) => forget <= 0.25 && colleague <= 0.1;
const isReference: RowFilter = ({ forget, colleague }) => forget === 0.1 && colleague === 0.1;
const isCautious: RowFilter = ({ setting, rho }) => setting === 'C' && rho === 0;
const isM: RowFilter = ({ setting }) => setting === 'M';
/** Hits are measured at the reference customer, with either share of counting by memory up to a half. */
const isHitRow: RowFilter = (row) => isReference(row) && row.delta === 0.5 && row.rho === 0;

/** Returns every bar with its computed value; a worst case over all cells that the bar names. */
export function barsOf(
  grid: readonly GridRow[],
  confusion: readonly ConfusionRow[],
  coverage: Coverage,
): Bar[] {
  return [...falseFirmBars(grid), ...hitBars(grid), ...softBars(grid), ...otherBars(confusion, coverage)];
}

function falseFirmBars(grid: readonly GridRow[]): Bar[] {
  const worst = (fits: RowFilter) => largest(grid.filter(fits).map((row) => row.falseFirm));
  const box: RowFilter = (row) => isCautious(row) && isInBox(row);
  return [
    atMost(
      'False firm, C, whole box, delta ≤ 0.5',
      1,
      worst((row) => box(row) && row.delta <= 0.5),
    ),
    atMost(
      'False firm, C, whole box, delta 1',
      1.2,
      worst((row) => box(row) && row.delta === 1),
    ),
    atMost(
      'False firm, C, whole box, delta 0.5, rho 0.1',
      1.5,
      worst((row) => row.setting === 'C' && isInBox(row) && row.rho === 0.1),
    ),
    atMost(
      'False firm, C, forget 25%, colleague 30%, delta ≤ 0.5',
      2,
      worst((row) => isCautious(row) && row.colleague === 0.3),
    ),
    atMost(
      'False firm, q and sigma measured = true, delta ≤ 1',
      0.8,
      worst((row) => row.setting === 'measured'),
    ),
    atMost(
      'False firm, M, 10%/10%, sigma 0.3–0.7, delta ≤ 0.5',
      1,
      worst((row) => isM(row) && isReference(row)),
    ),
  ];
}

function hitBars(grid: readonly GridRow[]): Bar[] {
  const lowest = (fits: RowFilter) =>
    smallest(grid.filter((row) => isHitRow(row) && fits(row)).map((row) => row.hit));
  const cautious =
    (touches: number): RowFilter =>
    (row) =>
      isCautious(row) && row.touches === touches;
  return [
    atLeast(
      'Hit, M, 3 touches, sigma 0.3–0.7',
      40,
      lowest((row) => isM(row) && row.touches === 3),
    ),
    atLeast(
      'Hit, M, 6 touches, sigma ≤ 0.45',
      70,
      lowest((row) => isM(row) && row.touches === 6 && row.sigma <= 0.45),
    ),
    atLeast(
      'Hit, M, 6 touches, sigma 0.7',
      68,
      lowest((row) => isM(row) && row.touches === 6 && row.sigma === 0.7),
    ),
    atLeast('Hit, C, 6 touches, sigma 0.3–0.7', 54, lowest(cautious(6))),
    atLeast('Hit, C, 8 touches, sigma 0.3–0.7', 64, lowest(cautious(8))),
    atLeast('Hit, C, 12 touches, sigma 0.3–0.7', 72, lowest(cautious(12))),
  ];
}

function softBars(grid: readonly GridRow[]): Bar[] {
  const worst = (fits: RowFilter) => largest(grid.filter(fits).map((row) => row.honestSoft));
  return [
    atMost(
      'Honest soft, M, 10%/10%, sigma 0.45, delta 0.5',
      5,
      worst((row) => isM(row) && isReference(row) && row.sigma === 0.45 && row.delta === 0.5),
    ),
    atMost(
      'Honest soft, C, whole box, delta ≤ 0.5',
      11,
      worst((row) => isCautious(row) && isInBox(row) && row.delta <= 0.5),
    ),
  ];
}

function otherBars(confusion: readonly ConfusionRow[], { wilsonMean, shrunkMean }: Coverage): Bar[] {
  return [
    between('Wilson 95%, mean coverage, p uniform 2–50%, n 12–60', 93, 97, wilsonMean),
    between('Shrunk 90%, coverage over its prior', 88, 92, shrunkMean),
    atMost(
      'Confusion matrix, largest distance from the published shares',
      CONFUSION_TOLERANCE,
      distanceOf(confusion),
    ),
  ];
}

/** Returns the largest distance between the matrix and its published shares, in percentage points. */
export function distanceOf(confusion: readonly ConfusionRow[]): number {
  const distances = confusion.flatMap(({ state, meanTouches, setting, percentages }) => {
    const published = STATES.find((one) => one.name === state && one.meanTouches === meanTouches);
    if (published === undefined) return [];
    if (setting === 'C')
      return Math.abs(percentages.DIFFERS_FIRM - (published.publishedFirmC ?? percentages.DIFFERS_FIRM));
    return Object.values(percentages).map((share, column) =>
      Math.abs(share - (published.published[column] ?? share)),
    );
  });
  return largest(distances);
}

function atMost(bar: string, limit: number, computed: number): Bar {
  return { bar, required: `≤ ${limit}%`, computed, holds: computed <= limit };
}

function atLeast(bar: string, limit: number, computed: number): Bar {
  return { bar, required: `≥ ${limit}%`, computed, holds: computed >= limit };
}

function between(bar: string, low: number, high: number, computed: number): Bar {
  return { bar, required: `${low}–${high}%`, computed, holds: computed >= low && computed <= high };
}

/** A bar over no cell at all must not hold: an empty list gives infinity. */
function largest(values: readonly number[]): number {
  return values.length === 0 ? Infinity : Math.round(Math.max(...values) * 1000) / 1000;
}

function smallest(values: readonly number[]): number {
  return values.length === 0 ? -Infinity : Math.min(...values);
}
