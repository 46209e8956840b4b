import { describe, expect, it } from '@jest/globals';
import { quarterCharts } from '../../src/core/quarter-charts.ts';

const QUARTER = { startsOn: '2026-10-01', today: '2026-10-14' };
const FIGURES = { accounts: 40, heardFrom: 15, attempted: 20, onTime: 12 };

describe('the pictures of a quarter', () => {
  it('show totals at the end of each week, weeks without anything included, none after this one', () => {
    const weeks = [
      { weekOf: '2026-09-28', due: 2, heardFrom: 1 },
      { weekOf: '2026-10-12', due: 3, heardFrom: 4 },
      { weekOf: '2026-10-19', due: 9, heardFrom: 0 },
    ];

    const { coverage, coverageText } = quarterCharts(weeks, FIGURES, QUARTER);

    expect(coverage).toEqual([
      { weekOf: '2026-09-28', due: 2, heardFrom: 1 },
      { weekOf: '2026-10-05', due: 2, heardFrom: 1 },
      { weekOf: '2026-10-12', due: 5, heardFrom: 5 },
    ]);
    expect(coverageText).toBe('Heard from 15 of 40 customers so far.');
  });

  it('put the reach beside the survey’s 15 percent, each share with its interval', () => {
    const { rates, ratesText } = quarterCharts([], FIGURES, QUARTER);

    expect(rates).toEqual([
      { label: 'Reached', percent: 75 },
      { label: 'A survey', percent: 15 },
      { label: 'On time', percent: 80 },
    ]);
    expect(ratesText).toEqual([
      'Reached 15 of 20 tried: 75 % (53 to 89 %). A written survey reaches about 15 %.',
      'On time 12 of 15 heard: 80 % (55 to 93 %).',
    ]);
  });

  it.each([
    [11, 11, []],
    [12, 11, ['Reached', 'A survey']],
    [12, 12, ['Reached', 'A survey', 'On time']],
  ])('show no rate below twelve: %i tried, %i heard', (attempted, heardFrom, labels) => {
    const { rates } = quarterCharts([], { ...FIGURES, attempted, heardFrom, onTime: heardFrom }, QUARTER);

    expect(rates.map(({ label }) => label)).toEqual(labels);
  });

  it('draw nothing where fewer than twelve customers are in the quarter', () => {
    const drawn = quarterCharts([], { accounts: 11, heardFrom: 3, attempted: 4, onTime: 3 }, QUARTER);

    expect(drawn).toEqual({ coverage: [], coverageText: '', rates: [], ratesText: [] });
  });
});
