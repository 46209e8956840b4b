import type { SandboxClock } from '../clock.ts';

/** Work that waits for a simulated instant. Nothing fires by itself: the sandbox's main loop calls `runDue`. */
export interface Timers {
  /** Plans `run` for `instant`; equal instants run in the order they were planned. */
  at(instant: Date, run: () => Promise<void> | void): void;
  /** When the next planned work is due, or null when nothing waits. */
  nextDueAt(): Date | null;
  /** Runs everything that is due now, including work that the due work plans for now; throws the first failure at the end. */
  runDue(): Promise<void>;
}

interface Planned {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => Promise<void> | void;
}

/** Virtual timers on the sandbox's clock. */
export function createTimers(clock: SandboxClock): Timers {
  const waiting: Planned[] = [];
  let order = 0;
  const takeNextDue = (): Planned | undefined => {
    const first = waiting[0];
    return first !== undefined && first.dueMs <= clock.now().getTime() ? waiting.shift() : undefined;
  };
  return {
    at: (instant, run) => {
      order += 1;
      insertSorted(waiting, { dueMs: instant.getTime(), order, run });
    },
    nextDueAt: () => (waiting[0] === undefined ? null : new Date(waiting[0].dueMs)),
    runDue: async () => {
      const failures: unknown[] = [];
      for (let next = takeNextDue(); next !== undefined; next = takeNextDue()) {
        try {
          await next.run();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}

function insertSorted(waiting: Planned[], planned: Planned): void {
  let index = waiting.length;
  while (index > 0 && comesAfter(waiting[index - 1], planned)) index -= 1;
  waiting.splice(index, 0, planned);
}

function comesAfter(earlier: Planned | undefined, planned: Planned): boolean {
  return earlier !== undefined && earlier.dueMs > planned.dueMs;
}
