// Generated from src/http/contract.ts, by `npm run generate`. Do not edit.

export interface AnswerView {
  checkInId: string;
  respondentName: string;
  words: string;
  liked: string | null;
  inConfidence: string | null;
  happenedOn: string;
  callerName: string;
}

export interface AskAuditorRequest {
  submissionId: string;
}

export interface AttemptRequest {
  submissionId: string;
  outcome: 'noAnswer' | 'leftMessage' | 'wrongPerson' | 'askedNotToBeCalled';
  contactId?: string | null;
}

export type CompanyView = ManagerView | RepView | ViewerView;

export interface CorrectionReply {
  findingId: string | null;
}

export interface CorrectionRequest {
  submissionId: string;
  recall: RecallAnswer;
  reason: string;
}

export interface DecisionReply {
  finding: FindingView;
  added: string | null;
}

export interface DecisionRequest {
  submissionId: string;
  replyIds: string[];
  accept: boolean;
  reason?: string;
}

export interface DraftBody {
  submissionId?: string;
  afterTry?: boolean;
  edition?: {
    form: string;
    count: number;
  };
  respondentContactId?: string | null;
  respondentName?: string;
  words?: string;
  liked?: string;
  inConfidence?: string;
  coachingNote?: string;
  happenedOn?: string;
  channel?: 'phone' | 'video' | 'inPerson';
  recall?: {
    recency?: 'W1' | 'W4' | 'M2' | 'M3' | 'M6' | 'LONG' | 'NEVER' | 'DK' | null;
    count?: '0' | '1' | '2' | '3-5' | '6+' | 'DK' | null;
    unsure?: boolean;
    colleague?: boolean;
    named?: boolean;
    stale?: boolean;
  };
  kudos?: KudosDraft;
  preference?: PreferenceBody;
}

export interface ErrorReply {
  code: string;
  message: string;
  requestId: string;
  hint?: string;
  field?: string;
}

export interface FeedbackView {
  checkInId: string;
  respondentName: string;
  callerName: string;
  happenedOn: string;
  liked: string | null;
  said: string;
  advice: string[];
  isNew: boolean;
}

export interface FindingReply {
  finding: FindingView;
}

export interface GateView {
  state: 'listeningOnly' | 'notAnnounced' | 'needsAcknowledgement' | 'waiting' | 'open';
  opensOn: string | null;
  announcementText: string | null;
}

export interface ManagerView {
  role: 'manager';
  company: {
    companyId: string;
    name: string;
  };
  today: string;
  timeZone: string;
  state:
    | 'due'
    | 'dueSoon'
    | 'attempted'
    | 'answerMissing'
    | 'done'
    | 'leftOut'
    | 'notInProgram'
    | 'programNotStarted';
  leftOut: {
    label: string;
    why: string | null;
  } | null;
  isAdmin: boolean;
  question: string;
  probe: string;
  greeting: string;
  neutralGreeting: string;
  touch: TouchView | null;
  ask: {
    contactId: string;
    name: string;
    jobTitle: string | null;
    phone: string | null;
    why: string;
  } | null;
  otherContacts: {
    contactId: string;
    name: string;
    jobTitle: string | null;
    phone: string | null;
    greeting: string;
    isWrongPerson: boolean;
  }[];
  repName: string | null;
  adviceTo: {
    ownerId: string;
    name: string;
  } | null;
  firstManagerCall: boolean;
  listening:
    'programListens' | 'gateClosed' | 'callerIsRepOfRecord' | 'noRepOfRecord' | 'olderThanOneDay' | null;
  listeningText: string | null;
  recallItems: RecallItemsView | null;
  lastAnswer: {
    checkInId: string;
    respondentName: string;
    words: string;
    liked: string | null;
    inConfidence: string | null;
    happenedOn: string;
    callerName: string;
    issueTitle: string | null;
    issueState: string | null;
  } | null;
  openPromises: PromiseView[];
  settledPromises: PromiseView[];
  promiseOwners: {
    ownerId: string;
    name: string;
  }[];
  thanks: KudosView[];
  preferences: PreferenceView[];
  earlierAnswers: {
    checkInId: string;
    respondentName: string;
    words: string;
    liked: string | null;
    inConfidence: string | null;
    happenedOn: string;
    callerName: string;
    repName: string | null;
  }[];
  saved: SavedCheckInView | null;
  findings: {
    findingId: string;
    respondentName: string;
    askedOn: string;
    decideBy: string | null;
  }[];
  draft: DraftBody | null;
  nextDueOn: string | null;
}

export interface OpenIssueReply {
  issueId: string;
  promise: PromiseView | null;
}

export interface OpenIssueRequest {
  submissionId: string;
  companyId: string;
  checkInId?: string | null;
  title: string;
  promise?: {
    what: string;
    ownerId?: string | null;
    dueOn: string;
  } | null;
}

export interface PromiseOutcomeRequest {
  submissionId: string;
  outcome: 'kept' | 'broken' | 'open' | 'closeIssue';
}

export interface PromiseReply {
  promise: PromiseView;
}

export interface PromiseView {
  promiseId: string;
  companyId: string;
  companyName: string;
  what: string;
  ownerName: string;
  mine: boolean;
  dueOn: string;
  state: 'open' | 'kept' | 'broken';
  settled: boolean;
  settledOn: string | null;
  choices: ('kept' | 'broken' | 'open' | 'closeIssue')[];
}

export interface RecallAnswer {
  recency?: 'W1' | 'W4' | 'M2' | 'M3' | 'M6' | 'LONG' | 'NEVER' | 'DK' | null;
  count?: '0' | '1' | '2' | '3-5' | '6+' | 'DK' | null;
  unsure?: boolean;
  colleague?: boolean;
  named?: boolean;
  stale?: boolean;
}

export interface RecallItemsView {
  intro: string;
  recency: {
    question: string;
    options: {
      value: 'W1' | 'W4' | 'M2' | 'M3' | 'M6' | 'LONG' | 'NEVER' | 'DK';
      label: string;
    }[];
  };
  count: {
    question: string;
    options: {
      value: '0' | '1' | '2' | '3-5' | '6+' | 'DK';
      label: string;
    }[];
  };
}

export interface RecordCheckInReply {
  saved: SavedCheckInView;
  listening:
    'programListens' | 'gateClosed' | 'callerIsRepOfRecord' | 'noRepOfRecord' | 'olderThanOneDay' | null;
}

export interface RecordCheckInRequest {
  submissionId: string;
  companyId: string;
  respondent: {
    contactId?: string | null;
    name: string;
  };
  asked: true;
  words: string;
  liked?: string | null;
  inConfidence?: string | null;
  happenedOn: string;
  channel: 'phone' | 'video' | 'inPerson';
  recall?: RecallAnswer | null;
  kudos?: KudosBody | null;
  preference?: PreferenceBody | null;
  coachingNote?: CoachingNoteBody | null;
}

export interface ReopenRequest {
  submissionId: string;
}

export interface RepView {
  role: 'rep';
  company: {
    companyId: string;
    name: string;
  };
  today: string;
  timeZone: string;
  feedback: FeedbackView[];
  thanks: KudosView[];
  promises: PromiseView[];
  findings: FindingView[];
  askedAnew: string[];
  replyKinds: {
    value: 'OTHER_PERSON' | 'WRONG_RECORD' | 'NOT_REACHED' | 'COVERED' | 'LEAVE' | 'EVIDENCE' | 'COMMENT';
    label: string;
  }[];
  visibility: {
    label: string;
    text: string;
  }[];
  gate: GateView;
  managerName: string | null;
}

export interface ReplyReply {
  finding: FindingView;
}

export interface ReplyRequest {
  submissionId: string;
  kind: 'OTHER_PERSON' | 'WRONG_RECORD' | 'NOT_REACHED' | 'COVERED' | 'LEAVE' | 'EVIDENCE' | 'COMMENT';
  sentence?: string;
  activityId?: string | null;
}

export interface ResolutionRequest {
  submissionId: string;
  choice: 'createAnyway' | 'itExists' | 'leaveOut';
}

export interface SaveDraftReply {
  savedAt: string;
}

export interface SaveDraftRequest {
  draft: DraftBody;
}

export interface SavedCheckInView {
  checkInId: string;
  respondentName: string;
  words: string;
  liked: string | null;
  inConfidence: string | null;
  happenedOn: string;
  callerName: string;
  savedAt: string;
  undoUntil: string | null;
  releasesAt: string | null;
  released: boolean;
  repName: string | null;
  findingId: string | null;
  issueTitle: string | null;
  advice: string[];
  promiseIds: string[];
  decideBy: string | null;
}

export interface SkipRequest {
  submissionId: string;
  reason: string;
}

export interface TouchReply {
  touch: TouchView;
  message: string;
}

export interface TouchView {
  touchId: string;
  kind: 'checkIn' | 'continuity';
  state: 'planned' | 'sending' | 'created' | 'done' | 'missed' | 'canceled' | 'parked';
  dueOn: string;
  attempts: number;
  nextTryOn: string | null;
  nextTryHalf: 'morning' | 'afternoon' | null;
  suggestOtherContact: boolean;
}

export interface UndoReply {
  undone: true;
  draft: DraftBody;
}

export interface UndoRequest {
  submissionId: string;
}

export interface ViewerView {
  role: 'viewer';
  company: {
    companyId: string;
    name: string;
  };
  today: string;
  timeZone: string;
  lastCheckInOn: string | null;
  openIssues: number;
  thanks: KudosView[];
}

export interface ContactView {
  contactId: string;
  name: string;
  jobTitle: string | null;
  phone: string | null;
}

export interface FindingView {
  findingId: string;
  checkInId: string;
  askedOn: string | null;
  respondentName: string | null;
  state: 'pending' | 'incomplete' | 'ready';
  verdict:
    | 'CORROBORATED'
    | 'CONSISTENT'
    | 'UNDER_LOGGED'
    | 'UNVERIFIED'
    | 'CUSTOMER_UNSURE'
    | 'DIFFERENT_CONTACT'
    | 'STALE_CONTACT'
    | 'MEMORY_DIFFERS'
    | 'DIFFERS_SOFT'
    | 'DIFFERS_FIRM'
    | 'EXPLAINED'
    | null;
  severity: number;
  rule: string | null;
  label: string;
  sentence: string;
  reason: string;
  bothSides: {
    label: string;
    log: string;
    customer: string;
  }[];
  customerMarks: string[];
  logSays: {
    activityId: string;
    what: string;
    on: string;
    withWhom: string | null;
    evidence: string;
    counted: boolean;
  }[];
  logHeldBack: string | null;
  records: RecordView[];
  notConsidered: string[];
  chance: string | null;
  whoSees: string;
  nextStep: string;
  replyUntil: string | null;
  canReply: boolean;
  canDecide: boolean;
  secondContact: ContactView | null;
  replies: ReplyView[];
  auditor: {
    text: string;
    canAsk: boolean;
  } | null;
}

export interface RecordView {
  activityId: string;
  what: string;
  on: string;
  withWhom: string | null;
}

export interface ReplyView {
  replyId: string;
  kind: 'OTHER_PERSON' | 'WRONG_RECORD' | 'NOT_REACHED' | 'COVERED' | 'LEAVE' | 'EVIDENCE' | 'COMMENT';
  label: string;
  record: RecordView | null;
  sentence: string;
  repliedAt: string;
  state: 'open' | 'accepted' | 'refused' | 'noted';
  decisionReason: string | null;
}

export interface AcknowledgeReply {
  gate: GateView;
}

export interface AcknowledgeRequest {
  submissionId: string;
}

export interface AdminHome {
  checklist: {
    key: string;
    label: string;
    done: boolean;
    hint: string;
  }[];
  health: {
    label: string;
    value: string;
  }[];
  appsUrl: string;
}

export interface AnnounceRequest {
  submissionId: string;
  startsOn: string;
  text: string;
}

export interface AttentionView {
  touchId: string;
  companyId: string;
  companyName: string;
  companyUrl: string;
  explanation: string;
  choices: ('createAnyway' | 'itExists' | 'leaveOut')[];
}

export interface CallView {
  touchId: string;
  companyId: string;
  companyName: string;
  companyUrl: string;
  contactName: string | null;
  phone: string | null;
  why: string;
  dueOn: string;
  overdue: boolean;
}

export interface HomeView {
  today: string;
  timeZone: string;
  personName: string;
  portalId: number;
  roles: ('manager' | 'rep' | 'admin' | 'viewer')[];
  manager: ManagerHome | null;
  rep: RepHome | null;
  admin: AdminHome | null;
  patterns: PatternView[];
  thanks: KudosView[];
  exports: ('findings' | 'program')[];
}

export interface ManagerHome {
  today: CallView[];
  dueTotal: number;
  quarter: {
    label: string;
    name: string;
    accounts: number;
    heardFrom: number;
    attempted: number;
    onTime: number;
  };
  charts: QuarterChartsView;
  repliesWaiting: {
    findingId: string;
    companyId: string;
    companyName: string;
    repName: string | null;
    respondentName: string;
    askedOn: string;
    decideBy: string | null;
  }[];
  promisesDue: PromiseView[];
  promiseCounts: {
    due: number;
    open: number;
  };
  keptByMe: {
    kept: number;
    total: number;
  };
  quotes: QuoteView[];
  team: {
    ownerId: string;
    name: string;
    checkIns: number;
    note: string;
  }[];
  attention: AttentionView[];
  attentionTotal: number;
  retries: RetryView[];
  run: RunView;
}

export interface MethodPanel {
  note: string;
  facts: {
    label: string;
    value: string;
  }[];
}

export interface PlanReply {
  run: RunView;
}

export interface PlanRequest {
  submissionId: string;
}

export interface ProgramReply {
  program: ProgramView;
}

export interface ProgramSettings {
  openness: 'listeningOnly' | 'listenAndCompare' | null;
  lifecycleStages: string[];
  combineBranches: boolean;
  checkInsPerWeek: number;
  managers: {
    managerUserId: number;
    repOwnerIds: string[];
  }[];
  holidayCountry: string;
  holidayRegion: string | null;
  replyWindowBusinessDays: number;
  releaseHorizon: number | 'cycle';
  fiscalStartMonth: number;
  trustedSources: {
    label: string;
    detail: string;
  }[];
  dispositionMeanings: Record<string, 'live' | 'attempt' | 'open'>;
  secondManagerUserId: number | null;
  auditorUserId: number | null;
}

export interface ProgramView {
  version: number;
  settings: ProgramSettings;
  started: boolean;
  today: string;
  timeZone: string;
  announcement: {
    announcedAt: string;
    startsOn: string;
    text: string;
  } | null;
  announcementDefault: string;
  listeningText: string;
  appsUrl: string;
  reps: {
    ownerId: string;
    name: string;
    managerName: string;
    companies: number;
    acknowledgedOn: string | null;
    gateOpensOn: string | null;
  }[];
  people: {
    userId: number;
    ownerId: string;
    name: string;
    canAudit: boolean;
  }[];
  countries: {
    value: string;
    label: string;
    regions: {
      value: string;
      label: string;
    }[];
  }[];
  stages: {
    value: string;
    label: string;
  }[];
  dryRun: {
    state: 'reading' | 'ready';
    customers: number;
    examples: string[];
    exclusions: {
      name: string;
      reason: string;
    }[];
    excluded: number | null;
    tasksThisCycle: number;
    tasksNow: number;
    callers: number;
    busiest: {
      name: string;
      customers: number;
    } | null;
    cycle: string;
    cycleName: string;
    cycleStartsOn: string;
    cycleLastDay: string;
    businessDays: number;
    firstDueOn: string | null;
  };
  run: RunView;
  scopes: {
    scope: string;
    why: string;
    granted: boolean;
  }[];
  dispositions: {
    id: string;
    label: string;
  }[];
  knownSources: {
    label: string;
    detail: string;
  }[];
  usage: UsageView;
  history: {
    version: number;
    savedAt: string;
    savedByName: string;
    changes: string[];
  }[];
  recallHistory: {
    since: string;
    changes: string[];
  }[];
  leave: LeaveView[];
  recall: MethodPanel;
  planner: MethodPanel;
}

export interface QuarterChartsView {
  coverage: {
    weekOf: string;
    due: number;
    heardFrom: number;
  }[];
  rates: {
    kind: 'reached' | 'onTime';
    part: number;
    whole: number;
    share: number;
    low: number;
    high: number;
  }[];
  surveyShare: number;
}

export interface QuoteView {
  checkInId: string;
  companyId: string;
  companyName: string;
  respondentName: string;
  words: string;
  happenedOn: string;
}

export interface RepHome {
  words: {
    checkInId: string;
    companyId: string;
    companyName: string;
    respondentName: string;
    words: string;
    happenedOn: string;
    isNew: boolean;
    liked: string | null;
  }[];
  promises: PromiseView[];
  waitingForReply: {
    findingId: string;
    companyId: string;
    companyName: string;
    replyUntil: string;
  }[];
  gate: GateView;
  manager: {
    name: string;
    accounts: number;
    attempted: number;
    heardFrom: number;
    kept: number;
    total: number;
  } | null;
  numbers: string[];
  hygiene: {
    label: string;
    value: string;
  }[];
  leave: LeaveView[];
  howItWorks: string[];
}

export interface RetryReply {
  planned: number;
  message: string;
}

export interface RetryRequest {
  submissionId: string;
  kind: 'unknownOutcome' | 'rejected';
}

export interface RetryView {
  kind: 'unknownOutcome' | 'rejected';
  tasks: number;
}

export interface RunView {
  state: 'idle' | 'reading' | 'planning' | 'creating' | 'paused';
  planned: number;
  created: number;
  left: number;
  parked: number;
  done: number;
  leftNow: number;
  ratePerMinute: number | null;
  expectedEndAt: string | null;
  lastRunAt: string | null;
  message: string;
}

export interface SaveProgramRequest {
  submissionId: string;
  expectedVersion: number;
  settings: ProgramSettings;
}

export interface StartRequest {
  submissionId: string;
}

export interface EnterLeaveRequest {
  submissionId: string;
  ownerId?: string | null;
  firstDay: string;
  lastDay: string;
}

export interface ExportReply {
  path: string;
  expiresAt: string;
}

export interface ExportRequest {
  submissionId: string;
  kind: 'findings' | 'program';
}

export interface LeaveReply {
  leave: LeaveView[];
}

export interface LeaveView {
  leaveId: string;
  ownerId: string;
  name: string;
  mine: boolean;
  firstDay: string;
  lastDay: string;
}

export interface MethodReply {
  sections: MethodSection[];
}

export interface MethodSection {
  title: string;
  lines: string[];
  facts: {
    label: string;
    value: string;
  }[];
}

export interface OpenPatternRequest {
  submissionId: string;
}

export interface PatternReply {
  pattern: PatternView;
}

export interface PatternView {
  patternId: string;
  reader: 'rep' | 'manager' | 'secondManager';
  phase: 'repFirst' | 'needsSecondManager' | 'waiting' | 'open';
  title: string;
  quarter: string;
  repName: string;
  sentence: string;
  nextStep: string;
  replyUntil: string;
  facts: {
    label: string;
    value: string;
  }[];
  customers: string[];
  guide: string[];
  canOpen: boolean;
}

export interface RemoveLeaveRequest {
  submissionId: string;
}

export interface UsageView {
  note: string;
  sources: {
    label: string;
    detail: string;
    records: number;
  }[];
  dispositions: {
    id: string;
    label: string;
    records: number;
  }[];
}

export interface CoachingNoteBody {
  ownerId: string;
  text: string;
}

export interface KudosBody {
  ownerId: string;
  words: string;
}

export interface KudosDraft {
  ownerId: string | null;
  words: string;
}

export interface KudosView {
  kudosId: string;
  checkInId: string;
  companyId: string;
  companyName: string;
  toName: string;
  mine: boolean;
  words: string;
  respondentName: string;
  givenByName: string;
  givenAt: string;
  givenOn: string;
  releasesAt: string | null;
}

export interface PreferenceBody {
  talkToContactId: string | null;
  half: 'morning' | 'afternoon' | null;
  weekdays: number[];
  channel: 'phone' | 'video' | 'inPerson' | null;
  doNotCall: boolean;
}

export interface PreferenceView {
  talkToContactId: string | null;
  half: 'morning' | 'afternoon' | null;
  weekdays: number[];
  channel: 'phone' | 'video' | 'inPerson' | null;
  doNotCall: boolean;
  contactId: string;
  text: string | null;
}

export interface Endpoints {
  getCompany: { request: null; reply: CompanyView };
  saveDraft: { request: SaveDraftRequest; reply: SaveDraftReply };
  recordCheckIn: { request: RecordCheckInRequest; reply: RecordCheckInReply };
  undoCheckIn: { request: UndoRequest; reply: UndoReply };
  correctCheckIn: { request: CorrectionRequest; reply: CorrectionReply };
  recordAttempt: { request: AttemptRequest; reply: TouchReply };
  skipTouch: { request: SkipRequest; reply: TouchReply };
  reopenTouch: { request: ReopenRequest; reply: TouchReply };
  resolveTouch: { request: ResolutionRequest; reply: TouchReply };
  retryTouches: { request: RetryRequest; reply: RetryReply };
  getFinding: { request: null; reply: FindingReply };
  replyToFinding: { request: ReplyRequest; reply: ReplyReply };
  decideFinding: { request: DecisionRequest; reply: DecisionReply };
  askAuditor: { request: AskAuditorRequest; reply: FindingReply };
  openIssue: { request: OpenIssueRequest; reply: OpenIssueReply };
  settlePromise: { request: PromiseOutcomeRequest; reply: PromiseReply };
  getHome: { request: null; reply: HomeView };
  getProgram: { request: null; reply: ProgramView };
  saveProgram: { request: SaveProgramRequest; reply: ProgramReply };
  announce: { request: AnnounceRequest; reply: ProgramReply };
  startProgram: { request: StartRequest; reply: ProgramReply };
  planNow: { request: PlanRequest; reply: PlanReply };
  acknowledge: { request: AcknowledgeRequest; reply: AcknowledgeReply };
  getMethod: { request: null; reply: MethodReply };
  openPattern: { request: OpenPatternRequest; reply: PatternReply };
  enterLeave: { request: EnterLeaveRequest; reply: LeaveReply };
  removeLeave: { request: RemoveLeaveRequest; reply: LeaveReply };
  createExport: { request: ExportRequest; reply: ExportReply };
}

export type EndpointName = keyof Endpoints;

/** The most characters of each text that people type. */
export const LIMITS = {
  name: 200,
  words: 10000,
  liked: 2000,
  inConfidence: 10000,
  coachingNote: 10000,
  kudos: 1000,
  reason: 500,
  issueTitle: 200,
  promise: 500,
  replySentence: 1000,
  decisionReason: 1000,
  announcement: 4000,
  holidayRegion: 10,
} as const;

export const ROUTES: Record<EndpointName, [method: 'GET' | 'PUT' | 'POST', path: string]> = {
  getCompany: ['GET', '/api/companies/:companyId'],
  saveDraft: ['PUT', '/api/drafts/:companyId'],
  recordCheckIn: ['POST', '/api/check-ins'],
  undoCheckIn: ['POST', '/api/check-ins/:id/undo'],
  correctCheckIn: ['POST', '/api/check-ins/:id/corrections'],
  recordAttempt: ['POST', '/api/touches/:id/attempts'],
  skipTouch: ['POST', '/api/touches/:id/skip'],
  reopenTouch: ['POST', '/api/touches/:id/reopen'],
  resolveTouch: ['POST', '/api/touches/:id/resolution'],
  retryTouches: ['POST', '/api/touches/retries'],
  getFinding: ['GET', '/api/findings/:id'],
  replyToFinding: ['POST', '/api/findings/:id/replies'],
  decideFinding: ['POST', '/api/findings/:id/decision'],
  askAuditor: ['POST', '/api/findings/:id/auditor'],
  openIssue: ['POST', '/api/issues'],
  settlePromise: ['POST', '/api/promises/:id/outcome'],
  getHome: ['GET', '/api/home'],
  getProgram: ['GET', '/api/program'],
  saveProgram: ['PUT', '/api/program'],
  announce: ['POST', '/api/program/announcement'],
  startProgram: ['POST', '/api/program/start'],
  planNow: ['POST', '/api/program/plan'],
  acknowledge: ['POST', '/api/acknowledgements'],
  getMethod: ['GET', '/api/method'],
  openPattern: ['POST', '/api/patterns/:id/opening'],
  enterLeave: ['POST', '/api/leave'],
  removeLeave: ['POST', '/api/leave/:id/removal'],
  createExport: ['POST', '/api/exports'],
};
