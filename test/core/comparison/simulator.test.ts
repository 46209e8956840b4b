import { describe, expect, it } from '@jest/globals';
import { MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { simulatedRates } from '../../../src/core/comparison/simulated-rates.ts';
import type { PortalExtras, Scenario } from '../../../src/core/comparison/simulator.ts';
import {
  missChance,
  simulateAnswers,
  simulateCheckIn,
  touchCount,
} from '../../../src/core/comparison/simulator.ts';
import { createRandom } from '../../../src/core/random.ts';

const NO_EXTRAS: PortalExtras = {
  otherContactShare: 0,
  confirmedShare: 0,
  dontKnowShare: 0,
  unsureShare: 0,
  staleShare: 0,
  colleagueMarkShare: 0,
  meanUnloggedTouches: 0,
};
const recall = { forget: 0, colleague: 0, sigma: 1e-9, delta: 1, rho: 0 };
const scenario = (change: Partial<Scenario> = {}): Scenario => ({
  touches: { exactly: 4 },
  tookPlace: 1,
  recall,
  extras: NO_EXTRAS,
  meanGapDays: 90,
  ...change,
});
const many = (change: Partial<Scenario> = {}) => {
  const random = createRandom('simulator');
  return Array.from({ length: 400 }, () => simulateCheckIn(scenario(change), random));
};

describe('the simulated customer', () => {
  it('misses a touch by forgetting it or because a colleague had it', () => {
    expect(missChance({ forget: 0.25, colleague: 0.1 })).toBeCloseTo(0.325, 12);
    expect(missChance({ forget: 0.1, colleague: 0.1 })).toBeCloseTo(0.19, 12);
  });

  it('with a perfect memory answers as the log does', () => {
    expect(many().every(({ count, claims }) => count === '3-5' && claims.length === 4)).toBe(true);
    expect(many().every(({ recency }) => ['W1', 'W4', 'M2', 'M3'].includes(String(recency)))).toBe(true);
  });

  it('of a rep who never called knows of nothing, and answers from beyond three months', () => {
    const answers = many({ tookPlace: 0 });

    expect(answers.every(({ count }) => count === '0')).toBe(true);
    expect(answers.every(({ recency }) => recency === 'M6' || recency === 'LONG')).toBe(true);
  });

  it('points to a colleague only where another contact was called and nothing is remembered', () => {
    const marks = { ...NO_EXTRAS, otherContactShare: 0.5, colleagueMarkShare: 1 };
    const pointing = many({ tookPlace: 0, extras: marks });
    const hasOther = ({ claims }: (typeof pointing)[number]) =>
      claims.some(({ contact }) => contact === 'other');

    expect(pointing.every((inputs) => inputs.flags.includes('colleague') === hasOther(inputs))).toBe(true);
    expect(
      many({ extras: marks }).some(({ flags, count }) => count !== '0' && flags.includes('colleague')),
    ).toBe(false);
  });

  it('can know of contact that nobody logged', () => {
    const unlogged = many({ tookPlace: 0, extras: { ...NO_EXTRAS, meanUnloggedTouches: 3 } });

    expect(unlogged.filter(({ count }) => count !== '0').length).toBeGreaterThan(300);
  });

  it('is marked as often as the shares say', () => {
    const all = many({
      extras: { ...NO_EXTRAS, unsureShare: 1, staleShare: 1, dontKnowShare: 1, confirmedShare: 1 },
    });

    expect(all.every(({ flags }) => flags.join() === 'unsure,stale')).toBe(true);
    expect(all.every(({ recency, count }) => recency === 'DK' && count === 'DK')).toBe(true);
    expect(all.flatMap(({ claims }) => claims).every(({ tier }) => tier === 3)).toBe(true);
  });

  it('counts by memory, or misjudges the number', () => {
    const answersOf = (delta: number) => {
      const random = createRandom('count');
      const one = { recall: { ...recall, delta }, meanGapDays: 90 };
      return new Set(Array.from({ length: 300 }, () => simulateAnswers([5, 20, 40], one, random).count));
    };

    expect([...answersOf(1)]).toEqual(['3-5']);
    expect(answersOf(0).size).toBeGreaterThan(1);
  });

  it('has one touch at least in a log of a mean number', () => {
    const random = createRandom('touches');
    const counts = Array.from({ length: 500 }, () => touchCount({ mean: 1 }, random));

    expect([Math.min(...counts), touchCount({ exactly: 7 }, random)]).toEqual([1, 7]);
    expect(Math.max(...counts)).toBeGreaterThan(2);
  });
});

describe('the simulated rates of clear cases', () => {
  it('are none for a perfect memory, and exactly the share of what was found', () => {
    const [rates] = simulatedRates(scenario({ extras: null }), [MEASURED_SETTINGS], 50, 'none');

    expect(rates).toEqual({ soft: 0, firm: 0 });
  });
});
