import type { PortalId } from '../core/model.ts';
import type { Queue } from '../usecases/ports.ts';
import type { JobName } from '../usecases/records.ts';

/**
 * Wakes the worker within one process: the embedded database allows only one. A wake-up that is lost with the process is
 * found by the next tick, since what is due stands in the rows.
 */
export function createInProcessQueue(): Queue & {
  onWake(run: (job: JobName, portalId: PortalId) => void): void;
} {
  let listener: ((job: JobName, portalId: PortalId) => void) | null = null;
  return {
    wake: (job, portalId) => {
      listener?.(job, portalId);
      return Promise.resolve();
    },
    onWake: (run) => {
      listener = run;
    },
  };
}
