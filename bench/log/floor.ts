/** HubSpot allows an account five searches a second, of at most 200 records, and reads the links of at most 1,000 records a call. */
const SEARCHES_PER_SECOND = 5;
const PAGE = 200;
const LINKS = 1_000;

export type LogFloor = {
  readonly searches: number;
  readonly linkReads: number;
  readonly floorCalls: number;
  readonly floorSeconds: number;
};

/**
 * The least that the log of an account can cost, given how many activities of each type it has.
 *
 * The cheapest plan known: per type ⌈A/200⌉ searches and ⌈A/1000⌉ reads of links to companies. floorCalls is their sum.
 * floorSeconds = (S − 1)/5 + median search latency + median latency of a link read: link reads have the other, larger budget and
 * go beside the searches, but the last one cannot begin before the last page is there. The window is evenly spent: no free burst.
 */
export function logFloor(
  activitiesByType: readonly number[],
  latency: { readonly searchSeconds: number; readonly linksSeconds: number },
): LogFloor {
  const sum = (size: number) => activitiesByType.reduce((calls, count) => calls + Math.ceil(count / size), 0);
  const searches = sum(PAGE);
  const linkReads = sum(LINKS);
  return {
    searches,
    linkReads,
    floorCalls: searches + linkReads,
    floorSeconds: (searches - 1) / SEARCHES_PER_SECOND + latency.searchSeconds + latency.linksSeconds,
  };
}
