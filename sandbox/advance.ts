import type { SandboxClock } from './clock.ts';

/** Somebody with work that becomes due by the clock: the simulator's timers, the backend's jobs. */
export interface DueWork {
  nextDueAt(): Promise<Date | null> | Date | null;
  /** Runs what is due now; returns true where anything ran. */
  runDue(): Promise<boolean>;
}

/** A run that never becomes quiet is a fault to be seen, not waited for. */
const MOST_ROUNDS = 2_000;

/**
 * Moves the clock to `to`, stopping at every instant at which something becomes due, and returns when all is quiet.
 * @throws RangeError for an instant that has passed, Error where work does not come to rest
 */
export async function advanceClock(clock: SandboxClock, work: readonly DueWork[], to: Date): Promise<void> {
  await runUntilQuiet(work);
  for (;;) {
    const next = await earliest(work);
    if (next === null || next > to) break;
    if (next > clock.now()) clock.moveTo(next);
    await runUntilQuiet(work);
  }
  if (to > clock.now()) clock.moveTo(to);
  await runUntilQuiet(work);
}

/** Runs due work until a whole round finds none. */
export async function runUntilQuiet(work: readonly DueWork[]): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let ran = false;
    for (const part of work) ran = (await part.runDue()) || ran;
    if (!ran) return;
  }
  throw new Error('The work that is due does not come to rest.');
}

async function earliest(work: readonly DueWork[]): Promise<Date | null> {
  const times: number[] = [];
  for (const part of work) {
    const next = await part.nextDueAt();
    if (next !== null) times.push(next.getTime());
  }
  return times.length === 0 ? null : new Date(Math.min(...times));
}
