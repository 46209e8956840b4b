import { describe, expect, it } from '@jest/globals';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';
import {
  aCall,
  aContext,
  aDialerCall,
  anEmail,
  aSyncedMeeting,
  LEFT_VOICEMAIL,
  readingOf,
} from './activity-builder.ts';

const QUOTE_THAT_DAY = { userId: '911', changedAt: '2026-07-20T20:00:00Z' };

describe('the evidence tests of the method', () => {
  it.each([
    ['T1', 'logged three hours later', aCall(), 'live E1'],
    ['T2', 'blank disposition', aCall({ disposition: null }), 'open E1'],
    ['T3', 'left voicemail', aCall({ disposition: LEFT_VOICEMAIL }), 'dropped attempt'],
    ['T4', 'dialer, 59 seconds', aDialerCall({ durationMs: 59_000 }), 'dropped attempt'],
    ['T5', 'dialer, 60 seconds', aDialerCall(), 'live E3'],
    ['T6 recording', 'dialer with a recording', aDialerCall({ hasRecording: true }), 'live E4'],
    ['T6 inbound', 'dialer, inbound', aDialerCall({ direction: 'INBOUND' }), 'live E4'],
    [
      'T7',
      'untrusted integration',
      aCall({
        sourceLabel: 'INTEGRATION',
        sourceDetail: 'Other dialer',
        durationMs: 900_000,
        hasRecording: true,
      }),
      'live E1',
    ],
    ['T8 exactly', 'seven days later', aCall({ createdAt: '2026-07-27T15:00:00Z' }), 'live E1'],
    ['T8 and a second', 'seven days and 1 s later', aCall({ createdAt: '2026-07-27T15:00:01Z' }), 'live E0'],
    ['T10', 'import', aCall({ sourceLabel: 'IMPORT' }), 'open E0'],
    ['T11', 'created by another user', aCall({ createdByUserId: '912' }), 'open E1'],
    ['T13 scheduled', 'synced, still scheduled', aSyncedMeeting({ outcome: 'SCHEDULED' }), 'open E1'],
    ['T13 completed', 'synced, completed', aSyncedMeeting(), 'live E3'],
    ['T13 booked', 'booked by the contact', aSyncedMeeting({ isBookedByContact: true }), 'live E4'],
    ['T14', 'no contact', aCall({ contactIds: [] }), 'live E0'],
  ])('%s: %s', (_id, _case, record, expected) => {
    expect(readingOf(record)).toBe(expected);
  });

  it('T9: a quote by the same user that day supports a log', () => {
    expect(readingOf(aCall(), aContext({ supportingChanges: [QUOTE_THAT_DAY] }))).toBe('live E2');
  });

  it('T9: one such change among others is enough', () => {
    const elsewhere = { userId: '912', changedAt: QUOTE_THAT_DAY.changedAt };

    expect(readingOf(aCall(), aContext({ supportingChanges: [elsewhere, QUOTE_THAT_DAY] }))).toBe('live E2');
  });

  it.each([
    ['2026-07-21T20:00:00Z', 'live E2'],
    ['2026-07-22T20:00:00Z', 'live E1'],
  ])('counts a supporting change on %s by local days', (changedAt, expected) => {
    const supportingChanges = [{ userId: '911', changedAt }];

    expect(readingOf(aCall(), aContext({ supportingChanges }))).toBe(expected);
  });

  it('gives no support from a change of another user', () => {
    const supportingChanges = [{ ...QUOTE_THAT_DAY, userId: '912' }];

    expect(readingOf(aCall(), aContext({ supportingChanges }))).toBe('live E1');
  });

  it.each([
    ['2026-07-20', 'live E1'],
    ['2026-07-21', 'open E1'],
    [null, 'open E1'],
  ])('T12: a touch on Jul 20 under a gate of %s is %s', (opensOn, expected) => {
    expect(readingOf(aCall(), aContext({ gateOpensOnByOwnerId: { '11': opensOn } }))).toBe(expected);
  });

  it('T14: a claim without a contact counts as another contact', () => {
    const { claims } = readEvidence([aCall({ contactIds: [] })], aContext());

    expect(claims[0]?.contact).toBe('other');
  });
});

describe('what is no claim', () => {
  it.each([
    ['a call that failed', aCall({ callStatus: 'FAILED' }), 'dropped attempt'],
    ['a no-show', aSyncedMeeting({ outcome: 'NO_SHOW' }), 'dropped attempt'],
    ['a canceled meeting', aSyncedMeeting({ outcome: 'CANCELED' }), 'dropped attempt'],
    ['a rescheduled meeting', aSyncedMeeting({ outcome: 'RESCHEDULED' }), 'dropped attempt'],
    ['a custom attempt', aCall({ disposition: 'custom-attempt' }), 'dropped attempt'],
    ["a manager's own call", aCall({ ownerId: '19' }), 'dropped programManager'],
    ['a log made by a manager', aCall({ createdByUserId: '919' }), 'dropped programManager'],
    ['a check-in', aCall({ isCheckIn: true }), 'dropped checkIn'],
    ['a touch of 183 days ago', aCall({ occurredAt: '2026-02-10T15:00:00Z' }), 'dropped tooOld'],
    ['an email we sent', anEmail({ direction: 'EMAIL' }), 'dropped email'],
    ['an email of a stranger', anEmail({ isFromContactThere: false }), 'dropped email'],
    ['an email logged by hand', anEmail({ sourceLabel: 'CRM_UI' }), 'dropped email'],
    ['an email of 91 days ago', anEmail({ occurredAt: '2026-05-13T15:00:00Z' }), 'dropped email'],
  ])('leaves out %s', (_case, record, expected) => {
    expect(readingOf(record)).toBe(expected);
  });

  it('leaves out a meeting that is still to come', () => {
    const startAt = '2026-08-20T15:00:00Z';

    expect(readingOf(aSyncedMeeting({ occurredAt: startAt, startAt, outcome: 'SCHEDULED' }))).toBe(
      'dropped attempt',
    );
    expect(readingOf(aSyncedMeeting({ occurredAt: startAt, startAt }))).toBe('dropped inFuture');
  });
});

describe('what can help and never hurts', () => {
  it.each([
    ['a disposition nobody mapped', aCall({ disposition: 'unmapped' }), 'open E1'],
    ['a touch on a parent company', aCall({ companyLink: 'related' }), 'open E1'],
    ['a log without an owner', aCall({ ownerId: null }), 'open E1'],
    ['an owner whose user is not known', aCall({ ownerId: '77', createdByUserId: '977' }), 'open E1'],
    ['a blank meeting outcome', aSyncedMeeting({ outcome: null }), 'open E1'],
  ])('keeps %s open', (_case, record, expected) => {
    expect(readingOf(record)).toBe(expected);
  });

  it('takes an email of a contact there in a trusted inbox as a trace', () => {
    expect(readingOf(anEmail())).toBe('trace');
  });

  it('counts a custom disposition that the admin mapped to reached', () => {
    expect(readingOf(aCall({ disposition: 'custom-reached' }))).toBe('live E1');
  });

  it('never trusts an import or a typed-in record, whatever the settings say', () => {
    const trustedSources = [
      { label: 'IMPORT', detail: null },
      { label: 'CRM_UI', detail: null },
    ];
    const context = aContext({ trustedSources });
    const recorded = { durationMs: 900_000, hasRecording: true, callStatus: 'COMPLETED' };

    expect(readingOf(aCall({ ...recorded, sourceLabel: 'IMPORT' }), context)).toBe('open E0');
    expect(readingOf(aCall(recorded), context)).toBe('live E1');
  });

  it('asks calendar meetings for a contact and a booking before their start', () => {
    expect(readingOf(aSyncedMeeting({ createdAt: '2026-07-20T15:00:00Z' }))).toBe('live E1');
    expect(readingOf(aSyncedMeeting({ contactIds: [] }))).toBe('live E0');
  });
});

describe('the snapshot', () => {
  it('leaves out a record made after the facts were saved', () => {
    expect(readingOf(aCall({ createdAt: '2026-08-12T15:15:01Z' }))).toBe('dropped afterFacts');
  });

  it('takes a changed record in the version of that moment', () => {
    const history = [
      { since: '2026-07-20T18:00:00Z', values: { disposition: LEFT_VOICEMAIL } },
      { since: '2026-08-12T16:00:00Z', values: { disposition: aCall().disposition } },
    ];

    expect(readingOf(aCall({ history }))).toBe('dropped attempt');
  });

  it('takes a field that was first set later as not set', () => {
    const history = [{ since: '2026-08-13T09:00:00Z', values: { disposition: aCall().disposition } }];

    expect(readingOf(aCall({ history }))).toBe('open E1');
  });

  it('keeps a record open when it changed later and its history was not read', () => {
    expect(readingOf(aCall({ updatedAt: '2026-08-13T09:00:00Z' }))).toBe('open E1');
    expect(readingOf(aCall({ updatedAt: '2026-08-12T15:15:00Z' }))).toBe('live E1');
  });

  it('reads a record found on two paths once, and the direct path wins', () => {
    const viaParent = aCall({ companyLink: 'related', contactIds: [] });

    const { claims } = readEvidence([viaParent, aCall()], aContext());

    expect(claims.map(({ outcome, contact, tier }) => [outcome, contact, tier])).toEqual([
      ['live', 'respondent', 1],
    ]);
  });
});

describe('a burst of logs', () => {
  const tenLogs = (days: number, minutesApart: number) =>
    Array.from({ length: 10 }, (_, index) =>
      aCall({
        id: `6${index}`,
        occurredAt: `2026-08-0${3 + (index % days)}T15:00:00Z`,
        createdAt: new Date(Date.UTC(2026, 7, 6, 12, index * minutesApart)).toISOString(),
      }),
    );
  const tiersOf = (records: ReturnType<typeof tenLogs>) => [
    ...new Set(readEvidence(records, aContext()).claims.map((claim) => claim.tier)),
  ];

  it('is ten claims within ten minutes for three days', () => {
    expect(tiersOf(tenLogs(3, 1))).toEqual([0]);
  });

  it('is not nine claims', () => {
    expect(tiersOf(tenLogs(3, 1).slice(1))).toEqual([1]);
  });

  it('is not two days', () => {
    expect(tiersOf(tenLogs(2, 1))).toEqual([1]);
  });

  it('is not spread over eighteen minutes', () => {
    expect(tiersOf(tenLogs(3, 2))).toEqual([1]);
  });

  it('may be known from the whole portal', () => {
    expect(readingOf(aCall(), aContext({ burstActivityIds: ['501'] }))).toBe('live E0');
  });
});

describe('the very moment of the facts', () => {
  const moment = aContext().factsSavedAt;

  it('still lies in the log that they are compared with', () => {
    const call = aCall({ occurredAt: moment, createdAt: moment });

    expect(readEvidence([call], aContext()).claims).toHaveLength(1);
  });

  it('is past for a meeting that was to start then, and not held against anyone', () => {
    const meeting = aSyncedMeeting({
      outcome: 'SCHEDULED',
      startAt: moment,
      occurredAt: moment,
      createdAt: '2026-08-01T15:00:00Z',
    });

    expect(readEvidence([meeting], aContext()).claims.map(({ outcome }) => outcome)).toEqual(['open']);
  });
});
