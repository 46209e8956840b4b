import { adminHome } from './home-admin.ts';
import { exportsFor } from './create-export.ts';
import { managerHome } from './home-manager.ts';
import { repHome } from './home-rep.ts';
import { kudosOnHome } from './kudos.ts';
import { patternsFor } from './pattern-view.ts';
import { loadPerson } from './person.ts';
import type { Deps, UserActor } from './ports.ts';

/** The app's home page: one part for each role the person has. Throws not_installed. */
export function getHome(deps: Deps, actor: UserActor) {
  return deps.store.inTenant(actor.portalId, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    return {
      today: person.today,
      timeZone: person.portal.timeZone,
      personName: person.name,
      portalId: person.portal.portalId,
      roles: [...person.roles],
      manager: person.roles.has('manager') ? await managerHome(deps, scope, person) : null,
      rep: person.roles.has('rep') ? await repHome(deps, scope, person) : null,
      admin: person.roles.has('admin') ? await adminHome(deps, scope, person) : null,
      thanks: await kudosOnHome(deps, scope, person),
      patterns: await patternsFor(deps, scope, person),
      exports: exportsFor(person),
    };
  });
}
