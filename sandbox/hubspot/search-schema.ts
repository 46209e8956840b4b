import { z } from 'zod';
import type { ApiCall } from './api-route.ts';
import { invalid } from './errors.ts';

const filterSchema = z.strictObject({
  propertyName: z.string(),
  operator: z.enum([
    'EQ',
    'NEQ',
    'LT',
    'LTE',
    'GT',
    'GTE',
    'BETWEEN',
    'IN',
    'NOT_IN',
    'HAS_PROPERTY',
    'NOT_HAS_PROPERTY',
    'CONTAINS_TOKEN',
    'NOT_CONTAINS_TOKEN',
  ]),
  value: z.union([z.string(), z.number(), z.boolean()]).transform(String).optional(),
  values: z.array(z.union([z.string(), z.number()]).transform(String)).optional(),
  highValue: z.union([z.string(), z.number()]).transform(String).optional(),
});

const sortSchema = z.strictObject({
  propertyName: z.string(),
  direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING'),
});

export const searchSchema = z.strictObject({
  filterGroups: z.array(z.strictObject({ filters: z.array(filterSchema).min(1) })).default([]),
  properties: z.array(z.string()).default([]),
  sorts: z.array(sortSchema).default([]),
  query: z.string().optional(),
  limit: z.number().int().default(10),
  after: z.union([z.string(), z.number()]).transform(String).default('0'),
});

/** The older search takes a sort as a name too, with "-" for descending (README of @hubspot/api-client 14.0.1). */
export const olderSearchSchema = searchSchema.extend({
  sorts: z.array(z.union([sortSchema, z.string().transform(sortFromName)])).default([]),
});

function sortFromName(name: string): z.output<typeof sortSchema> {
  return name.startsWith('-')
    ? { propertyName: name.slice(1), direction: 'DESCENDING' }
    : { propertyName: name, direction: 'ASCENDING' };
}

export type SearchFilter = z.output<typeof filterSchema>;
export type SearchRequest = z.output<typeof searchSchema>;

/** Search limits (CRM search guide, 2026-03). */
const LARGEST_PAGE = 200;
const MOST_RESULTS = 10_000;
const LONGEST_BODY = 3_000;
const MOST_GROUPS = 5;
const MOST_FILTERS_A_GROUP = 6;
const MOST_FILTERS = 18;

/** Throws 400 for a search beyond HubSpot's limits or with an operator that lacks its values. */
export function checkSearch(call: ApiCall, type: string, search: SearchRequest, bodyLength: number): void {
  if (bodyLength > LONGEST_BODY) throw invalid(`The search exceeds ${String(LONGEST_BODY)} characters`);
  if (search.limit < 1 || search.limit > LARGEST_PAGE)
    throw invalid(`limit must be between 1 and ${String(LARGEST_PAGE)}`);
  if (!/^\d+$/.test(search.after)) throw invalid('after must be a cursor of an earlier reply');
  if (Number(search.after) + search.limit > MOST_RESULTS)
    throw invalid(`Only the first ${String(MOST_RESULTS)} results can be paged`);
  if (search.sorts.length > 1) throw invalid('only one sort is allowed');
  const filters = search.filterGroups.flatMap((group) => group.filters);
  if (search.filterGroups.length > MOST_GROUPS)
    throw invalid(`at most ${String(MOST_GROUPS)} filterGroups are allowed`);
  if (filters.length > MOST_FILTERS)
    throw invalid(`at most ${String(MOST_FILTERS)} filters are allowed in all`);
  if (search.filterGroups.some((group) => group.filters.length > MOST_FILTERS_A_GROUP)) {
    throw invalid(`at most ${String(MOST_FILTERS_A_GROUP)} filters are allowed in a group`);
  }
  for (const filter of filters) checkFilter(call, type, filter);
  for (const { propertyName } of search.sorts) requireProperty(call, type, propertyName);
}

function checkFilter(call: ApiCall, type: string, filter: SearchFilter): void {
  const { propertyName, operator } = filter;
  if (propertyName.startsWith('associations.')) checkAssociationFilter(call, filter);
  else requireProperty(call, type, propertyName);
  if (operator === 'HAS_PROPERTY' || operator === 'NOT_HAS_PROPERTY') return;
  if (operator === 'IN' || operator === 'NOT_IN') {
    if ((filter.values ?? []).length === 0) throw invalid(`${operator} on ${propertyName} needs values`);
    return;
  }
  if (filter.value === undefined) throw invalid(`${operator} on ${propertyName} needs a value`);
  if (operator === 'BETWEEN' && filter.highValue === undefined)
    throw invalid(`BETWEEN on ${propertyName} needs a highValue`);
}

function checkAssociationFilter(call: ApiCall, { propertyName, operator }: SearchFilter): void {
  const isKnown = /^associations\.(contact|company|deal|ticket|quote)$/.test(propertyName);
  const mayUseIn = operator === 'IN' && call.portal.settings.searchByAssociationIn;
  if (!isKnown || (operator !== 'EQ' && !mayUseIn))
    throw invalid(`${operator} is not supported on ${propertyName}`);
}

function requireProperty(call: ApiCall, type: string, name: string): void {
  if (call.portal.properties.get(type)?.has(name) === true) return;
  throw invalid(`There was a problem with the request: property "${name}" does not exist`, {
    errors: [
      {
        message: `Property "${name}" does not exist`,
        code: 'PROPERTY_DOESNT_EXIST',
        context: { propertyName: [name] },
      },
    ],
  });
}
