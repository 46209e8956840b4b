import { portalDocumentSchema } from '../portal-document.ts';
import type { PortalDocument, PortalDocumentInput, PortalObject } from '../portal-document.ts';
import type { PortalState, PropertyDefinition, StoredObject } from './model.ts';
import { addLink } from './links.ts';
import { OBJECT_TYPES, defaultAssociationType, findAssociationType, findObjectType } from './object-types.ts';
import { standardGroup } from './property-catalog.ts';
import { STANDARD_GROUPS, STANDARD_PROPERTIES, ownGroups, ownProperties } from './shared-catalog.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { indexUniqueValues } from './unique-values.ts';

/** A portal document that contradicts itself; `field` is the path of the value to change. */
export class PortalDocumentError extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.name = 'PortalDocumentError';
    this.field = field;
  }
}

/** A new account with HubSpot's own properties and the document's content. `loadedAt` stands in where a record has no date. */
export function createPortal(document: PortalDocument, loadedAt: string): PortalState {
  const portal: PortalState = {
    portalId: document.portalId,
    name: document.name,
    timeZone: document.timeZone,
    uiDomain: document.uiDomain,
    owners: [],
    callDispositions: [],
    objects: byType(),
    links: byType(),
    mergedInto: byType(),
    properties: new Map(STANDARD_PROPERTIES),
    groups: new Map(STANDARD_GROUPS),
    uniqueValues: new Map(),
    lastIds: new Map(),
    preImages: [],
    indexes: new Map(),
    settings: DEFAULT_SETTINGS,
    install: null,
  };
  addDocument(portal, document, loadedAt);
  return portal;
}

/** Adds the document's owners, properties, records and associations to a portal; records with the same id are replaced. */
export function addDocument(portal: PortalState, document: PortalDocument, loadedAt: string): void {
  for (const owner of document.owners) {
    const index = portal.owners.findIndex((known) => known.id === owner.id);
    if (index < 0) portal.owners.push(owner);
    else portal.owners[index] = owner;
  }
  portal.indexes.clear();
  addDispositions(portal, document);
  addCustomProperties(portal, document);
  for (const [type, objects] of Object.entries(document.objects)) addObjects(portal, type, objects, loadedAt);
  for (const association of document.associations) addAssociation(portal, association);
}

/**
 * The document with its defaults. One that has them all already is returned as it is: a generator's million records need no
 * second check.
 */
export function withDefaults(input: PortalDocumentInput): PortalDocument {
  return hasDefaults(input) ? input : portalDocumentSchema.parse(input);
}

function hasDefaults(input: PortalDocumentInput): input is PortalDocument {
  const { uiDomain, owners, objects, associations, properties, callDispositions } = input;
  const lists = [uiDomain, owners, objects, associations, properties, callDispositions];
  const definitions = Object.values(properties ?? {}).flat();
  return (
    !lists.includes(undefined) &&
    (owners ?? []).every(
      (owner) =>
        ![owner.type, owner.archived, owner.teams, owner.superAdmin, owner.locale].includes(undefined),
    ) &&
    definitions.every(({ options, hasUniqueValue }) => options !== undefined && hasUniqueValue !== undefined)
  );
}

/** Refuses a document that names unknown types, repeats an id or links records that do not exist. Throws PortalDocumentError. */
export function checkDocument(document: PortalDocument, existing: PortalState | undefined): void {
  for (const [type, objects] of Object.entries(document.objects)) {
    if (findObjectType(type)?.name !== type)
      throw new PortalDocumentError(`objects.${type}`, knownTypesHint(type));
    refuseRepeatedIds(type, objects);
  }
  for (const type of Object.keys(document.properties)) {
    if (findObjectType(type)?.name !== type)
      throw new PortalDocumentError(`properties.${type}`, knownTypesHint(type));
  }
  const ids = new Map(
    Object.entries(document.objects).map(([type, list]) => [type, new Set(list.map((item) => item.id))]),
  );
  const exists = (type: string, id: string) =>
    (ids.get(type)?.has(id) ?? false) || (existing?.objects.get(type)?.has(id) ?? false);
  document.associations.forEach((association, index) => {
    checkAssociation(association, `associations.${String(index)}`, exists);
  });
}

function checkAssociation(
  { from, to, typeId }: PortalDocument['associations'][number],
  field: string,
  exists: (type: string, id: string) => boolean,
): void {
  const known =
    typeId === undefined
      ? defaultAssociationType(from.type, to.type)
      : findAssociationType(from.type, to.type, typeId);
  if (known === undefined) {
    const what = typeId === undefined ? 'no default association' : `no association type ${String(typeId)}`;
    throw new PortalDocumentError(
      field,
      `${what} from ${from.type} to ${to.type}: use a pair and an id that HubSpot has`,
    );
  }
  for (const end of [from, to]) {
    if (!exists(end.type, end.id)) {
      throw new PortalDocumentError(
        field,
        `${end.type} ${end.id} is not in the document: add it under objects.${end.type}`,
      );
    }
  }
}

function refuseRepeatedIds(type: string, objects: readonly PortalObject[]): void {
  const seen = new Set<string>();
  objects.forEach((object, index) => {
    if (seen.has(object.id)) {
      throw new PortalDocumentError(
        `objects.${type}.${String(index)}.id`,
        `id ${object.id} stands twice: use one id a record`,
      );
    }
    seen.add(object.id);
  });
}

function knownTypesHint(type: string): string {
  return `"${type}" is no object type: use one of ${OBJECT_TYPES.map((known) => known.name).join(', ')}`;
}

function byType<T>(): Map<string, Map<string, T>> {
  return new Map(OBJECT_TYPES.map((type) => [type.name, new Map<string, T>()]));
}

function addDispositions(portal: PortalState, document: PortalDocument): void {
  portal.callDispositions.push(...document.callDispositions);
  const known = portal.properties.get('calls')?.get('hs_call_disposition');
  if (known === undefined || document.callDispositions.length === 0) return;
  const added = document.callDispositions.map(({ id, label }) => ({ label, value: id }));
  ownProperties(portal, 'calls').set(known.name, { ...known, options: [...known.options, ...added] });
}

function addCustomProperties(portal: PortalState, document: PortalDocument): void {
  for (const [type, definitions] of Object.entries(document.properties)) {
    for (const definition of definitions) {
      ownProperties(portal, type).set(definition.name, {
        ...definition,
        readOnly: false,
        hubspotDefined: false,
      });
      if (portal.groups.get(type)?.has(definition.groupName) === false) {
        ownGroups(portal, type).set(definition.groupName, {
          name: definition.groupName,
          label: definition.groupName,
          displayOrder: -1,
        });
      }
    }
  }
}

function addObjects(
  portal: PortalState,
  type: string,
  objects: readonly PortalObject[],
  loadedAt: string,
): void {
  const stored = portal.objects.get(type);
  for (const object of objects) {
    for (const name of Object.keys(object.properties)) {
      // A document stands for a real account, which may have more properties than the catalog lists.
      if (portal.properties.get(type)?.has(name) === false)
        ownProperties(portal, type).set(name, undeclaredProperty(name, type));
    }
    const next = toStored(object, loadedAt);
    indexUniqueValues(portal, type, stored?.get(object.id), next);
    stored?.set(object.id, next);
  }
}

function undeclaredProperty(name: string, type: string): PropertyDefinition {
  const groupName = standardGroup(type).name;
  return {
    name,
    label: name,
    groupName,
    type: 'string',
    fieldType: 'text',
    options: [],
    hasUniqueValue: false,
    readOnly: false,
    hubspotDefined: false,
  };
}

function toStored(object: PortalObject, loadedAt: string): StoredObject {
  const given = object.properties;
  const createdAt = toIso(object.createdAt ?? given['hs_createdate'] ?? given['createdate'] ?? loadedAt);
  const updatedAt = toIso(object.updatedAt ?? given['hs_lastmodifieddate'] ?? createdAt);
  const archived = object.archived ?? false;
  return {
    id: object.id,
    properties: {
      hs_createdate: createdAt,
      hs_lastmodifieddate: updatedAt,
      ...given,
      hs_object_id: object.id,
    },
    createdAt,
    updatedAt,
    archived,
    ...(archived ? { archivedAt: updatedAt } : {}),
    ...(object.history === undefined ? {} : { history: newestFirst(object.history) }),
  };
}

function toIso(instant: string): string {
  return new Date(instant).toISOString();
}

function newestFirst(history: NonNullable<PortalObject['history']>): StoredObject['history'] {
  const sorted = Object.entries(history).map(
    ([name, entries]) => [name, entries.toSorted((a, b) => b.timestamp.localeCompare(a.timestamp))] as const,
  );
  return Object.fromEntries(sorted);
}

function addAssociation(
  portal: PortalState,
  { from, to, typeId }: PortalDocument['associations'][number],
): void {
  const type =
    typeId === undefined
      ? defaultAssociationType(from.type, to.type)
      : findAssociationType(from.type, to.type, typeId);
  if (type !== undefined) addLink(portal, from, to, [type.id]);
}
