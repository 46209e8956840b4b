import { createRandom } from './random.ts';
import type { PortalSettings } from './settings.ts';

/** What a call does, as far as its duration depends on it. */
export type CallKind = 'read' | 'write' | 'search';

const LONGEST_MS = 60_000;

/**
 * Real milliseconds that a portal takes for a call: its switch times a factor that is drawn anew for each call. The factor is
 * lognormal with median 1, so that the switch is the median and a few calls take several times as long.
 */
export function createLatency(seed: number): (settings: PortalSettings, kind: CallKind) => number {
  const random = createRandom(seed);
  return (settings, kind) => {
    const medianMs = medianOf(settings, kind);
    if (medianMs === 0 || settings.latencySpread === 0) return medianMs;
    return Math.min(LONGEST_MS, medianMs * Math.exp(settings.latencySpread * normal(random)));
  };
}

function medianOf({ latencyMs, readLatencyMs, searchLatencyMs }: PortalSettings, kind: CallKind): number {
  if (kind === 'write') return latencyMs;
  return kind === 'search' ? (searchLatencyMs ?? readLatencyMs) : readLatencyMs;
}

/** A number of the standard normal distribution (Box–Muller). */
function normal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
