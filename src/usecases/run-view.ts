import { runMessage } from '../core/wording.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** How far the quarter's tasks are, in numbers and in one sentence. */
export async function runView(deps: Deps, scope: TenantScope, context: PortalContext) {
  const { portal, cycle } = context;
  const counts = await deps.store.touches.countByState(scope, cycle.label);
  const created = counts.created + counts.done;
  const left = counts.planned + counts.sending;
  const state = stateOf(context, counts.sending);
  return {
    state,
    planned: Object.values(counts).reduce((sum, count) => sum + count, 0),
    created,
    left,
    parked: counts.parked,
    done: created,
    ratePerMinute: null,
    expectedEndAt: null,
    lastRunAt: portal.plannedAt?.toISOString() ?? null,
    message: runMessage(state, created, left),
  };
}

function stateOf({ portal }: PortalContext, sending: number): 'idle' | 'reading' | 'planning' | 'creating' {
  if (portal.readCursor !== null || portal.companiesReadAt === null) return 'reading';
  if (portal.planRequestedAt !== null) return 'planning';
  return sending > 0 ? 'creating' : 'idle';
}
