import { linksOf } from './links.ts';
import type {
  IndexEntry,
  IndexSpec,
  PortalState,
  PropertyDefinition,
  SortKey,
  StoredObject,
} from './model.ts';
import { holdsWord, msOf, predicateOf, targetTypeOf, wantedIds } from './search-filters.ts';
import type { SearchFilter, SearchRequest } from './search-schema.ts';
import { entryOf, entryOrder, placeOf, sortedIndexOf } from './sorted-index.ts';

/** One page of what a search finds. */
export interface SearchPage {
  /** All that match, this page and others. */
  readonly total: number;
  readonly objects: readonly StoredObject[];
}

/** The records at `start` and after it among all live ones that match, as the index sees them at `now`: it may lag behind. */
export function searchPage(portal: PortalState, type: string, request: SearchRequest, now: Date): SearchPage {
  const range = rangeOf(portal, type, request);
  const spec = specOf(portal, type, request, range.isRange);
  const older = olderVersions(portal, type, now);
  const entries = entriesOf(portal, type, request, spec, older);
  const from = range.low === null ? 0 : placeOf(entries, range.low, spec);
  const end = range.high === null ? entries.length : placeOf(entries, range.high, spec);
  const start = from + Number(request.after);
  const objects = entries.slice(start, Math.min(end, start + request.limit)).flatMap(({ id }) => {
    const key = String(id);
    return older.get(key) ?? portal.objects.get(type)?.get(key) ?? [];
  });
  return { total: Math.max(0, end - from), objects };
}

/** The order and the conditions that the range does not cover. Indexes by the same name answer every page of a question. */
function specOf(
  portal: PortalState,
  type: string,
  request: SearchRequest,
  isRange: (filter: SearchFilter) => boolean,
): IndexSpec {
  const sort = sortOf(request);
  const left = request.filterGroups.map(({ filters }) => filters.filter((filter) => !isRange(filter)));
  const groups = left.map((filters) => filters.map((filter) => predicateOf(portal, type, filter)));
  const words = (request.query ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return {
    name: JSON.stringify([left, words, sort]),
    descending: sort.direction === 'DESCENDING',
    keyOf: keyReader(portal, type, sort.propertyName),
    matches: (object) =>
      !object.archived &&
      (groups.length === 0 || groups.some((filters) => filters.every((matches) => matches(object)))) &&
      words.every((word) => holdsWord(type, object, word)),
  };
}

/** Equal ones stand by id, which is also the order without a sort. */
function sortOf(request: SearchRequest): SearchRequest['sorts'][number] {
  return request.sorts[0] ?? { propertyName: 'hs_object_id', direction: 'ASCENDING' };
}

/** Every match in order. Links are not part of a record, so what is asked by them is looked up from their other end. */
function entriesOf(
  portal: PortalState,
  type: string,
  request: SearchRequest,
  spec: IndexSpec,
  older: ReadonlyMap<string, StoredObject | null>,
): readonly IndexEntry[] {
  const linked = linkedRecords(portal, type, request);
  if (linked === null && older.size === 0) return sortedIndexOf(portal, type, spec).entries;
  const current =
    linked === null
      ? sortedIndexOf(portal, type, spec).entries
      : linked.filter((object) => spec.matches(object)).map((object) => entryOf(spec, object));
  const added = [...older.values()].filter((object) => object !== null && spec.matches(object));
  return [
    ...current.filter(({ id }) => !older.has(String(id))),
    ...added.flatMap((object) => (object === null ? [] : entryOf(spec, object))),
  ].sort(entryOrder(spec));
}

function isByLink({ propertyName }: SearchFilter): boolean {
  return propertyName.startsWith('associations.');
}

/** Records that may match a filter on associations, or null where there is none. */
function linkedRecords(portal: PortalState, type: string, request: SearchRequest): StoredObject[] | null {
  const byLink = request.filterGroups.map(({ filters }) => filters.filter(isByLink));
  if (byLink.every((filters) => filters.length === 0)) return null;
  const records = portal.objects.get(type);
  if (byLink.some((filters) => filters.length === 0)) return [...(records?.values() ?? [])];
  const ids = byLink.flat().flatMap((filter) => {
    const toType = targetTypeOf(filter);
    return wantedIds(filter).flatMap((id) =>
      linksOf(portal, { type: toType, id }, type).map(({ to }) => to.id),
    );
  });
  return [...new Set(ids)].flatMap((id) => records?.get(id) ?? []);
}

/** What the index still shows of records that changed less than the lag ago: null for one that it does not know yet. */
function olderVersions(portal: PortalState, type: string, now: Date): Map<string, StoredObject | null> {
  const older = new Map<string, StoredObject | null>();
  const horizonMs = now.getTime() - portal.settings.searchLagMs;
  if (portal.settings.searchLagMs === 0) return older;
  // From the latest change back: the oldest one beyond the horizon holds the version that is indexed.
  for (let place = portal.preImages.length - 1; place >= 0; place -= 1) {
    const image = portal.preImages[place];
    if (image === undefined || image.changedAtMs <= horizonMs) break;
    if (image.type === type) older.set(image.id, image.before);
  }
  return older;
}

interface Range {
  /** The first entry that is in, and the first one after it that is not; null where the range is open. */
  readonly low: IndexEntry | null;
  readonly high: IndexEntry | null;
  /** Whether the range stands for this filter. */
  readonly isRange: (filter: SearchFilter) => boolean;
}

const OPEN: Range = { low: null, high: null, isRange: () => false };

/**
 * Conditions on the very property that sorts, as a stretch of the index: an app that pages by the last id then needs one index
 * for all pages.
 */
function rangeOf(portal: PortalState, type: string, request: SearchRequest): Range {
  const sort = sortOf(request);
  const definition = portal.properties.get(type)?.get(sort.propertyName);
  const [group] = request.filterGroups;
  if (request.filterGroups.length !== 1 || group === undefined || definition === undefined) return OPEN;
  if (sort.direction === 'DESCENDING') return OPEN;
  const bounds = group.filters.flatMap((filter) => {
    const bound = filter.propertyName === sort.propertyName ? boundOf(definition, filter) : null;
    return bound === null ? [] : [{ filter, ...bound }];
  });
  if (bounds.length === 0) return OPEN;
  const order = entryOrder({ descending: false });
  const lows = bounds.flatMap(({ low }) => low ?? []).sort(order);
  // What has no value matches no bound, and stands at the end.
  const highs = [{ id: 0, key: null }, ...bounds.flatMap(({ high }) => high ?? [])].sort(order);
  const covered = new Set(bounds.map(({ filter }) => filter));
  return { low: lows.at(-1) ?? null, high: highs[0] ?? null, isRange: (filter) => covered.has(filter) };
}

/** Before every record with the key, and after every one. */
const BEFORE_ALL = 0;
const AFTER_ALL = Number.MAX_SAFE_INTEGER;

function boundOf(
  definition: PropertyDefinition,
  { operator, value = '', highValue = '' }: SearchFilter,
): { low?: IndexEntry; high?: IndexEntry } | null {
  const key = keyOfValue(definition, value);
  const highKey = keyOfValue(definition, highValue);
  if (key === null || (operator === 'BETWEEN' && highKey === null)) return null;
  switch (operator) {
    case 'GT':
      return { low: { key, id: AFTER_ALL } };
    case 'GTE':
      return { low: { key, id: BEFORE_ALL } };
    case 'LT':
      return { high: { key, id: BEFORE_ALL } };
    case 'LTE':
      return { high: { key, id: AFTER_ALL } };
    case 'BETWEEN':
      return { low: { key, id: BEFORE_ALL }, high: { key: highKey, id: AFTER_ALL } };
    default:
      return null;
  }
}

function keyReader(portal: PortalState, type: string, property: string): IndexSpec['keyOf'] {
  const definition = portal.properties.get(type)?.get(property);
  return (object) => {
    const value = object.properties[property];
    return definition === undefined || value == null ? null : keyOfValue(definition, value);
  };
}

/** A value as it is compared: text ignores case, options do not; null for what is no instant or number. */
function keyOfValue({ type }: PropertyDefinition, value: string): SortKey {
  if (type === 'string') return value.toLowerCase();
  if (type !== 'datetime' && type !== 'date' && type !== 'number') return value;
  const key = type === 'number' ? Number(value) : msOf(value);
  return Number.isNaN(key) ? null : key;
}
