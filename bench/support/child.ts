import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const BENCH_FOLDER = path.resolve(import.meta.dirname, '..');
const GONE_AFTER_MS = 15_000;

/** A process of the bench that answers questions. */
export type AskedProcess = {
  readonly pid: number;
  /** What the process answers. @throws Error with its words where it failed or ended */
  ask<Reply>(what: string, input?: unknown): Promise<Reply>;
  /** SIGTERM; resolves when it is gone. */
  stop(): Promise<void>;
};

type Answer = { readonly id: number; readonly reply?: unknown; readonly error?: string };
type Waiting = { readonly resolve: (reply: unknown) => void; readonly reject: (error: Error) => void };

/** Node's options in `npm start`, so that a measured process runs as the production one does. */
export function productionOptions(): readonly string[] {
  const manifest = JSON.parse(readFileSync(path.join(BENCH_FOLDER, '..', 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  };
  return manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** Starts a script of the bench folder as a process of its own. */
export function startAskedProcess(script: string, nodeOptions: readonly string[] = []): AskedProcess {
  const child = fork(path.join(BENCH_FOLDER, script), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...nodeOptions],
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  child.on('message', (message) => {
    const { id, reply, error } = message as Answer;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(reply);
    else asked?.reject(new Error(`${script}: ${error}`));
  });
  child.once('exit', (code, signal) => {
    for (const { reject } of waiting.values())
      reject(new Error(`${script} ended (${signal ?? String(code)})`));
    waiting.clear();
  });
  return {
    pid: child.pid ?? 0,
    ask: <Reply>(what: string, input?: unknown) =>
      new Promise<Reply>((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve: resolve as (reply: unknown) => void, reject });
        child.send({ id: lastId, what, input });
      }),
    stop: () => endProcess(child),
  };
}

export type TellingProcess = {
  /** What it printed. */
  readonly told: unknown;
  readonly pid: number;
  readonly stop: () => Promise<void>;
};

/** Starts a Node script of the project; resolves with the first line of JSON that it prints. */
export async function startTellingProcess(script: string, args: readonly string[]): Promise<TellingProcess> {
  const file = path.resolve(BENCH_FOLDER, '..', script);
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  // Where the bench fails hard, what it started goes with it.
  process.once('exit', () => child.kill('SIGKILL'));
  const told = await new Promise<unknown>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const line = text.split('\n').find((one) => one.startsWith('{') && one.endsWith('}'));
      if (line !== undefined) resolve(JSON.parse(line));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`${script} ended with code ${String(code)} before it was ready`));
    });
  });
  return { told, pid: child.pid ?? 0, stop: () => endProcess(child) };
}

/** SIGTERM, and SIGKILL where that does not help within 15 s. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const hurry = setTimeout(() => child.kill('SIGKILL'), GONE_AFTER_MS);
  await gone;
  clearTimeout(hurry);
}
