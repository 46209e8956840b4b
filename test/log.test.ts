import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';

const LOG = new URL('../src/log.ts', import.meta.url).href;
const PROGRAM = `
  const { createLog } = await import(${JSON.stringify(LOG)});
  const log = createLog('info');
  for (let line = 0; line < 3; line += 1) log.info({ line, token: 'secret' }, 'working');
  process.stderr.write('went on');
`;

/** Runs the program with its standard output there; resolves with how it ended and what it wrote. */
async function run(stdout: number | 'pipe') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    stdio: ['ignore', stdout, 'pipe'],
    timeout: 20_000,
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr?.on('data', (chunk) => (said.err += String(chunk)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, ...said };
}

describe('the log', () => {
  it('writes a line of JSON for each fact, with secrets hidden', async () => {
    const { code, out } = await run('pipe');

    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(code).toBe(0);
    expect(lines).toMatchObject([0, 1, 2].map((line) => ({ line, token: '[hidden]', msg: 'working' })));
  });

  const onFullDisk = existsSync('/dev/full') ? it : it.skip;
  onFullDisk('drops its lines on a full disk, and the process goes on and ends', async () => {
    const full = openSync('/dev/full', 'w');

    const { code, err } = await run(full);
    closeSync(full);

    expect({ code, err }).toEqual({ code: 0, err: 'went on' });
  });
});
