import { describe, expect, it } from '@jest/globals';
import { paceOf } from '../../../src/core/cadence/run-pace.ts';

const NOW = new Date('2026-10-01T09:03:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

describe('the pace of a run', () => {
  it('is the tasks made a minute lately, and says when the rest is made', () => {
    expect(paceOf({ leftNow: 5_800, madeLately: 4_200, since: ago(180) }, NOW)).toEqual({
      ratePerMinute: 1_400,
      expectedEndAt: new Date('2026-10-01T09:07:08.572Z'),
    });
  });

  it('is not known in the first seconds, without a task made, and where nothing is left', () => {
    const unknown = { ratePerMinute: null, expectedEndAt: null };

    expect(paceOf({ leftNow: 900, madeLately: 100, since: ago(9) }, NOW)).toEqual(unknown);
    expect(paceOf({ leftNow: 900, madeLately: 0, since: null }, NOW)).toEqual(unknown);
    expect(paceOf({ leftNow: 0, madeLately: 100, since: ago(60) }, NOW)).toEqual(unknown);
  });
});
