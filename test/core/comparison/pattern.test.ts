import { describe, expect, it } from '@jest/globals';
import {
  doesPatternStand,
  isNewPattern,
  isPatternExpired,
  patternPhase,
  type PatternState,
} from '../../../src/core/comparison/pattern.ts';
import type { RepCounts } from '../../../src/core/comparison/team-test.ts';

const state = (change: Partial<PatternState> = {}): PatternState => ({
  isReplyWindowOver: true,
  managerUserId: 1,
  secondManagerUserId: 2,
  repUserId: 3,
  openedBy: [],
  ...change,
});

const counts = (repId: string, x: number, supported = ['201', '202']): RepCounts => ({
  repId,
  n: 12,
  x,
  firmCompanyIds: ['201', '202'],
  supportedCompanyIds: supported,
});

describe('a pattern on its way', () => {
  it.each([
    ['is the rep’s while the window runs', { isReplyWindowOver: false, openedBy: [1, 2] }, 'repFirst'],
    ['needs a second manager', { secondManagerUserId: null }, 'needsSecondManager'],
    ['needs another one than the first', { secondManagerUserId: 1 }, 'needsSecondManager'],
    ['needs another one than the rep', { secondManagerUserId: 3 }, 'needsSecondManager'],
    ['waits for both', {}, 'waiting'],
    ['waits for the second', { openedBy: [1] }, 'waiting'],
    ['waits for the first', { openedBy: [2] }, 'waiting'],
    ['is not opened by others', { openedBy: [1, 7] }, 'waiting'],
    ['opens once both have opened it', { openedBy: [2, 1] }, 'open'],
  ] as const)('%s', (_title, change, expected) => {
    expect(patternPhase(state(change))).toBe(expected);
  });

  it.each([
    ['as it was', counts('a', 3), true],
    ['with fewer differences', counts('a', 1), false],
    ['with less support', counts('a', 3, ['201']), false],
  ])('stands or falls with the rep’s counts of today: %s', (_what, today, expected) => {
    expect(doesPatternStand(today, [counts('b', 0), counts('a', 3)], 0)).toBe(expected);
  });

  it('does not stand for somebody who is not in the team', () => {
    expect(doesPatternStand(counts('c', 3), [counts('a', 3)], 0)).toBe(false);
  });

  it('has expired after four quarters and not before', () => {
    expect([isPatternExpired(8, 11), isPatternExpired(8, 12)]).toEqual([false, true]);
  });

  it('is new where it names an account that none before it named', () => {
    const earlier = [{ firmCompanyIds: ['201', '202'] }, { firmCompanyIds: ['203'] }];

    expect(isNewPattern(['201'], [])).toBe(true);
    expect(isNewPattern(['201', '202'], earlier.slice(0, 1))).toBe(false);
    expect(isNewPattern(['201', '204'], earlier)).toBe(true);
  });
});
