import type { CompanyId, CycleLabel, LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { TenantScope } from './records.ts';

/** One rep in the test of one quarter: rolling counts, and the quarter's own credits for the slow drift. */
export type TestedRep = {
  readonly repId: OwnerId;
  readonly n: number;
  readonly x: number;
  readonly firmCompanyIds: readonly CompanyId[];
  readonly supportedCompanyIds: readonly CompanyId[];
  /** Credits among the quarter's own comparable check-ins. */
  readonly cycleCredits: number;
  readonly cycleComparable: number;
};

export type TestedTeam = { readonly managerUserId: UserId; readonly reps: readonly TestedRep[] };

/** What the test of one quarter was made of: enough to perform it again. */
export type TeamTestResult = {
  /** Share (of 1) of correct logs that would get a firm difference, as measured at the time. */
  readonly simulatedRate: number;
  readonly teams: readonly TestedTeam[];
};

export type TeamTest = { readonly cycle: CycleLabel; readonly result: TeamTestResult };

export interface TeamTestStore {
  /** Asks for the test of a quarter on a day; where it was asked for before nothing changes. */
  want(scope: TenantScope, cycle: CycleLabel, dueOn: LocalDay): Promise<void>;
  /** Quarters whose test is due and was not made. */
  due(scope: TenantScope, today: LocalDay): Promise<readonly CycleLabel[]>;
  /** Kept once: a test that was made stays as it is. */
  save(scope: TenantScope, cycle: CycleLabel, result: TeamTestResult, at: Date): Promise<void>;
  /** Tests that were made, oldest quarter first. */
  made(scope: TenantScope): Promise<readonly TeamTest[]>;
}

/** Severity 3: about a rep's accounts together, never about one finding. */
export type Pattern = {
  readonly patternId: string;
  readonly repOwnerId: OwnerId;
  /** The manager of the tested team at the time of the test. */
  readonly managerUserId: UserId;
  readonly cycle: CycleLabel;
  readonly noticedOn: LocalDay;
  /** The rep alone sees it up to and including this day. */
  readonly replyUntil: LocalDay;
  readonly counts: TestedRep;
};

export type PatternOpening = {
  readonly patternId: string;
  readonly userId: UserId;
  readonly openedAt: Date;
};

export interface PatternStore {
  /** One a rep and quarter: a second one changes nothing. */
  add(scope: TenantScope, pattern: Pattern): Promise<void>;
  find(scope: TenantScope, patternId: string): Promise<Pattern | null>;
  /** Newest quarter first; few in any account. */
  all(scope: TenantScope): Promise<readonly Pattern[]>;
  /** The rep has it alone until this day instead. */
  extendReply(scope: TenantScope, patternId: string, replyUntil: LocalDay): Promise<void>;
  /** Patterns of quarters before this one have expired. Returns the ids of those removed. */
  removeBefore(scope: TenantScope, cycle: CycleLabel): Promise<readonly string[]>;
  /** Kept once for each person. */
  open(scope: TenantScope, opening: PatternOpening): Promise<void>;
  openings(scope: TenantScope, patternId: string): Promise<readonly PatternOpening[]>;
}
