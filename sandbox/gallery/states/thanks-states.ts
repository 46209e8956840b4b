import { wishesText } from '../../../src/core/preference-wording.ts';
import { greeting } from '../../../src/core/wording.ts';
import { company, reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import { WORDS } from '../people-and-words.ts';
import {
  dana,
  homeView,
  id,
  luis,
  managerView,
  savedCheckIn,
  touch,
  viewerView,
  withGreeting,
} from '../views.ts';
import { fullRepHome } from './home-states.ts';
import { fullRepView } from './rep-states.ts';

const of = statesOf('tab', 'manager');
const view = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({ recallItems: RECALL_ITEMS, ...change });
const FOLD = 'Thank someone · what they prefer';
const PRAISED = 'Tom found the missing crate himself and brought it the same evening.';

const thanks = (mine: boolean) => ({
  kudosId: id(80),
  checkInId: id(3),
  companyId: '101',
  companyName: 'Acme Valves',
  toName: 'Tom Berg',
  mine,
  words: PRAISED,
  respondentName: 'Dana Ruiz',
  givenByName: 'Ana Lopez',
  givenAt: '2026-11-11T16:42:00.000Z',
  givenOn: '2026-11-11',
  releasesAt: null,
});

const wish = {
  talkToContactId: luis.contactId,
  half: 'morning' as const,
  weekdays: [2, 4],
  channel: 'video' as const,
  doNotCall: false,
};
const preference = {
  ...wish,
  contactId: dana.contactId,
  text: wishesText({ ...wish, talkToContactId: null }),
};
const draft = {
  respondentContactId: dana.contactId,
  respondentName: dana.name,
  words: WORDS,
  kudos: { ownerId: '900', words: PRAISED },
  preference: wish,
};

const thankedViewer = { ...viewerView(), thanks: [thanks(true)] };

/** Thanks to colleagues, and what contacts wish about being asked. */
export const thanksStates: readonly GalleryState[] = [
  of('card-thanks', 'Thanks and wishes, written down', 'What did they say about Tom?', {
    ...company(view({ draft })),
    press: ['More to note (optional)', FOLD],
  }),
  of('card-thanks-empty', 'Thanks and wishes, nothing said yet', 'Thank a colleague by name', {
    ...company(view()),
    press: ['More to note (optional)', FOLD],
  }),
  of(
    'card-wishes',
    'A contact who said when to call',
    'Best in the morning',
    company(view({ preferences: [preference] })),
  ),
  of(
    'card-done-thanks',
    'Done, with thanks',
    'For Tom Berg',
    company(
      view({
        state: 'done',
        touch: touch({ state: 'done' }),
        saved: savedCheckIn({ words: WORDS, undoUntil: null, released: true, findingId: null }),
        nextDueOn: '2027-01-01',
        thanks: [thanks(false)],
      }),
    ),
  ),
  of(
    'card-saved-thanks',
    'Saved, thanks not yet read',
    'Tom reads your thanks at',
    company(
      view({
        state: 'done',
        touch: touch({ state: 'done' }),
        saved: savedCheckIn({ findingId: null }),
        thanks: [{ ...thanks(false), releasesAt: '2026-11-12T16:57:00.000Z' }],
      }),
    ),
  ),
  of(
    'card-nobody-to-call',
    'Everybody asked not to be called',
    'asked not to be called',
    company(
      view({
        ask: null,
        otherContacts: [withGreeting(dana), withGreeting(luis)],
        greeting: greeting(null, 'Ana Lopez'),
      }),
    ),
  ),
  statesOf('tab', 'rep')(
    'rep-thanks',
    'Thanks for the rep',
    'Thanks for you',
    company(fullRepView({ thanks: [thanks(true)] })),
  ),
  statesOf('tab', 'viewer')(
    'viewer-thanks',
    'Thanks for a colleague',
    'Thanks for you',
    company(thankedViewer),
  ),
  statesOf('home', 'rep')('home-thanks', 'Thanks on a rep’s page', 'Thanks for you', {
    answers: { getHome: reply(homeView({ roles: ['rep'], rep: fullRepHome(), thanks: [thanks(true)] })) },
  }),
];
