/** HubSpot's limits for an app of the marketplace, an account: https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines */
const SEARCHES_PER_SECOND = 5;
const CALLS_PER_SECOND = 110 / 10;
/** Most records of a search page, and most inputs of a batch. */
const PAGE = 200;
const BATCH = 100;
/** A run may need two more creates than full batches: the batch that is cut at each end of a plan. */
const SPARE_CREATES = 2;

export type Floor = { readonly floorCalls: number; readonly floorSeconds: number };

/**
 * The least that a quarter of `companies` companies can cost.
 *
 * S = ⌈N/200⌉ searches and C = ⌈N/100⌉ + 2 creates; floorCalls = S + C.
 * floorSeconds = (S − 1)/5 + (C − 1)/11 + median search latency + median create latency: the stages in sequence, since nothing can
 * be created before it was read and planned, and both windows evenly spent from the start: no burst is free, the n-th call leaves
 * (n − 1)/rate after the first. The last call of each stage takes its latency.
 */
export function quarterFloor(
  companies: number,
  latency: { readonly searchSeconds: number; readonly createSeconds: number },
): Floor {
  const searches = Math.ceil(companies / PAGE);
  const creates = Math.ceil(companies / BATCH) + SPARE_CREATES;
  return {
    floorCalls: searches + creates,
    floorSeconds:
      (searches - 1) / SEARCHES_PER_SECOND +
      (creates - 1) / CALLS_PER_SECOND +
      latency.searchSeconds +
      latency.createSeconds,
  };
}
