import type { PortalState, StoredObject } from './model.ts';

/** Keeps the index of unique values (custom unique properties and contacts' email) in step with one record's change. */
export function indexUniqueValues(
  portal: PortalState,
  type: string,
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): void {
  for (const definition of portal.properties.get(type)?.values() ?? []) {
    if (!definition.hasUniqueValue) continue;
    const oldValue = before?.properties[definition.name];
    const newValue = after?.properties[definition.name];
    if (oldValue === newValue) continue;
    if (before !== undefined && hasValue(oldValue))
      forget(portal, type, definition.name, oldValue, before.id);
    if (after !== undefined && hasValue(newValue))
      remember(portal, type, definition.name, newValue, after.id);
  }
}

/** Ids of all records (archived ones too) that hold a unique value, in the order they took it. */
export function idsWithValue(
  portal: PortalState,
  type: string,
  property: string,
  value: string,
): readonly string[] {
  return portal.uniqueValues.get(`${type}.${property}`)?.get(comparable(value)) ?? [];
}

/** Whether another record already holds the value, so that a write of it must be refused. */
export function isTaken(
  portal: PortalState,
  type: string,
  property: string,
  value: string,
  exceptId?: string,
): boolean {
  return idsWithValue(portal, type, property, value).some((id) => {
    const holder = portal.objects.get(type)?.get(id);
    if (holder === undefined || id === exceptId) return false;
    return !holder.archived || !portal.settings.archiveFreesUnique;
  });
}

/** Unique values are compared without regard to case. */
export function comparable(value: string): string {
  return value.toLowerCase();
}

function hasValue(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value !== '';
}

function remember(portal: PortalState, type: string, property: string, value: string, id: string): void {
  const key = `${type}.${property}`;
  const values = portal.uniqueValues.get(key) ?? new Map<string, string[]>();
  portal.uniqueValues.set(key, values);
  values.set(comparable(value), [...(values.get(comparable(value)) ?? []), id]);
}

function forget(portal: PortalState, type: string, property: string, value: string, id: string): void {
  const values = portal.uniqueValues.get(`${type}.${property}`);
  const left = (values?.get(comparable(value)) ?? []).filter((known) => known !== id);
  if (left.length === 0) values?.delete(comparable(value));
  else values?.set(comparable(value), left);
}
