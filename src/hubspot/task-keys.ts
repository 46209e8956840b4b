import type { CompanyId, PortalId } from '../core/model.ts';
import type { TaskKeyMode } from '../usecases/hubspot-port.ts';
import { TOUCH_KEY_PROPERTY } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { referenceIn } from './create-records.ts';
import { readByUniqueValue, readRecords } from './objects.ts';
import { unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { MAX_FILTER_GROUPS, searchPage } from './search.ts';
import { chunksOf, textOf } from './values.ts';

export type WantedKey = { readonly key: string; readonly companyId: CompanyId | null };
type Found = ReadonlyMap<string, readonly string[]>;

const BODY = 'hs_task_body';

/** Live tasks that carry the keys, by key; a key without a task is absent. Throws like `PortalClient.read`. */
export function findTasksByKey(
  client: PortalClient,
  portalId: PortalId,
  mode: TaskKeyMode,
  wanted: readonly WantedKey[],
): Promise<Found> {
  return mode === 'unique'
    ? findByProperty(client, portalId, wanted)
    : findByReference(client, portalId, wanted);
}

async function findByProperty(
  client: PortalClient,
  portalId: PortalId,
  wanted: readonly WantedKey[],
): Promise<Found> {
  const keys = wanted.map((one) => one.key);
  const records = await readByUniqueValue(client, portalId, 'tasks', TOUCH_KEY_PROPERTY, keys);
  return byKey(keys, records, (record) => textOf(record, TOUCH_KEY_PROPERTY));
}

/** Two independent reads, since neither is certain: the search index lags, and a task may have lost its company. */
async function findByReference(
  client: PortalClient,
  portalId: PortalId,
  wanted: readonly WantedKey[],
): Promise<Found> {
  const keys = wanted.map((one) => one.key);
  const companyIds = wanted.flatMap((one) => one.companyId ?? []);
  const searched = await searchByReference(client, portalId, keys);
  const linked = await readAssociations(client, portalId, 'companies', 'tasks', companyIds, 'run');
  const linkedIds = [...linked.values()].flatMap((targets) => targets.map((target) => target.id));
  // Read by id once more: what a search shows may have been deleted since.
  const ids = [...linkedIds, ...searched.map((record) => record.id)];
  const records = await readRecords(client, portalId, 'tasks', ids, { properties: [BODY], priority: 'run' });
  return byKey(keys, [...records.values()], (record) => referenceIn(textOf(record, BODY)));
}

async function searchByReference(
  client: PortalClient,
  portalId: PortalId,
  keys: readonly string[],
): Promise<readonly HubSpotRecord[]> {
  const pages = [];
  for (const chunk of chunksOf([...new Set(keys)], MAX_FILTER_GROUPS)) {
    const page = await searchPage(client, portalId, 'tasks', {
      filterGroups: chunk.map((key) => [{ propertyName: BODY, operator: 'CONTAINS_TOKEN', value: key }]),
      properties: [BODY],
      priority: 'run',
    });
    if (page.hasMore) throw unreadable('search tasks', 'too many tasks carry one reference');
    pages.push(page.records);
  }
  return pages.flat();
}

function byKey(
  keys: readonly string[],
  records: readonly HubSpotRecord[],
  keyOf: (record: HubSpotRecord) => string | null,
): Found {
  const live = records.filter((record) => record.archived !== true);
  const pairs = keys.map((key) => {
    const ids = live.flatMap((record) => (keyOf(record) === key ? [record.id] : []));
    return [key, [...new Set(ids)].sort()] as const;
  });
  return new Map(pairs.filter(([, ids]) => ids.length > 0));
}
