import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compare } from '../../../src/core/comparison/compare.ts';
import { CAUTIOUS_SETTINGS, MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { honestRates, simulatedRates } from '../../../src/core/comparison/simulated-rates.ts';
import type { Scenario } from '../../../src/core/comparison/simulator.ts';
import {
  missChanceOfPerson,
  REFERENCE_EXTRAS,
  REFERENCE_GAP_DAYS,
  simulateAnswers,
  simulateCheckIn,
  touchAge,
} from '../../../src/core/comparison/simulator.ts';
import { drawNormal } from '../../../src/core/distributions.ts';
import { createRandom } from '../../../src/core/random.ts';

const recall = { forget: 0.2, colleague: 0.1, sigma: 0.45, delta: 0.5, rho: 0 };
const half: Scenario = {
  touches: { mean: 3 },
  tookPlace: 0.5,
  recall,
  extras: { ...REFERENCE_EXTRAS, meanUnloggedTouches: 0.7 },
  meanGapDays: REFERENCE_GAP_DAYS,
};

const digestOf = (scenario: Scenario) => {
  const random = createRandom('draws');
  const inputs = Array.from({ length: 2000 }, () => simulateCheckIn(scenario, random));
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 16);
};

describe('the draws of a seed', () => {
  // Every simulated number of docs/calibration.md follows from these: where one changes, calibrate again.
  it.each([
    ['half of the calls of a whole portal', half, 'b1882ec2671566bd'],
    ['a person whose misses cluster', { ...half, recall: { ...recall, rho: 0.1 } }, '1b464c1e98e00d7b'],
    ['honest logs', { ...half, tookPlace: 1, extras: REFERENCE_EXTRAS }, '15ffe5d912cc3a2a'],
    [
      'the bare comparison',
      { ...half, touches: { exactly: 4 }, tookPlace: 1, extras: null },
      '4dc12df1ce47ec81',
    ],
    ['customers who count by their memory', { ...half, recall: { ...recall, delta: 1 } }, '74e3e9f3793e3f71'],
  ] as [string, Scenario, string][])('stay what they are for %s', (_what, scenario, expected) => {
    expect(digestOf(scenario)).toBe(expected);
  });

  it('reach every day of the three months alike', () => {
    const random = createRandom('ages');
    const ages = Array.from({ length: 20_000 }, () => touchAge(random));

    expect([Math.min(...ages), Math.max(...ages)]).toEqual([0, 90]);
    expect(ages.reduce((sum, age) => sum + age, 0) / ages.length).toBeCloseTo(45, -0.5);
  });

  it('spread a clustering respondent’s misses around q, as far as rho says', () => {
    const random = createRandom('misses');
    const chances = Array.from({ length: 20_000 }, () => missChanceOfPerson({ ...recall, rho: 0.2 }, random));

    const mean = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    const variance = chances.reduce((sum, chance) => sum + (chance - mean) ** 2, 0) / chances.length;

    // A beta variable of mean q and correlation rho has the variance rho·q·(1 − q).
    expect(mean).toBeCloseTo(0.28, 2);
    expect(variance).toBeCloseTo(0.2 * 0.28 * 0.72, 2);
  });
});

describe('a contact of today', () => {
  it('is half a day ago for a memory that takes ten times as long', () => {
    const z = drawNormal(createRandom('ten times'));
    const tenfold = { ...recall, sigma: Math.log(10) / z };

    const { recency } = simulateAnswers([0], { recall: tenfold, meanGapDays: 90 }, createRandom('ten times'));

    expect(recency).toBe('W1');
  });
});

describe('the rates of a scenario', () => {
  it('are the shares among exactly so many draws', () => {
    const draws = 40;
    const neglected: Scenario = { ...half, touches: { exactly: 5 }, tookPlace: 0, extras: null };
    const random = createRandom('shares');
    const severities = Array.from(
      { length: draws },
      () => compare(simulateCheckIn(neglected, random), CAUTIOUS_SETTINGS).severity,
    );
    const share = (severity: number) => severities.filter((one) => one === severity).length / draws;

    const rates = simulatedRates(neglected, [CAUTIOUS_SETTINGS], draws, 'shares');

    expect(rates).toEqual([{ soft: share(1), firm: share(2) }]);
    expect([share(1), share(2)].every((one) => one > 0.1)).toBe(true);
  });

  it('of a portal’s honest logs are those of its own recall error, half of its customers counting by memory', () => {
    const honest: Scenario = {
      touches: { mean: 6 },
      tookPlace: 1,
      recall: { forget: 0.19, colleague: 0, sigma: 0.45, delta: 0.5, rho: 0 },
      extras: REFERENCE_EXTRAS,
      meanGapDays: 90,
    };

    const [expected] = simulatedRates(honest, [MEASURED_SETTINGS], 2000, 'portal');

    expect(honestRates(MEASURED_SETTINGS, 6, 2000, 'portal')).toEqual(expected);
    expect(expected?.soft).toBeGreaterThan(0);
  });
});
