import { z } from 'zod';
import {
  ATTEMPT_OUTCOMES,
  CHANNELS,
  COUNT_BANDS,
  LISTENING_REASONS,
  PROMISE_CHOICES,
  PROMISE_STATES,
  RECENCY_BANDS,
  REPLY_KINDS,
  TOUCH_KINDS,
  TOUCH_STATES,
} from '../core/model.ts';
import { contactView, findingView } from './contract-finding.ts';
import {
  adviceView,
  coachingNoteBody,
  kudosBody,
  kudosDraft,
  kudosView,
  preferenceBody,
  preferenceView,
} from './contract-people.ts';
import { LIMITS, hubspotId, instant, localDay, uuid } from './contract-scalars.ts';

/**
 * Every request and reply between the extensions and the backend. The extensions' types are generated from this file,
 * so a change here that breaks a card fails `npm run verify`. Requests are strict: an unknown key is refused.
 */

const line = (max: number) => z.string().trim().min(1).max(max);
/** Made once in the card for each write; the same id again gets the stored reply. */
const submissionId = uuid;
const option = <T extends z.ZodType>(value: T) => z.object({ value, label: z.string() });

export const errorReply = z.object({
  code: z.string(),
  message: z.string(),
  requestId: z.string(),
  hint: z.string().optional(),
  /** Which part of the request cannot be taken, for programs: people read the message. */
  field: z.string().optional(),
});

// --- Parts that several replies share --------------------------------------------------------------------------------

export const promiseView = z.object({
  promiseId: uuid,
  companyId: hubspotId,
  companyName: z.string(),
  what: z.string(),
  ownerName: z.string(),
  mine: z.boolean(),
  dueOn: localDay,
  state: z.enum(PROMISE_STATES),
  /** True once somebody said how it ended. A broken one that is not settled is overdue: it can still be marked as kept. */
  settled: z.boolean(),
  settledOn: localDay.nullable().default(null),
  /** What the reader may say of it now. */
  choices: z.array(z.enum(PROMISE_CHOICES)).default([]),
});

export const answerView = z.object({
  checkInId: uuid,
  respondentName: z.string(),
  words: z.string(),
  /** What the customer liked, as the caller marked it. */
  liked: z.string().nullable().default(null),
  /** The reader's own remark; null where there is none, and for everybody else. */
  inConfidence: z.string().nullable().default(null),
  happenedOn: localDay,
  callerName: z.string(),
});

export const savedCheckInView = answerView.extend({
  savedAt: instant,
  /** Null once it can no longer be undone. */
  undoUntil: instant.nullable(),
  /** When the rep gets the words; null where there is no rep to tell. */
  releasesAt: instant.nullable(),
  released: z.boolean(),
  repName: z.string().nullable(),
  findingId: uuid.nullable(),
  /** The issue opened from this check-in, if any. */
  issueTitle: z.string().nullable(),
  /** For the rep, by the reader; empty for everybody else. */
  advice: adviceView.default([]),
  /** What was promised with it. */
  promiseIds: z.array(uuid).default([]),
  /** The last day on which the reader decides about the rep's reply; null where none waits for them. */
  decideBy: localDay.nullable().default(null),
});

export const gateView = z.object({
  state: z.enum(['listeningOnly', 'notAnnounced', 'needsAcknowledgement', 'waiting', 'open']),
  opensOn: localDay.nullable(),
  announcementText: z.string().nullable(),
});

export const recallItemsView = z.object({
  intro: z.string(),
  recency: z.object({ question: z.string(), options: z.array(option(z.enum(RECENCY_BANDS))) }),
  count: z.object({ question: z.string(), options: z.array(option(z.enum(COUNT_BANDS))) }),
});

// --- GET /api/companies/:companyId -----------------------------------------------------------------------------------

export const recallAnswer = z.strictObject({
  recency: z.enum(RECENCY_BANDS).nullable().default(null),
  count: z.enum(COUNT_BANDS).nullable().default(null),
  /** The customer was not sure. */
  unsure: z.boolean().default(false),
  /** A colleague handles this. */
  colleague: z.boolean().default(false),
  /** The customer named the rep or a visit without being asked. */
  named: z.boolean().default(false),
  /** This person left, changed jobs, or the number was wrong. */
  stale: z.boolean().default(false),
});

export const draftBody = z.strictObject({
  submissionId: submissionId.optional(),
  /** Typed after a try to save: newer than a check-in that this try may have saved. */
  afterTry: z.boolean().optional(),
  /** The form it was typed into, and which of that form's drafts this is: calls may land in another order than they left. */
  edition: z.strictObject({ form: submissionId, count: z.number().int().min(1) }).optional(),
  respondentContactId: hubspotId.nullable().optional(),
  respondentName: z.string().max(200).optional(),
  // Roomier than a check-in: the words of two drafts may meet in one, and none are lost.
  words: z.string().max(40_000).optional(),
  liked: z.string().max(8_000).optional(),
  inConfidence: z.string().max(40_000).optional(),
  coachingNote: z.string().max(40_000).optional(),
  happenedOn: localDay.optional(),
  channel: z.enum(CHANNELS).optional(),
  recall: recallAnswer.partial().optional(),
  kudos: kudosDraft.optional(),
  preference: preferenceBody.optional(),
});

export const touchView = z.object({
  touchId: uuid,
  kind: z.enum(TOUCH_KINDS),
  state: z.enum(TOUCH_STATES),
  dueOn: localDay,
  attempts: z.number().int(),
  nextTryOn: localDay.nullable(),
  nextTryHalf: z.enum(['morning', 'afternoon']).nullable(),
  suggestOtherContact: z.boolean(),
});

export const managerView = z.object({
  role: z.literal('manager'),
  company: z.object({ companyId: hubspotId, name: z.string() }),
  today: localDay,
  timeZone: z.string(),
  state: z.enum([
    'due',
    'dueSoon',
    'attempted',
    'answerMissing',
    'done',
    'leftOut',
    'notInProgram',
    'programNotStarted',
  ]),
  /** In state `leftOut`: why nobody is asked this quarter, and in whose words. */
  leftOut: z.object({ label: z.string(), why: z.string().nullable() }).nullable().default(null),
  isAdmin: z.boolean(),
  question: z.string(),
  probe: z.string(),
  greeting: z.string(),
  /** For somebody whose name is not known, or was typed. */
  neutralGreeting: z.string(),
  touch: touchView.nullable(),
  ask: contactView.extend({ why: z.string() }).nullable(),
  /** `isWrongPerson`: they turned out to be somebody else while this call stood open, and are not suggested again for it. */
  otherContacts: z.array(
    contactView.extend({ greeting: z.string(), isWrongPerson: z.boolean().default(false) }),
  ),
  repName: z.string().nullable(),
  /** The rep who gets the words and may be advised with them; null where nobody does. */
  adviceTo: z.object({ ownerId: hubspotId, name: z.string() }).nullable().default(null),
  firstManagerCall: z.boolean(),
  /** Null where the log is compared; else why this is a plain check-in. */
  listening: z.enum(LISTENING_REASONS).nullable(),
  listeningText: z.string().nullable(),
  /** Null where the two recall questions are not asked. */
  recallItems: recallItemsView.nullable(),
  lastAnswer: answerView
    .extend({ issueTitle: z.string().nullable(), issueState: z.string().nullable() })
    .nullable(),
  /** What nobody settled yet, and what was not kept while its issue is open. */
  openPromises: z.array(promiseView),
  /** The others that were settled this quarter, the newest first. */
  settledPromises: z.array(promiseView).default([]),
  /** Colleagues of the reader who can promise something, or be thanked. */
  promiseOwners: z.array(z.object({ ownerId: hubspotId, name: z.string() })),
  /** Thanks heard here, to anybody; the reader's own at once, others' once released. */
  thanks: z.array(kudosView),
  /** What contacts wish about being asked. */
  preferences: z.array(preferenceView),
  /** Newest first, whoever called; with the name of whoever looked after the account then. */
  earlierAnswers: z.array(answerView.extend({ repName: z.string().nullable().default(null) })),
  saved: savedCheckInView.nullable(),
  /**
   * The reader's own at this company, beside the one of `saved`: not settled yet, or with a reply to decide (`decideBy`). Before the
   * reader has asked this quarter only the latter.
   */
  findings: z
    .array(
      z.object({
        findingId: uuid,
        respondentName: z.string(),
        askedOn: localDay,
        /** Silence accepts the reply after that day; null where none waits. */
        decideBy: localDay.nullable(),
      }),
    )
    .default([]),
  draft: draftBody.nullable(),
  nextDueOn: localDay.nullable(),
});

export const feedbackView = z.object({
  checkInId: uuid,
  respondentName: z.string(),
  callerName: z.string(),
  happenedOn: localDay,
  /** Praise, where the manager split the text. */
  liked: z.string().nullable(),
  said: z.string(),
  /** What the caller advises. */
  advice: adviceView.default([]),
  isNew: z.boolean(),
});

export const repView = z.object({
  role: z.literal('rep'),
  company: z.object({ companyId: hubspotId, name: z.string() }),
  today: localDay,
  timeZone: z.string(),
  feedback: z.array(feedbackView),
  /** Thanks for the reader. */
  thanks: z.array(kudosView),
  /** The reader's own: what waits for them, then what was settled this quarter. */
  promises: z.array(promiseView),
  findings: z.array(findingView),
  /** Findings that weigh more than when the reader replied, and wait for a reply again. */
  askedAnew: z.array(uuid).default([]),
  replyKinds: z.array(option(z.enum(REPLY_KINDS))),
  visibility: z.array(z.object({ label: z.string(), text: z.string() })),
  gate: gateView,
  managerName: z.string().nullable(),
});

export const viewerView = z.object({
  role: z.literal('viewer'),
  company: z.object({ companyId: hubspotId, name: z.string() }),
  today: localDay,
  timeZone: z.string(),
  lastCheckInOn: localDay.nullable(),
  openIssues: z.number().int(),
  /** Thanks for the reader. */
  thanks: z.array(kudosView),
});

export const companyView = z.discriminatedUnion('role', [managerView, repView, viewerView]);

// --- Writes of the card ----------------------------------------------------------------------------------------------

export const saveDraftRequest = z.strictObject({ draft: draftBody });
export const saveDraftReply = z.object({ savedAt: instant });

export const recordCheckInRequest = z.strictObject({
  submissionId,
  companyId: hubspotId,
  respondent: z.strictObject({ contactId: hubspotId.nullable().default(null), name: line(LIMITS.name) }),
  /** The question was asked, word for word. */
  asked: z.literal(true),
  words: line(LIMITS.words),
  /** The part of the words that is praise, shown to the rep first. */
  liked: z.string().trim().max(LIMITS.liked).nullable().default(null),
  /** Stays with the manager; never compared, never passed on. */
  inConfidence: z.string().trim().max(LIMITS.inConfidence).nullable().default(null),
  happenedOn: localDay,
  channel: z.enum(CHANNELS),
  recall: recallAnswer.nullable().default(null),
  /** Thanks to a colleague whom the customer named. */
  kudos: kudosBody.nullable().default(null),
  /** What the respondent wishes about being asked. */
  preference: preferenceBody.nullable().default(null),
  /** Advice for the rep who gets the words. */
  coachingNote: coachingNoteBody.nullable().optional(),
});
export const recordCheckInReply = z.object({
  saved: savedCheckInView,
  listening: z.enum(LISTENING_REASONS).nullable(),
});

export const undoRequest = z.strictObject({ submissionId });
export const undoReply = z.object({ undone: z.literal(true), draft: draftBody });

export const correctionRequest = z.strictObject({
  submissionId,
  recall: recallAnswer,
  reason: line(LIMITS.reason),
});
export const correctionReply = z.object({ findingId: uuid.nullable() });

export const attemptRequest = z.strictObject({
  submissionId,
  outcome: z.enum(ATTEMPT_OUTCOMES),
  contactId: hubspotId.nullable().default(null),
});
export const skipRequest = z.strictObject({ submissionId, reason: line(LIMITS.reason) });
export const reopenRequest = z.strictObject({ submissionId });
export const resolutionRequest = z.strictObject({
  submissionId,
  choice: z.enum(['createAnyway', 'itExists', 'leaveOut']),
});
export const touchReply = z.object({ touch: touchView, message: z.string() });

export const openIssueRequest = z.strictObject({
  submissionId,
  companyId: hubspotId,
  checkInId: uuid.nullable().default(null),
  title: line(LIMITS.issueTitle),
  promise: z
    .strictObject({
      what: line(LIMITS.promise),
      ownerId: hubspotId.nullable().default(null),
      dueOn: localDay,
    })
    .nullable()
    .default(null),
});
export const openIssueReply = z.object({ issueId: uuid, promise: promiseView.nullable() });

export const promiseOutcomeRequest = z.strictObject({ submissionId, outcome: z.enum(PROMISE_CHOICES) });
export const promiseReply = z.object({ promise: promiseView });

export const replyRequest = z.strictObject({
  submissionId,
  kind: z.enum(REPLY_KINDS),
  sentence: z.string().trim().max(LIMITS.replySentence).default(''),
  /** The call or meeting that shows contact, for kind EVIDENCE. */
  activityId: hubspotId.nullable().default(null),
});
export const replyReply = z.object({ finding: findingView });
/** The most replies that one decision names: more than a rep writes in a window, small enough for any request. */
const MOST_REPLIES = 500;

export const decisionRequest = z.strictObject({
  submissionId,
  /** All replies that were on the page: the open ones of these are decided, and nothing that came later. */
  replyIds: z.array(uuid).min(1).max(MOST_REPLIES),
  accept: z.boolean(),
  reason: z.string().trim().max(LIMITS.decisionReason).default(''),
});
export const askAuditorRequest = z.strictObject({ submissionId });
export const decisionReply = z.object({
  finding: findingView,
  /** Says that the rep added something that was not on the page yet; null where they did not. */
  added: z.string().nullable(),
});
export const findingReply = z.object({ finding: findingView });
