import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Claim } from '../../../src/core/comparison/claim.ts';
import { compare } from '../../../src/core/comparison/compare.ts';
import { findingAfterCorrection } from '../../../src/core/comparison/correction.ts';
import { compareWithLaterEvidence, NO_LATER_EVIDENCE } from '../../../src/core/comparison/explain.ts';
import type { ComparisonInputs, Finding } from '../../../src/core/comparison/finding.ts';
import { findingText } from '../../../src/core/comparison/finding.ts';
import { recallChance } from '../../../src/core/comparison/recall-chance.ts';
import type { Settings } from '../../../src/core/comparison/settings.ts';
import type { Flag } from '../../../src/core/comparison/statement.ts';
import {
  anyInputs,
  checkProperty,
  confirmedClaim,
  confirmedTier,
  differingInputs,
  someClaim,
  someRecency,
  someSettings,
} from './check-property.ts';

const severityOf = (inputs: ComparisonInputs, settings: Settings) => compare(inputs, settings).severity;
const withFlag = (inputs: ComparisonInputs, flag: Flag) => ({ ...inputs, flags: [...inputs.flags, flag] });
const replaced = (claims: readonly Claim[], at: number, change: (claim: Claim) => Claim) =>
  claims.map((claim, index) => (index === at % claims.length ? change(claim) : claim));
const without = (claims: readonly Claim[], at: number) =>
  claims.filter((_, index) => index !== at % claims.length);

/** A database may give the keys of a stored document back in any order. */
function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversedKeys(inner)]));
}

// Each test names the change to the code under which it was seen to fail.
describe('evidence only ever helps', () => {
  it('CMP-I1: a machine-confirmed claim of the last 90 days leaves no difference', () => {
    // Mutations: R11 looked at live claims with the respondent only; R11 left out; E3 counted as weak.
    checkProperty(
      fc.tuple(anyInputs, confirmedClaim, someSettings),
      ([inputs, claim, settings]) =>
        severityOf({ ...inputs, claims: [...inputs.claims, claim] }, settings) === 0,
    );
  });

  it('CMP-I1: a stronger record of the same touch never raises severity', () => {
    // Mutation: a machine record added touch-days and R11 was left out.
    checkProperty(
      fc.tuple(differingInputs, fc.nat(), confirmedTier, someSettings),
      ([inputs, at, tier, settings]) => {
        const claims = replaced(inputs.claims, at, (claim) => ({ ...claim, tier }));
        return severityOf({ ...inputs, claims }, settings) <= severityOf(inputs, settings);
      },
    );
  });

  it.each(['trace', 'colleague', 'shared', 'leave', 'stale', 'unsure', 'spokeBefore', 'named'] as const)(
    'CMP-I1: the mark %s never raises severity',
    (flag) => {
      // Mutations: R12 gave severity 2 to any shared log; a trace took machine records away.
      checkProperty(
        fc.tuple(anyInputs, someSettings),
        ([inputs, settings]) => severityOf(withFlag(inputs, flag), settings) <= severityOf(inputs, settings),
      );
    },
  );

  it('CMP-I1: later evidence, an accepted reply or a second contact never raises severity', () => {
    // Mutations: a second contact's difference raised the first one's severity; an accepted reply was ignored.
    const later = fc.record({
      claims: fc.array(someClaim, { maxLength: 3 }),
      trace: fc.boolean(),
      isReplyAccepted: fc.boolean(),
      secondContact: fc.constantFrom(
        null,
        { verdict: 'CORROBORATED' as const, severity: 0 as const },
        { verdict: 'DIFFERS_FIRM' as const, severity: 2 as const },
      ),
      isFirmAgainLater: fc.boolean(),
    });
    checkProperty(fc.tuple(anyInputs, later, someSettings), ([inputs, after, settings]) => {
      const settled = compareWithLaterEvidence(inputs, settings, after);
      const remembers = after.secondContact?.verdict === 'CORROBORATED';
      const isCleared = !(after.isReplyAccepted || remembers) || settled.severity === 0;
      return settled.severity <= severityOf(inputs, settings) && isCleared;
    });
  });

  it('silence changes nothing: with nothing later a finding stays, byte for byte', () => {
    // Mutation: a finding without a second memory was taken for explained.
    checkProperty(fc.tuple(anyInputs, someSettings), ([inputs, settings]) => {
      const first = compare(inputs, settings);
      const { supported, ...settled } = compareWithLaterEvidence(inputs, settings, NO_LATER_EVIDENCE);
      return !supported && findingText(settled) === findingText(first);
    });
  });

  it('CMP-I2: an answer replaced by "don’t know" or a blank leaves no difference', () => {
    // Mutation: R09 asked for both items to be missing.
    const blank = fc.constantFrom('DK' as const, null);
    checkProperty(
      fc.tuple(anyInputs, blank, someSettings),
      ([inputs, answer, settings]) =>
        severityOf({ ...inputs, recency: answer }, settings) === 0 &&
        severityOf({ ...inputs, count: answer }, settings) === 0,
    );
  });

  it('CMP-I2: a claim turned open never raises severity', () => {
    // Mutation: R11 looked at live records only.
    checkProperty(fc.tuple(anyInputs, fc.nat(), someSettings), ([inputs, at, settings]) => {
      const claims = replaced(inputs.claims, at, (claim) => ({ ...claim, outcome: 'open' }));
      return severityOf({ ...inputs, claims }, settings) <= severityOf(inputs, settings);
    });
  });

  it('CMP-I3: a weak claim taken away never raises severity', () => {
    // Mutation: R14 asked for k <= 3, so that a fourth touch-day helped.
    checkProperty(fc.tuple(differingInputs, fc.nat(), someSettings), ([inputs, at, settings]) => {
      const claims = without(inputs.claims, at);
      return severityOf({ ...inputs, claims }, settings) <= severityOf(inputs, settings);
    });
  });
});

describe('what must not matter', () => {
  it('CMP-I4: order and repeated same-day claims change nothing', () => {
    // Mutations: k counted claims in place of days; the bytes kept the order of reading.
    checkProperty(fc.tuple(anyInputs, fc.nat(), someSettings), ([inputs, at, settings]) => {
      const reversed = { ...inputs, claims: [...inputs.claims].reverse() };
      const again = inputs.claims.slice(at % (inputs.claims.length + 1)).slice(0, 1);
      const repeated = compare({ ...inputs, claims: [...inputs.claims, ...again] }, settings);
      const first = compare(inputs, settings);
      return (
        findingText(compare(reversed, settings)) === findingText(first) &&
        [repeated.rule, repeated.mu, repeated.severity].join() ===
          [first.rule, first.mu, first.severity].join()
      );
    });
  });

  it('CMP-I11: same inputs and version give the same bytes', () => {
    // Mutation: canonical JSON kept the order of keys as they came.
    const shuffledKeys = (inputs: ComparisonInputs): ComparisonInputs => {
      const { flags, count, recency, claims } = inputs;
      return { flags: [...flags].reverse(), count, recency, claims };
    };
    checkProperty(fc.tuple(anyInputs, someSettings), ([inputs, settings]) => {
      const { floor, alpha, sigma, rho, q } = settings;
      const text = findingText(compare(inputs, settings));
      const again = findingText(compare(shuffledKeys(inputs), { floor, alpha, sigma, rho, q }));
      const stored = JSON.parse(text) as Finding;
      const reread = findingText(reversedKeys(stored) as Finding);
      return (
        text === again && reread === text && findingText(compare(stored.inputs, stored.thresholds)) === text
      );
    });
  });

  it('CMP-I13: renaming reps changes nothing but names', () => {
    // Mutation: a log counted as shared when it held one fixed owner.
    const owners = fc.array(fc.constantFrom('11', '12'), { minLength: 9, maxLength: 9 });
    checkProperty(fc.tuple(differingInputs, owners, someSettings), ([inputs, names, settings]) => {
      const owned = (rename: (name: string) => string) =>
        inputs.claims.map((claim, index) => ({ ...claim, owner: rename(names[index] ?? '11') }));
      const first = compare({ ...inputs, claims: owned((name) => name) }, settings);
      const swapped = compare(
        { ...inputs, claims: owned((name) => (name === '11' ? '12' : '11')) },
        settings,
      );
      return first.rule === swapped.rule && first.mu === swapped.mu && first.severity === swapped.severity;
    });
  });
});

describe('how answers and settings weigh', () => {
  it('CMP-I5: with none recalled, a longer recency never lowers severity', () => {
    // Mutation: RC asked for a band of at most 182 days.
    checkProperty(fc.tuple(differingInputs, someSettings), ([inputs, settings]) => {
      const [m6, long, never] = (['M6', 'LONG', 'NEVER'] as const).map((recency) =>
        severityOf({ ...inputs, recency, count: '0' }, settings),
      );
      return m6! <= long! && long! <= never!;
    });
  });

  it('CMP-I6: larger q, rho or sigma, or smaller alpha, never raises severity', () => {
    // Mutations: ln times sigma in place of ln by sigma; k_min asked for H(k) >= alpha.
    const more = fc.record({
      q: fc.double({ min: 0, max: 0.3, noNaN: true }),
      rho: fc.double({ min: 0, max: 0.4, noNaN: true }),
      sigma: fc.double({ min: 0, max: 0.5, noNaN: true }),
      alpha: fc.constantFrom(0, 0.002, 0.004),
    });
    checkProperty(fc.tuple(differingInputs, someSettings, more), ([inputs, settings, extra]) => {
      const stricter = {
        ...settings,
        q: settings.q + extra.q,
        rho: settings.rho + extra.rho,
        sigma: settings.sigma + extra.sigma,
        alpha: settings.alpha - extra.alpha,
      };
      return severityOf(inputs, stricter) <= severityOf(inputs, settings);
    });
  });

  it('CMP-I7: one missing answer is never a difference', () => {
    // Mutation: R09 asked for both items to be missing.
    const oneAnswer = fc
      .tuple(differingInputs, fc.boolean())
      .map(([inputs, isRecency]) => (isRecency ? { ...inputs, count: null } : { ...inputs, recency: null }));
    checkProperty(
      fc.tuple(oneAnswer, someSettings),
      ([inputs, settings]) => severityOf(inputs, settings) === 0,
    );
  });

  it('CMP-I8: partial data is not checked, never a difference', () => {
    // Mutation: R01 left out.
    checkProperty(fc.tuple(anyInputs, someSettings), ([inputs, settings]) => {
      const { verdict, rule, severity } = compare(withFlag(inputs, 'partial'), settings);
      return verdict === 'UNVERIFIED' && rule === 'R01' && severity === 0;
    });
  });

  it('CMP-I9: a firm difference needs both conflicts, enough weak records and one owner', () => {
    // Mutations: k_min, mu or RC left out of R13; R12 left out.
    const owned = fc.tuple(differingInputs, fc.boolean(), someClaim).map(([inputs, isMixed, extra]) => ({
      ...inputs,
      claims: [...inputs.claims, extra].map((claim, index) => ({
        ...claim,
        owner: isMixed && index === 0 ? '12' : '11',
      })),
    }));
    checkProperty(fc.tuple(owned, someSettings), ([inputs, settings]) => {
      const finding = compare(inputs, settings);
      if (finding.verdict !== 'DIFFERS_FIRM') return true;
      const counted = inputs.claims.filter(({ ageDays }) => ageDays <= 90);
      const against = counted.filter(
        ({ outcome, contact }) => outcome === 'live' && contact === 'respondent',
      );
      const days = [...new Set(against.map(({ ageDays }) => ageDays))].sort((left, right) => left - right);
      return (
        ['M6', 'LONG', 'NEVER'].includes(inputs.recency ?? '') &&
        inputs.count === '0' &&
        days[0]! <= (inputs.recency === 'M6' ? 29 : 44) &&
        days.length >= 3 &&
        finding.kMin !== null &&
        days.length >= finding.kMin &&
        finding.mu !== null &&
        finding.mu <= settings.alpha &&
        counted.every(({ tier }) => tier <= 2) &&
        new Set(against.map(({ owner }) => owner)).size === 1
      );
    });
  });

  it('CMP-I16: a correction after the reveal never raises severity', () => {
    // Mutation: the corrected finding always counted.
    checkProperty(fc.tuple(differingInputs, anyInputs, someSettings), ([inputs, corrected, settings]) => {
      const original = compare(inputs, settings);
      const second = compare({ ...corrected, claims: inputs.claims }, settings);
      return findingAfterCorrection(original, second).severity <= original.severity;
    });
  });

  it('CMP-I17: the recall chance falls or stays with one more touch and with a longer answer', () => {
    // Mutations: H(k) left out of mu; Φ taken of +ln.
    const ages = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 10 });
    checkProperty(
      fc.tuple(ages, fc.integer({ min: 0, max: 90 }), fc.integer({ min: 91, max: 182 }), someSettings),
      ([days, added, edge, settings]) => {
        const mu = recallChance(days, edge, settings);
        const withAdded = recallChance([...new Set([...days, added])], edge, settings);
        return withAdded <= mu && recallChance(days, edge + 1, settings) <= mu;
      },
    );
  });
});

describe('the generators', () => {
  it('reach every severity, so that the properties above are about something', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(differingInputs, someSettings, (inputs, settings) => {
        seen.add(severityOf(inputs, settings));
      }),
      { seed: 1, numRuns: 2000 },
    );

    expect([...seen].sort()).toEqual([0, 1, 2]);
    expect(fc.sample(someRecency, { numRuns: 200, seed: 1 })).toContain('NEVER');
  });
});
