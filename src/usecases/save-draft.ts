import { accessAsManager } from './company-access.ts';
import { draftWithoutErased } from './erased.ts';
import type { CompanyId } from '../core/model.ts';
import type { Deps, UserActor } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * Keeps the author's unfinished words, theirs alone. Repeating it changes nothing. A draft that comes in late is let go: after the
 * check-in it became was saved its words are there, and after a newer draft of the same form they are in that one. Throws
 * not_found, forbidden.
 */
export function saveDraft(
  deps: Deps,
  actor: UserActor,
  companyId: CompanyId,
  input: { readonly draft: Readonly<Record<string, unknown>> },
) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const { person } = await accessAsManager(deps, scope, actor, companyId);
    const newest = await unlessSaved(deps, scope, input.draft);
    if (newest !== null && !(await isOvertaken(deps, scope, actor, companyId, newest))) {
      const draft = await draftWithoutErased(deps, scope, newest);
      await deps.store.drafts.save(scope, actor.userId, companyId, draft, person.now);
    }
    return { savedAt: person.now.toISOString() };
  });
}

/**
 * What of a draft is to be kept: null where its check-in is saved. What somebody typed after trying to save is newer than that
 * check-in, though its reply may have been lost: it is kept, as the beginning of another one.
 */
async function unlessSaved(
  deps: Deps,
  scope: TenantScope,
  draft: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const { submissionId, afterTry, ...plain } = draft;
  // The contract has checked its shape.
  const isSaved =
    typeof submissionId === 'string' && (await deps.store.submissions.isUsed(scope, submissionId));
  if (isSaved) return afterTry === true ? plain : null;
  return submissionId === undefined ? plain : { ...plain, submissionId };
}

/**
 * Whether a newer draft of the same form came in before this one. Two calls of one form wait for each other: both ask for their
 * submission id first.
 */
async function isOvertaken(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  companyId: CompanyId,
  draft: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const edition = editionOf(draft);
  if (edition === null) return false;
  const kept = editionOf((await deps.store.drafts.find(scope, actor.userId, companyId)) ?? {});
  return kept?.form === edition.form && kept.count > edition.count;
}

function editionOf(draft: Readonly<Record<string, unknown>>): { form: string; count: number } | null {
  // The contract has checked its shape.
  return (draft['edition'] ?? null) as { form: string; count: number } | null;
}
