import { localDayOf } from '../core/cadence/calendar.ts';
import type { TouchState } from '../core/model.ts';
import { byRecordAge } from '../core/record-age.ts';
import type { MarkedTask } from './hubspot-port.ts';
import { UNKNOWN_OUTCOME, type Touch } from './records.ts';
import { isOpen } from './touch-outbox.ts';

/** Why a touch with two tasks waits for a person. */
export const TWO_TASKS = 'twoTasks';
const DELETED = 'deletedInHubSpot';
/** HubSpot stamps a new task a moment after it was made, and nobody works with one that fast. */
const MOMENT_MS = 60_000;
const LEFT: readonly TouchState[] = ['canceled', 'missed'];

export type SweepDecision = {
  /** The task that is the touch's from now on; null where nothing changes. */
  readonly adopt: string | null;
  /** Newer tasks with the same key that nobody has touched. */
  readonly archive: readonly string[];
  /** `park`: somebody worked with a newer one, so a person decides. `leave`: as that, but the touch is closed already. */
  readonly doubt: 'none' | 'park' | 'leave';
};

const FINE: SweepDecision = { adopt: null, archive: [], doubt: 'none' };

/**
 * What to do about the live tasks that carry one touch's key. The oldest stays; a newer one goes only where nobody has touched
 * it. A touch whose tasks are all gone is not this sweep's: whoever deleted them meant it.
 */
export function decideSweep(touch: Touch, tasks: readonly MarkedTask[], timeZone: string): SweepDecision {
  const [oldest, ...newer] = [...tasks].sort(byAge);
  if (oldest === undefined || touch.state === 'sending') return FINE;
  if (LEFT.includes(touch.state) && touch.reason !== DELETED) return decideLeft(touch, tasks, timeZone);
  const archive = newer.filter((task) => isUntouched(task, touch, timeZone)).map(({ taskId }) => taskId);
  if (archive.length < newer.length) return { adopt: null, archive, doubt: isOpen(touch) ? 'park' : 'leave' };
  const isKnown = touch.taskId === oldest.taskId && touch.reason !== TWO_TASKS && !isBack(touch, tasks);
  return { adopt: isKnown || !mayAdopt(touch) ? null : oldest.taskId, archive, doubt: 'none' };
}

/** True where the task whose absence canceled the touch is live: it was restored, or a read had missed it. */
export function isBack({ state, reason, taskId }: Touch, tasks: readonly MarkedTask[]): boolean {
  return state === 'canceled' && reason === DELETED && tasks.some((task) => task.taskId === taskId);
}

/** Nobody is to make this call any more: a task that turned up late goes, unless somebody works with it. */
function decideLeft(touch: Touch, tasks: readonly MarkedTask[], timeZone: string): SweepDecision {
  const strays = tasks.filter(({ taskId, completed }) => taskId !== touch.taskId && !completed);
  const archive = strays.filter((task) => isUntouched(task, touch, timeZone)).map(({ taskId }) => taskId);
  return { adopt: null, archive, doubt: archive.length < strays.length ? 'leave' : 'none' };
}

/** A parked touch is a person's, but for what a task that turned up answers by itself. */
function mayAdopt({ state, reason }: Touch): boolean {
  return state !== 'parked' || reason === UNKNOWN_OUTCOME || reason === TWO_TASKS;
}

function isUntouched(task: MarkedTask, touch: Touch, timeZone: string): boolean {
  const { completed, createdAt, lastModifiedAt, dueAt, ownerId } = task;
  if (completed || createdAt === null || lastModifiedAt === null || dueAt === null) return false;
  const isUnchanged = Math.abs(lastModifiedAt.getTime() - createdAt.getTime()) <= MOMENT_MS;
  return isUnchanged && ownerId === touch.callerOwnerId && localDayOf(dueAt, timeZone) === touch.dueOn;
}

function byAge(a: MarkedTask, b: MarkedTask): number {
  const ageMs = (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0);
  return ageMs || byRecordAge(a.taskId, b.taskId);
}
