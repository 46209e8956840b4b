/** How often the intervals hold the true rate, in percent. */
import { drawBeta } from '../../src/core/distributions.ts';
import { createRandom } from '../../src/core/random.ts';
import { shrunkRate, wilsonInterval } from '../../src/core/comparison/statistics.ts';

export type Coverage = {
  /** Wilson 95 %: mean over rates of 2 to 50 % and 12 to 60 check-ins. */
  readonly wilsonMean: number;
  /** The same mean at the number of check-ins where it is lowest, and highest. */
  readonly wilsonLowest: number;
  readonly wilsonHighest: number;
  /** Shrunk 90 %: over rates drawn from its prior. */
  readonly shrunkMean: number;
};

const SIZES = Array.from({ length: 49 }, (_, index) => 12 + index);
const RATES = Array.from({ length: 481 }, (_, index) => 0.02 + index / 1000);
const PRIOR = [1, 19] as const;

/** Returns the mean coverage: Wilson's by exact sums over the binomial, the shrunk one by seeded draws. */
export function coverageOf(draws: number, seed: string): Coverage {
  const bySize = SIZES.map((n) => 100 * mean(RATES.map((rate) => wilsonCoverage(n, rate))));
  return {
    wilsonMean: rounded(mean(bySize)),
    wilsonLowest: rounded(Math.min(...bySize)),
    wilsonHighest: rounded(Math.max(...bySize)),
    shrunkMean: rounded(100 * shrunkCoverage(draws, seed)),
  };
}

function wilsonCoverage(n: number, rate: number): number {
  let chance = (1 - rate) ** n;
  let covered = 0;
  for (let x = 0; x <= n; x += 1) {
    const { low, high } = wilsonInterval(x / n, n);
    if (rate >= low && rate <= high) covered += chance;
    chance *= ((n - x) / (x + 1)) * (rate / (1 - rate));
  }
  return covered;
}

function shrunkCoverage(draws: number, seed: string): number {
  const random = createRandom(`${seed}/coverage`);
  const intervals = new Map<string, ReturnType<typeof shrunkRate>>();
  let covered = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const rate = drawBeta(...PRIOR, random);
    const n = SIZES[random.below(SIZES.length)] ?? 12;
    let x = 0;
    for (let trial = 0; trial < n; trial += 1) if (random.uniform() < rate) x += 1;
    const interval = intervals.get(`${x}/${n}`) ?? shrunkRate(x, n);
    intervals.set(`${x}/${n}`, interval);
    if (rate >= interval.low && rate <= interval.high) covered += 1;
  }
  return covered / draws;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
