import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../../src/core/cadence/calendar.ts';
import { cycleOf, nextCycle, previousCycle } from '../../../src/core/cadence/cycle.ts';

describe('a cycle', () => {
  it.each([
    ['2026-01-01', '2026-Q1', '2026-01-01', '2026-04-01'],
    ['2026-03-31', '2026-Q1', '2026-01-01', '2026-04-01'],
    ['2026-04-01', '2026-Q2', '2026-04-01', '2026-07-01'],
    ['2026-09-30', '2026-Q3', '2026-07-01', '2026-10-01'],
    ['2026-11-21', '2026-Q4', '2026-10-01', '2027-01-01'],
    ['2028-02-29', '2028-Q1', '2028-01-01', '2028-04-01'],
  ])('of %s is %s', (day, label, startsOn, endsOn) => {
    expect(cycleOf(day)).toEqual({ label, startsOn, endsOn });
  });

  it.each([
    ['2026-04-01', 4, '2026-Q1', '2026-04-01'],
    ['2027-01-31', 4, '2026-Q4', '2027-01-01'],
    ['2027-03-31', 4, '2026-Q4', '2027-01-01'],
    ['2026-01-15', 2, '2025-Q4', '2025-11-01'],
    ['2026-11-30', 10, '2026-Q1', '2026-10-01'],
    ['2026-12-01', 12, '2026-Q1', '2026-12-01'],
  ])('of %s in a fiscal year from month %i is %s', (day, month, label, startsOn) => {
    expect(cycleOf(day, month)).toMatchObject({ label, startsOn });
  });

  it.each([0, 13, 1.5, NaN])('does not know a month %s', (month) => {
    expect(() => cycleOf('2026-01-01', month)).toThrow(RangeError);
  });

  it('has neighbors that touch it', () => {
    const cycle = cycleOf('2026-11-21');

    expect(nextCycle(cycle)).toEqual({ label: '2027-Q1', startsOn: '2027-01-01', endsOn: '2027-04-01' });
    expect(previousCycle(cycle)).toEqual({ label: '2026-Q3', startsOn: '2026-07-01', endsOn: '2026-10-01' });
    expect(nextCycle(previousCycle(cycle))).toEqual(cycle);
  });

  it('covers every day of forty years once, for every first month', () => {
    for (let month = 1; month <= 12; month += 1) {
      let cycle = cycleOf('2006-01-01', month);
      const labels = new Set<string>();
      while (cycle.startsOn < '2046-01-01') {
        expect(cycleOf(addDays(cycle.endsOn, -1), month)).toEqual(cycle);
        expect(cycleOf(cycle.startsOn, month)).toEqual(cycle);
        expect(labels.has(cycle.label)).toBe(false);
        labels.add(cycle.label);
        cycle = nextCycle(cycle, month);
      }
    }
  });
});
