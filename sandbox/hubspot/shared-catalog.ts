import type { PortalState, PropertyDefinition, PropertyGroup } from './model.ts';
import { OBJECT_TYPES } from './object-types.ts';
import { standardGroup, standardProperties } from './property-catalog.ts';

/** HubSpot's own properties by type: one catalog for all accounts, so that thousands of them fit into memory. */
export const STANDARD_PROPERTIES: ReadonlyMap<string, Map<string, PropertyDefinition>> = new Map(
  OBJECT_TYPES.map(({ name }) => [
    name,
    new Map(standardProperties(name).map((definition) => [definition.name, definition])),
  ]),
);

/** HubSpot's own property groups by type, shared like the properties. */
export const STANDARD_GROUPS: ReadonlyMap<string, Map<string, PropertyGroup>> = new Map(
  OBJECT_TYPES.map(({ name }) => [name, new Map([[standardGroup(name).name, standardGroup(name)]])]),
);

/** The account's properties of a type, for writing: a copy of its own from the first change on. */
export function ownProperties(portal: PortalState, type: string): Map<string, PropertyDefinition> {
  return ownOf(portal.properties, STANDARD_PROPERTIES, type);
}

/** The account's property groups of a type, for writing, like `ownProperties`. */
export function ownGroups(portal: PortalState, type: string): Map<string, PropertyGroup> {
  return ownOf(portal.groups, STANDARD_GROUPS, type);
}

function ownOf<T>(
  mine: Map<string, Map<string, T>>,
  shared: ReadonlyMap<string, Map<string, T>>,
  type: string,
): Map<string, T> {
  const known = mine.get(type);
  if (known !== undefined && known !== shared.get(type)) return known;
  const copy = new Map(known);
  mine.set(type, copy);
  return copy;
}
