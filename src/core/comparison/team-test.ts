/** Whether a rep's differences are more than honest logs would bring; and, with support, a pattern. */
import { FEWEST_FOR_RATE } from './statistics.ts';

/** One rep's rolling counts. `x` firm differences with their reply window over, among `n` comparable check-ins. */
export type RepCounts = {
  readonly repId: string;
  readonly n: number;
  readonly x: number;
  /** Companies with a firm difference that is in x. */
  readonly firmCompanyIds: readonly string[];
  /** Those of them where a second memory supports it. */
  readonly supportedCompanyIds: readonly string[];
};

export type TeamTestResult = {
  readonly repId: string;
  /** Chance of so many differences if every log were right; null below 12 comparable check-ins. */
  readonly pValue: number | null;
  readonly passesTest: boolean;
  /** Severity 3: it opens a conversation with a second manager and decides nothing by itself. */
  readonly isPattern: boolean;
};

/** No simulated rate is taken for less than this share. */
export const LOWEST_BASE_RATE = 0.01;
/** False discovery rate of the team's test. */
export const TEAM_TEST_LEVEL = 0.01;
/** A pattern needs differences, and support, at so many companies. */
export const FEWEST_COMPANIES = 2;

/** Returns P(X ≥ x) for X ~ Bin(n, p), summed term by term from the smaller tail's start. */
export function binomialTail(x: number, n: number, p: number): number {
  if (x <= 0) return 1;
  if (x > n || p <= 0) return 0;
  if (p >= 1) return 1;
  let logTerm = n * Math.log(1 - p);
  const logOdds = Math.log(p) - Math.log(1 - p);
  let tail = 0;
  let below = 0;
  for (let hits = 0; hits <= n; hits += 1) {
    if (hits >= x) tail += Math.exp(logTerm);
    else below += Math.exp(logTerm);
    logTerm += Math.log((n - hits) / (hits + 1)) + logOdds;
  }
  // Each sum is exact on its own small side.
  return tail <= below ? tail : 1 - below;
}

/** Returns for each p-value whether it passes the step-up test of Benjamini and Hochberg (1995) at a level. */
export function benjaminiHochberg(pValues: readonly number[], level: number): boolean[] {
  const ascending = [...pValues].sort((left, right) => left - right);
  const passing = ascending.filter((pValue, index) => pValue <= (level * (index + 1)) / ascending.length);
  const largest = passing.at(-1) ?? -1;
  return pValues.map((pValue) => pValue <= largest);
}

/** Returns the rate at which honest logs of this portal get a firm difference, never under 1 %. */
export function baseRate(simulatedRate: number): number {
  return Math.max(LOWEST_BASE_RATE, simulatedRate);
}

/** Returns the test of every rep of a team, in the order given: never a rank. */
export function testTeam(reps: readonly RepCounts[], simulatedRate: number): TeamTestResult[] {
  const tested = reps.filter((rep) => rep.n >= FEWEST_FOR_RATE);
  const pValues = tested.map((rep) => binomialTail(rep.x, rep.n, baseRate(simulatedRate)));
  const passes = benjaminiHochberg(pValues, TEAM_TEST_LEVEL);
  return reps.map((rep) => {
    const at = tested.indexOf(rep);
    const passesTest = passes[at] ?? false;
    return {
      repId: rep.repId,
      pValue: pValues[at] ?? null,
      passesTest,
      isPattern: passesTest && isBorneOut(rep),
    };
  });
}

/** One account alone is never a pattern, however often it is asked. */
function isBorneOut(rep: RepCounts): boolean {
  const firm = new Set(rep.firmCompanyIds);
  const supported = new Set(rep.supportedCompanyIds.filter((companyId) => firm.has(companyId)));
  return firm.size >= FEWEST_COMPANIES && supported.size >= FEWEST_COMPANIES;
}
