import type { AssociationLink, PortalState, RecordRef } from './model.ts';
import { defaultAssociationType, findAssociationType } from './object-types.ts';

/** Links two records both ways. A labeled link (primary, parent) brings the unlabeled one of its pair along, as in HubSpot. */
export function addLink(
  portal: PortalState,
  from: RecordRef,
  to: RecordRef,
  typeIds: readonly number[],
): void {
  const all = withUnlabeled(from, to, typeIds);
  addOneWay(portal, from, to, all);
  addOneWay(portal, to, from, inverseIds(from, to, all));
}

/** Takes association types away between two records; none named takes the whole link away. */
export function removeLink(
  portal: PortalState,
  from: RecordRef,
  to: RecordRef,
  typeIds: readonly number[],
): void {
  removeOneWay(portal, from, to, typeIds);
  removeOneWay(portal, to, from, inverseIds(from, to, typeIds));
}

/** The links of a record, optionally to one type only, in the order they were made. */
export function linksOf(portal: PortalState, record: RecordRef, toType?: string): readonly AssociationLink[] {
  const links = portal.links.get(record.type)?.get(record.id) ?? [];
  return toType === undefined ? links : links.filter((link) => link.to.type === toType);
}

/** Forgets every link of a record, from both sides. */
export function dropLinks(portal: PortalState, record: RecordRef): void {
  for (const link of linksOf(portal, record)) removeOneWay(portal, link.to, record, []);
  portal.links.get(record.type)?.delete(record.id);
}

function withUnlabeled(from: RecordRef, to: RecordRef, typeIds: readonly number[]): readonly number[] {
  const unlabeled = defaultAssociationType(from.type, to.type)?.id;
  return unlabeled === undefined || typeIds.includes(unlabeled) ? typeIds : [...typeIds, unlabeled];
}

function inverseIds(from: RecordRef, to: RecordRef, typeIds: readonly number[]): readonly number[] {
  return typeIds.flatMap((id) => findAssociationType(from.type, to.type, id)?.inverseId ?? []);
}

function addOneWay(portal: PortalState, from: RecordRef, to: RecordRef, typeIds: readonly number[]): void {
  const byId = portal.links.get(from.type);
  const links = byId?.get(from.id) ?? [];
  const index = links.findIndex((link) => isSame(link.to, to));
  const known = links[index];
  if (known === undefined) links.push({ to: { type: to.type, id: to.id }, typeIds: [...new Set(typeIds)] });
  else links[index] = { to: known.to, typeIds: [...new Set([...known.typeIds, ...typeIds])] };
  byId?.set(from.id, links);
}

function removeOneWay(portal: PortalState, from: RecordRef, to: RecordRef, typeIds: readonly number[]): void {
  const byId = portal.links.get(from.type);
  const kept = (byId?.get(from.id) ?? []).flatMap((link) => {
    if (!isSame(link.to, to)) return [link];
    const left = typeIds.length === 0 ? [] : link.typeIds.filter((id) => !typeIds.includes(id));
    return left.length === 0 ? [] : [{ ...link, typeIds: left }];
  });
  byId?.set(from.id, kept);
}

function isSame(a: RecordRef, b: RecordRef): boolean {
  return a.id === b.id && a.type === b.type;
}
