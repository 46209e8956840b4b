import { historyOf } from './history.ts';
import { linksOf } from './links.ts';
import type { PortalState, StoredObject } from './model.ts';
import { findAssociationType, objectTypeOf } from './object-types.ts';
import { comparable, idsWithValue } from './unique-values.ts';
import { invalid } from './errors.ts';

export interface ViewRequest {
  readonly properties: readonly string[];
  readonly propertiesWithHistory?: readonly string[];
}

/** A record as the API shows it: the standard properties and those asked for, every value a string or null. */
export function viewRecord(
  portal: PortalState,
  type: string,
  object: StoredObject,
  request: ViewRequest,
): Record<string, unknown> {
  const always =
    type === 'contacts'
      ? ['createdate', 'hs_object_id', 'lastmodifieddate']
      : ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];
  const wanted =
    request.properties.length === 0
      ? objectTypeOf(type).defaultProperties
      : [...always, ...request.properties];
  const known = portal.properties.get(type);
  const names = [...new Set(wanted)].filter((name) => known?.has(name) === true);
  const history = request.propertiesWithHistory ?? [];
  return {
    id: object.id,
    properties: valuesOf(portal, object, names),
    ...(history.length === 0
      ? {}
      : {
          propertiesWithHistory: Object.fromEntries(history.map((name) => [name, historyOf(object, name)])),
        }),
    ...frame(portal, type, object),
  };
}

/** A record as the reply to a write shows it: all values that the write and the server set. */
export function viewWritten(
  portal: PortalState,
  type: string,
  object: StoredObject,
): Record<string, unknown> {
  return {
    id: object.id,
    properties: valuesOf(portal, object, Object.keys(object.properties)),
    ...frame(portal, type, object),
  };
}

function valuesOf(
  portal: PortalState,
  object: StoredObject,
  names: readonly string[],
): Record<string, string | null> {
  const values = names.map((name) => [name, object.properties[name] ?? null] as const);
  return Object.fromEntries(
    portal.settings.nullOrAbsent === 'null' ? values : values.filter(([, value]) => value !== null),
  );
}

function frame(portal: PortalState, type: string, object: StoredObject): Record<string, unknown> {
  return {
    createdAt: object.createdAt,
    updatedAt: object.updatedAt,
    archived: object.archived,
    ...(object.archivedAt === undefined ? {} : { archivedAt: object.archivedAt }),
    url: `https://${portal.uiDomain}/contacts/${String(portal.portalId)}/record/${objectTypeOf(type).typeId}/${object.id}`,
  };
}

/** The record with this id, or the one it was merged into. */
export function findRecord(portal: PortalState, type: string, id: string): StoredObject | undefined {
  let current = id;
  for (let next = portal.mergedInto.get(type)?.get(current); next !== undefined;) {
    current = next;
    next = portal.mergedInto.get(type)?.get(current);
  }
  return portal.objects.get(type)?.get(current);
}

/** The live record with this value of a unique property. Throws 400 when the property is not unique. */
export function findRecordBy(
  portal: PortalState,
  type: string,
  idProperty: string,
  value: string,
): StoredObject | undefined {
  if (idProperty === 'hs_object_id') return findRecord(portal, type, value);
  if (portal.properties.get(type)?.get(idProperty)?.hasUniqueValue !== true) {
    throw invalid(`${idProperty} is not a unique property of ${type}`, {
      errors: [
        {
          message: 'idProperty must be unique',
          code: 'INVALID_ID_PROPERTY',
          context: { propertyName: [idProperty] },
        },
      ],
    });
  }
  const candidates = idsWithValue(portal, type, idProperty, comparable(value)).map((id) =>
    portal.objects.get(type)?.get(id),
  );
  return candidates.find((object) => object?.archived === false) ?? candidates[0];
}

/** `associations` of a single record's reply: ids by type, live ones only. */
export function viewAssociations(
  portal: PortalState,
  type: string,
  id: string,
  toTypes: readonly string[],
): Record<string, { results: { id: string; type: string }[] }> {
  const views = toTypes.map((toType) => {
    const results = linksOf(portal, { type, id }, toType)
      .filter((link) => portal.objects.get(toType)?.get(link.to.id)?.archived === false)
      .flatMap((link) =>
        link.typeIds.map((typeId) => ({ id: link.to.id, type: linkName(type, toType, typeId) })),
      );
    return [toType, { results }] as const;
  });
  return Object.fromEntries(views.filter(([, view]) => view.results.length > 0));
}

function linkName(from: string, to: string, typeId: number): string {
  const name = `${objectTypeOf(from).singular}_to_${objectTypeOf(to).singular}`;
  return findAssociationType(from, to, typeId)?.label == null ? name : `${name}_${String(typeId)}`;
}
