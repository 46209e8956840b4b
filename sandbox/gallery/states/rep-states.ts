import { REPLY_KINDS } from '../../../src/core/model.ts';
import { announcementText } from '../../../src/core/wording.ts';
import { REPLY_LABELS, VERDICT_WORDS, visibilityLines } from '../../../src/core/finding-wording.ts';
import { company, statesOf, type GalleryState } from '../gallery-state.ts';
import { LAST_ANSWER, PRAISE, promisesOfRep, WORDS } from '../people-and-words.ts';
import { feedback, gate, id, luis, repView, viewerView } from '../views.ts';
import { firmForRep, replyOf, resultOf } from './saved-states.ts';

const of = statesOf('tab', 'rep');
const viewerOf = statesOf('tab', 'viewer');

/** What a rep's card is told, with all that it offers. */
export const fullRepView = (change: Parameters<typeof repView>[0] = {}) =>
  repView({
    feedback: [feedback({ said: WORDS, liked: PRAISE })],
    replyKinds: REPLY_KINDS.map((value) => ({ value, label: REPLY_LABELS[value] })),
    visibility: visibilityLines(5),
    ...change,
  });

const earlier = [1, 2, 3].map((number) =>
  feedback({
    checkInId: id(30 + number),
    said: LAST_ANSWER.words,
    happenedOn: LAST_ANSWER.happenedOn,
    isNew: false,
  }),
);
const firm = firmForRep();
const replied = (state: Parameters<typeof replyOf>[0]) => ({
  ...firm,
  canReply: state === 'open',
  // Only whoever may still reply is told until when.
  ...(state === 'open' ? {} : { sentence: VERDICT_WORDS.DIFFERS_FIRM.sentence }),
  replies: [replyOf(state)],
  auditor:
    state === 'refused'
      ? { text: 'You can ask Vera Lund, the auditor, who finds this as case 0b5c41d7.', canAsk: true }
      : null,
});
const notCompared = resultOf({ verdict: 'UNVERIFIED', severity: 0, rule: 'R03' }, true);
const credit = resultOf({ verdict: 'CORROBORATED', severity: 0, rule: 'R07', says: ['W1', '3-5'] }, true);

const underLogged = resultOf({ verdict: 'UNDER_LOGGED', severity: 0, rule: 'R06', says: ['W1', '6+'] }, true);

const ofReps: GalleryState[] = [
  of('rep-new-words', 'New words, praise first', 'What Dana liked', company(fullRepView())),
  of(
    'rep-one-text',
    'New words, not split',
    'Dana said',
    company(fullRepView({ feedback: [feedback({ said: WORDS })] })),
  ),
  of('rep-before', 'No words yet', 'their words appear here', company(fullRepView({ feedback: [] }))),
  of('rep-earlier', 'Earlier words', 'Earlier deliveries would help.', {
    ...company(fullRepView({ feedback: [feedback({ said: WORDS, isNew: false }), ...earlier] })),
    press: ['Earlier words (3)'],
  }),
  of(
    'rep-promises',
    'Promises of the rep',
    'Mark promise kept',
    company(fullRepView({ promises: promisesOfRep(3) })),
  ),
  of(
    'rep-credit',
    'A result that speaks for the rep',
    'Customer remembers contact',
    company(fullRepView({ findings: [credit, notCompared] })),
  ),
  of(
    'rep-under-logged',
    'More contact than logged: credit',
    'Good work; please log it.',
    company(fullRepView({ findings: [underLogged] })),
  ),
  of(
    'rep-difference',
    'A difference to reply to',
    'You can reply, or leave it',
    company(fullRepView({ findings: [firm] })),
  ),
  of(
    'rep-difference-promises',
    'A difference, a credit and promises',
    'Your promises',
    company(
      fullRepView({
        findings: [firm, { ...credit, findingId: id(6), respondentName: luis.name, askedOn: '2026-08-12' }],
        promises: promisesOfRep(2),
      }),
    ),
  ),
  of('rep-reply', 'Replying', 'What happened?', {
    ...company(fullRepView({ findings: [firm] })),
    press: ['Reply'],
  }),
  of('rep-reply-missing', 'Replying without a choice', 'Choose what happened.', {
    ...company(fullRepView({ findings: [firm] })),
    press: ['Reply', 'Send reply'],
  }),
  of('rep-reply-record', 'Replying with a record', 'All we read about this customer', {
    ...company(fullRepView({ findings: [firm] })),
    press: ['Reply', 'I have a record'],
  }),
  of('rep-record-missing', 'Replying without the record', 'Choose the record.', {
    ...company(fullRepView({ findings: [firm] })),
    press: ['Reply', 'I have a record', 'Send reply'],
  }),
  of('rep-reply-failed', 'A reply that failed', 'This is a gallery: nothing is saved.', {
    ...company(fullRepView({ findings: [firm] })),
    press: ['Reply', 'Just a comment', 'Send reply'],
  }),
  of(
    'rep-replied',
    'Replied, waiting',
    'Luis in purchasing',
    company(fullRepView({ findings: [replied('open')] })),
  ),
  of(
    'rep-reply-refused',
    'Reply not accepted',
    'not heard from you since May',
    company(fullRepView({ findings: [replied('refused')] })),
  ),
  of(
    'rep-auditor-asked',
    'The auditor was asked',
    'you asked Vera Lund',
    company(
      fullRepView({
        findings: [
          {
            ...replied('refused'),
            auditor: {
              text: 'On Nov 12 you asked Vera Lund, the auditor, who finds this as case 0b5c41d7.',
              canAsk: false,
            },
          },
        ],
      }),
    ),
  ),
  of('rep-ask-failed', 'Asking the auditor failed', 'This is a gallery: nothing is saved.', {
    ...company(fullRepView({ findings: [replied('refused')] })),
    press: ['Ask the auditor'],
  }),
  of(
    'rep-announced',
    'To be read before anything is compared',
    'I have read this',
    company(
      fullRepView({
        gate: gate({ state: 'needsAcknowledgement', announcementText: announcementText('Nov 19', 5) }),
      }),
    ),
  ),
  of(
    'rep-waiting',
    'Days to ask questions',
    'may be compared with the log',
    company(fullRepView({ gate: gate({ state: 'waiting', opensOn: '2026-11-20' }) })),
  ),
  of(
    'rep-listening',
    'Listening only',
    'never compared with the log',
    company(fullRepView({ gate: gate({ state: 'listeningOnly' }) })),
  ),
  of(
    'rep-not-announced',
    'Nothing announced yet',
    'What Dana liked',
    company(fullRepView({ gate: gate({ state: 'notAnnounced' }) })),
  ),
  of('rep-who-sees', 'Who sees what, and when', 'Nothing about you.', {
    ...company(fullRepView()),
    press: ['Who sees what, and when'],
  }),
];

/** The tab's card of the rep, and of anybody else. */
export const repStates: readonly GalleryState[] = [
  ...ofReps,
  viewerOf('viewer', 'Anybody else', '2 open issues', company(viewerView())),
  viewerOf(
    'viewer-before',
    'Anybody else, before the first check-in',
    'No check-in yet',
    company(viewerView(null)),
  ),
];
