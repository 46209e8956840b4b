import { Router } from 'express';
import { z } from 'zod';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import { LARGEST_BATCH, batchReply, checkBatchSize, inBatchOrder, writeBatch } from './batch.ts';
import type { SimulatorContext } from './context.ts';
import { invalid, objectNotFound } from './errors.ts';
import { requireLinkScopes } from './link-scopes.ts';
import type { StoredObject } from './model.ts';
import { integrationProvenance } from './provenance.ts';
import { planArchived, planCreate, planUpdate } from './record-plans.ts';
import { findRecord, findRecordBy, viewRecord, viewWritten } from './record-views.ts';
import { recordScopes } from './scopes.ts';
import { startPlan } from './write-plan.ts';
import type { WritePlan } from './write-plan.ts';
import { associationsSchema, objectIdSchema, refSchema, valuesSchema } from './write-schemas.ts';

/** Batches of records: create, read, update, upsert, archive; at most 100 inputs. */
export function createBatchRoutes(context: SimulatorContext): Router {
  const router = Router();
  const base = `/crm/objects/${API_VERSION}/:type/batch`;
  const post = { method: 'post', limit: 'general' } as const;
  apiRoute(router, context, { ...post, path: `${base}/create`, isRead: false }, createBatch);
  apiRoute(router, context, { ...post, path: `${base}/read`, isRead: true }, readBatch);
  apiRoute(router, context, { ...post, path: `${base}/update`, isRead: false }, updateBatch);
  apiRoute(router, context, { ...post, path: `${base}/upsert`, isRead: false }, upsertBatch);
  apiRoute(router, context, { ...post, path: `${base}/archive`, isRead: false }, archiveBatch);
  return router;
}

const traceId = z.string().optional();

const createSchema = z.strictObject({
  inputs: z.array(
    z.strictObject({
      properties: valuesSchema,
      associations: associationsSchema,
      objectWriteTraceId: traceId,
    }),
  ),
});

const readSchema = z.strictObject({
  inputs: z.array(refSchema),
  properties: z.array(z.string()).default([]),
  propertiesWithHistory: z.array(z.string()).default([]),
  idProperty: z.string().optional(),
});

const updateSchema = z.strictObject({
  inputs: z.array(
    z.strictObject({
      id: objectIdSchema,
      properties: valuesSchema,
      idProperty: z.string().optional(),
      objectWriteTraceId: traceId,
    }),
  ),
});

const upsertSchema = z.strictObject({
  inputs: z.array(
    z.strictObject({
      id: objectIdSchema,
      idProperty: z.string(),
      properties: valuesSchema,
      objectWriteTraceId: traceId,
    }),
  ),
});

function createBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const { inputs } = call.body(createSchema);
  checkBatchSize(inputs, LARGEST_BATCH);
  requireLinkScopes(
    call,
    type.name,
    inputs.flatMap((input) => input.associations ?? []),
  );
  const plan = planOf(call);
  return writeBatch(
    call,
    inputs,
    201,
    (input) => planCreate(plan, type.name, input.properties, input.associations ?? []),
    ({ object }) => viewWritten(call.portal, type.name, object),
  );
}

function readBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'read'));
  const request = call.body(readSchema);
  checkBatchSize(request.inputs, LARGEST_BATCH);
  const wantsArchived = call.query.get('archived') === 'true';
  const idProperty = request.idProperty ?? 'hs_object_id';
  const found = new Map<string, StoredObject>();
  const missing: string[] = [];
  for (const { id } of request.inputs) {
    const object = findRecordBy(call.portal, type.name, idProperty, id);
    if (object?.archived === wantsArchived) found.set(object.id, object);
    else missing.push(id);
  }
  const results = [...found.values()].map((object) => viewRecord(call.portal, type.name, object, request));
  const errors = missing.length === 0 ? [] : [notFoundItem(type.singular, missing)];
  return batchReply(call, 200, inBatchOrder(call, results), errors, call.now.toISOString());
}

function updateBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const { inputs } = call.body(updateSchema);
  checkBatchSize(inputs, LARGEST_BATCH);
  refuseRepeatedIds(inputs.map((input) => input.id));
  const plan = planOf(call);
  return writeBatch(
    call,
    inputs,
    200,
    (input) => {
      const before = findRecordBy(call.portal, type.name, input.idProperty ?? 'hs_object_id', input.id);
      if (before === undefined || before.archived)
        throw objectNotFound([input.id], notFoundMessage(type.singular));
      return planUpdate(plan, type.name, before, input.properties);
    },
    ({ object }) => viewWritten(call.portal, type.name, object),
  );
}

function upsertBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const { inputs } = call.body(upsertSchema);
  checkBatchSize(inputs, LARGEST_BATCH);
  refuseRepeatedIds(inputs.map((input) => `${input.idProperty}=${input.id}`));
  const plan = planOf(call);
  const isNew = new Set<unknown>();
  return writeBatch(
    call,
    inputs,
    200,
    (input) => {
      const before = findRecordBy(call.portal, type.name, input.idProperty, input.id);
      if (before !== undefined && !before.archived)
        return planUpdate(plan, type.name, before, input.properties);
      const planned = planCreate(plan, type.name, { ...input.properties, [input.idProperty]: input.id }, []);
      isNew.add(planned.object.id);
      return planned;
    },
    ({ object }) => ({ ...viewWritten(call.portal, type.name, object), new: isNew.has(object.id) }),
  );
}

function archiveBatch(call: ApiCall): Reply {
  const type = call.objectType();
  call.require(recordScopes(type.name, 'write'));
  const { inputs } = call.body(z.strictObject({ inputs: z.array(refSchema) }));
  checkBatchSize(inputs, LARGEST_BATCH);
  const plan = planOf(call);
  const live = [...new Set(inputs.map((input) => input.id))].flatMap((id) => {
    const object = findRecord(call.portal, type.name, id);
    return object === undefined || object.archived ? [] : [object];
  });
  const planned = live.map((object) => planArchived(plan, type.name, object, true));
  call.context.state.commit(
    planned.flatMap((one) => one.changes),
    planned.flatMap((one) => one.mutations),
  );
  return { status: 204 };
}

function planOf(call: ApiCall): WritePlan {
  return startPlan(call.portal, call.now, integrationProvenance(call.context.options.app, call.token.userId));
}

function refuseRepeatedIds(ids: readonly string[]): void {
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0) throw invalid(`Duplicate IDs found in batch input: [${repeated.join(', ')}]`);
}

function notFoundMessage(singular: string): string {
  return `Could not get some ${singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`;
}

function notFoundItem(singular: string, ids: readonly string[]): Record<string, unknown> {
  return objectNotFound(ids, notFoundMessage(singular)).item({ ids });
}
