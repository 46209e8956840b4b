import type { PortalId } from '../core/model.ts';
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
/** Searches under way at once: at five a second that bridges replies that take most of a second. */
const AHEAD = 4;

/**
 * All records above `afterId` in pages, one search a page, a few of them asked for ahead. The pages of up to 10,000 hits are
 * asked for by their place among the hits above one id, so that they need not wait for each other. Where records come or go
 * meanwhile, places shift: then the read goes on above the last id it is sure of, page after page, and nothing is left out.
 * A record whose change the search's index has not seen yet may be missing. Throws like `PortalClient.read`.
 */
export async function* searchRecords(
  search: RecordSearch,
  afterId: string | null,
): AsyncGenerator<RecordPage> {
  let next: string | null = afterId ?? '0';
  let oneByOne = 0;
  while (next !== null) {
    const floorId: string = next;
    const first = await firstPage(search, floorId);
    const page = toRecordPage(first, floorId);
    yield page;
    next = page.nextAfterId;
    oneByOne = Math.max(0, oneByOne - 1);
    if (next === null || oneByOne > 0 || !isSteady(first, first.total, 0, floorId)) continue;
    for await (const one of furtherPages(search, floorId, first.total)) {
      if (!isSteady(one.page, first.total, one.offset, next)) {
        oneByOne = Math.ceil((Math.min(first.total, mostHits(search)) - one.offset) / SEARCH_PAGE_SIZE);
        break;
      }
      const steady = toRecordPage(one.page, next);
      yield steady;
      next = steady.nextAfterId;
      if (next === null) return;
    }
  }
}

/** The pages behind the first one, as far as HubSpot serves them. */
function furtherPages(search: RecordSearch, floorId: string, total: number) {
  const count = Math.ceil(Math.min(total, mostHits(search)) / SEARCH_PAGE_SIZE);
  const offsets = Array.from(
    { length: Math.max(0, count - 1) },
    (_, index) => (index + 1) * SEARCH_PAGE_SIZE,
  );
  return workAhead(offsets, async (offset) => ({ offset, page: await ask(search, floorId, offset) }), AHEAD);
}

/** A first page that holds less than the search itself counted is asked for again, once. */
async function firstPage(search: RecordSearch, floorId: string): Promise<SearchPage> {
  const page = await ask(search, floorId, 0);
  if (!isShort(page)) return page;
  const again = await ask(search, floorId, 0);
  const { portalId, type } = search;
  if (isShort(again)) {
    const found = again.records.length;
    search.log.warn({ portalId, type, total: again.total, found }, 'HubSpot search left records out');
  }
  return again;
}

function ask(search: RecordSearch, floorId: string, offset: number): Promise<SearchPage> {
  const aboveFloor = { propertyName: 'hs_object_id', operator: 'GT', value: floorId } as const;
  return searchPage(search.client, search.portalId, search.type, {
    filterGroups: [[...search.filters, aboveFloor]],
    properties: search.properties,
    sortBy: 'hs_object_id',
    priority: 'run',
    offset,
  });
}

function isShort(page: SearchPage): boolean {
  return page.records.length < Math.min(page.total, SEARCH_PAGE_SIZE);
}

/** True where the page is the one that its place promised: whole, in order, above the last one, among as many hits. */
function isSteady(page: SearchPage, total: number, offset: number, lastId: string): boolean {
  const isWhole = page.records.length === Math.min(SEARCH_PAGE_SIZE, total - offset);
  const ids = [lastId, ...page.records.map((record) => record.id)].map(BigInt);
  const isAscending = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0n));
  const hasRest = total > offset + SEARCH_PAGE_SIZE;
  return page.total === total && isWhole && isAscending && page.hasMore === hasRest;
}

function toRecordPage(page: SearchPage, lastId: string): RecordPage {
  const floor = BigInt(lastId);
  const records = page.records.filter((record) => BigInt(record.id) > floor).sort(byAscendingId);
  const last = records.at(-1);
  if (page.hasMore && last === undefined) throw unreadable('search', 'an empty page is followed by another');
  return { records, nextAfterId: page.hasMore && last !== undefined ? last.id : null };
}

/** Ids grow beyond what a number holds exactly. */
function byAscendingId(left: HubSpotRecord, right: HubSpotRecord): number {
  return BigInt(left.id) < BigInt(right.id) ? -1 : 1;
}

function mostHits(search: RecordSearch): number {
  return search.mostHits ?? MOST_HITS;
}
