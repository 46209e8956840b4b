import { AppError } from '../errors.ts';
import { loadPerson, requireAdmin } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { programView } from './program-view.ts';
import { runView } from './run-view.ts';
import { submit } from './submit.ts';

/**
 * *Start*: from here on the app writes to HubSpot. The fields and the task key are set up by the first run, outside of this
 * request. @throws forbidden, conflict (customers not read yet, or openness not chosen)
 */
export async function startProgram(deps: Deps, actor: UserActor, input: { readonly submissionId: string }) {
  const reply = await submit(
    deps,
    actor,
    { action: 'startProgram', subject: 'program' },
    input,
    async (scope) => {
      const person = await loadPerson(deps, scope, actor);
      requireAdmin(person);
      if (person.settings.openness === null) {
        throw new AppError('conflict', 'Please choose how open the program is first.', {
          hint: 'Step 4: listening only, or listening and log comparison.',
        });
      }
      if (person.portal.companiesReadAt === null) {
        throw new AppError('conflict', 'Your customers are still being read.', {
          hint: 'Try again in a minute.',
        });
      }
      const startedAt = person.portal.startedAt ?? person.now;
      await deps.store.portals.update(scope, { startedAt, planRequestedAt: person.now });
      const portal = { ...person.portal, startedAt };
      return { program: await programView(deps, scope, { ...person, portal }) };
    },
  );
  await deps.queue.wake('refreshPortal', actor.portalId);
  return reply;
}

/** "Plan now": reads and plans at once what the clock would do later. Running it twice makes nothing twice. */
export async function planNow(deps: Deps, actor: UserActor, input: { readonly submissionId: string }) {
  const reply = await submit(deps, actor, { action: 'planNow', subject: 'program' }, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    if (!person.roles.has('admin') && !person.roles.has('manager')) {
      throw new AppError('forbidden', 'Only managers and admins can plan.');
    }
    if (person.portal.startedAt === null) {
      throw new AppError('conflict', 'The program has not started yet.', {
        hint: 'An admin starts it in the settings.',
      });
    }
    await deps.store.portals.update(scope, { planRequestedAt: person.now });
    return {
      run: await runView(deps, scope, {
        ...person,
        portal: { ...person.portal, planRequestedAt: person.now },
      }),
    };
  });
  await deps.queue.wake('refreshPortal', actor.portalId);
  return reply;
}
