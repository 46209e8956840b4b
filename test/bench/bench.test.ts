import { describe, expect, it } from '@jest/globals';
import { isByRefusalsAlone, missesOf, noneRefused } from '../../bench/bench.ts';

describe('what a bench says of its bars', () => {
  it('allows no 429 and says how many there were', () => {
    const misses = missesOf([noneRefused(0), noneRefused(2)]);

    expect(misses).toEqual(['2 replies were 429; none is allowed']);
  });

  it('asks for a second run where 429s are all that was missed', () => {
    const misses = missesOf([noneRefused(1)]).map((miss) => `quarter: ${miss}`);

    const isWorthASecondRun = isByRefusalsAlone(misses);

    expect(isWorthASecondRun).toBe(true);
  });

  it.each([
    ['nothing was missed', []],
    [
      'a duplicate was made',
      ['quarter: 1 companies have two tasks', 'quarter: 1 replies were 429; none is allowed'],
    ],
  ])('asks for none where %s', (_what, misses) => {
    const isWorthASecondRun = isByRefusalsAlone(misses);

    expect(isWorthASecondRun).toBe(false);
  });
});
