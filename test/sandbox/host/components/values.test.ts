import { describe, expect, it } from '@jest/globals';
import { readChart } from '../../../../sandbox/host/components/chart-data.ts';
import { dateToText, textToDate } from '../../../../sandbox/host/components/date-inputs.tsx';
import { linkTarget } from '../../../../sandbox/host/components/buttons.tsx';
import { parseNumber } from '../../../../sandbox/host/components/number-inputs.tsx';
import { shortSize } from '../../../../sandbox/host/components/sizes.ts';

describe('values of the inputs', () => {
  it('counts months from 0 towards the extension and from 1 towards the browser', () => {
    expect(textToDate('2026-11-24')).toEqual({ year: 2026, month: 10, date: 24 });
    expect(dateToText({ year: 2026, month: 0, date: 5 })).toBe('2026-01-05');
  });

  it('has no date for a text that is none', () => {
    expect(textToDate('')).toBeNull();
    expect(textToDate('2026-1-5')).toBeNull();
    expect(dateToText(undefined)).toBe('');
  });

  it.each([
    { text: '12', number: 12 },
    { text: ' 1,234.5 ', number: 1234.5 },
    { text: '-3', number: -3 },
    { text: '', number: undefined },
    { text: 'ten', number: undefined },
    { text: 'Infinity', number: undefined },
  ])('reads "$text" as $number', ({ text, number }) => {
    expect(parseNumber(text)).toBe(number);
  });

  it('rounds to the digits that the input allows', () => {
    expect(parseNumber('2.346', 2)).toBe(2.35);
  });

  it('treats both spellings of a size alike', () => {
    expect([shortSize('extra-small', 'md'), shortSize('xs', 'md'), shortSize(undefined, 'md')]).toEqual([
      'xs',
      'xs',
      'md',
    ]);
  });
});

describe('links', () => {
  it('open a web page in a new tab without telling it where they come from', () => {
    expect(linkTarget('https://example.com/')).toEqual({
      href: 'https://example.com/',
      target: '_blank',
      rel: 'noreferrer',
    });
  });

  it('leave phone numbers and mail addresses to the machine', () => {
    expect(linkTarget({ url: 'tel:+1555' })).toEqual({ href: 'tel:+1555' });
  });
});

describe('the data of a chart', () => {
  const axes = {
    x: { field: 'quarter', fieldType: 'category' },
    y: { field: 'calls', fieldType: 'linear', label: 'Calls' },
  } as const;

  it('sums the rows of each category', () => {
    const model = readChart({
      axes,
      data: [
        { quarter: 'Q1', calls: 2 },
        { quarter: 'Q2', calls: 5 },
        { quarter: 'Q1', calls: 3 },
      ],
    });

    expect(model.categories).toEqual(['Q1', 'Q2']);
    expect(model.series.map((series) => [series.name, series.values])).toEqual([['Calls', [5, 5]]]);
    expect(model.max).toBe(5);
  });

  it('makes one series for each value of the grouping field', () => {
    const model = readChart({
      axes: { ...axes, options: { groupFieldByColor: 'kind' } },
      data: [
        { quarter: 'Q1', calls: 2, kind: 'kept' },
        { quarter: 'Q2', calls: 1, kind: 'missed' },
      ],
    });

    expect(model.series.map((series) => [series.name, series.values])).toEqual([
      ['kept', [2, 0]],
      ['missed', [0, 1]],
    ]);
  });
});
