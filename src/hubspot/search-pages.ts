import type { PortalId } from '../core/model.ts';
import { byRecordAge } from '../core/record-age.ts';
import type { Log } from '../usecases/ports.ts';
import { workAhead } from './ahead.ts';
import type { ObjectTypeName } from './api-version.ts';
import { unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { SEARCH_PAGE_SIZE, searchPage, type SearchFilter, type SearchPage } from './search.ts';

export type RecordPage = {
  /** By ascending id, all above those of the pages before. */
  readonly records: readonly HubSpotRecord[];
  /** Where a read that stops here goes on; null after the last page. */
  readonly nextAfterId: string | null;
};

export type RecordSearch = {
  readonly client: PortalClient;
  readonly log: Log;
  readonly portalId: PortalId;
  readonly type: ObjectTypeName;
  readonly filters: readonly SearchFilter[];
  readonly properties: readonly string[];
  /** HubSpot serves no hit beyond this one, whatever the page (source: search guide); lower in tests. */
  readonly mostHits?: number | undefined;
};

const MOST_HITS = 10_000;
/** Searches under way at once of each of the two kinds: at five a second that bridges replies that take most of a second. */
const AHEAD = 2;

/**
 * All records above `afterId` in pages, one search a page, a few of them asked for ahead. Of up to 10,000 hits every second page
 * is asked for by its place, and what lies between two of these by the ids at its ends: however many records come or go
 * meanwhile, and however places shift, nothing that stays is left out or shown twice. Where a page is not whole, the read goes
 * on above the last id it is sure of, page after page. A record whose change the search's index has not seen yet may be missing.
 * Throws like `PortalClient.read`.
 */
export async function* searchRecords(
  search: RecordSearch,
  afterId: string | null,
): AsyncGenerator<RecordPage> {
  let next: string | null = afterId ?? '0';
  let oneByOne = 0;
  while (next !== null) {
    const floorId: string = next;
    const first = await wholePage(search, { above: floorId });
    const page = toRecordPage(first, floorId);
    yield page;
    next = page.nextAfterId;
    oneByOne = Math.max(0, oneByOne - 1);
    if (next === null || oneByOne > 0 || !isWhole(first, 0)) continue;
    const places = placesOf(search, first.total);
    let read = 0;
    for await (const stretch of stretches(search, { floorId, lastId: next, total: first.total, places })) {
      yield* stretch;
      next = stretch.at(-1)?.nextAfterId ?? null;
      read += 1;
    }
    if (read < places.length) oneByOne = 2 * (places.length - read);
  }
}

/** The places of every second page behind the first one, as far as HubSpot serves them. */
function placesOf(search: RecordSearch, total: number): readonly number[] {
  const pages = Math.ceil(Math.min(total, search.mostHits ?? MOST_HITS) / SEARCH_PAGE_SIZE);
  const count = Math.max(0, Math.floor((pages - 1) / 2));
  return Array.from({ length: count }, (_, index) => (index + 1) * 2 * SEARCH_PAGE_SIZE);
}

/** The pages up to each of the places, that one's own last; ends early where the page of a place is of no use. */
function stretches(search: RecordSearch, ahead: Ahead): AsyncGenerator<readonly RecordPage[]> {
  const placed = workAhead(
    ahead.places,
    async (offset) => ({ offset, page: await ask(search, { above: ahead.floorId }, offset) }),
    AHEAD,
  );
  return workAhead(gapsBefore(placed, ahead), (gap) => fill(search, gap), AHEAD);
}

/** What the first page said, and where the read goes on from it. */
type Ahead = {
  readonly floorId: string;
  readonly lastId: string;
  readonly total: number;
  readonly places: readonly number[];
};

type Placed = { readonly offset: number; readonly page: SearchPage };
type Gap = { readonly above: string; readonly page: RecordPage };

async function* gapsBefore(
  placed: AsyncIterable<Placed>,
  { lastId, total, places }: Ahead,
): AsyncGenerator<Gap> {
  let above = lastId;
  for await (const { offset, page } of placed) {
    const last = page.records.at(-1);
    // Behind what was read already where as many went as lie between two places.
    if (last === undefined || !isWhole(page, offset) || BigInt(last.id) <= BigInt(above)) return;
    // An index that suddenly knows far fewer hits would end the read too early.
    const endsEarly = !page.hasMore && offset !== places.at(-1);
    if (endsEarly || page.total < total - SEARCH_PAGE_SIZE) return;
    yield { above, page: toRecordPage(page, above) };
    above = last.id;
  }
}

/** What lies above the id and below the page, and then the page. */
async function fill(search: RecordSearch, gap: Gap): Promise<readonly RecordPage[]> {
  const pages: RecordPage[] = [];
  const below = gap.page.records[0]?.id ?? gap.above;
  let above: string | null = gap.above;
  while (above !== null && BigInt(below) - BigInt(above) > 1n) {
    const between = toRecordPage(await wholePage(search, { above, below }), above);
    const last = between.records.at(-1);
    if (last !== undefined) pages.push({ ...between, nextAfterId: last.id });
    above = between.nextAfterId;
  }
  return [...pages, gap.page];
}

/** Ids above one and below the other. */
type Span = { readonly above: string; readonly below?: string };

/** The first page of a span; one that holds less than the search itself counted is asked for again, once. */
async function wholePage(search: RecordSearch, span: Span): Promise<SearchPage> {
  const page = await ask(search, span, 0);
  if (!isShort(page, span)) return page;
  const again = await ask(search, span, 0);
  const { portalId, type } = search;
  if (isShort(again, span)) {
    const found = again.records.length;
    search.log.warn({ portalId, type, total: again.total, found }, 'HubSpot search left records out');
  }
  return again;
}

function ask(search: RecordSearch, span: Span, offset: number): Promise<SearchPage> {
  return searchPage(search.client, search.portalId, search.type, {
    filterGroups: [[...search.filters, filterOf(span)]],
    properties: search.properties,
    sortBy: 'hs_object_id',
    priority: 'run',
    offset,
  });
}

/** One filter, since HubSpot's guide does not say what two of one property in a group mean. */
function filterOf({ above, below }: Span): SearchFilter {
  const propertyName = 'hs_object_id';
  if (below === undefined) return { propertyName, operator: 'GT', value: above };
  const [value, highValue] = [BigInt(above) + 1n, BigInt(below) - 1n].map(String);
  return { propertyName, operator: 'BETWEEN', value: value ?? above, highValue: highValue ?? below };
}

function isShort(page: SearchPage, { above }: Span): boolean {
  const floor = BigInt(above);
  const found = page.records.filter((record) => BigInt(record.id) > floor).length;
  return found < Math.min(page.total, SEARCH_PAGE_SIZE);
}

/** True where the page holds every hit from its first id to its last one: as many as it says itself, in order. */
function isWhole(page: SearchPage, offset: number): boolean {
  const isFull = page.records.length === Math.min(SEARCH_PAGE_SIZE, page.total - offset);
  const ids = page.records.map((record) => BigInt(record.id));
  const isAscending = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0n));
  return isFull && isAscending && page.hasMore === page.total > offset + SEARCH_PAGE_SIZE;
}

function toRecordPage(page: SearchPage, lastId: string): RecordPage {
  const floor = BigInt(lastId);
  const records = page.records
    .filter((record) => BigInt(record.id) > floor)
    .sort((one, other) => byRecordAge(one.id, other.id));
  const last = records.at(-1);
  if (page.hasMore && last === undefined) throw unreadable('search', 'an empty page is followed by another');
  return { records, nextAfterId: page.hasMore && last !== undefined ? last.id : null };
}
