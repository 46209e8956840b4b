import { loadPerson, requireAdmin } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { programView } from './program-view.ts';

/** The settings page. Only admins open it. Throws forbidden, not_installed. */
export function getProgram(deps: Deps, actor: UserActor) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    requireAdmin(person);
    return programView(deps, scope, person);
  });
}
