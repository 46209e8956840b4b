import { describe, expect, it } from '@jest/globals';
import { bothSides } from '../../src/core/both-sides.ts';

type Logged = Parameters<typeof bothSides>[0][number];

const calls = (ages: readonly number[], change: Partial<Logged> = {}): Logged[] =>
  ages.map((ageDays) => ({ ageDays, outcome: 'live', contact: 'respondent', ...change }));
const FORGOT = { recency: 'LONG', count: '0' } as const;
const logOf = (claims: readonly Logged[]): string[] => bothSides(claims, FORGOT).map(({ log }) => log);

describe('both sides of a comparison', () => {
  it('name the same two facts in the words of the same answers', () => {
    const sides = bothSides(calls([6, 40, 77]), FORGOT);

    expect(sides).toEqual([
      {
        label: 'Most recent contact',
        log: 'In the last week (6 days before)',
        customer: 'More than 6 months ago',
      },
      { label: 'Contacts in three months', log: '3 to 5 (3)', customer: '0' },
    ]);
  });

  it.each([
    [0, 'In the last week (the same day)'],
    [1, 'In the last week (1 day before)'],
    [8, '1 to 4 weeks ago (8 days before)'],
    [90, '2 to 3 months ago (90 days before)'],
    [91, '3 to 6 months ago (91 days before)'],
    [182, '3 to 6 months ago (182 days before)'],
    [183, 'None in 182 days'],
  ])('put a last call %i days before into the band it lies in', (age, said) => {
    const [recency] = logOf(calls([age]));

    expect(recency).toBe(said);
  });

  it('count a day once, and only days within three months', () => {
    const [, count] = logOf(calls([3, 3, 90, 91]));

    expect(count).toBe('2');
  });

  it('say how many of the contacts were with the person who answered', () => {
    const [, count] = logOf([...calls([5]), ...calls([9, 14, 30], { contact: 'other' })]);

    expect(count).toBe('3 to 5 (4, 1 of them with this person)');
  });

  it('keep apart what can only help', () => {
    const open = calls([4, 8], { outcome: 'open' });

    expect(logOf(open)).toEqual([
      'In the last week (4 days before, outcome open)',
      '0 (2 more can only help)',
    ]);
    expect(logOf([...open, ...calls([10])])).toEqual([
      '1 to 4 weeks ago (10 days before)',
      '1 (2 more can only help)',
    ]);
  });

  it('say that an answer was not asked', () => {
    const sides = bothSides([], { recency: null, count: null });

    expect(sides.map(({ customer }) => customer)).toEqual(['Not asked', 'Not asked']);
    expect(sides.map(({ log }) => log)).toEqual(['None in 182 days', '0']);
  });
});
