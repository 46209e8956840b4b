import { invalidProperties } from './errors.ts';
import type { PortalState, PropertyDefinition } from './model.ts';

/** What a client may send as a value. */
export type SentValue = string | number | boolean | null;

interface Problem {
  readonly code: string;
  readonly name: string;
  readonly message: string;
}

type Checked = { readonly value: string | null } | { readonly problem: Problem };

/**
 * The values as HubSpot stores them: strings (ISO instants, ISO days) or null for an emptied one.
 * Throws 400 listing every property that does not exist, is read-only or has a value of the wrong kind.
 */
export function checkProperties(
  portal: PortalState,
  type: string,
  sent: Readonly<Record<string, SentValue>>,
): Record<string, string | null> {
  const checked = Object.entries(sent).map(
    ([name, value]) => [name, checkOne(portal, type, name, value)] as const,
  );
  const problems = checked.flatMap(([, outcome]) => ('problem' in outcome ? [outcome.problem] : []));
  if (problems.length > 0) throw invalidProperties(problems);
  return Object.fromEntries(
    checked.map(([name, outcome]) => [name, 'value' in outcome ? outcome.value : null]),
  );
}

function checkOne(portal: PortalState, type: string, name: string, sent: SentValue): Checked {
  const definition = portal.properties.get(type)?.get(name);
  if (definition === undefined)
    return problem('PROPERTY_DOESNT_EXIST', name, `Property "${name}" does not exist`);
  if (definition.readOnly)
    return problem('READ_ONLY_VALUE', name, `"${name}" is a read only property; its value cannot be set.`);
  if (sent === null || sent === '') return { value: null };
  if (name === 'hubspot_owner_id') return checkOwner(portal, String(sent));
  if (refusesUniqueWrite(portal, type, definition)) {
    return problem('UNIQUE_PROPERTY_NOT_SUPPORTED', name, `"${name}" cannot hold unique values on ${type}`);
  }
  return CHECKS[definition.type](definition, String(sent));
}

const CHECKS: Readonly<
  Record<PropertyDefinition['type'], (definition: PropertyDefinition, value: string) => Checked>
> = {
  string: checkString,
  number: ({ name }, value) =>
    Number.isFinite(Number(value)) && value.trim() !== ''
      ? { value }
      : problem('INVALID_NUMBER', name, `${value} was not a valid number.`),
  bool: ({ name }, value) =>
    value === 'true' || value === 'false'
      ? { value }
      : problem('INVALID_BOOLEAN', name, `${value} was not a valid boolean.`),
  enumeration: checkOption,
  datetime: ({ name }, value) => {
    const instant = parseInstant(value);
    return instant === null
      ? problem('INVALID_DATE', name, `${value} was not a valid date.`)
      : { value: instant.toISOString() };
  },
  date: checkDay,
};

/** An instant written as milliseconds or ISO 8601, as HubSpot takes both; null for anything else. */
export function parseInstant(value: string): Date | null {
  const isMs = /^-?\d{1,15}$/.test(value);
  const isIso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value);
  if (!isMs && !isIso) return null;
  const instant = new Date(isMs ? Number(value) : value);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

const LONGEST_STRING = 65_536;

function checkString({ name }: PropertyDefinition, value: string): Checked {
  if (value.length <= LONGEST_STRING) return { value };
  return problem(
    'INVALID_LENGTH',
    name,
    `The value of "${name}" exceeds ${String(LONGEST_STRING)} characters.`,
  );
}

function checkDay({ name }: PropertyDefinition, value: string): Checked {
  const instant = parseInstant(value);
  const isMidnight = instant !== null && instant.getTime() % 86_400_000 === 0;
  if (instant !== null && isMidnight) return { value: instant.toISOString().slice(0, 10) };
  return problem('INVALID_DATE', name, `${value} is not a date at midnight UTC.`);
}

function checkOption(definition: PropertyDefinition, value: string): Checked {
  const chosen =
    definition.fieldType === 'checkbox' ? value.split(';').filter((part) => part !== '') : [value];
  const allowed = definition.options.map((option) => option.value);
  const unknown = chosen.find((part) => !allowed.includes(part));
  if (unknown === undefined) return { value };
  return problem(
    'INVALID_OPTION',
    definition.name,
    `${unknown} was not one of the allowed options: [${allowed.join(', ')}]`,
  );
}

function checkOwner(portal: PortalState, ownerId: string): Checked {
  const owner = portal.owners.find((known) => known.id === ownerId);
  if (owner !== undefined && !(owner.archived && portal.settings.inactiveOwnerRejected))
    return { value: ownerId };
  const why = owner === undefined ? 'does not exist' : 'is inactive';
  return problem('INVALID_OWNER_ID', 'hubspot_owner_id', `Owner ${ownerId} ${why}.`);
}

function refusesUniqueWrite(portal: PortalState, type: string, definition: PropertyDefinition): boolean {
  const isCustomUnique = definition.hasUniqueValue && !definition.hubspotDefined;
  return isCustomUnique && type === 'tasks' && portal.settings.uniqueTaskProperty === 'refusedOnWrite';
}

function problem(code: string, name: string, message: string): Checked {
  return { problem: { code, name, message } };
}
