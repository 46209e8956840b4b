import { PACE_WINDOW_MS, paceOf } from '../core/cadence/run-pace.ts';
import type { PortalId } from '../core/model.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';

const LINE_EVERY_MS = 10_000;

export interface RunLog {
  /** Between two batches. Writes a line where ten seconds have passed since the last one, beside the work. */
  tick(): void;
  /** The last line. */
  end(): Promise<void>;
}

/** The lines about one run in the log: at its begin, every ten seconds, and at its end. */
export function createRunLog(deps: Deps, portalId: PortalId): RunLog {
  let nextAtMs = 0;
  let writing = Promise.resolve();

  async function write(): Promise<void> {
    try {
      deps.log.info({ portalId, ...(await readProgress(deps, portalId)) }, 'quarter run');
    } catch {
      // What keeps the counts from being read stops the run too, and is logged there.
    }
  }

  return {
    tick: () => {
      const nowMs = deps.clock.now().getTime();
      if (nowMs < nextAtMs) return;
      nextAtMs = nowMs + LINE_EVERY_MS;
      writing = writing.then(write);
    },
    end: () => writing.then(write),
  };
}

function readProgress(deps: Deps, portalId: PortalId) {
  return deps.store.inTenant(portalId, async (scope) => {
    const { cycle, now } = await loadPortal(deps, scope);
    const { touches } = deps.store;
    const counts = await touches.countByState(scope, cycle.label);
    const since = new Date(now.getTime() - PACE_WINDOW_MS);
    const figures = await touches.runFigures(scope, cycle.label, now, since);
    const { ratePerMinute, expectedEndAt } = paceOf(figures, now);
    return {
      done: counts.created + counts.done,
      left: figures.leftNow,
      ratePerMinute,
      expectedEndAt: expectedEndAt?.toISOString() ?? null,
    };
  });
}
