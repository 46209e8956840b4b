import { describe, expect, it } from '@jest/globals';
import { inFlight } from '../../src/usecases/in-flight.ts';
import { createTestClock } from '../support/deps.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when the test lets it, after `replyMs` on the test's clock. */
function createLine(pieces: number, replyMs: number) {
  const clock = createTestClock('2026-10-01T05:00:00Z');
  const ends: (() => void)[] = [];
  let prepared = 0;
  const next = () => {
    if (prepared === pieces) return Promise.resolve(null);
    prepared += 1;
    return Promise.resolve(() => new Promise<void>((resolve) => ends.push(resolve)));
  };
  return {
    clock,
    next,
    prepared: () => prepared,
    underWay: () => ends.length,
    endAll: async () => {
      clock.advance(replyMs);
      for (const end of ends.splice(0)) end();
      await nextTurn();
    },
  };
}

describe('batches side by side', () => {
  it.each([
    [100, 4],
    [500, 8],
    [1_000, 13],
    [5_000, 16],
  ])('are as many as the line carries at replies of %i ms: %i', async (replyMs, expected) => {
    const line = createLine(200, replyMs);
    const done = inFlight(line, line.next);
    await nextTurn();
    const first = line.underWay();
    await line.endAll();

    const widest = line.underWay();
    while (line.underWay() > 0) await line.endAll();
    await done;

    expect([first, widest, line.prepared()]).toEqual([6, expected, 200]);
  });

  it('end before the first error is thrown, and none is prepared after it', async () => {
    const clock = createTestClock('2026-10-01T05:00:00Z');
    const ended: number[] = [];
    let prepared = 0;
    const next = () => {
      const number = (prepared += 1);
      return Promise.resolve(async () => {
        if (number === 2) throw new Error('the second broke');
        await nextTurn();
        ended.push(number);
        if (number === 3) throw new Error('the third broke later');
      });
    };

    const run = inFlight({ clock }, next);

    await expect(run).rejects.toThrow('the second broke');
    expect(ended).toEqual(prepared === 2 ? [1] : [1, 3]);
    expect(prepared).toBeLessThanOrEqual(3);
  });

  it('end too where the next one cannot be prepared', async () => {
    const clock = createTestClock('2026-10-01T05:00:00Z');
    const ended: number[] = [];
    const works = [
      async () => {
        await nextTurn();
        ended.push(1);
      },
    ];
    const next = () => {
      const work = works.shift();
      return work === undefined ? Promise.reject(new Error('no database')) : Promise.resolve(work);
    };

    await expect(inFlight({ clock }, next)).rejects.toThrow('no database');

    expect(ended).toEqual([1]);
  });
});
