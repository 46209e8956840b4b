import { invalid, objectNotFound } from './errors.ts';
import { linksOf } from './links.ts';
import type { Mutation, RecordRef } from './model.ts';
import { OBJECT_TYPES, defaultAssociationType, findAssociationType, objectTypeOf } from './object-types.ts';
import type { AssociationType } from './object-types.ts';
import { mutation } from './write-plan.ts';
import type { PlannedWrites, WritePlan } from './write-plan.ts';

export interface AssociationTypeInput {
  readonly associationCategory: string;
  readonly associationTypeId: number;
}

export interface AssociationInput {
  readonly to: { readonly id: string };
  readonly types: readonly AssociationTypeInput[];
}

/** The inline associations of a new record. Throws 400 for a type that does not fit, 404 for a target that is not there. */
export function planAssociations(
  plan: WritePlan,
  from: RecordRef,
  inputs: readonly AssociationInput[],
): PlannedWrites {
  const planned = inputs.map((input) => {
    if (input.types.length === 0)
      throw invalid('associations[].types must name at least one association type');
    const types = input.types.map((type) => associationTypeFrom(from.type, type));
    const to = types[0]?.to ?? '';
    if (types.some((type) => type.to !== to))
      throw invalid('association types of one input must lead to one object type');
    return planLink(plan, from, { type: to, id: input.to.id }, types);
  });
  return {
    changes: planned.flatMap((link) => link.changes),
    mutations: planned.flatMap((link) => link.mutations),
  };
}

/**
 * One link between two record types that the path names; `isNew` when `from` is planned in the same request.
 * Throws like `planAssociations`.
 */
export function planLinkByIds(
  plan: WritePlan,
  from: RecordRef,
  to: RecordRef,
  inputs: readonly AssociationTypeInput[] | undefined,
  isNew = false,
): PlannedWrites & { readonly types: readonly AssociationType[] } {
  if (!isNew) requireRecord(plan, from);
  const types =
    inputs === undefined
      ? defaultTypes(plan, from, to)
      : inputs.map((type) => requireType(from.type, to.type, type));
  return { ...planLink(plan, from, to, types), types };
}

/** The changes that take links away; types left out take the whole link. */
export function planUnlink(
  plan: WritePlan,
  from: RecordRef,
  to: RecordRef,
  typeIds: readonly number[],
): PlannedWrites {
  const isLinked = linksOf(plan.portal, from, to.type).some((link) => link.to.id === to.id);
  if (!isLinked) return { changes: [], mutations: [] };
  return {
    changes: [{ op: 'link', portalId: plan.portal.portalId, from, to, typeIds, remove: true }],
    mutations: linkMutations(plan, from, to, typeIds[0], true),
  };
}

function planLink(
  plan: WritePlan,
  from: RecordRef,
  to: RecordRef,
  types: readonly AssociationType[],
): PlannedWrites {
  requireRecord(plan, to);
  const typeIds = types.map((type) => type.id);
  return {
    changes: [{ op: 'link', portalId: plan.portal.portalId, from, to, typeIds }],
    mutations: linkMutations(plan, from, to, typeIds[0], false),
  };
}

function linkMutations(
  plan: WritePlan,
  from: RecordRef,
  to: RecordRef,
  typeId: number | undefined,
  associationRemoved: boolean,
): Mutation[] {
  const oneWay = (a: RecordRef, b: RecordRef, id: number | undefined): Mutation => ({
    ...mutation(plan, 'associationChange', a.type, a.id),
    fromObjectId: a.id,
    toObjectId: b.id,
    toObjectType: b.type,
    associationRemoved,
    ...(id === undefined ? {} : { associationTypeId: id }),
  });
  const inverseId =
    typeId === undefined ? undefined : findAssociationType(from.type, to.type, typeId)?.inverseId;
  return [oneWay(from, to, typeId), oneWay(to, from, inverseId)];
}

function defaultTypes(plan: WritePlan, from: RecordRef, to: RecordRef): AssociationType[] {
  const unlabeled = defaultAssociationType(from.type, to.type);
  if (unlabeled === undefined) throw invalid(`${from.type} cannot be associated with ${to.type}`);
  // A contact's first company becomes its primary one.
  const isFirstCompany =
    from.type === 'contacts' && to.type === 'companies' && linksOf(plan.portal, from, to.type).length === 0;
  const primary = isFirstCompany ? findAssociationType(from.type, to.type, 1) : undefined;
  return primary === undefined ? [unlabeled] : [unlabeled, primary];
}

function requireType(from: string, to: string, input: AssociationTypeInput): AssociationType {
  const type =
    input.associationCategory === 'HUBSPOT_DEFINED'
      ? findAssociationType(from, to, input.associationTypeId)
      : undefined;
  if (type === undefined) throw wrongType(from, input);
  return type;
}

function associationTypeFrom(from: string, input: AssociationTypeInput): AssociationType {
  const targets = OBJECT_TYPES.map((type) => type.name);
  const found = targets
    .map((to) => findAssociationType(from, to, input.associationTypeId))
    .find((type) => type !== undefined);
  if (found === undefined || input.associationCategory !== 'HUBSPOT_DEFINED') throw wrongType(from, input);
  return found;
}

function wrongType(from: string, input: AssociationTypeInput): Error {
  const { associationCategory: category, associationTypeId: id } = input;
  return invalid(
    `Association type ${category}:${String(id)} does not apply to ${objectTypeOf(from).singular} and this target`,
    {
      errors: [
        {
          message: 'invalid association type',
          code: 'INVALID_ASSOCIATION_TYPE',
          context: { associationTypeId: [String(id)] },
        },
      ],
    },
  );
}

function requireRecord(plan: WritePlan, record: RecordRef): void {
  const found = plan.portal.objects.get(record.type)?.get(record.id);
  if (found === undefined || found.archived) {
    throw objectNotFound([record.id], `No ${objectTypeOf(record.type).singular} with ID ${record.id} exists`);
  }
}
