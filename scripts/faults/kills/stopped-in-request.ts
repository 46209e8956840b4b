import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createFormulaClock } from '../../../sandbox/scaled-clock.ts';
import { createRandom, type Random } from '../../../src/core/random.ts';
import { openAccount, type Account } from '../account.ts';
import { freePort } from '../../support/postgres-cluster.ts';
import { openPlace, type Place } from '../world.ts';
import type { RealCase } from './real-case.ts';
import { saveAnswer, savedTimes } from './traffic.ts';

const CASE = {
  fault: 'SIGTERM while a card saves an answer',
  point: 'the insert waits in Postgres',
  countedBy: 'database',
} as const;
const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const CUSTOMERS = 3;
const PATIENCE_MS = 20_000;
const GONE_WITHIN_MS = 10_000;
/** What a busy machine takes to end a process that has asked for its end. */
const GRACE_MS = 1_000;
/** How long the database lets the answer wait once the process is told to stop; the last is longer than a process may live then. */
const WAITS_MS: readonly ((random: Random) => number)[] = [
  (random) => random.below(1_000),
  (random) => 2_000 + random.below(4_000),
  () => GONE_WITHIN_MS + 2 * GRACE_MS,
];

/** The product's own program, as a supervisor starts and ends it. */
type Program = {
  readonly url: string;
  readonly ended: Promise<number | null>;
  readonly process: ChildProcess;
};

/** Ends the product's own program by SIGTERM while a card's answer waits in Postgres, for a moment, for seconds and for too long. */
export async function runStoppedInRequest(seed: string): Promise<RealCase> {
  const current: { program: Program | null } = { program: null };
  const clock = createFormulaClock({ startAt: new Date(), realStartMs: Date.now(), speed: 1 });
  const place = await openPlace({
    clock,
    backendOrigin: () => current.program?.url ?? null,
    isDurable: true,
  });
  const random = createRandom(`${seed}/stopped in a request`);
  const violations: string[] = [];
  let hits = 0;
  try {
    const account = await openAccount(place, { portalId: 1, mode: 'unique', companies: CUSTOMERS });
    for (const waitMs of WAITS_MS) {
      current.program = await start(place);
      const stop = await stopInRequest(place, account, current.program, waitMs(random));
      hits += stop.isHit ? 1 : 0;
      violations.push(...stop.violations);
      current.program = await start(place);
      violations.push(...(await sendAgain(place, account, stop)));
      await end(current.program);
    }
  } finally {
    if (current.program !== null) await end(current.program);
    await place.close();
  }
  return { ...CASE, seeds: WAITS_MS.length, hits, violations, skipped: null };
}

async function start(place: Place): Promise<Program> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...place.environment, ROLE: 'all', PORT: String(port) },
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    void ended.then(() => reject(new Error('The program ended at its start.')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('is ready')) resolve();
    });
  });
  return { url: `http://127.0.0.1:${port}`, ended, process: child };
}

async function end({ process: child, ended }: Program): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

type Stop = {
  readonly submissionId: string;
  readonly companyId: string;
  readonly isHit: boolean;
  readonly violations: readonly string[];
};

/** A card's answer comes to wait for a lock, the program is told to stop, and the lock is given up after a while. */
async function stopInRequest(
  place: Place,
  account: Account,
  program: Program,
  waitMs: number,
): Promise<Stop> {
  const [companyId = ''] = account.companyIds;
  await untilAnswered(place, account, { submissionId: randomUUID(), companyId });
  const answer = { submissionId: randomUUID(), companyId };
  const lock = await place.owner.connect();
  try {
    await lock.query('BEGIN; LOCK TABLE check_ins IN SHARE ROW EXCLUSIVE MODE');
    const saving = saveAnswer(place, account, answer);
    const isHit = await waitsForLock(place);
    const toldAtMs = performance.now();
    program.process.kill('SIGTERM');
    const gone = program.ended.then((code) => ({ code, afterMs: performance.now() - toldAtMs }));
    await Promise.race([gone, sleep(waitMs)]);
    await lock.query('ROLLBACK');
    const last = await Promise.race([gone, sleep(PATIENCE_MS, null)]);
    if (last === null) await end(program);
    const isAcknowledged = await saving;
    const times = await savedTimes(place, account, answer.submissionId);
    const isAnswered = waitMs < GONE_WITHIN_MS;
    return {
      ...answer,
      isHit,
      violations: [
        ...(last === null || last.afterMs > GONE_WITHIN_MS + GRACE_MS
          ? [`a process was there ${Math.round(last?.afterMs ?? PATIENCE_MS)} ms after SIGTERM`]
          : []),
        ...(isAnswered && last?.code !== 0
          ? [`a process with an answer in hand ended with ${last?.code}`]
          : []),
        ...(isAnswered && !isAcknowledged ? [`an answer that waited ${waitMs} ms was not acknowledged`] : []),
        ...(isAcknowledged && times !== 1 ? [`an acknowledged answer is there ${times} times`] : []),
        ...(times > 1 ? [`an answer is there ${times} times`] : []),
      ],
    };
  } finally {
    lock.release();
  }
}

/** The card sends it once more, as its user does: it must be taken now, and be there once. */
async function sendAgain(place: Place, account: Account, stop: Stop): Promise<readonly string[]> {
  const isTaken = await untilAnswered(place, account, stop);
  const times = await savedTimes(place, account, stop.submissionId);
  return [
    ...(isTaken ? [] : ['the next process does not take the answer']),
    ...(times === 1 ? [] : [`sent again, an answer is there ${times} times`]),
  ];
}

/** Right after the first start the customers are not read yet. */
async function untilAnswered(
  place: Place,
  account: Account,
  answer: { readonly submissionId: string; readonly companyId: string },
): Promise<boolean> {
  const endMs = performance.now() + PATIENCE_MS;
  while (performance.now() < endMs) {
    if (await saveAnswer(place, account, answer)) return true;
    await sleep(200);
  }
  return false;
}

/** True once a statement of the program waits for the lock. */
async function waitsForLock({ owner }: Place): Promise<boolean> {
  const endMs = performance.now() + PATIENCE_MS;
  while (performance.now() < endMs) {
    const { rows } = await owner.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
       AND query ILIKE '%insert into%check_ins%'`,
    );
    if (rows.length > 0) return true;
    await sleep(20);
  }
  return false;
}
