import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ActivityRecord } from '../../../src/core/comparison/activity.ts';
import { compare } from '../../../src/core/comparison/compare.ts';
import { addDays } from '../../../src/core/cadence/calendar.ts';
import type { ComparisonContext } from '../../../src/core/comparison/evidence.ts';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';
import type { GateFacts } from '../../../src/core/comparison/gate.ts';
import { comparisonGate } from '../../../src/core/comparison/gate.ts';
import { CAUTIOUS_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { aCall, aContext, aDialerCall, aSyncedMeeting, LEFT_VOICEMAIL } from './activity-builder.ts';
import { checkProperty } from './check-property.ts';

const FACTS_ON = '2026-08-12';
const atNoon = (day: string) => `${day}T17:00:00Z`;

const changes = fc.constantFrom<Partial<ActivityRecord>>(
  {},
  {},
  { disposition: null },
  { disposition: LEFT_VOICEMAIL },
  { sourceLabel: 'IMPORT' },
  { createdByUserId: '912' },
  { contactIds: ['302'] },
  { companyLink: 'related' },
);
const someLog = fc.array(
  fc.record({
    ageDays: fc.integer({ min: 0, max: 200 }),
    kind: fc.constantFrom(aCall, aCall, aCall, aDialerCall, aSyncedMeeting),
    changes,
    loggedAfterDays: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 3 },
);

function recordsOf(log: typeof someLog extends fc.Arbitrary<infer Log> ? Log : never, shift: number) {
  return log.map(({ ageDays, kind, changes: changed, loggedAfterDays }, index) => {
    const occurredAt = atNoon(addDays(FACTS_ON, shift - ageDays));
    const createdAt = atNoon(addDays(FACTS_ON, shift - ageDays + loggedAfterDays));
    return kind({ id: String(index), ...changed, occurredAt, startAt: occurredAt, createdAt });
  });
}

const contextShifted = (shift: number): ComparisonContext =>
  aContext({
    factsSavedAt: `${addDays(FACTS_ON, shift)}T21:00:00Z`,
    gateOpensOnByOwnerId: { '11': addDays('2026-05-08', shift) },
  });

describe('claims from any log', () => {
  it('CMP-I12: shifting all local dates by the same days changes nothing', () => {
    // Mutation: ages counted from a fixed day.
    const shift = fc.integer({ min: -400, max: 400 });
    checkProperty(fc.tuple(someLog, shift), ([log, days]) => {
      const claimsAt = (at: number) =>
        readEvidence(recordsOf(log, at), contextShifted(at)).claims.map(
          ({ ageDays, outcome, tier, contact }) => [ageDays, outcome, tier, contact].join(),
        );
      return claimsAt(0).join(';') === claimsAt(days).join(';');
    });
  });

  it('CMP-I4: the order of reading and a record read twice change nothing', () => {
    // Mutation: uniqueActivities returned its argument; then its claims came twice.
    checkProperty(someLog, (log) => {
      const records = recordsOf(log, 0);
      const textOf = (read: readonly ActivityRecord[]) => {
        const { claims } = readEvidence(read, contextShifted(0));
        const inputs = { claims, recency: 'LONG' as const, count: '0' as const, flags: [] };
        return JSON.stringify(compare(inputs, CAUTIOUS_SETTINGS));
      };
      return textOf([...records].reverse().concat(records)) === textOf(records);
    });
  });

  it('CMP-I15: touches before the gate never hurt', () => {
    // Mutation: the gate compared with > turned to <.
    checkProperty(someLog, (log) => {
      const closed = { ...contextShifted(0), gateOpensOnByOwnerId: { '11': null } };
      const opensLater = { ...contextShifted(0), gateOpensOnByOwnerId: { '11': '2026-08-13' } };
      const hasLive = (context: ComparisonContext) =>
        readEvidence(recordsOf(log, 0), context).claims.some(({ outcome }) => outcome === 'live');
      return !hasLive(closed) && !hasLive(opensLater);
    });
  });
});

describe('the gate', () => {
  it('CMP-I15: before it there is no comparison, whatever the caller sends', () => {
    // Mutation: only the day of saving was looked at.
    const day = fc.integer({ min: -30, max: 30 }).map((days) => addDays('2026-10-08', days));
    const facts: fc.Arbitrary<GateFacts> = fc.record({
      isComparisonOn: fc.boolean(),
      repOwnerId: fc.constantFrom('11', '12', null),
      callerOwnerId: fc.constantFrom('11', '19', null),
      gateOpensOn: fc.oneof(day, fc.constant(null)),
      heldOn: day,
      savedOn: day,
      businessDaysOld: fc.integer({ min: -5, max: 10 }),
    });
    checkProperty(facts, (given) => {
      if (!comparisonGate(given).isOpen) return true;
      const { gateOpensOn, heldOn, savedOn, repOwnerId, callerOwnerId } = given;
      const isReached = gateOpensOn !== null && heldOn >= gateOpensOn && savedOn >= gateOpensOn;
      return given.isComparisonOn && isReached && repOwnerId !== null && repOwnerId !== callerOwnerId;
    });
  });

  it('opens for some, so that the property above is about something', () => {
    const facts = { isComparisonOn: true, repOwnerId: '11', callerOwnerId: '19', businessDaysOld: 0 };

    expect(
      comparisonGate({ ...facts, gateOpensOn: '2026-10-08', heldOn: '2026-10-08', savedOn: '2026-10-08' }),
    ).toEqual({ isOpen: true });
  });
});
