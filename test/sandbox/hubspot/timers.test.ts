import { describe, expect, it } from '@jest/globals';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import { createTimers } from '../../../sandbox/hubspot/timers.ts';

const START = new Date('2026-11-02T15:00:00Z');

function setUp() {
  const clock = createSandboxClock(START, () => 0);
  return { clock, timers: createTimers(clock), ran: [] as string[] };
}

function after(ms: number): Date {
  return new Date(START.getTime() + ms);
}

describe('virtual timers', () => {
  it('fires nothing before its instant and nothing by itself', async () => {
    const { clock, timers, ran } = setUp();
    timers.at(after(1000), () => void ran.push('due'));

    clock.moveTo(after(999));
    await timers.runDue();
    const early = [...ran];
    clock.moveTo(after(1000));
    await timers.runDue();

    expect([early, ran]).toEqual([[], ['due']]);
    expect(timers.nextDueAt()).toBeNull();
  });

  it('runs in order of time, then of planning', async () => {
    const { clock, timers, ran } = setUp();
    for (const [ms, name] of [
      [20, 'c'],
      [10, 'a'],
      [10, 'b'],
    ] as const)
      timers.at(after(ms), () => void ran.push(name));
    clock.moveTo(after(30));

    await timers.runDue();

    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('runs the rest when one piece of work fails, then tells of the failure', async () => {
    const { timers, ran } = setUp();
    timers.at(START, () => Promise.reject(new Error('broken')));
    timers.at(START, () => void ran.push('still ran'));

    await expect(timers.runDue()).rejects.toThrow('broken');

    expect(ran).toEqual(['still ran']);
  });
});
