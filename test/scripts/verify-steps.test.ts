import { describe, expect, it } from '@jest/globals';
import { runSteps, type Step } from '../../scripts/verify/steps.ts';

const script = (code: string): readonly string[] => ['--eval', code];

async function run(steps: readonly Step[], lanes = 2) {
  const lines: string[] = [];
  const isGreen = await runSteps(process.cwd(), steps, { lanes, print: (line) => lines.push(line) });
  return { isGreen, lines };
}

describe('the steps of verify', () => {
  it('pass where every one passes, with one line each', async () => {
    const { isGreen, lines } = await run([
      { name: 'words', run: () => Promise.resolve([]) },
      { name: 'numbers', script: script('') },
    ]);

    expect(isGreen).toBe(true);
    expect(lines.map((line) => line.replace(/ +[\d.]+ s +/, ' ')).sort()).toEqual(['ok numbers', 'ok words']);
  });

  it('fail where one script ends with another code than zero, and show what it printed', async () => {
    const { isGreen, lines } = await run([
      { name: 'good', run: () => Promise.resolve([]) },
      { name: 'bad', script: script("console.log('line 7'); console.error('is wrong'); process.exit(2)") },
    ]);

    expect(isGreen).toBe(false);
    expect(lines.at(-1)).toContain('--- bad');
    expect(lines.at(-1)).toContain('line 7');
    expect(lines.at(-1)).toContain('is wrong');
  });

  it('fail where a check finds a fault, and go on with the others', async () => {
    const { isGreen, lines } = await run(
      [
        { name: 'first', run: () => Promise.resolve(['a is not there']) },
        { name: 'second', run: () => Promise.resolve([]) },
      ],
      1,
    );

    expect(isGreen).toBe(false);
    expect(lines[1]).toMatch(/^ok .*second$/);
    expect(lines[2]).toContain('a is not there');
  });

  it('fail where a check itself breaks', async () => {
    const { isGreen, lines } = await run([
      { name: 'broken', run: () => Promise.reject(new Error('the tool said nothing')) },
    ]);

    expect(isGreen).toBe(false);
    expect(lines.at(-1)).toContain('the tool said nothing');
  });
});
