import type { PortalId } from '../core/model.ts';
import type { MarkedTask, TaskKeyMode } from '../usecases/hubspot-port.ts';
import type { Log } from '../usecases/ports.ts';
import { TOUCH_KEY_PROPERTY } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { referenceIn } from './create-records.ts';
import { readByUniqueValue, readRecords } from './objects.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { searchRecords } from './search-pages.ts';
import type { SearchFilter } from './search.ts';
import type { WantedKey } from './task-keys.ts';
import { STATE_PROPERTIES, toTaskState } from './tasks.ts';
import { instantOf, textOf } from './values.ts';

const BODY = 'hs_task_body';
const CREATED = 'hs_createdate';
/** Written by HubSpot alone: what made the record, and for an integration the id of its app. */
const SOURCE = 'hs_object_source';
const SOURCE_ID = 'hs_object_source_id';
/** The word of the reference line that a text is searched for. */
const REFERENCE_WORD = 'Reference';

type Mark = Pick<MarkedTask, 'taskId' | 'key'>;

/**
 * Tasks made since the instant that carry a key, in pages, as far as the search's index knows them: it lags behind, and may still
 * show what is gone. Throws like `PortalClient.read`.
 */
export async function* findMarkedTasks(
  client: PortalClient,
  log: Log,
  portalId: PortalId,
  mode: TaskKeyMode,
  since: Date,
): AsyncGenerator<readonly Mark[]> {
  const isNew: SearchFilter = { propertyName: CREATED, operator: 'GT', value: String(since.getTime()) };
  const filters = [isNew, markFilter(mode)];
  const properties = [markProperty(mode)];
  for await (const page of searchRecords(
    { client, log, portalId, type: 'tasks', filters, properties },
    null,
  )) {
    yield page.records.flatMap((record) => {
      const key = keyOf(mode, record);
      return key === null ? [] : [{ taskId: record.id, key }];
    });
  }
}

/**
 * The live tasks that carry each key, read by key or by company and then by id, together with those of `alsoIds` that do: what is
 * given back is how they are now. A key without a task is absent. Throws like `PortalClient.read`.
 */
export async function readMarkedTasks(
  client: PortalClient,
  appId: number,
  portalId: PortalId,
  mode: TaskKeyMode,
  wanted: readonly WantedKey[],
  alsoIds: readonly string[],
): Promise<ReadonlyMap<string, readonly MarkedTask[]>> {
  const keys = new Set(wanted.map(({ key }) => key));
  const ids = [...(await idsOf(client, portalId, mode, wanted)), ...alsoIds];
  const properties = [...STATE_PROPERTIES, CREATED, SOURCE, SOURCE_ID, markProperty(mode)];
  const records = await readRecords(client, portalId, 'tasks', ids, { properties, priority: 'run' });
  const found = new Map<string, MarkedTask[]>();
  for (const [id, record] of records) {
    const key = keyOf(mode, record);
    if (key === null || !keys.has(key) || record.archived === true) continue;
    const createdAt = instantOf(textOf(record, CREATED));
    const task = { ...toTaskState(id, record), key, createdAt, isOurs: isMadeBy(appId, record) };
    found.set(key, [...(found.get(key) ?? []), task]);
  }
  return found;
}

function isMadeBy(appId: number, record: HubSpotRecord): boolean {
  return textOf(record, SOURCE) === 'INTEGRATION' && textOf(record, SOURCE_ID) === String(appId);
}

async function idsOf(
  client: PortalClient,
  portalId: PortalId,
  mode: TaskKeyMode,
  wanted: readonly WantedKey[],
): Promise<readonly string[]> {
  if (mode === 'unique') {
    const keys = wanted.map(({ key }) => key);
    const records = await readByUniqueValue(client, portalId, 'tasks', TOUCH_KEY_PROPERTY, keys);
    return records.map(({ id }) => id);
  }
  const companyIds = wanted.flatMap(({ companyId }) => companyId ?? []);
  const links = await readAssociations(client, portalId, 'companies', 'tasks', companyIds, 'run');
  return [...links.values()].flatMap((targets) => targets.map(({ id }) => id));
}

function markProperty(mode: TaskKeyMode): string {
  return mode === 'unique' ? TOUCH_KEY_PROPERTY : BODY;
}

function markFilter(mode: TaskKeyMode): SearchFilter {
  return mode === 'unique'
    ? { propertyName: TOUCH_KEY_PROPERTY, operator: 'HAS_PROPERTY' }
    : { propertyName: BODY, operator: 'CONTAINS_TOKEN', value: REFERENCE_WORD };
}

function keyOf(mode: TaskKeyMode, record: HubSpotRecord): string | null {
  return mode === 'unique' ? textOf(record, TOUCH_KEY_PROPERTY) : referenceIn(textOf(record, BODY));
}
