import { z } from 'zod';
import { EXPORT_KINDS, ROLES } from '../core/model.ts';
import { gateView, promiseView } from './contract.ts';
import { leaveView, patternView, usageView } from './contract-method.ts';
import { kudosView } from './contract-people.ts';
import { LIMITS, hubspotId, instant, localDay, uuid } from './contract-scalars.ts';

/** The home page and the settings page: the second half of the contract (see contract.ts). */

const submissionId = uuid;

// --- GET /api/home ---------------------------------------------------------------------------------------------------

export const callView = z.object({
  touchId: uuid,
  companyId: hubspotId,
  companyName: z.string(),
  /** The company's record in HubSpot: what a page cannot do is done there. */
  companyUrl: z.url(),
  contactName: z.string().nullable(),
  phone: z.string().nullable(),
  why: z.string(),
  dueOn: localDay,
  overdue: z.boolean(),
});

/** A touch that needs a person: the plain explanation and what can be done. */
export const attentionView = z.object({
  touchId: uuid,
  companyId: hubspotId,
  companyName: z.string(),
  /** The company's record in HubSpot, where the task would stand. */
  companyUrl: z.url(),
  explanation: z.string(),
  choices: z.array(z.enum(['createAnyway', 'itExists', 'leaveOut'])),
});

/** Touches that wait for one plain reason and may be tried again all at once. */
export const retryView = z.object({ kind: z.enum(['unknownOutcome', 'rejected']), tasks: z.number().int() });

export const runView = z.object({
  state: z.enum(['idle', 'reading', 'planning', 'creating', 'paused']),
  planned: z.number().int(),
  created: z.number().int(),
  left: z.number().int(),
  parked: z.number().int(),
  /** Tasks of the quarter that are made; with `leftNow`, all that can be made now. */
  done: z.number().int(),
  /** Tasks that can be made now and are not yet; `left` also counts those that follow closer to their day. */
  leftNow: z.number().int(),
  /** Tasks a minute lately; null while nothing is being made or too little is known. */
  ratePerMinute: z.number().nullable(),
  expectedEndAt: instant.nullable(),
  lastRunAt: instant.nullable(),
  message: z.string(),
});

export const quoteView = z.object({
  checkInId: uuid,
  companyId: hubspotId,
  companyName: z.string(),
  respondentName: z.string(),
  words: z.string(),
  happenedOn: localDay,
});

/** Drawn where people look; each with its numbers as text. Empty where the numbers are too small. */
export const quarterChartsView = z.object({
  /** Totals at the end of each week. */
  coverage: z.array(z.object({ weekOf: localDay, due: z.number().int(), heardFrom: z.number().int() })),
  /** Shares of 1 with their interval, of two counts; empty below the fewest that allow a rate. */
  rates: z.array(
    z.object({
      kind: z.enum(['reached', 'onTime']),
      part: z.number().int(),
      whole: z.number().int(),
      share: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** The share that a written survey reaches, for comparison. */
  surveyShare: z.number(),
});

export const managerHome = z.object({
  today: z.array(callView),
  dueTotal: z.number().int(),
  quarter: z.object({
    label: z.string(),
    /** As people read it: "Q4 2026", or "Q3 (Oct to Dec)" where the account's year starts in another month than January. */
    name: z.string(),
    accounts: z.number().int(),
    heardFrom: z.number().int(),
    attempted: z.number().int(),
    onTime: z.number().int(),
  }),
  charts: quarterChartsView,
  /** Replies that wait for the reader's decision, the soonest day first. */
  repliesWaiting: z.array(
    z.object({
      findingId: uuid,
      companyId: hubspotId,
      companyName: z.string(),
      repName: z.string().nullable(),
      respondentName: z.string(),
      askedOn: localDay,
      /** Silence accepts after that day. */
      decideBy: localDay.nullable(),
    }),
  ),
  /** The first of the reader's promises that nobody settled yet, the longest due first; then those not kept whose issue is open. */
  promisesDue: z.array(promiseView),
  /** How many nobody settled and are due today or before, and how many wait at all. */
  promiseCounts: z.object({ due: z.number().int(), open: z.number().int() }),
  /** Of the reader's promises that were settled, or whose day is over. */
  keptByMe: z.object({ kept: z.number().int(), total: z.number().int() }),
  quotes: z.array(quoteView),
  /** Alphabetical, never sorted by a number. While numbers are too small to tell anything the note says so. */
  team: z.array(
    z.object({ ownerId: hubspotId, name: z.string(), checkIns: z.number().int(), note: z.string() }),
  ),
  /** The first of those that wait for this person. */
  attention: z.array(attentionView),
  attentionTotal: z.number().int(),
  /** Empty where a task that is sent again could become a second one: each needs a look of its own then. */
  retries: z.array(retryView),
  run: runView,
});

export const repHome = z.object({
  words: z.array(quoteView.extend({ isNew: z.boolean(), liked: z.string().nullable() })),
  promises: z.array(promiseView),
  waitingForReply: z.array(
    z.object({ findingId: uuid, companyId: hubspotId, companyName: z.string(), replyUntil: localDay }),
  ),
  gate: gateView,
  /** The manager's own calls and promises this quarter, as the announcement says; null where the rep calls their customers alone. */
  manager: z
    .object({
      name: z.string(),
      accounts: z.number().int(),
      attempted: z.number().int(),
      heardFrom: z.number().int(),
      kept: z.number().int(),
      total: z.number().int(),
    })
    .nullable(),
  /** The rep's own counts of the last four quarters, credits first; empty before the first comparison. */
  numbers: z.array(z.string()),
  /** What would make the rep's own log easier to use; for the rep alone, and part of no verdict. */
  hygiene: z.array(z.object({ label: z.string(), value: z.string() })),
  leave: z.array(leaveView),
  howItWorks: z.array(z.string()),
});

export const adminHome = z.object({
  checklist: z.array(z.object({ key: z.string(), label: z.string(), done: z.boolean(), hint: z.string() })),
  health: z.array(z.object({ label: z.string(), value: z.string() })),
  /** HubSpot's pages of the account's apps; an app's own follow under its id. */
  appsUrl: z.string(),
});

export const homeView = z.object({
  today: localDay,
  timeZone: z.string(),
  personName: z.string(),
  portalId: z.number().int(),
  roles: z.array(z.enum(ROLES)),
  manager: managerHome.nullable(),
  rep: repHome.nullable(),
  admin: adminHome.nullable(),
  /** Of the reader: as the rep it is about, or as one of the two managers. */
  patterns: z.array(patternView),
  /** Thanks for the reader, and for those whose manager the reader is. */
  thanks: z.array(kudosView),
  /** What the reader may take out of the app. */
  exports: z.array(z.enum(EXPORT_KINDS)),
});

// --- GET and PUT /api/program ----------------------------------------------------------------------------------------

export const DISPOSITION_MEANINGS = ['live', 'attempt', 'open'] as const;

export const programSettings = z.strictObject({
  /** Null until the admin chose; neither way is preselected. */
  openness: z.enum(['listeningOnly', 'listenAndCompare']).nullable(),
  lifecycleStages: z.array(z.string().min(1)).min(1),
  combineBranches: z.boolean(),
  checkInsPerWeek: z.number().int().min(1).max(200),
  /** Manager (user id) to reps (owner ids); whoever is not named follows the HubSpot team, else the installer. */
  managers: z.array(z.strictObject({ managerUserId: z.number().int(), repOwnerIds: z.array(hubspotId) })),
  holidayCountry: z.string().length(2),
  holidayRegion: z.string().max(LIMITS.holidayRegion).nullable(),
  replyWindowBusinessDays: z.number().int().min(5).max(20),
  releaseHorizon: z.union([z.number().int().min(1).max(60), z.literal('cycle')]),
  /** Month (1 to 12) in which the account's year begins; fixed once check-ins have started. */
  fiscalStartMonth: z.number().int().min(1).max(12),
  trustedSources: z.array(z.strictObject({ label: z.string().min(1), detail: z.string() })),
  dispositionMeanings: z.record(z.string(), z.enum(DISPOSITION_MEANINGS)),
  secondManagerUserId: z.number().int().nullable(),
  auditorUserId: z.number().int().nullable(),
});

/** Numbers about the method, each with what it means, under one note. */
export const methodPanel = z.object({
  note: z.string(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
});

export const programView = z.object({
  version: z.number().int(),
  settings: programSettings,
  started: z.boolean(),
  today: localDay,
  timeZone: z.string(),
  announcement: z.object({ announcedAt: instant, startsOn: localDay, text: z.string() }).nullable(),
  announcementDefault: z.string(),
  /** What reps may be told instead where answers are only heard. */
  listeningText: z.string(),
  /** As on the home page of an admin. */
  appsUrl: z.string(),
  reps: z.array(
    z.object({
      ownerId: hubspotId,
      name: z.string(),
      managerName: z.string(),
      companies: z.number().int(),
      acknowledgedOn: localDay.nullable(),
      gateOpensOn: localDay.nullable(),
    }),
  ),
  people: z.array(
    z.object({
      userId: z.number().int(),
      ownerId: hubspotId,
      name: z.string(),
      /** Nobody's manager, rep or admin. */
      canAudit: z.boolean(),
    }),
  ),
  countries: z.array(
    z.object({
      value: z.string(),
      label: z.string(),
      /** Its parts that have holidays of their own. */
      regions: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
  /** Lifecycle stages that companies can have in HubSpot, by its name and as people see it; empty until they were read. */
  stages: z.array(z.object({ value: z.string(), label: z.string() })),
  dryRun: z.object({
    state: z.enum(['reading', 'ready']),
    customers: z.number().int(),
    examples: z.array(z.string()),
    /** Companies that get no call of their own, with the reason; a few of `excluded`. */
    exclusions: z.array(z.object({ name: z.string(), reason: z.string() })),
    /** How many there are; null until they were counted. */
    excluded: z.number().int().nullable(),
    tasksThisCycle: z.number().int(),
    tasksNow: z.number().int(),
    /** People who call a customer this quarter, at least 1. */
    callers: z.number().int(),
    /** Who has most of the customers; null where there are none. */
    busiest: z.object({ name: z.string(), customers: z.number().int() }).nullable(),
    cycle: z.string(),
    /** As `quarter.name` of the home page. */
    cycleName: z.string(),
    /** First and last day of the quarter that is planned. */
    cycleStartsOn: localDay,
    cycleLastDay: localDay,
    /** Business days that are left in it, today's included. */
    businessDays: z.number().int(),
    firstDueOn: localDay.nullable(),
  }),
  /** How far the tasks are: shown while some are being made. */
  run: runView,
  scopes: z.array(z.object({ scope: z.string(), why: z.string(), granted: z.boolean() })),
  /** The account's own call outcomes; HubSpot's standard ones have a fixed meaning. */
  dispositions: z.array(z.object({ id: z.string(), label: z.string() })),
  /** Sources of machine-made records that are offered to be trusted. */
  knownSources: z.array(z.object({ label: z.string(), detail: z.string() })),
  /** What the account's log really uses of both. */
  usage: usageView,
  /** Every version of the rules in words, newest first. */
  history: z.array(
    z.object({
      version: z.number().int(),
      savedAt: instant,
      savedByName: z.string(),
      changes: z.array(z.string()),
    }),
  ),
  /** From which days on the account's own answers changed what memory is weighed by, newest first. */
  recallHistory: z.array(z.object({ since: localDay, changes: z.array(z.string()) })),
  /** Leave of every rep. */
  leave: z.array(leaveView),
  /** What this account measured of its customers' memory. */
  recall: methodPanel,
  /** What the team's check-ins can find and what they cannot. */
  planner: methodPanel,
});

export const saveProgramRequest = z.strictObject({
  submissionId,
  expectedVersion: z.number().int(),
  settings: programSettings,
});
export const announceRequest = z.strictObject({
  submissionId,
  startsOn: localDay,
  text: z.string().trim().min(20).max(LIMITS.announcement),
});
export const startRequest = z.strictObject({ submissionId });
export const retryRequest = z.strictObject({ submissionId, kind: retryView.shape.kind });
export const retryReply = z.object({ planned: z.number().int(), message: z.string() });

export const planRequest = z.strictObject({ submissionId });
export const planReply = z.object({ run: runView });
export const acknowledgeRequest = z.strictObject({ submissionId });
export const acknowledgeReply = z.object({ gate: gateView });
export const programReply = z.object({ program: programView });
