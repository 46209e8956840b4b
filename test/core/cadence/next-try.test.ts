import { describe, expect, it } from '@jest/globals';
import { nextTry } from '../../../src/core/cadence/next-try.ts';
import { calendarWith } from './calendar-with.ts';

const THANKSGIVING = calendarWith('2026-11-26');

describe('the next try', () => {
  it('is two business days later at the other half of the day', () => {
    const next = nextTry({
      attempts: 1,
      dueOn: '2026-11-19',
      half: 'morning',
      today: '2026-11-19',
      cal: THANKSGIVING,
    });

    expect(next).toEqual({
      nextTryOn: '2026-11-23',
      nextTryHalf: 'afternoon',
      suggestOtherContact: false,
      closeAsNotReached: false,
    });
  });

  it('skips a holiday and goes back to the morning', () => {
    const next = nextTry({
      attempts: 2,
      dueOn: '2026-11-25',
      half: 'afternoon',
      today: '2026-11-25',
      cal: THANKSGIVING,
    });

    expect(next).toMatchObject({ nextTryOn: '2026-11-30', nextTryHalf: 'morning' });
  });

  it('of an overdue touch counts from today', () => {
    const next = nextTry({
      attempts: 1,
      dueOn: '2026-11-02',
      half: 'morning',
      today: '2026-11-19',
      cal: THANKSGIVING,
    });

    expect(next.nextTryOn).toBe('2026-11-23');
  });

  it('of a touch tried early never comes before its due day', () => {
    const next = nextTry({
      attempts: 1,
      dueOn: '2026-11-30',
      half: 'morning',
      today: '2026-11-19',
      cal: THANKSGIVING,
    });

    expect(next.nextTryOn).toBe('2026-12-02');
  });

  it.each([
    [1, false, false],
    [2, false, false],
    [3, true, false],
    [4, true, false],
    [5, true, true],
    [6, true, true],
  ])('after %i attempts suggests another contact: %s, closes: %s', (attempts, suggests, closes) => {
    const next = nextTry({
      attempts,
      dueOn: '2026-11-19',
      half: 'morning',
      today: '2026-11-19',
      cal: THANKSGIVING,
    });

    expect(next.suggestOtherContact).toBe(suggests);
    expect(next.closeAsNotReached).toBe(closes);
    expect(next.nextTryOn === null).toBe(closes);
    expect(next.nextTryHalf === null).toBe(closes);
  });

  it.each([
    ['the half of the day', { half: 'morning' as const, weekdays: [] }, '2026-11-23', 'morning'],
    ['the next of the weekdays', { half: null, weekdays: [2, 3] }, '2026-11-24', 'afternoon'],
    ['a weekday after its holiday', { half: null, weekdays: [4] }, '2026-12-03', 'afternoon'],
    ['nothing that never comes', { half: null, weekdays: [7] }, '2026-11-23', 'afternoon'],
  ])('follows what the customer likes: %s', (_what, wish, day, half) => {
    const next = nextTry({
      attempts: 1,
      dueOn: '2026-11-19',
      half: 'morning',
      today: '2026-11-19',
      cal: THANKSGIVING,
      wish,
    });

    expect(next).toMatchObject({ nextTryOn: day, nextTryHalf: half });
  });
});
