import { businessDayFrom, businessDaysBetween } from '../core/cadence/business-days.ts';
import { respread } from '../core/cadence/respread.ts';
import type { DueSlot } from '../core/cadence/schedule.ts';
import type { PortalId } from '../core/model.ts';
import { loadOfCallers } from './callers-load.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch } from './records.ts';
import { addTaskWrite, dueAtOf, mayHaveTask, newPropertiesWrite } from './touch-outbox.ts';

const SLICE = 200;
const WORKDAYS_A_WEEK = 5;

/**
 * Gives calls that nobody made in time a day on which they can still be made in this cycle, up to what a caller can do a day. What
 * a person moved by hand stays, and so does everything where no business day is left.
 */
export async function respreadOverdue(deps: Deps, portalId: PortalId): Promise<void> {
  while (!deps.isStopping() && (await respreadSlice(deps, portalId)) === SLICE);
}

/** One transaction, the longest overdue first; returns how many touches got a new day. */
function respreadSlice(deps: Deps, portalId: PortalId): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    const { today, cycle, cal, settings } = context;
    const overdue = await deps.store.touches.overdue(scope, cycle.label, today, SLICE);
    if (overdue.length === 0) return 0;
    const slots = respread({
      overdue: overdue.map((touch) => ({
        touchId: touch.touchId,
        callerKey: String(touch.callerUserId),
        dueOn: touch.dueOn,
        half: touch.dueHalf,
        movedByPerson: touch.movedByPerson,
      })),
      days: businessDaysBetween(businessDayFrom(today, cal), cycle.endsOn, cal),
      existingLoad: await loadOfCallers(deps, scope, cycle),
      perDayCapacity: Math.ceil(settings.checkInsPerWeek / WORKDAYS_A_WEEK),
    });
    const moved = overdue.filter(({ touchId }) => slots.has(touchId));
    for (const touch of moved) await move(deps, scope, context, touch, slots.get(touch.touchId));
    await writeNextDue(deps, scope, context, moved);
    return slots.size;
  });
}

async function move(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  touch: Touch,
  slot: DueSlot | undefined,
): Promise<void> {
  if (slot === undefined) return;
  const change = { dueOn: slot.dueOn, dueHalf: slot.half };
  await deps.store.touches.update(scope, touch.touchId, change);
  if (!mayHaveTask(touch)) return;
  const payload = { dueAt: dueAtOf(context, { ...touch, ...change }).toISOString() };
  await addTaskWrite(deps, scope, 'moveTask', touch, payload, context.now);
}

/** The companies say the new day, too: once each, however many of its touches moved. */
async function writeNextDue(
  deps: Deps,
  scope: TenantScope,
  { now }: PortalContext,
  moved: readonly Touch[],
): Promise<void> {
  const companyIds = [...new Set(moved.map(({ companyId }) => companyId))];
  await deps.store.outbox.addMany(
    scope,
    companyIds.map((companyId) => newPropertiesWrite(deps, companyId, now)),
  );
}
