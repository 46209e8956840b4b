import { describe, expect, it } from '@jest/globals';
import { compare } from '../../../src/core/comparison/compare.ts';
import type { InputParts } from '../../../src/core/comparison/comparison-inputs.ts';
import { comparisonInputs, repOfRecordOn } from '../../../src/core/comparison/comparison-inputs.ts';
import { findingAfterCorrection } from '../../../src/core/comparison/correction.ts';
import { readEvidence } from '../../../src/core/comparison/evidence.ts';
import { proposeSecondContact } from '../../../src/core/comparison/second-contact.ts';
import { CAUTIOUS_SETTINGS } from '../../../src/core/comparison/settings.ts';
import { aCall, aContext, anEmail } from './activity-builder.ts';

const context = aContext();

function parts(changes: Partial<InputParts> = {}): InputParts {
  return {
    statement: { recency: 'NEVER', count: '0', flags: [] },
    evidence: readEvidence([aCall()], context),
    factsSavedAt: context.factsSavedAt,
    isLogComplete: true,
    logReadAt: '2026-08-12T15:15:02Z',
    repsOfRecord: [{ fromDay: '2025-01-01', ownerId: '11' }],
    repLeaveBusinessDays: 0,
    ...changes,
  };
}

describe('the rep of record', () => {
  const changes = [
    { fromDay: '2026-07-20', ownerId: '12' },
    { fromDay: '2025-01-01', ownerId: '11' },
    { fromDay: '2026-08-01', ownerId: null },
  ];

  it.each([
    ['before anyone was', '2024-12-31', null],
    ['from the first day on', '2025-01-01', '11'],
    ['until the day before a change', '2026-07-19', '11'],
    ['from the day of the change on', '2026-07-20', '12'],
    ['once nobody is', '2026-08-01', null],
  ])('is found %s, in any order of the changes', (_when, day, expected) => {
    expect(repOfRecordOn(day, changes)).toBe(expected);
    expect(repOfRecordOn(day, [...changes].reverse())).toBe(expected);
  });

  it('is the last of two who came on one day', () => {
    const twice = ['11', '12'].map((ownerId) => ({ fromDay: '2026-07-20', ownerId }));

    expect(repOfRecordOn('2026-07-20', twice)).toBe('12');
  });
});

describe('the flags that follow from the log', () => {
  const turnover = [
    { fromDay: '2025-01-01', ownerId: '11' },
    { fromDay: '2026-07-20', ownerId: '12' },
  ];

  it.each([
    ['none', {}, []],
    ['partial after a failed read', { isLogComplete: false }, ['partial']],
    ['partial after a read from before the facts', { logReadAt: '2026-08-12T15:14:59Z' }, ['partial']],
    ['none from a read at the very moment of the facts', { logReadAt: '2026-08-12T15:15:00Z' }, []],
    ['shared with another rep of record', { repsOfRecord: turnover }, ['shared']],
    ['nothing from an unknown history', { repsOfRecord: [] }, []],
    ['leave from ten business days', { repLeaveBusinessDays: 10 }, ['leave']],
    ['no leave from nine', { repLeaveBusinessDays: 9 }, []],
    ['trace', { evidence: readEvidence([anEmail()], context) }, ['trace']],
    ['those of the statement', { statement: { recency: null, count: null, flags: ['named'] } }, ['named']],
  ] as [string, Partial<InputParts>, string[]][])('are %s', (_case, changes, expected) => {
    expect(comparisonInputs(parts(changes)).flags).toEqual(expected);
  });

  it('turn the six calls of the customer nobody called into a firm difference', () => {
    const days = ['06-05', '06-26', '07-14', '07-23', '07-31', '08-07'];
    const calls = days.map((day, index) =>
      aCall({
        id: `70${index}`,
        occurredAt: `2026-${day}T15:00:00Z`,
        createdAt: `2026-${day}T18:00:00Z`,
      }),
    );

    const finding = compare(
      comparisonInputs(parts({ evidence: readEvidence(calls, context) })),
      CAUTIOUS_SETTINGS,
    );

    expect([finding.verdict, finding.mu, finding.oneIn]).toEqual(['DIFFERS_FIRM', 0.001343, 700]);
  });
});

describe('the second contact', () => {
  const records = [
    aCall({ id: '1', contactIds: ['301', '302'], occurredAt: '2026-07-01T15:00:00Z' }),
    aCall({ id: '2', contactIds: ['303'], occurredAt: '2026-07-10T15:00:00Z' }),
    aCall({ id: '3', contactIds: ['304'], occurredAt: '2026-08-01T15:00:00Z', disposition: null }),
  ];
  const { claims } = readEvidence(records, context);

  it('is the one on the newest live claim who did not answer', () => {
    expect(proposeSecondContact('R13', claims, '301', [])).toBe('303');
    expect(proposeSecondContact('R10', claims, '303', [])).toBe('301');
  });

  it('is not proposed where nothing differs', () => {
    expect(proposeSecondContact('R07', claims, '301', ['302'])).toBeNull();
  });

  it('is another contact of the company when only the respondent was called, else nobody', () => {
    const { claims } = readEvidence([aCall()], context);

    expect(proposeSecondContact('R13', claims, '301', ['301'])).toBeNull();
    expect(proposeSecondContact('R13', claims, '301', ['309', '301', '302'])).toBe('302');
  });
});

describe('a correction after the log was shown', () => {
  it('can lower severity and never raise it', () => {
    expect(findingAfterCorrection({ severity: 1 }, { severity: 2 })).toEqual({ severity: 1 });
    expect(findingAfterCorrection({ severity: 2 }, { severity: 0 })).toEqual({ severity: 0 });
  });

  it('counts where both weigh the same', () => {
    const original = { severity: 1, rule: 'R14' } as const;
    const corrected = { severity: 1, rule: 'R12' } as const;

    expect(findingAfterCorrection<{ severity: 0 | 1 | 2; rule: string }>(original, corrected)).toBe(
      corrected,
    );
  });
});
