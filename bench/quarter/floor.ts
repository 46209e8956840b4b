/** HubSpot's limits for an app of the marketplace, an account: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
const SEARCHES_PER_SECOND = 5;
const CALLS_PER_SECOND = 110 / 10;
/** Most records of a search page, and most inputs of a batch. */
const PAGE = 200;
const BATCH = 100;
/** A run may need two more creates than full batches: the batch that is cut at each end of a plan. */
const SPARE_CREATES = 2;

export type Floor = {
  readonly floorCalls: number;
  /** The stages in sequence. */
  readonly floorSeconds: number;
  /** The stages beside each other, on limits of their own. */
  readonly besideSeconds: number;
};

/**
 * The least that a quarter of `companies` companies can cost.
 *
 * S = ⌈N/200⌉ searches and C = ⌈N/100⌉ + 2 creates; floorCalls = S + C.
 * floorSeconds = (S − 1)/5 + (C − 1)/11 + median search latency + median create latency: the stages in sequence, since nothing can
 * be created before it was read and planned, and both windows evenly spent from the start: no burst is free, the n-th call leaves
 * (n − 1)/rate after the first. The last call of each stage takes its latency.
 *
 * besideSeconds is the harder mark for an engine that creates what it has read while it reads on: the later of
 * (S − 1)/5, when the last page is asked for, and then that page's creates, and one search and then all creates.
 */
export function quarterFloor(
  companies: number,
  latency: { readonly searchSeconds: number; readonly createSeconds: number },
): Floor {
  const searches = Math.ceil(companies / PAGE);
  const creates = Math.ceil(companies / BATCH) + SPARE_CREATES;
  const readingSeconds = (searches - 1) / SEARCHES_PER_SECOND;
  const latencySeconds = latency.searchSeconds + latency.createSeconds;
  const lastPageCreates = Math.ceil((companies - (searches - 1) * PAGE) / BATCH);
  return {
    floorCalls: searches + creates,
    floorSeconds: readingSeconds + (creates - 1) / CALLS_PER_SECOND + latencySeconds,
    besideSeconds:
      Math.max(readingSeconds + (lastPageCreates - 1) / CALLS_PER_SECOND, (creates - 1) / CALLS_PER_SECOND) +
      latencySeconds,
  };
}
