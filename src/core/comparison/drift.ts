/** A slow fall of the credit share, too slow to be seen: a one-sided CUSUM (Page 1954). Severity 0. */
import { ROLLING_CYCLES } from './aggregates.ts';

/** One rep in one cycle: credits among n comparable check-ins. */
export type CycleCredit = { readonly credits: number; readonly n: number };

export type Drift = {
  /** The rep's own usual share, from the first four cycles; null before them. */
  readonly usualShare: number | null;
  /** The sum after each cycle that followed; skipped cycles repeat it. After a signal it starts anew from 0. */
  readonly sums: readonly number[];
  /** In one of the last four cycles: a rep whose share has recovered is marked no longer, one whose share still falls is again. */
  readonly isSignaled: boolean;
};

const BASELINE_CYCLES = 4;
const FEWEST_PER_CYCLE = 8;
const LOWEST_USUAL_SHARE = 0.5;
const HIGHEST_USUAL_SHARE = 0.9;
const SLACK = 0.5;
const SIGNAL_ABOVE = 5;

/** Returns the drift of a rep's cycles, oldest first; the first four cycles with enough check-ins set the usual share. */
export function driftOf(cycles: readonly CycleCredit[]): Drift {
  const usable = [...cycles.keys()].filter((at) => (cycles[at]?.n ?? 0) >= FEWEST_PER_CYCLE);
  const baseline = usable.slice(0, BASELINE_CYCLES);
  const lastOfBaseline = baseline[BASELINE_CYCLES - 1];
  if (lastOfBaseline === undefined) return { usualShare: null, sums: [], isSignaled: false };
  const usualShare = heldWithin(pooledShare(cycles.filter((_, at) => baseline.includes(at))));
  const sums = sumsAfter(cycles.slice(lastOfBaseline + 1), usualShare);
  return { usualShare, sums, isSignaled: sums.slice(-ROLLING_CYCLES).some(isSignal) };
}

function sumsAfter(cycles: readonly CycleCredit[], usualShare: number): number[] {
  let carried = 0;
  return cycles.map(({ credits, n }) => {
    if (n < FEWEST_PER_CYCLE) return carried;
    const z = (credits / n - usualShare) / Math.sqrt((usualShare * (1 - usualShare)) / n);
    const sum = Math.max(0, carried - z - SLACK);
    carried = isSignal(sum) ? 0 : sum;
    return sum;
  });
}

const isSignal = (sum: number): boolean => sum > SIGNAL_ABOVE;

function pooledShare(cycles: readonly CycleCredit[]): number {
  const credits = cycles.reduce((total, cycle) => total + cycle.credits, 0);
  return credits / cycles.reduce((total, cycle) => total + cycle.n, 0);
}

function heldWithin(share: number): number {
  return Math.min(HIGHEST_USUAL_SHARE, Math.max(LOWEST_USUAL_SHARE, share));
}
