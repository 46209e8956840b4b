import type { HistoryEntry, StoredObject } from './model.ts';
import type { Provenance } from './provenance.ts';

/** A property's values, newest first. Records that never changed have one value, from their creation. */
export function historyOf(object: StoredObject, property: string): readonly HistoryEntry[] {
  const kept = object.history?.[property];
  if (kept !== undefined) return kept;
  const value = object.properties[property];
  if (value === undefined || value === null) return [];
  return [
    {
      value,
      timestamp: object.createdAt,
      sourceType: object.properties['hs_object_source'] ?? 'CRM_UI',
      ...(object.properties['hs_object_source_id'] == null
        ? {}
        : { sourceId: object.properties['hs_object_source_id'] }),
    },
  ];
}

/** The record's history with the changed values added. */
export function historyAfter(
  before: StoredObject,
  changed: Readonly<Record<string, string | null>>,
  timestamp: string,
  provenance: Provenance,
): StoredObject['history'] {
  const userId = provenance.userId === null ? {} : { updatedByUserId: Number(provenance.userId) };
  const added = Object.entries(changed).map(([name, value]) => {
    const entry = {
      value: value ?? '',
      timestamp,
      sourceType: provenance.source,
      sourceId: provenance.sourceId,
      ...userId,
    };
    return [name, [entry, ...historyOf(before, name)]] as const;
  });
  return { ...before.history, ...Object.fromEntries(added) };
}
