import { describe, expect, it } from '@jest/globals';
import {
  censusHours,
  chanceAllSprinkled,
  chanceOfOneNeglected,
  checkInsForOneHit,
  checkInsForPower,
  checkInsPerRep,
  criticalCount,
  DEFAULT_POWER,
  drawForOneNeglected,
  powerOfTest,
} from '../../../src/core/comparison/planner.ts';

describe('what a number of check-ins can find', () => {
  it.each([
    [0.02, 80, 149],
    [0.05, 32, 59],
    [0.1, 16, 29],
    [0.2, 8, 14],
    [0.3, 5, 9],
    [0.5, 3, 5],
  ])('one hit at a share of %d takes %i or %i', (share, for80, for95) => {
    expect([checkInsForOneHit(share, 0.8), checkInsForOneHit(share, 0.95)]).toEqual([for80, for95]);
  });

  it.each([
    [60, 3, 25, 38],
    [60, 6, 14, 23],
    [60, 12, 7, 12],
    [100, 10, 15, 25],
    [200, 10, 30, 51],
  ])('of %i accounts with %i neglected, one is drawn by %i or %i', (accounts, neglected, for80, for95) => {
    const draws = [0.8, 0.95].map((chance) => drawForOneNeglected(accounts, neglected, chance));

    expect(draws).toEqual([for80, for95]);
  });

  it('holds one neglected account with a chance that is met exactly, and needs no more', () => {
    expect(drawForOneNeglected(15, 1, 0.8)).toBe(12);
  });

  it('is certain once only neglected accounts are left', () => {
    expect(chanceOfOneNeglected(9, 10, 2)).toBe(1);
    expect(drawForOneNeglected(10, 0, 0.8)).toBe(10);
  });

  it.each([
    [12, 2, [8, 20, 47, 69, 92]],
    [20, 3, [4, 16, 48, 75, 97]],
    [30, 3, [11, 34, 76, 94, 100]],
    [40, 3, [21, 53, 90, 99, 100]],
    [60, 4, [21, 60, 96, 100, 100]],
    [100, 5, [36, 83, 100, 100, 100]],
  ])('the test of %i check-ins needs %i and has the documented power', (n, x, expected) => {
    const powers = [0.05, 0.1, 0.2, 0.3, 0.5].map((share) => powerOfTest(n, share, DEFAULT_POWER));

    expect(criticalCount(n, DEFAULT_POWER)).toBe(x);
    expect(powers.map((power) => Math.round(power * 100))).toEqual(expected);
  });

  it.each([
    [1, [229, 79, 33, 15, 9]],
    [7, [344, 114, 42, 22, 13]],
  ])('with %i reps, a power of 80 percent first comes at the documented numbers', (reps, expected) => {
    const assumptions = { ...DEFAULT_POWER, level: 0.01 / reps };

    const first = [0.05, 0.1, 0.2, 0.3, 0.5].map((share) => checkInsForPower(0.8, share, assumptions));

    expect(first).toEqual(expected);
  });

  it('has no number for differences that nobody would see', () => {
    expect(checkInsForPower(0.8, 0, DEFAULT_POWER)).toBeNull();
    expect(checkInsForPower(0.8, 0.001, DEFAULT_POWER)).toBeNull();
  });

  it('has no number for accounts that are all cared for, however little power is asked for', () => {
    expect(checkInsForPower(0.005, 0, DEFAULT_POWER)).toBeNull();
  });

  it('has no number above a thousand', () => {
    const assumptions = { baseRate: 0, hitRate: 1, level: 0.01 };
    const shareThatTakes = (n: number) => 1 - 0.2 ** (1 / (n - 0.5));

    const numbers = [1_000, 1_001].map((n) => checkInsForPower(0.8, shareThatTakes(n), assumptions));

    expect(numbers).toEqual([1_000, null]);
  });
});

describe('what it cannot find, and what it costs', () => {
  it('cannot find sprinkled calls', () => {
    const chances = [1, 2, 3, 6].map((calls) => chanceAllSprinkled(0.2, calls));

    expect(chances.map((chance) => Number(chance.toPrecision(2)))).toEqual([0.2, 0.04, 0.008, 0.000064]);
  });

  it.each([
    [7, 60, 42],
    [10, 60, 60],
    [20, 60, 120],
  ])('a census of %i reps with %i accounts takes %i hours', (reps, accounts, hours) => {
    expect(censusHours(reps, accounts)).toBe(hours);
  });

  it('shares a capacity among reps, never beyond their accounts', () => {
    expect([checkInsPerRep(140, 7, 60), checkInsPerRep(900, 7, 60)]).toEqual([20, 60]);
  });
});

describe('a draw that just reaches its chance', () => {
  it('is enough', () => {
    expect(drawForOneNeglected(2, 1, 0.5)).toBe(1);
    expect(drawForOneNeglected(4, 1, 0.5)).toBe(2);
  });
});

describe('numbers at their edge', () => {
  it('need no more check-ins than just reach the chance', () => {
    expect(checkInsForOneHit(0.5, 0.75)).toBe(2);
  });

  it('make a signal of what is exactly as rare as asked, and none where nothing is rare enough', () => {
    const of = (level: number) => criticalCount(1, { baseRate: 0.5, hitRate: 1, level });

    expect([of(0.5), of(0.1)]).toEqual([1, 2]);
  });

  it('are one check-in where one is enough', () => {
    const assumptions = { baseRate: 0.01, hitRate: 1, level: 0.02 };

    expect([checkInsForPower(0.8, 1, assumptions), checkInsForPower(1, 1, assumptions)]).toEqual([1, 1]);
  });
});
