import { linksOf } from './links.ts';
import type { PortalState, PropertyDefinition, StoredObject } from './model.ts';
import { parseInstant } from './property-values.ts';
import type { SearchFilter } from './search-schema.ts';

type Predicate = (object: StoredObject) => boolean;

/** Whether a record meets one filter. */
export function predicateOf(portal: PortalState, type: string, filter: SearchFilter): Predicate {
  if (filter.propertyName.startsWith('associations.')) return associationPredicate(portal, type, filter);
  const definition = portal.properties.get(type)?.get(filter.propertyName);
  if (definition === undefined) return () => false;
  const matches = valuePredicate(definition, filter);
  return (object) => matches(object.properties[filter.propertyName] ?? null);
}

const PLURALS: Readonly<Record<string, string>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  ticket: 'tickets',
  quote: 'quotes',
};

function associationPredicate(portal: PortalState, type: string, filter: SearchFilter): Predicate {
  const toType = targetTypeOf(filter);
  const wanted = wantedIds(filter);
  return (object) =>
    linksOf(portal, { type, id: object.id }, toType).some((link) => wanted.includes(link.to.id));
}

/** The type that a filter on associations names. */
export function targetTypeOf({ propertyName }: SearchFilter): string {
  return PLURALS[propertyName.replace('associations.', '')] ?? '';
}

/** The ids that a filter on associations asks for. */
export function wantedIds({ operator, value = '', values = [] }: SearchFilter): readonly string[] {
  return operator === 'IN' ? values : [value];
}

function valuePredicate(
  definition: PropertyDefinition,
  filter: SearchFilter,
): (value: string | null) => boolean {
  const { operator, value = '', values = [], highValue = '' } = filter;
  const compare = comparisonOf(definition);
  const isEqual = (stored: string, sent: string) => compare(stored, sent) === 0;
  switch (operator) {
    case 'HAS_PROPERTY':
      return (stored) => stored !== null;
    case 'NOT_HAS_PROPERTY':
      return (stored) => stored === null;
    case 'NEQ':
      return (stored) => stored === null || !isEqual(stored, value);
    case 'NOT_IN':
      return (stored) => stored === null || !isListed(definition, values, stored);
    case 'NOT_CONTAINS_TOKEN':
      return (stored) => stored === null || !holdsToken(stored, value);
    default:
      return (stored) =>
        stored !== null && matchesPresent(definition, filter, stored, { compare, value, values, highValue });
  }
}

function matchesPresent(
  definition: PropertyDefinition,
  { operator }: SearchFilter,
  stored: string,
  sent: {
    readonly compare: (a: string, b: string) => number;
    readonly value: string;
    readonly values: readonly string[];
    readonly highValue: string;
  },
): boolean {
  const order = sent.compare(stored, sent.value);
  switch (operator) {
    case 'EQ':
      return order === 0;
    case 'LT':
      return order < 0;
    case 'LTE':
      return order <= 0;
    case 'GT':
      return order > 0;
    case 'GTE':
      return order >= 0;
    case 'BETWEEN':
      return order >= 0 && sent.compare(stored, sent.highValue) <= 0;
    case 'IN':
      return isListed(definition, sent.values, stored);
    case 'CONTAINS_TOKEN':
      return holdsToken(stored, sent.value);
    default:
      return false;
  }
}

/** Order of two values by the property's type. Text ignores case, options do not; what is not comparable is unequal (NaN). */
function comparisonOf({ type }: PropertyDefinition): (stored: string, sent: string) => number {
  if (type === 'datetime' || type === 'date') return (a, b) => msOf(a) - msOf(b);
  if (type === 'number') return (a, b) => Number(a) - Number(b);
  if (type === 'string') return (a, b) => textOrder(a.toLowerCase(), b.toLowerCase());
  return textOrder;
}

/** Milliseconds of an instant, NaN for anything else. */
export function msOf(value: string): number {
  return parseInstant(value)?.getTime() ?? Number.NaN;
}

function textOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** IN on text finds lower-case values only, whatever case the record has (CRM search guide). */
function isListed(definition: PropertyDefinition, values: readonly string[], stored: string): boolean {
  if (definition.type === 'string') return values.includes(stored.toLowerCase());
  const compare = comparisonOf(definition);
  return values.some((value) => compare(stored, value) === 0);
}

function holdsToken(stored: string, wanted: string): boolean {
  const tokens = stored.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const pattern = wanted.toLowerCase();
  if (!pattern.includes('*'))
    return pattern.split(/[^\p{L}\p{N}]+/u).every((token) => token === '' || tokens.includes(token));
  const [start = '', end = ''] = pattern.split('*');
  return tokens.some((token) => token.startsWith(start) && token.endsWith(end));
}

const SEARCHED: Readonly<Record<string, readonly string[]>> = {
  companies: ['name', 'domain', 'website', 'phone'],
  contacts: ['firstname', 'lastname', 'email', 'phone', 'company'],
};

/** Whether a word of the query stands in one of the searched properties of a record. */
export function holdsWord(type: string, object: StoredObject, word: string): boolean {
  const names = SEARCHED[type] ?? [
    'hs_task_subject',
    'hs_call_title',
    'hs_meeting_title',
    'hs_body_preview',
    'dealname',
    'subject',
  ];
  return names.some((name) => object.properties[name]?.toLowerCase().includes(word) ?? false);
}
