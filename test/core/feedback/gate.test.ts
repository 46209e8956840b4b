import { describe, expect, it } from '@jest/globals';
import { NO_HOLIDAYS } from '../../../src/core/cadence/business-days.ts';
import { gateFor } from '../../../src/core/feedback/gate.ts';

const ANNOUNCED = { announcedOn: '2026-09-30' };
const BASE = {
  openness: 'listenAndCompare',
  announcement: ANNOUNCED,
  acknowledgedOn: '2026-10-01',
  today: '2026-10-08',
  cal: NO_HOLIDAYS,
} as const;

describe('the gate of a rep', () => {
  it.each([
    ['listeningOnly', { openness: 'listeningOnly' as const }, null],
    ['listeningOnly', { openness: null }, null],
    ['notAnnounced', { announcement: null }, null],
    ['notAnnounced', { announcement: null, acknowledgedOn: '2026-01-01' }, null],
    ['needsAcknowledgement', { acknowledgedOn: null, today: '2027-10-08' }, null],
    ['waiting', { today: '2026-10-07' }, '2026-10-08'],
    ['open', {}, '2026-10-08'],
    ['waiting', { acknowledgedOn: '2026-10-20', today: '2026-10-19' }, '2026-10-20'],
    ['open', { acknowledgedOn: '2026-10-20', today: '2026-10-20' }, '2026-10-20'],
  ])('is %s with %j', (state, change, opensOn) => {
    expect(gateFor({ ...BASE, ...change })).toEqual({ state, opensOn });
  });
});
