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

    const { coverage } = quarterCharts(weeks, FIGURES, QUARTER);

    expect(coverage).toEqual([
      { weekOf: '2026-09-28', due: 2, heardFrom: 1 },
      { weekOf: '2026-10-05', due: 2, heardFrom: 1 },
      { weekOf: '2026-10-12', due: 5, heardFrom: 5 },
    ]);
  });

  it('put the reach beside the survey’s 15 percent, each share with its interval', () => {
    const { rates, surveyShare } = quarterCharts([], FIGURES, QUARTER);

    const told = rates.map(({ kind, part, whole, share, low, high }) => [
      kind,
      `${part} of ${whole}`,
      ...[share, low, high].map((number) => Math.round(number * 100)),
    ]);
    expect(told).toEqual([
      ['reached', '15 of 20', 75, 53, 89],
      ['onTime', '12 of 15', 80, 55, 93],
    ]);
    expect(surveyShare).toBe(0.15);
  });

  it.each([
    [11, 11, []],
    [12, 11, ['reached']],
    [12, 12, ['reached', 'onTime']],
  ])('show no rate below twelve: %i tried, %i heard', (attempted, heardFrom, kinds) => {
    const { rates } = quarterCharts([], { ...FIGURES, attempted, heardFrom, onTime: heardFrom }, QUARTER);

    expect(rates.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('draw nothing where fewer than twelve customers are in the quarter', () => {
    const drawn = quarterCharts([], { accounts: 11, heardFrom: 3, attempted: 4, onTime: 3 }, QUARTER);

    expect(drawn).toEqual({ coverage: [], rates: [], surveyShare: 0.15 });
  });
});
