import { Router } from 'express';
import { z } from 'zod';
import { apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import { planLinkByIds, planUnlink } from './association-plans.ts';
import { endsOf, noAssociations, viewTarget } from './association-routes.ts';
import type { Ends } from './association-routes.ts';
import { batchReply, checkBatchSize, inBatchOrder } from './batch.ts';
import type { SimulatorContext } from './context.ts';
import { linksOf } from './links.ts';
import type { AssociationLink, RecordRef } from './model.ts';
import { findAssociationType } from './object-types.ts';
import { integrationProvenance } from './provenance.ts';
import { startPlan } from './write-plan.ts';
import { associationTypesSchema, objectIdSchema } from './write-schemas.ts';

const LARGEST_PAGE = 500;
const LARGEST_READ = 1000;

/** Associations as only the older paths have them: of a single record (v4), and the batch read of v3 with its own reply. */
export function createOlderAssociationRoutes(context: SimulatorContext): Router {
  const router = Router();
  const record = '/crm/v4/objects/:from/:fromId/associations';
  const limit = 'associations';
  const read = { limit, isRead: true } as const;
  const write = { limit, isRead: false } as const;
  apiRoute(router, context, { method: 'get', path: `${record}/:to`, ...read }, listLinks);
  apiRoute(router, context, { method: 'put', path: `${record}/default/:to/:toId`, ...write }, createDefault);
  apiRoute(router, context, { method: 'put', path: `${record}/:to/:toId`, ...write }, createLink);
  apiRoute(router, context, { method: 'delete', path: `${record}/:to/:toId`, ...write }, archiveLink);
  const batch = '/crm/v3/associations/:from/:to/batch/read';
  apiRoute(router, context, { method: 'post', path: batch, ...read }, readLinks);
  return router;
}

function listLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'read');
  const limit = Math.min(Number(call.query.get('limit') ?? LARGEST_PAGE), LARGEST_PAGE);
  const live = liveLinks(call, ends, String(call.params['fromId']));
  const after = call.query.get('after');
  const start = after === null ? 0 : live.findIndex((link) => link.to.id === after) + 1;
  const page = live.slice(start, start + limit);
  const last = page.at(-1)?.to.id;
  const hasMore = last !== undefined && live.length > start + limit;
  const paging = hasMore ? { paging: { next: { after: last, link: `?after=${last}` } } } : {};
  return {
    status: 200,
    body: { results: page.map((link) => viewTarget(ends.from, ends.to, link)), ...paging },
  };
}

function createLink(call: ApiCall): Reply {
  const ends = endsOf(call, 'write');
  const { from, to } = refsOf(call, ends);
  const plan = planOf(call);
  const planned = planLinkByIds(plan, from, to, call.body(associationTypesSchema.min(1)));
  call.context.state.commit(planned.changes, planned.mutations);
  const labels = planned.types.flatMap((type) => (type.label === null ? [] : [type.label]));
  const fromSide = { fromObjectTypeId: ends.from.typeId, fromObjectId: from.id };
  return {
    status: 201,
    body: { ...fromSide, toObjectTypeId: ends.to.typeId, toObjectId: to.id, labels },
  };
}

function createDefault(call: ApiCall): Reply {
  const ends = endsOf(call, 'write');
  const { from, to } = refsOf(call, ends);
  const planned = planLinkByIds(planOf(call), from, to, undefined);
  call.context.state.commit(planned.changes, planned.mutations);
  const results = planned.types.slice(0, 1).map((type) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: type.id },
  }));
  return batchReply(call, 200, results, [], call.now.toISOString());
}

function archiveLink(call: ApiCall): Reply {
  const { from, to } = refsOf(call, endsOf(call, 'write'));
  const planned = planUnlink(planOf(call), from, to, []);
  call.context.state.commit(planned.changes, planned.mutations);
  return { status: 204 };
}

const readSchema = z.strictObject({ inputs: z.array(z.strictObject({ id: objectIdSchema })) });

function readLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'read');
  const { inputs } = call.body(readSchema);
  checkBatchSize(inputs, LARGEST_READ);
  const read = inputs.map(({ id }) => ({ id, links: liveLinks(call, ends, id) }));
  const results = read
    .filter(({ links }) => links.length > 0)
    .map(({ id, links }) => ({ from: { id }, to: links.flatMap((link) => namedLinks(ends, link)) }));
  const errors = read.filter(({ links }) => links.length === 0).map(({ id }) => noAssociations(ends, id));
  return batchReply(call, 200, inBatchOrder(call, results), errors, call.now.toISOString());
}

/** One entry for each association type: v3 names them in words. */
function namedLinks({ from, to }: Ends, link: AssociationLink): { id: string; type: string }[] {
  const name = `${from.singular}_to_${to.singular}`;
  return link.typeIds.map((typeId) => {
    const label = findAssociationType(from.name, to.name, typeId)?.label ?? null;
    return { id: link.to.id, type: label === null ? name : `${name}_${String(typeId)}` };
  });
}

function liveLinks(call: ApiCall, { from, to }: Ends, id: string): readonly AssociationLink[] {
  return linksOf(call.portal, { type: from.name, id }, to.name).filter(
    (link) => call.portal.objects.get(to.name)?.get(link.to.id)?.archived === false,
  );
}

function refsOf(call: ApiCall, { from, to }: Ends): { from: RecordRef; to: RecordRef } {
  return {
    from: { type: from.name, id: String(call.params['fromId']) },
    to: { type: to.name, id: String(call.params['toId']) },
  };
}

function planOf(call: ApiCall) {
  return startPlan(call.portal, call.now, integrationProvenance(call.context.options.app, call.token.userId));
}
