import { describe, expect, it } from '@jest/globals';
import { mutantsOf } from '../../../scripts/mutate/mutants.ts';

const changes = (text: string) => mutantsOf('a.ts', text).map(({ from, to }) => `${from} -> ${to}`);

describe('mutants', () => {
  it.each([
    ['a comparison', 'const a = b <= c;', ['<= -> <']],
    ['a logical operator', 'const a = b && c;', ['&& -> ||']],
    ['a number', 'const a = 7;', ['7 -> 8']],
    ['a truth value', 'const a = true;', ['true -> false']],
    ['a negation', 'const a = !b;', ['!b -> b']],
    ['two branches', 'const a = b ? c : d;', ['b ? c : d -> b ? d : c']],
    ['a condition', 'if (a) b();', ['a -> true', 'a -> false']],
    ['some and every', 'const a = b.some(c);', ['some -> every']],
    ['the smaller of two', 'const a = Math.min(b, c);', ['min -> max']],
  ])('change %s', (_what, text, expected) => {
    expect(changes(text)).toEqual(expected);
  });

  it('leave types, imports and texts alone', () => {
    const text = "import a from 'a1';\ntype B = 1 | 2;\nconst c: B | true = 'three';\n";

    expect(changes(text)).toEqual([]);
  });

  it('hold one mistake each, name its line, and keep the rest', () => {
    const text = 'const a = 1;\nconst b = a > 2;\n';

    const mutants = mutantsOf('a.ts', text);

    expect(mutants.map(({ line, text: changed }) => [line, changed])).toEqual([
      [1, 'const a = 2;\nconst b = a > 2;\n'],
      [2, 'const a = 1;\nconst b = a >= 2;\n'],
      [2, 'const a = 1;\nconst b = a > 3;\n'],
    ]);
  });

  it('are counted where one line has the same change twice', () => {
    const mutants = mutantsOf('a.ts', 'const a = b + c + d;\nconst e = f + g;\n');

    expect(mutants.map(({ line, occurrence, text }) => [line, occurrence, text.slice(0, 20)])).toEqual([
      [1, 1, 'const a = b - c + d;'],
      [1, 2, 'const a = b + c - d;'],
      [2, 1, 'const a = b + c + d;'],
    ]);
  });

  it('have nothing to do with names that an object only inherits', () => {
    expect(changes('const a = b.constructor;')).toEqual([]);
  });
});
