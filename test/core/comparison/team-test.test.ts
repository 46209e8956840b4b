import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CountedCheckIn } from '../../../src/core/comparison/aggregates.ts';
import { totalsOfRep } from '../../../src/core/comparison/aggregates.ts';
import type { RepCounts } from '../../../src/core/comparison/team-test.ts';
import {
  baseRate,
  benjaminiHochberg,
  binomialTail,
  testTeam,
} from '../../../src/core/comparison/team-test.ts';
import { checkProperty } from './check-property.ts';

function aRep(x: number, n: number, changes: Partial<RepCounts> = {}): RepCounts {
  return {
    repId: `${x}/${n}`,
    n,
    x,
    firmCompanyIds: ['201', '202'],
    supportedCompanyIds: ['201', '202'],
    ...changes,
  };
}

const DOCUMENTED_TEAM = [aRep(3, 12), aRep(4, 30), aRep(2, 12), aRep(1, 15), aRep(1, 30), aRep(0, 20)];

describe("the team's test", () => {
  it.each([
    [3, 12, '0.00021'],
    [4, 30, '0.00022'],
    [2, 12, '0.0062'],
    [1, 15, '0.14'],
    [1, 30, '0.26'],
    [0, 20, '1'],
  ])('gives %i of %i the documented p-value %s', (x, n, expected) => {
    const digits = expected.replace(/^0\.0*/, '').length;

    expect(Number(binomialTail(x, n, 0.01).toPrecision(digits))).toBe(Number(expected));
  });

  it('passes the first two of the documented six', () => {
    const results = testTeam(DOCUMENTED_TEAM, 0);

    expect(results.map(({ passesTest }) => passesTest)).toEqual([true, true, false, false, false, false]);
  });

  it('steps up: a p-value above its own line passes below a later one', () => {
    expect(benjaminiHochberg([0.04, 0.03, 0.2], 0.06)).toEqual([true, true, false]);
  });

  it('never tests below twelve comparable check-ins', () => {
    expect(testTeam([aRep(11, 11)], 0)).toEqual([
      { repId: '11/11', pValue: null, passesTest: false, isPattern: false },
    ]);
  });

  it('takes the simulated rate when it is above one percent', () => {
    expect([baseRate(0.004), baseRate(0.02)]).toEqual([0.01, 0.02]);
    expect(testTeam([aRep(3, 12)], 0.1)[0]?.passesTest).toBe(false);
  });

  it.each([
    ['two companies, both supported', {}, true],
    ['one supported company', { supportedCompanyIds: ['201'] }, false],
    ['support at a company without a difference', { supportedCompanyIds: ['201', '209'] }, false],
    ['one company', { firmCompanyIds: ['201', '201'], supportedCompanyIds: ['201', '201'] }, false],
  ])('calls %s a pattern: %s', (_case, changes, expected) => {
    const [result] = testTeam([aRep(5, 12, changes)], 0);

    expect([result?.passesTest, result?.isPattern]).toEqual([true, expected]);
  });
});

const someRep = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
  .map(([n, x, support]) => ({ n, x: Math.min(x, n), support }));

describe('what a team may never do to a rep', () => {
  it('CMP-I10: one company alone never gives severity 3', () => {
    // Mutation: FEWEST_COMPANIES set to 1.
    checkProperty(fc.array(someRep, { minLength: 1, maxLength: 8 }), (reps) =>
      testTeam(
        reps.map(({ n, x }) => aRep(x, n, { firmCompanyIds: ['201'], supportedCompanyIds: ['201', '202'] })),
        0,
      ).every(({ isPattern }) => !isPattern),
    );
  });

  it('CMP-I13: swapping reps changes nothing but names', () => {
    // Mutation: the level grew with the place in the list.
    checkProperty(fc.array(someRep, { minLength: 1, maxLength: 8 }), (reps) => {
      const counts = reps.map(({ n, x }, index) => ({ ...aRep(x, n), repId: String(index) }));
      const reversed = testTeam([...counts].reverse(), 0).reverse();
      return JSON.stringify(reversed) === JSON.stringify(testTeam(counts, 0));
    });
  });

  it('CMP-I18: a rep with p = 1 never turns a failed test into a pass', () => {
    // Mutation: the level was multiplied by the size of the team.
    const shares = fc.array(
      fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share ** 3),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    checkProperty(shares, (pValues) => {
      const before = benjaminiHochberg(pValues, 0.05);
      const after = benjaminiHochberg([...pValues, 1], 0.05);
      return before.every((passed, index) => passed || after[index] === false);
    });
  });
});

describe('what counts for a rep', () => {
  const aCheckIn = (changes: Partial<CountedCheckIn> = {}): CountedCheckIn => ({
    companyId: '201',
    cycle: 8,
    isDrawnOrCensus: true,
    areBothItemsAnswered: true,
    verdict: 'DIFFERS_FIRM',
    respondentTouchDays: 4,
    isReplyWindowOver: true,
    weight: 1,
    isSupported: false,
    ...changes,
  });
  const countsOf = (changes: Partial<CountedCheckIn>) => {
    const { n, x, credits } = totalsOfRep('11', [aCheckIn(changes)], 8);
    return { n, x, credits };
  };

  it.each([
    ['a firm difference with its window over', {}, { n: 1, x: 1, credits: 0 }],
    ['a firm difference still in its window', { isReplyWindowOver: false }, { n: 1, x: 0, credits: 0 }],
    ['a soft difference', { verdict: 'DIFFERS_SOFT' }, { n: 1, x: 0, credits: 0 }],
    ['a credit', { verdict: 'CORROBORATED' }, { n: 1, x: 0, credits: 1 }],
    [
      'more contact than logged',
      { verdict: 'UNDER_LOGGED', respondentTouchDays: 0 },
      { n: 1, x: 0, credits: 1 },
    ],
    ['one touch with the respondent', { respondentTouchDays: 1 }, { n: 1, x: 1, credits: 0 }],
    ['the cycle to come', { cycle: 9 }, { n: 0, x: 0, credits: 0 }],
    [
      'an account without touches',
      { verdict: 'CONSISTENT', respondentTouchDays: 0 },
      { n: 0, x: 0, credits: 0 },
    ],
    ['an explained difference', { verdict: 'EXPLAINED' }, { n: 0, x: 0, credits: 0 }],
    ['a record that shows contact', { verdict: 'MEMORY_DIFFERS' }, { n: 0, x: 0, credits: 0 }],
    ['a check-in picked by hand', { isDrawnOrCensus: false }, { n: 0, x: 0, credits: 0 }],
    ['one missing answer', { areBothItemsAnswered: false }, { n: 0, x: 0, credits: 0 }],
    ['the fourth cycle back', { cycle: 5 }, { n: 1, x: 1, credits: 0 }],
    ['a difference that expired', { cycle: 4 }, { n: 0, x: 0, credits: 0 }],
  ] as [string, Partial<CountedCheckIn>, object][])('counts %s', (_case, changes, expected) => {
    expect(countsOf(changes)).toEqual(expected);
  });

  it('adds up credits for more contact, quarters and design weights', () => {
    const totals = totalsOfRep(
      '11',
      [
        aCheckIn({ weight: 3 }),
        aCheckIn({ cycle: 7, verdict: 'UNDER_LOGGED' }),
        aCheckIn({ cycle: 7, verdict: 'CORROBORATED' }),
        aCheckIn({ verdict: 'DIFFERS_FIRM', isReplyWindowOver: false }),
      ],
      8,
    );

    expect(totals).toMatchObject({
      n: 4,
      underLogged: 1,
      credits: 2,
      cycles: 2,
      share: 0.5,
      effectiveSize: 3,
    });
    expect(totalsOfRep('11', [], 8)).toMatchObject({ n: 0, cycles: 0, share: 0, effectiveSize: 0 });
  });

  it('names the companies of firm and of supported differences once each', () => {
    const checkIns = [
      aCheckIn({ companyId: '202', isSupported: true }),
      aCheckIn({ companyId: '201' }),
      aCheckIn({ companyId: '202' }),
    ];

    expect(totalsOfRep('11', checkIns, 8)).toMatchObject({
      x: 3,
      firmCompanyIds: ['201', '202'],
      supportedCompanyIds: ['202'],
    });
  });
});

describe('the tail of a binomial', () => {
  it.each([
    [3, 3, 0.5, 0.125],
    [4, 3, 0.5, 0],
    [0, 3, 0.5, 1],
    [2, 3, 1, 1],
    [1, 3, 0, 0],
    [0, 3, 0, 1],
    [4, 3, 1, 0],
  ])('of %i or more among %i at %d is %d', (x, n, p, expected) => {
    expect(binomialTail(x, n, p)).toBeCloseTo(expected, 12);
  });

  it('of one or more is what is left of none, at every size and chance', () => {
    const sizes = Array.from({ length: 60 }, (_, index) => index + 1);
    const chances = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

    const farthest = Math.max(
      ...sizes.flatMap((n) => chances.map((p) => Math.abs(binomialTail(1, n, p) - (1 - (1 - p) ** n)))),
    );

    expect(farthest).toBeLessThan(1e-12);
  });
});
