import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { medianOf, percentileOf, spreadOf } from '../../bench/support/statistics.ts';

describe('the figures of several runs', () => {
  it('have as their median the middle one, or the mean of the two in the middle', () => {
    const odd = medianOf([9, 1, 4]);
    const even = medianOf([10, 2, 4, 1]);

    expect(odd).toBe(4);
    expect(even).toBe(3);
  });

  it('give a percentile that so many of them do not exceed, by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, place) => 100 - place);

    expect(percentileOf(hundred, 50)).toBe(50);
    expect(percentileOf(hundred, 99)).toBe(99);
    expect(percentileOf([7], 99)).toBe(7);
  });

  it('never have a percentile below the share it stands for, whatever they are', () => {
    const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    const percents = fc.integer({ min: 1, max: 100 });

    fc.assert(
      fc.property(values, percents, (all, percent) => {
        const limit = percentileOf(all, percent);
        return all.filter((value) => value <= limit).length >= (percent / 100) * all.length;
      }),
    );
  });

  it('tell how far they lie apart', () => {
    const spread = spreadOf([20.12349, 19.5, 21]);

    expect(spread).toEqual({ median: 20.123, min: 19.5, max: 21, runs: 3 });
  });

  it('are not numbers where nothing was measured, so that no bar is reached by chance', () => {
    expect(medianOf([])).toBeNaN();
    expect(percentileOf([], 99)).toBeNaN();
  });
});
