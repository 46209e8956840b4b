/** Spreads a cycle's touches over its business days, each caller's by themselves. */
import { byCodeUnits } from '../comparison/canonical.ts';
import type { CompanyId, LocalDay } from '../model.ts';
import { createRandom, shuffled } from '../random.ts';

export type Half = 'morning' | 'afternoon';
export type DueSlot = { readonly dueOn: LocalDay; readonly half: Half };
/** How many touches each caller already has on each day. */
export type CallerLoad = ReadonlyMap<string, ReadonlyMap<LocalDay, number>>;

export type SpreadInput = {
  readonly companies: readonly { readonly companyId: CompanyId; readonly callerKey: string }[];
  /** The business days to use, in order. */
  readonly days: readonly LocalDay[];
  readonly existingLoad: CallerLoad;
  /** Touches a caller can make a day, those already there included; companies beyond it are left out of the reply. */
  readonly perDayCapacity?: number;
  readonly seed: string;
};

/**
 * Returns the day and half of each company's touch. Every caller's days are filled up to one level, with what they already have
 * counted in, so that no day is more than one above the mean unless it was before; fewer companies than days stand evenly apart;
 * the first day gets one if it has none. Equal input and seed give equal output, whatever the order of the companies.
 * Throws RangeError where there are companies but no days.
 */
export function spread(input: SpreadInput): Map<CompanyId, DueSlot> {
  if (input.companies.length > 0 && input.days.length === 0) throw new RangeError('no days to spread over');
  const slotOf = new Map<CompanyId, DueSlot>();
  for (const [callerKey, companyIds] of companiesByCaller(input.companies)) {
    const load = input.existingLoad.get(callerKey) ?? new Map<LocalDay, number>();
    const additions = levelAdditions(
      input.days.map((day) => load.get(day) ?? 0),
      companyIds.length,
      input.perDayCapacity ?? Infinity,
    );
    const slots = slotsOf(input.days, additions);
    const order = shuffled(companyIds, createRandom(`${input.seed}/${callerKey}`));
    slots.forEach((slot, index) => {
      const companyId = order[index];
      if (companyId !== undefined) slotOf.set(companyId, slot);
    });
  }
  return slotOf;
}

/**
 * Returns how many touches each day gets so that all days end as level as they can: first up to the highest common level, then
 * one more on days an even distance apart, beginning with the first. Adds fewer than `wanted` only where capacity ends.
 */
export function levelAdditions(loads: readonly number[], wanted: number, capacity: number): number[] {
  const room = loads.map((load) => Math.max(0, Math.floor(capacity) - load));
  const placeable = Math.min(
    wanted,
    room.reduce((sum, free) => sum + free, 0),
  );
  const level = highestLevel(loads, placeable);
  const additions = loads.map((load) => Math.max(0, level - load));
  const remainder = placeable - additions.reduce((sum, added) => sum + added, 0);
  const open = loads.flatMap((load, index) => (load <= level ? [index] : []));
  for (let turn = 0; turn < remainder; turn += 1) {
    const chosen = open[Math.floor((turn * open.length) / remainder)] ?? 0;
    additions[chosen] = (additions[chosen] ?? 0) + 1;
  }
  return additions;
}

/** The highest level to which all days can be raised with `wanted` additions. */
function highestLevel(loads: readonly number[], wanted: number): number {
  const cost = (level: number) => loads.reduce((sum, load) => sum + Math.max(0, level - load), 0);
  let low = 0;
  let high = wanted + Math.max(0, ...loads);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (cost(middle) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The slots in order of time; mornings and afternoons alternate through the whole list, so that neither half fills up. */
function slotsOf(days: readonly LocalDay[], additions: readonly number[]): DueSlot[] {
  const dueDays = days.flatMap((day, index) => Array.from({ length: additions[index] ?? 0 }, () => day));
  return dueDays.map((dueOn, index) => ({ dueOn, half: index % 2 === 0 ? 'morning' : 'afternoon' }));
}

function companiesByCaller(companies: SpreadInput['companies']): Map<string, CompanyId[]> {
  const sorted = [...companies].sort((a, b) => byCodeUnits(a.companyId, b.companyId));
  const groups = new Map<string, CompanyId[]>();
  for (const { companyId, callerKey } of sorted) {
    const group = groups.get(callerKey);
    if (group === undefined) groups.set(callerKey, [companyId]);
    else group.push(companyId);
  }
  return groups;
}
