import { addLink, dropLinks, removeLink } from './links.ts';
import type { Change, PortalState, StoredObject } from './model.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { ownGroups, ownProperties } from './shared-catalog.ts';
import { updateIndexes } from './sorted-index.ts';
import { indexUniqueValues } from './unique-values.ts';

/** Index lag is at most an hour (settings), so older versions are never shown again. */
const LONGEST_LAG_MS = 3_600_000;

type PortalChange = Extract<Change, { portalId: number }>;

/** Applies one change to its portal. The only code that writes to a portal's maps after it was loaded. */
export function applyPortalChange(portal: PortalState, change: PortalChange, at: Date): void {
  switch (change.op) {
    case 'object':
      setObject(portal, change.type, change.object.id, change.object, at);
      return;
    case 'purge':
      setObject(portal, change.type, change.id, undefined, at);
      dropLinks(portal, { type: change.type, id: change.id });
      forgetPreImages(portal, change.type, change.id);
      return;
    case 'link':
      if (change.remove === true) removeLink(portal, change.from, change.to, change.typeIds);
      else addLink(portal, change.from, change.to, change.typeIds);
      return;
    case 'merged':
      portal.mergedInto.get(change.type)?.set(change.fromId, change.intoId);
      return;
    case 'property':
      ownProperties(portal, change.type).set(change.definition.name, change.definition);
      portal.indexes.delete(change.type);
      return;
    case 'propertyRemoved':
      ownProperties(portal, change.type).delete(change.name);
      portal.indexes.delete(change.type);
      return;
    case 'group':
      ownGroups(portal, change.type).set(change.group.name, change.group);
      return;
    case 'settings':
      // A journal of an earlier version lacks the newer switches.
      portal.settings = { ...DEFAULT_SETTINGS, ...change.settings };
      return;
    case 'install':
      portal.install = change.install;
      return;
    case 'portalReference':
    case 'portalRemoved':
      // Whole accounts come and go in state.ts.
      return;
  }
}

function setObject(
  portal: PortalState,
  type: string,
  id: string,
  next: StoredObject | undefined,
  at: Date,
): void {
  const objects = portal.objects.get(type);
  const before = objects?.get(id);
  rememberPreImage(portal, type, id, before ?? null, at.getTime());
  indexUniqueValues(portal, type, before, next);
  updateIndexes(portal, type, before, next);
  if (next === undefined) objects?.delete(id);
  else objects?.set(id, next);
  if (before === undefined) portal.lastIds.set(type, Math.max(portal.lastIds.get(type) ?? 0, Number(id)));
}

function rememberPreImage(
  portal: PortalState,
  type: string,
  id: string,
  before: StoredObject | null,
  changedAtMs: number,
): void {
  portal.preImages.push({ type, id, before, changedAtMs });
  // Half of them at once: one by one, a long run would move the whole list with every write.
  const half = portal.preImages.length >>> 1;
  if ((portal.preImages[half]?.changedAtMs ?? Infinity) < changedAtMs - LONGEST_LAG_MS)
    portal.preImages.splice(0, half);
}

/** An erased record must not live on in what search still shows. */
function forgetPreImages(portal: PortalState, type: string, id: string): void {
  const kept = portal.preImages.filter((image) => image.type !== type || image.id !== id);
  portal.preImages.splice(0, portal.preImages.length, ...kept);
}
