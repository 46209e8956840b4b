import fc from 'fast-check';
import type { Claim, EvidenceTier } from '../../../src/core/comparison/claim.ts';
import type { ComparisonInputs } from '../../../src/core/comparison/finding.ts';
import type { Settings } from '../../../src/core/comparison/settings.ts';
import type { Flag } from '../../../src/core/comparison/statement.ts';
import { FLAGS } from '../../../src/core/comparison/statement.ts';
import { COUNT_BANDS, RECENCY_BANDS } from '../../../src/core/model.ts';

/** SEED=… replays a run; PROPERTY_RUNS=1000000 looks longer than CI does. */
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
export const PROPERTY_RUNS = Number(process.env['PROPERTY_RUNS'] ?? 10_000);
process.stdout.write(`properties: SEED=${seed} PROPERTY_RUNS=${PROPERTY_RUNS}\n`);

/** Checks a property over many seeded cases; a counterexample comes shrunk, with its seed. */
export function checkProperty<Given>(given: fc.Arbitrary<Given>, holds: (value: Given) => boolean): void {
  fc.assert(fc.property(given, holds), { seed, numRuns: PROPERTY_RUNS });
}

/** As checkProperty, over use cases. @param numRuns fewer, where each case is a story of its own */
export async function checkAsyncProperty<Given>(
  given: fc.Arbitrary<Given>,
  holds: (value: Given) => Promise<boolean>,
  numRuns = PROPERTY_RUNS,
): Promise<void> {
  await fc.assert(fc.asyncProperty(given, holds), { seed, numRuns });
}

export const tierOfLog = fc.constantFrom<EvidenceTier>(0, 1, 2);
export const confirmedTier = fc.constantFrom<EvidenceTier>(3, 4);

/** One owner: a log of several owners is softened by rule R12, so taking one owner's claims away is no evidence. */
export const someClaim: fc.Arbitrary<Claim> = fc.record({
  ageDays: fc.integer({ min: 0, max: 110 }),
  outcome: fc.oneof({ weight: 9, arbitrary: fc.constant('live' as const) }, fc.constant('open' as const)),
  tier: fc.oneof({ weight: 15, arbitrary: tierOfLog }, confirmedTier),
  contact: fc.oneof(
    { weight: 9, arbitrary: fc.constant('respondent' as const) },
    fc.constant('other' as const),
  ),
});

export const confirmedClaim: fc.Arbitrary<Claim> = fc.record({
  ageDays: fc.integer({ min: 0, max: 90 }),
  outcome: fc.constantFrom('live' as const, 'open' as const),
  tier: confirmedTier,
  contact: fc.constantFrom('respondent' as const, 'other' as const),
});

/** Mostly long-ago answers, where the verdicts of severity 1 and 2 live. */
export const someRecency = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('M3' as const, 'M6' as const, 'LONG' as const, 'NEVER' as const) },
  fc.constantFrom(...RECENCY_BANDS, null),
);
export const someCount = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0' as const, '1' as const) },
  fc.constantFrom(...COUNT_BANDS, null),
);
export const someFlags: fc.Arbitrary<Flag[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Flag[]>([]) },
  fc.uniqueArray(fc.constantFrom(...FLAGS), { maxLength: 2 }),
);

export const someInputs: fc.Arbitrary<ComparisonInputs> = fc.record({
  claims: fc.array(someClaim, { maxLength: 9 }),
  recency: someRecency,
  count: someCount,
  flags: someFlags,
});

/** Inputs that reach severity 1 or 2 most of the time. */
export const differingInputs: fc.Arbitrary<ComparisonInputs> = fc.record({
  claims: fc.array(
    fc.record({
      ageDays: fc.integer({ min: 0, max: 95 }),
      outcome: fc.constant('live' as const),
      tier: tierOfLog,
      contact: fc.constant('respondent' as const),
    }),
    { minLength: 2, maxLength: 11 },
  ),
  recency: fc.constantFrom('M3' as const, 'M6' as const, 'LONG' as const, 'NEVER' as const),
  count: fc.constantFrom('0' as const, '0' as const, '0' as const, '1' as const, '2' as const),
  flags: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Flag[]>([]) },
    fc.uniqueArray(fc.constantFrom<Flag>('shared', 'leave', 'named'), { maxLength: 1 }),
  ),
});

export const anyInputs = fc.oneof(someInputs, differingInputs);

export const someSettings: fc.Arbitrary<Settings> = fc.record({
  q: fc.double({ min: 0.02, max: 0.6, noNaN: true }),
  rho: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.5, noNaN: true })),
  sigma: fc.double({ min: 0.1, max: 1.2, noNaN: true }),
  alpha: fc.constantFrom(0.005, 0.015, 0.05),
  floor: fc.constant(3),
});
