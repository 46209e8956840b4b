import type { PortalId } from '../core/model.ts';
import { objectPath, type ObjectTypeName } from './api-version.ts';
import type { Priority } from '../usecases/ports.ts';
import type { PortalClient } from './portal-client.ts';
import { searchSchema, type HubSpotRecord } from './schemas.ts';

export type SearchFilter = {
  readonly propertyName: string;
  readonly operator:
    'GT' | 'IN' | 'NOT_IN' | 'EQ' | 'BETWEEN' | 'CONTAINS_TOKEN' | 'HAS_PROPERTY' | 'NOT_HAS_PROPERTY';
  readonly value?: string;
  /** The upper end of BETWEEN; both ends belong to it. */
  readonly highValue?: string;
  readonly values?: readonly string[];
};

export type SearchQuery = {
  /** Filters of one group must all hold; one group is enough. At most 5 groups. */
  readonly filterGroups: readonly (readonly SearchFilter[])[];
  readonly properties: readonly string[];
  readonly sortBy?: string;
  readonly priority?: Priority;
  /** Hits to pass over; a multiple of the page size. */
  readonly offset?: number;
  /** Most records of the page; the page size where left out. */
  readonly limit?: number;
};

export type SearchPage = {
  /** Each record once, in the reply's order. */
  readonly records: readonly HubSpotRecord[];
  readonly total: number;
  readonly hasMore: boolean;
};

/** HubSpot's limits of one search. Source: search guide, 2026-03. */
export const SEARCH_PAGE_SIZE = 200;
export const MAX_FILTER_GROUPS = 5;

/**
 * One page of a search. The index lags behind by an unstated time, so a search never proves that a record is absent.
 * Throws like `PortalClient.read`.
 */
export async function searchPage(
  client: PortalClient,
  portalId: PortalId,
  type: ObjectTypeName,
  query: SearchQuery,
): Promise<SearchPage> {
  const json = {
    filterGroups: query.filterGroups.map((filters) => ({ filters })),
    properties: query.properties,
    ...(query.sortBy === undefined
      ? {}
      : { sorts: [{ propertyName: query.sortBy, direction: 'ASCENDING' }] }),
    limit: query.limit ?? SEARCH_PAGE_SIZE,
    ...(query.offset === undefined || query.offset === 0 ? {} : { after: String(query.offset) }),
  };
  const request = {
    what: `search ${type}`,
    method: 'POST',
    path: objectPath(type, 'search'),
    json,
    ...(query.priority === undefined ? {} : { priority: query.priority }),
  } as const;
  const reply = await client.read(portalId, request, searchSchema, 'search');
  const records = [...new Map(reply.results.map((record) => [record.id, record])).values()];
  return { records, total: reply.total, hasMore: reply.paging?.next != null };
}
