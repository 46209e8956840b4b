import { checkInNote } from '../core/feedback/task-text.ts';
import type { PortalId } from '../core/model.ts';
import type { NoteDraft } from './hubspot-port.ts';
import {
  afterCreate,
  afterNotFound,
  DONE,
  mayHaveLanded,
  orWait,
  settleEach,
  type Settlements,
} from './outbox-settlement.ts';
import { loadPortal, nameOfUser, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { CheckIn, OutboxRow } from './records.ts';

/** How a note names a respondent whose name was erased. */
const NAMELESS = 'the customer';

type Drafts = ReadonlyMap<string, NoteDraft>;

/**
 * One neutral note a conversation: who talked and when, nothing of what was said or compared. A note that may be there already is
 * looked for by its key, for as long as it may take to show, before it is written a second and last time.
 * @throws not_installed
 */
export async function deliverNotes(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
): Promise<Settlements> {
  const drafts = await draftsOf(deps, portalId, rows);
  const undone = rows.filter(({ key }) => !drafts.has(key));
  const standing = rows.filter(({ key }) => drafts.has(key));
  const lookedFor = await lookFor(deps, portalId, standing.filter(mayHaveLanded), drafts);
  const unsent = standing.filter(({ outboxId }) => !lookedFor.has(outboxId));
  const created = await orWait(deps, unsent, async () => {
    const wanted = unsent.flatMap(({ key }) => drafts.get(key) ?? []);
    const outcomes = await deps.hubspot.createNotes(portalId, wanted);
    return new Map(unsent.map((row, at) => [row.outboxId, afterCreate(deps, row, outcomes[at])]));
  });
  return new Map([...settleEach(undone, () => DONE), ...lookedFor, ...created]);
}

/** Rows whose search fails wait; those that are found are done. */
function lookFor(
  deps: Deps,
  portalId: PortalId,
  rows: readonly OutboxRow[],
  drafts: Drafts,
): Promise<Settlements> {
  return orWait(deps, rows, async () => {
    const wanted = rows.flatMap(({ key }) => drafts.get(key) ?? []);
    const noteIds = await deps.hubspot.findNotesByKey(portalId, wanted);
    return new Map(
      rows.map((row) => {
        const [hubspotId] = noteIds.get(row.key) ?? [];
        return [row.outboxId, hubspotId === undefined ? afterNotFound(deps, row) : { ...DONE, hubspotId }];
      }),
    );
  });
}

/** By the row's key; none for a check-in that was undone. */
function draftsOf(deps: Deps, portalId: PortalId, rows: readonly OutboxRow[]): Promise<Drafts> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const drafts = new Map<string, NoteDraft>();
    for (const { key, subject } of rows) {
      const checkIn = await deps.store.checkIns.find(scope, subject);
      if (checkIn?.undoneAt !== null) continue;
      const bodyHtml = wordsOfNote(context, checkIn);
      drafts.set(key, { key, companyId: checkIn.companyId, bodyHtml, at: checkIn.savedAt });
    }
    return drafts;
  });
}

/** Escaped HTML of the note about a check-in, from what is known now. */
export function wordsOfNote(context: PortalContext, checkIn: CheckIn): string {
  return checkInNote({
    callerName: nameOfUser(context, checkIn.callerUserId),
    respondentName: checkIn.respondentName === '' ? NAMELESS : checkIn.respondentName,
    happenedOn: checkIn.happenedOn,
    channel: checkIn.channel,
  });
}
