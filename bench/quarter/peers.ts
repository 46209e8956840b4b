import type { PeerReport, PeerStyle } from '../peer-process.ts';
import { startAskedProcess } from '../support/child.ts';
import { loadAccount, type Stage } from './account.ts';
import { figuresOf, type Latencies, type RunFigures } from './figures.ts';

export type PeerFigures = RunFigures & {
  /** Tasks whose create failed for good, after the client's own retries. */
  readonly failed: number;
};

/** A quarter as a developer writes it with HubSpot's client, in the same sandbox, with the same latency. */
export async function runPeer(
  stage: Stage,
  style: PeerStyle,
  companies: number,
  latencies: Latencies,
  plant: (portalId: number) => Promise<void> = () => Promise.resolve(),
): Promise<PeerFigures> {
  const { hubspot } = stage;
  const account = await loadAccount(stage, companies);
  const { portalId, accessToken } = account;
  await plant(portalId);
  const peer = startAskedProcess('peer-process.ts');
  try {
    const report = await peer.ask<PeerReport>('run', { style, hubspotUrl: hubspot.url, accessToken });
    const { startedMs: fromMs, endedMs: toMs, failed, peakRssBytes } = report;
    const run = { portalId, companies, fromMs, toMs, latencies, peakRssBytes };
    return { ...(await figuresOf(hubspot, run)), failed };
  } finally {
    await peer.stop();
  }
}
