/** A pattern (severity 3) after the test that found it: who may open it, and whether it still stands. */
import type { PatternPhase } from '../model.ts';
import { ROLLING_CYCLES } from './aggregates.ts';
import { testTeam, type RepCounts } from './team-test.ts';

export type PatternState = {
  readonly isReplyWindowOver: boolean;
  readonly managerUserId: number;
  readonly secondManagerUserId: number | null;
  /** User of the rep the pattern is about; null where HubSpot has none. */
  readonly repUserId: number | null;
  readonly openedBy: readonly number[];
};

/** Returns the phase. A second manager must be a second person: neither the first one nor the rep. */
export function patternPhase(state: PatternState): PatternPhase {
  const { managerUserId, secondManagerUserId, repUserId, openedBy } = state;
  if (!state.isReplyWindowOver) return 'repFirst';
  const isSecondPerson = secondManagerUserId !== managerUserId && secondManagerUserId !== repUserId;
  if (secondManagerUserId === null || !isSecondPerson) return 'needsSecondManager';
  return openedBy.includes(managerUserId) && openedBy.includes(secondManagerUserId) ? 'open' : 'waiting';
}

/**
 * Returns true while the rep's counts of today, among the team's counts of the test, would still be a pattern: what was explained
 * since takes it back.
 */
export function doesPatternStand(
  today: RepCounts,
  team: readonly RepCounts[],
  simulatedRate: number,
): boolean {
  const now = team.map((rep) => (rep.repId === today.repId ? today : rep));
  return testTeam(now, simulatedRate).some(({ repId, isPattern }) => repId === today.repId && isPattern);
}

/** Returns true once a pattern has left every view: after four cycles, like the differences behind it. */
export function isPatternExpired(foundInCycle: number, currentCycle: number): boolean {
  return currentCycle - foundInCycle >= ROLLING_CYCLES;
}

/** Returns true where a pattern tells something that an earlier one of the same rep did not: another account. */
export function isNewPattern(
  firmCompanyIds: readonly string[],
  earlier: readonly { readonly firmCompanyIds: readonly string[] }[],
): boolean {
  return earlier.every((known) =>
    firmCompanyIds.some((companyId) => !known.firmCompanyIds.includes(companyId)),
  );
}
