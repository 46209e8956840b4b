import { methodPage } from '../core/method-page.ts';
import { changesSection } from '../core/recall-history.ts';
import { CAUTIOUS_SETTINGS } from '../core/comparison/settings.ts';
import { loadPerson } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { recallHistory } from './program-history.ts';

/** The method as this account uses it today, for everyone in the account: nothing about anyone. Throws not_installed. */
export function getMethod(deps: Deps, actor: UserActor) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const { settings } = await loadPerson(deps, scope, actor);
    const measured = await deps.store.recall.newest(scope);
    const sections = methodPage({
      settings: measured?.settings ?? CAUTIOUS_SETTINGS,
      isMeasured: measured !== null,
      replyWindowBusinessDays: settings.replyWindowBusinessDays,
    });
    const changes = changesSection(await recallHistory(deps, scope));
    return {
      sections: [...sections, ...changes].map(({ title, lines, facts }) => ({
        title,
        lines: [...lines],
        facts: facts.map((fact) => ({ ...fact })),
      })),
    };
  });
}
