/** The chance that a customer answers "that long ago" although every logged touch took place. */
import { normalCdf } from './normal.ts';
import type { Settings } from './settings.ts';
import { COUNTED_DAYS, LOWEST_FLOOR } from './settings.ts';

/** A band edge that stands for "never": one day beyond the longest bounded band. */
export const NEVER_EDGE_DAYS = 183;

const K_MIN_TOLERANCE = 1e-9;
/** No log has more touch-days to count than this, so a larger k_min means "never". */
const MOST_TOUCH_DAYS = COUNTED_DAYS + 1;
const LARGEST_ONE_IN = 1000;

/** Returns H(k), the chance that one respondent misses all of k touches (q^k when rho is 0). */
export function missAllChance(k: number, settings: Pick<Settings, 'q' | 'rho'>): number {
  const { q, rho } = settings;
  let chance = 1;
  for (let missed = 0; missed < k; missed += 1) {
    chance *= (q * (1 - rho) + missed * rho) / (1 - rho + missed * rho);
  }
  return chance;
}

/** Returns k_min, the fewest touch-days that can make a firm difference, never below 3, or null when no number is enough. */
export function fewestTouchDays(settings: Settings): number | null {
  for (let k = Math.max(LOWEST_FLOOR, settings.floor); k <= MOST_TOUCH_DAYS; k += 1) {
    if (missAllChance(k, settings) <= settings.alpha + K_MIN_TOLERANCE) return k;
  }
  return null;
}

/**
 * Returns mu, the recall chance, rounded to 6 decimals. `ageDays` are the different ages of the touch-days;
 * `edgeDays` is the near edge of the recency answer, at least 91, with "never" read as 183.
 * The newest remembered touch is misdated past the edge, or no touch is remembered at all.
 */
export function recallChance(
  ageDays: readonly number[],
  edgeDays: number,
  settings: Pick<Settings, 'q' | 'rho' | 'sigma'>,
): number {
  const edge = Math.min(edgeDays, NEVER_EDGE_DAYS);
  const { q, rho, sigma } = settings;
  let allNewerMissed = 1;
  let chance = 0;
  let missed = 0;
  for (const age of [...ageDays].sort((left, right) => left - right)) {
    const thisMissedToo = (allNewerMissed * (q * (1 - rho) + missed * rho)) / (1 - rho + missed * rho);
    chance += (allNewerMissed - thisMissedToo) * normalCdf(-Math.log(edge / (age + 1)) / sigma);
    allNewerMissed = thisMissedToo;
    missed += 1;
  }
  return Math.round((chance + allNewerMissed) * 1e6) / 1e6;
}

/** Returns N of "fewer than 1 in N": 1/mu cut to one significant digit, at most 1,000. */
export function oneInHowMany(mu: number): number {
  if (mu * LARGEST_ONE_IN <= 1) return LARGEST_ONE_IN;
  const whole = Math.floor(1 / mu);
  const unit = 10 ** (String(whole).length - 1);
  return Math.floor(whole / unit) * unit;
}
