import { describe, expect, it } from '@jest/globals';
import { normalCdf } from '../../../src/core/comparison/normal.ts';
import {
  fewestTouchDays,
  missAllChance,
  oneInHowMany,
  recallChance,
} from '../../../src/core/comparison/recall-chance.ts';
import { CAUTIOUS_SETTINGS, MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';

describe('the recall chance', () => {
  it.each([
    [[6, 21, 40], 183, 'M', 0.006872],
    [[6, 21, 40], 91, 'M', 0.0081],
    [[7, 18, 33], 91, 'M', 0.007317],
    [[5, 12, 20, 29, 47, 68], 183, 'C', 0.001343],
    [[6, 27, 44, 72], 183, 'C', 0.012708],
  ] as const)('of ages %j against %i days under %s is the documented one', (ages, edgeDays, setting, mu) => {
    const settings = setting === 'M' ? MEASURED_SETTINGS : CAUTIOUS_SETTINGS;

    expect(recallChance(ages, edgeDays, settings)).toBe(mu);
  });

  it('reads "never" as the edge of 183 days', () => {
    expect(recallChance([6, 21, 40], Infinity, MEASURED_SETTINGS)).toBe(0.006872);
  });

  it('is q to the power of k when misses do not cluster', () => {
    expect(missAllChance(3, { q: 0.5, rho: 0 })).toBe(0.125);
    expect(missAllChance(0, { q: 0.5, rho: 0.3 })).toBe(1);
  });

  it('is larger when misses cluster in one person', () => {
    // Two touches: q² + rho·q·(1 − q).
    expect(missAllChance(2, { q: 0.2, rho: 0.5 })).toBeCloseTo(0.12, 12);
  });
});

describe('the fewest touch-days for a firm difference', () => {
  it.each([
    [0.1, 0, 3],
    [0.19, 0, 3],
    [0.25, 0, 4],
    [0.325, 0, 4],
    [0.33, 0, 4],
    [0.4, 0, 5],
    [0.48, 0, 6],
    [0.15, 0.1, 3],
    [0.19, 0.1, 4],
    [0.25, 0.1, 4],
    [0.325, 0.1, 6],
  ])('with q %d and rho %d are %i', (q, rho, expected) => {
    expect(fewestTouchDays({ ...CAUTIOUS_SETTINGS, q, rho })).toBe(expected);
  });

  it.each([1, 2])('are three at least, also under a floor of %i', (floor) => {
    const settings = { q: 0.01, rho: 0, sigma: 0.45, alpha: 0.015, floor };

    expect(fewestTouchDays(settings)).toBe(3);
  });

  it('do not exist when everything is forgotten', () => {
    expect(fewestTouchDays({ ...CAUTIOUS_SETTINGS, q: 1 })).toBeNull();
  });
});

describe('the chance in words', () => {
  it.each([
    [0.001343, 700],
    [0.012708, 70],
    [0.006872, 100],
    [0.0149, 60],
    [0, 1000],
    [0.0005, 1000],
    [1, 1],
  ])('of %d is fewer than one in %i', (mu, expected) => {
    expect(oneInHowMany(mu)).toBe(expected);
  });
});

describe('the normal distribution function', () => {
  // Φ from standard tables with 10 decimals or more.
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [-3, 0.0013498980316301],
    [2.5, 0.9937903346742238],
    [-8, 6.22096057427178e-16],
  ])('at %d is %d', (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1e-12);
  });
});

describe('the edges of the recall chance', () => {
  it('lets the number of contacts be enough where it meets the threshold exactly', () => {
    const settings = { q: 0.1, rho: 0, sigma: 0.45, alpha: 0.001, floor: 3 };

    expect(fewestTouchDays(settings)).toBe(3);
  });

  it('is 1, to the last of its six decimals, where nobody recalls anything', () => {
    expect(recallChance([5, 12, 20], 183, { q: 1, rho: 0, sigma: 0.45 })).toBe(1);
  });
});
