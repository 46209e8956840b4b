import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { COMPARISON, USE_CASES } from '../../../scripts/mutate/fields.ts';
import { readModules, testsOf } from '../../../scripts/mutate/modules.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

describe('where mistakes are made', () => {
  it.each([
    ['the comparison', COMPARISON],
    ['the use cases that decide after it', USE_CASES],
  ])('in %s, every file has tests that see it', (_what, ground) => {
    const modules = readModules(ROOT, ground);
    const mutated = [...modules.texts.keys()].filter((path) => ground.isMutated(path));

    expect(mutated.length).toBeGreaterThan(4);
    expect(mutated.filter((path) => testsOf(modules, path).length === 0)).toEqual([]);
  });
});
