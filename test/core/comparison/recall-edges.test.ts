import { describe, expect, it } from '@jest/globals';
import { betaCdf } from '../../../src/core/comparison/beta.ts';
import { compare } from '../../../src/core/comparison/compare.ts';
import { NO_LATER_EVIDENCE, settleFinding } from '../../../src/core/comparison/explain.ts';
import { normalCdf } from '../../../src/core/comparison/normal.ts';
import { fewestTouchDays, missAllChance, recallChance } from '../../../src/core/comparison/recall-chance.ts';
import { CAUTIOUS_SETTINGS, MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { binomialTail } from '../../../src/core/comparison/team-test.ts';
import { claimsOf } from './claims-of.ts';

describe('small chances', () => {
  // Φ far out, from tables; the last digits are the continued fraction's own error.
  it.each([
    [-7.5, 3.190891672910947e-14],
    [-8, 6.220960574271785e-16],
    [-10, 7.619853024160527e-24],
    [-20, 2.753624118606234e-89],
  ])('of the normal distribution at %d are right by their size', (x, expected) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(1e-8);
  });

  it('of the binomial distribution are right by their size, however small', () => {
    expect(Math.abs(binomialTail(12, 12, 0.01) / 1e-24 - 1)).toBeLessThan(1e-10);
    expect(Math.abs(binomialTail(2, 3, 1e-9) / 3e-18 - 1)).toBeLessThan(1e-6);
  });

  it('of the beta distribution are none below its range and all above it', () => {
    expect([betaCdf(-0.1, 2, 3), betaCdf(1.1, 2, 3), betaCdf(1.9, 2, 3)]).toEqual([0, 1, 1]);
  });
});

describe('the recall chance of clustering misses', () => {
  it('is that of missing all where no date is wrong', () => {
    const settings = { q: 0.2, rho: 0.3, sigma: 0.001 };

    expect(recallChance([5, 12, 20], 183, settings)).toBe(Math.round(missAllChance(3, settings) * 1e6) / 1e6);
  });

  it('does not ask in which order the ages come', () => {
    expect(recallChance([40, 6, 21], 183, MEASURED_SETTINGS)).toBe(0.006872);
  });
});

describe('the most touch-days that could be asked for', () => {
  it('are those of 0 to 90 days', () => {
    const kMinAt = (q: number) => fewestTouchDays({ ...CAUTIOUS_SETTINGS, q });

    expect([kMinAt(0.9548), kMinAt(0.9553)]).toEqual([91, null]);
  });
});

describe('a firm difference', () => {
  const row28 = { claims: claimsOf('6 21 40'), recency: 'LONG', count: '0', flags: [] } as const;

  it('may be as likely as the threshold, and no likelier', () => {
    const ruleAt = (alpha: number) => compare(row28, { ...MEASURED_SETTINGS, alpha }).rule;

    expect([ruleAt(0.006872), ruleAt(0.006871)]).toEqual(['R13', 'R14']);
  });

  it('stays one rep’s where some of the touches name no owner', () => {
    const [first, ...others] = row28.claims;
    const claims = [{ ...first!, owner: '11' }, ...others];

    expect(compare({ ...row28, claims }, MEASURED_SETTINGS).rule).toBe('R13');
  });

  it('is supported by a second contact who differs only softly', () => {
    const secondContact = { verdict: 'DIFFERS_SOFT', severity: 1 } as const;
    const settled = settleFinding(compare(row28, MEASURED_SETTINGS), { ...NO_LATER_EVIDENCE, secondContact });

    expect(settled).toMatchObject({ rule: 'R13', supported: true });
  });
});

describe('a finding without a difference', () => {
  it('is not explained by an accepted reply: there is nothing to explain', () => {
    const inputs = { claims: claimsOf('12 40'), recency: 'W4', count: '2', flags: [] } as const;

    const settled = settleFinding(compare(inputs, MEASURED_SETTINGS), {
      ...NO_LATER_EVIDENCE,
      isReplyAccepted: true,
    });

    expect(settled).toMatchObject({ verdict: 'CORROBORATED', rule: 'R07' });
  });
});
