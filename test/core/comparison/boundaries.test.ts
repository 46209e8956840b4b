import { describe, expect, it } from '@jest/globals';
import { compare } from '../../../src/core/comparison/compare.ts';
import { hasCountConflict, hasRecencyConflict } from '../../../src/core/comparison/facts.ts';
import { MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import type { Count, Flag, Recency } from '../../../src/core/comparison/statement.ts';
import {
  countBand,
  countOfContacts,
  recencyBand,
  recencyOfDays,
} from '../../../src/core/comparison/statement.ts';
import { claimsOf } from './claims-of.ts';

const ruleOf = (claims: string, recency: Recency | null, count: Count | null, flags: Flag[] = []) =>
  compare({ claims: claimsOf(claims), recency, count, flags }, MEASURED_SETTINGS).rule;

describe('a recency conflict', () => {
  it.each([
    ['M2', -1],
    ['M3', 19],
    ['M6', 29],
    ['LONG', 44],
    ['NEVER', 44],
  ] as const)('with %s reaches to a newest touch of %i days', (recency, lastDay) => {
    const conflictDays = Array.from({ length: 91 }, (_, age) => age).filter((age) =>
      hasRecencyConflict(recencyBand(recency), [age]),
    );

    expect(conflictDays.at(-1) ?? -1).toBe(lastDay);
    expect(conflictDays).toHaveLength(lastDay + 1);
  });

  it('needs a touch and an answer', () => {
    expect(hasRecencyConflict(recencyBand('LONG'), [])).toBe(false);
    expect(hasRecencyConflict(recencyBand('DK'), [5])).toBe(false);
  });
});

describe('three months without contact', () => {
  it.each(['M6', 'LONG', 'NEVER'] as const)(
    'are no more than the log shows where the customer says %s',
    (recency) => {
      expect(ruleOf('', recency, '0')).toBe('R08');
    },
  );

  it('are more than the log shows from a day less on', () => {
    expect(ruleOf('', 'M3', '1')).toBe('R06');
  });
});

describe('a count conflict', () => {
  it.each([
    ['0', 2],
    ['1', 6],
    ['2', 8],
  ] as const)('with %s begins at %i touch-days', (count, fewest) => {
    const days = (length: number) => Array.from({ length }, (_, age) => age);

    expect(hasCountConflict(countBand(count), days(fewest))).toBe(true);
    expect(hasCountConflict(countBand(count), days(fewest - 1))).toBe(false);
  });

  it.each(['3-5', '6+', 'DK'] as const)('never comes from %s', (count) => {
    const ninetyDays = Array.from({ length: 90 }, (_, age) => age);

    expect(hasCountConflict(countBand(count), ninetyDays)).toBe(false);
  });
});

describe('the edges of the rules', () => {
  it.each([
    ['W1', '15', 'R07'],
    ['W1', '16', 'R06'],
    ['W4', '61', 'R07'],
    ['W4', '62', 'R06'],
    ['W4', '3', 'R07'],
    ['W4', '2', 'R08'],
    ['M2', '121 5', 'R07'],
    ['M2', '122', 'R06'],
    ['M2', '14', 'R08'],
    ['M2', '15', 'R07'],
    ['M3', '29', 'R08'],
    ['M3', '30', 'R07'],
  ] as const)('%s against %s days is %s', (recency, claims, rule) => {
    expect(ruleOf(claims, recency, 'DK')).toBe(rule);
  });

  it.each([
    ['3-5', '10', 'R06'],
    ['3-5', '10 20', 'R08'],
    ['6+', '10 20', 'R06'],
    ['6+', '10 20 30', 'R08'],
    ['1', '', 'R06'],
    ['1', '91', 'R06'],
    ['1', '90', 'R08'],
  ] as const)('a count of %s against %j is %s', (count, claims, rule) => {
    expect(ruleOf(claims, 'DK', count)).toBe(rule);
  });

  it('look back 182 days', () => {
    expect(ruleOf('182 60', 'LONG', 'DK')).toBe('R07');
    expect(ruleOf('183 60', 'LONG', 'DK')).toBe('R08');
  });

  it('take one contact of three months for a contradiction of "longer ago"', () => {
    expect([ruleOf('6 21 40', 'M6', '1'), ruleOf('6 21 40', 'M3', '1')]).toEqual(['R05', 'R14']);
  });

  it('read "asked, but not known" apart from "not asked"', () => {
    expect([ruleOf('5', null, null), ruleOf('5', 'DK', null), ruleOf('5', null, 'DK')]).toEqual([
      'R03',
      'R04',
      'R04',
    ]);
  });

  it('take a customer’s "never" for a slip only when that person spoke of contact before', () => {
    expect(ruleOf('6 21 40', 'LONG', '0', ['spokeBefore'])).toBe('R13');
    expect(ruleOf('6 21 40', 'NEVER', '0', ['spokeBefore'])).toBe('R05');
  });

  it('take a machine record of 90 days, not of 91', () => {
    expect(ruleOf('6 21 40 90o^3', 'LONG', '0')).toBe('R11');
    expect(ruleOf('6 21 40 91o^4', 'LONG', '0')).toBe('R13');
    expect(ruleOf('6 21 40 60u^3', 'LONG', '0')).toBe('R11');
  });

  it('leave out what lies before today or beyond the look-back', () => {
    expect(ruleOf('-1 -2 -3', 'LONG', '0')).toBe('R08');
  });
});

describe('answers made of numbers', () => {
  it.each([
    [7, 'W1'],
    [8, 'W4'],
    [30, 'W4'],
    [31, 'M2'],
    [60, 'M2'],
    [61, 'M3'],
    [90, 'M3'],
    [91, 'M6'],
    [182, 'M6'],
    [183, 'LONG'],
  ])('%i days ago is %s', (days, expected) => {
    expect(recencyOfDays(days)).toBe(expected);
  });

  it.each([
    [0, '0'],
    [1, '1'],
    [2, '2'],
    [3, '3-5'],
    [5, '3-5'],
    [6, '6+'],
  ])('%i contacts are %s', (contacts, expected) => {
    expect(countOfContacts(contacts)).toBe(expected);
  });
});

describe('the bands of the answers', () => {
  it('join without a gap, from the day itself to for ever', () => {
    const bands = (['W1', 'W4', 'M2', 'M3', 'M6', 'LONG', 'NEVER'] as const).map((recency) =>
      recencyBand(recency),
    );

    expect(bands.map((band) => [band?.earliestDays, band?.latestDays])).toEqual([
      [0, 7],
      [8, 30],
      [31, 60],
      [61, 90],
      [91, 182],
      [183, Infinity],
      [Infinity, Infinity],
    ]);
  });

  it('hold every number of contacts once', () => {
    const bands = (['0', '1', '2', '3-5', '6+'] as const).map((count) => countBand(count));

    expect(bands.map((band) => [band?.atLeast, band?.atMost])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 5],
      [6, Infinity],
    ]);
  });
});
