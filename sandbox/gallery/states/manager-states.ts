import { LISTENING_REASONS, type ListeningReason } from '../../../src/core/model.ts';
import { greeting, leftOutText, LISTENING_TEXT } from '../../../src/core/wording.ts';
import { company, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import { earlierAnswers, LAST_ANSWER, unsettledPromises, WORDS } from '../people-and-words.ts';
import {
  dana,
  id,
  luis,
  managerView,
  neverAsked,
  savedCheckIn,
  SPOKE,
  touch,
  withGreeting,
} from '../views.ts';

const of = statesOf('tab', 'manager');
const view = (change: Parameters<typeof managerView>[0] = {}) =>
  managerView({ recallItems: RECALL_ITEMS, ...change });
const draft = { respondentContactId: dana.contactId, respondentName: dana.name, words: WORDS };
const remembered = {
  openPromises: unsettledPromises(3, 1),
  lastAnswer: { ...LAST_ANSWER, issueTitle: 'Deliveries come too late', issueState: 'closed' },
};
const attempted = (
  change: Parameters<typeof touch>[0],
  others = [withGreeting(luis)],
  more: Parameters<typeof managerView>[0] = {},
) =>
  view({
    otherContacts: others,
    state: 'attempted',
    touch: touch({ attempts: 1, nextTryOn: '2026-11-16', nextTryHalf: 'morning', ...change }),
    ...more,
  });
const wrongDana = { otherContacts: [{ ...withGreeting(dana), isWrongPerson: true }] };

const leftOut = (reason: string, attempts = 0) =>
  view({
    state: 'leftOut',
    leftOut: leftOutText(reason, attempts),
    touch: touch({ state: 'canceled', attempts }),
    nextDueOn: '2027-01-01',
  });
const lastQuarters = (decideBy: string | null) => ({
  findingId: id(60),
  respondentName: luis.name,
  askedOn: '2026-09-29',
  decideBy,
});

const due: GalleryState[] = [
  of(
    'card-due',
    'Due, first call',
    'What can we do to provide you with better service?',
    company(view(neverAsked)),
  ),
  of(
    'card-overdue',
    'Overdue',
    'Was due Mon, Nov 9',
    company(view({ touch: touch({ dueOn: '2026-11-09' }) })),
  ),
  of(
    'card-due-soon',
    'Due soon',
    'Due Fri, Nov 20',
    company(view({ state: 'dueSoon', touch: touch({ dueOn: '2026-11-20' }) })),
  ),
  of(
    'card-continuity',
    'Due, new owner',
    'New owner',
    company(view({ touch: touch({ kind: 'continuity' }) })),
  ),
  of('card-draft', 'A draft that was kept', 'In Dana’s words', company(view({ draft }))),
  of('card-recall', 'The two questions about contact', 'I ask everyone the next two.', {
    ...company(view({ draft })),
    press: ['If they have a minute'],
  }),
  of('card-details', 'Praise, confidence, date and how', 'Stays with you', {
    ...company(view({ draft })),
    press: ['More to note (optional)', 'What they liked · in confidence · date · how'],
  }),
  of('card-promises', 'Open promises and last answer', 'Deliveries come too late', {
    ...company(view({ ...remembered })),
    press: ['Open promises and last answer (3)'],
  }),
  of('card-words-missing', 'Saved without words', 'Write what they said.', {
    ...company(view()),
    press: ['I asked. Save'],
  }),
  of('card-save-failed', 'A save that failed', 'This is a gallery: nothing is saved.', {
    ...company(view({ draft })),
    press: ['I asked. Save'],
  }),
  of('card-not-reached', 'Nobody reached: the menu', 'Asked not to be called', {
    ...company(view()),
    press: ['Didn’t reach Dana'],
  }),
  of('card-try-failed', 'A try that was not noted', 'Try again: No answer', {
    ...company(view()),
    press: ['Didn’t reach Dana', 'No answer'],
  }),
  of('card-draft-failed', 'A draft that is not kept yet', 'Draft not kept yet', {
    ...company(view({ draft }), { saveDraft: { kind: 'broken connection' } }),
    press: ['If they have a minute', 'A colleague handles this'],
  }),
  of('card-skip', 'Skip with a reason', 'Why skip this time?', {
    ...company(view()),
    press: ['Didn’t reach Dana', 'Skip with a reason'],
  }),
  of('card-never-again', 'Asked not to be called: once more', 'Did Dana ask not to be called?', {
    ...company(view()),
    press: ['Didn’t reach Dana', 'Asked not to be called'],
  }),
  of('card-someone-else', 'Someone else answered', 'Who answered?', {
    ...company(view()),
    press: ['Someone else'],
  }),
  of(
    'card-someone-else-chosen',
    'Another contact was chosen',
    'Hi Luis, this is Ana.',
    company(
      view({
        otherContacts: [withGreeting({ ...luis, phone: '+1 312 555 0199' })],
        draft: { respondentContactId: luis.contactId, respondentName: luis.name },
      }),
    ),
  ),
  of(
    'card-someone-else-typed',
    'A name was typed',
    'Ask Rosa Klein',
    company(view({ draft: { respondentContactId: null, respondentName: 'Rosa Klein' } })),
  ),
  of(
    'card-no-phone',
    'No number',
    'Add a number in HubSpot',
    company(view({ ask: { ...dana, phone: null, why: SPOKE } })),
  ),
  of(
    'card-nobody-known',
    'Nobody known at the company',
    'Who answered?',
    company(view({ ask: null, otherContacts: [], greeting: greeting(null, 'Ana Lopez') })),
  ),
  of(
    'card-older',
    'A conversation of last week',
    'older than one business day',
    company(view({ draft: { ...draft, happenedOn: '2026-11-03' } })),
  ),
];

const LISTENING_TITLES: Record<ListeningReason, string> = {
  programListens: 'the program listens',
  gateClosed: 'the rep has not been told yet',
  callerIsRepOfRecord: 'the caller looks after the customer',
  noRepOfRecord: 'nobody owns the company',
  olderThanOneDay: 'the talk was a while ago',
};
const REP_NAMES: Partial<Record<ListeningReason, null>> = { noRepOfRecord: null };

const listening = LISTENING_REASONS.map((reason) => {
  const repName = reason in REP_NAMES ? null : 'Tom Berg';
  const listeningText = LISTENING_TEXT[reason](repName);
  const isTold = repName !== null && reason !== 'callerIsRepOfRecord';
  const advised = isTold ? {} : { adviceTo: null };
  return of(
    `card-listening-${reason.toLowerCase()}`,
    `Listening only: ${LISTENING_TITLES[reason]}`,
    listeningText,
    company(view({ listening: reason, listeningText, recallItems: null, repName, ...advised })),
  );
});

const done = (change: Parameters<typeof managerView>[0] = {}) =>
  view({
    state: 'done',
    touch: touch({ state: 'done' }),
    saved: savedCheckIn({ words: WORDS, undoUntil: null, released: true, findingId: null }),
    nextDueOn: '2027-01-01',
    ...change,
  });

const after: GalleryState[] = [
  of('card-attempted', 'Tried once', 'Tried once · next try Mon morning', company(attempted({}))),
  of(
    'card-attempted-often',
    'Tried three times',
    'Try Luis instead',
    company(
      attempted({
        attempts: 3,
        nextTryOn: '2026-11-24',
        nextTryHalf: 'afternoon',
        suggestOtherContact: true,
      }),
    ),
  ),
  of(
    'card-wrong-person',
    'The wrong person was met',
    'Ask Luis Ortega',
    company(
      attempted({}, [], {
        ...wrongDana,
        ask: { ...luis, phone: '+1 312 555 0199', why: 'Not heard from yet' },
      }),
    ),
  ),
  of(
    'card-nobody-else',
    'The wrong person, and nobody else',
    'We know nobody else here.',
    company(attempted({}, [], { ...wrongDana, ask: null })),
  ),
  of(
    'card-answer-missing',
    'Task ticked off in HubSpot',
    'the answer is missing',
    company(view({ state: 'answerMissing' })),
  ),
  of('card-reopen-failed', 'Reopening failed', 'This is a gallery: nothing is saved.', {
    ...company(view({ state: 'answerMissing' })),
    press: ['Didn’t talk: reopen'],
  }),
  of('card-done', 'Done', 'next in January', company(done({ earlierAnswers: earlierAnswers(6) }))),
  of(
    'card-done-promises',
    'Done, promises open',
    'Mark kept',
    company(done({ openPromises: unsettledPromises(3, 1) })),
  ),
  of(
    'card-done-outside',
    'Done without words',
    'Record another conversation',
    company(done({ saved: null })),
  ),
  of('card-history', 'Earlier answers', 'Earlier deliveries would help.', {
    ...company(done({ earlierAnswers: earlierAnswers(6) })),
    press: ['Earlier answers (6)'],
  }),
  of('card-try-instead', 'Somebody else is tried', 'Ask Luis Ortega', {
    ...company(
      attempted(
        { attempts: 3, nextTryOn: '2026-11-24', nextTryHalf: 'afternoon', suggestOtherContact: true },
        [withGreeting({ ...luis, phone: '+1 312 555 0199 ext. 12' })],
      ),
    ),
    press: ['Try Luis instead'],
  }),
  of('card-done-promising', 'Done, a promise is added', 'What did you promise?', {
    ...company(done()),
    press: ['Add promise'],
  }),
  of(
    'card-reply-waits',
    'Due, a reply of last quarter waits',
    'A reply waits for you',
    company(view({ findings: [lastQuarters('2026-11-19')] })),
  ),
  of('card-reply-waits-done', 'Done, another talk’s reply waits', 'A reply waits for you', {
    ...company(
      done({
        findings: [
          lastQuarters('2026-11-19'),
          { ...lastQuarters(null), findingId: id(61), askedOn: '2026-10-06' },
        ],
      }),
    ),
  }),
  of(
    'card-skipped',
    'Skipped with a reason',
    'The reason: plant closed',
    company(leftOut('skipped: plant closed')),
  ),
  of('card-skipped-form', 'Skipped, a conversation all the same', 'Back', {
    ...company(leftOut('skipped: plant closed')),
    press: ['Record a conversation anyway'],
  }),
  of(
    'card-gave-up',
    'Five tries reached nobody',
    'Not reached after 5 tries · next in January',
    company(leftOut('notReached', 5)),
  ),
  of(
    'card-not-to-be-called',
    'Asked not to be called',
    'Asked not to be called · next in January',
    company(leftOut('askedNotToBeCalled', 1)),
  ),
  of(
    'card-not-in-program',
    'Not in the program',
    'not in the program this quarter',
    company(view({ state: 'notInProgram', touch: null })),
  ),
  of(
    'card-not-started',
    'Program not started',
    'Check-ins have not started yet',
    company(view({ state: 'programNotStarted', touch: null })),
  ),
  of('card-undo-failed', 'Undo failed', 'This is a gallery: nothing is saved.', {
    ...company(
      view({ state: 'done', touch: touch({ state: 'done' }), saved: savedCheckIn({ findingId: null }) }),
    ),
    press: ['Undo'],
  }),
];

/** The tab's card of whoever calls the customer, before and after the call. */
export const managerStates: readonly GalleryState[] = [...due, ...listening, ...after];
