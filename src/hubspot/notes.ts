import type { CompanyId, PortalId } from '../core/model.ts';
import type { CreateOutcome, NoteDraft } from '../usecases/hubspot-port.ts';
import { NOTE_TO_COMPANY } from './api-version.ts';
import { readAssociations } from './associations.ts';
import { createRecords, referenceIn, withReference } from './create-records.ts';
import { readRecords } from './objects.ts';
import type { PortalClient } from './portal-client.ts';
import { linkTo } from './tasks.ts';
import { textOf } from './values.ts';

const BODY = 'hs_note_body';

/** One note on the company; its last line carries the key. Throws not_installed and internal before anything left. */
export async function createNote(
  client: PortalClient,
  portalId: PortalId,
  draft: NoteDraft,
): Promise<CreateOutcome> {
  const [outcome] = await createRecords(client, portalId, 'notes', [draft], {
    mode: 'ledger',
    bodyProperty: BODY,
    priority: 'card',
    inputOf: noteInput,
  });
  return outcome ?? { result: 'unknown', reason: 'no outcome' };
}

function noteInput(draft: NoteDraft): Record<string, unknown> {
  return {
    properties: { hs_timestamp: draft.at.toISOString(), [BODY]: withReference(draft.bodyHtml, draft.key) },
    associations: [linkTo(draft.companyId, NOTE_TO_COMPANY)],
  };
}

/** Ids of the company's notes that carry the key, ascending as text. Throws like `PortalClient.read`. */
export async function findNotesByKey(
  client: PortalClient,
  portalId: PortalId,
  companyId: CompanyId,
  key: string,
): Promise<readonly string[]> {
  const links = await readAssociations(client, portalId, 'companies', 'notes', [companyId]);
  const ids = (links.get(companyId) ?? []).map((target) => target.id);
  const notes = await readRecords(client, portalId, 'notes', ids, { properties: [BODY] });
  return [...notes].flatMap(([id, note]) => (referenceIn(textOf(note, BODY)) === key ? [id] : [])).sort();
}
