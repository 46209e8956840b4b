import { Router } from 'express';
import { z } from 'zod';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import { planLinkByIds, planUnlink } from './association-plans.ts';
import { batchReply, checkBatchSize, inBatchOrder } from './batch.ts';
import type { SimulatorContext } from './context.ts';
import { HubSpotError } from './errors.ts';
import { linksOf } from './links.ts';
import type { AssociationLink } from './model.ts';
import { findAssociationType } from './object-types.ts';
import type { AssociationType, ObjectType } from './object-types.ts';
import { integrationProvenance } from './provenance.ts';
import { recordScopes } from './scopes.ts';
import { startPlan } from './write-plan.ts';
import type { PlannedWrites, WritePlan } from './write-plan.ts';
import { associationTypesSchema, objectIdSchema, refSchema } from './write-schemas.ts';

const LARGEST_READ = 1000;
const LARGEST_WRITE = 2000;

/** Associations between two types of records: read, create, create with the default type, archive. */
export function createAssociationRoutes(context: SimulatorContext): Router {
  const router = Router();
  const base = `/crm/associations/${API_VERSION}/:from/:to/batch`;
  const post = { method: 'post', limit: 'associations' } as const;
  apiRoute(router, context, { ...post, path: `${base}/read`, isRead: true }, readLinks);
  apiRoute(router, context, { ...post, path: `${base}/create`, isRead: false }, createLinks);
  apiRoute(
    router,
    context,
    { ...post, path: `${base}/associate/default`, isRead: false },
    createDefaultLinks,
  );
  apiRoute(router, context, { ...post, path: `${base}/archive`, isRead: false }, archiveLinks);
  return router;
}

/** The two types that a path names. */
export interface Ends {
  readonly from: ObjectType;
  readonly to: ObjectType;
}

/** The types of the path, once the token may see them. Throws 400 for no type, 403 MISSING_SCOPES. */
export function endsOf(call: ApiCall, access: 'read' | 'write'): Ends {
  const from = call.objectType('from');
  const to = call.objectType('to');
  call.require([...recordScopes(from.name, access), ...recordScopes(to.name, access)]);
  return { from, to };
}

const readSchema = z.strictObject({
  inputs: z.array(z.strictObject({ id: objectIdSchema, after: z.string().optional() })),
});

function readLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'read');
  const { inputs } = call.body(readSchema);
  checkBatchSize(inputs, LARGEST_READ);
  const read = inputs.map((input) => ({ input, view: viewLinks(call, ends, input.id, input.after) }));
  const results = read.flatMap(({ view }) => (view === null ? [] : [view]));
  const errors = read.flatMap(({ input, view }) => (view === null ? [noAssociations(ends, input.id)] : []));
  return batchReply(call, 200, inBatchOrder(call, results), errors, call.now.toISOString());
}

function viewLinks(
  call: ApiCall,
  { from, to }: Ends,
  id: string,
  after: string | undefined,
): Record<string, unknown> | null {
  const live = linksOf(call.portal, { type: from.name, id }, to.name).filter(
    (link) => call.portal.objects.get(to.name)?.get(link.to.id)?.archived === false,
  );
  const start = after === undefined ? 0 : live.findIndex((link) => link.to.id === after) + 1;
  const size = call.portal.settings.associationPageSize;
  const page = live.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined) return null;
  const hasMore = live.length > start + size;
  return {
    from: { id },
    to: page.map((link) => viewTarget(from, to, link)),
    ...(hasMore ? { paging: { next: { after: last.to.id, link: `?after=${last.to.id}` } } } : {}),
  };
}

/** One end of a link with its association types. */
export function viewTarget(from: ObjectType, to: ObjectType, link: AssociationLink): Record<string, unknown> {
  const associationTypes = link.typeIds.map((typeId) => ({
    category: 'HUBSPOT_DEFINED',
    typeId,
    label: findAssociationType(from.name, to.name, typeId)?.label ?? null,
  }));
  return { toObjectId: Number(link.to.id), associationTypes };
}

/** The item of a 207 for a record that is linked to nothing. */
export function noAssociations({ from, to }: Ends, id: string): Record<string, unknown> {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from.singular], toObjectType: [to.singular] },
  };
}

const pairSchema = { from: refSchema, to: refSchema };
const createSchema = z.strictObject({
  inputs: z.array(z.strictObject({ ...pairSchema, types: associationTypesSchema.min(1) })),
});
const defaultSchema = z.strictObject({ inputs: z.array(z.strictObject(pairSchema)) });
const archiveSchema = z.strictObject({
  inputs: z.array(z.strictObject({ from: refSchema, to: z.array(refSchema) })),
});

function createLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'write');
  const { inputs } = call.body(createSchema);
  return writeLinks(call, ends, inputs, 201, ({ from, to }, types) => ({
    fromObjectTypeId: ends.from.typeId,
    fromObjectId: Number(from.id),
    toObjectTypeId: ends.to.typeId,
    toObjectId: Number(to.id),
    labels: types.flatMap((type) => (type.label === null ? [] : [type.label])),
  }));
}

function createDefaultLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'write');
  const { inputs } = call.body(defaultSchema);
  return writeLinks(call, ends, inputs, 200, ({ from, to }, types) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: types[0]?.id },
  }));
}

interface LinkInput {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly types?: z.output<typeof associationTypesSchema>;
}

/** Missing records are listed in a 207; an association type that does not fit fails the whole batch. */
function writeLinks<I extends LinkInput>(
  call: ApiCall,
  ends: Ends,
  inputs: readonly I[],
  successStatus: number,
  view: (input: I, types: readonly AssociationType[]) => Record<string, unknown>,
): Reply {
  checkBatchSize(inputs, LARGEST_WRITE);
  const plan = planOf(call);
  const results: Record<string, unknown>[] = [];
  const errors: Record<string, unknown>[] = [];
  const planned: PlannedWrites[] = [];
  for (const input of inputs) {
    try {
      const links = planLinkByIds(
        plan,
        ref(ends.from, input.from.id),
        ref(ends.to, input.to.id),
        input.types,
      );
      planned.push(links);
      results.push(view(input, links.types));
    } catch (error) {
      if (!(error instanceof HubSpotError) || error.status !== 404) throw error;
      errors.push(error.item({ fromObjectId: [input.from.id], toObjectId: [input.to.id] }));
    }
  }
  commitLinks(call, planned);
  return batchReply(call, successStatus, inBatchOrder(call, results), errors, call.now.toISOString());
}

function archiveLinks(call: ApiCall): Reply {
  const ends = endsOf(call, 'write');
  const { inputs } = call.body(archiveSchema);
  checkBatchSize(inputs, LARGEST_WRITE);
  const plan = planOf(call);
  const planned = inputs.flatMap((input) =>
    input.to.map((to) => planUnlink(plan, ref(ends.from, input.from.id), ref(ends.to, to.id), [])),
  );
  commitLinks(call, planned);
  return { status: 204 };
}

function commitLinks(call: ApiCall, planned: readonly PlannedWrites[]): void {
  call.context.state.commit(
    planned.flatMap((links) => links.changes),
    planned.flatMap((links) => links.mutations),
  );
}

function planOf(call: ApiCall): WritePlan {
  return startPlan(call.portal, call.now, integrationProvenance(call.context.options.app, call.token.userId));
}

function ref(type: ObjectType, id: string): { type: string; id: string } {
  return { type: type.name, id };
}
