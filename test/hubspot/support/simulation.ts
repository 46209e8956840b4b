import type { Clock } from '../../../src/usecases/ports.ts';
import { START } from './fakes.ts';

export type Simulation = ReturnType<typeof createSimulation>;

/** A repeatable stream of numbers from 0 to 1 (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Time that jumps from one event to the next once everything between them has settled; timers ring on time or 10 ms late. */
export function createSimulation(seed: number) {
  const random = seededRandom(seed);
  const events: { atMs: number; ring: () => void }[] = [];
  let nowMs = START.getTime();
  let working = 0;
  const clock: Clock = { now: () => new Date(nowMs) };

  function wait(ms: number): Promise<void> {
    return new Promise((ring) => events.push({ atMs: nowMs + Math.max(0, Math.round(ms)), ring }));
  }

  async function settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (working > 0);
  }

  return {
    clock,
    random,
    /** Exactly that long. */
    wait,
    sleep: (ms: number) => wait(ms + (random() < 0.5 ? 0 : 10)),
    sinceStartMs: () => nowMs - START.getTime(),
    /** Time stands still while `work` runs, e.g. a query of a real database. */
    async during<T>(work: () => Promise<T>): Promise<T> {
      working += 1;
      try {
        return await work();
      } finally {
        working -= 1;
      }
    },
    /** Until nothing is to come, or until this long after the start. */
    async run(untilMs: number): Promise<void> {
      for (;;) {
        await settle();
        events.sort((left, right) => left.atMs - right.atMs);
        const next = events[0];
        if (next === undefined || next.atMs > START.getTime() + untilMs) return;
        events.shift();
        nowMs = next.atMs;
        next.ring();
      }
    },
  };
}
