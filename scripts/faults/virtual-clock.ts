import type { SandboxClock } from '../../sandbox/clock.ts';

/** The one clock of simulator, database and engines in a fault run: it stands still but for what is waited for. */
export interface VirtualClock extends SandboxClock {
  /** Begins another seed at any instant, earlier ones too: nothing of the seed before it is looked at again. */
  resetTo(instant: Date): void;
}

/** A clock at `startAt` that only moves when told. Going back within a seed is refused (RangeError). */
export function createVirtualClock(startAt: Date): VirtualClock {
  let nowMs = startAt.getTime();
  return {
    now: () => new Date(nowMs),
    moveTo: (instant) => {
      if (instant.getTime() < nowMs) throw new RangeError('the clock of a fault run cannot go back');
      nowMs = instant.getTime();
    },
    freeze: () => undefined,
    wait: (ms) => {
      nowMs += Math.ceil(ms);
      return Promise.resolve();
    },
    resetTo: (instant) => {
      nowMs = instant.getTime();
    },
  };
}
