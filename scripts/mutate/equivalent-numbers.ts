/** Mutants in the arithmetic that change nothing, or no digit that is kept. */
import type { Equivalent } from './listed.ts';

const ALL_TERMS =
  'The fraction stops changing after some tens of terms; the bound only ends what would never end.';
const HALVED_OUT =
  'After sixty halvings the range is narrower than any digit that is kept, wherever it began.';
const ROUNDED_RHO = 'Rounded to four decimals, which twenty halvings already give.';
const ONE_DRAW = 'A draw equals the share once in four thousand million draws, and for most shares never.';
const SMALL_CHANCE = 'Changes chances under a millionth of a millionth, where six decimals are kept.';

export const EQUIVALENT_NUMBERS: readonly Equivalent[] = [
  { file: 'beta.ts', line: 'const MOST_TERMS = 1000;', changes: [['1000', '1001']], why: ALL_TERMS },
  { file: 'beta.ts', line: 'const QUANTILE_STEPS = 60;', changes: [['60', '61']], why: HALVED_OUT },
  {
    file: 'beta.ts',
    line: 'if (x <= 0) return 0;',
    changes: [['<=', '<']],
    why: 'At 0 the factor before the fraction is e to minus infinity, which is 0.',
  },
  {
    file: 'beta.ts',
    line: 'if (x >= 1) return 1;',
    changes: [
      ['x >= 1', 'false'],
      ['>=', '>'],
      ['1', '2', 1],
    ],
    why: 'From 1 on the next line takes the other side, which is 0.',
  },
  {
    file: 'beta.ts',
    line: 'if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);',
    changes: [
      ['1', '2', 1],
      ['+', '-', 3],
    ],
    why: 'Both sides give the same to twelve digits; where they meet decides only how fast.',
  },
  { file: 'beta.ts', line: 'let high = 1;', changes: [['1', '2']], why: HALVED_OUT },
  {
    file: 'beta.ts',
    line: 'for (let step = 0; step < QUANTILE_STEPS; step += 1) {',
    changes: [
      ['0', '1'],
      ['<', '<='],
    ],
    why: HALVED_OUT,
  },
  {
    file: 'beta.ts',
    line: 'if (betaCdf(middle, a, b) < share) low = middle;',
    changes: [['<', '<=']],
    why: 'Where the middle is the answer, both halves come back to it.',
  },
  {
    file: 'beta.ts',
    line: 'for (let m = 1; m <= MOST_TERMS; m += 1) {',
    changes: [['<=', '<']],
    why: ALL_TERMS,
  },
  {
    file: 'beta.ts',
    line: 'let change = 1;',
    changes: [['1', '2']],
    why: 'Each of the two terms sets it anew.',
  },
  {
    file: 'beta.ts',
    line: 'if (Math.abs(change - 1) < CONVERGED) break;',
    changes: [
      ['<', '<='],
      ['Math.abs(change - 1) < CONVERGED', 'false'],
      ['-', '+'],
      ['1', '2'],
    ],
    why: 'Only ends what no longer changes: it costs time.',
  },
  {
    file: 'beta.ts',
    line: 'return Math.abs(value) < TINY ? TINY : value;',
    changes: [['<', '<=']],
    why: 'A value that is TINY already is replaced by itself; minus TINY never comes up.',
  },
  {
    file: 'calibration.ts',
    line: 'if (isMissed !== recency.earliestDays > COUNTED_DAYS) return null;',
    changes: [['>', '>=']],
    why: 'No band begins at 90 days.',
  },
  {
    file: 'calibration.ts',
    line: 'const LARGEST_SIGMA = 1;',
    changes: [['1', '2']],
    why: 'The weights add up to one, so the loop has returned before.',
  },
  { file: 'calibration.ts', line: 'const RHO_STEPS = 40;', changes: [['40', '41']], why: ROUNDED_RHO },
  {
    file: 'calibration.ts',
    line: 'samples.reduce((sum, sample) => sum + Math.log(bandLikelihood(sample, sigma)), 0),',
    changes: [['0', '1']],
    why: 'Added to every likelihood alike, and taken off again with the largest.',
  },
  {
    file: 'calibration.ts',
    line: 'reached += (weights[index] ?? 0) / total;',
    changes: [['0', '1']],
    why: 'Every grid value has its weight.',
  },
  {
    file: 'calibration.ts',
    line: 'if (reached >= CAUTION_QUANTILE) return sigma;',
    changes: [['>=', '>']],
    why: 'A sum of seventeen weights equals four fifths to the last bit by no known answers.',
  },
  {
    file: 'calibration.ts',
    line: 'if (expected(0) >= observed) return 0;',
    changes: [
      ['expected(0) >= observed', 'false'],
      ['>=', '>'],
      ['0', '1', 1],
    ],
    why: 'Halving comes to 0 as well: more clustering never expects fewer.',
  },
  {
    file: 'calibration.ts',
    line: 'for (let step = 0; step < RHO_STEPS; step += 1) {',
    changes: [
      ['0', '1'],
      ['<', '<='],
      ['1', '2'],
    ],
    why: ROUNDED_RHO,
  },
  {
    file: 'calibration.ts',
    line: 'if (expected(middle) < observed) low = middle;',
    changes: [['<', '<=']],
    why: 'Where the middle is the answer, both halves come back to it.',
  },
  {
    file: 'normal.ts',
    line: 'const RATIONAL_UP_TO = 7.07106781186547;',
    changes: [['7.07106781186547', '8.07106781186547']],
    why: SMALL_CHANCE,
  },
  {
    file: 'normal.ts',
    line: 'const tail = distance < RATIONAL_UP_TO ? nearTail(distance) : farTail(distance);',
    changes: [['<', '<=']],
    why: SMALL_CHANCE,
  },
  {
    file: 'normal.ts',
    line: 'return x > 0 ? 1 - tail : tail;',
    changes: [['>', '>=']],
    why: 'At 0 the tail is a half, and so is the rest.',
  },
  {
    file: 'normal.ts',
    line: 'for (let term = 4; term >= 1; term -= 1) fraction = distance + term / fraction;',
    changes: [['4', '5']],
    why: SMALL_CHANCE,
  },
  {
    file: 'normal.ts',
    line: 'for (const coefficient of coefficients) value = value * x + coefficient;',
    changes: [['+', '-']],
    why: 'Both polynomials of the ratio change their sign.',
  },
  {
    file: 'recall-chance.ts',
    line: 'if (missAllChance(k, settings) <= settings.alpha + K_MIN_TOLERANCE) return k;',
    changes: [['<=', '<']],
    why: 'The tolerance is there so that no last bit decides; equal to it is no real product.',
  },
  {
    file: 'recall-chance.ts',
    line: 'if (mu * LARGEST_ONE_IN <= 1) return LARGEST_ONE_IN;',
    changes: [['<=', '<']],
    why: 'One in a thousand cut to one digit is one in a thousand.',
  },
  {
    file: 'simulator.ts',
    line: 'const isReal = scenario.tookPlace === 1 || random.uniform() < scenario.tookPlace;',
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: "if (isReal && claim.contact === 'respondent' && random.uniform() >= misses)",
    changes: [['>=', '>']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: 'if (random.uniform() >= misses) rememberedAges.push(ageDays);',
    changes: [['>=', '>']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: 'const isOther = random.uniform() < extras.otherContactShare;',
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: 'const isConfirmed = isReal && random.uniform() < extras.confirmedShare;',
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: 'random.uniform() < recall.delta',
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: "recency: random.uniform() < extras.dontKnowShare ? 'DK' : inputs.recency,",
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: "count: random.uniform() < extras.dontKnowShare ? 'DK' : inputs.count,",
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'simulator.ts',
    line: 'flags: chances.flatMap(([flag, chance]) => (random.uniform() < chance ? [flag] : [])),',
    changes: [['<', '<=']],
    why: ONE_DRAW,
  },
  {
    file: 'team-test.ts',
    line: 'if (x > n || p <= 0) return 0;',
    changes: [['<=', '<']],
    why: 'Without a chance every term is 0, and so is their sum.',
  },
  {
    file: 'team-test.ts',
    line: 'return tail <= below ? tail : 1 - below;',
    changes: [['<=', '<']],
    why: 'Where both are equal, each is a half.',
  },
  {
    file: 'team-test.ts',
    line: 'const largest = passing.at(-1) ?? -1;',
    changes: [['1', '2', 2]],
    why: 'No chance is below 0.',
  },
];
