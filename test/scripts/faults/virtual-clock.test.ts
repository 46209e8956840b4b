import { describe, expect, it } from '@jest/globals';
import { createVirtualClock } from '../../../scripts/faults/virtual-clock.ts';

const START = new Date('2026-08-12T15:00:00.000Z');

describe('the clock of a fault run', () => {
  it('lets those who wait at the same time wait beside each other', async () => {
    const clock = createVirtualClock(START);
    const woken: string[] = [];

    await Promise.all([
      clock.wait(5_000).then(() => woken.push('later')),
      clock.wait(2_000).then(() => woken.push('sooner')),
    ]);

    expect(woken).toEqual(['sooner', 'later']);
    expect(clock.now()).toEqual(new Date('2026-08-12T15:00:05.000Z'));
  });

  it('goes back for another seed, and not within one', () => {
    const clock = createVirtualClock(START);
    clock.moveTo(new Date('2026-08-12T16:00:00.000Z'));

    expect(() => clock.moveTo(START)).toThrow(RangeError);
    clock.resetTo(START);

    expect(clock.now()).toEqual(START);
  });
});
