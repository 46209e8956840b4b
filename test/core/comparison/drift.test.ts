import { describe, expect, it } from '@jest/globals';
import { driftOf } from '../../../src/core/comparison/drift.ts';
import { createRandom } from '../../../src/core/random.ts';

const cycles = (credits: number[], n = 12) => credits.map((count) => ({ credits: count, n }));

describe('a slow drift', () => {
  it('is summed from the usual share of the first four cycles', () => {
    // Usual share 43/48 = 0.8958; a cycle of 8/12 is z = −2.60, so the sum grows by 2.10 each time.
    const drift = driftOf(cycles([11, 11, 10, 11, 8, 8, 8]));

    expect(drift.usualShare).toBeCloseTo(0.8958, 4);
    expect(drift.sums.map((sum) => Number(sum.toFixed(2)))).toEqual([2.1, 4.2, 6.3]);
    expect(drift.isSignaled).toBe(true);
  });

  it('holds the usual share to half and nine tenths', () => {
    expect(driftOf(cycles([12, 12, 12, 12])).usualShare).toBe(0.9);
    expect(driftOf(cycles([1, 1, 1, 1])).usualShare).toBe(0.5);
  });

  it('skips cycles with fewer than eight check-ins', () => {
    const few = { credits: 0, n: 7 };
    const drift = driftOf([...cycles([11, 11]), few, ...cycles([10, 11, 8]), few]);

    expect(drift.usualShare).toBeCloseTo(0.8958, 4);
    expect(drift.sums.map((sum) => Number(sum.toFixed(2)))).toEqual([2.1, 2.1]);
  });

  it('counts cycles of eight check-ins', () => {
    const drift = driftOf(cycles([7, 7, 7, 7, 4], 8));

    expect(drift.usualShare).toBe(0.875);
    expect(drift.sums.map((sum) => Number(sum.toFixed(2)))).toEqual([2.71]);
  });

  it('signals above five, not at five', () => {
    // Usual share 8/16; a cycle of 5/16 is z = −1.5 exactly, so the sum grows by 1 each time.
    const afterCycles = (length: number) =>
      driftOf([
        ...cycles([8, 8, 8, 8], 16),
        ...cycles(
          Array.from({ length }, () => 5),
          16,
        ),
      ]);

    expect(afterCycles(5)).toEqual({ usualShare: 0.5, sums: [1, 2, 3, 4, 5], isSignaled: false });
    expect(afterCycles(6).isSignaled).toBe(true);
  });

  it('starts anew after a signal, and signals again where the share stays low', () => {
    // Usual share 8/16; a cycle of 4/16 is z = −2 exactly, so the sum grows by 1.5 each time.
    const low = Array.from({ length: 8 }, () => 4);

    const drift = driftOf(cycles([8, 8, 8, 8, ...low], 16));

    expect(drift).toEqual({
      usualShare: 0.5,
      sums: [1.5, 3, 4.5, 6, 1.5, 3, 4.5, 6],
      isSignaled: true,
    });
  });

  it.each([
    [3, true],
    [4, false],
  ])('is marked for %i cycles after a signal: %s', (recovered, isSignaled) => {
    const drift = driftOf(
      cycles([8, 8, 8, 8, 4, 4, 4, 4, ...Array.from({ length: recovered }, () => 8)], 16),
    );

    expect(drift.sums.slice(0, 6)).toEqual([1.5, 3, 4.5, 6, 0, 0]);
    expect(drift.isSignaled).toBe(isSignaled);
  });

  it('ages in cycles that are skipped too', () => {
    const few = { credits: 7, n: 7 };
    const after = (skipped: readonly (typeof few)[]) =>
      driftOf([...cycles([8, 8, 8, 8, 4, 4, 4, 4], 16), ...skipped]);

    expect(after([few, few, few])).toMatchObject({ sums: [1.5, 3, 4.5, 6, 0, 0, 0], isSignaled: true });
    expect(after([few, few, few, few]).isSignaled).toBe(false);
  });

  it('says nothing before four cycles', () => {
    expect(driftOf(cycles([1, 1, 1]))).toEqual({ usualShare: null, sums: [], isSignaled: false });
  });

  // The document's simulated shares, from 8,000 reps each; seed 'drift'.
  it.each([
    [0.9, 0.9, 8, 0.006, 0.004],
    [0.8, 0.8, 8, 0.08, 0.012],
    [0.9, 0.7, 8, 0.93, 0.012],
    [0.9, 0.7, 4, 0.63, 0.02],
  ])(
    'from %d to %d over %i cycles signals in a share of %d',
    (before, after, length, expected, tolerance) => {
      const random = createRandom('drift');
      const cycleOf = (share: number) => ({
        credits: Array.from({ length: 12 }, () => random.uniform() < share).filter(Boolean).length,
        n: 12,
      });
      const signals = Array.from({ length: 8000 }, () =>
        driftOf(Array.from({ length: 4 + length }, (_, index) => cycleOf(index < 4 ? before : after))),
      ).filter(({ sums }) => sums.some((sum) => sum > 5)).length;

      expect(Math.abs(signals / 8000 - expected)).toBeLessThan(tolerance);
    },
  );
});
