import { describe, expect, it } from '@jest/globals';
import {
  addBusinessDays,
  businessDayFrom,
  businessDaysBetween,
  gateOpensOn,
  isBusinessDay,
  lastDayOfWindow,
  nextBusinessDay,
  NO_HOLIDAYS,
  subtractBusinessDays,
} from '../../../src/core/cadence/business-days.ts';
import { calendarWith } from './calendar-with.ts';

const US_2026 = calendarWith('2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25');

describe('business days', () => {
  it('are Monday to Friday without holidays', () => {
    expect(isBusinessDay('2026-11-20', US_2026)).toBe(true);
    expect(isBusinessDay('2026-11-21', US_2026)).toBe(false);
    expect(isBusinessDay('2026-11-22', US_2026)).toBe(false);
    expect(isBusinessDay('2026-11-26', US_2026)).toBe(false);
  });

  it('are listed half-open, as a cycle is', () => {
    expect(businessDaysBetween('2026-11-24', '2026-12-01', US_2026)).toEqual([
      '2026-11-24',
      '2026-11-25',
      '2026-11-27',
      '2026-11-30',
    ]);
    expect(businessDaysBetween('2026-11-24', '2026-11-24', US_2026)).toEqual([]);
    expect(businessDaysBetween('2026-11-24', '2026-11-20', US_2026)).toEqual([]);
  });

  it.each([
    ['2026-11-20', 0, '2026-11-20'],
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-25', 1, '2026-11-27'],
    ['2026-08-17', 10, '2026-08-31'],
  ])('from %s on, %i of them, end on %s', (day, count, expected) => {
    expect(addBusinessDays(day, count, US_2026)).toBe(expected);
  });

  it('count back as they count on', () => {
    expect(subtractBusinessDays('2026-11-27', 1, US_2026)).toBe('2026-11-25');
    expect(subtractBusinessDays('2026-11-23', 1, US_2026)).toBe('2026-11-20');
    expect(subtractBusinessDays('2026-11-23', 0, US_2026)).toBe('2026-11-23');
  });

  it('give the next one, or the day itself where it is one', () => {
    expect(nextBusinessDay('2026-11-20', US_2026)).toBe('2026-11-23');
    expect(businessDayFrom('2026-11-20', US_2026)).toBe('2026-11-20');
    expect(businessDayFrom('2026-11-21', US_2026)).toBe('2026-11-23');
  });

  it.each([-1, 1.5, NaN])('cannot be %s in number', (count) => {
    expect(() => addBusinessDays('2026-11-20', count, US_2026)).toThrow(RangeError);
  });

  it('are not looked for without end', () => {
    expect(() => addBusinessDays('2026-11-20', 1, { isHoliday: () => true })).toThrow(RangeError);
  });
});

describe('the reply window', () => {
  it('noticed on August 12 lasts to the end of August 19', () => {
    expect(lastDayOfWindow('2026-08-12', 5, US_2026)).toBe('2026-08-19');
  });

  it('noticed on November 10 lasts to November 18, for November 11 is a holiday', () => {
    expect(lastDayOfWindow('2026-11-10', 5, US_2026)).toBe('2026-11-18');
    expect(lastDayOfWindow('2026-11-10', 5, NO_HOLIDAYS)).toBe('2026-11-17');
  });

  it('noticed on a Saturday starts on Monday', () => {
    expect(lastDayOfWindow('2026-08-15', 5, US_2026)).toBe('2026-08-21');
  });
});

describe('the gate', () => {
  it('of September 30 opens on October 8 for a rep who acknowledged before', () => {
    expect(gateOpensOn('2026-09-30', '2026-10-01', US_2026)).toBe('2026-10-08');
  });

  it('opens on the day of an acknowledgement that comes later', () => {
    expect(gateOpensOn('2026-09-30', '2026-10-20', US_2026)).toBe('2026-10-20');
    expect(gateOpensOn('2026-09-30', '2026-10-08', US_2026)).toBe('2026-10-08');
  });

  it('does not count a holiday among the five full days', () => {
    expect(gateOpensOn('2026-10-07', '2026-10-07', US_2026)).toBe('2026-10-16');
  });
});
