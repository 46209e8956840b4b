import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { COMPARISON } from '../../../scripts/mutate/fields.ts';
import { readModules, testsOf } from '../../../scripts/mutate/modules.ts';
import { openBench, type Learned } from '../../../scripts/mutate/run.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const HYGIENE = 'src/core/comparison/hygiene.ts';
const modules = readModules(ROOT, COMPARISON);
const text = modules.texts.get(HYGIENE) ?? '';
const learned: Learned = { tookMs: new Map(), lastKiller: new Map() };
const bench = openBench(ROOT, modules, learned);

afterAll(() => bench.close());

describe('what a change reaches', () => {
  it('is the file, what imports it, and what imports that', () => {
    const normal = 'src/core/comparison/normal.ts';

    const reached = modules.reachedFrom(normal);

    expect(reached).toContain('src/core/comparison/recall-chance.ts');
    expect(reached).toContain('src/core/comparison/facts.ts');
    expect(reached).not.toContain('src/core/comparison/bursts.ts');
    expect(testsOf(modules, normal)).toContain('test/core/comparison/recall-chance.test.ts');
  });
});

describe('a trial', () => {
  it('passes with the file as it is', async () => {
    expect((await bench.judge(HYGIENE, text)).killedBy).toBeNull();
  });

  it('fails with a mistake in it, and the next one starts afresh', async () => {
    const broken = text.replace('> LATE_LOGGING_MS', '< LATE_LOGGING_MS');

    expect(broken).not.toBe(text);
    expect((await bench.judge(HYGIENE, broken)).killedBy).not.toBeNull();
    expect((await bench.judge(HYGIENE, text)).killedBy).toBeNull();
  });

  it('begins with the test that saw the last mistake in the file', async () => {
    const broken = text.replace('> LATE_LOGGING_MS', '< LATE_LOGGING_MS');
    const { killedBy, why } = await bench.judge(HYGIENE, broken);

    const again = await bench.judge(HYGIENE, broken);

    expect(again).toEqual({ killedBy, why, tookMs: {} });
  });

  it('fails where the file cannot even be read', async () => {
    expect((await bench.judge(HYGIENE, 'const = ;')).killedBy).not.toBeNull();
  });
});
