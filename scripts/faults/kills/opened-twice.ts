import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClockFormula } from '../../../sandbox/scaled-clock.ts';
import { openDatabase, type Database } from '../../../src/store/database.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { createStore } from '../../../src/store/store.ts';
import { openAccount, type Account } from '../account.ts';
import type { Place } from '../world.ts';
import { CHILD, childEnvironment, createLives, type Life, type Orders } from './life.ts';
import { openRealPlace } from './open-real-place.ts';
import type { RealCase } from './real-case.ts';
import { saveAnswer } from './traffic.ts';

const CASE = {
  fault: 'embedded database opened twice',
  point: 'start, then after a kill',
  countedBy: 'system',
} as const;
const CUSTOMERS = 12;
const PATIENCE_MS = 20_000;

/** Tries `times` times to start a second process on the folder of one that lives, then kills that one and takes the folder over. */
export async function runOpenedTwice(times: number): Promise<RealCase> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sci-embedded-'));
  const current: { life: Life | null } = { life: null };
  const { place, formula, close } = await openRealPlace(() => current.life?.url ?? null);
  try {
    const account = await prepare(place, folder);
    const { DATABASE_URL: _url, MIGRATION_DATABASE_URL: _owner, ...environment } = place.environment;
    const embedded = { ...place, environment: { ...environment, EMBEDDED_DATABASE_DIR: folder } };
    return await tryTwice(embedded, formula, current, { account, folder, times });
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The account and its tokens lie in the folder before anybody lives. */
async function prepare(place: Place, folder: string): Promise<Account> {
  return withFolder(place, folder, async (database) => {
    await migrate(database);
    const store = createStore(database, { masterKey: place.config.masterKey });
    return openAccount({ ...place, database, store }, { portalId: 1, mode: 'unique', companies: CUSTOMERS });
  });
}

type Attempt = { readonly account: Account; readonly folder: string; readonly times: number };

async function tryTwice(
  place: Place,
  formula: ClockFormula,
  current: { life: Life | null },
  { account, folder, times }: Attempt,
): Promise<RealCase> {
  const lives = createLives(place, formula);
  const violations: string[] = [];
  const acknowledged: string[] = [];
  let hits = 0;
  const expectAnswer = async (who: string) => {
    const id = await answerInTime(place, account);
    if (id === null) violations.push(`${who} takes no answer`);
    else acknowledged.push(id);
  };
  try {
    current.life = await lives.begin(null);
    await expectAnswer('the first process');
    for (let attempt = 0; attempt < times; attempt += 1) {
      const { code, said } = await startSecond(place, formula);
      if (code === null) violations.push('a second process starts on the same folder');
      else if (code !== 0 && said.includes(`is in use by process ${current.life.pid}`)) hits += 1;
      else violations.push(`the second process ended with ${code} and did not say who has the folder`);
      await expectAnswer('the first process, after a second one was refused,');
    }
    await current.life.kill();
    current.life = await lives.begin(null);
    await expectAnswer('the process that takes over the folder of a killed one');
  } finally {
    await current.life?.kill();
    await lives.end();
  }
  violations.push(...(await lostIn(place, folder, acknowledged)));
  return { ...CASE, seeds: times, hits, violations, skipped: null };
}

/** Returns how it ended; a null code where it had not after a while. */
async function startSecond(
  place: Place,
  formula: ClockFormula,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CHILD], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: childEnvironment(place, formula),
  });
  const orders: Orders = { point: null, apiUrl: place.simulatorUrl };
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(orders)}\n`);
  const code = await Promise.race([ended, sleep(PATIENCE_MS, null)]);
  if (code === null) child.kill('SIGKILL');
  return { code, said };
}

/** Sends an answer until it is acknowledged: right after a start the customers are not read yet. Null where that takes too long. */
async function answerInTime(place: Place, account: Account): Promise<string | null> {
  const end = performance.now() + PATIENCE_MS;
  const submissionId = randomUUID();
  const [companyId = ''] = account.companyIds;
  while (performance.now() < end) {
    if (await saveAnswer(place, account, { submissionId, companyId })) return submissionId;
    await sleep(200);
  }
  return null;
}

async function lostIn(place: Place, folder: string, acknowledged: readonly string[]): Promise<string[]> {
  const stored = await withFolder(place, folder, ({ kysely }) =>
    kysely.selectFrom('checkIns').select('words').execute(),
  );
  const words = stored.map((row) => row.words);
  return acknowledged
    .filter((id) => words.filter((text) => text === id).length !== 1)
    .map((id) => `the acknowledged answer ${id} is not there once`);
}

async function withFolder<T>(
  place: Place,
  folder: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase({ folder }, { clock: place.clock });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
