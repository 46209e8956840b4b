import { asCompanyId, asOwnerId, type CompanyId, type PortalId } from '../core/model.ts';
import type {
  CompanyPage,
  CompanyProperties,
  CompanyRecord,
  CompanyUpdate,
  OutsideCompanies,
  UpdateOutcome,
} from '../usecases/hubspot-port.ts';
import type { Log } from '../usecases/ports.ts';
import { updateRecords } from './batch.ts';
import { readRecords } from './objects.ts';
import type { PortalClient } from './portal-client.ts';
import type { HubSpotRecord } from './schemas.ts';
import { searchRecords } from './search-pages.ts';
import { searchPage } from './search.ts';
import { textOf, timeZoneOf } from './values.ts';

const COMPANY_PROPERTIES = [
  'name',
  'hubspot_owner_id',
  'lifecyclestage',
  'timezone',
  'hs_timezone',
  'hs_parent_company_id',
] as const;

/**
 * Pages of live companies above `afterId`, by ascending id, until the last. A company changed in the last minutes may still be
 * missing: the search's index lags. Throws like `PortalClient.read`.
 */
export async function* readCompanyPages(
  client: PortalClient,
  log: Log,
  portalId: PortalId,
  lifecycleStages: readonly string[],
  afterId: CompanyId | null,
): AsyncGenerator<CompanyPage> {
  const inStages = { propertyName: 'lifecyclestage', operator: 'IN', values: lifecycleStages } as const;
  const search = { client, log, portalId, type: 'companies', filters: [inStages] } as const;
  for await (const page of searchRecords({ ...search, properties: COMPANY_PROPERTIES }, afterId)) {
    const nextAfterId = page.nextAfterId === null ? null : asCompanyId(page.nextAfterId);
    yield { companies: page.records.map(toCompany), nextAfterId };
  }
}

/**
 * Live companies in none of the stages. HubSpot's guide leaves open whether NOT_IN finds a company without any stage, so those are
 * asked for by a group of their own. Throws like `PortalClient.read`.
 */
export async function readCompaniesOutside(
  client: PortalClient,
  portalId: PortalId,
  lifecycleStages: readonly string[],
  limit: number,
): Promise<OutsideCompanies> {
  const propertyName = 'lifecyclestage';
  const { total, records } = await searchPage(client, portalId, 'companies', {
    filterGroups: [
      [{ propertyName, operator: 'NOT_IN', values: lifecycleStages }],
      [{ propertyName, operator: 'NOT_HAS_PROPERTY' }],
    ],
    properties: ['name', propertyName],
    sortBy: 'hs_object_id',
    priority: 'run',
    limit,
  });
  const sample = records.map(toCompany).map(({ name, lifecycleStage }) => ({ name, lifecycleStage }));
  return { total, sample };
}

/** The companies that exist, by the id asked for; a merged id gives its survivor. Throws like `PortalClient.read`. */
export async function readCompanies(
  client: PortalClient,
  portalId: PortalId,
  ids: readonly CompanyId[],
): Promise<ReadonlyMap<CompanyId, CompanyRecord>> {
  const options = { properties: COMPANY_PROPERTIES, priority: 'run' as const };
  const records = await readRecords(client, portalId, 'companies', ids, options);
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
