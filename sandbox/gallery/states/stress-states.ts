import { company, reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import {
  earlierAnswers,
  hohenstein,
  LAST_ANSWER,
  LONG_NAMES,
  LONG_WORDS,
  promises,
  promisesOfRep,
  TEN_LANGUAGES,
  unsettledPromises,
} from '../people-and-words.ts';
import { announcementText, greeting } from '../../../src/core/wording.ts';
import { dana, feedback, homeView, id, managerView, program, savedCheckIn, SPOKE, touch } from '../views.ts';
import { fullManagerHome, fullRepHome } from './home-states.ts';
import { fullRepView } from './rep-states.ts';

const of = statesOf('tab', 'manager');
const repOf = statesOf('tab', 'rep');
const homeOf = statesOf('home', 'manager');
const repHomeOf = statesOf('home', 'rep');
/** The page shows so many of a rep's words openly, and folds the others. */
const NEWEST_WORDS = 3;

const view = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({ recallItems: RECALL_ITEMS, ...change });
const ANNOUNCED = {
  announcedAt: '2026-11-10T15:30:00.000Z',
  startsOn: '2026-11-19',
  text: announcementText('Thu, Nov 19', 5),
};
const longCompany = { companyId: '101', name: LONG_NAMES.company };
const done = (change: Parameters<typeof managerView>[0]) =>
  view({
    state: 'done',
    touch: touch({ state: 'done' }),
    saved: savedCheckIn({ undoUntil: null, released: true, findingId: null, words: LONG_WORDS }),
    nextDueOn: '2027-01-01',
    ...change,
  });
const inTenLanguages = TEN_LANGUAGES.map(({ name, words }, index) => ({
  ...LAST_ANSWER,
  checkInId: id(3_000 + index),
  respondentName: name,
  words,
  repName: 'Tom Berg',
}));
const [HEBREW, ARABIC] = [TEN_LANGUAGES[7], TEN_LANGUAGES[8]];
const quotes = inTenLanguages.map((answer) => ({
  ...answer,
  companyId: '101',
  companyName: LONG_NAMES.company,
}));

const manyReps = (count: number) =>
  Array.from({ length: count }, (_unused, index) => ({
    ownerId: String(900 + index),
    name: TEN_LANGUAGES[index]?.name ?? LONG_NAMES.rep,
    managerName: LONG_NAMES.person,
    companies: 60 + index,
    acknowledgedOn: null,
    gateOpensOn: null,
  }));

/** What a layout must bear: long names, many promises, many languages, much said. */
export const stressStates: readonly GalleryState[] = [
  of(
    'card-long-names',
    'Long names',
    LONG_NAMES.person,
    company(
      view({
        company: longCompany,
        ask: { ...hohenstein, why: SPOKE },
        greeting: greeting(LONG_NAMES.person, 'Ana Lopez'),
        repName: LONG_NAMES.rep,
      }),
    ),
  ),
  of(
    'card-thousand-characters',
    'An answer of 1,000 characters',
    'In Dana’s words',
    company(
      view({
        draft: { respondentContactId: dana.contactId, respondentName: dana.name, words: LONG_WORDS },
      }),
    ),
  ),
  of(
    'card-forty-promises',
    'Forty promises',
    'Mark kept',
    company(done({ openPromises: promises(40), earlierAnswers: earlierAnswers(6) })),
  ),
  of('card-ten-languages', 'Answers in ten languages', '田中', {
    ...company(done({ earlierAnswers: inTenLanguages })),
    press: ['Earlier answers (10)'],
  }),
  of(
    'card-right-to-left',
    'A contact and words from right to left',
    HEBREW.name,
    company(
      view({
        ask: { ...dana, name: HEBREW.name, why: SPOKE },
        greeting: greeting(HEBREW.name, 'Ana Lopez'),
        draft: { respondentContactId: dana.contactId, respondentName: HEBREW.name, words: HEBREW.words },
      }),
    ),
  ),
  of('card-german', 'A German reader', 'Do., 12. Nov.', { ...company(view()), locale: 'de-DE' }),
  repOf(
    'rep-long',
    'A thousand characters, forty promises',
    'What Dana liked',
    company(
      fullRepView({
        feedback: [
          feedback({
            said: LONG_WORDS,
            liked: LONG_WORDS,
            respondentName: dana.name,
            callerName: LONG_NAMES.person,
          }),
        ],
        promises: promisesOfRep(40),
      }),
    ),
  ),
  repOf(
    'rep-right-to-left',
    'Words from right to left',
    ARABIC.words,
    company(
      fullRepView({
        feedback: [feedback({ respondentName: ARABIC.name, said: ARABIC.words, liked: HEBREW.words })],
      }),
    ),
  ),
  homeOf('home-long', 'Long names, ten languages, forty promises', '田中', {
    answers: {
      getHome: reply(
        homeView({
          manager: fullManagerHome({
            today: fullManagerHome().today.map((call) => ({
              ...call,
              companyName: LONG_NAMES.company,
              contactName: LONG_NAMES.person,
            })),
            quotes,
            // The page is sent the first ten.
            promisesDue: unsettledPromises(10, 3),
            promiseCounts: { due: 3, open: 40 },
          }),
        }),
      ),
    },
  }),
  statesOf('settings', 'admin')('settings-long', 'Forty reps with long names', LONG_NAMES.rep, {
    answers: { getProgram: reply(program({ reps: manyReps(40) })) },
    press: ['1. Who calls whom'],
  }),
  statesOf('settings', 'admin')('settings-long-readers', 'Forty reps who have to read', LONG_NAMES.rep, {
    answers: { getProgram: reply(program({ reps: manyReps(40), announcement: ANNOUNCED })) },
    press: ['4. How open'],
  }),
  repHomeOf('home-rep-long', 'A rep with much to read', '田中', {
    press: [`Earlier words (${quotes.length - NEWEST_WORDS})`],
    answers: {
      getHome: reply(
        homeView({
          roles: ['rep'],
          rep: fullRepHome({
            words: quotes.map((quote) => ({ ...quote, isNew: false, liked: null })),
            promises: promisesOfRep(20),
          }),
        }),
      ),
    },
  }),
];
