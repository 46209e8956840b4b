import type {
  AttemptRequest,
  PromiseView,
  RecordCheckInRequest,
  RecordView,
  ReplyView,
  TouchView,
} from './contract-types.ts';
import { addDays, formatDay, formatMonth, formatPastDay, formatShortDay, formatWeekday } from './dates.ts';
import { firstName } from './first-name.ts';

/** Every word of the card that does not come from the backend. Calm, short, about grade 8. */

export const FAILURES = {
  noAnswer: 'No answer came back.',
  unavailable: 'Something went wrong on our side.',
  wordsKept: 'What you typed is still here.',
  loadTitle: 'This could not be loaded',
  saveTitle: 'Not saved yet',
  undoTitle: 'Not undone yet',
  exportTitle: 'No file yet',
  planTitle: 'Not planned yet',
  startTitle: 'Not started yet',
  announceTitle: 'Not announced yet',
  retry: 'Try again',
  reload: 'Reload',
  disconnectedTitle: 'Service check-in is disconnected',
  disconnected: 'Ask your HubSpot admin to reconnect. Nothing that was said is lost.',
  disconnectedAdmin: 'Reconnect to go on. Nothing that was said is lost.',
  notOurs: 'No check-ins here: this company is not in the program.',
  reconnect: 'Reconnect',
};

export const COMMON = {
  appName: 'Service check-in',
  loading: 'Loading the check-in',
};

export const CHANNEL_OPTIONS: { label: string; value: RecordCheckInRequest['channel'] }[] = [
  { label: 'Phone', value: 'phone' },
  { label: 'Video', value: 'video' },
  { label: 'In person', value: 'inPerson' },
];

export const OUTCOME_LABELS: Record<AttemptRequest['outcome'], string> = {
  noAnswer: 'No answer',
  leftMessage: 'Left message',
  wrongPerson: 'Wrong person',
  askedNotToBeCalled: 'Asked not to be called',
};

export const PROMISE_STATE_LABELS: Record<PromiseView['state'], string> = {
  open: 'Open',
  kept: 'Kept',
  broken: 'Not kept',
};
/** Its day is over, and nobody said yet how it ended. */
export const PROMISE_OVERDUE = 'Overdue';

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A customer's words in quotation marks. Words from right to left stand apart, or their full stop would land at their front. */
export const quoted = (words: string): string =>
  RIGHT_TO_LEFT.test(words) ? `“\u2068${words}\u2069”` : `“${words}”`;

/** A weekday alone names a day only within the week that begins today. */
const DAYS_OF_A_WEEK = 7;

export const FORM = {
  ask: (name: string) => `Ask ${name}`,
  askNobody: 'Who answered?',
  askSomebodyElse: 'Ask somebody else',
  noPhone: (canSkip: boolean) =>
    canSkip ? 'Add a number in HubSpot, or skip with a reason.' : 'Add a number in HubSpot.',
  nobodyElse: (canSkip: boolean) =>
    canSkip
      ? 'We know nobody else here. Add a contact in HubSpot, or skip with a reason.'
      : 'We know nobody else here. Add a contact in HubSpot.',
  copy: 'Copy number',
  someoneElse: 'Someone else',
  whoAnswered: 'Who answered?',
  typedName: 'Another person',
  name: 'Name',
  words: (name: string) => `In ${firstName(name)}’s words`,
  wordsOfNobody: 'In the customer’s words',
  wordsHint: (repName: string | null) =>
    `Their words, not a summary. ${repName === null ? '' : `${firstName(repName)} sees these. `}` +
    'Please leave out health and other private matters.',
  ifTheyHaveAMinute: 'If they have a minute',
  mentionsContact: 'They mention how they are looked after. The next two may help.',
  notAsked: 'Not asked',
  marks: {
    unsure: 'The customer was not sure',
    colleague: 'A colleague handles this',
    named: 'Named one of us or a visit unasked',
    stale: 'Left, changed jobs, wrong number',
  },
  tooOld: 'A conversation older than one business day is kept, but not compared.',
  more: 'More to note (optional)',
  details: 'What they liked · in confidence · date · how',
  inConfidence: 'In confidence',
  inConfidenceHint: 'Stays with you. Never compared, never passed on.',
  liked: 'What they liked',
  likedHint: (repName: string | null) =>
    repName === null ? 'Shown first.' : `${firstName(repName)} sees this first.`,
  happenedOn: 'When',
  happenedOnHint: 'Today, or up to 14 days back.',
  happenedOnWrong: 'Choose a day of the last 14 days. Older conversations cannot be saved.',
  channel: 'How',
  save: 'I asked. Save',
  firstSaved: 'Your first version is saved',
  saveAgain: 'Save again to add this.',
  savedBeside: 'A check-in was saved in another card',
  notInIt: 'Save this only if it adds something. It stays as a draft until then.',
  showSaved: 'Show what is saved',
  draft: { kept: 'Draft kept', failed: 'Draft not kept yet. It is sent again by itself.' },
  respondentMissing: 'Say who answered.',
  wordsMissing: 'Write what they said.',
  notReached: (name: string | null) =>
    name === null ? 'Didn’t reach them' : `Didn’t reach ${firstName(name)}`,
  tryAgain: (outcome: string) => `Try again: ${outcome}`,
  skip: 'Skip with a reason',
  skipReason: 'Why skip this time?',
  skipNow: 'Skip this time',
  neverAgain: (name: string | null) =>
    name === null
      ? 'Did they ask not to be called? This check-in closes, and nobody is called here this quarter.'
      : `Did ${firstName(name)} ask not to be called? We do not ask for ${firstName(name)} again, and nobody is called here this quarter.`,
  neverAgainNow: 'Yes, close this check-in',
  back: 'Back',
};

export const MANAGER = {
  due: (day: string, today: string, locale: string) =>
    `${day < today ? 'Was due' : 'Due'} ${formatDay(day, locale)}`,
  notDue: 'No check-in due',
  firstCall: 'First manager call',
  continuity: 'New owner',
  promisesAndAnswer: (count: number) =>
    count === 0 ? 'Last answer' : `Open promises and last answer (${String(count)})`,
  saidOn: (name: string, day: string, today: string, locale: string) =>
    `${firstName(name)} said on ${formatPastDay(day, today, locale)}:`,
  issueFromThen: (title: string, state: string | null) =>
    state === null ? `Issue: ${title}.` : `Issue: ${title} (${state}).`,
  askIfItHelped: 'Ask if it helped.',
  tried: (touch: TouchView, today: string, locale: string): string => {
    const times = ['once', 'twice'][touch.attempts - 1] ?? `${String(touch.attempts)} times`;
    if (touch.nextTryOn === null) return `Tried ${times}`;
    const half = touch.nextTryHalf === null ? '' : ` ${touch.nextTryHalf}`;
    const isNear = touch.nextTryOn < addDays(today, DAYS_OF_A_WEEK);
    const day = isNear ? formatWeekday(touch.nextTryOn, locale) : formatDay(touch.nextTryOn, locale);
    return `Tried ${times} · next try ${day}${half}`;
  },
  writeAnswer: 'Write down the answer',
  tryInstead: (name: string) => `Try ${firstName(name)} instead`,
  answerMissing: 'The task is done, the answer is missing.',
  writeItDown: 'Write it down',
  reopen: 'Didn’t talk: reopen',
  notInProgram: 'This company is not in the program this quarter.',
  leftOut: (label: string, nextDueOn: string | null, locale: string) =>
    nextDueOn === null ? label : `${label} · next in ${formatMonth(nextDueOn, locale)}`,
  leftOutWhy: (why: string) => `The reason: ${why}`,
  notStarted: 'Check-ins have not started yet. An admin starts them in the app’s settings.',
  recordAnyway: 'Record a conversation anyway',
  done: (day: string, nextDueOn: string | null, today: string, locale: string): string => {
    const done = `Done ${formatPastDay(day, today, locale)}`;
    return nextDueOn === null ? done : `${done} · next in ${formatMonth(nextDueOn, locale)}`;
  },
  doneOutside: 'Done',
  replied: (repName: string | null) =>
    repName === null ? 'Done · a reply waits' : `Done · ${firstName(repName)} replied`,
  recordAnother: 'Record another conversation',
  markKept: 'Mark kept',
  liked: (words: string) => `What they liked: ${words}`,
  inConfidence: (words: string) => `In confidence, for you alone: ${words}`,
  earlier: (count: number) => `Earlier answers (${String(count)})`,
  whoSpoke: (caller: string, respondent: string, rep: string | null) =>
    [
      respondent === '' ? `${firstName(caller)} asked` : `${firstName(caller)} asked ${respondent}`,
      rep === null ? 'nobody looked after them' : `${firstName(rep)} looked after them`,
    ].join(' · '),
};

export const SAVED = {
  title: 'Saved',
  nobodyElseToTell: 'You look after this customer yourself, so nobody else is told.',
  releases: (repName: string, time: string) => `${firstName(repName)} gets these words at ${time}.`,
  released: (repName: string) => `${firstName(repName)} has these words.`,
  nobodyToTell: 'Nobody looks after this company, so nobody is told.',
  undo: 'Undo',
  undoUntil: (time: string) => `Nothing leaves before ${time}.`,
  promised: 'Did you promise anything?',
  issueFold: 'Name the issue differently',
  issue: 'What do they want fixed?',
  issueHint: 'If left empty, the issue is called like the promise.',
  what: 'What did you promise?',
  owner: 'Who',
  dueOn: 'By when',
  addPromise: 'Add promise',
  nothingPromised: 'Nothing promised',
  promiseMissing: 'Write what you promised.',
  addAnother: 'Add another promise',
  promiseAdded: ({ what, ownerName, dueOn }: PromiseView, today: string, locale: string) =>
    `Promised: ${what} · ${ownerName} · by ${formatPastDay(dueOn, today, locale)}`,
  issueOpened: (title: string) => `Issue opened: ${title}`,
  me: 'Me',
};

export const FINDING = {
  title: 'What the log says',
  reading: 'Reading the log',
  later: 'Not all records could be read yet. We try again.',
  how: 'How we compared',
  why: 'Why',
  asked: (name: string | null, day: string | null, today: string, locale: string) =>
    [name ?? '', day === null ? '' : formatPastDay(day, today, locale)]
      .filter((part) => part !== '')
      .join(' · '),
  inLog: (log: string) => `By the log: ${log}`,
  inMemory: (customer: string) => `By the customer: ${customer}`,
  marks: 'The customer added',
  logSays: 'The log, line by line',
  nothingLogged: 'No conversation in the log.',
  notCounted: 'not counted',
  notConsidered: 'Not considered',
  chance: 'How likely',
  whoSees: 'Who sees this',
  about: (name: string, day: string, today: string, locale: string) =>
    `${firstName(name)} · ${formatPastDay(day, today, locale)}`,
  waits: (name: string, day: string, decideBy: string, today: string, locale: string) =>
    `A reply waits for you, about the talk with ${firstName(name)} on ${formatPastDay(day, today, locale)}. ` +
    `It counts as accepted if you do not decide by ${formatDay(decideBy, locale)}.`,
  readReply: 'Read the reply',
  show: 'Show',
  replied: 'Reply',
  accept: 'Accept the reply',
  refuse: 'Not accepted',
  decisions: {
    open: () => 'Not decided yet.',
    accepted: () => 'Accepted.',
    refused: (why: string | null) => (why === null ? 'Not accepted.' : `Not accepted: ${why}`),
    noted: () => null,
  } satisfies Record<ReplyView['state'], (why: string | null) => string | null>,
  askAuditor: 'Ask the auditor',
  reason: 'If not: one sentence why',
};

/** "Call, Tom Berg · Nov 3 · Dana Ruiz" */
export function recordText(record: RecordView, locale: string): string {
  const parts = [record.what, formatShortDay(record.on, locale), record.withWhom ?? ''];
  return parts.filter((part) => part !== '').join(' · ');
}

/** A button names its promise in so many characters: it stays one line in a narrow card. */
const LONGEST_IN_BUTTON = 32;

export const PROMISES = {
  what: 'What',
  who: 'Who',
  by: 'By',
  state: 'State',
  title: 'Promises',
  markKept: 'Mark promise kept',
  change: 'Change',
  choices: {
    kept: 'Mark kept',
    broken: 'Not kept',
    open: 'Mark open again',
    closeIssue: 'Close the issue without it',
  } satisfies Record<PromiseView['choices'][number], string>,
  keptOn: (day: string, today: string, locale: string) => `Kept on ${formatPastDay(day, today, locale)}`,
  marked: ({ state, what }: Pick<PromiseView, 'state' | 'what'>) =>
    state === 'kept' ? `Marked as kept: ${what}` : `Closed, not kept: ${what}`,
  which: (label: string, what: string) =>
    `${label}: ${what.length <= LONGEST_IN_BUTTON ? what : `${what.slice(0, LONGEST_IN_BUTTON - 1).trimEnd()}…`}`,
  clock: (days: number): string => {
    if (days === 0) return 'today';
    const count = Math.abs(days) === 1 ? '1 day' : `${String(Math.abs(days))} days`;
    return days > 0 ? `in ${count}` : `${count} late`;
  },
};

export const REP = {
  newWords: (day: string, today: string, locale: string) =>
    `New words · ${formatPastDay(day, today, locale)}`,
  lastWords: (day: string, today: string, locale: string) =>
    `Last words · ${formatPastDay(day, today, locale)}`,
  noWords: 'No words yet',
  noWordsYet: 'When this customer is asked, their words appear here, the good things first.',
  liked: (name: string) => `What ${firstName(name)} liked`,
  help: 'What would help',
  said: (name: string) => `${firstName(name)} said`,
  askedBy: (name: string, day: string, today: string, locale: string) =>
    `Asked by ${name} on ${formatPastDay(day, today, locale)}`,
  earlier: (count: number) => `Earlier words (${String(count)})`,
  yourPromises: 'Your promises',
  reply: 'Reply',
  replyTitle: 'Your reply',
  askedAnew: 'This looks different from when you replied. You can reply again.',
  whatHappened: 'What happened?',
  record: 'Which record?',
  recordHint: 'All we read about this customer, also what was not compared. Only what, when and with whom.',
  notListed: 'Another record: read the log again',
  sentence: 'One sentence',
  send: 'Send reply',
  kindMissing: 'Choose what happened.',
  recordMissing: 'Choose the record.',
  whoSees: 'Who sees what, and when',
  gateTitle: 'Before check-ins are compared with the log',
  acknowledge: 'I have read this',
  waiting: (day: string, locale: string) =>
    `From ${formatDay(day, locale)} answers may be compared with the log.`,
  listening: 'Listening only: what customers say is never compared with the log.',
};

export const VIEWER = {
  last: (day: string, today: string, locale: string) => `Last check-in ${formatPastDay(day, today, locale)}`,
  never: 'No check-in yet',
  issues: (count: number) =>
    count === 0 ? 'No open issues' : count === 1 ? '1 open issue' : `${String(count)} open issues`,
};

export const SIDEBAR = {
  ask: (name: string) => `Ask ${name}`,
  start: 'Start check-in',
  open: 'Open check-in',
  canDecide: (until: string, locale: string) => `You can decide until ${formatShortDay(until, locale)}`,
  left: (name: string) => `${firstName(name)} left you words`,
  canReply: (until: string, locale: string) => `You can reply until ${formatShortDay(until, locale)}`,
  read: 'Read',
};
