import { describe, expect, it } from '@jest/globals';
import { canSeeFinding, findingPhase } from '../../../src/core/feedback/visibility.ts';
import { calendarWith } from '../cadence/calendar-with.ts';

const NOBODY = { isRepOfRecord: false, isCallingManager: false, isManagerOfRep: false };
const REP = { ...NOBODY, isRepOfRecord: true };
const CALLER = { ...NOBODY, isCallingManager: true };
const MANAGER = { ...NOBODY, isManagerOfRep: true };

describe('who sees a finding', () => {
  it.each([
    ['rep of record', REP, 0, 'windowOpen', true],
    ['rep of record', REP, 2, 'windowOpen', true],
    ['rep of record', REP, 3, 'settled', true],
    ['calling manager', CALLER, 0, 'windowOpen', true],
    ['calling manager', CALLER, 1, 'windowOpen', true],
    ['calling manager', CALLER, 2, 'windowOpen', true],
    ['calling manager', CALLER, 2, 'settled', true],
    ['calling manager', CALLER, 3, 'windowOpen', false],
    ['calling manager', CALLER, 3, 'settled', false],
    ['manager of the rep', MANAGER, 0, 'windowOpen', false],
    ['manager of the rep', MANAGER, 1, 'windowOpen', false],
    ['manager of the rep', MANAGER, 2, 'windowOpen', false],
    ['manager of the rep', MANAGER, 0, 'settled', true],
    ['manager of the rep', MANAGER, 2, 'settled', true],
    ['manager of the rep', MANAGER, 3, 'settled', false],
    ['anyone else', NOBODY, 0, 'settled', false],
    ['anyone else', NOBODY, 1, 'settled', false],
    ['anyone else', NOBODY, 3, 'windowOpen', false],
  ] as const)('%s (%j) of severity %i while %s: %s', (_who, viewer, severity, state, sees) => {
    expect(canSeeFinding({ severity, state, viewer })).toBe(sees);
  });
});

describe('the phase of a finding', () => {
  const veteransDay = calendarWith('2026-11-11');

  it.each([
    ['2026-11-10', 'windowOpen'],
    ['2026-11-18', 'windowOpen'],
    ['2026-11-19', 'settled'],
  ])('noticed on November 10 with five business days is on %s %s', (today, phase) => {
    expect(findingPhase({ noticedOn: '2026-11-10', windowBusinessDays: 5, today, cal: veteransDay })).toBe(
      phase,
    );
  });
});
