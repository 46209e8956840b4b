/** A figure as it is published: the median of several runs, and how far they lie apart. */
export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
};

/** The middle value; of an even number, the mean of the two in the middle. NaN for none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that at least `percent` of all do not exceed (nearest rank). NaN for none. */
export function percentileOf(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Median, smallest and largest, rounded to `digits` after the point. */
export function spreadOf(values: readonly number[], digits = 3): Spread {
  return {
    median: rounded(medianOf(values), digits),
    min: rounded(
      values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
      digits,
    ),
    max: rounded(
      values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
      digits,
    ),
    runs: values.length,
  };
}

/** Rounded to `digits` after the point: figures are read by people. */
export function rounded(value: number, digits = 3): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
