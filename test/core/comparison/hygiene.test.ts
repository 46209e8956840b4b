import { describe, expect, it } from '@jest/globals';
import { hygieneOf } from '../../../src/core/comparison/hygiene.ts';
import { aCall } from './activity-builder.ts';

const LOGGED = { occurredAt: '2026-08-01T15:00:00Z', createdAt: '2026-08-01T18:00:00Z' };

describe('what would make a record easier to use', () => {
  it('is nothing where it was logged soon, with outcome and contact', () => {
    expect(hygieneOf(aCall(LOGGED))).toEqual([]);
  });

  it.each([
    ['exactly a week later', '2026-08-08T15:00:00Z', []],
    ['a second more than a week later', '2026-08-08T15:00:01Z', ['late']],
    ['a millisecond more than a week later', '2026-08-08T15:00:00.001Z', ['late']],
  ])('looks at a record made %s', (_when, createdAt, expected) => {
    expect(hygieneOf(aCall({ ...LOGGED, createdAt }))).toEqual(expected);
  });

  it.each([
    [
      'a call without an outcome',
      aCall({ ...LOGGED, disposition: null, outcome: 'COMPLETED' }),
      ['noOutcome'],
    ],
    ['a call with an empty outcome', aCall({ ...LOGGED, disposition: '' }), ['noOutcome']],
    [
      'a meeting without an outcome',
      aCall({ ...LOGGED, objectType: 'meeting', outcome: null }),
      ['noOutcome'],
    ],
    [
      'a meeting with one',
      aCall({ ...LOGGED, objectType: 'meeting', outcome: 'COMPLETED', disposition: null }),
      [],
    ],
    ['a record without a contact', aCall({ ...LOGGED, contactIds: [] }), ['noContact']],
  ])('sees %s', (_what, record, expected) => {
    expect(hygieneOf(record)).toEqual(expected);
  });
});
