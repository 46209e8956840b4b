import type { CompanyId, PortalId } from '../core/model.ts';
import type { CreateOutcome, NoteDraft, NoteUpdate, UpdateOutcome } from '../usecases/hubspot-port.ts';
import { NOTE_TO_COMPANY } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { updateRecords } from './batch.ts';
import { createRecords, referenceIn, withReference } from './create-records.ts';
import { readRecords } from './objects.ts';
import type { PortalClient } from './portal-client.ts';
import { linkTo } from './tasks.ts';
import { textOf } from './values.ts';

const BODY = 'hs_note_body';

/**
 * One note on each company, up to 100 in one batch; its last line carries the key. One outcome a draft, in order. Throws
 * not_installed and internal before anything left.
 */
export function createNotes(
  client: PortalClient,
  portalId: PortalId,
  drafts: readonly NoteDraft[],
  mayStillLeave?: () => boolean,
): Promise<readonly CreateOutcome[]> {
  return createRecords(client, portalId, 'notes', drafts, {
    mode: 'ledger',
    bodyProperty: BODY,
    priority: 'card',
    mayStillLeave,
    inputOf: noteInput,
  });
}

function noteInput(draft: NoteDraft): Record<string, unknown> {
  return {
    properties: { hs_timestamp: draft.at.toISOString(), [BODY]: withReference(draft.bodyHtml, draft.key) },
    associations: [linkTo(draft.companyId, NOTE_TO_COMPANY)],
  };
}

/** Gives notes new words; one outcome a note, in order. Harmless when repeated. Throws not_installed. */
export function updateNotes(
  client: PortalClient,
  portalId: PortalId,
  updates: readonly NoteUpdate[],
): Promise<readonly UpdateOutcome[]> {
  const items = updates.map(({ noteId, key, bodyHtml }) => ({
    id: noteId,
    properties: { [BODY]: withReference(bodyHtml, key) },
  }));
  return updateRecords(client, portalId, 'notes', items);
}

type WantedNote = { readonly key: string; readonly companyId: CompanyId };

/** Ids of the notes that carry each key, ascending as text; a key without a note is absent. Throws like `PortalClient.read`. */
export async function findNotesByKey(
  client: PortalClient,
  portalId: PortalId,
  wanted: readonly WantedNote[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const companyIds = wanted.map(({ companyId }) => companyId);
  const links = await readAssociations(client, portalId, 'companies', 'notes', companyIds, 'run');
  const ids = [...links.values()].flatMap((targets) => targets.map((target) => target.id));
  const notes = await readRecords(client, portalId, 'notes', ids, { properties: [BODY], priority: 'run' });
  const keys = new Set(wanted.map(({ key }) => key));
  const found = new Map<string, string[]>();
  for (const [id, note] of notes) {
    const key = referenceIn(textOf(note, BODY));
    if (key !== null && keys.has(key)) found.set(key, [...(found.get(key) ?? []), id].sort());
  }
  return found;
}
