import { describe, expect, it } from '@jest/globals';
import { findBursts } from '../../../src/core/comparison/bursts.ts';
import { byCodeUnits, canonicalJson } from '../../../src/core/comparison/canonical.ts';
import { onlyClaim, sortedClaims, type Claim } from '../../../src/core/comparison/claim.ts';
import { compare } from '../../../src/core/comparison/compare.ts';
import { comparisonInputs } from '../../../src/core/comparison/comparison-inputs.ts';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';
import { MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { aCall, aContext } from './activity-builder.ts';
import { claimsOf } from './claims-of.ts';

const claim = (change: Partial<Claim> = {}): Claim => ({
  ageDays: 5,
  outcome: 'live',
  tier: 1,
  contact: 'respondent',
  ...change,
});

describe('a stored claim', () => {
  it('is what was compared and nothing else, with its owner where it has one', () => {
    const read = { ...claim({ owner: '11' }), activityId: '501', contactIds: ['301'] };

    expect(onlyClaim(read)).toEqual(claim({ owner: '11' }));
    expect(Object.keys(onlyClaim(claim()))).not.toContain('owner');
  });

  it('stands in one order, whatever it differs in', () => {
    const ordered = [
      claim({ ageDays: 4 }),
      claim({ outcome: 'live', tier: 0, contact: 'other' }),
      claim({ tier: 1, contact: 'other' }),
      claim({ contact: 'respondent' }),
      claim({ owner: '11' }),
      claim({ owner: '12' }),
      claim({ tier: 2, contact: 'other' }),
      claim({ outcome: 'open', tier: 0 }),
    ];

    expect(sortedClaims([...ordered].reverse())).toEqual(ordered);
    expect(sortedClaims(ordered)).toEqual(ordered);
  });
});

describe('the canonical text', () => {
  it('orders keys by their code units and leaves out what is absent', () => {
    expect(canonicalJson({ b: 1, a: [true, null], B: undefined })).toBe('{"a":[true,null],"b":1}');
    expect([byCodeUnits('a', 'a'), byCodeUnits('B', 'a'), byCodeUnits('b', 'a')]).toEqual([0, -1, 1]);
  });

  it('refuses what JSON has no number for', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError);
  });
});

describe('a gap in the service', () => {
  it.each([
    ['is seen where three months are empty', '', 'LONG', '0', true],
    ['is seen where what was logged is older', '100', 'LONG', '0', true],
    ['is none with a touch of these months', '80', 'LONG', '0', false],
    ['is none where the customer remembers contact', '', 'W1', '1', false],
  ] as const)('%s', (_title, claims, recency, count, expected) => {
    const inputs = { claims: claimsOf(claims), recency, count, flags: [] };

    expect(compare(inputs, MEASURED_SETTINGS).serviceGap).toBe(expected);
  });
});

describe('a touch that another rep made', () => {
  const sharedAt = (occurredAt: string) => {
    const context = aContext({ factsSavedAt: '2026-08-12T15:15:00Z' });
    const evidence = readEvidence([aCall({ occurredAt, createdAt: occurredAt })], context);
    return comparisonInputs({
      statement: { recency: 'NEVER', count: '0', flags: [] },
      evidence,
      factsSavedAt: context.factsSavedAt,
      isLogComplete: true,
      logReadAt: '2026-08-12T15:15:02Z',
      repsOfRecord: [{ fromDay: '2025-01-01', ownerId: 'another' }],
      repLeaveBusinessDays: 0,
    }).flags.includes('shared');
  };

  it('shares the log up to 90 days back and not beyond', () => {
    expect([sharedAt('2026-05-14T15:00:00Z'), sharedAt('2026-05-13T15:00:00Z')]).toEqual([true, false]);
  });
});

describe('a burst', () => {
  const creations = (minutes: (index: number) => number) =>
    Array.from({ length: 10 }, (_, index) => ({
      activityId: String(index),
      userId: '911',
      createdAt: new Date(Date.UTC(2026, 7, 1) + minutes(index) * 60_000).toISOString(),
      occurredOn: `2026-07-0${1 + (index % 3)}`,
    }));

  it('lies within ten minutes, the tenth included', () => {
    const inTime = creations((index) => (index * 10) / 9);

    expect(findBursts(inTime).size).toBe(10);
    expect(findBursts([...inTime.slice(5), ...inTime.slice(0, 5).reverse()]).size).toBe(10);
    expect(findBursts(creations((index) => (index * 10.1) / 9)).size).toBe(0);
    expect(findBursts(creations((index) => (index * (10 + 1 / 60_000)) / 9)).size).toBe(0);
  });

  it('is none of ten far apart, of nine, of two days, or of no known user', () => {
    const together = creations(() => 0);

    expect(findBursts(creations((index) => index * 60)).size).toBe(0);
    expect(findBursts(together.slice(1)).size).toBe(0);
    expect(
      findBursts(
        together.map((one) => ({ ...one, occurredOn: `2026-07-0${1 + (Number(one.activityId) % 2)}` })),
      ).size,
    ).toBe(0);
    expect(findBursts(together.map((one) => ({ ...one, userId: null }))).size).toBe(0);
  });

  it('is found among records in any order, and leaves one of another hour alone', () => {
    const [late] = creations(() => 90);
    const found = findBursts([{ ...late!, activityId: 'late' }, ...creations(() => 0)]);

    expect([found.size, found.has('late')]).toEqual([10, false]);
  });
});
