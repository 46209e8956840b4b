import { Router } from 'express';
import { z } from 'zod';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import type { SimulatorContext } from './context.ts';
import { invalid, objectNotFound } from './errors.ts';
import { placeOf, sortedIndexOf } from './sorted-index.ts';
import type { IndexSpec, StoredObject } from './model.ts';
import { findObjectType } from './object-types.ts';
import { integrationProvenance } from './provenance.ts';
import { planErasure, planMerge } from './merge-plans.ts';
import { planArchived, planCreate, planUpdate } from './record-plans.ts';
import { findRecord, findRecordBy, viewAssociations, viewRecord, viewWritten } from './record-views.ts';
import { recordScopes } from './scopes.ts';
import { associationsSchema, valuesSchema } from './write-schemas.ts';
import { requireLinkScopes } from './link-scopes.ts';
import { startPlan } from './write-plan.ts';

/** Single records: list, read, create, update, archive, merge, and the erasure of a contact. */
export function createObjectRoutes(context: SimulatorContext): Router {
  const router = Router();
  const base = `/crm/objects/${API_VERSION}/:type`;
  const read = { limit: 'general', isRead: true } as const;
  const write = { limit: 'general', isRead: false } as const;
  apiRoute(router, context, { method: 'post', path: `${base}/merge`, ...write }, mergeRecords);
  apiRoute(router, context, { method: 'post', path: `${base}/gdpr-delete`, ...write }, eraseContact);
  apiRoute(router, context, { method: 'get', path: base, ...read }, listRecords);
  apiRoute(router, context, { method: 'post', path: base, ...write }, createRecord);
  apiRoute(router, context, { method: 'get', path: `${base}/:id`, ...read }, readRecord);
  apiRoute(router, context, { method: 'patch', path: `${base}/:id`, ...write }, updateRecord);
  apiRoute(router, context, { method: 'delete', path: `${base}/:id`, ...write }, archiveRecord);
  return router;
}

const LARGEST_PAGE = 100;

function listRecords(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'read'));
  const limit = numberFrom(call, 'limit', 10, LARGEST_PAGE);
  const after = Number(call.query.get('after') ?? '0');
  const archived = call.query.get('archived') === 'true';
  const index = sortedIndexOf(call.portal, type.name, idIndex(archived));
  const start = placeOf(index.entries, { key: after, id: after + 1 }, index.spec);
  const shown = index.entries
    .slice(start, start + limit)
    .flatMap(({ id }) => call.portal.objects.get(type.name)?.get(String(id)) ?? []);
  const last = shown.at(-1);
  const results = shown.map((object) => viewWithQuery(call, type.name, object));
  const paging =
    index.entries.length > start + limit && last !== undefined
      ? { paging: { next: { after: last.id, link: nextLink(call, last.id) } } }
      : {};
  return { status: 200, body: { results, ...paging } };
}

/** Every live or every archived record of a type, by id. */
function idIndex(archived: boolean): IndexSpec {
  return {
    name: `list ${String(archived)}`,
    matches: (object) => object.archived === archived,
    keyOf: (object) => Number(object.id),
    descending: false,
  };
}

function readRecord(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'read'));
  const object = recordOfPath(call, type.name, call.query.get('archived') === 'true');
  return { status: 200, body: viewWithQuery(call, type.name, object) };
}

function createRecord(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const input = call.body(z.strictObject({ properties: valuesSchema, associations: associationsSchema }));
  requireLinkScopes(call, type.name, input.associations ?? []);
  const planned = planCreate(planOf(call), type.name, input.properties, input.associations ?? []);
  call.context.state.commit(planned.changes, planned.mutations);
  return { status: 201, body: viewWritten(call.portal, type.name, planned.object) };
}

function updateRecord(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const { properties } = call.body(z.strictObject({ properties: valuesSchema }));
  const planned = planUpdate(planOf(call), type.name, recordOfPath(call, type.name, false), properties);
  call.context.state.commit(planned.changes, planned.mutations);
  return { status: 200, body: viewWritten(call.portal, type.name, planned.object) };
}

function archiveRecord(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const object = call.portal.objects.get(type.name)?.get(String(call.params['id']));
  if (object !== undefined && !object.archived) {
    const planned = planArchived(planOf(call), type.name, object, true);
    call.context.state.commit(planned.changes, planned.mutations);
  }
  return { status: 204 };
}

function mergeRecords(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const input = call.body(z.strictObject({ primaryObjectId: z.string(), objectIdToMerge: z.string() }));
  const planned = planMerge(planOf(call), type.name, input.primaryObjectId, input.objectIdToMerge);
  call.context.state.commit(planned.changes, planned.mutations);
  return { status: 200, body: viewWritten(call.portal, type.name, planned.object) };
}

function eraseContact(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  if (type.name !== 'contacts') throw invalid('gdpr-delete is for contacts');
  const input = call.body(z.strictObject({ objectId: z.string(), idProperty: z.string().optional() }));
  const object = findRecordBy(call.portal, type.name, input.idProperty ?? 'hs_object_id', input.objectId);
  if (object !== undefined) {
    const planned = planErasure(planOf(call), type.name, object);
    call.context.state.commit(planned.changes, planned.mutations);
  }
  return { status: 204 };
}

function planOf(call: ApiCall) {
  return startPlan(call.portal, call.now, integrationProvenance(call.context.options.app, call.token.userId));
}

function recordOfPath(call: ApiCall, type: string, archived: boolean): StoredObject {
  const id = String(call.params['id']);
  const idProperty = call.query.get('idProperty');
  const object =
    idProperty === null ? findRecord(call.portal, type, id) : findRecordBy(call.portal, type, idProperty, id);
  if (object?.archived !== archived)
    throw objectNotFound([id], `Object not found.  objectId are usually numeric.`);
  return object;
}

function viewWithQuery(call: ApiCall, type: string, object: StoredObject): Record<string, unknown> {
  const toTypes = listFrom(call, 'associations').map((name) => {
    const known = findObjectType(name);
    if (known === undefined) throw invalid(`Unable to infer object type from: ${name}`);
    call.require(recordScopes(known.name, 'read'));
    return known.name;
  });
  const view = viewRecord(call.portal, type, object, {
    properties: listFrom(call, 'properties'),
    propertiesWithHistory: listFrom(call, 'propertiesWithHistory'),
  });
  const associations = viewAssociations(call.portal, type, object.id, toTypes);
  return Object.keys(associations).length === 0 ? view : { ...view, associations };
}

/** A list parameter, repeated or separated by commas. */
function listFrom(call: ApiCall, name: string): string[] {
  return call.query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''));
}

function numberFrom(call: ApiCall, name: string, fallback: number, largest: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > largest)
    throw invalid(`${name} must be between 1 and ${String(largest)}`);
  return value;
}

function nextLink(call: ApiCall, after: string): string {
  return `https://api.hubapi.com/crm/objects/${API_VERSION}/${call.objectType().name}?after=${after}`;
}
