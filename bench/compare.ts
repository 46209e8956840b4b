/** Comparisons a second on one core: check-ins of ten claims each, all kinds of answers. */
import { compare } from '../src/core/comparison/compare.ts';
import type { ComparisonInputs } from '../src/core/comparison/finding.ts';
import { CAUTIOUS_SETTINGS } from '../src/core/comparison/settings.ts';
import { COUNT_BANDS, RECENCY_BANDS } from '../src/core/model.ts';
import { createRandom } from '../src/core/random.ts';
import { missesOf, type BenchOptions, type BenchResult } from './bench.ts';

const SEED = 'compare';
const CHECK_INS = 1000;
const CLAIMS = 10;
const ROUNDS = 100;
const RUNS = 7;
const AIM_PER_SECOND = 100_000;

/** Returns the median of several runs with its spread; the first run warms up and is not counted. */
export function runCompareBench({ isShort }: Pick<BenchOptions, 'isShort'>): Promise<BenchResult> {
  const checkIns = makeCheckIns();
  measure(checkIns);
  const rates = Array.from({ length: RUNS }, () => measure(checkIns)).sort((left, right) => left - right);
  const median = rates[Math.floor(RUNS / 2)] ?? 0;
  const holds = median >= AIM_PER_SECOND;
  return Promise.resolve({
    figures: {
      checkInsPerSecond: median,
      slowestPerSecond: rates[0] ?? 0,
      fastestPerSecond: rates.at(-1) ?? 0,
      runs: RUNS,
      claimsPerCheckIn: CLAIMS,
      aimPerSecond: AIM_PER_SECOND,
      holds,
      seed: SEED,
    },
    misses: missesOf([
      { holds: isShort || holds, miss: `${median} check-ins a second; the bar is ${AIM_PER_SECOND}` },
    ]),
  });
}

/** Check-ins a second of one core: its own processor time, so that other work on the machine does not count. */
function measure(checkIns: readonly ComparisonInputs[]): number {
  let severities = 0;
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const inputs of checkIns) severities += compare(inputs, CAUTIOUS_SETTINGS).severity;
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (severities === 0) throw new Error('no comparison differed, so the bench measured nothing');
  return Math.round((checkIns.length * ROUNDS) / seconds);
}

function makeCheckIns(): ComparisonInputs[] {
  const random = createRandom(SEED);
  const pick = <Item>(items: readonly Item[]) => items[random.below(items.length)] as Item;
  return Array.from({ length: CHECK_INS }, () => ({
    claims: Array.from({ length: CLAIMS }, () => ({
      ageDays: random.below(120),
      outcome: pick(['live', 'live', 'live', 'open'] as const),
      tier: pick([0, 1, 1, 1, 2] as const),
      contact: pick(['respondent', 'respondent', 'other'] as const),
      owner: '11',
    })),
    recency: pick(RECENCY_BANDS),
    count: pick(COUNT_BANDS),
    flags: [],
  }));
}
