import { randomUUID } from 'node:crypto';
import { compare } from '../../src/core/comparison/compare.ts';
import type { Claim } from '../../src/core/comparison/claim.ts';
import { CAUTIOUS_SETTINGS } from '../../src/core/comparison/settings.ts';
import type { CheckIn } from '../../src/usecases/records.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import { anAnswer, COMPANY, CYCLE, DANA, FORGOT, MANAGER, REP, type World } from './world.ts';

/** Live touches with the respondent that the rep logged, by their ages in days. */
export function touchesOf(ageDays: readonly number[], change: Partial<Claim> = {}): readonly Claim[] {
  return ageDays.map((age) => ({
    ageDays: age,
    outcome: 'live',
    tier: 1,
    contact: 'respondent',
    owner: REP.ownerId,
    ...change,
  }));
}

/** A check-in that was compared already, with the finding that its claims and answers make under the cautious settings. */
export async function addCompared(
  world: World,
  claims: readonly Claim[],
  checkInChange: Partial<CheckIn> = {},
  findingChange: { settledAt?: Date; replyUntil?: string; supported?: boolean } = {},
): Promise<FindingRow> {
  const checkIn = comparedCheckIn(world, checkInChange);
  const { recall } = checkIn;
  const finding = compare(
    { claims, recency: recall?.recency ?? null, count: recall?.count ?? null, flags: [] },
    CAUTIOUS_SETTINGS,
  );
  const findingId = randomUUID();
  return world.inside(async (scope) => {
    const { checkIns, findings } = world.store;
    await checkIns.add(scope, checkIn);
    await findings.add(scope, {
      findingId,
      checkInId: checkIn.checkInId,
      companyId: checkIn.companyId,
      repOwnerId: checkIn.repOwnerId ?? REP.ownerId,
      callerUserId: checkIn.callerUserId,
      nextTryAt: checkIn.savedAt,
    });
    await findings.saveResult(scope, findingId, {
      state: 'ready',
      result: finding,
      noticedOn: checkIn.happenedOn,
      firstSeverity: finding.severity,
      replyUntil: null,
      ...findingChange,
    });
    const row = await findings.find(scope, findingId);
    if (row === null) throw new Error('There is no such finding.');
    return row;
  });
}

function comparedCheckIn(world: World, change: Partial<CheckIn>): CheckIn {
  const { words, liked, inConfidence, happenedOn, channel } = anAnswer();
  const now = world.clock.now();
  return {
    checkInId: randomUUID(),
    companyId: COMPANY,
    touchId: randomUUID(),
    cycle: CYCLE,
    wave: 1,
    callerUserId: MANAGER.userId,
    respondentContactId: DANA,
    respondentName: 'Dana Ruiz',
    words,
    liked,
    inConfidence,
    coachingNote: null,
    happenedOn,
    channel,
    repOwnerId: REP.ownerId,
    listening: null,
    recall: FORGOT,
    savedAt: now,
    undoneAt: null,
    releasesAt: now,
    releasedAt: now,
    seenByRepAt: null,
    heardAtCompanyId: null,
    heardAsContactId: null,
    ...change,
  };
}
