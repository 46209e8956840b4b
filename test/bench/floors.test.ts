import { describe, expect, it } from '@jest/globals';
import { logFloor } from '../../bench/log/floor.ts';
import { quarterFloor } from '../../bench/quarter/floor.ts';

describe('the floor of a quarter', () => {
  it('is 152 calls and 18.98 s for 10,000 companies without latency', () => {
    const { floorCalls, floorSeconds } = quarterFloor(10_000, { searchSeconds: 0, createSeconds: 0 });

    expect(floorCalls).toBe(50 + 102);
    expect(floorSeconds).toBeCloseTo(49 / 5 + 101 / 11, 9);
  });

  it('is less than 10 s where the stages go beside each other: the last page, and then its two creates', () => {
    const { besideSeconds } = quarterFloor(10_000, { searchSeconds: 0.2, createSeconds: 0.25 });

    expect(besideSeconds).toBeCloseTo(49 / 5 + 1 / 11 + 0.45, 9);
  });

  it('is that of the creates alone where they take longer than the reading', () => {
    const { besideSeconds } = quarterFloor(200, { searchSeconds: 0, createSeconds: 0 });

    expect(besideSeconds).toBeCloseTo(3 / 11, 9);
  });

  it('counts a page and a batch for their first company too', () => {
    const floor = quarterFloor(201, { searchSeconds: 0, createSeconds: 0 });

    expect(floor.floorCalls).toBe(2 + 5);
  });

  it('takes the latency of one search and one create, since all others overlap', () => {
    const without = quarterFloor(400, { searchSeconds: 0, createSeconds: 0 });
    const slow = quarterFloor(400, { searchSeconds: 0.2, createSeconds: 0.25 });

    expect(slow.floorSeconds - without.floorSeconds).toBeCloseTo(0.45, 9);
  });
});

describe('the floor of a log', () => {
  it('is 600 calls and about 100 s for 100,000 activities', () => {
    const floor = logFloor([50_000, 20_000, 30_000], { searchSeconds: 0, linksSeconds: 0 });

    expect(floor).toEqual({ searches: 500, linkReads: 100, floorCalls: 600, floorSeconds: 499 / 5 });
  });

  it('begins a page anew for each type of activity', () => {
    const floor = logFloor([1, 1, 1], { searchSeconds: 0, linksSeconds: 0 });

    expect(floor.floorCalls).toBe(6);
  });
});
