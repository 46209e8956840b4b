import { ownNumbers, teamNote } from '../../../src/core/counts-wording.ts';
import {
  announcementText,
  attentionText,
  CHECKLIST,
  HEALTH,
  HOW_IT_WORKS,
  runMessage,
  spokeText,
} from '../../../src/core/wording.ts';
import { reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { RECALL_ITEMS } from '../../../src/core/recall-items.ts';
import { LAST_ANSWER, PRAISE, unsettledPromises, promisesOfRep, WORDS } from '../people-and-words.ts';
import { gate, homeView, id, managerHome, managerView, repHome, run } from '../views.ts';

type Home = NonNullable<Parameters<typeof homeView>[0]>;
type Manager = NonNullable<Home['manager']>;
type Rep = NonNullable<Home['rep']>;

const of = statesOf('home', 'manager');
const repOf = statesOf('home', 'rep');
const adminOf = statesOf('home', 'admin');
const viewerOf = statesOf('home', 'viewer');
const home = (change: Home) => ({ answers: { getHome: reply(homeView(change)) } });

const CALLS = [
  { companyName: 'Acme Valves' },
  {
    companyName: 'Bright Pumps',
    contactName: 'Luis Ortega',
    phone: '+1 414 555 0162',
    why: 'Not heard from yet',
  },
  {
    companyName: 'Northfield Seals',
    contactName: 'Grace Kim',
    phone: null,
    why: spokeText(null, '2026-08-20', '2026-11-12'),
  },
];
const quote = {
  ...LAST_ANSWER,
  companyId: '101',
  companyName: 'Acme Valves',
  words: WORDS,
  happenedOn: '2026-11-10',
};
const quiet = runMessage('idle', 40, 90, null);
const compared = { n: 34, x: 2, credits: 29 };

/** A manager's ordinary day. */
export const fullManagerHome = (change: Partial<Manager> = {}): Manager => ({
  ...managerHome(),
  today: managerHome().today.map((call, index) => ({
    ...call,
    ...CALLS[index],
    dueOn: index === 0 ? '2026-11-09' : call.dueOn,
    overdue: index === 0,
  })),
  quotes: [
    quote,
    {
      ...quote,
      checkInId: id(41),
      companyName: 'Bright Pumps',
      respondentName: 'Luis Ortega',
      words: 'Earlier deliveries would help.',
    },
  ],
  promisesDue: unsettledPromises(3, 1),
  promiseCounts: { due: 1, open: 3 },
  team: [
    { ownerId: '902', name: 'Maya Chen', checkIns: 4, note: teamNote({ n: 4, x: 0, credits: 4 }) },
    { ownerId: '903', name: 'Priya Nair', checkIns: 12, note: teamNote({ n: 12, x: 1, credits: 10 }) },
    { ownerId: '900', name: 'Tom Berg', checkIns: 34, note: teamNote(compared) },
  ],
  attention: [],
  attentionTotal: 0,
  retries: [],
  run: run({ message: quiet, parked: 0 }),
  ...change,
});

export const fullRepHome = (change: Partial<Rep> = {}): Rep => ({
  ...repHome(),
  words: [
    { ...quote, isNew: true, liked: PRAISE },
    {
      ...quote,
      checkInId: id(42),
      isNew: false,
      liked: null,
      companyName: 'Bright Pumps',
      respondentName: 'Luis Ortega',
      words: LAST_ANSWER.words,
      happenedOn: '2026-08-11',
    },
  ],
  promises: promisesOfRep(3),
  waitingForReply: [],
  numbers: ownNumbers(compared),
  hygiene: [{ label: 'Without an outcome', value: '2 of 12 records' }],
  howItWorks: HOW_IT_WORKS,
  ...change,
});

const emptyManager = fullManagerHome({
  today: [],
  dueTotal: 0,
  quarter: { label: '2026-Q4', name: 'Q4 2026', accounts: 130, heardFrom: 0, attempted: 0, onTime: 0 },
  promisesDue: [],
  promiseCounts: { due: 0, open: 0 },
  keptByMe: { kept: 0, total: 0 },
  quotes: [],
  team: [],
  charts: { coverage: [], rates: [], surveyShare: 0.15 },
});
const emptyRep = fullRepHome({
  manager: { name: 'Ana Lopez', accounts: 20, attempted: 0, heardFrom: 0, kept: 0, total: 0 },
  words: [],
  promises: [],
  numbers: [],
  hygiene: [],
  leave: [],
});

const creating = run({
  state: 'creating',
  planned: 10_000,
  created: 4_200,
  left: 5_800,
  parked: 0,
  done: 4_200,
  leftNow: 5_800,
  ratePerMinute: 2_000,
  message: runMessage('creating', 4_200, 5_800, 2_000),
});
const reading = run({
  state: 'reading',
  planned: 0,
  created: 0,
  left: 0,
  parked: 0,
  done: 0,
  message: runMessage('reading', 0, 0, null),
});
const paused = run({
  state: 'paused',
  message: 'HubSpot’s daily limit is reached. Tasks go on at midnight.',
});

const inDoubt = (number: number, kind: string, said: string) => ({
  touchId: id(50 + number),
  companyId: String(120 + number),
  companyName: ['Quiet Pumps', 'Harbor Fittings'][number] ?? '',
  companyUrl: `https://app.hubspot.com/contacts/1/record/0-2/${120 + number}`,
  explanation: attentionText(kind, said),
  choices:
    kind === 'rejected'
      ? ['createAnyway' as const, 'leaveOut' as const]
      : ['itExists' as const, 'createAnyway' as const, 'leaveOut' as const],
});

const checklist = (done: readonly string[]) =>
  Object.entries(CHECKLIST).map(([key, { label, hint }]) => ({ key, label, hint, done: done.includes(key) }));
const health = [
  { label: HEALTH.connection, value: 'Connected' },
  { label: HEALTH.quota, value: HEALTH.quotaLeft(110) },
  { label: HEALTH.announcement, value: HEALTH.announced('2026-11-19') },
  { label: HEALTH.run, value: quiet },
  { label: HEALTH.parked, value: '1' },
  { label: HEALTH.notFollowed, value: '0' },
  { label: HEALTH.keyMode, value: HEALTH.unique },
];
const APPS_URL = 'https://app.hubspot.com/integrations-settings/1/installed/framework';
const ALL_DONE = Object.keys(CHECKLIST);

const ofManagers: GalleryState[] = [
  of('home-manager', 'A manager’s day', '3 calls today', home({ manager: fullManagerHome() })),
  of(
    'home-manager-empty',
    'Nothing due, nothing said yet',
    'No calls today',
    home({ manager: emptyManager }),
  ),
  of(
    'home-run',
    'Tasks are being made',
    '4,200 of 10,000 tasks made',
    home({ manager: fullManagerHome({ run: creating }) }),
  ),
  of(
    'home-reading',
    'Customers are being read',
    'Reading customers',
    home({ manager: fullManagerHome({ run: reading, today: [], dueTotal: 0 }) }),
  ),
  of('home-paused', 'The run is paused', 'Paused', {
    ...home({ manager: fullManagerHome({ run: paused }) }),
    press: ['Tasks of Q4 2026: Paused'],
  }),
  of(
    'home-attention',
    'Tasks that need a decision',
    'Needs a decision',
    home({
      manager: fullManagerHome({
        attention: [
          inDoubt(0, 'unknownOutcome', ''),
          inDoubt(1, 'rejected', 'Property hs_task_subject is longer than allowed'),
        ],
        attentionTotal: 700,
        retries: [{ kind: 'unknownOutcome', tasks: 688 }],
      }),
    }),
  ),
  of('home-decision-failed', 'A decision that failed', 'This is a gallery: nothing is saved.', {
    ...home({
      manager: fullManagerHome({ attention: [inDoubt(0, 'unknownOutcome', '')], attentionTotal: 1 }),
    }),
    press: ['Create anyway'],
  }),
  of('home-team', 'The team, without ranks', 'Maya Chen', {
    ...home({ manager: fullManagerHome() }),
    press: ['Team'],
  }),
  of('home-calls', 'The panel of today’s calls', 'Ask Dana Ruiz', {
    answers: {
      getHome: reply(homeView({ manager: fullManagerHome() })),
      getCompany: reply(managerView({ recallItems: RECALL_ITEMS })),
    },
    press: ['Start'],
  }),
  of(
    'home-both',
    'A manager who also has customers',
    'Customers about you',
    home({ roles: ['manager', 'rep'], manager: fullManagerHome(), rep: fullRepHome() }),
  ),
  of('home-exports', 'What an auditor takes out', 'Rules and announcement', {
    ...home({ manager: fullManagerHome(), exports: ['findings', 'program'] }),
    press: ['Exports'],
  }),
];

const ofReps: GalleryState[] = [
  repOf('home-rep', 'A rep’s page', 'Customers about you', home({ roles: ['rep'], rep: fullRepHome() })),
  repOf(
    'home-rep-empty',
    'A rep before the first call',
    'their words appear here',
    home({ roles: ['rep'], rep: emptyRep }),
  ),
  repOf(
    'home-rep-waiting',
    'Waiting for a reply',
    'Waiting for your reply',
    home({ roles: ['rep'], rep: fullRepHome({ waitingForReply: repHome().waitingForReply }) }),
  ),
  repOf(
    'home-rep-announced',
    'To be read before anything is compared',
    'I have read this',
    home({
      roles: ['rep'],
      rep: fullRepHome({
        gate: gate({ state: 'needsAcknowledgement', announcementText: announcementText('Nov 19', 5) }),
      }),
    }),
  ),
  repOf('home-rep-numbers', 'A rep’s own numbers', 'nothing went against your log', {
    ...home({ roles: ['rep'], rep: fullRepHome() }),
    press: ['Your last four quarters'],
  }),
  repOf('home-rep-hygiene', 'What would make a rep’s log easier to use', '2 of 12 records', {
    ...home({ roles: ['rep'], rep: fullRepHome() }),
    press: ['Your log, for you alone'],
  }),
  repOf('home-rep-leave', 'Leave', 'the days to reply do not run', {
    ...home({
      roles: ['rep'],
      rep: fullRepHome({
        leave: [
          {
            leaveId: id(70),
            ownerId: '900',
            name: 'Tom Berg',
            mine: true,
            firstDay: '2026-12-21',
            lastDay: '2027-01-01',
          },
        ],
      }),
    }),
    press: ['Your leave'],
  }),
];

const ofOthers: GalleryState[] = [
  adminOf(
    'home-admin-new',
    'Just installed',
    'What is left to do',
    home({ roles: ['admin'], admin: { appsUrl: APPS_URL, checklist: checklist(['read']), health } }),
  ),
  adminOf(
    'home-admin',
    'Everything set up',
    'Health',
    home({ roles: ['admin'], admin: { appsUrl: APPS_URL, checklist: checklist(ALL_DONE), health } }),
  ),
  adminOf(
    'home-admin-manager',
    'An admin who also calls',
    'Health',
    home({
      roles: ['admin', 'manager'],
      manager: fullManagerHome(),
      admin: { appsUrl: APPS_URL, checklist: checklist(ALL_DONE), health },
    }),
  ),
  adminOf(
    'home-admin-untold',
    'Running, nobody told yet',
    'Tell your reps',
    home({
      roles: ['admin', 'manager'],
      manager: fullManagerHome(),
      admin: { appsUrl: APPS_URL, checklist: checklist(['read', 'openness', 'start']), health },
    }),
  ),
  viewerOf(
    'home-viewer',
    'Anybody else',
    'Nothing is waiting for you',
    home({ roles: ['viewer'], personName: 'Olive Outsider' }),
  ),
];

/** The home page for each role, from empty to full. */
export const homeStates: readonly GalleryState[] = [...ofManagers, ...ofReps, ...ofOthers];
