import type { LocalDay, UserId } from '../core/model.ts';
import type { CycleDays } from '../core/cadence/cycle.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** The callers' load while a plan adds to it: the spread's `existingLoad`. */
export type GrowingLoad = Map<string, Map<LocalDay, number>>;

/** How many touches of the cycle each caller has on each day. */
export async function loadOfCallers(
  deps: Deps,
  scope: TenantScope,
  cycle: Pick<CycleDays, 'label'>,
): Promise<GrowingLoad> {
  const load: GrowingLoad = new Map();
  for (const { callerUserId, dueOn, touches } of await deps.store.touches.load(scope, cycle.label))
    addToLoad(load, callerUserId, dueOn, touches);
  return load;
}

/** Counts touches that were just planned into the load. */
export function addToLoad(load: GrowingLoad, callerUserId: UserId, dueOn: LocalDay, touches = 1): void {
  const days = load.get(String(callerUserId)) ?? new Map<LocalDay, number>();
  load.set(String(callerUserId), days.set(dueOn, (days.get(dueOn) ?? 0) + touches));
}
