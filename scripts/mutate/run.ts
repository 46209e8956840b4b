/** Tries mutants in worker threads: nothing is written, and a mutant that loops for ever ends with its thread. */
import { Worker } from 'node:worker_threads';
import { testsOf, type Modules } from './modules.ts';

/** Few cases of each property: a mutant that needs more to be seen is looked at by hand. */
const PROPERTY_RUNS = '300';

export type Trial = {
  readonly id: number;
  readonly path: string;
  readonly text: string;
  /** Modules that the change can reach, the tests among them. */
  readonly reached: ReadonlySet<string>;
  readonly tests: readonly string[];
};

export type Verdict = {
  /** The test file that failed, or null where all passed. */
  readonly killedBy: string | null;
  /** What it said. */
  readonly why: string | null;
  /** Of the test files that passed. */
  readonly tookMs: Readonly<Record<string, number>>;
};

const BESIDE = 'an error beside the tests';
const LOOPED: Verdict = { killedBy: 'the clock', why: 'It took too long.', tookMs: {} };

/** What earlier trials have taught about the tests: how long each takes, and which one saw the last mistake in a file. */
export type Learned = { readonly tookMs: Map<string, number>; readonly lastKiller: Map<string, string> };

export type Bench = {
  /** Puts a text in place of a file's own and runs the tests that can see it, the likely and quick ones first, until one fails. */
  judge(path: string, text: string): Promise<Verdict>;
  close(): Promise<void>;
};

/** Returns a bench of one thread. What is learned is shared by all benches. */
export function openBench(root: string, modules: Modules, learned: Learned): Bench {
  let worker: Worker | null = null;
  let trials = 0;
  const close = async () => {
    await worker?.terminate();
    worker = null;
  };
  return {
    close,
    judge: async (path, text) => {
      if (trials % modules.field.trialsPerThread === 0) await close();
      trials += 1;
      worker ??= openWorker(root, modules);
      const reached = modules.reachedFrom(path);
      const tests = inOrder(testsOf(modules, path), learned, path);
      const trial = { id: trials, path, text, reached, tests };
      const verdict = await answer(worker, trial, modules.field.timeoutMs);
      if (verdict === LOOPED || verdict.killedBy === BESIDE) await close();
      learn(learned, path, verdict);
      return verdict;
    },
  };
}

function inOrder(tests: readonly string[], { tookMs, lastKiller }: Learned, path: string): string[] {
  const cost = (test: string) => (lastKiller.get(path) === test ? -1 : (tookMs.get(test) ?? 0));
  return [...tests].sort((left, right) => cost(left) - cost(right));
}

function learn({ tookMs, lastKiller }: Learned, path: string, verdict: Verdict): void {
  for (const [test, ms] of Object.entries(verdict.tookMs)) if (!tookMs.has(test)) tookMs.set(test, ms);
  if (verdict.killedBy !== null) lastKiller.set(path, verdict.killedBy);
}

function openWorker(root: string, modules: Modules): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { root, texts: modules.texts },
    env: { ...process.env, PROPERTY_RUNS, SEED: '1' },
    stdout: true,
    execArgv: ['--no-warnings'],
  });
}

function answer(worker: Worker, trial: Trial, timeoutMs: number): Promise<Verdict> {
  return new Promise((resolve) => {
    const end = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      act();
    };
    const onMessage = (verdict: Verdict) => end(() => resolve(verdict));
    // As of a promise that nobody waited for.
    const onError = (error: unknown) =>
      end(() => resolve({ killedBy: BESIDE, why: String(error), tookMs: {} }));
    const timer = setTimeout(() => end(() => resolve(LOOPED)), timeoutMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.postMessage(trial);
  });
}
