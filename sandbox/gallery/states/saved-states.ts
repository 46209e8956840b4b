import { bothSides } from '../../../src/core/both-sides.ts';
import { daysBetween } from '../../../src/core/cadence/calendar.ts';
import type { CountBand, RecencyBand, Verdict } from '../../../src/core/model.ts';
import {
  chanceText,
  differenceNextStep,
  NOT_CONSIDERED,
  REASONS,
  replyUntilText,
  REPLY_LABELS,
  TIER_WORDS,
  VERDICT_WORDS,
  whoSeesText,
} from '../../../src/core/finding-wording.ts';
import { company, reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import { WORDS } from '../people-and-words.ts';
import { finding, id, luis, managerView, promise, savedCheckIn, touch } from '../views.ts';

const of = statesOf('tab', 'manager');
const UNTIL = '2026-11-19';
const ASKED_ON = '2026-11-12';

const saved = (
  change: Parameters<typeof savedCheckIn>[0] = {},
  more: Parameters<typeof managerView>[0] = {},
) =>
  managerView({
    state: 'done',
    recallItems: RECALL_ITEMS,
    touch: touch({ state: 'done' }),
    saved: savedCheckIn({ words: WORDS, ...change }),
    nextDueOn: '2027-01-01',
    ...more,
  });

const LOG = [
  {
    activityId: '7001',
    what: 'Call, Tom Berg',
    on: '2026-11-03',
    withWhom: 'Dana Ruiz',
    evidence: TIER_WORDS[1],
    counted: true,
  },
  {
    activityId: '7002',
    what: 'Meeting, Tom Berg',
    on: '2026-10-14',
    withWhom: 'Dana Ruiz',
    evidence: TIER_WORDS[3],
    counted: true,
  },
  {
    activityId: '7003',
    what: 'Call, Tom Berg',
    on: '2026-09-22',
    withWhom: null,
    evidence: TIER_WORDS[0],
    counted: false,
  },
];

/** What a difference rests on: no machine record among it, which would end any difference. */
const LOGGED_BY_HAND = [
  '2026-11-05',
  '2026-10-29',
  '2026-10-21',
  '2026-10-12',
  '2026-09-24',
  '2026-09-03',
].map((on, index) => ({
  activityId: String(7_101 + index),
  what: 'Call, Tom Berg',
  on,
  withWhom: 'Dana Ruiz',
  evidence: TIER_WORDS[1],
  counted: true,
}));

const asRecord = ({ activityId, what, on, withWhom }: (typeof LOG)[number]) => ({
  activityId,
  what,
  on,
  withWhom,
});

/** Of the account too, and no part of the comparison. */
const NOT_USED = [
  { activityId: '7201', what: 'Email, Tom Berg', on: '2026-10-30', withWhom: 'Dana Ruiz' },
  { activityId: '7202', what: 'Call, Tom Berg', on: '2026-10-08', withWhom: 'Luis Ortega' },
];

type Result = {
  verdict: Verdict;
  severity: number;
  rule: string;
  says?: readonly [RecencyBand | null, CountBand | null];
  marks?: string[];
  chance?: string;
  second?: boolean;
};

/** One result of each kind, with the severity and the rule that bring it about. */
const RESULTS: readonly Result[] = [
  { verdict: 'CORROBORATED', severity: 0, rule: 'R07', says: ['W1', '3-5'] },
  { verdict: 'CONSISTENT', severity: 0, rule: 'R08', says: ['W4', null] },
  { verdict: 'UNDER_LOGGED', severity: 0, rule: 'R06', says: ['W1', '6+'] },
  { verdict: 'UNVERIFIED', severity: 0, rule: 'R03' },
  {
    verdict: 'CUSTOMER_UNSURE',
    severity: 0,
    rule: 'R04',
    says: ['DK', null],
    marks: ['The customer was not sure'],
  },
  {
    verdict: 'DIFFERENT_CONTACT',
    severity: 0,
    rule: 'R10',
    says: ['LONG', '0'],
    second: true,
  },
  {
    verdict: 'STALE_CONTACT',
    severity: 0,
    rule: 'R02',
    says: [null, null],
    marks: ['This person left or changed jobs'],
  },
  { verdict: 'MEMORY_DIFFERS', severity: 0, rule: 'R11', says: ['NEVER', '0'] },
  { verdict: 'DIFFERS_SOFT', severity: 1, rule: 'R14', says: ['M6', '0'], second: true },
  {
    verdict: 'DIFFERS_FIRM',
    severity: 2,
    rule: 'R13',
    says: ['NEVER', '0'],
    chance: chanceText(700),
    second: true,
  },
  { verdict: 'EXPLAINED', severity: 0, rule: 'R00', says: ['NEVER', '0'] },
];

/** The lines of the log as the comparison counts them: all of Tom's, with the respondent where her name stands. */
function sidesOf(verdict: Verdict, [recency, count]: readonly [RecencyBand | null, CountBand | null]) {
  const claims = logOf(verdict).map(({ on, withWhom, counted }) => ({
    ageDays: daysBetween(on, ASKED_ON),
    outcome: counted ? ('live' as const) : ('open' as const),
    contact: withWhom === null ? ('other' as const) : ('respondent' as const),
  }));
  return bothSides(claims, { recency, count });
}

function logOf(verdict: Verdict) {
  if (verdict === 'UNVERIFIED') return [];
  return /^DIFFERS|^EXPLAINED/.test(verdict) ? LOGGED_BY_HAND : LOG;
}

/** As the product adds it: the rep of a difference reads until when to reply. */
function wordsOf({ verdict, severity }: Result, readerIsRep: boolean) {
  const { label, sentence } = VERDICT_WORDS[verdict];
  const replyUntil = readerIsRep && severity > 0 ? ` ${replyUntilText(UNTIL)}` : '';
  return { label, sentence: `${sentence}${replyUntil}` };
}

/** A finding as one of its two readers gets it. */
export function resultOf(
  { verdict, severity, rule, says, marks, chance, second }: Result,
  readerIsRep = false,
) {
  const names = { repName: 'Tom Berg', managerName: 'Ana Lopez' };
  const open = { severity, isOpen: severity > 0, replyUntil: severity > 0 ? UNTIL : null, readerIsRep };
  return finding({
    verdict,
    severity,
    rule,
    ...wordsOf({ verdict, severity, rule }, readerIsRep),
    reason: REASONS[rule] ?? '',
    bothSides: says === undefined ? [] : sidesOf(verdict, says),
    customerMarks: marks ?? [],
    logSays: logOf(verdict),
    notConsidered: NOT_CONSIDERED,
    chance: chance ?? null,
    whoSees: whoSeesText({ ...open, ...names, laterReaderName: null, readerIsLater: false }),
    nextStep: differenceNextStep({
      ...open,
      ...names,
      verdict,
      secondContactName: second === true ? luis.name : null,
    }),
    replyUntil: open.replyUntil,
    canReply: readerIsRep && severity > 0,
    records: readerIsRep && severity > 0 ? [...logOf(verdict).map(asRecord), ...NOT_USED] : [],
    secondContact: second === true && !readerIsRep ? luis : null,
  });
}

const FIRM = RESULTS.find(({ verdict }) => verdict === 'DIFFERS_FIRM') ?? {
  verdict: 'DIFFERS_FIRM',
  severity: 2,
  rule: 'R13',
};
/** The strongest difference, as its rep sees it. */
export const firmForRep = () => ({ ...resultOf(FIRM, true), askedOn: '2026-11-11' });

export const replyOf = (state: 'open' | 'accepted' | 'refused' | 'noted') => ({
  replyId: id(5),
  kind: state === 'noted' ? ('COMMENT' as const) : ('OTHER_PERSON' as const),
  label: REPLY_LABELS[state === 'noted' ? 'COMMENT' : 'OTHER_PERSON'],
  record: null,
  sentence: 'I deal with Luis in purchasing; Dana is new at the plant.',
  repliedAt: '2026-11-12T18:05:00.000Z',
  state,
  decisionReason: state === 'refused' ? 'Luis says he has not heard from you since May.' : null,
});

const withFinding = (body: ReturnType<typeof finding>, view = saved()) =>
  company(view, { getFinding: reply({ finding: body }) });

const revealed = RESULTS.map((result) =>
  of(
    `card-result-${result.verdict.toLowerCase().replaceAll('_', '-')}`,
    `What the log says: ${VERDICT_WORDS[result.verdict].label}`,
    VERDICT_WORDS[result.verdict].label,
    withFinding(resultOf(result)),
  ),
);

const replied = (state: 'open' | 'accepted' | 'refused' | 'noted') => {
  const base = resultOf(
    state === 'accepted' ? { ...FIRM, verdict: 'EXPLAINED', severity: 0, rule: 'R00' } : FIRM,
  );
  return { ...base, canDecide: state === 'open', replies: [replyOf(state)] };
};

/** A rep replies once the words have left, when the time to undo is over. */
const earlier = saved({ undoUntil: null, released: true });

const pending = {
  state: 'pending' as const,
  verdict: null,
  severity: 0,
  rule: null,
  logSays: [],
  bothSides: [],
};

/** The minutes after a save, every result of the comparison, and a rep's reply in each of its states. */
export const savedStates: readonly GalleryState[] = [
  of('card-saved-reading', 'Saved, the log is being read', 'Reading the log', withFinding(finding(pending))),
  of(
    'card-saved-incomplete',
    'Saved, not all could be read',
    'Not all records could be read yet',
    withFinding(finding({ ...pending, state: 'incomplete' })),
  ),
  of(
    'card-saved-listening',
    'Saved, listening only',
    'gets these words at',
    company(saved({ findingId: null })),
  ),
  of(
    'card-saved-nobody',
    'Saved, nobody to tell',
    'Nobody looks after this company',
    company(saved({ repName: null, releasesAt: null, findingId: null })),
  ),
  of(
    'card-saved-promise',
    'Saved, promise added',
    'Promised: Visit the plant · Ana Lopez · by Nov 26',
    company(
      saved(
        { findingId: null, issueTitle: 'A visit', promiseIds: [promise().promiseId] },
        { openPromises: [promise()] },
      ),
    ),
  ),
  of('card-promise-missing', 'Saved, promise left blank', 'Write what you promised.', {
    ...company(saved({ findingId: null })),
    press: ['Add promise'],
  }),
  of(
    'card-finding-failed',
    'The result could not be read',
    'We are busy.',
    company(saved(), {
      getFinding: {
        kind: 'refusal',
        status: 503,
        body: { code: 'unavailable', message: 'We are busy.', requestId: 'gallery' },
      },
    }),
  ),
  ...revealed,
  of('card-how-compared', 'How we compared', 'Fewer than 1 in 700', {
    ...withFinding(resultOf(FIRM)),
    press: ['How we compared'],
  }),
  of(
    'card-reply-to-decide',
    'The rep has replied',
    'Done · Tom replied',
    withFinding(
      replied('open'),
      saved({ undoUntil: null, released: true, decideBy: '2026-11-26' }, { openPromises: [promise()] }),
    ),
  ),
  of(
    'card-reply-accepted',
    'Reply accepted',
    'It no longer counts',
    withFinding(replied('accepted'), earlier),
  ),
  of(
    'card-reply-refused',
    'Reply not accepted',
    'not heard from you since May',
    withFinding(replied('refused'), earlier),
  ),
  of('card-reply-noted', 'A comment was noted', 'Just a comment', withFinding(replied('noted'), earlier)),
  of('card-method', 'The whole method', 'What is compared', {
    ...withFinding(resultOf(FIRM)),
    press: ['How we compared', 'The whole method'],
  }),
];
