import {
  ROLLING_CYCLES,
  totalsOfRep,
  type CountedCheckIn,
  type RepTotals,
} from '../core/comparison/aggregates.ts';
import type { CycleCredit } from '../core/comparison/drift.ts';
import { COUNTED_DAYS } from '../core/comparison/settings.ts';
import { previousCycle, type CycleDays } from '../core/cadence/cycle.ts';
import type { CycleLabel, OwnerId, UserId } from '../core/model.ts';
import type { ComparedCheckIn } from './counts-port.ts';
import { callerOf, type Person } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/**
 * Returns the totals of these reps over the last four cycles, as `reader` may see them: a difference in its reply window is
 * known to the rep and to the manager who called, and is in nobody else's numbers.
 */
export async function repTotals(
  deps: Deps,
  scope: TenantScope,
  reader: Person,
  ownerIds: readonly OwnerId[],
): Promise<ReadonlyMap<OwnerId, RepTotals>> {
  const { cycle, settings } = reader;
  const first = firstOfWindow(cycle, settings.fiscalStartMonth);
  const compared = await deps.store.counts.compared(scope, ownerIds, first.label);
  const visible = compared.filter((checkIn) => maySee(reader, checkIn));
  return new Map(ownerIds.map((ownerId) => [ownerId, totalsFrom(visible, ownerId, cycle.label)]));
}

const WEEKS_A_QUARTER = 13;

/** A rep's accounts times the quarters counted; null where whom the caller reached is neither a census nor a random draw. */
export type AccountsCounted = (ownerId: OwnerId, cycles: number) => number | null;

/**
 * Returns how many accounts stand behind a rep's numbers. A caller with more customers than time asks some of them by no known
 * chance: then there is no such number, and nothing narrows an interval. `owned` counts the customers of each owner.
 */
export async function accountsCounted(
  deps: Deps,
  scope: TenantScope,
  reader: Person,
  owned: ReadonlyMap<OwnerId, number>,
): Promise<AccountsCounted> {
  const customers = await customersByCaller(deps, scope, reader, owned);
  const room = reader.settings.checkInsPerWeek * WEEKS_A_QUARTER;
  return (ownerId, cycles) => {
    const isCensus = (customers.get(callerOf(reader, { ownerId })) ?? 0) <= room;
    return isCensus ? (owned.get(ownerId) ?? 0) * cycles : null;
  };
}

async function customersByCaller(
  deps: Deps,
  scope: TenantScope,
  reader: Person,
  owned: ReadonlyMap<OwnerId, number>,
): Promise<ReadonlyMap<UserId, number>> {
  const customers = new Map<UserId, number>();
  let unowned = await deps.store.companies.countInScope(scope);
  const add = (ownerId: OwnerId | null, count: number) => {
    const callerUserId = callerOf(reader, { ownerId });
    customers.set(callerUserId, (customers.get(callerUserId) ?? 0) + count);
  };
  for (const [ownerId, count] of owned) {
    add(ownerId, count);
    unowned -= count;
  }
  add(null, unowned);
  return customers;
}

/** Returns the first of the four cycles that end with this one. */
export function firstOfWindow(cycle: CycleDays, fiscalStartMonth: number): CycleDays {
  let first = cycle;
  for (let cycles = 1; cycles < ROLLING_CYCLES; cycles += 1) first = previousCycle(first, fiscalStartMonth);
  return first;
}

/** Returns one rep's totals over the four cycles that end with `lastCycle`, of what was read already. */
export function totalsFrom(
  compared: readonly ComparedCheckIn[],
  ownerId: OwnerId,
  lastCycle: CycleLabel,
): RepTotals {
  const own = compared.filter(({ repOwnerId }) => repOwnerId === ownerId).map(toCounted);
  return totalsOfRep(ownerId, own, cycleNumber(lastCycle));
}

/** Returns those that had their whole say, or found no difference: what a quarter's test looks at. */
export function hadTheirSay(compared: readonly ComparedCheckIn[]): readonly ComparedCheckIn[] {
  return compared.filter(({ severity, isSettled }) => severity === 0 || isSettled);
}

/**
 * Returns one rep's credits among the comparable check-ins of one quarter, for the slow drift. A difference on which a reply waits is
 * in neither: accepted it leaves all counts, and only once it is refused it counts.
 */
export function creditsOf(
  compared: readonly ComparedCheckIn[],
  ownerId: OwnerId,
  cycle: CycleLabel,
): CycleCredit {
  const decided = hadTheirSay(compared).filter(
    (one) => one.cycle === cycle && (one.severity === 0 || !one.hasOpenReply),
  );
  const { credits, n } = totalsFrom(decided, ownerId, cycle);
  return { credits, n };
}

function maySee(
  { userId, owner }: Person,
  { severity, isSettled, callerUserId, repOwnerId }: ComparedCheckIn,
): boolean {
  return severity === 0 || isSettled || callerUserId === userId || repOwnerId === owner?.ownerId;
}

function toCounted(checkIn: ComparedCheckIn): CountedCheckIn {
  const { inputs, repOwnerId } = checkIn;
  const touchDays = inputs.claims.filter(
    ({ outcome, contact, owner, ageDays }) =>
      outcome === 'live' && contact === 'respondent' && owner === repOwnerId && ageDays <= COUNTED_DAYS,
  );
  return {
    companyId: checkIn.companyId,
    cycle: cycleNumber(checkIn.cycle),
    isDrawnOrCensus: checkIn.isFirstOfTouch,
    areBothItemsAnswered: isAnswered(inputs.recency) && isAnswered(inputs.count),
    verdict: checkIn.verdict,
    respondentTouchDays: new Set(touchDays.map(({ ageDays }) => ageDays)).size,
    // A reply that nobody decided yet may still explain the difference.
    isReplyWindowOver: checkIn.isSettled && !checkIn.hasOpenReply,
    isSupported: checkIn.supported,
    // Nothing is drawn with unequal chances: each account stands for itself alone.
    weight: 1,
  };
}

function isAnswered(answer: string | null): boolean {
  return answer !== null && answer !== 'DK';
}

/** Cycles counted through: 2026-Q1 follows 2025-Q4. */
export function cycleNumber(label: CycleLabel): number {
  const [year = '0', quarter = '1'] = label.split('-Q');
  return Number(year) * 4 + Number(quarter);
}
