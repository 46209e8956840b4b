import type { IndexEntry, IndexSpec, PortalState, SortedIndex, StoredObject } from './model.ts';

/** An app asks few different questions again and again; more indexes of a type than this are forgotten, oldest use first. */
const MOST_INDEXES = 8;

/** The index by that name; made from all records where there is none yet. */
export function sortedIndexOf(portal: PortalState, type: string, spec: IndexSpec): SortedIndex {
  const indexes = portal.indexes.get(type) ?? new Map<string, SortedIndex>();
  portal.indexes.set(type, indexes);
  const index = indexes.get(spec.name) ?? build(portal, type, spec);
  indexes.delete(spec.name);
  indexes.set(spec.name, index);
  const [oldest] = indexes.keys();
  if (indexes.size > MOST_INDEXES && oldest !== undefined) indexes.delete(oldest);
  return index;
}

/** Brings every index of the type in step with one record's change. */
export function updateIndexes(
  portal: PortalState,
  type: string,
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): void {
  for (const { spec, entries } of portal.indexes.get(type)?.values() ?? []) {
    if (before !== undefined && spec.matches(before)) {
      const entry = entryOf(spec, before);
      const place = placeOf(entries, entry, spec);
      if (entries[place]?.id === entry.id) entries.splice(place, 1);
    }
    if (after !== undefined && spec.matches(after)) {
      const entry = entryOf(spec, after);
      entries.splice(placeOf(entries, entry, spec), 0, entry);
    }
  }
}

/** The entry that stands for a record. */
export function entryOf(spec: IndexSpec, object: StoredObject): IndexEntry {
  return { id: Number(object.id), key: spec.keyOf(object) };
}

/** Sorts by key, nulls last in both directions, equal keys by id. */
export function entryOrder({ descending }: Pick<IndexSpec, 'descending'>) {
  const sign = descending ? -1 : 1;
  return (a: IndexEntry, b: IndexEntry): number => {
    if (a.key === b.key) return a.id - b.id;
    if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
    return a.key < b.key ? -sign : sign;
  };
}

/** How many entries stand before this one. */
export function placeOf(
  entries: readonly IndexEntry[],
  wanted: IndexEntry,
  order: Pick<IndexSpec, 'descending'>,
): number {
  const compare = entryOrder(order);
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (entry !== undefined && compare(entry, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function build(portal: PortalState, type: string, spec: IndexSpec): SortedIndex {
  const entries: IndexEntry[] = [];
  for (const object of portal.objects.get(type)?.values() ?? [])
    if (spec.matches(object)) entries.push(entryOf(spec, object));
  return { spec, entries: entries.sort(entryOrder(spec)) };
}
