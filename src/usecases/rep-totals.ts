import {
  ROLLING_CYCLES,
  totalsOfRep,
  type CountedCheckIn,
  type RepTotals,
} from '../core/comparison/aggregates.ts';
import { COUNTED_DAYS } from '../core/comparison/settings.ts';
import { previousCycle, type CycleDays } from '../core/cadence/cycle.ts';
import type { CycleLabel, OwnerId } from '../core/model.ts';
import type { ComparedCheckIn } from './counts-port.ts';
import type { Person } from './person.ts';
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
    // Every account is asked in a quarter: all stand for themselves alone.
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
