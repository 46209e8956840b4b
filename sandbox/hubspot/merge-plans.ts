import { invalid, objectNotFound } from './errors.ts';
import { linksOf } from './links.ts';
import type { Change, StoredObject } from './model.ts';
import { mutation } from './write-plan.ts';
import type { Planned, WritePlan } from './write-plan.ts';

/** Types whose records HubSpot can merge. */
const MERGEABLE = ['contacts', 'companies', 'deals', 'tickets'];

/**
 * Merges two records: the primary one keeps its values and takes what it lacks, all associations move to the survivor, and
 * the merged id leads to it from then on. Throws 400 for types that do not merge or one id twice, 404 for unknown records.
 */
export function planMerge(plan: WritePlan, type: string, primaryId: string, mergedId: string): Planned {
  if (!MERGEABLE.includes(type)) throw invalid(`${type} cannot be merged`);
  if (primaryId === mergedId) throw invalid('primaryObjectId and objectIdToMerge are the same record');
  const primary = liveRecord(plan, type, primaryId);
  const merged = liveRecord(plan, type, mergedId);
  const survivorId = plan.portal.settings.mergeCreatesNewId ? plan.ids.next(type) : primaryId;
  const gone = survivorId === primaryId ? [merged] : [primary, merged];
  const object = survivorOf(plan, type, survivorId, primary, merged);
  return {
    object,
    changes: [
      ...gone.flatMap((record) => goneChanges(plan, type, record, survivorId)),
      { op: 'object', portalId: plan.portal.portalId, type, object },
      ...gone.flatMap((record) => movedLinks(plan, type, record.id, survivorId)),
    ],
    mutations: [
      {
        ...mutation(plan, 'merge', type, survivorId),
        primaryObjectId: primaryId,
        mergedObjectIds: survivorId === primaryId ? [mergedId] : [primaryId, mergedId],
        newObjectId: survivorId,
      },
    ],
  };
}

/** Erases a contact for good, as HubSpot's privacy deletion does: record, values, history and links. */
export function planErasure(plan: WritePlan, type: string, object: StoredObject): Planned {
  return {
    object,
    changes: [{ op: 'purge', portalId: plan.portal.portalId, type, id: object.id }],
    mutations: [mutation(plan, 'privacyDeletion', type, object.id)],
  };
}

function liveRecord(plan: WritePlan, type: string, id: string): StoredObject {
  const record = plan.portal.objects.get(type)?.get(id);
  if (record === undefined || record.archived) throw objectNotFound([id], `No record with ID ${id} exists`);
  return record;
}

function survivorOf(
  plan: WritePlan,
  type: string,
  id: string,
  primary: StoredObject,
  merged: StoredObject,
): StoredObject {
  const at = plan.now.toISOString();
  const filled = Object.entries(merged.properties).filter(
    ([name]) => (primary.properties[name] ?? '') === '',
  );
  const ids = [...(id === primary.id ? [] : [primary.id]), merged.id];
  return {
    ...primary,
    id,
    properties: {
      ...Object.fromEntries(filled),
      ...primary.properties,
      hs_object_id: id,
      hs_merged_object_ids: [...listed(primary, 'hs_merged_object_ids'), ...ids].join(';'),
      hs_lastmodifieddate: at,
      ...(type === 'contacts' ? ofContact(plan, primary, ids) : {}),
    },
    updatedAt: at,
  };
}

/** HubSpot keeps for contacts when each was merged too: `id:ms;id:ms`. */
function ofContact(plan: WritePlan, primary: StoredObject, ids: readonly string[]) {
  const merged = ids.map((id) => `${id}:${plan.now.getTime()}`);
  return {
    hs_calculated_merged_vids: [...listed(primary, 'hs_calculated_merged_vids'), ...merged].join(';'),
    lastmodifieddate: plan.now.toISOString(),
  };
}

function listed(record: StoredObject, property: string): readonly string[] {
  return (record.properties[property] ?? '').split(';').filter((part) => part !== '');
}

/** The merged record disappears; its unique values go with it, so that the survivor may hold them. */
function goneChanges(plan: WritePlan, type: string, record: StoredObject, survivorId: string): Change[] {
  const { portalId } = plan.portal;
  return [
    { op: 'merged', portalId, type, fromId: record.id, intoId: survivorId },
    {
      op: 'object',
      portalId,
      type,
      object: { ...record, archived: true, archivedAt: plan.now.toISOString() },
    },
  ];
}

function movedLinks(plan: WritePlan, type: string, fromId: string, survivorId: string): Change[] {
  const { portalId } = plan.portal;
  const from = { type, id: fromId };
  return linksOf(plan.portal, from).flatMap((link): Change[] => [
    { op: 'link', portalId, from, to: link.to, typeIds: [], remove: true },
    ...(link.to.type === type && link.to.id === survivorId
      ? []
      : [
          {
            op: 'link' as const,
            portalId,
            from: { type, id: survivorId },
            to: link.to,
            typeIds: link.typeIds,
          },
        ]),
  ]);
}
