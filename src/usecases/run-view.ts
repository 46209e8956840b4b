import { PACE_WINDOW_MS, paceOf, restOf } from '../core/cadence/run-pace.ts';
import { restMessage } from '../core/run-wording.ts';
import { runMessage } from '../core/wording.ts';
import type { PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** How far the quarter's tasks are, in numbers and in one sentence. */
export async function runView(deps: Deps, scope: TenantScope, context: PortalContext) {
  const { portal, cycle, now } = context;
  const { touches } = deps.store;
  const counts = await touches.countByState(scope, cycle.label);
  const since = new Date(now.getTime() - PACE_WINDOW_MS);
  const figures = await touches.runFigures(scope, cycle.label, now, since);
  const { ratePerMinute, expectedEndAt } = paceOf(figures, now);
  const created = counts.created + counts.done;
  const left = counts.planned + counts.sending;
  const rest = restOf(await touches.runTrouble(scope, cycle.label), figures);
  const state = stateOf(context, figures.leftNow);
  const going = runMessage(state, created, state === 'creating' ? figures.leftNow : left, ratePerMinute);
  return {
    state: rest === null ? state : ('paused' as const),
    planned: Object.values(counts).reduce((sum, count) => sum + count, 0),
    created,
    left,
    parked: counts.parked,
    done: created,
    leftNow: figures.leftNow,
    ratePerMinute,
    expectedEndAt: expectedEndAt?.toISOString() ?? null,
    lastRunAt: portal.plannedAt?.toISOString() ?? null,
    message: rest === null ? going : restMessage(rest, created, left),
  };
}

/** Tasks are made while later customers are still read and planned: what can be seen to move is told first. */
function stateOf({ portal }: PortalContext, leftNow: number): 'idle' | 'reading' | 'planning' | 'creating' {
  if (leftNow > 0 && portal.startedAt !== null) return 'creating';
  if (portal.readCursor !== null || portal.companiesReadAt === null) return 'reading';
  return portal.planRequestedAt === null ? 'idle' : 'planning';
}
