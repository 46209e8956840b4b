import { setTimeout as sleep } from 'node:timers/promises';

/** The one clock of a sandbox: simulator and backend read the same time. */
export interface SandboxClock {
  /** The simulated now. */
  now(): Date;
  /** Simulated milliseconds are added to real ones: the clock keeps ticking after a jump. Going back is refused (RangeError). */
  moveTo(instant: Date): void;
  /** Stops ticking (tests) or goes on (people). */
  freeze(frozen: boolean): void;
  /** Waits so many milliseconds: really while the clock ticks; a stopped clock is moved on instead, and nobody loses time. */
  wait(ms: number): Promise<void>;
}

/**
 * A clock that starts at `startAt` and ticks in real time unless frozen.
 * @param startAt first simulated instant
 * @param realNowMs source of real milliseconds, for tests
 */
export function createSandboxClock(startAt: Date, realNowMs: () => number = Date.now): SandboxClock {
  let baseMs = startAt.getTime();
  let realBaseMs = realNowMs();
  let frozen = false;
  const nowMs = () => (frozen ? baseMs : baseMs + (realNowMs() - realBaseMs));
  const rebase = (ms: number) => {
    baseMs = ms;
    realBaseMs = realNowMs();
  };
  return {
    now: () => new Date(nowMs()),
    moveTo: (instant) => {
      if (instant.getTime() < nowMs()) throw new RangeError('the sandbox clock cannot go back');
      rebase(instant.getTime());
    },
    freeze: (next) => {
      rebase(nowMs());
      frozen = next;
    },
    wait: (ms) => {
      if (!frozen) return sleep(ms);
      rebase(nowMs() + ms);
      return Promise.resolve();
    },
  };
}
