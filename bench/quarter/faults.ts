import { createRandom } from '../../src/core/random.ts';
import type { Stage } from './account.ts';

const BATCH = 100;
const SHARE = 0.02;

/** On 2 % of the batch creates, at least one, drawn by the seed: HubSpot carries it out and answers 502. */
export async function plant502AfterCommit(stage: Stage, portalId: number, companies: number): Promise<void> {
  const batches = Math.ceil(companies / BATCH);
  const random = createRandom(`502/${stage.seed}`);
  const places = new Set<number>();
  while (places.size < Math.max(1, Math.round(batches * SHARE))) places.add(random.below(batches));
  for (const skip of places) {
    await stage.hubspot.plantFault({
      // The dated path and the older one that HubSpot's generated client calls.
      match: { portalId, method: 'POST', path: '/\\/tasks\\/batch\\/create$/' },
      when: 'after',
      fault: { kind: 'status', status: 502 },
      count: 1,
      skip,
    });
  }
}
