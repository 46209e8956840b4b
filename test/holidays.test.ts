import { describe, expect, it } from '@jest/globals';
import { businessDaysBetween, gateOpensOn, lastDayOfWindow } from '../src/core/cadence/business-days.ts';
import { businessCalendarOf, countryOfZone, holidayCountries, publicHolidays } from '../src/holidays.ts';

const US = { country: 'US', region: null };

describe('the public holidays of a place', () => {
  it('of the United States in 2026 are the federal ones', () => {
    expect([...publicHolidays(US, 2026)].sort()).toEqual([
      '2026-01-01',
      '2026-01-19',
      '2026-02-16',
      '2026-05-25',
      '2026-06-19',
      '2026-07-03',
      '2026-07-04',
      '2026-09-07',
      '2026-10-12',
      '2026-11-11',
      '2026-11-26',
      '2026-12-25',
    ]);
  });

  it('count the day given instead of a holiday on a weekend', () => {
    expect(businessCalendarOf(US).isHoliday('2027-12-31')).toBe(true);
  });

  it('differ by region', () => {
    const epiphany = '2026-01-06';

    expect(businessCalendarOf({ country: 'DE', region: 'BY' }).isHoliday(epiphany)).toBe(true);
    expect(businessCalendarOf({ country: 'DE', region: null }).isHoliday(epiphany)).toBe(false);
  });

  it('count every day of one that lasts several, and no half day', () => {
    expect(businessCalendarOf({ country: 'AE', region: null }).isHoliday('2026-03-22')).toBe(true);
    expect(businessCalendarOf({ country: 'CN', region: null }).isHoliday('2026-05-04')).toBe(false);
  });

  it('are none where the country is unknown', () => {
    expect(businessCalendarOf({ country: '', region: null }).isHoliday('2026-12-25')).toBe(false);
    expect(businessCalendarOf({ country: 'XX', region: null }).isHoliday('2026-12-25')).toBe(false);
  });

  it('are evaluated once', () => {
    expect(publicHolidays(US, 2031)).toBe(publicHolidays(US, 2031));
  });
});

describe('the business calendar of the United States', () => {
  it('gives the windows that people are promised', () => {
    const calendar = businessCalendarOf(US);

    expect(lastDayOfWindow('2026-08-12', 5, calendar)).toBe('2026-08-19');
    expect(lastDayOfWindow('2026-11-10', 5, calendar)).toBe('2026-11-18');
    expect(gateOpensOn('2026-09-30', '2026-09-30', calendar)).toBe('2026-10-08');
    expect(businessDaysBetween('2026-10-01', '2027-01-01', calendar)).toHaveLength(62);
  });
});

describe('the countries that can be chosen', () => {
  it('have their plain English names, in order', () => {
    const names = holidayCountries().map(({ label }) => label);

    expect(names).toEqual(
      expect.arrayContaining(['Italy', 'Morocco', 'Bangladesh', 'Eswatini', 'United States']),
    );
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
  });

  it('have the parts that keep holidays of their own', () => {
    const regionsOf = (country: string) => holidayCountries().find(({ value }) => value === country)?.regions;

    expect(regionsOf('DE')).toContainEqual({ value: 'BY', label: 'Bayern' });
    expect(regionsOf('US')).toContainEqual({ value: 'TX', label: 'Texas' });
    expect(regionsOf('JP')).toEqual([]);
  });
});

describe('the country of a time zone', () => {
  it.each([
    ['America/Chicago', 'US'],
    ['US/Eastern', 'US'],
    ['Europe/Berlin', 'DE'],
    ['Europe/London', 'GB'],
    ['Asia/Kolkata', 'IN'],
    ['Asia/Calcutta', 'IN'],
    ['Africa/Johannesburg', 'ZA'],
    ['Europe/Belgrade', 'RS'],
    ['Europe/Rome', 'IT'],
    ['Europe/Zagreb', 'HR'],
    ['Africa/Dar_es_Salaam', 'TZ'],
    ['America/Argentina/Buenos_Aires', 'AR'],
  ])('%s is %s', (zone, country) => {
    expect(countryOfZone(zone)).toBe(country);
  });

  it.each(['UTC', 'Etc/GMT+3', 'Asia/Qatar', 'Nowhere/Land', ''])('%j tells of none', (zone) => {
    expect(countryOfZone(zone)).toBeNull();
  });
});
