import { fork, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import { cellOf } from './cells.ts';
import type { Row } from './row.ts';
import type { SeedResult } from './run-cell.ts';

/** Some seeds of one cell, done by one worker process in a row. */
export type Task = {
  /** Index of the row in the list of all rows. */
  readonly rowIndex: number;
  readonly mode: TaskKeyMode;
  readonly seeds: readonly string[];
};

export type TaskResult = Omit<Task, 'seeds'> & { readonly results: readonly SeedResult[] };

export type Amount = {
  readonly seed: string;
  /** Only this seed of each cell; null for all of them. */
  readonly at: number | null;
  /** Seeds of a cell and mode; the rows of a cell share them. */
  readonly seeds: number;
  /** The fewest of a row, however many share its cell. */
  readonly leastSeeds: number;
};

/** Few enough that the workers end together, enough that handing them out costs nothing. */
const SEEDS_A_TASK = 10;
const WORKER = new URL('./worker.ts', import.meta.url);

/** Cuts the wanted rows into tasks; who shares a cell with whom is decided among all rows. */
export function tasksOf(
  rows: readonly (readonly [number, Row])[],
  amount: Amount,
  all: readonly Row[] = rows.map(([, row]) => row),
): Task[] {
  return rows.flatMap(([rowIndex, row]) =>
    row.modes.flatMap((mode) => {
      const sharing = all.filter(
        (other) => cellOf(other) === cellOf(row) && other.modes.includes(mode),
      ).length;
      const seeds = seedsOf(row, mode, sharing, amount);
      const parts = Math.ceil(seeds.length / SEEDS_A_TASK);
      return Array.from({ length: parts }, (_, part) => ({
        rowIndex,
        mode,
        seeds: seeds.slice(part * SEEDS_A_TASK, (part + 1) * SEEDS_A_TASK),
      }));
    }),
  );
}

function seedsOf({ fault, point }: Row, mode: TaskKeyMode, sharing: number, amount: Amount): string[] {
  const name = `${amount.seed}/${fault}/${point}/${mode}`;
  if (amount.at !== null) return [`${name}/${amount.at}`];
  const count = Math.max(amount.leastSeeds, Math.ceil(amount.seeds / sharing));
  return Array.from({ length: count }, (_, index) => `${name}/${index}`);
}

/** Runs the tasks in so many processes of their own, each with a HubSpot and a database. */
export async function runInWorkers(
  tasks: readonly Task[],
  workers: number,
  progress: (done: number, last: TaskResult) => void,
): Promise<readonly TaskResult[]> {
  const waiting = [...tasks];
  const results: TaskResult[] = [];
  const count = Math.min(workers, tasks.length);
  const processors = canPin() ? availableParallelism() : 0;
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      serveWorker(waiting, processors === 0 ? null : index % processors, (result) => {
        results.push(result);
        progress(results.length, result);
      }),
    ),
  );
  return results;
}

/** A worker and its database take turns all the time: on one processor, the next turn costs no message to another one. */
const canPin = (): boolean => spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

function serveWorker(
  waiting: Task[],
  processor: number | null,
  done: (result: TaskResult) => void,
): Promise<void> {
  const flags = [...process.execArgv, '--max-semi-space-size=32'];
  const worker = fork(
    WORKER,
    [],
    processor === null
      ? { execArgv: flags }
      : { execPath: 'taskset', execArgv: ['-c', String(processor), process.execPath, ...flags] },
  );
  return new Promise((resolve, reject) => {
    let current: Task | undefined;
    const next = () => {
      current = waiting.shift();
      worker.send(current ?? 'end');
    };
    worker.on('message', (message: 'ready' | readonly SeedResult[]) => {
      if (message !== 'ready' && current !== undefined)
        done({ rowIndex: current.rowIndex, mode: current.mode, results: message });
      next();
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A worker of the fault run ended with code ${code}; see above.`));
    });
  });
}
