import { describe, expect, it } from '@jest/globals';
import { isIanaZone, normalizeZone, startOfDay } from '../../../src/core/cadence/calendar.ts';
import { ALIASES } from './zone-aliases.ts';
import { MONTH_STARTS } from './zones.ts';

const NOWHERE = 'Etc/Nowhere';

describe('another name of a time zone', () => {
  it('is looked at for the names that HubSpot accounts have had for long', () => {
    const names = new Set(ALIASES.map(([alias]) => alias));

    expect(names.size).toBeGreaterThan(140);
    for (const name of ['US/Eastern', 'US/Pacific', 'Asia/Calcutta', 'Europe/Kiev', 'GB', 'Asia/Saigon'])
      expect(names).toContain(name);
  });

  it('is known, and is read as one zone in any case and as HubSpot spells it out', () => {
    const wrong = ALIASES.filter(([alias]) => {
      const spelled = alias.toLowerCase().replaceAll('/', '_slash_').replaceAll('-', '_hyphen_');
      const read = [alias, alias.toUpperCase(), spelled].map((name) => normalizeZone(name, NOWHERE));
      return !isIanaZone(alias) || read.includes(NOWHERE) || new Set(read).size > 1;
    });

    expect(wrong).toEqual([]);
  });

  it.each([
    ['US/Eastern', 'America/New_York'],
    ['Asia/Kolkata', 'Asia/Calcutta'],
    ['Europe/Kiev', 'Europe/Kyiv'],
  ])('is the same as the other one: %s and %s', (one, other) => {
    expect(normalizeZone(one, NOWHERE)).toBe(normalizeZone(other, ''));
  });

  it('begins every month of forty years at the same instant', () => {
    const wrong = ALIASES.flatMap(([alias, zone]) =>
      MONTH_STARTS.filter(
        ({ day }) => startOfDay(day, alias).getTime() !== startOfDay(day, zone).getTime(),
      ).map(({ day }) => `${alias} ${day}`),
    );

    expect(wrong).toEqual([]);
  });
});
