import { describe, expect, it } from '@jest/globals';
import type { RecallSample } from '../../../src/core/comparison/calibration.ts';
import {
  clusterEstimate,
  dateErrorBound,
  measureRecall,
  missBound,
  recallSample,
} from '../../../src/core/comparison/calibration.ts';
import { fewestTouchDays } from '../../../src/core/comparison/recall-chance.ts';
import { CAUTIOUS_SETTINGS } from '../../../src/core/comparison/settings.ts';
import type { Count, Recency } from '../../../src/core/comparison/statement.ts';
import { recencyBand, recencyOfDays } from '../../../src/core/comparison/statement.ts';
import { binomialTail } from '../../../src/core/comparison/team-test.ts';
import { drawBeta, drawNormal } from '../../../src/core/distributions.ts';
import { createRandom } from '../../../src/core/random.ts';
import { claimsOf } from './claims-of.ts';

const bandOf = (recency: Recency) => recencyBand(recency)!;
const single = (ageDays: number, isMissed: boolean): RecallSample => ({
  kind: 'one',
  ageDays,
  isMissed,
  recency: bandOf(isMissed ? 'LONG' : 'W4'),
});
const repeated = (times: number, sample: RecallSample) => Array.from({ length: times }, () => sample);

describe('the measured chance of a missed touch', () => {
  it.each([
    [11, 60, 0.2431, 3],
    [19, 100, 0.2339, 3],
    [32, 100, 0.3576, 5],
    [38, 200, 0.2192, 3],
  ])('after %i missed of %i is %d at most, so k_min is %i', (missed, statements, expected, kMin) => {
    const q = missBound(missed, statements);

    expect(Number(q.toFixed(4))).toBe(expected);
    expect(fewestTouchDays({ ...CAUTIOUS_SETTINGS, q })).toBe(kMin);
  });

  it('earns a true 0.19 a k_min of 3 in two portals of three, at a hundred statements', () => {
    const mostMissed = [...Array(101).keys()].filter(
      (missed) => fewestTouchDays({ ...CAUTIOUS_SETTINGS, q: missBound(missed, 100) }) === 3,
    );

    const share = 1 - binomialTail(mostMissed.length, 100, 0.19);

    expect(share.toFixed(2)).toBe('0.66');
  });
});

describe('the measured date error', () => {
  it('is at or above a true 0.45 in nine portals of ten, at eighty statements', () => {
    const random = createRandom('date error');
    const portals = Array.from({ length: 300 }, () => {
      const samples = [];
      while (samples.length < 80) {
        const ageDays = random.below(91);
        const recalled = Math.round(Math.max(ageDays, 0.5) * Math.exp(0.45 * drawNormal(random)));
        if (recalled <= 90) samples.push({ ageDays, recency: bandOf(recencyOfDays(recalled)) });
      }
      return dateErrorBound(samples);
    });

    const mean = portals.reduce((sum, bound) => sum + bound, 0) / portals.length;

    expect(Math.abs(mean - 0.51)).toBeLessThan(0.015);
    expect(Math.abs(portals.filter((bound) => bound >= 0.45).length / portals.length - 0.9)).toBeLessThan(
      0.06,
    );
  });
});

describe('the date error of very many statements', () => {
  it('is found as well as that of few', () => {
    const random = createRandom('many');
    const samples = Array.from({ length: 4_000 }, () => {
      const ageDays = random.below(60);
      const recalled = Math.round(Math.max(ageDays, 0.5) * Math.exp(0.3 * drawNormal(random)));
      return { ageDays, recency: bandOf(recencyOfDays(Math.min(recalled, 90))) };
    });

    expect(dateErrorBound(samples)).toBeCloseTo(0.3, 1);
  });
});

describe('the date error of a few known answers', () => {
  const answers = (times: number, ageDays: number, recency: Recency) =>
    Array.from({ length: times }, () => ({ ageDays, recency: bandOf(recency) }));

  it.each([
    ['a touch of today, always in the band', answers(60, 0, 'W1'), 0.85],
    ['8 days, often taken for a week', [...answers(15, 8, 'W4'), ...answers(45, 8, 'W1')], 0.85],
    ['30 days, rarely taken for more', [...answers(57, 30, 'W4'), ...answers(3, 30, 'M2')], 0.5],
    ['90 days, rarely taken for less', [...answers(57, 90, 'M3'), ...answers(3, 90, 'M2')], 0.25],
  ])('is what it is for %s', (_what, samples, expected) => {
    expect(dateErrorBound(samples)).toBe(expected);
  });
});

describe('the measured clustering', () => {
  it('is zero where no more are missed in full than chance would miss', () => {
    const samples = Array.from({ length: 400 }, (_, index) => ({ touchDays: 2, areAllMissed: index < 12 }));

    expect(clusterEstimate(samples, 0.2)).toBe(0);
  });

  it('solves two touches exactly: q² + rho·q·(1 − q)', () => {
    // 48 of 400 is 0.12 = 0.04 + rho · 0.16.
    const samples = Array.from({ length: 400 }, (_, index) => ({ touchDays: 2, areAllMissed: index < 48 }));

    expect(clusterEstimate(samples, 0.2)).toBe(0.5);
  });

  it('finds the clustering of simulated respondents', () => {
    const random = createRandom('cluster');
    const samples = Array.from({ length: 20_000 }, (_, index) => {
      const touchDays = 2 + (index % 3);
      const misses = drawBeta(0.25 * 4, 0.75 * 4, random);
      return {
        touchDays,
        areAllMissed: Array.from({ length: touchDays }, () => random.uniform()).every((u) => u < misses),
      };
    });

    // Beta(q(1 − rho)/rho, …) with (1 − rho)/rho = 4 is rho 0.2.
    expect(Math.abs(clusterEstimate(samples, 0.25) - 0.2)).toBeLessThan(0.02);
  });
});

describe('ground truth in a statement', () => {
  const sampleOf = (claims: string, recency: Recency | null, count: Count | null, flags: 'unsure'[] = []) =>
    recallSample({ claims: claimsOf(claims), recency, count, flags });

  it('is one machine-confirmed touch-day with the respondent', () => {
    expect(sampleOf('20^3 20^4', 'W4', '1')).toEqual(single(20, false));
    expect(sampleOf('20^3', 'LONG', '0')).toEqual(single(20, true));
  });

  it('looks at several confirmed days for clustering only', () => {
    expect(sampleOf('20^3 40^4 100', 'LONG', '0')).toEqual({
      kind: 'several',
      touchDays: 2,
      areAllMissed: true,
    });
  });

  it.each([
    ['a touch logged by hand', '20^3 40', 'W4', '2'],
    ['a touch logged by hand on the last of the 90 days', '20^3 90', 'W4', '2'],
    ['a touch with another contact', '20^3 40o^3', 'W4', '2'],
    ['no touch', '', 'LONG', '0'],
    ['a missing answer', '20^3', 'W4', null],
    ['a "don’t know"', '20^3', 'DK', '1'],
    ['answers that disagree', '20^3', 'W4', '0'],
  ] as [string, string, Recency, Count | null][])('is not %s', (_case, claims, recency, count) => {
    expect(sampleOf(claims, recency, count)).toBeNull();
  });

  it('is not an unsure customer', () => {
    expect(sampleOf('20^3', 'W4', '1', ['unsure'])).toBeNull();
  });
});

describe('the settings of a portal', () => {
  it('stay cautious until sixty statements are there', () => {
    const samples = [...repeated(48, single(20, false)), ...repeated(11, single(20, true))];

    expect(measureRecall(samples).settings).toEqual(CAUTIOUS_SETTINGS);
  });

  it('take q from young touches only, and sigma from remembered ones', () => {
    const young = [...repeated(49, single(45, false)), ...repeated(11, single(45, true))];
    const old = repeated(100, single(46, true));

    const { settings, missStatements, missed, dateStatements } = measureRecall([...young, ...old]);

    expect([missStatements, missed, dateStatements]).toEqual([60, 11, 49]);
    expect([settings.q.toFixed(4), settings.sigma]).toEqual(['0.2431', 0.55]);
  });

  it('take rho from three hundred statements about several touches', () => {
    const several: RecallSample = { kind: 'several', touchDays: 2, areAllMissed: true };
    const young = [...repeated(49, single(45, false)), ...repeated(11, single(45, true))];

    expect(measureRecall([...young, ...repeated(299, several)]).settings.rho).toBe(0);
    expect(measureRecall([...young, ...repeated(300, several)]).settings.rho).toBe(0.99);
  });

  it('take sigma from sixty remembered ones, at every size between perfect and useless dates', () => {
    const exact: RecallSample = { kind: 'one', ageDays: 19, isMissed: false, recency: bandOf('W4') };
    const wild: RecallSample = { kind: 'one', ageDays: 1, isMissed: false, recency: bandOf('M3') };
    const sigmaOf = (samples: readonly RecallSample[]) => measureRecall(samples).settings.sigma;

    expect(sigmaOf(repeated(59, wild))).toBe(0.55);
    expect([sigmaOf(repeated(3_000, exact)), sigmaOf(repeated(60, wild))]).toEqual([0.2, 1]);
  });
});
