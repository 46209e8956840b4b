import type { Preference } from '../core/feedback/preference.ts';
import { joinDrafts } from '../core/feedback/join-drafts.ts';
import type { UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { accessAsManager } from './company-access.ts';
import type { Kudos } from './kudos-port.ts';
import { notFound } from './person.ts';
import { wishOf } from './preferences.ts';
import type { Deps, UserActor } from './ports.ts';
import { undoUntil } from './undo-window.ts';
import type { CheckIn, TenantScope } from './records.ts';
import { submit } from './submit.ts';
import { reopenTouchRow } from './touch-outbox.ts';
import { reconsiderOthers } from './weigh-again.ts';

/**
 * Takes a check-in back within 15 minutes of saving: nothing has left the app yet. The words come back as a draft.
 * @throws not_found, forbidden (somebody else's), conflict (too late, or undone already)
 */
export function undoCheckIn(
  deps: Deps,
  actor: UserActor,
  checkInId: string,
  input: { submissionId: string },
) {
  return submit(deps, actor, { action: 'undoCheckIn', subject: checkInId }, input, async (scope) => {
    const checkIn = await ownCheckIn(deps, scope, actor, checkInId);
    const now = deps.clock.now();
    if (checkIn.undoneAt !== null || now >= undoUntil(checkIn)) {
      throw new AppError('conflict', 'The 15 minutes to undo are over.', {
        hint: 'Record another conversation instead; both stay in the history.',
      });
    }
    // The touch before the findings, as whoever follows a merge does.
    if (checkIn.touchId !== null) await deps.store.touches.findForUpdate(scope, checkIn.touchId);
    await deps.store.findings.lockCompanies(scope, [checkIn.companyId]);
    await deps.store.checkIns.undo(scope, checkInId, now);
    await deps.store.outbox.withdraw(scope, 'note', checkInId);
    await deps.store.promises.removeIssuesOf(scope, checkInId);
    await giveTouchBack(deps, scope, checkIn);
    await forgetUnseenFinding(deps, scope, checkInId);
    const [kudos] = await deps.store.kudos.removeOf(scope, checkInId);
    const preference = await deps.store.preferences.undoOf(scope, checkInId);
    const undone = draftOf(checkIn, kudos ?? null, preference);
    const begun = await deps.store.drafts.find(scope, actor.userId, checkIn.companyId);
    const draft = begun === null ? undone : joinDrafts(begun, undone);
    await deps.store.drafts.save(scope, actor.userId, checkIn.companyId, draft, now);
    return { undone: true as const, draft };
  });
}

/** The actor's own check-in. Throws not_found, forbidden. */
export async function ownCheckIn(
  deps: Deps,
  scope: TenantScope,
  actor: { readonly userId: UserId } & UserActor,
  checkInId: string,
): Promise<CheckIn> {
  const checkIn = await deps.store.checkIns.find(scope, checkInId);
  if (checkIn?.callerUserId !== actor.userId) throw notFound();
  await accessAsManager(deps, scope, actor, checkIn.companyId);
  return checkIn;
}

async function giveTouchBack(deps: Deps, scope: TenantScope, checkIn: CheckIn): Promise<void> {
  if (checkIn.touchId === null) return;
  const others = await deps.store.checkIns.ofCompany(scope, checkIn.companyId, 5);
  if (others.some(({ touchId }) => touchId === checkIn.touchId)) return;
  const touch = await deps.store.touches.findForUpdate(scope, checkIn.touchId);
  if (touch?.state === 'done' || touch?.state === 'created') await reopenTouchRow(deps, scope, touch);
}

/**
 * A comparison that nobody saw yet is dropped; one that was shown stays, since it freezes the statement. What it explained or
 * supported at the same company is compared again without it.
 */
async function forgetUnseenFinding(deps: Deps, scope: TenantScope, checkInId: string): Promise<void> {
  const finding = await deps.store.findings.ofCheckIn(scope, checkInId);
  if (finding === null) return;
  await reconsiderOthers(deps, scope, finding);
  if (finding.result === null) await deps.store.findings.remove(scope, finding.findingId);
}

function draftOf(checkIn: CheckIn, kudos: Kudos | null, preference: Preference | null) {
  return {
    respondentContactId: checkIn.respondentContactId,
    respondentName: checkIn.respondentName,
    words: checkIn.words,
    ...(checkIn.liked === null ? {} : { liked: checkIn.liked }),
    ...(checkIn.inConfidence === null ? {} : { inConfidence: checkIn.inConfidence }),
    ...(checkIn.coachingNote === null ? {} : { coachingNote: checkIn.coachingNote }),
    happenedOn: checkIn.happenedOn,
    channel: checkIn.channel,
    ...(checkIn.recall === null ? {} : { recall: checkIn.recall }),
    ...(kudos === null ? {} : { kudos: { ownerId: kudos.toOwnerId, words: kudos.words } }),
    ...(preference === null ? {} : { preference: asDraft(preference) }),
  };
}

/** The contract's plain, mutable shape. */
function asDraft(preference: Preference) {
  const wish = wishOf(preference);
  return { ...wish, weekdays: [...wish.weekdays] };
}
