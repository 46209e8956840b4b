import { describe, expect, it } from '@jest/globals';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';
import { tierOf } from '../../../src/core/comparison/tier.ts';
import { aCall, aContext, aDialerCall, anEmail, readingOf } from './activity-builder.ts';

/** August 12 in Chicago is the day of the facts. */
const callOf = (day: string) => aCall({ occurredAt: `${day}T15:00:00Z`, createdAt: `${day}T16:00:00Z` });
const emailOf = (day: string) => anEmail({ occurredAt: `${day}T15:00:00Z`, createdAt: `${day}T15:00:00Z` });

describe('a conversation that is saved on a later day', () => {
  const heldBefore = aContext({ heldOn: '2026-08-10' });

  it('takes touches up to the day before, and none after its own day', () => {
    expect(readingOf(callOf('2026-08-09'), heldBefore)).toBe('live E1');
    expect(readingOf(callOf('2026-08-11'), heldBefore)).toBe('dropped afterFacts');
  });

  it('lets a touch on its own day help and never hurt: it may have come after the conversation', () => {
    const record = aDialerCall({ occurredAt: '2026-08-10T15:00:00Z', createdAt: '2026-08-10T15:01:00Z' });

    expect(readingOf(callOf('2026-08-10'), heldBefore)).toBe('open E1');
    expect(readingOf(record, heldBefore)).toBe('open E3');
  });

  it('takes touches up to the facts where its day is not known', () => {
    expect(readingOf(callOf('2026-08-11'), aContext())).toBe('live E1');
  });
});

describe('a customer in another zone than the portal', () => {
  const inSydney = aContext({ timeZone: 'Australia/Sydney', heldOn: '2026-08-10' });
  const inHonolulu = aContext({ timeZone: 'Pacific/Honolulu', heldOn: '2026-08-10' });
  const callAt = (occurredAt: string, kind = aCall) => kind({ occurredAt, createdAt: occurredAt });

  it('keeps a record of the portal’s day of the conversation that is the next day there', () => {
    expect(readingOf(callAt('2026-08-10T20:00:00Z', aDialerCall), inSydney)).toBe('open E3');
    expect(readingOf(callAt('2026-08-11T15:00:00Z', aDialerCall), inSydney)).toBe('dropped afterFacts');
  });

  it('lets no touch count that is on the day of the conversation by either calendar', () => {
    expect(readingOf(callAt('2026-08-09T20:00:00Z'), inSydney)).toBe('open E1');
    expect(readingOf(callAt('2026-08-10T06:00:00Z'), inHonolulu)).toBe('open E1');
    expect(readingOf(callAt('2026-08-09T20:00:00Z'), inHonolulu)).toBe('live E1');
  });

  it('lets no touch count that is before the gate by either calendar', () => {
    const gate = { gateOpensOnByOwnerId: { '11': '2026-06-10' } };
    const readIn = (zone: string, at: string) => readingOf(callAt(at), aContext({ ...gate, timeZone: zone }));

    expect(readIn('Australia/Sydney', '2026-06-09T20:00:00Z')).toBe('open E1');
    expect(readIn('Pacific/Honolulu', '2026-06-10T06:00:00Z')).toBe('open E1');
    expect(readIn('Australia/Sydney', '2026-06-10T20:00:00Z')).toBe('live E1');
  });
});

describe('a log that is read well after the facts', () => {
  const changed = aCall({ updatedAt: '2026-08-13T09:00:00Z', history: [] });

  it('lets a record that changed in between help and never hurt, since its contacts have no history', () => {
    expect(readingOf(changed, aContext({ isReadLate: true }))).toBe('open E1');
    expect(readingOf({ ...changed, updatedAt: '2026-08-12T15:15:00Z' }, aContext({ isReadLate: true }))).toBe(
      'live E1',
    );
  });

  it('takes a record’s own history as it is where the log is read at once', () => {
    expect(readingOf(changed, aContext())).toBe('live E1');
  });
});

describe('the last day looked at', () => {
  it('is 182 days back for a touch', () => {
    const early = aContext({ gateOpensOnByOwnerId: { '11': '2026-01-01' } });

    expect(readingOf(callOf('2026-02-11'), early)).toBe('live E1');
    expect(readingOf(callOf('2026-02-10'), early)).toBe('dropped tooOld');
  });

  it('is 90 days back for an email', () => {
    expect([readingOf(emailOf('2026-05-14')), readingOf(emailOf('2026-05-13'))]).toEqual([
      'trace',
      'dropped email',
    ]);
  });
});

describe('the owner of a claim', () => {
  it('is the record’s, and none where the record has none', () => {
    const claimOf = (ownerId: string | null) => readEvidence([aCall({ ownerId })], aContext()).claims[0];

    expect(claimOf('11')).toMatchObject({ owner: '11' });
    expect(Object.keys(claimOf(null) ?? {})).not.toContain('owner');
  });
});

describe('a trusted call', () => {
  const context = { isTrusted: true, isBurst: false, supportingChanges: [], timeZone: 'America/Chicago' };

  it('is confirmed by a minute and a status together', () => {
    expect(tierOf(aDialerCall(), context)).toBe(3);
    expect(tierOf(aDialerCall({ durationMs: 59_999 }), context)).toBe(1);
    expect(tierOf(aDialerCall({ callStatus: null, durationMs: 900_000 }), context)).toBe(1);
    expect(tierOf(aDialerCall({ durationMs: null, hasRecording: true }), context)).toBe(1);
  });

  it('logged later than a week is weak from the next millisecond on', () => {
    const loggedAfter = (createdAt: string) => tierOf(aCall({ createdAt }), { ...context, isTrusted: false });

    expect([loggedAfter('2026-07-27T15:00:00Z'), loggedAfter('2026-07-27T15:00:00.001Z')]).toEqual([1, 0]);
  });
});
