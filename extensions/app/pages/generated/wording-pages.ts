// Copied from extension-kit/wording-pages.ts, by `npm run generate`. Do not edit.
import type {
  AttentionView,
  GateView,
  ManagerHome,
  ProgramSettings,
  ProgramView,
  QuarterChartsView,
  RepHome,
  RunView,
} from './contract-types.ts';
import { formatDay, formatPastDay, formatShortDay, formatTime, monthLabel, quarterMonths } from './dates.ts';

/** Every word of the home page and the settings page that does not come from the backend. */

const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;

/** As the reader writes numbers, with one digit behind the point at most. */
const numeral = (number: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(number);

const WORKDAYS_A_WEEK = 5;
type Rate = QuarterChartsView['rates'][number];

export const HOME = {
  title: 'Service check-in',
  nothing: (name: string) => `${name === '' ? '' : `Hello, ${name}. `}Nothing is waiting for you here.`,
  calls: (number: number) => (number === 0 ? 'No calls today' : `${count(number, 'call', 'calls')} today`),
  noCalls: 'Nobody is due today. The next calls appear here in the morning.',
  start: 'Start',
  next: 'Next customer',
  place: (index: number, all: number, next: string | undefined) =>
    `${String(index + 1)} of ${String(all)}${next === undefined ? '' : ` · then ${next}`}`,
  record: 'Open the record in HubSpot',
  charts: 'This quarter in pictures',
  coverage: 'Customers heard from, by week',
  coverageText: (part: number, whole: number, locale: string) =>
    `Heard from ${numeral(part, locale)} of ${numeral(whole, locale)} customers so far.`,
  planned: 'Planned by then',
  heard: 'Heard from',
  rates: 'Reached, and on time',
  bars: { reached: 'Reached', survey: 'Written survey, usually', onTime: 'On time' },
  rate: ({ kind, part, whole, share, low, high }: Rate, surveyShare: number, locale: string) => {
    const percent = new Intl.NumberFormat(locale, { style: 'percent' });
    const [value, from, to] = [share, low, high].map((number) => percent.format(number));
    const counts = `${numeral(part, locale)} of ${numeral(whole, locale)}`;
    const range = `${value ?? ''} (${from ?? ''} to ${to ?? ''}).`;
    if (kind === 'onTime') return `On time ${counts} heard: ${range}`;
    return `Reached ${counts} tried: ${range} A written survey reaches about ${percent.format(surveyShare)}.`;
  },
  percent: 'Percent',
  week: 'Week of',
  lastOne: 'That was the last call for today.',
  lastShown: (shown: number, all: number, locale: string) =>
    `${numeral(shown, locale)} of ${numeral(all, locale)}. Close this and press Start for the calls you went past.`,
  due: (day: string, today: string, locale: string) =>
    day === today ? 'Due today' : `${day < today ? 'Was due' : 'Due'} ${formatDay(day, locale)}`,
  more: (number: number) => `${String(number)} more. Start leads from one to the next.`,
  heardFrom: 'Heard from',
  of: (part: number, whole: number) => (whole === 0 ? 'None yet' : `${String(part)} of ${String(whole)}`),
  promisesDue: 'Promises due',
  openPromises: 'Your open promises',
  /** While numbers are too small for a rate they are told as they are. */
  reachedSoFar: (part: number, whole: number, locale: string) =>
    `Reached ${numeral(part, locale)} of ${numeral(whole, locale)} tried.`,
  onTimeSoFar: (part: number, whole: number, locale: string) =>
    `On time ${numeral(part, locale)} of ${numeral(whole, locale)} heard.`,
  keptByYou: 'Kept by you',
  attention: 'Needs a decision',
  attentionHint:
    'Open the customer and look at its tasks. “It exists” finds the task there and goes on with it; “Create anyway” makes one now; “Leave out” means no call this quarter.',
  choices: {
    createAnyway: 'Create anyway',
    itExists: 'It exists',
    leaveOut: 'Leave out this quarter',
  } satisfies Record<AttentionView['choices'][number], string>,
  shownOf: (shown: number, total: number, locale: string) =>
    `Shown here: ${shown.toLocaleString(locale)} of ${total.toLocaleString(locale)}.`,
  retries: {
    unknownOutcome: (tasks: string) =>
      `HubSpot did not say whether ${tasks} tasks were made. Your account takes only one task a call, so it is safe to try them all again.`,
    rejected: (tasks: string) =>
      `HubSpot did not accept ${tasks} tasks. Once the cause is mended, you can try them all again.`,
  } satisfies Record<ManagerHome['retries'][number]['kind'], (tasks: string) => string>,
  retryAll: (tasks: string) => `Try all ${tasks} again`,
  quotes: 'What customers say',
  noQuotes: 'The first answers appear here.',
  saidBy: (name: string, company: string, day: string, today: string, locale: string) =>
    `${name}, ${company} · ${formatPastDay(day, today, locale)}`,
  repliesWaiting: 'Replies that wait for you',
  replyWaits: (rep: string | null, company: string, decideBy: string | null, locale: string) =>
    `${[rep ?? '', company].filter((part) => part !== '').join(', ')}${decideBy === null ? '' : `: decide by ${formatDay(decideBy, locale)}`}`,
  replyWaitsHint: 'Without a decision by then a reply counts as accepted.',
  readReply: 'Read',
  team: 'Team',
  teamName: 'Name',
  teamCheckIns: 'Check-ins',
  teamNote: 'Note',
  run: (quarter: string) => `Tasks of ${quarter}`,
  runStates: {
    idle: 'Up to date',
    reading: 'Reading customers',
    planning: 'Planning',
    creating: 'Creating tasks',
    paused: 'Paused',
  } satisfies Record<RunView['state'], string>,
  runCounts: (run: RunView) =>
    `${String(run.planned)} planned · ${String(run.created)} created · ${String(run.left)} to come`,
  planNow: 'Plan now',
  words: 'Customers about you',
  newWords: 'New',
  noWords: 'When a customer of yours is asked, their words appear here.',
  copy: 'Copy',
  olderWords: (number: number) => `Earlier words (${String(number)})`,
  yourPromises: 'Your promises',
  manager: (manager: NonNullable<RepHome['manager']>, locale: string) => {
    const [accounts, attempted, heardFrom, kept, total] = [
      manager.accounts,
      manager.attempted,
      manager.heardFrom,
      manager.kept,
      manager.total,
    ].map((number) => numeral(number, locale));
    const calls = `${manager.name} heard from ${heardFrom ?? ''} of ${accounts ?? ''} customers this quarter, and tried ${attempted ?? ''}.`;
    const promises =
      manager.total === 0
        ? 'No promise has come due yet.'
        : `Promises kept: ${kept ?? ''} of ${total ?? ''}.`;
    return `${calls} ${promises}`;
  },
  waiting: 'Waiting for your reply',
  replyUntil: (company: string, day: string, locale: string) =>
    `${company}: you can reply until ${formatDay(day, locale)}`,
  open: 'Open',
  numbers: 'Your last four quarters',
  howItWorks: 'How this works',
  checklist: 'What is left to do',
  health: 'Health',
  settings: 'Open the settings',
  done: 'Done',
  toDo: 'To do',
};

const LONG_MINUTES = 90;

/** What is left of a run: minutes while they are few, then the time of its end in the reader's zone; nothing while unknown. */
function timeLeft({ leftNow, ratePerMinute, expectedEndAt }: RunView, locale: string): string {
  const minutes =
    ratePerMinute === null || ratePerMinute <= 0 ? Infinity : Math.ceil(leftNow / ratePerMinute);
  if (minutes <= LONG_MINUTES) return `, about ${count(minutes, 'minute', 'minutes')} left`;
  return expectedEndAt === null ? '' : `, done at about ${formatTime(expectedEndAt, locale)}`;
}

/** A run that makes tasks: "4,200 of 10,000 tasks made, about 3 minutes left". */
export const RUN = {
  title: 'Tasks are being made',
  progress: (run: RunView, locale: string) => {
    const number = new Intl.NumberFormat(locale);
    const made = `${number.format(run.done)} of ${number.format(run.done + run.leftNow)} tasks made`;
    return `${made}${timeLeft(run, locale)}`;
  },
};

export const GATE: Record<GateView['state'], string> = {
  listeningOnly: 'Listening only: what customers say is never compared with the log.',
  notAnnounced: 'Nothing has been announced yet, so nothing is compared with the log.',
  needsAcknowledgement: '',
  waiting: 'Answers are not compared with the log yet.',
  open: 'Answers may be compared with the log. You see every difference first.',
};

export const SETTINGS = {
  adminsOnly: 'Only admins open the settings. How the program works is on the app’s home page.',
  steps: ['Who calls whom', 'Who is a customer', 'How often', 'How open', 'Look before start'],
  save: 'Save',
  saved: 'Saved',
  whoIntro: 'A rep’s manager is the one of their HubSpot team, unless you say otherwise here.',
  managerOf: (rep: string) => `Who calls ${rep}’s customers?`,
  fromTeams: (manager: string) => `As in HubSpot (${manager})`,
  companies: (number: number) => count(number, 'customer', 'customers'),
  secondManager: 'Second manager',
  auditor: 'Works-council auditor',
  auditorIs: 'Nobody’s manager, rep or admin. A rep whose reply was not accepted can turn to them.',
  nobody: 'Nobody',
  stages: 'Lifecycle stages that count as a customer',
  stagesHint: 'HubSpot’s internal names, separated by commas.',
  stagesNone: 'Choose at least one. Until then the ones before count.',
  noCustomersTitle: 'No customers found',
  noCustomers:
    'No company in HubSpot has a lifecycle stage that counts as a customer here, so no task is made. Choose the stages in step 2. A company gets its task once it has such a stage.',
  branches: 'Combine branches of one parent company',
  customers: (number: number, locale: string) =>
    `${numeral(number, locale)} ${number === 1 ? 'customer' : 'customers'} now`,
  afterSaving: 'They are counted anew once you save.',
  examples: 'For example',
  leftOut: (number: number | null, locale: string) => {
    if (number === null) return 'Left out';
    return `${numeral(number, locale)} ${number === 1 ? 'company' : 'companies'} left out`;
  },
  leftOutRule: 'Companies in every other lifecycle stage. Archived ones are not counted.',
  leftOutLine: ({ name, reason }: ProgramView['dryRun']['exclusions'][number]) => `${name}: ${reason}`,
  perWeek: 'How many check-ins can you make a week?',
  between: (least: number, most: number) =>
    `A number from ${least} to ${most}. Until then the one before counts.`,
  pace: (perWeek: number, room: number, locale: string) =>
    `At ${numeral(perWeek, locale)} a week, one manager makes about ${numeral(perWeek / WORKDAYS_A_WEEK, locale)} calls a day: about ${numeral(room, locale)} until the quarter ends.`,
  perDay: ({ customers, callers, businessDays }: ProgramView['dryRun'], locale: string) =>
    `${numeral(customers, locale)} ${customers === 1 ? 'customer' : 'customers'} and ${count(callers, 'manager', 'managers')}: about ${numeral(customers / callers / Math.max(1, businessDays), locale)} calls a day for one manager.`,
  tooManyTitle: 'More customers than time',
  tooMany: (busiest: NonNullable<ProgramView['dryRun']['busiest']>, room: number, locale: string) =>
    `${busiest.name} has ${numeral(busiest.customers, locale)} customers and time for about ${numeral(room, locale)}. Add a manager, or plan for more calls a week.`,
  yearStart: 'Your year starts in',
  yearStartHint:
    'Check-ins follow the quarters of this year. The month cannot change once check-ins have started.',
  yearStarts: (month: number, locale: string) => `Your year starts in ${monthLabel(month, locale)}.`,
  quartersStart: (month: number, locale: string) =>
    `Quarters start in ${new Intl.ListFormat(locale).format(quarterMonths(month).map((start) => monthLabel(start, locale)))}.`,
  country: 'Holidays of',
  region: 'Region',
  wholeCountry: 'The whole country',
  openness: 'Compare answers with the log?',
  listen: 'Listening only',
  listenHint: 'Answers are heard and passed on. Nothing is compared.',
  compare: 'Listening and log comparison',
  compareHint: 'After the announcement, five business days and each rep’s reading.',
  window: 'Days a rep has to reply',
  announcement: 'Announcement to reps',
  tellReps: 'Nothing has to be announced while answers are only heard. You may tell your reps:',
  announced: (program: NonNullable<ProgramView['announcement']>, locale: string) =>
    `Announced. Answers may be compared from ${formatDay(program.startsOn, locale)} on.`,
  startsOn: 'Answers may be compared from',
  startsOnHint: 'Calls begin once you start them in step 5.',
  announce: 'Announce',
  saveFirst: 'Save what you chose first: your reps are told of what is saved.',
  reps: 'Who has read it',
  rep: 'Rep',
  manager: 'Manager',
  read: 'Read on',
  opens: 'Compared from',
  notYet: 'Not yet',
  reading: 'Customers are being read. Come back in a minute.',
  nothingWritten: 'Nothing has been written to HubSpot yet.',
  tasks: ({ cycleName, tasksThisCycle, tasksNow }: ProgramView['dryRun'], locale: string) =>
    `${cycleName}: ${numeral(tasksThisCycle, locale)} ${tasksThisCycle === 1 ? 'task' : 'tasks'} this quarter, ${numeral(tasksNow, locale)} right away.`,
  cycleDays: ({ cycleStartsOn, cycleLastDay, businessDays }: ProgramView['dryRun'], locale: string) =>
    `The quarter is ${formatShortDay(cycleStartsOn, locale)} to ${formatShortDay(cycleLastDay, locale)}: ${count(businessDays, 'business day', 'business days')} left.`,
  firstDue: (day: string, locale: string) => `The first call is due ${formatDay(day, locale)}.`,
  permissions: 'What the app may do',
  notGranted: 'Not granted',
  placeCard: 'Then put the card on the company record',
  placeCardSteps: [
    'In HubSpot’s settings open Objects, Companies, Record customization.',
    'Choose the view that your managers and reps use.',
    'Choose Add cards, then Apps, and tick “Service check-in”: in the middle column, at the side, or both.',
    'Save. Do the same for each other view.',
  ],
  openCards: 'Open the app’s cards in HubSpot',
  chooseFirst: 'Choose in step 4 how open the program is. Then check-ins can start.',
  start: 'Start check-ins',
  started: 'Check-ins are running.',
  advanced: 'Advanced',
  outcomes: 'What your call outcomes mean',
  outcomesHint:
    'HubSpot’s own outcomes are fixed: Connected is a contact; no answer, busy, wrong number, voicemail and message are attempts.',
  noOutcomes: 'Your account has no outcomes of its own.',
  meanings: {
    live: 'The customer was reached',
    attempt: 'An attempt',
    open: 'Cannot be told',
  } satisfies Record<ProgramSettings['dispositionMeanings'][string], string>,
  sources: 'Records that a machine makes',
  sourcesHint:
    'A record of these sources outranks memory. What somebody typed in or imported is never among them.',
  sourceName: (source: { label: string; detail: string }) =>
    source.detail === '' ? source.label : `${source.label} · ${source.detail}`,
  sourceLabel: 'Record source',
  sourceLabelHint: 'As HubSpot shows it on the record, for example INTEGRATION.',
  sourceDetail: 'Record source detail',
  sourceDetailHint: 'For example the name of the phone app. Empty means any.',
  addSource: 'Add source',
  horizon: 'Tasks are made',
  daysAhead: (days: number) => `${count(days, 'business day', 'business days')} before they are due`,
  wholeCycle: 'For the whole quarter at once',
  history: 'What changed, and who changed it',
  savedBy: (version: number, name: string, at: string) => `Version ${String(version)} · ${name} · ${at}`,
  nothingChanged: 'Saved without a change.',
  measuredSince: (day: string, locale: string) =>
    `Measured from your customers’ answers · since ${formatShortDay(day, locale)}`,
  recallChanged: 'What changed',
  planner: 'What check-ins can find, and what they cannot',
  recall: 'How well customers remember',
};
