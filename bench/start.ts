import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { freePort } from '../scripts/support/postgres-cluster.ts';
import { missesOf, type BenchOptions, type BenchResult } from './bench.ts';
import { openBenchDatabases, type BenchDatabase, type BenchDatabases } from './support/databases.ts';
import { spreadOf, type Spread } from './support/statistics.ts';

const PROJECT_ROOT = path.resolve(import.meta.dirname, '..');
const FULL_RUNS = 5;
const SHORT_RUNS = 1;
const LOOK_MS = 10;
const GIVE_UP_MS = 120_000;
const MOST_START_SECONDS = 2;
const MOST_SANDBOX_SECONDS = 15;
const MOST_RESIDENT_BYTES = 200 * 1_024 * 1_024;

/** How long the commands take that people wait for, npm's own time included. */
export async function runStartBench({ isShort, say }: BenchOptions): Promise<BenchResult> {
  const runs = isShort ? SHORT_RUNS : FULL_RUNS;
  const production = await measureProduction(runs, say);
  const sandbox = await measureSandbox(runs, say);
  const bars = [
    ...(production === null
      ? []
      : [
          bar(production.readySeconds.median, MOST_START_SECONDS, 's from npm start to ready'),
          bar(production.residentBytes.median, MOST_RESIDENT_BYTES, 'bytes resident on Postgres'),
        ]),
    bar(sandbox.median, MOST_SANDBOX_SECONDS, 's from npm run sandbox to ready'),
  ];
  const figures = { start: production ?? 'needs Postgres', sandboxReadySeconds: sandbox };
  return { figures, misses: isShort ? [] : missesOf(bars) };
}

function bar(figure: number, most: number, what: string) {
  return { holds: figure <= most, miss: `${figure} ${what}; the bar is ${most}` };
}

/** `npm start` in production settings, web and worker, on a migrated Postgres, until /readyz answers 200. */
async function measureProduction(
  runs: number,
  say: (line: string) => void,
): Promise<{ readonly readySeconds: Spread; readonly residentBytes: Spread } | null> {
  const databases = await openBenchDatabases(say);
  try {
    if (databases.kind === 'embedded') return null;
    const seconds: number[] = [];
    const bytes: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await startOnce(databases, await databases.create());
      seconds.push(one.seconds);
      bytes.push(one.residentBytes);
    }
    return { readySeconds: spreadOf(seconds), residentBytes: spreadOf(bytes, 0) };
  } finally {
    await databases.stop();
  }
}

async function startOnce(databases: BenchDatabases, database: BenchDatabase) {
  if (database.kind === 'embedded') throw new Error(`${databases.kind} is no database for production`);
  const port = await freePort();
  const startedMs = performance.now();
  const child = startCommand(['start'], {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_BASE_URL: 'https://checkin.example.com',
    HUBSPOT_APP_ID: '1',
    HUBSPOT_CLIENT_ID: 'bench',
    HUBSPOT_CLIENT_SECRET: randomBytes(24).toString('hex'),
    MASTER_KEY: randomBytes(32).toString('base64'),
    DATABASE_URL: database.url,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    LOG_LEVEL: 'error',
  });
  try {
    await untilReady(`http://127.0.0.1:${port}/readyz`, child);
    const seconds = (performance.now() - startedMs) / 1_000;
    // A moment later, when the first look for work is over.
    await sleep(2_000);
    return { seconds, residentBytes: await residentBytes(`http://127.0.0.1:${port}/metrics`) };
  } finally {
    await endGroup(child);
  }
}

/** `npm run sandbox` from nothing, with the extensions built before, until it says that it is ready. */
async function measureSandbox(runs: number, say: (line: string) => void): Promise<Spread> {
  const seconds: number[] = [];
  for (let run = 0; run <= runs; run += 1) {
    const state = await mkdtemp(path.join(tmpdir(), 'sci-start-'));
    const startedMs = performance.now();
    const args = ['run', 'sandbox', '--', '--port', '0', '--state', state, '--fresh'];
    const child = startCommand(args, {});
    try {
      await untilSaid(child, 'Ready.');
      // The first run builds the extensions and is not counted.
      if (run > 0) seconds.push((performance.now() - startedMs) / 1_000);
    } finally {
      await endGroup(child);
      await rm(state, { recursive: true, force: true });
    }
    say(`sandbox, run ${run} of ${runs}`);
  }
  return spreadOf(seconds);
}

/** A group of its own: npm's child goes with it. */
function startCommand(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn('npm', [...args], {
    cwd: PROJECT_ROOT,
    env: { PATH, HOME, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const giveUpMs = performance.now() + GIVE_UP_MS;
  while (performance.now() < giveUpMs) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
    const response = await fetch(url).catch(() => null);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    await sleep(LOOK_MS);
  }
  throw new Error('npm start was not ready within two minutes');
}

function untilSaid(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const giveUp = setTimeout(() => {
      reject(new Error('npm run sandbox was not ready within two minutes'));
    }, GIVE_UP_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!text.includes(words)) return;
      clearTimeout(giveUp);
      resolve();
    });
    child.once('exit', (code) => {
      clearTimeout(giveUp);
      reject(new Error(`npm run sandbox ended with code ${String(code)}: ${text.slice(-300)}`));
    });
  });
}

async function residentBytes(url: string): Promise<number> {
  const text = await (await fetch(url)).text();
  return Number(/^sci_resident_bytes (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await gone;
}
