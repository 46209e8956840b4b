import { describe, expect, it } from '@jest/globals';
import { isListed, unclearOf, type Equivalent } from '../../../scripts/mutate/listed.ts';
import { mutantsOf } from '../../../scripts/mutate/mutants.ts';

const path = 'src/a.ts';
const all = mutantsOf(path, 'const a = b + c + d;\n').map((mutant) => ({ path, mutant }));
const listOf = (changes: Equivalent['changes']): Equivalent[] => [
  { file: 'a.ts', line: 'const a = b + c + d;', changes, why: 'None.' },
];

describe('a list of mutants that change nothing', () => {
  it('names one place of several in a line', () => {
    const list = listOf([['+', '-', 2]]);

    expect(all.map(({ mutant }) => isListed(list, path, mutant))).toEqual([false, true]);
    expect(unclearOf(list, all)).toEqual([]);
  });

  it.each([
    ['names two mutants at once', listOf([['+', '-']])],
    ['names none', listOf([['+', '*']])],
    ['speaks of another file', [{ ...listOf([['+', '-', 1]])[0]!, file: 'b.ts' }]],
    ['has a line that was changed since', [{ ...listOf([['+', '-', 1]])[0]!, line: 'const a = b + c;' }]],
  ])('is not clear where an entry %s', (_what, list) => {
    expect(unclearOf(list, all)).toHaveLength(1);
  });
});
