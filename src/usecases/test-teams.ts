import { isNewPattern } from '../core/comparison/pattern.ts';
import { testTeam } from '../core/comparison/team-test.ts';
import { lastDayOfWindow } from '../core/cadence/business-days.ts';
import { addDays } from '../core/cadence/calendar.ts';
import { cycleOf } from '../core/cadence/cycle.ts';
import type { CycleLabel, LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { JobDeed } from './audit-jobs.ts';
import type { ComparedCheckIn } from './counts-port.ts';
import type { TestedRep, TestedTeam } from './pattern-port.ts';
import { calendarOfRep } from './leave.ts';
import { callerOf, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { creditsOf, firstOfWindow, hadTheirSay, totalsFrom } from './rep-totals.ts';
import type { TenantScope } from './records.ts';

const MONTHS_PER_CYCLE = 3;

/** Asks for the test of the quarter in which a compared conversation was held: once, when its reply windows are over. */
export async function wantTeamTest(
  deps: Deps,
  scope: TenantScope,
  { settings, cal }: PortalContext,
  heldOn: LocalDay,
): Promise<void> {
  const { label, endsOn } = cycleOf(heldOn, settings.fiscalStartMonth);
  const windowEnds = lastDayOfWindow(endsOn, settings.replyWindowBusinessDays, cal);
  await deps.store.teamTests.want(scope, label, addDays(windowEnds, 1));
}

/**
 * Tests every team, once a quarter, on what is settled by then: looking more often would find more by chance alone. A pattern
 * goes to its rep first; it expires with the differences behind it. Returns what to audit: the tests, and each pattern that was
 * found or has expired.
 */
export async function testDueTeams(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
): Promise<readonly JobDeed[]> {
  const deeds: JobDeed[] = [];
  for (const cycle of await deps.store.teamTests.due(scope, context.today)) {
    deeds.push(...(await testTeamsOf(deps, scope, context, cycle)));
  }
  return deeds;
}

async function testTeamsOf(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  cycle: CycleLabel,
): Promise<readonly JobDeed[]> {
  const first = firstOfWindow(cycleDays(cycle, context), context.settings.fiscalStartMonth);
  const ownerIds = context.owners.map(({ ownerId }) => ownerId);
  const compared = await deps.store.counts.compared(scope, ownerIds, first.label);
  const settled = hadTheirSay(compared);
  const simulatedRate = (await deps.store.recall.newest(scope))?.honest.firm ?? 0;
  const teams = teamsOf(context, settled, cycle);
  await deps.store.teamTests.save(scope, cycle, { simulatedRate, teams }, context.now);
  const expired = await deps.store.patterns.removeBefore(scope, first.label);
  const found: string[] = [];
  for (const team of teams) {
    found.push(...(await openPatterns(deps, scope, context, { cycle, team, simulatedRate })));
  }
  return [
    ...expired.map((subject) => ({ action: 'removePattern', subject, outcome: 'expired' })),
    ...found.map((subject) => ({ action: 'addPattern', subject, outcome: 'found' })),
    { action: 'testTeams', subject: cycle, outcome: 'done' },
  ];
}

/** The quarter of a label: any day of it tells. */
export function cycleDays(cycle: CycleLabel, { settings }: PortalContext) {
  const [year = '1970', quarter = '1'] = cycle.split('-Q');
  const monthsIn = settings.fiscalStartMonth - 1 + (Number(quarter) - 1) * MONTHS_PER_CYCLE;
  const month = String((monthsIn % 12) + 1).padStart(2, '0');
  const startYear = Number(year) + Math.floor(monthsIn / 12);
  return cycleOf(`${startYear}-${month}-01`, settings.fiscalStartMonth);
}

/** Reps by the manager who calls their customers, in the order of the owners: never by a number. */
function teamsOf(
  context: PortalContext,
  settled: readonly ComparedCheckIn[],
  cycle: CycleLabel,
): TestedTeam[] {
  const reps = new Map<UserId, TestedRep[]>();
  for (const { ownerId } of context.owners) {
    const tested = testedRep(settled, ownerId, cycle);
    if (tested.n === 0) continue;
    const managerUserId = callerOf(context, { ownerId });
    reps.set(managerUserId, [...(reps.get(managerUserId) ?? []), tested]);
  }
  return [...reps].map(([managerUserId, team]) => ({ managerUserId, reps: team }));
}

/** Returns a rep's rolling counts with the credits of the quarter alone. */
export function testedRep(
  settled: readonly ComparedCheckIn[],
  ownerId: OwnerId,
  cycle: CycleLabel,
): TestedRep {
  const { n, x, firmCompanyIds, supportedCompanyIds } = totalsFrom(settled, ownerId, cycle);
  const ofCycle = creditsOf(settled, ownerId, cycle);
  return {
    repId: ownerId,
    n,
    x,
    firmCompanyIds: firmCompanyIds as TestedRep['firmCompanyIds'],
    supportedCompanyIds: supportedCompanyIds as TestedRep['supportedCompanyIds'],
    cycleCredits: ofCycle.credits,
    cycleComparable: ofCycle.n,
  };
}

type Tested = { readonly cycle: CycleLabel; readonly team: TestedTeam; readonly simulatedRate: number };

/** Returns the ids of the patterns that were added. */
async function openPatterns(
  deps: Deps,
  scope: TenantScope,
  context: PortalContext,
  { cycle, team, simulatedRate }: Tested,
): Promise<readonly string[]> {
  const added: string[] = [];
  const found = testTeam(team.reps, simulatedRate).filter(({ isPattern }) => isPattern);
  const known = found.length === 0 ? [] : await deps.store.patterns.all(scope);
  for (const { repId } of found) {
    const counts = team.reps.find((rep) => rep.repId === repId);
    if (counts === undefined) continue;
    const earlier = known.filter(({ repOwnerId }) => repOwnerId === counts.repId).map((one) => one.counts);
    if (!isNewPattern(counts.firmCompanyIds, earlier)) continue;
    const cal = await calendarOfRep(deps, scope, context, counts.repId, context.today);
    const patternId = deps.ids.uuid();
    await deps.store.patterns.add(scope, {
      patternId,
      repOwnerId: counts.repId,
      managerUserId: team.managerUserId,
      cycle,
      noticedOn: context.today,
      replyUntil: lastDayOfWindow(context.today, context.settings.replyWindowBusinessDays, cal),
      counts,
    });
    added.push(patternId);
  }
  return added;
}
