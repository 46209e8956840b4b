import type { CompanyId, PortalId } from '../core/model.ts';
import type { NoteUpdate } from './hubspot-port.ts';
import { wordsOfNote } from './deliver-notes.ts';
import { afterUpdate, askAgain, DONE, orWait, type Settlements } from './outbox-settlement.ts';
import { loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { OutboxRow } from './records.ts';

const NOTE_UNDER_WAY_MS = 60_000;

/** A note to write again. Its id is null where it is only known that it may be there. */
type Written = {
  readonly row: OutboxRow;
  readonly companyId: CompanyId;
  readonly bodyHtml: string;
  readonly noteId: string | null;
};

/**
 * Writes notes again with what may still be said: the name of a contact whose data was deleted is no longer in them. A note that
 * is just being written is waited for.
 * @throws not_installed
 */
export async function rewriteNotes(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const { written, settled } = await findWritten(deps, portalId, rows);
  const unknown = written.filter(({ noteId }) => noteId === null);
  const wanted = unknown.map(({ row, companyId }) => ({ key: row.key, companyId }));
  const found = await findUnknown(deps, portalId, wanted);
  const updates: { readonly row: OutboxRow; readonly update: NoteUpdate }[] = [];
  for (const { row, noteId, bodyHtml } of written) {
    const ids = noteId === null ? (found.get(row.key) ?? []) : [noteId];
    for (const id of ids) updates.push({ row, update: { noteId: id, key: row.key, bodyHtml } });
    if (ids.length === 0) settled.set(row.outboxId, DONE);
  }
  const rewritten = await orWait(
    deps,
    updates.map(({ row }) => row),
    async () => {
      const outcomes = await deps.hubspot.updateNotes(
        portalId,
        updates.map(({ update }) => update),
      );
      return new Map(updates.map(({ row }, at) => [row.outboxId, afterUpdate(deps, row, outcomes[at])]));
    },
  );
  return new Map([...settled, ...rewritten]);
}

async function findUnknown(
  deps: Deps,
  portalId: PortalId,
  wanted: readonly { readonly key: string; readonly companyId: CompanyId }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return wanted.length === 0 ? new Map() : deps.hubspot.findNotesByKey(portalId, wanted);
}

function findWritten(deps: Deps, portalId: PortalId, rows: readonly OutboxRow[]) {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const written: Written[] = [];
    const settled = new Map<string, Parameters<Deps['store']['outbox']['settle']>[2]>();
    for (const row of rows) {
      const checkIn = await deps.store.checkIns.find(scope, row.subject);
      const note = await deps.store.outbox.newest(scope, 'note', row.subject);
      if (checkIn === null || note === null || note.state === 'planned') settled.set(row.outboxId, DONE);
      else if (note.state === 'sending') settled.set(row.outboxId, askAgain(deps, NOTE_UNDER_WAY_MS));
      else
        written.push({
          row,
          companyId: checkIn.companyId,
          bodyHtml: wordsOfNote(context, checkIn),
          noteId: note.hubspotId,
        });
    }
    return { written, settled };
  });
}
