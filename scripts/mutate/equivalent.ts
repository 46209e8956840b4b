/** Mutants that no test can see, because the program with the mistake does the same as without. Each with its reason. */
import type { Mutant } from './mutants.ts';

export type Equivalent = {
  readonly file: string;
  /** The line as it stands, without its indent. */
  readonly line: string;
  readonly from: string;
  readonly to: string;
  readonly why: string;
};

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'canonical.ts',
    line: 'return left < right ? -1 : 1;',
    from: '<',
    to: '<=',
    why: 'Equal texts have returned before.',
  },
  {
    file: 'decision-table.ts',
    line: "const OTHERWISE: DecisionRow = { rule: 'R15', verdict: 'UNVERIFIED', severity: 0, fits: () => true };",
    from: 'true',
    to: 'false',
    why: 'The last row is also what is taken when no row fits.',
  },
  {
    file: 'decision-table.ts',
    line: 'if (!facts.conflictWithRespondent) return false;',
    from: '!facts.conflictWithRespondent',
    to: 'false',
    why: 'Rule R10 takes every statement without a conflict with the respondent before this is asked.',
  },
  {
    file: 'decision-table.ts',
    line: 'if (!facts.conflictWithRespondent) return false;',
    from: 'false',
    to: 'true',
    why: 'As above: this return is never reached.',
  },
  {
    file: 'decision-table.ts',
    line: 'if (kMin === null || mu === null) return false;',
    from: '||',
    to: '&&',
    why: 'Without mu the answer is under 91 days, which R05 takes with none recalled; without k_min mu is above alpha.',
  },
  {
    file: 'evidence.ts',
    line: 'tier: 1,',
    from: '1',
    to: '2',
    why: 'The tier is put in once all bursts are known.',
  },
  {
    file: 'facts.ts',
    line: 'return count.atMost <= 2 && days.length >= 6 && 4 * count.atMost <= days.length;',
    from: '2',
    to: '3',
    why: 'No answer has a most of three: after two comes "3 to 5".',
  },
  {
    file: 'facts.ts',
    line: 'return ageDays.filter((age, index) => age !== ageDays[index - 1]);',
    from: '-',
    to: '+',
    why: 'Of equal neighbors the last is kept in place of the first.',
  },
  {
    file: 'normal.ts',
    line: 'for (const coefficient of coefficients) value = value * x + coefficient;',
    from: '+',
    to: '-',
    why: 'Both polynomials of the ratio change their sign.',
  },
  {
    file: 'outcome.ts',
    line: "if (disposition === null || disposition === '') return undefined;",
    from: "disposition === null || disposition === ''",
    to: 'false',
    why: 'Neither is a key of the maps that are looked into next.',
  },
  {
    file: 'calibration.ts',
    line: 'if (isMissed !== recency.earliestDays > COUNTED_DAYS) return null;',
    from: '>',
    to: '>=',
    why: 'No band begins at 90 days.',
  },
];

/** Returns true where a mutant is listed as equivalent. */
export function isListed(path: string, mutant: Mutant): boolean {
  return EQUIVALENT.some((listed) => isSame(listed, path, mutant));
}

/** Returns true where the entry speaks of this mutant. */
export function isSame({ file, line, from, to }: Equivalent, path: string, mutant: Mutant): boolean {
  return path.endsWith(`/${file}`) && line === mutant.code && from === mutant.from && to === mutant.to;
}
