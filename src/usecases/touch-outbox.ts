import { atLocalTime } from '../core/cadence/calendar.ts';
import { OPEN_TOUCH_STATES, type CompanyId, type TouchState } from '../core/model.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { NewOutboxRow, OutboxKind, TenantScope, Touch } from './records.ts';

const OPEN: ReadonlySet<TouchState> = new Set(OPEN_TOUCH_STATES);

/** Task times of day: the morning call is due at 09:00, the afternoon one at 14:00, in the portal's zone. */
const DUE_HOUR = { morning: 9, afternoon: 14 } as const;

export function dueAtOf(context: PortalContext, touch: Pick<Touch, 'dueOn' | 'dueHalf'>): Date {
  return atLocalTime(touch.dueOn, DUE_HOUR[touch.dueHalf], 0, context.portal.timeZone);
}

/** True for a touch that is still to be made. */
export function isOpen({ state }: Pick<Touch, 'state'>): boolean {
  return OPEN.has(state);
}

/** True where a task for the touch exists in HubSpot, or may: from its first claim on a create may have landed. */
export function mayHaveTask(touch: Touch): boolean {
  return touch.taskId !== null || touch.sentAt !== null;
}

/**
 * Marks the touch as done now; its task is completed in HubSpot at `notBefore`. One that was canceled or missed stays so,
 * whoever answers after all: "asked not to be called" still stands when the check-in is undone.
 */
export async function completeTouch(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  touch: Touch,
  notBefore: Date,
): Promise<void> {
  if (touch.state === 'canceled' || touch.state === 'missed') return;
  await deps.store.touches.update(scope, touch.touchId, { state: 'done', reason: 'answered' });
  if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'completeTask', touch, {}, notBefore);
}

/** Gives a touch back to the calls to be made. Where a create may have landed, it is looked for before another is sent. */
export async function reopenTouchRow(deps: Deps, scope: TenantScope, touch: Touch): Promise<void> {
  await deps.store.outbox.withdraw(scope, 'completeTask', touch.touchId);
  const unsent = mayHaveTask(touch) ? 'sending' : 'planned';
  const state = touch.taskId === null ? unsent : 'created';
  await deps.store.touches.update(scope, touch.touchId, { state, reason: null });
}

type TaskWrite = Extract<
  OutboxKind,
  'completeTask' | 'moveTask' | 'reopenTask' | 'archiveTask' | 'describeTask'
>;

/** Writes one change of the touch's task to the outbox. */
export async function addTaskWrite(
  deps: Deps,
  scope: TenantScope,
  kind: TaskWrite,
  touch: Touch,
  payload: Readonly<Record<string, unknown>>,
  notBefore: Date,
): Promise<void> {
  await deps.store.outbox.add(scope, newTaskWrite(deps, kind, touch, payload, notBefore));
}

/** One change of the touch's task, for the outbox. */
export function newTaskWrite(
  deps: Deps,
  kind: TaskWrite,
  touch: Touch,
  payload: Readonly<Record<string, unknown>>,
  notBefore: Date,
): NewOutboxRow {
  return {
    outboxId: deps.ids.uuid(),
    kind,
    subject: touch.touchId,
    key: `${kind}:${touch.touchId}`,
    payload,
    notBefore,
  };
}

/** The company's properties are written again, from what is true then: one row however often it is asked for. */
export function newPropertiesWrite(deps: Deps, companyId: CompanyId, notBefore: Date): NewOutboxRow {
  return {
    outboxId: deps.ids.uuid(),
    kind: 'companyProperties',
    subject: companyId,
    key: `properties:${companyId}`,
    payload: {},
    notBefore,
  };
}
