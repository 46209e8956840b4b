import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { formulaNow } from '../../sandbox/scaled-clock.ts';
import './hubspot/support.ts';

const ENTRY = fileURLToPath(new URL('../../sandbox/hubspot-process.ts', import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

interface Ready {
  readonly url: string;
  readonly pid: number;
  readonly startAt: string;
  readonly realStartMs: number;
  readonly speed: number;
}

async function start(...options: string[]): Promise<{ child: ChildProcess; ready: Ready }> {
  const child = spawn(process.execPath, ['--no-warnings', ENTRY, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, ready: JSON.parse(line.toString()) as Ready };
}

describe('the local HubSpot in a process of its own', () => {
  it('says where it listens, keeps the clock that its line describes, and stops when told to', async () => {
    const { child, ready } = await start('--clock', '2026-10-01T00:00:00Zx60');
    const formula = { ...ready, startAt: new Date(ready.startAt) };

    const before = formulaNow(formula);
    const reply = (await (await fetch(`${ready.url}/_control/clock`)).json()) as { now: string };
    const after = formulaNow(formula);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];

    expect(ready).toMatchObject({ pid: child.pid, startAt: '2026-10-01T00:00:00.000Z', speed: 60 });
    expect(Date.parse(reply.now)).toBeGreaterThanOrEqual(before.getTime());
    expect(Date.parse(reply.now)).toBeLessThanOrEqual(after.getTime());
    expect(code).toBe(0);
  });

  it('says what is wrong with an option', async () => {
    const child = spawn(process.execPath, ['--no-warnings', ENTRY, '--clock', 'soon'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const [line] = (await once(child.stderr, 'data')) as [Buffer];

    expect(line.toString()).toMatch(/"soon" is no clock/);
  });
});
