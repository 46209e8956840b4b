/** Moves overdue touches to days on which they can still be made. */
import type { LocalDay } from '../model.ts';
import type { CallerLoad, DueSlot } from './schedule.ts';

type OverdueTouch = {
  readonly touchId: string;
  readonly callerKey: string;
  readonly dueOn: LocalDay;
  readonly half: DueSlot['half'];
  /** A person put it where it is: it stays there. */
  readonly movedByPerson: boolean;
};

export type RespreadInput = {
  readonly overdue: readonly OverdueTouch[];
  /** The next business days, today first. */
  readonly days: readonly LocalDay[];
  /** What each caller already has on those days, the overdue touches not counted. */
  readonly existingLoad: CallerLoad;
  readonly perDayCapacity: number;
};

/**
 * Returns the new day of each touch that moves, at the same half of the day: the longest overdue first, each on its caller's first
 * day with room; where no day has room, on the one with the least. Order of input changes nothing. No days: nothing moves.
 */
export function respread(input: RespreadInput): Map<string, DueSlot> {
  const slotOf = new Map<string, DueSlot>();
  const loads = new Map<string, number[]>();
  const moving = input.overdue.filter((touch) => !touch.movedByPerson).sort(longestOverdueFirst);
  for (const touch of moving) {
    const load = loads.get(touch.callerKey) ?? loadOf(touch.callerKey, input);
    loads.set(touch.callerKey, load);
    const index = firstWithRoom(load, input.perDayCapacity);
    const dueOn = input.days[index];
    if (dueOn === undefined) continue;
    load[index] = (load[index] ?? 0) + 1;
    slotOf.set(touch.touchId, { dueOn, half: touch.half });
  }
  return slotOf;
}

function loadOf(callerKey: string, input: RespreadInput): number[] {
  const load = input.existingLoad.get(callerKey);
  return input.days.map((day) => load?.get(day) ?? 0);
}

function firstWithRoom(load: readonly number[], capacity: number): number {
  const free = load.findIndex((touches) => touches + 1 <= capacity);
  return free === -1 ? load.indexOf(Math.min(...load)) : free;
}

function longestOverdueFirst(a: OverdueTouch, b: OverdueTouch): number {
  const [left, right] = [`${a.dueOn} ${a.touchId}`, `${b.dueOn} ${b.touchId}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
