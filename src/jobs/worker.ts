import type { PortalId } from '../core/model.ts';
import type { Log } from '../usecases/ports.ts';
import type { JobName } from '../usecases/records.ts';
import type { JobRunner } from './runner.ts';

export interface Worker {
  /** Runs one job soon, after what is running. */
  wake(job: JobName, portalId: PortalId): void;
  /** Waits until nothing is running or waiting. */
  quiet(): Promise<void>;
  /** Takes nothing new; resolves when the running job has ended. */
  stop(): Promise<void>;
}

/** Runs wake-ups one after another and looks for due work at every tick, so that a lost wake-up costs a tick at most. */
export function createWorker(runner: JobRunner, log: Log, tickMs: number): Worker {
  let chain: Promise<unknown> = Promise.resolve();
  let isStopped = false;
  const waiting = new Set<string>();

  const enqueue = (key: string, run: () => Promise<unknown>) => {
    if (isStopped || waiting.has(key)) return;
    waiting.add(key);
    chain = chain.then(async () => {
      waiting.delete(key);
      if (isStopped) return;
      await run().catch((error: unknown) => {
        log.error(
          { cause: error instanceof Error ? error.name : typeof error },
          'the worker could not look for work',
        );
      });
    });
  };

  const timer = setInterval(() => {
    enqueue('tick', () => runner.runDue());
  }, tickMs);

  return {
    wake: (job, portalId) => {
      enqueue(`${portalId}/${job}`, () => runner.runOne(job, portalId));
    },
    quiet: async () => {
      for (let seen: Promise<unknown> | null = null; seen !== chain;) {
        seen = chain;
        await seen;
      }
    },
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      await Promise.all([runner.drain(), chain]);
    },
  };
}
