import type { LocalDay } from '../core/model.ts';
import { dayText } from '../core/wording.ts';
import { AppError, invalidField } from '../errors.ts';
import { loadPerson, requireAdmin } from './person.ts';
import type { Deps, UserActor } from './ports.ts';
import { programView } from './program-view.ts';
import { submit } from './submit.ts';

/**
 * Records that the reps were told. The first announcement counts for the gate; nothing can move it earlier.
 * @throws forbidden, conflict (announced already, or answers are only heard), invalid_input (the first call would lie before today)
 */
export function announce(
  deps: Deps,
  actor: UserActor,
  input: { readonly submissionId: string; readonly startsOn: LocalDay; readonly text: string },
) {
  return submit(deps, actor, { action: 'announce', subject: 'program' }, input, async (scope) => {
    const person = await loadPerson(deps, scope, actor);
    requireAdmin(person);
    // What is told there need not speak of the comparison, and an announcement opens its gate whenever it is switched on.
    if (person.settings.openness === 'listeningOnly') {
      throw new AppError('conflict', 'Answers are only heard: there is no comparison to announce.', {
        hint: 'Choose listening and log comparison first, or tell your reps in your own words.',
      });
    }
    if (input.startsOn < person.today) {
      throw invalidField(
        'startsOn',
        'The comparison is announced before it begins.',
        `Choose ${dayText(person.today)} or a later day.`,
      );
    }
    if ((await deps.store.programs.announcement(scope)) !== null) {
      throw new AppError('conflict', 'The program was announced already.');
    }
    await deps.store.programs.announce(scope, {
      announcedAt: person.now,
      announcedBy: actor.userId,
      startsOn: input.startsOn,
      text: input.text,
    });
    return { program: await programView(deps, scope, person) };
  });
}
