import { asCompanyId, asOwnerId, type CompanyId, type PortalId } from '../core/model.ts';
import type {
  CompanyPage,
  CompanyProperties,
  CompanyRecord,
  CompanyUpdate,
  UpdateOutcome,
} from '../usecases/hubspot-port.ts';
import type { Log } from '../usecases/ports.ts';
import { updateRecords } from './batch.ts';
import { readRecords } from './objects.ts';
import { unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { SEARCH_PAGE_SIZE, searchFirstPage, type SearchPage } from './search.ts';
import { textOf, timeZoneOf } from './values.ts';

const COMPANY_PROPERTIES = [
  'name',
  'hubspot_owner_id',
  'lifecyclestage',
  'timezone',
  'hs_timezone',
  'hs_parent_company_id',
] as const;

/** Pages of live companies above `afterId`, by ascending id, until the last. Throws like `PortalClient.read`. */
export async function* readCompanyPages(
  client: PortalClient,
  log: Log,
  portalId: PortalId,
  lifecycleStages: readonly string[],
  afterId: CompanyId | null,
): AsyncGenerator<CompanyPage> {
  let next = afterId;
  do {
    const page = await readCompaniesPage(client, log, portalId, lifecycleStages, next);
    yield page;
    next = page.nextAfterId;
  } while (next !== null);
}

/**
 * One page of live companies above `afterId`, by ascending id. Every page is a new search, so that no portal is too large
 * for HubSpot's cap of 10,000 hits a search. A company changed in the last minutes may still be missing: the index lags.
 * Throws like `PortalClient.read`.
 */
async function readCompaniesPage(
  client: PortalClient,
  log: Log,
  portalId: PortalId,
  lifecycleStages: readonly string[],
  afterId: CompanyId | null,
): Promise<CompanyPage> {
  const search = () =>
    searchFirstPage(client, portalId, 'companies', {
      filterGroups: [
        [
          { propertyName: 'lifecyclestage', operator: 'IN', values: lifecycleStages },
          { propertyName: 'hs_object_id', operator: 'GT', value: afterId ?? '0' },
        ],
      ],
      properties: COMPANY_PROPERTIES,
      sortBy: 'hs_object_id',
      priority: 'run',
    });
  let page = await search();
  if (isShort(page)) {
    page = await search();
    if (isShort(page))
      log.warn(
        { portalId, total: page.total, found: page.records.length },
        'HubSpot search left companies out',
      );
  }
  const floor = BigInt(afterId ?? '0');
  const records = page.records.filter((record) => BigInt(record.id) > floor).sort(byAscendingId);
  const last = records.at(-1);
  if (page.hasMore && last === undefined)
    throw unreadable('search companies', 'an empty page is followed by another');
  return {
    companies: records.map(toCompany),
    nextAfterId: page.hasMore && last !== undefined ? asCompanyId(last.id) : null,
  };
}

/** A page that holds less than the search itself counted. */
function isShort(page: SearchPage): boolean {
  return page.records.length < Math.min(page.total, SEARCH_PAGE_SIZE);
}

/** Ids grow beyond what a number holds exactly. */
function byAscendingId(left: HubSpotRecord, right: HubSpotRecord): number {
  return BigInt(left.id) < BigInt(right.id) ? -1 : 1;
}

/** The companies that exist, by the id asked for; a merged id gives its survivor. Throws like `PortalClient.read`. */
export async function readCompanies(
  client: PortalClient,
  portalId: PortalId,
  ids: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, CompanyRecord>> {
  const records = await readRecords(client, portalId, 'companies', ids, { properties: COMPANY_PROPERTIES });
  return new Map([...records].map(([id, record]) => [asCompanyId(id), toCompany(record)]));
}

/** Sets the product's properties; one outcome a company, in order. Harmless when repeated. Throws not_installed. */
export function writeCompanyProperties(
  client: PortalClient,
  portalId: PortalId,
  updates: readonly CompanyUpdate[],
): Promise<readonly UpdateOutcome[]> {
  const items = updates.map(({ companyId, properties }) => ({
    id: companyId,
    properties: valuesOf(properties),
  }));
  return updateRecords(client, portalId, 'companies', items);
}

/** Every value is text; an empty one clears the property. */
function valuesOf(properties: CompanyProperties): Readonly<Record<string, string>> {
  const values = Object.entries(properties).map(([name, value]) => [
    name,
    value === null ? '' : String(value),
  ]);
  return Object.fromEntries(values) as Record<string, string>;
}

function toCompany(record: HubSpotRecord): CompanyRecord {
  const ownerId = textOf(record, 'hubspot_owner_id');
  const parentId = textOf(record, 'hs_parent_company_id');
  return {
    companyId: asCompanyId(record.id),
    name: textOf(record, 'name') ?? `Company ${record.id}`,
    ownerId: ownerId === null ? null : asOwnerId(ownerId),
    timeZone: timeZoneOf(textOf(record, 'timezone')) ?? timeZoneOf(textOf(record, 'hs_timezone')),
    lifecycleStage: textOf(record, 'lifecyclestage'),
    parentCompanyId: parentId === null ? null : asCompanyId(parentId),
  };
}
