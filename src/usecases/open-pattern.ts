import { AppError } from '../errors.ts';
import { patternView, seePattern } from './pattern-view.ts';
import { loadPerson, notFound } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { submit } from './submit.ts';

/**
 * One of two managers opens a pattern. Its content shows once both have: four eyes, and the rep knew first.
 * @throws not_found, forbidden (the rep it is about, or no second manager is named)
 */
export function openPattern(
  deps: Deps,
  actor: UserActor,
  patternId: string,
  input: { readonly submissionId: string },
) {
  return submit(deps, actor, { action: 'openPattern', subject: patternId }, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    const pattern = await deps.store.patterns.find(scope, patternId);
    const seen = pattern === null ? null : await seePattern(deps, scope, person, pattern);
    if (pattern === null || seen === null) throw notFound();
    if (seen.reader === 'rep') throw new AppError('forbidden', 'It takes two managers to open this.');
    if (seen.phase === 'needsSecondManager') {
      throw new AppError('forbidden', 'It takes a second manager to open this.', {
        hint: 'Ask your admin to name one in the settings.',
      });
    }
    await deps.store.patterns.open(scope, { patternId, userId: actor.userId, openedAt: person.now });
    const opened = (await seePattern(deps, scope, person, pattern)) ?? seen;
    return { pattern: await patternView(deps, scope, person, opened) };
  });
}
