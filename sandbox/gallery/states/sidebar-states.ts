import { company, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import { LONG_NAMES, hohenstein, WORDS } from '../people-and-words.ts';
import { feedback, managerView, repView, savedCheckIn, touch, viewerView } from '../views.ts';
import { fullRepView } from './rep-states.ts';
import { firmForRep } from './saved-states.ts';

const of = statesOf('sidebar', 'manager');
const repOf = statesOf('sidebar', 'rep');
const viewerOf = statesOf('sidebar', 'viewer');
const view = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({ recallItems: RECALL_ITEMS, ...change });
const done = {
  state: 'done' as const,
  touch: touch({ state: 'done' }),
  saved: savedCheckIn({ undoUntil: null, released: true, findingId: null, words: WORDS }),
  nextDueOn: '2027-01-01',
};

/** The narrow card: one line, one button. */
export const sidebarStates: readonly GalleryState[] = [
  of('sidebar-due', 'Due', 'Ask Dana Ruiz', company(view())),
  of(
    'sidebar-overdue',
    'Overdue',
    'Due Mon, Nov 9',
    company(view({ touch: touch({ dueOn: '2026-11-09' }) })),
  ),
  of(
    'sidebar-due-soon',
    'Due soon',
    'Due Fri, Nov 20',
    company(view({ state: 'dueSoon', touch: touch({ dueOn: '2026-11-20' }) })),
  ),
  of('sidebar-nobody-known', 'Due, nobody known', 'Start check-in', company(view({ ask: null }))),
  of(
    'sidebar-attempted',
    'Tried once',
    'Tried once',
    company(
      view({
        state: 'attempted',
        touch: touch({ attempts: 1, nextTryOn: '2026-11-16', nextTryHalf: 'morning' }),
      }),
    ),
  ),
  of(
    'sidebar-answer-missing',
    'Answer missing',
    'the answer is missing',
    company(view({ state: 'answerMissing' })),
  ),
  of('sidebar-done', 'Done', 'next in January', company(view(done))),
  of(
    'sidebar-replied',
    'Done, the rep has replied',
    'You can decide until Nov 26',
    company(view({ ...done, saved: { ...done.saved, decideBy: '2026-11-26' } })),
  ),
  of(
    'sidebar-not-in-program',
    'Not in the program',
    'No check-in due',
    company(view({ state: 'notInProgram', touch: null })),
  ),
  of(
    'sidebar-not-started',
    'Program not started',
    'No check-in due',
    company(view({ state: 'programNotStarted', touch: null })),
  ),
  of('sidebar-panel', 'The form in its panel', 'What can we do to provide you', {
    ...company(view()),
    press: ['Start check-in'],
  }),
  of(
    'sidebar-long-name',
    'A long name',
    LONG_NAMES.person,
    company(view({ ask: { ...hohenstein, why: '' } })),
  ),
  repOf('sidebar-rep-new', 'New words', 'Dana left you words', company(fullRepView())),
  repOf(
    'sidebar-rep-old',
    'Words that were read',
    'Last words',
    company(repView({ feedback: [feedback({ isNew: false })] })),
  ),
  repOf(
    'sidebar-rep-difference',
    'A difference to reply to',
    'You can reply until Nov 19',
    company(fullRepView({ feedback: [feedback({ isNew: false })], findings: [firmForRep()] })),
  ),
  repOf('sidebar-rep-before', 'No words yet', 'No words yet', company(repView({ feedback: [] }))),
  repOf('sidebar-rep-panel', 'Words in their panel', 'What Dana liked', {
    ...company(fullRepView()),
    press: ['Read'],
  }),
  viewerOf('sidebar-viewer', 'Anybody else', 'Last check-in', company(viewerView())),
  viewerOf(
    'sidebar-viewer-before',
    'Anybody else, before the first',
    'No check-in yet',
    company(viewerView(null)),
  ),
];
