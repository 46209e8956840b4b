/** The calibration cut into jobs, run on a few threads; the results do not depend on who ran what. */
import { Worker } from 'node:worker_threads';
import type { Group } from './cells.ts';
import { groupsToRun } from './cells.ts';
import type { Coverage } from './coverage.ts';
import { coverageOf } from './coverage.ts';
import type { ConfusionRow, GridRow } from './run-cells.ts';
import { runConfusion, runGroup } from './run-cells.ts';
import type { State } from './states.ts';
import { STATES } from './states.ts';

type Work =
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'confusion'; readonly state: State; readonly setting: 'C' | 'M' }
  | { readonly kind: 'coverage' };

export type Job = Work & { readonly draws: number; readonly seed: string };

export type JobResult =
  | { readonly kind: 'group'; readonly rows: readonly GridRow[] }
  | { readonly kind: 'confusion'; readonly row: ConfusionRow }
  | { readonly kind: 'coverage'; readonly coverage: Coverage };

/** The matrix is held to 0.8 percentage points, so its rows need this many draws even in a short run. */
const FEWEST_MATRIX_DRAWS = 100_000;

/** Returns all jobs of a run. */
export function jobsOf(options: { draws: number; seed: string; isShort: boolean }): Job[] {
  const { draws, seed, isShort } = options;
  const confusion = (['M', 'C'] as const).flatMap((setting) =>
    STATES.map((state): Work => ({ kind: 'confusion', state, setting })),
  );
  const groups = groupsToRun(isShort).map((group): Work => ({ kind: 'group', group }));
  const cells = groups.map((work) => ({ ...work, draws, seed }));
  const matrix = [...confusion, { kind: 'coverage' } as const];
  return [
    ...cells,
    ...matrix.map((work) => ({ ...work, draws: Math.max(draws, FEWEST_MATRIX_DRAWS), seed })),
  ];
}

/** Runs one job; its seed and its content alone decide the result. */
export function runJob(job: Job): JobResult {
  switch (job.kind) {
    case 'group':
      return { kind: 'group', rows: runGroup(job.group, job.draws, job.seed) };
    case 'confusion':
      return { kind: 'confusion', row: runConfusion(job.state, job.setting, job.draws, job.seed) };
    case 'coverage':
      return { kind: 'coverage', coverage: coverageOf(job.draws, job.seed) };
  }
}

/** Runs the jobs on threads and returns the results in the order of the jobs; `onDone` hears how many are done. */
export async function runJobs(
  jobs: readonly Job[],
  threads: number,
  onDone: (done: number) => void,
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  let next = 0;
  let done = 0;
  const work = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url));
    try {
      for (let at = next++; at < jobs.length; at = next++) {
        const job = jobs[at];
        if (job !== undefined) results[at] = await askWorker(worker, job);
        done += 1;
        onDone(done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, jobs.length) }, work));
  return results;
}

function askWorker(worker: Worker, job: Job): Promise<JobResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (result: JobResult) => {
      worker.removeListener('error', reject);
      resolve(result);
    });
    worker.postMessage(job);
  });
}
