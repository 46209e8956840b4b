import type { RunFigures, RunTrouble } from '../core/cadence/run-pace.ts';
import type { CompanyId, CycleLabel, LocalDay, TouchState, UserId } from '../core/model.ts';
import type { CompanyRecord } from './hubspot-port.ts';
import type { Attempt, Cycle, NewTouch, TenantScope, Touch, TouchOutcome } from './records.ts';

/** Touches of one caller, under one id of theirs, about customers of one owner. */
export type CallerGroup = Pick<Touch, 'callerUserId' | 'callerOwnerId' | 'assignedByPerson'> &
  Pick<CompanyRecord, 'ownerId'>;

/** Planned touches of one due day that may become tasks at one instant. */
export type ReleaseGroup = Pick<Touch, 'dueOn' | 'releaseAt'>;

export interface TouchStore {
  ensureCycle(scope: TenantScope, cycle: Omit<Cycle, 'closedAt'>): Promise<Cycle>;
  cycle(scope: TenantScope, label: CycleLabel): Promise<Cycle | null>;
  /**
   * Cycles that end by the day and are not closed, or in which a touch is open in spite of that: not by an answer that was taken back
   * at that instant or later.
   */
  openCyclesEndingBy(scope: TenantScope, day: LocalDay, undoneBefore: Date): Promise<readonly Cycle[]>;
  /** Makes ≤ limit touches of the cycle that are still open `missed` (cycleOver), and returns them. Open as above. */
  missOpen(
    scope: TenantScope,
    label: CycleLabel,
    undoneBefore: Date,
    limit: number,
  ): Promise<readonly Touch[]>;
  closeCycle(scope: TenantScope, label: CycleLabel, at: Date): Promise<void>;
  /** ≤ 1,000 rows; an existing (company, cycle, kind) is left as it is. Returns how many were new. */
  plan(scope: TenantScope, touches: readonly NewTouch[]): Promise<number>;
  find(scope: TenantScope, touchId: string): Promise<Touch | null>;
  /** Those of these that exist, by ascending id. */
  findMany(scope: TenantScope, touchIds: readonly string[]): Promise<readonly Touch[]>;
  /** The touches with these keys. */
  ofKeys(scope: TenantScope, keys: readonly string[]): Promise<readonly Touch[]>;
  /** Touches of any state whose create was last sent at the instant or later, by ascending id. */
  sentSince(
    scope: TenantScope,
    since: Date,
    afterTouchId: string | null,
    limit: number,
  ): Promise<readonly Touch[]>;
  /** The touches of these companies that are still to be made, of every cycle, by ascending id. */
  openOf(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Touch[]>;
  /** All touches of these companies, of every cycle and state, by ascending id. */
  everOf(scope: TenantScope, companyIds: readonly CompanyId[]): Promise<readonly Touch[]>;
  /** Who calls whose customers in the cycle, of the touches still to be made: one entry a pair and way it came about. */
  callerGroups(scope: TenantScope, cycle: CycleLabel): Promise<readonly CallerGroup[]>;
  /** The touches of such a group, locked to the end of the transaction, ≤ limit. */
  ofCallerGroup(
    scope: TenantScope,
    cycle: CycleLabel,
    group: CallerGroup,
    limit: number,
  ): Promise<readonly Touch[]>;
  /** Gives these touches to another caller, by the settings and not by a person's hand. */
  reassign(
    scope: TenantScope,
    touchIds: readonly string[],
    caller: Pick<Touch, 'callerUserId' | 'callerOwnerId'>,
  ): Promise<void>;
  /** Keeps whose the tasks of these touches are in HubSpot now. */
  noteTaskOwners(
    scope: TenantScope,
    owners: readonly Pick<Touch, 'touchId' | 'taskOwnerId'>[],
  ): Promise<void>;
  findForUpdate(scope: TenantScope, touchId: string): Promise<Touch | null>;
  findByTask(scope: TenantScope, taskId: string): Promise<Touch | null>;
  /** The newest touch of the company in the cycle (a continuity touch before the plain one). */
  ofCompany(scope: TenantScope, companyId: CompanyId, cycle: CycleLabel): Promise<Touch | null>;
  /**
   * Claims planned touches whose releaseAt (and notBefore) has come, the earliest due first: state sending, fence + 1, attempt + 1,
   * sent_at now, not_before = now + 50 s (when an unknown outcome is looked into). Committed by the caller before any byte leaves. FOR UPDATE SKIP LOCKED.
   * Companies out of scope, and those with an older task still to be archived, are put off by seconds instead.
   */
  claimForSending(scope: TenantScope, now: Date, limit: number): Promise<readonly Touch[]>;
  /**
   * The tasks of these older touches are out of HubSpot: what was put off for them may be sent at once. Passes over what somebody
   * claims meanwhile. Returns how many were freed.
   */
  freeAfter(scope: TenantScope, olderTouchIds: readonly string[], now: Date): Promise<number>;
  /**
   * Touches in `sending` whose outcome is unknown and whose notBefore has passed; fence + 1, so that a late sender's outcome no longer
   * matches. What was not in doubt before is since it was sent.
   */
  unknown(scope: TenantScope, now: Date, limit: number): Promise<readonly Touch[]>;
  /** Returns how many matched their fence. */
  settle(scope: TenantScope, outcomes: readonly TouchOutcome[]): Promise<number>;
  update(
    scope: TenantScope,
    touchId: string,
    change: Partial<
      Pick<
        Touch,
        | 'state'
        | 'reason'
        | 'dueOn'
        | 'dueHalf'
        | 'callerUserId'
        | 'callerOwnerId'
        | 'contactId'
        | 'companyId'
        | 'movedByPerson'
        | 'assignedByPerson'
        | 'sendAttempts'
        | 'inDoubtSince'
        | 'taskId'
        | 'taskOwnerId'
        | 'notBefore'
      >
    >,
  ): Promise<void>;
  inState(
    scope: TenantScope,
    state: TouchState,
    afterTouchId: string | null,
    limit: number,
  ): Promise<readonly Touch[]>;
  ofCycleInStates(
    scope: TenantScope,
    cycle: CycleLabel,
    states: readonly TouchState[],
    limit: number,
  ): Promise<readonly Touch[]>;
  /**
   * Planned or created touches of the cycle that were due before `today` and that no person moved, the longest overdue first,
   * locked to the end of the transaction; those that somebody else holds are left out.
   */
  overdue(scope: TenantScope, cycle: CycleLabel, today: LocalDay, limit: number): Promise<readonly Touch[]>;
  countByState(scope: TenantScope, cycle: CycleLabel): Promise<Readonly<Record<TouchState, number>>>;
  /** How far the run under way is; `since` bounds what counts as lately. Cheap where nothing is being made. */
  runFigures(scope: TenantScope, cycle: CycleLabel, now: Date, since: Date): Promise<RunFigures>;
  /** What keeps tasks of the cycle from being made. */
  runTrouble(scope: TenantScope, cycle: CycleLabel): Promise<RunTrouble>;
  /** How many touches of the cycle each caller has on each day: what the spread starts from. */
  load(
    scope: TenantScope,
    cycle: CycleLabel,
  ): Promise<
    readonly { readonly callerUserId: UserId; readonly dueOn: LocalDay; readonly touches: number }[]
  >;
  /** Created or planned touches of a caller due by the day, oldest due first. */
  callsDue(
    scope: TenantScope,
    callerUserId: UserId,
    dueBy: LocalDay,
    limit: number,
  ): Promise<readonly Touch[]>;
  countCallsDue(scope: TenantScope, callerUserId: UserId, dueBy: LocalDay): Promise<number>;
  /** Parked touches of every cycle, by ascending id. @param callerUserId one caller's alone; null: all */
  parked(scope: TenantScope, callerUserId: UserId | null, limit: number): Promise<readonly Touch[]>;
  /** How many are parked, by what their reason begins with up to a colon. @param callerUserId as parked */
  parkedByKind(scope: TenantScope, callerUserId: UserId | null): Promise<ReadonlyMap<string, number>>;
  /**
   * Plans the parked touches of a kind anew, as if none was ever sent; those with a task that is still to be taken out of HubSpot
   * stay. Returns how many were planned. @param callerUserId as parked
   */
  planParked(scope: TenantScope, kind: string, callerUserId: UserId | null): Promise<number>;
  /**
   * Plans those of these touches anew that HubSpot refused to make; nothing of them is there. Returns the ids of the planned ones.
   */
  planRefused(scope: TenantScope, touchIds: readonly string[]): Promise<readonly string[]>;
  /** When which planned touches of the cycle that were never sent are released: one entry a due day and instant. */
  releaseGroups(scope: TenantScope, cycle: CycleLabel): Promise<readonly ReleaseGroup[]>;
  /** Gives ≤ limit touches of such a group another instant. Returns how many. */
  releaseAnew(
    scope: TenantScope,
    cycle: CycleLabel,
    group: ReleaseGroup,
    releaseAt: Date,
    limit: number,
  ): Promise<number>;
  addAttempt(scope: TenantScope, attempt: Attempt): Promise<void>;
  attempts(scope: TenantScope, touchId: string): Promise<readonly Attempt[]>;
  /** Figures of the quarter for callers' home page; callerUserId null: the whole portal. */
  quarterFigures(
    scope: TenantScope,
    cycle: CycleLabel,
    callerUserId: UserId | null,
  ): Promise<{ accounts: number; heardFrom: number; attempted: number; onTime: number }>;
  /** How many of a caller's accounts are due, and first heard, in each week of the cycle; weeks by their Monday, in order. */
  quarterWeeks(
    scope: TenantScope,
    cycle: CycleLabel,
    callerUserId: UserId,
  ): Promise<readonly { weekOf: LocalDay; due: number; heardFrom: number }[]>;
}
