/** A portal measures its own recall error from touches that a machine confirmed. */
import { betaQuantile } from './beta.ts';
import { isMachineConfirmed } from './claim.ts';
import type { ComparisonInputs } from './finding.ts';
import { normalCdf } from './normal.ts';
import { missAllChance } from './recall-chance.ts';
import type { Settings } from './settings.ts';
import { CAUTIOUS_SETTINGS, COUNTED_DAYS } from './settings.ts';
import type { DayRange } from './statement.ts';
import { countBand, recencyBand } from './statement.ts';

/** A statement about one confirmed touch-day, or about several. Ages in days. */
export type RecallSample =
  | {
      readonly kind: 'one';
      readonly ageDays: number;
      readonly isMissed: boolean;
      readonly recency: DayRange;
    }
  | { readonly kind: 'several'; readonly touchDays: number; readonly areAllMissed: boolean };

/** What a portal has measured; each value is the cautious one until enough statements exist. */
export type MeasuredRecall = {
  readonly settings: Settings;
  readonly missStatements: number;
  readonly missed: number;
  readonly dateStatements: number;
  readonly severalStatements: number;
};

/** Statements needed before a measured value replaces the cautious one. */
export const FEWEST_STATEMENTS = 60;
export const FEWEST_STATEMENTS_FOR_RHO = 300;

const PRIOR_MISSED = 3.25;
const PRIOR_RECALLED = 6.75;
const CAUTION_QUANTILE = 0.8;
const YOUNG_DAYS = 45;
const LARGEST_SIGMA = 1;
const SIGMA_GRID = Array.from({ length: 17 }, (_, step) => (20 + 5 * step) / 100);
const RHO_STEPS = 40;
/** Clustering beyond this cannot be told from one shared memory. */
const LARGEST_RHO = 0.99;
const UNUSABLE_FLAGS = ['partial', 'stale', 'unsure', 'colleague', 'spokeBefore'] as const;

/**
 * Returns the ground truth in a statement, or null when it holds none: both items answered and in step with each
 * other, and every live touch of 90 days machine-confirmed and with the respondent.
 */
export function recallSample(inputs: ComparisonInputs): RecallSample | null {
  const recency = recencyBand(inputs.recency);
  const count = countBand(inputs.count);
  if (recency === null || count === null || UNUSABLE_FLAGS.some((flag) => inputs.flags.includes(flag)))
    return null;
  const isMissed = count.atMost === 0;
  if (isMissed !== recency.earliestDays > COUNTED_DAYS) return null;
  const live = inputs.claims.filter(({ outcome, ageDays }) => outcome === 'live' && ageDays <= COUNTED_DAYS);
  if (!live.every((claim) => isMachineConfirmed(claim) && claim.contact === 'respondent')) return null;
  const [ageDays, ...older] = new Set(live.map((claim) => claim.ageDays));
  if (ageDays === undefined) return null;
  if (older.length > 0) return { kind: 'several', touchDays: older.length + 1, areAllMissed: isMissed };
  return { kind: 'one', ageDays, isMissed, recency };
}

/** Returns q_U, the cautious 80 % bound of the chance that a touch is missed, after m missed of n. */
export function missBound(missed: number, statements: number): number {
  return betaQuantile(CAUTION_QUANTILE, PRIOR_MISSED + missed, PRIOR_RECALLED + statements - missed);
}

/**
 * Returns sigma_U, the 80 % quantile of the date error over the grid 0.20 to 1.00 with a flat prior: the first grid
 * value at which the posterior reaches 80 %.
 */
export function dateErrorBound(samples: readonly { ageDays: number; recency: DayRange }[]): number {
  const logLikelihoods = SIGMA_GRID.map((sigma) =>
    samples.reduce((sum, sample) => sum + Math.log(bandLikelihood(sample, sigma)), 0),
  );
  const largest = Math.max(...logLikelihoods);
  const weights = logLikelihoods.map((value) => Math.exp(value - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  for (const [index, sigma] of SIGMA_GRID.entries()) {
    reached += (weights[index] ?? 0) / total;
    if (reached >= CAUTION_QUANTILE) return sigma;
  }
  return LARGEST_SIGMA;
}

/**
 * Returns the moment estimate of rho, at least 0: the value at which as many statements about several touches would
 * be missed in full as were. `q` is the plain share of single touches missed.
 */
export function clusterEstimate(
  samples: readonly { touchDays: number; areAllMissed: boolean }[],
  q: number,
): number {
  const observed = samples.filter((sample) => sample.areAllMissed).length;
  const expected = (rho: number) =>
    samples.reduce((sum, { touchDays }) => sum + missAllChance(touchDays, { q, rho }), 0);
  if (expected(0) >= observed) return 0;
  let low = 0;
  let high = LARGEST_RHO;
  for (let step = 0; step < RHO_STEPS; step += 1) {
    const middle = (low + high) / 2;
    if (expected(middle) < observed) low = middle;
    else high = middle;
  }
  return Math.round(high * 1e4) / 1e4;
}

/** Returns the settings that a portal has earned by its samples, with the numbers behind them. */
export function measureRecall(samples: readonly RecallSample[]): MeasuredRecall {
  const single = samples.filter((sample) => sample.kind === 'one');
  const several = samples.filter((sample) => sample.kind === 'several');
  const young = single.filter((sample) => sample.ageDays <= YOUNG_DAYS);
  const dated = single.filter((sample) => !sample.isMissed);
  const missed = young.filter((sample) => sample.isMissed).length;
  const hasRho = several.length >= FEWEST_STATEMENTS_FOR_RHO && young.length >= FEWEST_STATEMENTS;
  const settings = {
    ...CAUTIOUS_SETTINGS,
    ...(young.length >= FEWEST_STATEMENTS ? { q: missBound(missed, young.length) } : {}),
    ...(dated.length >= FEWEST_STATEMENTS ? { sigma: dateErrorBound(dated) } : {}),
    ...(hasRho ? { rho: clusterEstimate(several, missed / young.length) } : {}),
  };
  return {
    settings,
    missStatements: young.length,
    missed,
    dateStatements: dated.length,
    severalStatements: several.length,
  };
}

/** Chance of the band, given that the answer lies in the three months asked about. */
function bandLikelihood({ ageDays, recency }: { ageDays: number; recency: DayRange }, sigma: number): number {
  const trueDays = Math.max(ageDays, 0.5);
  const chanceUpTo = (days: number) => normalCdf(Math.log(days / trueDays) / sigma);
  const below = recency.earliestDays === 0 ? 0 : chanceUpTo(recency.earliestDays - 0.5);
  const inBand = chanceUpTo(recency.latestDays + 0.5) - below;
  return Math.max(inBand / chanceUpTo(COUNTED_DAYS + 0.5), Number.MIN_VALUE);
}
