import type { HubSpotProcess, InstalledPortal } from '../support/hubspot.ts';

/** Where a run finds its account: HubSpot's real limits, and a stated latency. */
export type Stage = {
  readonly hubspot: HubSpotProcess;
  readonly seed: number;
  readonly latency: StatedLatency;
  /** Makes every account of a bench one of its own. */
  readonly nextPortalId: () => number;
};

export type StatedLatency = {
  readonly searchLatencyMs: number;
  readonly readLatencyMs: number;
  readonly latencyMs: number;
  /** How far single replies stray from these, drawn from the seed. */
  readonly latencySpread: number;
};

/** What the record is measured with: about what HubSpot's API takes from a server in its region. */
export const RECORD_LATENCY: StatedLatency = {
  searchLatencyMs: 200,
  readLatencyMs: 100,
  latencyMs: 250,
  latencySpread: 0.2,
};
/** For CI, where no time is asserted. */
export const SHORT_LATENCY: StatedLatency = {
  searchLatencyMs: 20,
  readLatencyMs: 10,
  latencyMs: 30,
  latencySpread: 0.2,
};

/** An account of `companies` customers with the app installed, alike for ours and for the peers. */
export async function loadAccount(stage: Stage, companies: number): Promise<InstalledPortal> {
  const { hubspot, seed, latency, nextPortalId } = stage;
  const portalId = nextPortalId();
  const [installed] = await hubspot.load({
    seed: `quarter-${seed}`,
    fromPortalId: portalId,
    portals: 1,
    companies,
  });
  if (installed === undefined) throw new Error('the local HubSpot gave back no account');
  await hubspot.change(portalId, latency);
  return installed;
}

/** Portal ids from `first` on. */
export function portalIdsFrom(first: number): () => number {
  let last = first - 1;
  return () => {
    last += 1;
    return last;
  };
}
