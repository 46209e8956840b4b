import { company, statesOf, type GalleryState } from '../gallery-state.ts';
import { PRAISE, WORDS } from '../people-and-words.ts';
import { dana, feedback, managerView, savedCheckIn, touch } from '../views.ts';
import { fullRepView } from './rep-states.ts';

const of = statesOf('tab', 'manager');
const LINES = [
  'Call dock 2 an hour before the driver gets there.',
  'Tell Dana which days are fixed, and which are not.',
  'Whom could you ask at the warehouse?',
];
const view = (change: Parameters<typeof managerView>[0] = {}) => managerView({ ...change });
const draft = (lines: readonly string[]) => ({
  respondentContactId: dana.contactId,
  respondentName: dana.name,
  words: WORDS,
  coachingNote: lines.join('\n'),
});
const TOO_MUCH = draft([...LINES, 'And thank the driver.']);

/** Advice for the rep, from the manager who asked. */
export const adviceStates: readonly GalleryState[] = [
  of(
    'card-advice',
    'Advice for the rep, written down',
    'Three lines at most',
    company(view({ draft: draft(LINES) })),
  ),
  of('card-advice-empty', 'Advice for the rep, nothing written', 'Three lines at most', {
    ...company(view()),
    press: ['More to note (optional)', 'Advice for Tom'],
  }),
  of('card-advice-refused', 'A fourth line of advice', 'Keep the three that matter most.', {
    ...company(view({ draft: TOO_MUCH })),
    press: ['I asked. Save'],
  }),
  of(
    'card-advice-nobody',
    'Advice left over where nobody gets the words',
    'Nobody gets the words',
    company(view({ repName: null, adviceTo: null, draft: draft(LINES.slice(0, 1)) })),
  ),
  of(
    'card-saved-advice',
    'Saved, with advice',
    'Your advice for Tom',
    company(
      view({
        state: 'done',
        touch: touch({ state: 'done' }),
        saved: savedCheckIn({ findingId: null, advice: LINES }),
      }),
    ),
  ),
  statesOf('tab', 'rep')(
    'rep-advice',
    'Advice after praise and words',
    'Advice from Ana',
    company(fullRepView({ feedback: [feedback({ said: WORDS, liked: PRAISE, advice: LINES })] })),
  ),
];
