import { describe, expect, it } from '@jest/globals';
import { addDays, ageInDays, daysBetween, instantMs, localDayOf } from '../../../src/core/comparison/days.ts';

describe('ages in local days', () => {
  it.each([
    ['2026-08-11T03:30:00Z', '2026-08-12T15:15:00Z', 2],
    ['2026-11-01T04:30:00Z', '2026-11-02T15:00:00Z', 2],
    ['2026-03-08T07:30:00Z', '2026-03-09T04:30:00Z', 0],
  ])('from %s to %s in Chicago are %i', (touchedAt, factsSavedAt, expected) => {
    expect(ageInDays(touchedAt, factsSavedAt, 'America/Chicago')).toBe(expected);
  });

  it('follow the zone, not UTC', () => {
    expect(localDayOf('2026-08-11T03:30:00Z', 'America/Chicago')).toBe('2026-08-10');
    expect(localDayOf('2026-08-11T03:30:00Z', 'Asia/Tokyo')).toBe('2026-08-11');
  });

  it('count days across months and years', () => {
    expect(daysBetween('2026-12-30', '2027-01-02')).toBe(3);
    expect(addDays('2027-01-02', -3)).toBe('2026-12-30');
  });

  it.each(['2026-08-11', '2026-08-11T03:30:00', '2026-13-11T03:30:00Z', ''])(
    'refuse %j as an instant',
    (text) => {
      expect(() => instantMs(text)).toThrow(RangeError);
    },
  );

  it('refuse an instant as a day', () => {
    expect(() => daysBetween('2026-08-11T03:30:00Z', '2026-08-12')).toThrow(RangeError);
  });

  it('refuse a zone that does not exist', () => {
    expect(() => localDayOf('2026-08-11T03:30:00Z', 'America/Nowhere')).toThrow(RangeError);
  });
});
