import type { ContactId } from '../core/model.ts';
import { auditJob } from './audit-jobs.ts';
import type { Deps } from './ports.ts';
import type { NewOutboxRow, TenantScope } from './records.ts';
import { mayHaveTask, newTaskWrite } from './touch-outbox.ts';

/** Without the id: nothing is to lead back to the person. */
const ERASED = { action: 'eraseContact', subject: 'contact', outcome: 'done' };

/**
 * Erases a contact whose data was deleted in HubSpot: here at once, and then in what we wrote there ourselves. Our notes are
 * written again without the name, our tasks with somebody else to ask for. Harmless when repeated.
 */
export async function forgetContact(deps: Deps, scope: TenantScope, contactId: ContactId): Promise<void> {
  const now = deps.clock.now();
  const { checkInIds, companyIds, isFirst } = await deps.store.companies.eraseContact(scope, contactId, now);
  const notes = checkInIds.map((checkInId) => noteWrite(deps, checkInId, now));
  const touches = await deps.store.touches.everOf(scope, companyIds);
  const tasks = touches
    .filter(mayHaveTask)
    .map((touch) => newTaskWrite(deps, 'describeTask', touch, {}, now));
  await deps.store.outbox.addMany(scope, [...notes, ...tasks]);
  if (isFirst) await auditJob(deps, scope, 'forgetContact', [ERASED]);
}

function noteWrite(deps: Deps, checkInId: string, notBefore: Date): NewOutboxRow {
  return {
    outboxId: deps.ids.uuid(),
    kind: 'rewriteNote',
    subject: checkInId,
    key: noteKey(deps, checkInId),
    payload: {},
    notBefore,
  };
}

/** The mark by which the note of a check-in is found again. */
export function noteKey(deps: Pick<Deps, 'ids'>, checkInId: string): string {
  return deps.ids.sha256(`note:${checkInId}`).slice(0, 26);
}
