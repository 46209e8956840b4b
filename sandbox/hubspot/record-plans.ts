import { planAssociations } from './association-plans.ts';
import type { AssociationInput } from './association-plans.ts';
import { HubSpotError, invalid } from './errors.ts';
import { historyAfter } from './history.ts';
import type { Mutation, StoredObject } from './model.ts';
import { objectTypeOf } from './object-types.ts';
import { checkProperties } from './property-values.ts';
import type { SentValue } from './property-values.ts';
import { comparable, isTaken } from './unique-values.ts';
import { mutation } from './write-plan.ts';
import type { Planned, WritePlan } from './write-plan.ts';

/** A new record with its associations. Throws HubSpotError for what HubSpot refuses. */
export function planCreate(
  plan: WritePlan,
  type: string,
  sent: Readonly<Record<string, SentValue>>,
  associations: readonly AssociationInput[],
): Planned {
  const values = checkProperties(plan.portal, type, sent);
  if (objectTypeOf(type).isActivity && values['hs_timestamp'] == null) throw missingTimestamp(type);
  claimUniqueValues(plan, type, values, undefined);
  const id = plan.ids.next(type);
  const at = plan.now.toISOString();
  const properties = {
    ...serverProperties(plan, type, id, at),
    ...initialValues(type),
    ...computed(type, values, at),
    ...values,
  };
  const object: StoredObject = {
    id,
    properties: withoutNulls(properties),
    createdAt: at,
    updatedAt: at,
    archived: false,
  };
  const links = planAssociations(plan, { type, id }, associations);
  return {
    object,
    changes: [{ op: 'object', portalId: plan.portal.portalId, type, object }, ...links.changes],
    mutations: [
      mutation(plan, 'creation', type, id),
      ...valueMutations(plan, type, id, values),
      ...links.mutations,
    ],
  };
}

/** A record with changed values. Throws HubSpotError for what HubSpot refuses. */
export function planUpdate(
  plan: WritePlan,
  type: string,
  before: StoredObject,
  sent: Readonly<Record<string, SentValue>>,
): Planned {
  const values = checkProperties(plan.portal, type, sent);
  claimUniqueValues(plan, type, values, before.id);
  const at = plan.now.toISOString();
  const all = { ...values, ...computed(type, values, at) };
  const changed = Object.fromEntries(
    Object.entries(all).filter(([name, value]) => (before.properties[name] ?? null) !== value),
  );
  const modified =
    type === 'contacts' ? { lastmodifieddate: at, hs_lastmodifieddate: at } : { hs_lastmodifieddate: at };
  const object: StoredObject = {
    ...before,
    properties: { ...before.properties, ...changed, ...modified },
    updatedAt: at,
    history: historyAfter(before, changed, at, plan.provenance),
  };
  return {
    object,
    changes: [{ op: 'object', portalId: plan.portal.portalId, type, object }],
    mutations: valueMutations(plan, type, before.id, changed),
  };
}

/** A record archived (a person's delete, or the API's) or brought back. */
export function planArchived(
  plan: WritePlan,
  type: string,
  before: StoredObject,
  archived: boolean,
): Planned {
  const at = plan.now.toISOString();
  const { archivedAt: _archivedAt, ...rest } = before;
  const object: StoredObject = { ...rest, archived, updatedAt: at, ...(archived ? { archivedAt: at } : {}) };
  return {
    object,
    changes: [{ op: 'object', portalId: plan.portal.portalId, type, object }],
    mutations: [mutation(plan, archived ? 'deletion' : 'restore', type, before.id)],
  };
}

function valueMutations(
  plan: WritePlan,
  type: string,
  id: string,
  values: Readonly<Record<string, string | null>>,
): Mutation[] {
  return Object.entries(values).map(([propertyName, value]) => ({
    ...mutation(plan, 'propertyChange', type, id),
    propertyName,
    propertyValue: value ?? '',
  }));
}

function claimUniqueValues(
  plan: WritePlan,
  type: string,
  values: Readonly<Record<string, string | null>>,
  exceptId: string | undefined,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null || plan.portal.properties.get(type)?.get(name)?.hasUniqueValue !== true) continue;
    const claim = `${type}.${name}=${comparable(value)}`;
    if (plan.claimed.has(claim) || isTaken(plan.portal, type, name, value, exceptId))
      throw uniqueConflict(plan, name, value);
    plan.claimed.add(claim);
  }
}

function uniqueConflict(plan: WritePlan, name: string, value: string): HubSpotError {
  const message = `Another record already has the value "${value}" for the unique property "${name}".`;
  const errors = [{ message, code: 'CONFLICTING_UNIQUE_VALUE', context: { propertyName: [name] } }];
  if (plan.portal.settings.uniqueConflict === '400') return invalid(message, { errors });
  return new HubSpotError(409, message, { category: 'CONFLICT', errors });
}

function missingTimestamp(type: string): HubSpotError {
  const name = objectTypeOf(type).singular.toUpperCase();
  return invalid(`Error creating ${name}. Some required properties were not set.`, {
    context: { properties: ['hs_timestamp'] },
    errors: [
      {
        message: 'hs_timestamp is required',
        code: 'REQUIRED_PROPERTY',
        context: { propertyName: ['hs_timestamp'] },
      },
    ],
  });
}

function serverProperties(
  plan: WritePlan,
  type: string,
  id: string,
  at: string,
): Record<string, string | null> {
  const { provenance } = plan;
  return {
    hs_object_id: id,
    hs_createdate: at,
    hs_lastmodifieddate: at,
    ...(objectTypeOf(type).isActivity ? {} : { createdate: at }),
    ...(type === 'contacts' ? { lastmodifieddate: at } : {}),
    hs_object_source: provenance.source,
    hs_object_source_id: provenance.sourceId,
    hs_object_source_label: provenance.label,
    hs_object_source_detail_1: provenance.detail,
    hs_object_source_user_id: provenance.userId,
    hs_created_by_user_id: provenance.userId,
  };
}

function initialValues(type: string): Record<string, string> {
  if (type !== 'tasks') return {};
  return { hs_task_status: 'NOT_STARTED', hs_task_priority: 'NONE', hs_task_type: 'TODO' };
}

/** Values that HubSpot derives from what was written. */
function computed(
  type: string,
  values: Readonly<Record<string, string | null>>,
  at: string,
): Record<string, string | null> {
  const status = values['hs_task_status'];
  if (type !== 'tasks' || status === undefined) return {};
  return status === 'COMPLETED'
    ? { hs_task_is_completed: '1', hs_task_completion_date: at }
    : { hs_task_is_completed: '0', hs_task_completion_date: null };
}

function withoutNulls(values: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
