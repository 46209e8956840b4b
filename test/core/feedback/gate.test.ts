import { describe, expect, it } from '@jest/globals';
import { NO_HOLIDAYS } from '../../../src/core/cadence/business-days.ts';
import { gateFor, listeningReason } from '../../../src/core/feedback/gate.ts';
import { asOwnerId } from '../../../src/core/model.ts';

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

describe('why a check-in is plain listening', () => {
  const open = { state: 'open', opensOn: '2026-10-08' } as const;
  const waiting = { state: 'waiting', opensOn: '2026-10-08' } as const;
  const rep = asOwnerId('11');
  const compared = {
    openness: 'listenAndCompare',
    gate: open,
    callerIsRepOfRecord: false,
    repOfRecord: rep,
  } as const;

  it.each([
    [null, {}],
    ['programListens', { openness: 'listeningOnly' as const }],
    ['programListens', { openness: null }],
    ['noRepOfRecord', { repOfRecord: null }],
    ['callerIsRepOfRecord', { callerIsRepOfRecord: true }],
    ['gateClosed', { gate: waiting }],
    ['callerIsRepOfRecord', { callerIsRepOfRecord: true, gate: waiting }],
  ])('is %s with %j', (reason, change) => {
    expect(listeningReason({ ...compared, ...change })).toBe(reason);
  });

  it.each(['listeningOnly', 'notAnnounced', 'needsAcknowledgement', 'waiting'] as const)(
    'is the gate while that is %s',
    (state) => {
      expect(listeningReason({ ...compared, gate: { state, opensOn: null } })).toBe('gateClosed');
    },
  );
});
