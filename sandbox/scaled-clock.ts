import { setTimeout as sleep } from 'node:timers/promises';
import { createSandboxClock, type SandboxClock } from './clock.ts';

/** A clock that several processes reckon alike: now = startAt + (real − realStart) × speed. */
export type ClockFormula = {
  /** First simulated instant. */
  readonly startAt: Date;
  /** Real milliseconds since 1970 at which the clock showed `startAt`. */
  readonly realStartMs: number;
  /** Simulated milliseconds that pass in one real one. */
  readonly speed: number;
};

/**
 * Reads `real`, or a start with a speed such as `2026-10-01T00:00:00Zx60`.
 * @param realStartMs the real instant at which the clock starts; real time ignores it
 * @throws RangeError for any other text
 */
export function parseClockFormula(text: string, realStartMs: number): ClockFormula {
  if (text === 'real') return { startAt: new Date(0), realStartMs: 0, speed: 1 };
  const [, start = '', factor = ''] = /^(.+Z)x(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const startAt = new Date(start);
  const speed = Number(factor);
  if (Number.isNaN(startAt.getTime()) || !(speed > 0))
    throw new RangeError(
      `"${text}" is no clock: write real, or a start and a speed: 2026-10-01T00:00:00Zx60`,
    );
  return { startAt, realStartMs, speed };
}

/** The simulated instant that the formula gives for a real one. */
export function formulaNow({ startAt, realStartMs, speed }: ClockFormula, realNowMs = Date.now()): Date {
  return new Date(startAt.getTime() + (realNowMs - realStartMs) * speed);
}

/** A sandbox clock that follows the formula for as long as nobody moves or stops it through the control API. */
export function createFormulaClock(formula: ClockFormula, realNowMs: () => number = Date.now): SandboxClock {
  const clock = createSandboxClock(formulaNow(formula, realNowMs()), () => realNowMs() * formula.speed);
  let frozen = false;
  return {
    ...clock,
    freeze: (next) => {
      clock.freeze(next);
      frozen = next;
    },
    wait: (ms) => (frozen ? clock.wait(ms) : sleep(ms / formula.speed)),
  };
}
