import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  atLocalTime,
  daysBetween,
  instantMs,
  isIanaZone,
  localDayOf,
  normalizeZone,
  startOfDay,
  weekday,
} from '../../../src/core/cadence/calendar.ts';

describe('days of instants', () => {
  it.each([
    ['2026-08-11T03:30:00Z', 'America/Chicago', '2026-08-10'],
    ['2026-08-12T15:15:00Z', 'America/Chicago', '2026-08-12'],
    ['2026-11-01T04:30:00Z', 'America/Chicago', '2026-10-31'],
    ['2026-03-08T07:30:00Z', 'America/Chicago', '2026-03-08'],
    ['2026-03-09T04:30:00Z', 'America/Chicago', '2026-03-08'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-12-31T23:59:59Z', 'UTC', '2026-12-31'],
  ])('puts %s in %s on %s', (instant, zone, day) => {
    expect(localDayOf(new Date(instant), zone)).toBe(day);
  });

  it('reads an instant as a text too, and follows the zone, not UTC', () => {
    expect(localDayOf('2026-08-11T03:30:00Z', 'America/Chicago')).toBe('2026-08-10');
    expect(localDayOf('2026-08-11T03:30:00Z', 'Asia/Tokyo')).toBe('2026-08-11');
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localDayOf(new Date('2026-01-01T00:00:00Z'), 'Mars/Olympus')).toThrow(RangeError);
    expect(() => localDayOf('2026-01-01T00:00:00Z', 'Mars/Olympus')).toThrow(RangeError);
  });

  it.each(['2026-08-11', '2026-08-11T03:30:00', '2026-13-11T03:30:00Z', ''])(
    'refuse %j as an instant',
    (text) => {
      expect(() => instantMs(text)).toThrow(RangeError);
      expect(() => localDayOf(text, 'UTC')).toThrow(RangeError);
    },
  );
});

describe('ages in local days', () => {
  it.each([
    ['2026-08-11T03:30:00Z', '2026-08-12T15:15:00Z', 2],
    ['2026-11-01T04:30:00Z', '2026-11-02T15:00:00Z', 2],
    ['2026-03-08T07:30:00Z', '2026-03-09T04:30:00Z', 0],
  ])('from %s to %s in Chicago are %i', (from, to, expected) => {
    const [fromDay, toDay] = [from, to].map((instant) => localDayOf(instant, 'America/Chicago'));

    expect(daysBetween(fromDay ?? '', toDay ?? '')).toBe(expected);
  });
});

describe('the start of a day', () => {
  it.each([
    ['2026-08-12', 'America/Chicago', '2026-08-12T05:00:00.000Z'],
    ['2026-01-12', 'America/Chicago', '2026-01-12T06:00:00.000Z'],
    // Clocks skip from midnight to one in Beirut.
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    // Midnight happens twice in Havana: the first counts.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('of %s in %s is %s', (day, zone, instant) => {
    expect(startOfDay(day, zone).toISOString()).toBe(instant);
  });
});

describe('a time of a day', () => {
  it.each([
    ['09:00 before the jump', '2026-03-07', 9, 0, '2026-03-07T15:00:00.000Z'],
    ['09:00 on the day of the jump', '2026-03-08', 9, 0, '2026-03-08T14:00:00.000Z'],
    ['02:30, which does not happen, as 03:30', '2026-03-08', 2, 30, '2026-03-08T08:30:00.000Z'],
    ['01:30, which happens twice, the first time', '2026-11-01', 1, 30, '2026-11-01T06:30:00.000Z'],
    ['09:00 after the hour that happened twice', '2026-11-01', 9, 0, '2026-11-01T15:00:00.000Z'],
  ])('takes %s', (_name, day, hour, minute, instant) => {
    expect(atLocalTime(day, hour, minute, 'America/Chicago').toISOString()).toBe(instant);
  });

  it('refuses an hour that no clock shows', () => {
    expect(() => atLocalTime('2026-03-08', 24, 0, 'UTC')).toThrow(RangeError);
  });
});

describe('counting days', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-03-07', 2, '2026-03-09'],
  ])('from %s, %i days on, gives %s and back', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days);
  });

  it.each(['2026-02-30', '2026-08-11T03:30:00Z', '2026-8-1', ''])('refuses %j as a day', (text) => {
    expect(() => daysBetween(text, '2026-08-12')).toThrow(RangeError);
    expect(() => daysBetween('2026-08-12', text)).toThrow(RangeError);
  });

  it('counts across a leap year', () => {
    expect(daysBetween('2028-01-01', '2029-01-01')).toBe(366);
  });

  it('agrees with the calendar of Temporal on each day of forty years', () => {
    const first = Temporal.PlainDate.from('2000-01-01');
    const days = Array.from({ length: 40 * 365 + 10 }, (_, index) => first.add({ days: index }));

    const wrong = days.filter((day, index) => {
      const counted = addDays('2000-01-01', index);
      return counted !== day.toString() || weekday(counted) !== day.dayOfWeek;
    });

    expect(wrong).toEqual([]);
  });

  it('refuses a part of a day', () => {
    expect(() => addDays('2026-08-12', 1.5)).toThrow(RangeError);
    expect(() => addDays('2026-08-12', NaN)).toThrow(RangeError);
  });

  it('calls Monday 1 and Sunday 7', () => {
    expect(weekday('2026-11-23')).toBe(1);
    expect(weekday('2026-11-22')).toBe(7);
  });

  it('refuses a day that does not exist', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => weekday('tomorrow')).toThrow(RangeError);
  });
});

describe('zone names', () => {
  it.each([
    ['US/Eastern', 'America/New_York'],
    ['us_slash_eastern', 'America/New_York'],
    ['america_slash_port_hyphen_au_hyphen_prince', 'America/Port-au-Prince'],
    ['america/chicago', 'America/Chicago'],
    [' Europe/Berlin ', 'Europe/Berlin'],
    ['GMT', 'UTC'],
  ])('reads %j as %s', (name, zone) => {
    expect(normalizeZone(name, 'America/Denver')).toBe(zone);
  });

  it.each([null, undefined, '', 'Mars/Olympus', '+05:00', '-0500', '🙂'])(
    'falls back where the zone is %j',
    (name) => {
      expect(normalizeZone(name, 'America/Denver')).toBe('America/Denver');
    },
  );

  it('tells a zone from what is none', () => {
    expect(isIanaZone('Asia/Kathmandu')).toBe(true);
    expect(isIanaZone('+05:00')).toBe(false);
    expect(isIanaZone(5)).toBe(false);
  });
});
