import type { ActivityRecord } from '../core/comparison/evidence.ts';
import type { CompanyId, PortalId } from '../core/model.ts';
import type { CompanyLog, LogWindow } from '../usecases/hubspot-port.ts';
import {
  activityProperties,
  addressesAmong,
  changeableProperties,
  isEdited,
  occurredAtOf,
  toActivity,
  type ActivityType,
} from './activity-record.ts';
import { COMPANY_TO_CHILD, COMPANY_TO_PARENT } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { readContactRecords, toContact } from './contacts.ts';
import { readRecords } from './objects.ts';
import { readOwnership } from './ownership.ts';
import { isScopeMissing, unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';

/** The records of one company that its log is read through. */
type Paths = {
  readonly companyId: string;
  readonly contacts: ReadonlyMap<string, HubSpotRecord>;
  /** Parent and child companies. */
  readonly relatedIds: readonly string[];
};

/**
 * A company's log: calls, meetings and emails of the company, of its contacts, and (marked as such) of its parent and child
 * companies, each once, with metadata only. Complete, or it throws like `PortalClient.read` (not_found where the company is
 * gone). Emails are left out where the account did not grant their scope.
 */
export async function readCompanyLog(
  client: PortalClient,
  portalId: PortalId,
  companyId: CompanyId,
  window: LogWindow,
): Promise<CompanyLog> {
  const ownership = await readOwnership(client, portalId, companyId);
  const paths = await readPaths(client, portalId, ownership.companyId);
  const calls = await readActivities(client, portalId, 'calls', paths, window);
  const meetings = await readActivities(client, portalId, 'meetings', paths, window);
  const emails = await unlessScopeIsMissing(() => readActivities(client, portalId, 'emails', paths, window));
  return {
    activities: [...calls, ...meetings, ...emails],
    ownership: ownership.spans,
    contacts: [...new Map([...paths.contacts.values()].map((one) => [one.id, toContact(one)])).values()],
  };
}

async function readPaths(client: PortalClient, portalId: PortalId, companyId: string): Promise<Paths> {
  const contactLinks = await readAssociations(client, portalId, 'companies', 'contacts', [companyId]);
  const companyLinks = await readAssociations(client, portalId, 'companies', 'companies', [companyId]);
  const contactIds = (contactLinks.get(companyId) ?? []).map((target) => target.id);
  const related = (companyLinks.get(companyId) ?? []).filter((target) =>
    target.typeIds.some((typeId) => typeId === COMPANY_TO_PARENT || typeId === COMPANY_TO_CHILD),
  );
  return {
    companyId,
    contacts: await readContactRecords(client, portalId, contactIds),
    relatedIds: related.map((target) => target.id),
  };
}

async function readActivities(
  client: PortalClient,
  portalId: PortalId,
  type: ActivityType,
  paths: Paths,
  window: LogWindow,
): Promise<readonly ActivityRecord[]> {
  const directIds = await directIdsOf(client, portalId, type, paths);
  // An email to or from another company is no trace of contact with this one.
  const relatedIds =
    type === 'emails' ? [] : await linkedIds(client, portalId, 'companies', type, paths.relatedIds);
  const ids = [...new Set([...directIds, ...relatedIds])];
  const records = await readInWindow(client, portalId, type, ids, window);
  const contactLinks = await readAssociations(client, portalId, type, 'contacts', [...records.keys()]);
  const addressesThere = addressesAmong(paths.contacts.values());
  return [...records].map(([id, record]) => {
    const companyLink: ActivityRecord['companyLink'] = directIds.has(id) ? 'direct' : 'related';
    const contactIds = (contactLinks.get(id) ?? []).map((target) => target.id);
    const activity = toActivity(type, record, {
      companyId: paths.companyId,
      companyLink,
      contactIds,
      addressesThere,
    });
    if (activity === null) throw unreadable(`read ${type}`, 'a record has no time');
    return activity;
  });
}

async function directIdsOf(
  client: PortalClient,
  portalId: PortalId,
  type: ActivityType,
  paths: Paths,
): Promise<ReadonlySet<string>> {
  const ofCompany = await linkedIds(client, portalId, 'companies', type, [paths.companyId]);
  const ofContacts = await linkedIds(client, portalId, 'contacts', type, [...paths.contacts.keys()]);
  return new Set([...ofCompany, ...ofContacts]);
}

async function linkedIds(
  client: PortalClient,
  portalId: PortalId,
  from: 'companies' | 'contacts',
  type: ActivityType,
  ids: readonly string[],
): Promise<readonly string[]> {
  const links = await readAssociations(client, portalId, from, type, ids);
  return [...links.values()].flatMap((targets) => targets.map((target) => target.id));
}

/** Records within the window; those edited after they were made come with the history of what can be edited. */
async function readInWindow(
  client: PortalClient,
  portalId: PortalId,
  type: ActivityType,
  ids: readonly string[],
  window: LogWindow,
): Promise<ReadonlyMap<string, HubSpotRecord>> {
  const properties = activityProperties(type);
  const all = await readRecords(client, portalId, type, ids, { properties });
  const inWindow = new Map([...all].filter(([, record]) => isInWindow(type, record, window)));
  const editedIds = [...inWindow].flatMap(([id, record]) => (isEdited(record) ? [id] : []));
  const withHistory = await readRecords(client, portalId, type, editedIds, {
    properties,
    propertiesWithHistory: changeableProperties(type),
  });
  return new Map([...inWindow.keys()].flatMap((id) => pairOf(id, withHistory.get(id) ?? inWindow.get(id))));
}

function pairOf(id: string, record: HubSpotRecord | undefined): [string, HubSpotRecord][] {
  return record === undefined ? [] : [[id, record]];
}

/** A record without a time is kept, so that the caller stops at it instead of leaving it out silently. */
function isInWindow(type: ActivityType, record: HubSpotRecord, window: LogWindow): boolean {
  const occurredAt = occurredAtOf(type, record);
  return occurredAt === null || (occurredAt >= window.from && occurredAt <= window.until);
}

async function unlessScopeIsMissing(
  read: () => Promise<readonly ActivityRecord[]>,
): Promise<readonly ActivityRecord[]> {
  try {
    return await read();
  } catch (error) {
    if (isScopeMissing(error)) return [];
    throw error;
  }
}
