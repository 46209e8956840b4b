import { plannerPanel, recallPanel, type Panel } from '../core/method-wording.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

type Team = { readonly reps: number; readonly customers: number; readonly capacity: number };

/** What the settings page tells of the method: what was measured here, and what this team's calls can find. */
export async function methodPanels(deps: Deps, scope: TenantScope, team: Team) {
  const measured = await deps.store.recall.newest(scope);
  const firmShare = measured?.honest.firm ?? 0;
  return {
    recall: mutable(recallPanel(measured)),
    planner: mutable(plannerPanel({ ...team, firmShare })),
  };
}

function mutable({ note, facts }: Panel) {
  return { note, facts: facts.map((fact) => ({ ...fact })) };
}
