import type { LocalDay } from '../core/model.ts';
import type { CallerLoad } from '../core/cadence/schedule.ts';
import type { CycleDays } from '../core/cadence/cycle.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** How many touches of the cycle each caller has on each day. */
export async function loadOfCallers(
  deps: Deps,
  scope: TenantScope,
  cycle: Pick<CycleDays, 'label'>,
): Promise<CallerLoad> {
  const byCaller = new Map<string, Map<LocalDay, number>>();
  for (const { callerUserId, dueOn, touches } of await deps.store.touches.load(scope, cycle.label)) {
    const days = byCaller.get(String(callerUserId)) ?? new Map<LocalDay, number>();
    byCaller.set(String(callerUserId), days.set(dueOn, touches));
  }
  return byCaller;
}
