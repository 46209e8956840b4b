import type { SandboxClock } from '../../sandbox/clock.ts';

/** The one clock of simulator, database and engines in a fault run: it stands still but for what is waited for. */
export interface VirtualClock extends SandboxClock {
  /** Begins another seed at any instant, earlier ones too: nothing of the seed before it is looked at again. */
  resetTo(instant: Date): void;
}

/** A clock at `startAt` that only moves when told. Going back within a seed is refused (RangeError). */
export function createVirtualClock(startAt: Date): VirtualClock {
  let nowMs = startAt.getTime();
  const waiting: { readonly untilMs: number; readonly resolve: () => void }[] = [];
  // Those who wait at the same time wait beside each other: the one whose time comes first is woken first.
  const wakeEarliest = () => {
    waiting.sort((a, b) => a.untilMs - b.untilMs);
    const earliest = waiting.shift();
    if (earliest === undefined) return;
    nowMs = Math.max(nowMs, earliest.untilMs);
    earliest.resolve();
  };
  return {
    now: () => new Date(nowMs),
    moveTo: (instant) => {
      if (instant.getTime() < nowMs) throw new RangeError('the clock of a fault run cannot go back');
      nowMs = instant.getTime();
    },
    freeze: () => undefined,
    wait: (ms) =>
      new Promise((resolve) => {
        waiting.push({ untilMs: nowMs + Math.ceil(ms), resolve });
        setImmediate(wakeEarliest);
      }),
    resetTo: (instant) => {
      for (const { resolve } of waiting.splice(0)) resolve();
      nowMs = instant.getTime();
    },
  };
}
