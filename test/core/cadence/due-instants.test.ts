import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { NO_HOLIDAYS } from '../../../src/core/cadence/business-days.ts';
import { addDays, atLocalTime, localDayOf, startOfDay } from '../../../src/core/cadence/calendar.ts';
import { cycleOf } from '../../../src/core/cadence/cycle.ts';
import { releaseAt } from '../../../src/core/cadence/release.ts';
import type { LocalDay } from '../../../src/core/model.ts';
import { FIRST_YEAR, LAST_YEAR, kindsOfZones } from './zones.ts';

/** The hours at which touch tasks are due. */
const HOURS = [9, 14];
const HORIZON = 3;

describe('due days on which the clocks change', () => {
  const jumps = kindsOfZones().flatMap(({ zone }) => jumpDaysOf(zone).map((day) => ({ zone, day })));
  const wrongOf = (isRight: (day: LocalDay, zone: string) => boolean) =>
    jumps.filter(({ zone, day }) => !isRight(day, zone)).map(({ zone, day }) => `${zone} ${day}`);

  it('are due at the hour that their clocks show, on that day', () => {
    const wrong = wrongOf((day, zone) =>
      HOURS.every((hour) => {
        const shown = clockOf(atLocalTime(day, hour, 0, zone), zone);
        return shown.day === day && shown.hour === hour && shown.minute === 0;
      }),
    );

    expect(jumps.length).toBeGreaterThan(3_000);
    expect(wrong).toEqual([]);
  });

  it('come one after the other, each day released before it is due and within its quarter', () => {
    const wrong = wrongOf((day, zone) => {
      const { startsOn } = cycleOf(day);
      const before = atLocalTime(addDays(day, -1), 14, 0, zone);
      const due = atLocalTime(day, 9, 0, zone);
      const after = atLocalTime(addDays(day, 1), 9, 0, zone);
      const release = releaseAt(day, HORIZON, startsOn, zone, NO_HOLIDAYS);
      const releasedOn = localDayOf(release, zone);
      return before < due && due < after && release < due && startsOn <= releasedOn && releasedOn <= day;
    });

    expect(wrong).toEqual([]);
  });

  it('are released at the first instant of a day, also of one whose midnight the clocks skip or do twice', () => {
    const wrong = wrongOf((day, zone) => {
      const release = releaseAt(day, 0, day, zone, NO_HOLIDAYS);
      const justBefore = localDayOf(new Date(release.getTime() - 1), zone);
      return localDayOf(release, zone) === day && justBefore < day;
    });

    expect(wrong).toEqual([]);
  });
});

describe('a due day that its zone skips', () => {
  it.each(['Pacific/Apia', 'Pacific/Fakaofo'])(
    'comes in %s a day later, still after the day before',
    (zone) => {
      const [before, skipped, after] = ['2011-12-29', '2011-12-30', '2011-12-31'].map((day) =>
        atLocalTime(day, 9, 0, zone),
      );

      expect(skipped).toEqual(after);
      expect(Number(before)).toBeLessThan(Number(skipped));
      expect(releaseAt('2011-12-30', 0, '2011-10-01', zone, NO_HOLIDAYS)).toEqual(
        startOfDay('2011-12-31', zone),
      );
    },
  );
});

/** The local days on which clocks of a zone change, but for those that skip a whole day. */
function jumpDaysOf(zone: string): LocalDay[] {
  const days: LocalDay[] = [];
  let at = Temporal.ZonedDateTime.from(`${FIRST_YEAR}-01-01T00:00[${zone}]`).getTimeZoneTransition('next');
  while (at !== null && at.year <= LAST_YEAR) {
    const before = at.subtract({ nanoseconds: 1 });
    if (Math.abs(at.offsetNanoseconds - before.offsetNanoseconds) < 20 * 3.6e12)
      days.push(at.toPlainDate().toString());
    at = at.getTimeZoneTransition('next');
  }
  return days;
}

function clockOf(instant: Date, zone: string) {
  const shown = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return { day: shown.toPlainDate().toString(), hour: shown.hour, minute: shown.minute };
}
