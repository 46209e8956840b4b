import { driftOf } from '../core/comparison/drift.ts';
import type { OwnerId } from '../core/model.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

/** Reps whose share without differences has been falling slowly, by the quarters as each was tested. For rep and manager only. */
export async function driftingReps(deps: Deps, scope: TenantScope): Promise<ReadonlySet<OwnerId>> {
  const cyclesOf = new Map<OwnerId, { credits: number; n: number }[]>();
  for (const { result } of await deps.store.teamTests.made(scope)) {
    for (const { repId, cycleCredits, cycleComparable } of result.teams.flatMap(({ reps }) => reps)) {
      const cycles = cyclesOf.get(repId) ?? [];
      cyclesOf.set(repId, [...cycles, { credits: cycleCredits, n: cycleComparable }]);
    }
  }
  const drifting = [...cyclesOf].filter(([, cycles]) => driftOf(cycles).isSignaled);
  return new Set(drifting.map(([ownerId]) => ownerId));
}
