import { Router } from 'express';
import type { Request } from 'express';
import {
  adminUninstallsSchema,
  personCreatesSchema,
  personEditsSchema,
  personErasesSchema,
  personLinksSchema,
  personMergesSchema,
  personRestoresSchema,
} from './control-contract.ts';
import { ControlError, controlRoute, parseControl, requirePortal, requireType } from './control-route.ts';
import { planLinkByIds, planUnlink } from './association-plans.ts';
import type { SimulatorContext } from './context.ts';
import { linksOf } from './links.ts';
import { planErasure, planMerge } from './merge-plans.ts';
import type { PortalState, StoredObject } from './model.ts';
import { uninstall } from './oauth-grants.ts';
import { planArchived, planCreate, planUpdate } from './record-plans.ts';
import { personProvenance } from './provenance.ts';
import { startPlan } from './write-plan.ts';
import type { Planned, PlannedWrites, WritePlan } from './write-plan.ts';

/** The honest view of all records, and what people do to them in HubSpot's own pages. */
export function createControlRecordRoutes(context: SimulatorContext): Router {
  const router = Router();
  const objects = '/_control/objects/:portal/:type';
  controlRoute(router, 'get', objects, (request) => listObjects(context, request));
  controlRoute(router, 'get', `${objects}/:id`, (request) => viewFull(...recordOf(context, request)));
  controlRoute(router, 'get', '/_control/record/:portal/:type/:id', (request) =>
    viewRecordPage(context, request),
  );
  controlRoute(router, 'post', objects, (request, body) => personCreates(context, request, body()));
  controlRoute(router, 'post', `${objects}/:id`, (request, body) => personEdits(context, request, body()));
  controlRoute(router, 'delete', `${objects}/:id`, (request) => personDeletes(context, request));
  controlRoute(router, 'post', '/_control/merge', (_request, body) => personMerges(context, body()));
  controlRoute(router, 'post', '/_control/restore', (_request, body) => personRestores(context, body()));
  controlRoute(router, 'post', '/_control/erase', (_request, body) => personErases(context, body()));
  controlRoute(router, 'post', '/_control/associations', (_request, body) => personLinks(context, body()));
  controlRoute(router, 'post', '/_control/uninstall', (_request, body) => {
    uninstall(context, requirePortal(context, parseControl(adminUninstallsSchema, body()).portalId));
  });
  return router;
}

/** `archived`: left out shows live records, "true" archived ones, "any" both. `after` is the last id of the page before. */
function listObjects(context: SimulatorContext, request: Request): unknown[] {
  const portal = requirePortal(context, Number(request.params['portal']));
  const type = requireType(String(request.params['type'])).name;
  const { archived, limit, after, q } = request.query;
  const word = typeof q === 'string' ? q.toLowerCase() : '';
  const wanted = (object: StoredObject) =>
    (archived === 'any' || object.archived === (archived === 'true')) &&
    Number(object.id) > Number(after ?? '0') &&
    (word === '' || nameOf(object).toLowerCase().includes(word));
  const sorted = [...(portal.objects.get(type)?.values() ?? [])]
    .filter(wanted)
    .sort((a, b) => Number(a.id) - Number(b.id));
  return sorted
    .slice(0, limit === undefined ? undefined : Number(limit))
    .map((object) => viewFull(portal, type, object));
}

const NAMES = [
  'name',
  'firstname',
  'lastname',
  'email',
  'hs_task_subject',
  'hs_call_title',
  'hs_meeting_title',
  'dealname',
  'subject',
];

function nameOf(object: StoredObject): string {
  return NAMES.map((name) => object.properties[name] ?? '').join(' ');
}

function viewFull(portal: PortalState, type: string, object: StoredObject): Record<string, unknown> {
  const associations: Record<string, string[]> = {};
  for (const { to } of linksOf(portal, { type, id: object.id })) (associations[to.type] ??= []).push(to.id);
  const { id, properties, createdAt, updatedAt, archived, history } = object;
  return { id, properties, createdAt, updatedAt, archived, associations, history: history ?? {} };
}

function viewRecordPage(context: SimulatorContext, request: Request): Record<string, unknown> {
  const [portal, type, object] = recordOf(context, request);
  const associated: Record<string, unknown[]> = {
    contacts: [],
    calls: [],
    meetings: [],
    emails: [],
    notes: [],
    tasks: [],
    deals: [],
  };
  for (const { to } of linksOf(portal, { type, id: object.id })) {
    const other = portal.objects.get(to.type)?.get(to.id);
    if (other !== undefined && !other.archived)
      (associated[to.type] ??= []).push(viewFull(portal, to.type, other));
  }
  return { object: viewFull(portal, type, object), associated };
}

function personCreates(context: SimulatorContext, request: Request, body: unknown): unknown {
  const portal = requirePortal(context, Number(request.params['portal']));
  const type = requireType(String(request.params['type'])).name;
  const input = parseControl(personCreatesSchema, body);
  const plan = planOf(context, portal, input.asUserId);
  const planned = planCreate(plan, type, input.properties, []);
  // The record must exist before it can be linked; a link that is refused leaves no record behind.
  const links = input.associations.map(({ to, typeId }) =>
    planLinkByIds(
      plan,
      { type, id: planned.object.id },
      { type: requireType(to.type).name, id: to.id },
      typesOf(typeId),
      true,
    ),
  );
  commit(context, [planned, ...links]);
  return viewFull(portal, type, planned.object);
}

function personEdits(context: SimulatorContext, request: Request, body: unknown): unknown {
  const [portal, type, object] = recordOf(context, request);
  const input = parseControl(personEditsSchema, body);
  return commitOne(
    context,
    portal,
    type,
    planUpdate(planOf(context, portal, input.asUserId), type, object, input.properties),
  );
}

function personDeletes(context: SimulatorContext, request: Request): unknown {
  const [portal, type, object] = recordOf(context, request);
  return commitOne(
    context,
    portal,
    type,
    planArchived(planOf(context, portal, undefined), type, object, true),
  );
}

function personMerges(context: SimulatorContext, body: unknown): unknown {
  const input = parseControl(personMergesSchema, body);
  const portal = requirePortal(context, input.portalId);
  const type = requireType(input.objectType).name;
  const plan = planOf(context, portal, input.asUserId);
  return commitOne(
    context,
    portal,
    type,
    planMerge(plan, type, input.primaryObjectId, input.objectIdToMerge),
  );
}

function personRestores(context: SimulatorContext, body: unknown): unknown {
  const input = parseControl(personRestoresSchema, body);
  const portal = requirePortal(context, input.portalId);
  const type = requireType(input.objectType).name;
  const object = requireRecord(portal, type, input.objectId);
  if (!object.archived)
    throw new ControlError(409, 'objectId', `${type} ${object.id} is not archived`, 'archive it first');
  return commitOne(
    context,
    portal,
    type,
    planArchived(planOf(context, portal, input.asUserId), type, object, false),
  );
}

function personErases(context: SimulatorContext, body: unknown): void {
  const input = parseControl(personErasesSchema, body);
  const portal = requirePortal(context, input.portalId);
  const contact = requireRecord(portal, 'contacts', input.contactId);
  commit(context, [planErasure(planOf(context, portal, input.asUserId), 'contacts', contact)]);
}

function personLinks(context: SimulatorContext, body: unknown): unknown {
  const input = parseControl(personLinksSchema, body);
  const portal = requirePortal(context, input.portalId);
  const from = { type: requireType(input.from.type).name, id: input.from.id };
  const to = { type: requireType(input.to.type).name, id: input.to.id };
  const plan = planOf(context, portal, input.asUserId);
  const typeIds = input.typeId === undefined ? [] : [input.typeId];
  const planned = input.remove
    ? planUnlink(plan, from, to, typeIds)
    : planLinkByIds(plan, from, to, typesOf(input.typeId));
  commit(context, [planned]);
  return viewFull(portal, from.type, requireRecord(portal, from.type, from.id));
}

function planOf(context: SimulatorContext, portal: PortalState, asUserId: number | undefined): WritePlan {
  const admin =
    portal.owners.find((owner) => owner.superAdmin) ?? portal.owners.find((owner) => owner.userId !== null);
  return startPlan(portal, context.clock.now(), personProvenance(asUserId ?? admin?.userId ?? null));
}

function typesOf(typeId: number | undefined) {
  return typeId === undefined
    ? undefined
    : [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }];
}

function commitOne(context: SimulatorContext, portal: PortalState, type: string, planned: Planned): unknown {
  commit(context, [planned]);
  return viewFull(portal, type, planned.object);
}

function commit(context: SimulatorContext, planned: readonly PlannedWrites[]): void {
  context.state.commit(
    planned.flatMap((one) => one.changes),
    planned.flatMap((one) => one.mutations),
  );
}

function recordOf(context: SimulatorContext, request: Request): [PortalState, string, StoredObject] {
  const portal = requirePortal(context, Number(request.params['portal']));
  const type = requireType(String(request.params['type'])).name;
  return [portal, type, requireRecord(portal, type, String(request.params['id']))];
}

function requireRecord(portal: PortalState, type: string, id: string): StoredObject {
  const object = portal.objects.get(type)?.get(id);
  if (object !== undefined) return object;
  throw new ControlError(
    404,
    'id',
    `${type} ${id} does not exist in portal ${String(portal.portalId)}`,
    'list the records with GET /_control/objects',
  );
}
