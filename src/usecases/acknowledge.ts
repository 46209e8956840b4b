import { AppError } from '../errors.ts';
import { gateView } from './gate-of-rep.ts';
import { loadPerson } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { submit } from './submit.ts';

/** A rep says they have read the announcement: theirs alone to say. Throws forbidden (no rep), conflict (not announced). */
export function acknowledge(deps: Deps, actor: UserActor, input: { readonly submissionId: string }) {
  return submit(deps, actor, { action: 'acknowledge', subject: 'announcement' }, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    const ownerId = person.owner?.ownerId;
    if (ownerId === undefined)
      throw new AppError('forbidden', 'Only people who own companies are asked to confirm.');
    if ((await deps.store.programs.announcement(scope)) === null) {
      throw new AppError('conflict', 'Nothing has been announced yet.');
    }
    await deps.store.programs.acknowledge(scope, ownerId, person.now);
    return { gate: await gateView(deps, scope, person, ownerId) };
  });
}
