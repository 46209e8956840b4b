import { driftOf } from '../core/comparison/drift.ts';
import type { OwnerId } from '../core/model.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

const NOT_TESTED = { credits: 0, n: 0 };

/**
 * Reps whose share without differences has been falling slowly, by the quarters as each was tested. For rep and manager only. A
 * quarter in which a rep was on no team counts as one with too few check-ins, so that an old fall is forgotten.
 */
export async function driftingReps(deps: Deps, scope: TenantScope): Promise<ReadonlySet<OwnerId>> {
  const tests = await deps.store.teamTests.made(scope);
  const quarters = tests.map(({ result }) => {
    const reps = result.teams.flatMap((team) => team.reps);
    return new Map(
      reps.map(({ repId, cycleCredits, cycleComparable }) => [
        repId,
        { credits: cycleCredits, n: cycleComparable },
      ]),
    );
  });
  const everyone = new Set(quarters.flatMap((quarter) => [...quarter.keys()]));
  const isDrifting = (repId: OwnerId) =>
    driftOf(quarters.map((quarter) => quarter.get(repId) ?? NOT_TESTED)).isSignaled;
  return new Set([...everyone].filter(isDrifting));
}
