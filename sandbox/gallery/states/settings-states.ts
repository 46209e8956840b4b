import { plannerPanel, recallPanel } from '../../../src/core/method-wording.ts';
import { announcementText, SCOPE_REASONS } from '../../../src/core/wording.ts';
import { reply, statesOf, type GalleryState } from '../gallery-state.ts';
import { id, program, run } from '../views.ts';

type Program = NonNullable<Parameters<typeof program>[0]>;

const of = statesOf('settings', 'admin');
const managerOf = statesOf('settings', 'manager');
const base = program();
const scopes = (refused: string | null = null) =>
  Object.entries(SCOPE_REASONS).map(([scope, why]) => ({ scope, why, granted: scope !== refused }));
const reps = [
  {
    ownerId: '902',
    name: 'Maya Chen',
    managerName: 'Robert Vance',
    companies: 64,
    acknowledgedOn: '2026-11-10',
    gateOpensOn: '2026-11-19',
  },
  {
    ownerId: '900',
    name: 'Tom Berg',
    managerName: 'Ana Lopez',
    companies: 66,
    acknowledgedOn: null,
    gateOpensOn: null,
  },
];
/** Nobody can have read what was not announced. */
const untold = (rep: (typeof reps)[number]) => ({ ...rep, acknowledgedOn: null, gateOpensOn: null });
const panel = ({ note, facts }: ReturnType<typeof plannerPanel>) => ({ note, facts: [...facts] });
const settings = (change: Partial<Program> = {}) => ({
  answers: {
    getProgram: reply(
      program({
        scopes: scopes(),
        announcementDefault: announcementText('{date}', 5),
        reps: change.announcement == null ? reps.map(untold) : reps,
        planner: panel(plannerPanel({ reps: 7, customers: 420, capacity: 140, firmShare: 0 })),
        recall: panel(recallPanel(null)),
        people: [...base.people, { userId: 13, ownerId: '904', name: 'Robert Vance', canAudit: true }],
        dryRun: {
          ...base.dryRun,
          examples: ['Acme Valves', 'Bright Pumps', 'Northfield Seals', 'Harbor Fittings', 'Mercer Labels'],
        },
        ...change,
      }),
    ),
  },
});
const compares = { ...base.settings, openness: 'listenAndCompare' as const };
const announcement = {
  announcedAt: '2026-11-10T15:30:00.000Z',
  startsOn: '2026-11-19',
  text: announcementText('Thu, Nov 19', 5),
};
const ready = { settings: compares, announcement };
const started = { ...ready, started: true };
const none = {
  ...base.dryRun,
  customers: 0,
  examples: [],
  busiest: null,
  tasksThisCycle: 0,
  tasksNow: 0,
  firstDueOn: null,
};
const reading = {
  ...base.dryRun,
  state: 'reading' as const,
  customers: 0,
  examples: [],
  exclusions: [],
  excluded: null,
  busiest: null,
  tasksThisCycle: 0,
  tasksNow: 0,
  firstDueOn: null,
};

/** The settings: each step, before and after the start, and what an admin may run into. */
export const settingsStates: readonly GalleryState[] = [
  of('settings-who', 'Step 1: who calls whom', 'A rep’s manager is the one', {
    ...settings(),
    press: ['1. Who calls whom'],
  }),
  of('settings-customers', 'Step 2: who is a customer', '130 customers now', {
    ...settings(),
    press: ['2. Who is a customer'],
  }),
  of('settings-customers-none', 'Step 2: no company is a customer', 'No customers found', {
    ...settings({ settings: { ...base.settings, lifecycleStages: ['custommer'] }, dryRun: none }),
    press: ['2. Who is a customer'],
  }),
  of('settings-customers-typed', 'Step 2: the stages were not read yet', 'separated by commas', {
    ...settings({ stages: [] }),
    press: ['2. Who is a customer'],
  }),
  of('settings-often', 'Step 3: how often', 'How many check-ins can you make a week?', {
    ...settings(),
    press: ['3. How often'],
  }),
  of('settings-often-full', 'Step 3: more customers than time', 'customers and time for about', {
    ...settings({
      dryRun: { ...base.dryRun, customers: 420, callers: 1, busiest: { name: 'Ana Lopez', customers: 420 } },
    }),
    press: ['3. How often'],
  }),
  of('settings-open', 'Step 4: how open, nothing preselected', 'Compare answers with the log?', settings()),
  of('settings-listening', 'Step 4: listening only', 'Nothing has to be announced', {
    ...settings({ settings: { ...base.settings, openness: 'listeningOnly' } }),
    press: ['4. How open'],
  }),
  of('settings-announced', 'Step 4: announced', 'Announced. Answers may be compared', {
    ...settings(ready),
    press: ['4. How open'],
  }),
  of(
    'settings-look',
    'Step 5: look before start',
    'Nothing has been written to HubSpot yet',
    settings(ready),
  ),
  of(
    'settings-look-nobody',
    'Step 5: nobody would be called',
    'No customers found',
    settings({ ...ready, dryRun: none }),
  ),
  of('settings-look-undecided', 'Step 5 before step 4', 'Choose in step 4', {
    ...settings(),
    press: ['5. Look before start'],
  }),
  of(
    'settings-refused-scope',
    'Step 5: a permission was refused',
    'Not granted',
    settings({ ...ready, scopes: scopes('sales-email-read') }),
  ),
  of('settings-reading', 'The first reading is under way', 'Customers are being read', {
    ...settings({ dryRun: reading }),
    press: ['5. Look before start'],
  }),
  of('settings-start-failed', 'A start that failed', 'This is a gallery: nothing is saved.', {
    ...settings(ready),
    press: ['Start check-ins'],
  }),
  of('settings-announce-failed', 'An announcement that failed', 'This is a gallery: nothing is saved.', {
    ...settings({ settings: compares }),
    press: ['Announce'],
  }),
  of('settings-running', 'Check-ins are running', 'Check-ins are running', settings(started)),
  of(
    'settings-creating',
    'Tasks are being made',
    'tasks made',
    settings({
      ...started,
      run: run({ state: 'creating', done: 40, leftNow: 90, ratePerMinute: 300, parked: 0 }),
    }),
  ),
  of('settings-advanced', 'Advanced', 'What your call outcomes mean', {
    ...settings(started),
    press: ['Advanced'],
  }),
  of('settings-history', 'Who changed what', 'Check-ins a week: from 10 to 12.', {
    ...settings(started),
    press: ['Advanced', 'What changed, and who changed it'],
  }),
  of(
    'settings-planner',
    'What check-ins can find',
    'A check-in finds accounts that nobody serves. It cannot check single calls',
    {
      ...settings(started),
      press: ['What check-ins can find, and what they cannot'],
    },
  ),
  of('settings-recall', 'How well customers remember', 'Measured each day from contacts', {
    ...settings(started),
    press: ['How well customers remember'],
  }),
  of('settings-leave', 'Leave of reps', 'While a rep is away', {
    ...settings({
      ...started,
      leave: [
        {
          leaveId: id(70),
          ownerId: '900',
          name: 'Tom Berg',
          mine: false,
          firstDay: '2026-12-21',
          lastDay: '2027-01-01',
        },
      ],
    }),
    press: ['Leave'],
  }),
  managerOf('settings-refused', 'Opened by someone else', 'Only admins open the settings', {
    answers: {
      getProgram: {
        kind: 'refusal',
        status: 403,
        body: { code: 'forbidden', message: 'Only admins.', requestId: 'gallery' },
      },
    },
  }),
];
