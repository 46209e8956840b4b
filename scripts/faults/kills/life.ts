import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ClockFormula } from '../../../sandbox/scaled-clock.ts';
import type { Position } from '../crash-points.ts';
import type { Place } from '../world.ts';

/** A crash point at which a process is to announce itself. */
export type AnnouncedPoint = {
  readonly name: string;
  readonly position: Position;
  readonly customers: number;
};

/** The line that makes a process out of code that is loaded. */
export type Orders = { readonly point: AnnouncedPoint | null; readonly apiUrl: string };

/** One process of the product from its start to its end. */
export type Life = {
  readonly url: string;
  readonly pid: number;
  /** Resolves once it stands at its crash point. */
  readonly atPoint: Promise<void>;
  readonly ended: Promise<void>;
  /** Lets it go on from its crash point. */
  goOn(): void;
  isOver(): boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
};

/** Starts processes of the product, one after another. */
export type Lives = {
  /** Starts one that finds HubSpot at `apiUrl`, and waits until it listens. @throws Error where it ends before that */
  begin(point: AnnouncedPoint | null, apiUrl?: string): Promise<Life>;
  /** Ends the one that was loaded and never began. */
  end(): Promise<void>;
};

/** The program of a process under test. */
export const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** While one process lives, the next one loads its code, which takes longer than all else of its start. */
export function createLives(place: Place, formula: ClockFormula): Lives {
  const cache = mkdtempSync(path.join(tmpdir(), 'sci-code-'));
  const load = () =>
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...childEnvironment(place, formula), NODE_COMPILE_CACHE: cache },
    });
  let next = load();
  return {
    begin: (point, apiUrl = place.simulatorUrl) => {
      const child = next;
      next = load();
      return beginLife(child, { point, apiUrl });
    },
    end: async () => {
      const ended = new Promise((resolve) => next.once('exit', resolve));
      if (next.kill('SIGKILL')) await ended;
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

/** Settings of a process under test: the place's, every role, and the clock. */
export function childEnvironment(
  { environment }: Place,
  { startAt, realStartMs, speed }: ClockFormula,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...environment,
    ROLE: 'all',
    FAULT_CLOCK: `${startAt.toISOString()}x${speed}`,
    FAULT_REAL_START: String(realStartMs),
  };
}

type Child = ChildProcessByStdio<Writable, Readable, null>;

async function beginLife(child: Child, orders: Orders): Promise<Life> {
  // It may die before it reads.
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isOver = true;
      resolve();
    });
  });
  let reachPoint: () => void = () => undefined;
  const atPoint = new Promise<void>((resolve) => {
    reachPoint = resolve;
  });
  const url = await new Promise<string>((resolve, reject) => {
    void ended.then(() => reject(new Error('The process under test ended at its start.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as { readonly url?: string };
      if (said.url === undefined) reachPoint();
      else resolve(said.url);
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    atPoint,
    ended,
    goOn: () => {
      child.stdin.write('on\n');
    },
    isOver: () => isOver,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
