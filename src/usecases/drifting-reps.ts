import { driftOf, type CycleCredit } from '../core/comparison/drift.ts';
import type { OwnerId } from '../core/model.ts';
import type { ComparedCheckIn } from './counts-port.ts';
import type { TeamTest } from './pattern-port.ts';
import type { Deps } from './ports.ts';
import { creditsOf } from './rep-totals.ts';
import type { TenantScope } from './records.ts';

const NOT_TESTED: CycleCredit = { credits: 0, n: 0 };
/** The first four are what is usual. */
const FEWEST_QUARTERS = 5;

/**
 * Which of these reps' share without differences has been falling slowly, by the quarters that were tested, each as it stands now: what
 * was explained since its test is in no count any more. For rep and manager only. A quarter in which a rep was on no team counts as
 * one with too few check-ins, so that an old fall is forgotten.
 */
export async function driftingReps(
  deps: Deps,
  scope: TenantScope,
  ownerIds: readonly OwnerId[],
): Promise<ReadonlySet<OwnerId>> {
  const tests = await deps.store.teamTests.made(scope);
  const first = tests[0];
  if (first === undefined || tests.length < FEWEST_QUARTERS) return new Set();
  const compared = await deps.store.counts.compared(scope, ownerIds, first.cycle);
  const isDrifting = (ownerId: OwnerId) => {
    const own = compared.filter(({ repOwnerId }) => repOwnerId === ownerId);
    return driftOf(tests.map((test) => creditNow(test, ownerId, own))).isSignaled;
  };
  return new Set(ownerIds.filter(isDrifting));
}

/** As the test kept it where none of its check-ins are there any more. */
function creditNow(
  { cycle, result }: TeamTest,
  ownerId: OwnerId,
  own: readonly ComparedCheckIn[],
): CycleCredit {
  const tested = result.teams.flatMap(({ reps }) => reps).find(({ repId }) => repId === ownerId);
  if (tested === undefined) return NOT_TESTED;
  if (own.some((one) => one.cycle === cycle)) return creditsOf(own, ownerId, cycle);
  return { credits: tested.cycleCredits, n: tested.cycleComparable };
}
