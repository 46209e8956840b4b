/** Rates with their uncertainty. All rates are shares of 1. */
import { betaCdf, betaQuantile } from './beta.ts';

export type Interval = { readonly low: number; readonly high: number };

/** A rate pulled towards the prior Beta(1, 19), with a 90 % interval. */
export type ShrunkRate = Interval & {
  readonly mean: number;
  /** Chance that the true rate is over 10 %. */
  readonly chanceOver10Percent: number;
};

/** What may be shown for a number of comparable check-ins. */
export type RateDisplay = 'notEnough' | 'countsOnly' | 'rate';

const Z_95 = 1.959964;
const PRIOR_HITS = 1;
const PRIOR_MISSES = 19;
/** Fewest comparable check-ins for any count. */
export const FEWEST_FOR_COUNTS = 8;
/** Fewest comparable check-ins for a rate or a test. */
export const FEWEST_FOR_RATE = 12;

/** Returns what may be shown: nothing below 8 comparable check-ins, no rate below 12. */
export function rateDisplay(comparable: number): RateDisplay {
  if (comparable < FEWEST_FOR_COUNTS) return 'notEnough';
  return comparable < FEWEST_FOR_RATE ? 'countsOnly' : 'rate';
}

/** Returns Wilson's 95 % interval (1927) of a share seen in n observations; n may be an effective number. */
export function wilsonInterval(share: number, n: number): Interval {
  const zz = Z_95 * Z_95;
  const center = (share + zz / (2 * n)) / (1 + zz / n);
  const halfWidth = (Z_95 * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n))) / (1 + zz / n);
  return { low: Math.max(0, center - halfWidth), high: Math.min(1, center + halfWidth) };
}

/** Returns the posterior of a rate after x of n under the prior Beta(1, 19). */
export function shrunkRate(x: number, n: number): ShrunkRate {
  const a = PRIOR_HITS + x;
  const b = PRIOR_MISSES + n - x;
  return {
    mean: a / (a + b),
    low: betaQuantile(0.05, a, b),
    high: betaQuantile(0.95, a, b),
    chanceOver10Percent: 1 - betaCdf(0.1, a, b),
  };
}

/** Returns n*, as if drawn from an endless population, for n drawn from N; null when all were drawn. */
export function finitePopulationSize(n: number, populationSize: number): number | null {
  return n >= populationSize ? null : (n * (populationSize - 1)) / (populationSize - n);
}

/**
 * Returns the 95 % interval of x among n drawn without replacement from N accounts; the exact share, without
 * uncertainty, when every account was asked.
 */
export function drawnInterval(x: number, n: number, populationSize: number): Interval {
  return shareInterval(x / n, n, { asked: n, accounts: populationSize });
}

/**
 * Returns the 95 % interval of a weighted share: the effective number of observations stands in for n, and few accounts narrow it.
 * A population that is not known, or smaller than what was asked, narrows nothing.
 */
export function shareInterval(
  share: number,
  effectiveSize: number,
  population: { readonly asked: number; readonly accounts: number } | null,
): Interval {
  if (population === null || population.accounts < population.asked)
    return wilsonInterval(share, effectiveSize);
  const { asked, accounts } = population;
  const asIfEndless = finitePopulationSize(asked, accounts);
  if (asIfEndless === null) return { low: share, high: share };
  return wilsonInterval(share, effectiveSize * (asIfEndless / asked));
}

export type WeightedShare = { readonly share: number; readonly effectiveSize: number };

/** Returns the share of hits under unequal design weights, and Kish's effective size (Σw)² / Σw². */
export function weightedShare(
  observations: readonly { readonly weight: number; readonly isHit: boolean }[],
): WeightedShare {
  let total = 0;
  let hits = 0;
  let squares = 0;
  for (const { weight, isHit } of observations) {
    total += weight;
    squares += weight * weight;
    if (isHit) hits += weight;
  }
  return { share: hits / total, effectiveSize: (total * total) / squares };
}
