import type { z } from 'zod';
import type { ManagerView } from '../../extension-kit/contract-types.ts';
import * as findingContract from '../../src/http/contract-finding.ts';
import * as contract from '../../src/http/contract.ts';
import * as pages from '../../src/http/contract-pages.ts';
import { promiseChoices } from '../../src/core/feedback/promises.ts';
import { GONE_REASON, stageReason } from '../../src/core/left-out-wording.ts';
import { LISTENING_NOTICE, QUESTION, PROBE, greeting, spokeText } from '../../src/core/wording.ts';

/** Replies of the backend for the gallery and the extensions’ tests, each checked against the contract so that nothing invents a shape. */

export const id = (last: number): string => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

export const dana = {
  contactId: '501',
  name: 'Dana Ruiz',
  jobTitle: 'Plant buyer',
  phone: '+1 312 555 0100',
};
export const luis = { contactId: '502', name: 'Luis Ortega', jobTitle: null, phone: null };

const CALLER = 'Ana Lopez';
/** As the backend says why this contact, to whoever spoke with them in June. */
export const SPOKE = spokeText(null, '2026-06-10', '2026-11-12');
/** Of a customer whom nobody has asked yet. */
export const neverAsked = { firstManagerCall: true, ask: { ...dana, why: 'Not heard from yet' } };
type Contact = {
  readonly contactId: string;
  readonly name: string;
  jobTitle: string | null;
  phone: string | null;
};
export const withGreeting = (contact: Contact) => ({ ...contact, greeting: greeting(contact.name, CALLER) });

type Manager = z.input<typeof contract.managerView>;
type Rep = z.input<typeof contract.repView>;
type Finding = z.input<typeof findingContract.findingView>;
type Touch = z.input<typeof contract.touchView>;
type Saved = z.input<typeof contract.savedCheckInView>;
type Home = z.input<typeof pages.homeView>;
type Program = z.input<typeof pages.programView>;

export const touch = (change: Partial<Touch> = {}): Touch => ({
  touchId: id(1),
  kind: 'checkIn',
  state: 'created',
  dueOn: '2026-11-12',
  attempts: 0,
  nextTryOn: null,
  nextTryHalf: null,
  suggestOtherContact: false,
  ...change,
});

export const promise = (change: Partial<z.output<typeof contract.promiseView>> = {}) => ({
  promiseId: id(2),
  companyId: '101',
  companyName: 'Acme Valves',
  what: 'Visit the plant',
  ownerName: 'Ana Lopez',
  mine: true,
  dueOn: '2026-11-26',
  state: 'open' as const,
  settled: false,
  settledOn: null,
  choices: promiseChoices({ state: 'open', issueIsOpen: true, settledByReader: false }),
  ...change,
});

export const recallItems = {
  intro: 'I ask everyone the next two.',
  recency: {
    question: 'About when did someone last talk with you?',
    options: [
      { value: 'W1' as const, label: 'In the last week' },
      { value: 'NEVER' as const, label: 'Never' },
    ],
  },
  count: {
    question: 'And how many times?',
    options: [
      { value: '0' as const, label: '0' },
      { value: '1' as const, label: '1' },
    ],
  },
};

/** A company that is due: Thursday, November 12, 2026. JSON holds no `undefined`, so the extensions’ stricter type is met. */
export const managerView = (change: Partial<Manager> = {}): ManagerView =>
  contract.managerView.parse({
    role: 'manager',
    company: { companyId: '101', name: 'Acme Valves' },
    today: '2026-11-12',
    timeZone: 'America/Chicago',
    state: 'due',
    isAdmin: false,
    question: QUESTION,
    probe: PROBE,
    greeting: greeting(dana.name, CALLER),
    neutralGreeting: greeting(null, CALLER),
    touch: touch(),
    ask: { ...dana, why: SPOKE },
    otherContacts: [withGreeting(luis)],
    repName: 'Tom Berg',
    adviceTo: { ownerId: '900', name: 'Tom Berg' },
    firstManagerCall: false,
    listening: null,
    listeningText: null,
    recallItems,
    lastAnswer: null,
    openPromises: [],
    promiseOwners: [{ ownerId: '900', name: 'Tom Berg' }],
    earlierAnswers: [],
    saved: null,
    draft: null,
    thanks: [],
    preferences: [],
    nextDueOn: null,
    ...change,
  } satisfies Manager) as ManagerView;

export const savedCheckIn = (change: Partial<Saved> = {}) =>
  contract.savedCheckInView.parse({
    checkInId: id(3),
    respondentName: 'Dana Ruiz',
    words: 'Deliver before noon.',
    happenedOn: '2026-11-12',
    callerName: 'Ana Lopez',
    savedAt: '2026-11-12T16:42:00.000Z',
    undoUntil: '2026-11-12T16:57:00.000Z',
    releasesAt: '2026-11-12T16:57:00.000Z',
    released: false,
    repName: 'Tom Berg',
    findingId: id(4),
    issueTitle: null,
    ...change,
  });

/** A difference that a rep may still reply to. */
export const finding = (change: Partial<Finding> = {}) =>
  findingContract.findingView.parse({
    findingId: id(4),
    checkInId: id(3),
    askedOn: '2026-11-12',
    respondentName: 'Dana Ruiz',
    state: 'ready',
    verdict: 'DIFFERS_FIRM',
    severity: 2,
    rule: 'R13',
    label: 'Two answers differ from the log',
    sentence: 'The answers and the log do not match. Honest logs get this too.',
    reason: 'Six conversations are logged and none is remembered.',
    bothSides: [
      { label: 'Most recent contact', log: 'In the last week (7 days before)', customer: 'Never' },
      { label: 'Contacts in three months', log: '1', customer: '0' },
    ],
    customerMarks: [],
    logSays: [
      {
        activityId: '7001',
        what: 'Call, Tom Berg',
        on: '2026-11-03',
        withWhom: 'Dana Ruiz',
        evidence: 'Logged',
        counted: true,
      },
    ],
    notConsidered: ['Emails'],
    chance: 'Fewer than 1 in 700 would answer this way if the log is right.',
    whoSees: 'Only Tom and you until Nov 19.',
    nextStep: 'Tom sees this first and can reply until Nov 19. Nothing to do now.',
    replyUntil: '2026-11-19',
    canReply: false,
    canDecide: false,
    secondContact: null,
    replies: [],
    ...change,
  });

export const feedback = (change: Partial<z.input<typeof contract.feedbackView>> = {}) => ({
  checkInId: id(3),
  respondentName: 'Dana Ruiz',
  callerName: 'Ana Lopez',
  happenedOn: '2026-11-11',
  liked: null,
  said: 'Deliver before noon.',
  isNew: true,
  ...change,
});

export const gate = (change: Partial<z.input<typeof contract.gateView>> = {}) => ({
  state: 'open' as const,
  opensOn: null,
  announcementText: null,
  ...change,
});

export const repView = (change: Partial<Rep> = {}) =>
  contract.repView.parse({
    role: 'rep',
    company: { companyId: '101', name: 'Acme Valves' },
    today: '2026-11-12',
    timeZone: 'America/Chicago',
    feedback: [feedback()],
    thanks: [],
    promises: [],
    findings: [],
    replyKinds: [
      { value: 'OTHER_PERSON', label: 'I spoke with someone else' },
      { value: 'EVIDENCE', label: 'I have a record' },
      { value: 'COMMENT', label: 'Just a comment' },
    ],
    visibility: [{ label: 'You', text: 'See everything about your customers.' }],
    gate: gate(),
    managerName: 'Ana Lopez',
    ...change,
  } satisfies Rep);

export const viewerView = (lastCheckInOn: string | null = '2026-11-11') =>
  contract.viewerView.parse({
    role: 'viewer',
    company: { companyId: '101', name: 'Acme Valves' },
    today: '2026-11-12',
    timeZone: 'America/Chicago',
    lastCheckInOn,
    openIssues: 2,
    thanks: [],
  });

export const run = (change: Partial<z.input<typeof pages.runView>> = {}) => ({
  state: 'idle' as const,
  planned: 130,
  created: 40,
  left: 90,
  parked: 1,
  done: 40,
  leftNow: 0,
  ratePerMinute: null,
  expectedEndAt: null,
  lastRunAt: null,
  message: '',
  ...change,
});

export const managerHome = () => ({
  today: [1, 2, 3].map((number) => ({
    touchId: id(10 + number),
    companyId: String(100 + number),
    companyName: `Customer ${String(number)}`,
    companyUrl: `https://app.hubspot.com/contacts/1/record/0-2/${String(100 + number)}`,
    contactName: 'Dana Ruiz',
    phone: '+1 312 555 0100',
    why: SPOKE,
    dueOn: '2026-11-12',
    overdue: false,
  })),
  dueTotal: 3,
  quarter: { label: '2026-Q4', name: 'Q4 2026', accounts: 130, heardFrom: 41, attempted: 60, onTime: 40 },
  charts: {
    coverage: [
      { weekOf: '2026-10-26', due: 40, heardFrom: 22 },
      { weekOf: '2026-11-02', due: 50, heardFrom: 33 },
      { weekOf: '2026-11-09', due: 60, heardFrom: 41 },
    ],
    rates: [
      { kind: 'reached' as const, part: 41, whole: 60, share: 0.6833, low: 0.5577, high: 0.7867 },
      { kind: 'onTime' as const, part: 40, whole: 41, share: 0.9756, low: 0.8738, high: 0.9957 },
    ],
    surveyShare: 0.15,
  },
  repliesWaiting: [],
  promisesDue: [promise()],
  promiseCounts: { due: 0, open: 1 },
  keptByMe: { kept: 9, total: 10 },
  quotes: [],
  team: [{ ownerId: '900', name: 'Tom Berg', checkIns: 4, note: 'Not enough check-ins' }],
  attentionTotal: 1,
  retries: [],
  attention: [
    {
      touchId: id(20),
      companyId: '120',
      companyName: 'Quiet Pumps',
      companyUrl: 'https://app.hubspot.com/contacts/1/record/0-2/120',
      explanation: 'We cannot tell whether the task was created.',
      choices: ['itExists' as const, 'createAnyway' as const, 'leaveOut' as const],
    },
  ],
  run: run(),
});

export const repHome = () => ({
  words: [
    {
      checkInId: id(3),
      companyId: '101',
      companyName: 'Acme Valves',
      respondentName: 'Dana Ruiz',
      words: 'Deliver before noon.',
      happenedOn: '2026-11-11',
      isNew: true,
      liked: 'Tom always calls back.',
    },
  ],
  promises: [promise()],
  waitingForReply: [
    { findingId: id(4), companyId: '101', companyName: 'Acme Valves', replyUntil: '2026-11-19' },
  ],
  gate: gate(),
  manager: { name: 'Ana Lopez', accounts: 20, attempted: 16, heardFrom: 4, kept: 3, total: 4 },
  numbers: ['In 9 of 9 compared check-ins nothing went against your log.'],
  hygiene: [{ label: 'Without an outcome', value: '2 of 12 records' }],
  leave: [],
  howItWorks: ['A person calls, asks one question, and listens.'],
});

export const homeView = (change: Partial<Home> = {}) =>
  pages.homeView.parse({
    today: '2026-11-12',
    timeZone: 'America/Chicago',
    personName: 'Ana Lopez',
    portalId: 1,
    roles: ['manager'],
    manager: null,
    rep: null,
    admin: null,
    patterns: [],
    thanks: [],
    exports: [],
    ...change,
  } satisfies Home);

export const program = (change: Partial<Program> = {}) =>
  pages.programView.parse({
    version: 3,
    settings: {
      openness: null,
      lifecycleStages: ['customer'],
      combineBranches: false,
      checkInsPerWeek: 10,
      managers: [],
      holidayCountry: 'US',
      holidayRegion: null,
      replyWindowBusinessDays: 5,
      releaseHorizon: 10,
      fiscalStartMonth: 1,
      trustedSources: [],
      dispositionMeanings: {},
      secondManagerUserId: null,
      auditorUserId: null,
    },
    started: false,
    today: '2026-11-12',
    timeZone: 'America/Chicago',
    announcement: null,
    appsUrl: 'https://app.hubspot.com/integrations-settings/1/installed/framework',
    listeningText: LISTENING_NOTICE,
    announcementDefault: 'I will call our customers. From Nov 19 on, answers may be compared with the log.',
    reps: [
      {
        ownerId: '900',
        name: 'Tom Berg',
        managerName: 'Ana Lopez',
        companies: 60,
        acknowledgedOn: null,
        gateOpensOn: null,
      },
    ],
    people: [{ userId: 11, ownerId: '901', name: 'Ana Lopez', canAudit: false }],
    countries: [
      {
        value: 'US',
        label: 'United States',
        regions: [
          { value: 'NY', label: 'New York' },
          { value: 'TX', label: 'Texas' },
        ],
      },
      { value: 'JP', label: 'Japan', regions: [] },
    ],
    stages: [
      { value: 'lead', label: 'Lead' },
      { value: 'opportunity', label: 'Opportunity' },
      { value: 'customer', label: 'Customer' },
      { value: '48215', label: 'Wholesale partner' },
    ],
    dryRun: {
      state: 'ready',
      customers: 130,
      examples: ['Acme Valves'],
      exclusions: [
        { name: 'Summit Bearings', reason: stageReason('lead') },
        { name: 'Delta Castings', reason: stageReason('opportunity') },
        { name: 'Fairview Tools', reason: stageReason('subscriber') },
        { name: 'Old Mill Gaskets', reason: stageReason(null) },
        { name: 'Kestrel Motors', reason: GONE_REASON },
      ],
      excluded: 1_204,
      tasksThisCycle: 130,
      tasksNow: 20,
      callers: 2,
      busiest: { name: 'Ana Lopez', customers: 66 },
      cycle: '2026-Q4',
      cycleName: 'Q4 2026',
      cycleStartsOn: '2026-10-01',
      cycleLastDay: '2026-12-31',
      businessDays: 33,
      firstDueOn: '2026-11-12',
    },
    run: run(),
    scopes: [{ scope: 'oauth', why: 'Connect the app.', granted: true }],
    dispositions: [{ id: 'd1', label: 'Demo held' }],
    knownSources: [{ label: 'CALLING', detail: 'HubSpot Calling' }],
    history: [
      {
        version: 2,
        savedAt: '2026-10-02T15:00:00.000Z',
        savedByName: 'Ana Lopez',
        changes: ['Check-ins a week: from 10 to 12.'],
      },
    ],
    usage: {
      note: 'Counted over the newest comparisons.',
      sources: [{ label: 'CRM_UI', detail: '', records: 31 }],
      dispositions: [{ id: 'd1', label: 'Demo held', records: 4 }],
    },
    recallHistory: [
      { since: '2026-10-03', changes: ['Chance that a customer forgets one contact: from 33% to 24%.'] },
    ],
    leave: [],
    recall: {
      note: 'Measured each day.',
      facts: [{ label: 'A customer does not recall one contact', value: '32%, assumed' }],
    },
    planner: {
      note: 'A check-in finds accounts that nobody serves.',
      facts: [{ label: 'At your pace', value: '130 calls, about 13 hours' }],
    },
    ...change,
  } satisfies Program);
