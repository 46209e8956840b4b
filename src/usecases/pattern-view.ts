import { doesPatternStand, isPatternExpired, patternPhase } from '../core/comparison/pattern.ts';
import { testTeam } from '../core/comparison/team-test.ts';
import { asUserId, type OwnerId, type PatternPhase, type PatternReader, type UserId } from '../core/model.ts';
import {
  conversationGuide,
  PATTERN_TITLE,
  patternFacts,
  patternNextStep,
  patternSentence,
} from '../core/pattern-wording.ts';
import type { Pattern, TestedRep, TestedTeam } from './pattern-port.ts';
import { callerOf, nameOfUser, ownerById, type Person, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { cycleNumber, firstOfWindow } from './rep-totals.ts';
import type { TenantScope } from './records.ts';
import { cycleDays, testedRep } from './test-teams.ts';

/** A pattern that stands, to one reader who may know of it. */
export type SeenPattern = {
  readonly pattern: Pattern;
  readonly reader: PatternReader;
  readonly phase: PatternPhase;
  readonly hasOpened: boolean;
  /** The rep's counts of today, and the team's of the test with them put in. */
  readonly counts: TestedRep;
  readonly team: TestedTeam;
  readonly simulatedRate: number;
};

/** Patterns that this person may know of now: as the rep, or as one of two managers once the rep's own days are over. */
export async function patternsFor(deps: Deps, scope: TenantScope, person: Person) {
  const seen = [];
  for (const pattern of await deps.store.patterns.all(scope)) {
    const one = await seePattern(deps, scope, person, pattern);
    if (one !== null) seen.push(await patternView(deps, scope, person, one));
  }
  return seen;
}

/** Returns the pattern as this person may see it; null for everyone else, and once it was explained or has expired. */
export async function seePattern(
  deps: Deps,
  scope: TenantScope,
  person: Person,
  pattern: Pattern,
): Promise<SeenPattern | null> {
  const reader = readerOf(person, pattern);
  const quarters = cycleNumber(person.cycle.label);
  if (reader === null || isPatternExpired(cycleNumber(pattern.cycle), quarters)) return null;
  const opened = await deps.store.patterns.openings(scope, pattern.patternId);
  const phase = patternPhase({
    isReplyWindowOver: person.today > pattern.replyUntil,
    managerUserId: managerNow(person, pattern),
    secondManagerUserId: person.settings.secondManagerUserId,
    repUserId: ownerById(person, pattern.repOwnerId)?.userId ?? null,
    openedBy: opened.map(({ userId }) => userId),
  });
  if (reader !== 'rep' && phase === 'repFirst') return null;
  const standing = await standingCounts(deps, scope, person, pattern);
  if (standing === null) return null;
  const hasOpened = opened.some(({ userId }) => userId === person.userId);
  return { pattern, reader, phase, hasOpened, ...standing };
}

function readerOf(person: Person, pattern: Pattern): PatternReader | null {
  if (person.owner?.ownerId === pattern.repOwnerId) return 'rep';
  if (person.userId === managerNow(person, pattern)) return 'manager';
  return person.settings.secondManagerUserId === person.userId ? 'secondManager' : null;
}

/** Whoever calls the rep's customers today: with the rep, the pattern passes to a new manager, who opens it anew. */
function managerNow(context: PortalContext, { repOwnerId }: Pattern): UserId {
  return callerOf(context, { ownerId: repOwnerId });
}

/** What was explained since the test takes a pattern back: the rep's counts of the same quarters are looked at again. */
async function standingCounts(deps: Deps, scope: TenantScope, context: PortalContext, pattern: Pattern) {
  const { cycle, repOwnerId, managerUserId } = pattern;
  const made = await deps.store.teamTests.made(scope);
  const result = made.find((test) => test.cycle === cycle)?.result;
  const team = result?.teams.find((one) => one.managerUserId === managerUserId);
  if (result === undefined || team === undefined) return null;
  const counts = await countsToday(deps, scope, context, cycle, repOwnerId);
  const now = { ...team, reps: team.reps.map((rep) => (rep.repId === repOwnerId ? counts : rep)) };
  if (!doesPatternStand(counts, team.reps, result.simulatedRate)) return null;
  return { counts, team: now, simulatedRate: result.simulatedRate };
}

async function countsToday(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  cycle: string,
  repOwnerId: OwnerId,
): Promise<TestedRep> {
  const first = firstOfWindow(cycleDays(cycle, context), context.settings.fiscalStartMonth);
  const compared = await deps.store.counts.compared(scope, [repOwnerId], first.label);
  const settled = compared.filter(({ severity, isSettled }) => severity === 0 || isSettled);
  return testedRep(settled, repOwnerId, cycle);
}

/** The pattern in words. Numbers, customers and guide only for the rep, and for two managers who have both opened it. */
export async function patternView(deps: Deps, scope: TenantScope, person: Person, seen: SeenPattern) {
  const { pattern, reader, phase } = seen;
  const isOpenToReader = reader === 'rep' || phase === 'open';
  const names = namesOf(person, pattern, phase);
  return {
    patternId: pattern.patternId,
    reader,
    phase,
    title: PATTERN_TITLE,
    quarter: pattern.cycle,
    repName: names.repName,
    sentence: patternSentence(phase, reader, { ...names, replyUntil: pattern.replyUntil }),
    nextStep: patternNextStep(reader, phase),
    replyUntil: pattern.replyUntil,
    facts: isOpenToReader ? factsOf(seen) : [],
    customers: isOpenToReader ? await customersOf(deps, scope, seen.counts) : [],
    guide: isOpenToReader ? conversationGuide(names) : [],
    canOpen: reader !== 'rep' && phase === 'waiting' && !seen.hasOpened,
  };
}

function namesOf(person: Person, pattern: Pattern, phase: PatternPhase) {
  const { secondManagerUserId } = person.settings;
  const isNamed = secondManagerUserId !== null && phase !== 'needsSecondManager';
  return {
    repName: ownerById(person, pattern.repOwnerId)?.name ?? 'The rep',
    managerName: nameOfUser(person, managerNow(person, pattern)),
    secondManagerName: isNamed ? nameOfUser(person, asUserId(secondManagerUserId)) : null,
  };
}

function factsOf({ counts, team, simulatedRate }: SeenPattern) {
  const tested = testTeam(team.reps, simulatedRate).find(({ repId }) => repId === counts.repId);
  return patternFacts({
    n: counts.n,
    x: counts.x,
    companies: counts.firmCompanyIds.length,
    supported: counts.supportedCompanyIds.length,
    pValue: tested?.pValue ?? 1,
    simulatedRate,
  }).map((fact) => ({ ...fact }));
}

async function customersOf(deps: Deps, scope: TenantScope, counts: TestedRep): Promise<string[]> {
  const companies = await deps.store.companies.findMany(scope, counts.firmCompanyIds);
  return companies.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en'));
}
