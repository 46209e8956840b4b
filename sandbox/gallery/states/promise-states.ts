import { promiseRefused } from '../../../src/core/promise-wording.ts';
import { company, reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { earlierAnswers, promises, WORDS } from '../people-and-words.ts';
import { homeView, managerHome, managerView, promise, savedCheckIn, touch, id } from '../views.ts';
import { fullRepView } from './rep-states.ts';

const of = statesOf('tab', 'manager');
const repOf = statesOf('tab', 'rep');
const homeOf = statesOf('home', 'manager');

const NOTED = {
  liked: 'Your driver is on time.',
  inConfidence: 'They talk with a competitor about the spring order.',
};
const saved = savedCheckIn({ words: WORDS, undoUntil: null, released: true, findingId: null });
const done = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({
    state: 'done',
    touch: touch({ state: 'done' }),
    saved,
    nextDueOn: '2027-01-01',
    ...change,
  });

const notKept = promise({
  promiseId: id(1_900),
  what: 'Credit the March invoice',
  dueOn: '2026-11-05',
  state: 'broken',
  settled: true,
  settledOn: '2026-11-06',
  choices: ['kept', 'closeIssue', 'open'],
});
const kept = promise({
  promiseId: id(1_901),
  what: 'Call before each delivery',
  dueOn: '2026-11-09',
  state: 'kept',
  settled: true,
  settledOn: '2026-11-09',
  choices: ['open'],
});
const STANDING = { openPromises: [...promises(2), notKept], settledPromises: [kept] };
const mine = promise();
const settledMine = { ...mine, state: 'kept', settled: true, settledOn: '2026-11-12', choices: ['open'] };

/** Promises however they ended, and what was noted beside the words. */
export const promiseStates: readonly GalleryState[] = [
  of('card-promises-standing', 'Promises: open, not kept, kept', 'Kept on Nov 9', company(done(STANDING))),
  of('card-promise-change', 'A promise is changed in its row', 'Close the issue without it', {
    ...company(done({ openPromises: [promise(), notKept] })),
    press: ['Change'],
  }),
  of(
    'card-noted',
    'Done, with what they liked and a remark in confidence',
    'In confidence, for you alone',
    company(done({ saved: { ...saved, ...NOTED } })),
  ),
  of('card-history-noted', 'Earlier answers with what was noted', 'In confidence, for you alone', {
    ...company(
      done({ earlierAnswers: earlierAnswers(3).map((one, at) => (at === 0 ? { ...one, ...NOTED } : one)) }),
    ),
    press: ['Earlier answers (3)'],
  }),
  repOf(
    'rep-promises-standing',
    'Promises of the rep, one kept',
    'Kept on Nov 9',
    company(fullRepView({ promises: [promise(), notKept, kept] })),
  ),
  homeOf('home-promise-kept', 'A promise marked as kept, which can be taken back', 'Marked as kept', {
    answers: {
      getHome: reply(homeView({ manager: { ...managerHome(), promisesDue: [notKept] } })),
      settlePromise: reply({ promise: { ...settledMine, promiseId: id(1_902) } }),
    },
    press: ['Change', 'Mark kept: Credit the March invoice'],
  }),
  of('card-reload', 'Somebody else was quicker', 'Reload to see how it stands.', {
    ...company(done({ openPromises: [mine] }), {
      settlePromise: {
        kind: 'refusal',
        status: 409,
        body: { code: 'conflict', requestId: 'gallery', ...promiseRefused('kept', 'kept') },
      },
    }),
    press: ['Mark kept: Visit the plant'],
  }),
];
