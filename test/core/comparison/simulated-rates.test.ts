import { describe, expect, it } from '@jest/globals';
import { CAUTIOUS_SETTINGS, MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { honestRates, simulatedRates } from '../../../src/core/comparison/simulated-rates.ts';
import type { Scenario } from '../../../src/core/comparison/simulator.ts';
import { simulateCheckIn } from '../../../src/core/comparison/simulator.ts';
import { createRandom } from '../../../src/core/random.ts';

const aScenario = (changes: Partial<Scenario> = {}): Scenario => ({
  touches: { exactly: 6 },
  tookPlace: 0,
  recall: { forget: 0.1, colleague: 0.1, sigma: 0.45, delta: 0.5, rho: 0 },
  extras: null,
  meanGapDays: 90,
  ...changes,
});

describe('the simulated rates', () => {
  it('judge every setting on the same draws', () => {
    const settings = [CAUTIOUS_SETTINGS, MEASURED_SETTINGS, CAUTIOUS_SETTINGS];

    const [cautious, measured, again] = simulatedRates(aScenario(), settings, 3000, 'rates');

    expect(again).toEqual(cautious);
    expect(measured!.firm).toBeGreaterThan(cautious!.firm);
    expect(Math.abs(cautious!.firm - 0.57)).toBeLessThan(0.04);
  });

  it('of honest logs are small, and a firm one is rarer than a soft one', () => {
    const rates = honestRates(MEASURED_SETTINGS, 3, 10_000, 'honest');

    expect(rates.firm).toBeLessThan(0.003);
    expect(rates.soft).toBeGreaterThan(rates.firm);
    expect(rates.soft).toBeLessThan(0.02);
  });
});

describe('a simulated check-in', () => {
  it('of an honest log with perfect memory tells the truth', () => {
    const recall = { forget: 0, colleague: 0, sigma: 0, delta: 1, rho: 0 };
    const { claims, recency, count } = simulateCheckIn(
      aScenario({ touches: { exactly: 1 }, tookPlace: 1, recall }),
      createRandom('truth'),
    );

    expect(claims).toHaveLength(1);
    expect(count).toBe('1');
    expect(['W1', 'W4', 'M2', 'M3']).toContain(recency);
  });

  it('of an account nobody served was last seen more than 90 days ago', () => {
    const recall = { forget: 0, colleague: 0, sigma: 0, delta: 0, rho: 0 };
    const random = createRandom('nobody');

    const answers = Array.from({ length: 50 }, () => simulateCheckIn(aScenario({ recall }), random));

    expect(new Set(answers.map(({ count }) => count))).toEqual(new Set(['0']));
    expect(new Set(answers.map(({ recency }) => recency))).toEqual(new Set(['M6', 'LONG']));
  });
});
