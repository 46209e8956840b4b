import { describe, expect, it } from '@jest/globals';
import { betaCdf, betaQuantile, logGamma } from '../../../src/core/comparison/beta.ts';
import {
  drawnInterval,
  finitePopulationSize,
  rateDisplay,
  shareInterval,
  shrunkRate,
  weightedShare,
  wilsonInterval,
} from '../../../src/core/comparison/statistics.ts';

/** In percent, to one decimal, as the method's tables print. */
const percent = (share: number) => Math.round(share * 1000) / 10;

describe('the rate of one rep', () => {
  it.each([
    [0, 12, 0, 24.2, 3.1, 0.2, 9.2, 4],
    [1, 12, 1.5, 35.4, 6.25, 1.2, 14.4, 17],
    [3, 12, 8.9, 53.2, 12.5, 4.5, 23.2, 62],
    [5, 12, 19.3, 68.0, 18.75, 8.8, 31.0, 92],
    [6, 20, 14.5, 51.9, 17.5, 8.7, 28.1, 91],
    // P(rate > 10%) is 28.48, the sum of the first five terms of Bin(59, 0.1); the method's table prints 29.
    [4, 40, 4.0, 23.1, 8.33, 3.4, 14.8, 28.48],
  ])('%i of %i is the documented row', (x, n, low, high, mean, shrunkLow, shrunkHigh, over10) => {
    const wilson = wilsonInterval(x / n, n);
    const shrunk = shrunkRate(x, n);

    expect([percent(wilson.low), percent(wilson.high)]).toEqual([low, high]);
    expect([percent(shrunk.low), percent(shrunk.high)]).toEqual([shrunkLow, shrunkHigh]);
    expect(Math.abs(shrunk.mean * 100 - mean)).toBeLessThan(0.05);
    expect(Math.abs(shrunk.chanceOver10Percent * 100 - over10)).toBeLessThan(0.5);
  });

  it.each([
    [0, 'notEnough'],
    [7, 'notEnough'],
    [8, 'countsOnly'],
    [11, 'countsOnly'],
    [12, 'rate'],
  ])('of %i comparable check-ins is shown as %s', (n, expected) => {
    expect(rateDisplay(n)).toBe(expected);
  });
});

describe('the range of a share of all or of none', () => {
  it('ends at all or at none, to the last bit', () => {
    const sizes = Array.from({ length: 200 }, (_, index) => index + 1);

    expect(sizes.filter((n) => wilsonInterval(1, n).high > 1)).toEqual([]);
    expect(sizes.filter((n) => wilsonInterval(0, n).low < 0)).toEqual([]);
  });
});

describe('a draw from few accounts', () => {
  it('is worth more than its number', () => {
    expect(finitePopulationSize(27, 60)?.toFixed(1)).toBe('48.3');
    const { low, high } = drawnInterval(3, 27, 60);

    expect([percent(low), percent(high)]).toEqual([5.0, 23.0]);
    expect(percent(wilsonInterval(3 / 27, 27).high)).toBe(28.1);
  });

  it('leaves no uncertainty once every account was asked', () => {
    expect(finitePopulationSize(60, 60)).toBeNull();
    expect(drawnInterval(3, 60, 60)).toEqual({ low: 0.05, high: 0.05 });
  });

  it('is worth less than its number under unequal weights', () => {
    const observations = [
      { weight: 3, isHit: true },
      { weight: 1, isHit: false },
      { weight: 1, isHit: false },
      { weight: 1, isHit: false },
    ];

    expect(weightedShare(observations)).toEqual({ share: 0.5, effectiveSize: 3 });
  });
});

describe('the beta distribution', () => {
  it('agrees with values known in closed form', () => {
    // Beta(1, 1): x. Beta(2, 1): x². Beta(1, 3): 1 − (1 − x)³. Beta(½, ½) at ¼: ⅓ (arcsine law).
    expect(betaCdf(0.37, 1, 1)).toBeCloseTo(0.37, 13);
    expect(betaCdf(0.37, 2, 1)).toBeCloseTo(0.1369, 13);
    expect(betaCdf(0.2, 1, 3)).toBeCloseTo(0.488, 13);
    expect(betaCdf(0.25, 0.5, 0.5)).toBeCloseTo(1 / 3, 13);
    expect(betaCdf(0, 2, 2)).toBe(0);
    expect(betaCdf(1, 2, 2)).toBe(1);
  });

  it('turns a share into the point that reaches it', () => {
    expect(betaQuantile(0.488, 1, 3)).toBeCloseTo(0.2, 12);
    expect(betaCdf(betaQuantile(0.9, 30, 70), 30, 70)).toBeCloseTo(0.9, 12);
  });

  it('knows the gamma function', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5723649429247001, 12);
    expect(logGamma(11)).toBeCloseTo(15.104412573075516, 11);
  });
});

describe('the range of a weighted share', () => {
  it('is Wilson’s where the population is not known, or smaller than what was asked', () => {
    const plain = wilsonInterval(0.25, 16);

    expect(shareInterval(0.25, 16, null)).toEqual(plain);
    expect(shareInterval(0.25, 16, { asked: 20, accounts: 19 })).toEqual(plain);
  });

  it('narrows with the population by the factor of what was asked', () => {
    expect(shareInterval(0.25, 16, { asked: 20, accounts: 40 })).toEqual(
      wilsonInterval(0.25, (16 * 39) / 20),
    );
    expect(shareInterval(0.25, 16, { asked: 20, accounts: 20 })).toEqual({ low: 0.25, high: 0.25 });
  });
});
