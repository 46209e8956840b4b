/** Mutants that no test can see, because the program with the mistake does the same as without. Each with its reason. */
import { EQUIVALENT_NUMBERS } from './equivalent-numbers.ts';
import type { Equivalent } from './listed.ts';

export const EQUIVALENT: readonly Equivalent[] = [
  ...EQUIVALENT_NUMBERS,
  {
    file: 'bursts.ts',
    line: 'while ((timed[first]?.atMs ?? 0) < last.atMs - BURST_WINDOW_MS) first += 1;',
    changes: [['0', '1']],
    why: 'The window always holds the last creation itself, so there is always one to look at.',
  },
  {
    file: 'canonical.ts',
    line: 'return left < right ? -1 : 1;',
    changes: [['<', '<=']],
    why: 'Equal texts have returned before.',
  },
  {
    file: 'decision-table.ts',
    line: "const OTHERWISE: DecisionRow = { rule: 'R15', verdict: 'UNVERIFIED', severity: 0, fits: () => true };",
    changes: [['true', 'false']],
    why: 'The last row is also what is taken when no row fits.',
  },
  {
    file: 'decision-table.ts',
    line: 'if (!facts.conflictWithRespondent) return false;',
    changes: [
      ['!facts.conflictWithRespondent', 'false'],
      ['false', 'true'],
    ],
    why: 'Rule R10 takes every statement without a conflict with the respondent before this is asked.',
  },
  {
    file: 'decision-table.ts',
    line: 'if (kMin === null || mu === null) return false;',
    changes: [
      ['||', '&&'],
      ['kMin === null || mu === null', 'false'],
    ],
    why: 'Without mu the answer is under 91 days, which R05 takes with none recalled; without k_min mu is above alpha.',
  },
  {
    file: 'drift.ts',
    line: 'const usable = [...cycles.keys()].filter((at) => (cycles[at]?.n ?? 0) >= FEWEST_PER_CYCLE);',
    changes: [['0', '1']],
    why: 'Every key of the list has its cycle.',
  },
  {
    file: 'evidence.ts',
    line: 'tier: 1,',
    changes: [['1', '2']],
    why: 'The tier is put in once all bursts are known.',
  },
  {
    file: 'evidence.ts',
    line: 'if (gateOpensOn === null) return false;',
    changes: [['gateOpensOn === null', 'false']],
    why: 'No day is at or after null, so the answer is the same; the line is there for the types.',
  },
  {
    file: 'facts.ts',
    line: 'return earliestDays >= 61 && newest <= 44 && 3 * (newest + 1) <= Math.min(earliestDays, NEVER_EDGE_DAYS);',
    changes: [['<=', '<', 2]],
    why: 'Of the edges 61, 91 and 183 only the last is three times a number, and that of 60 days, which are too many.',
  },
  {
    file: 'facts.ts',
    line: 'return count.atMost <= 2 && days.length >= 6 && 4 * count.atMost <= days.length;',
    changes: [['2', '3']],
    why: 'No answer has a most of three: after two comes "3 to 5".',
  },
  {
    file: 'facts.ts',
    line: 'return ageDays.filter((age, index) => age !== ageDays[index - 1]);',
    changes: [['-', '+']],
    why: 'Of equal neighbors the last is kept in place of the first.',
  },
  {
    file: 'outcome.ts',
    line: "if (disposition === null || disposition === '') return undefined;",
    changes: [
      ["disposition === null || disposition === ''", 'false'],
      ['||', '&&'],
    ],
    why: 'Neither is a key of the maps that are looked into next.',
  },
  {
    file: 'planner.ts',
    line: 'for (let drawn = 1; drawn < accounts; drawn += 1) {',
    changes: [['<', '<=']],
    why: 'All accounts are also the answer when no smaller draw is enough.',
  },
  {
    file: 'simulated-rates.ts',
    line: 'return simulatedRates(scenario, [settings], draws, seed)[0] ?? { soft: 0, firm: 0 };',
    changes: [
      ['0', '1', 2],
      ['0', '1', 3],
    ],
    why: 'One setting has one rate.',
  },
  {
    file: 'tier.ts',
    line: 'if (supportingChanges.length === 0) return false;',
    changes: [['supportingChanges.length === 0', 'false']],
    why: 'Of no changes none supports; the line saves time.',
  },
];

export const EQUIVALENT_IN_USE_CASES: readonly Equivalent[] = [];
