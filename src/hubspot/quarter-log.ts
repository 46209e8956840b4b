import { asCompanyId, asContactId, asOwnerId, type PortalId } from '../core/model.ts';
import type { LoggedActivity, LogPaths, LogWindow } from '../usecases/hubspot-port.ts';
import type { Log } from '../usecases/ports.ts';
import { workAhead } from './ahead.ts';
import { OBJECT_TYPES, occurredAtOf, type ActivityType } from './activity-record.ts';
import type { ObjectTypeName } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { inTurn } from './in-turn.ts';
import { isScopeMissing, unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { searchRecords, type RecordPage } from './search-pages.ts';
import { textOf } from './values.ts';

export type LogReader = { readonly client: PortalClient; readonly log: Log; readonly portalId: PortalId };
export type LogOptions = {
  readonly paths: LogPaths;
  /** See `RecordSearch.mostHits`. */
  readonly mostHits?: number | undefined;
};

type Part = { readonly type: ActivityType; readonly records: readonly HubSpotRecord[] };

const TYPES: readonly ActivityType[] = ['calls', 'meetings', 'emails'];
/** Activities whose links are read by one call. */
const PART_SIZE = 1_000;
/** Parts under way at once, so that the searches need not wait while links are read. */
const PARTS_AHEAD = 3;

/**
 * All activities of an account in a window of time, by the fewest calls we know: a search for each 200, whose filter is the
 * window and whose order is the id (so that any number of them may have happened at the same instant), and a call for the
 * links of each 1,000. Only a few parts are ever held. Throws like `PortalClient.read`, then the log is not whole.
 */
export async function* readQuarterLog(
  reader: LogReader,
  window: LogWindow,
  options: LogOptions,
): AsyncGenerator<readonly LoggedActivity[]> {
  const parts = partsOf(reader, window, options);
  yield* workAhead(parts, (part) => withLinks(reader, part, options.paths), PARTS_AHEAD);
}

/** All types side by side: while one waits for the page that shows it the way, the searches of the others leave. */
function partsOf(reader: LogReader, window: LogWindow, options: LogOptions): AsyncGenerator<Part> {
  return inTurn(TYPES.map((type) => partsOfType(reader, type, window, options)));
}

async function* partsOfType(
  reader: LogReader,
  type: ActivityType,
  window: LogWindow,
  options: LogOptions,
): AsyncGenerator<Part> {
  const pages = unlessScopeIsMissing(searchOf(reader, type, window, options), type);
  for await (const records of inParts(pages)) yield { type, records };
}

function searchOf(
  reader: LogReader,
  type: ActivityType,
  { from, until }: LogWindow,
  { mostHits }: LogOptions,
): AsyncGenerator<RecordPage> {
  const filter = {
    propertyName: 'hs_timestamp',
    operator: 'BETWEEN',
    value: String(from.getTime()),
    highValue: String(until.getTime()),
  } as const;
  return searchRecords(
    { ...reader, type, filters: [filter], properties: propertiesOf(type), mostHits },
    null,
  );
}

function propertiesOf(type: ActivityType): readonly string[] {
  const own: Partial<Record<ActivityType, readonly string[]>> = {
    calls: ['hs_call_disposition'],
    meetings: ['hs_meeting_start_time'],
  };
  return [
    'hs_timestamp',
    'hubspot_owner_id',
    'hs_object_source_label',
    'hs_object_source_detail_1',
    ...(own[type] ?? []),
  ];
}

/** Emails need a scope that an account may leave out; then it has none for us. Once one was read, a refusal is a failure. */
async function* unlessScopeIsMissing(
  pages: AsyncGenerator<RecordPage>,
  type: ActivityType,
): AsyncGenerator<RecordPage> {
  let isFirst = type === 'emails';
  try {
    for await (const page of pages) {
      isFirst = false;
      yield page;
    }
  } catch (error) {
    if (!isFirst || !isScopeMissing(error)) throw error;
  }
}

async function* inParts(pages: AsyncIterable<RecordPage>): AsyncGenerator<readonly HubSpotRecord[]> {
  let held: readonly HubSpotRecord[] = [];
  for await (const { records } of pages) {
    held = [...held, ...records];
    if (held.length < PART_SIZE) continue;
    yield held.slice(0, PART_SIZE);
    held = held.slice(PART_SIZE);
  }
  if (held.length > 0) yield held;
}

async function withLinks(
  reader: LogReader,
  { type, records }: Part,
  paths: LogPaths,
): Promise<readonly LoggedActivity[]> {
  const ids = records.map((record) => record.id);
  const companies = await linksOf(reader, type, 'companies', ids);
  const contacts = await linksOf(reader, type, 'contacts', paths === 'contacts' ? ids : []);
  const withoutCompany = ids.filter((id) => companies.get(id)?.length === 0);
  const theirContacts = withoutCompany.flatMap((id) => contacts.get(id) ?? []);
  const ofContacts = await linksOf(reader, 'contacts', 'companies', theirContacts);
  return records.map((record) => {
    const contactIds = contacts.get(record.id) ?? [];
    const own = companies.get(record.id) ?? [];
    const companyIds = own.length > 0 ? own : contactIds.flatMap((id) => ofContacts.get(id) ?? []);
    return toLoggedActivity(type, record, [...new Set(companyIds)], contactIds);
  });
}

async function linksOf(
  { client, portalId }: LogReader,
  from: ObjectTypeName,
  to: 'companies' | 'contacts',
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const links = await readAssociations(client, portalId, from, to, ids, 'run');
  return new Map([...links].map(([id, targets]) => [id, targets.map((target) => target.id)]));
}

function toLoggedActivity(
  type: ActivityType,
  record: HubSpotRecord,
  companyIds: readonly string[],
  contactIds: readonly string[],
): LoggedActivity {
  const occurredAt = occurredAtOf(type, record);
  if (occurredAt === null) throw unreadable(`read ${type}`, 'a record has no time');
  const ownerId = textOf(record, 'hubspot_owner_id');
  return {
    activityId: record.id,
    type: OBJECT_TYPES[type],
    occurredAt,
    ownerId: ownerId === null ? null : asOwnerId(ownerId),
    sourceLabel: textOf(record, 'hs_object_source_label'),
    sourceDetail: textOf(record, 'hs_object_source_detail_1'),
    disposition: type === 'calls' ? textOf(record, 'hs_call_disposition') : null,
    companyIds: companyIds.map(asCompanyId),
    contactIds: contactIds.map(asContactId),
  };
}
