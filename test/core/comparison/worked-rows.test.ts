import { describe, expect, it } from '@jest/globals';
import type { Claim } from '../../../src/core/comparison/claim.ts';
import type { LaterEvidence } from '../../../src/core/comparison/explain.ts';
import { compareWithLaterEvidence, NO_LATER_EVIDENCE } from '../../../src/core/comparison/explain.ts';
import { compare } from '../../../src/core/comparison/compare.ts';
import { NAMED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import type { Count, Flag, Recency } from '../../../src/core/comparison/statement.ts';
import { claimsOf } from './claims-of.ts';

type Row = readonly [
  number: number,
  claims: string,
  recency: Recency | null,
  count: Count | null,
  flag: Flag | '',
  setting: 'C' | 'M',
  verdict: string,
  severity: number,
  rule: string,
  mu: number | null,
];

/** Every expected value is a literal of the method's document, never computed here. */
const ROWS: readonly Row[] = [
  [1, '5 20 33', 'LONG', '0', 'partial', 'M', 'UNVERIFIED', 0, 'R01', null],
  [2, '5 20 33', 'LONG', '0', 'stale', 'M', 'STALE_CONTACT', 0, 'R02', null],
  [3, '12 40', null, null, '', 'M', 'UNVERIFIED', 0, 'R03', null],
  [4, '12 40', null, null, 'named', 'M', 'CORROBORATED', 0, 'R07', null],
  [5, '12 40', 'DK', 'DK', '', 'M', 'CUSTOMER_UNSURE', 0, 'R04', null],
  [6, '5 20 33 60', 'LONG', '0', 'unsure', 'M', 'CUSTOMER_UNSURE', 0, 'R04', null],
  [7, '5 20 33', 'W4', '0', '', 'M', 'CUSTOMER_UNSURE', 0, 'R05', null],
  [8, '5 20 33', 'M6', '2', '', 'M', 'CUSTOMER_UNSURE', 0, 'R05', null],
  [9, '5 20 33 60', 'NEVER', '0', 'spokeBefore', 'M', 'CUSTOMER_UNSURE', 0, 'R05', null],
  [10, '', 'W1', '1', '', 'M', 'UNDER_LOGGED', 0, 'R06', null],
  [11, '20', 'W4', '3-5', '', 'M', 'UNDER_LOGGED', 0, 'R06', null],
  [12, '40 70', 'W1', '2', '', 'M', 'UNDER_LOGGED', 0, 'R06', null],
  [13, '12 40', 'W4', '2', '', 'M', 'CORROBORATED', 0, 'R07', null],
  [14, '50', 'M2', '1', '', 'M', 'CORROBORATED', 0, 'R07', null],
  [15, '20u', 'W4', '1', '', 'M', 'CORROBORATED', 0, 'R07', null],
  [16, '5 36 50 64 81', 'M2', '3-5', '', 'C', 'CORROBORATED', 0, 'R07', null],
  [17, '6 8', 'M2', '2', '', 'M', 'CONSISTENT', 0, 'R08', null],
  [18, '', 'LONG', '0', '', 'M', 'CONSISTENT', 0, 'R08', null],
  [19, '5u 20u 33u', 'LONG', '0', '', 'M', 'CONSISTENT', 0, 'R08', null],
  [20, '100 120', 'LONG', '0', '', 'M', 'CONSISTENT', 0, 'R08', null],
  [21, '5 20 33', 'LONG', 'DK', '', 'M', 'CUSTOMER_UNSURE', 0, 'R09', null],
  [22, '5 20 33', 'DK', '0', '', 'M', 'CUSTOMER_UNSURE', 0, 'R09', null],
  [23, '8o 22o 50o', 'LONG', '0', '', 'C', 'DIFFERENT_CONTACT', 0, 'R10', null],
  [24, '5 20 33', 'LONG', '0', 'colleague', 'M', 'DIFFERENT_CONTACT', 0, 'R10', null],
  [25, '6^3 27 44 72', 'LONG', '0', '', 'C', 'MEMORY_DIFFERS', 0, 'R11', null],
  [26, '5 20 33 60', 'NEVER', '0', 'trace', 'M', 'MEMORY_DIFFERS', 0, 'R11', null],
  [27, '5 12 20 29 47 68', 'NEVER', '0', '', 'C', 'DIFFERS_FIRM', 2, 'R13', 0.001343],
  [28, '6 21 40', 'LONG', '0', '', 'M', 'DIFFERS_FIRM', 2, 'R13', 0.006872],
  [29, '6 21 40', 'LONG', '0', '', 'C', 'DIFFERS_SOFT', 1, 'R14', 0.034574],
  [30, '7 18 33 53', 'LONG', '0', '', 'C', 'DIFFERS_FIRM', 2, 'R13', 0.011546],
  [31, '7 18 33', 'M6', '0', '', 'M', 'DIFFERS_FIRM', 2, 'R13', 0.007317],
  [32, '29 40 60', 'M6', '0', '', 'M', 'DIFFERS_SOFT', 1, 'R14', 0.023745],
  [33, '30 40 60', 'M6', '0', '', 'M', 'DIFFERS_SOFT', 1, 'R14', 0.024977],
  [34, '44 55 70', 'LONG', '0', '', 'M', 'DIFFERS_FIRM', 2, 'R13', 0.00877],
  [35, '45 55 70', 'LONG', '0', '', 'M', 'DIFFERS_SOFT', 1, 'R14', 0.008902],
  [36, '6 21 40', 'LONG', '0', 'shared', 'M', 'DIFFERS_SOFT', 1, 'R12', 0.006872],
  [37, '6 21 40', 'LONG', '0', 'leave', 'M', 'DIFFERS_SOFT', 1, 'R12', 0.006872],
  [38, '15', 'LONG', '0', '', 'M', 'UNVERIFIED', 0, 'R15', null],
  [39, '5 5 5', 'LONG', '0', '', 'M', 'UNVERIFIED', 0, 'R15', null],
  [40, '10 75', 'M3', '1', '', 'M', 'UNVERIFIED', 0, 'R15', null],
  [41, '10 28', 'M6', '0', '', 'M', 'DIFFERS_SOFT', 1, 'R14', 0.036951],
  [42, '5 12 40', 'M3', '1', '', 'M', 'DIFFERS_SOFT', 1, 'R14', null],
  [43, '3 9 17 26 41 66', 'W4', '1', '', 'M', 'DIFFERS_SOFT', 1, 'R14', null],
  [44, '3 9 17 26 41 66', 'W4', '2', '', 'M', 'CORROBORATED', 0, 'R07', null],
];

const ROW_28 = { claims: claimsOf('6 21 40'), recency: 'LONG', count: '0', flags: [] } as const;

function settleRow28(later: Partial<LaterEvidence>) {
  const { verdict, severity, rule, mu, supported } = compareWithLaterEvidence(ROW_28, NAMED_SETTINGS.M, {
    ...NO_LATER_EVIDENCE,
    ...later,
  });
  return { verdict, severity, rule, mu, supported };
}

function secondContactSays(claims: readonly Claim[], recency: Recency, count: Count) {
  return compare({ claims, recency, count, flags: [] }, NAMED_SETTINGS.M);
}

const EXPLAINED = { verdict: 'EXPLAINED', severity: 0, rule: 'R00', mu: null, supported: false };

describe('the worked rows of the method', () => {
  it.each(ROWS)('gives row %i its verdict (%s, %s, %s, %s, %s)', (...row) => {
    const [, claims, recency, count, flag, setting, verdict, severity, rule, mu] = row;
    const inputs = { claims: claimsOf(claims), recency, count, flags: flag === '' ? [] : [flag] };

    const finding = compare(inputs, NAMED_SETTINGS[setting]);

    expect([finding.verdict, finding.severity, finding.rule, finding.mu]).toEqual([
      verdict,
      severity,
      rule,
      mu,
    ]);
  });

  it('explains row 45 by the accepted reply', () => {
    expect(settleRow28({ isReplyAccepted: true })).toEqual(EXPLAINED);
  });

  it('explains row 46 by a second contact who remembers', () => {
    const secondContact = secondContactSays(claimsOf('6o 21o 40o'), 'W4', '2');

    expect(secondContact.verdict).toBe('CORROBORATED');
    expect(settleRow28({ secondContact })).toEqual(EXPLAINED);
  });

  it('supports row 47 by a second contact who was on the calls and remembers none', () => {
    const secondContact = secondContactSays(claimsOf('6 21 40'), 'LONG', '0');

    const settled = settleRow28({ secondContact });

    expect(settled).toEqual({
      verdict: 'DIFFERS_FIRM',
      severity: 2,
      rule: 'R13',
      mu: 0.006872,
      supported: true,
    });
  });

  it('explains row 48 by a machine record attached later', () => {
    expect(settleRow28({ claims: claimsOf('21^4') })).toEqual(EXPLAINED);
  });

  it('explains a difference by an email of the customer that turned up later', () => {
    expect(settleRow28({ trace: true })).toEqual(EXPLAINED);
  });

  it('supports a firm difference that comes again in a later wave, and no soft one', () => {
    const soft = compareWithLaterEvidence(ROW_28, NAMED_SETTINGS.C, {
      ...NO_LATER_EVIDENCE,
      isFirmAgainLater: true,
    });

    expect(settleRow28({ isFirmAgainLater: true }).supported).toBe(true);
    expect([soft.verdict, soft.supported]).toEqual(['DIFFERS_SOFT', false]);
  });

  it('ignores logs made by hand after the facts were saved', () => {
    expect(settleRow28({ claims: claimsOf('21^2 3 4o') })).toMatchObject({
      verdict: 'DIFFERS_FIRM',
      supported: false,
    });
  });
});

describe('what stands beside a verdict', () => {
  it('calls two quarters without a log a service gap, about no one', () => {
    const finding = compare(
      { claims: claimsOf('100 120'), recency: 'LONG', count: '0', flags: [] },
      NAMED_SETTINGS.M,
    );

    expect(finding.serviceGap).toBe(true);
  });

  it('shows the recall chance as fewer than one in a round number', () => {
    const claims = claimsOf('5 12 20 29 47 68');
    const finding = compare({ claims, recency: 'NEVER', count: '0', flags: [] }, NAMED_SETTINGS.C);

    expect([finding.oneIn, finding.kMin]).toEqual([700, 4]);
  });

  it('softens a difference when several owners made the log', () => {
    const claims = claimsOf('6 21 40').map((claim, index) => ({
      ...claim,
      owner: index === 0 ? '11' : '12',
    }));
    const finding = compare({ claims, recency: 'LONG', count: '0', flags: [] }, NAMED_SETTINGS.M);

    expect([finding.rule, finding.severity]).toEqual(['R12', 1]);
  });
});
