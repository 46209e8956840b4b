import { describe, expect, it } from '@jest/globals';
import { releaseAt, releaseInstants } from '../../../src/core/cadence/release.ts';
import { calendarWith } from './calendar-with.ts';

const THANKSGIVING = calendarWith('2026-11-26');
const ZONE = 'America/Chicago';

describe('the release of a touch', () => {
  it('comes ten business days before it is due, at the start of that day', () => {
    const instant = releaseAt('2026-11-20', 10, '2026-10-01', ZONE, THANKSGIVING);

    expect(instant.toISOString()).toBe('2026-11-06T06:00:00.000Z');
  });

  it('counts no holiday and minds the change of the clocks', () => {
    expect(releaseAt('2026-11-27', 1, '2026-10-01', ZONE, THANKSGIVING).toISOString()).toBe(
      '2026-11-25T06:00:00.000Z',
    );
    expect(releaseAt('2026-11-02', 1, '2026-10-01', ZONE, THANKSGIVING).toISOString()).toBe(
      '2026-10-30T05:00:00.000Z',
    );
  });

  it('never comes before the cycle starts', () => {
    expect(releaseAt('2026-10-05', 10, '2026-10-01', ZONE, THANKSGIVING).toISOString()).toBe(
      '2026-10-01T05:00:00.000Z',
    );
  });

  it('comes for the whole cycle at once where the program says so', () => {
    expect(releaseAt('2026-12-31', 'cycle', '2026-10-01', ZONE, THANKSGIVING).toISOString()).toBe(
      '2026-10-01T05:00:00.000Z',
    );
  });

  it('is the same for every touch of a day, and reckoned once a day', () => {
    let asked = 0;
    const counting = { isHoliday: () => (asked += 1) < 0 };
    const instantOf = releaseInstants(1, '2026-10-01', ZONE, counting);

    const instants = ['2026-11-20', '2026-11-24', '2026-11-20', '2026-11-20'].map(instantOf);

    expect(instants.map((instant) => instant.toISOString().slice(0, 10))).toEqual([
      '2026-11-19',
      '2026-11-23',
      '2026-11-19',
      '2026-11-19',
    ]);
    expect(asked).toBe(2);
  });
});
