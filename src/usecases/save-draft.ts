import { accessAsManager } from './company-access.ts';
import { draftWithoutErased } from './erased.ts';
import type { CompanyId } from '../core/model.ts';
import type { Deps, UserActor } from './ports.ts';

/** Keeps the author's unfinished words, theirs alone. Repeating it changes nothing. Throws not_found, forbidden. */
export function saveDraft(
  deps: Deps,
  actor: UserActor,
  companyId: CompanyId,
  input: { readonly draft: Readonly<Record<string, unknown>> },
) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const { person } = await accessAsManager(deps, scope, actor, companyId);
    const draft = await draftWithoutErased(deps, scope, input.draft);
    await deps.store.drafts.save(scope, actor.userId, companyId, draft, person.now);
    return { savedAt: person.now.toISOString() };
  });
}
