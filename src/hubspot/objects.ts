import type { PortalId } from '../core/model.ts';
import { objectPath, type ObjectTypeName } from './api-version.ts';
import { parseErrorBody } from './error-body.ts';
import type { Priority } from '../usecases/ports.ts';
import { bodyOrThrow, unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import { batchSchema, recordSchema, type HubSpotRecord } from './schemas.ts';
import { chunksOf, textOf } from './values.ts';

/** HubSpot's limits for one batch read; the smaller one where property history is asked for. */
const BATCH_SIZE = 100;
const HISTORY_BATCH_SIZE = 50;
/** Records that a batch reply forgot are asked for one by one; with more than this the reply is a fault. */
const MOST_SINGLE_READS = 20;
/** `id;id` of records that were merged into this one; of contacts also `id:ms;id:ms`, which tells when. Properties of 2026-03. */
const MERGED_IDS = 'hs_merged_object_ids';
const MERGED_CONTACTS = 'hs_calculated_merged_vids';

export type ReadOptions = {
  readonly properties: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
  readonly priority?: Priority;
};

/**
 * The records that exist, by the id asked for; a merged id gives its survivor. Every id is accounted for: one that a reply
 * neither holds nor reports as missing is read alone before it counts as gone. Throws like `PortalClient.read`.
 */
export async function readRecords(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  ids: readonly string[],
  options: ReadOptions,
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const found = new Map<string, HubSpotRecord>();
  const size = options.propertiesWithHistory === undefined ? BATCH_SIZE : HISTORY_BATCH_SIZE;
  for (const chunk of chunksOf([...new Set(ids)], size)) {
    const { records, missing } = await readBatch(client, portalId, type, chunk, options);
    const unclear: string[] = [];
    for (const id of chunk) {
      const record =
        records.find((one) => one.id === id) ?? records.find((one) => mergedIdsOf(one).includes(id));
      if (record !== undefined) found.set(id, record);
      else if (!missing.includes(id)) unclear.push(id);
    }
    if (unclear.length > MOST_SINGLE_READS) throw unreadable(`read ${type}`, 'the reply leaves records out');
    for (const id of unclear) {
      const record = await readOne(client, portalId, type, id, options);
      if (record !== null) found.set(id, record);
    }
  }
  return found;
}

/** One batch read of a run by a unique property: the records found, whatever their order. Throws like `PortalClient.read`. */
export async function readByUniqueValue(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  idProperty: string,
  values: readonly string[],
): Promise<readonly HubSpotRecord[]> {
  const pages = [];
  for (const chunk of chunksOf([...new Set(values)], BATCH_SIZE)) {
    const { records } = await readBatch(
      client,
      portalId,
      type,
      chunk,
      { properties: [idProperty], priority: 'run' },
      idProperty,
    );
    pages.push(records);
  }
  return pages.flat();
}

async function readBatch(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  ids: readonly string[],
  options: ReadOptions,
  idProperty?: string,
): Promise<{ records: readonly HubSpotRecord[]; missing: readonly string[] }> {
  const what = `read ${type}`;
  const outcome = await client.tryRead(portalId, {
    what,
    method: 'POST',
    path: objectPath(type, 'batch', 'read'),
    json: {
      inputs: ids.map((id) => ({ id })),
      properties: propertiesFor(type, options.properties),
      propertiesWithHistory: options.propertiesWithHistory ?? [],
      ...(idProperty === undefined ? {} : { idProperty }),
    },
    ...(options.priority === undefined ? {} : { priority: options.priority }),
  });
  if (
    outcome.kind === 'rejected' &&
    outcome.status === 404 &&
    outcome.error.category === 'OBJECT_NOT_FOUND'
  ) {
    return { records: [], missing: ids };
  }
  const parsed = batchSchema.safeParse(bodyOrThrow(outcome, what));
  if (!parsed.success) throw unreadable(what, 'the reply has another shape');
  return { records: parsed.data.results, missing: missingIn(parsed.data.errors ?? [], what) };
}

/** Ids that a 207 reports as not found. Any other error makes the whole read fail: half a reply is no reply. */
function missingIn(errors: readonly Record<string, unknown>[], what: string): readonly string[] {
  return errors.flatMap((item) => {
    const error = parseErrorBody(item);
    if (error?.category !== 'OBJECT_NOT_FOUND') throw unreadable(what, error?.reason ?? 'an item failed');
    return error.context['ids'] ?? [];
  });
}

async function readOne(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  id: string,
  options: ReadOptions,
): Promise<HubSpotRecord | null> {
  const what = `read one of ${type}`;
  const outcome = await client.tryRead(portalId, {
    what,
    method: 'GET',
    path: objectPath(type, id),
    query: {
      properties: propertiesFor(type, options.properties).join(','),
      ...(options.propertiesWithHistory && {
        propertiesWithHistory: options.propertiesWithHistory.join(','),
      }),
    },
    ...(options.priority === undefined ? {} : { priority: options.priority }),
  });
  if (outcome.kind === 'rejected' && outcome.status === 404) return null;
  const parsed = recordSchema.safeParse(bodyOrThrow(outcome, what));
  if (!parsed.success) throw unreadable(what, 'the reply has another shape');
  return parsed.data;
}

function propertiesFor(type: ObjectTypeName, properties: readonly string[]): readonly string[] {
  if (type === 'contacts') return [...properties, MERGED_IDS, MERGED_CONTACTS];
  return type === 'companies' ? [...properties, MERGED_IDS] : properties;
}

/** The ids of all records that are known to have become this one. */
export function mergedIdsOf(record: HubSpotRecord): readonly string[] {
  const listed = [MERGED_IDS, MERGED_CONTACTS].flatMap((name) => textOf(record, name)?.split(/[;,]/) ?? []);
  const ids = listed.map((item) => item.split(':')[0]?.trim() ?? '');
  return [...new Set(ids)].filter((id) => /^\d+$/.test(id) && id !== record.id);
}
