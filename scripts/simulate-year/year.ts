/** Four quarters of one team, judged by the product's own comparison, measurement, counts and test. */
import type { CountedCheckIn } from '../../src/core/comparison/aggregates.ts';
import { totalsOfRep } from '../../src/core/comparison/aggregates.ts';
import { measureRecall, recallSample, type RecallSample } from '../../src/core/comparison/calibration.ts';
import { NO_LATER_EVIDENCE, settleFinding, type SettledFinding } from '../../src/core/comparison/explain.ts';
import { COUNTED_DAYS, type Settings } from '../../src/core/comparison/settings.ts';
import { honestRates } from '../../src/core/comparison/simulated-rates.ts';
import { testTeam } from '../../src/core/comparison/team-test.ts';
import { createRandom, sampled, type Random } from '../../src/core/random.ts';
import { hear, type Heard } from './account.ts';
import type { Rep, RepState, Team } from './teams.ts';

export const CYCLES = 4;
const SIMULATED_DRAWS = 2_000;
const USUAL_TOUCHES = 4;

/** What became of one rep in a year. */
export type RepYear = {
  readonly repId: string;
  readonly state: RepState;
  /** Comparable check-ins of the year. */
  readonly comparable: number;
  /** First firm differences, before anything explained them. */
  readonly firstFirm: number;
  /** Firm differences that a second contact took back. */
  readonly cleared: number;
  /** Cycle (1 to 4) in which a pattern was found, and check-ins heard by then; null where none was. */
  readonly flagged: { readonly cycle: number; readonly checkIns: number } | null;
};

export type TeamYear = {
  readonly name: string;
  readonly reps: readonly RepYear[];
  /** Cycles of the year in which the team showed a pattern. */
  readonly cyclesWithPattern: number;
};

type HeardIn = Heard & { readonly repId: string; readonly cycle: number };

/** Returns a team's year. No rep ever replies: silence, the worst case for honest ones. */
export function simulateYear(team: Team, seed: string): TeamYear {
  const random = createRandom(`${seed}/${team.name}/year`);
  const heard: HeardIn[] = [];
  const samples: RecallSample[] = [];
  const flagged = new Map<string, { cycle: number; checkIns: number }>();
  let cyclesWithPattern = 0;
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    const { settings } = measureRecall(samples);
    const ofCycle = team.reps.flatMap((rep) => hearAll(team, rep, cycle, settings, random));
    heard.push(...ofCycle);
    samples.push(...ofCycle.flatMap(({ first }) => recallSample(first.inputs) ?? []));
    const found = patternsIn(team, heard, cycle, settings);
    if (found.length > 0) cyclesWithPattern += 1;
    for (const repId of found) {
      if (flagged.has(repId)) continue;
      flagged.set(repId, { cycle, checkIns: heard.filter((one) => one.repId === repId).length });
    }
  }
  const reps = team.reps.map((rep) => repYear(rep, heard, flagged.get(rep.repId) ?? null));
  return { name: team.name, reps, cyclesWithPattern };
}

function hearAll(team: Team, rep: Rep, cycle: number, settings: Settings, random: Random): HeardIn[] {
  return sampled(rep.accounts, team.checkInsPerRep, random).map((account) => ({
    ...hear(account, team, settings, random),
    repId: rep.repId,
    cycle,
  }));
}

/** The quarter's test, as the product makes it: rolling counts, base rate by simulation, support by a second memory. */
function patternsIn(team: Team, heard: readonly HeardIn[], cycle: number, settings: Settings): string[] {
  const { firm } = honestRates(settings, USUAL_TOUCHES, SIMULATED_DRAWS, `${team.name}/${cycle}`);
  const counts = team.reps.map(({ repId }) => {
    const own = heard.filter((one) => one.repId === repId);
    return totalsOfRep(
      repId,
      own.map((one) => countedOf(one, own)),
      cycle,
    );
  });
  return testTeam(counts, firm).flatMap(({ repId, isPattern }) => (isPattern ? [repId] : []));
}

function settledOf(one: HeardIn, own: readonly HeardIn[]): SettledFinding {
  const isFirmAgainLater = own.some(
    (other) =>
      other.companyId === one.companyId && other.cycle > one.cycle && other.first.verdict === 'DIFFERS_FIRM',
  );
  return settleFinding(one.first, { ...NO_LATER_EVIDENCE, secondContact: one.second, isFirmAgainLater });
}

function countedOf(one: HeardIn, own: readonly HeardIn[]): CountedCheckIn {
  const settled = settledOf(one, own);
  const { claims, recency, count } = one.first.inputs;
  const days = claims.filter(({ contact, ageDays }) => contact === 'respondent' && ageDays <= COUNTED_DAYS);
  return {
    companyId: one.companyId,
    cycle: one.cycle,
    isDrawnOrCensus: true,
    areBothItemsAnswered: recency !== null && recency !== 'DK' && count !== null && count !== 'DK',
    verdict: settled.verdict,
    respondentTouchDays: new Set(days.map(({ ageDays }) => ageDays)).size,
    isReplyWindowOver: true,
    isSupported: settled.supported,
    weight: 1,
  };
}

function repYear({ repId, state }: Rep, heard: readonly HeardIn[], flagged: RepYear['flagged']): RepYear {
  const own = heard.filter((one) => one.repId === repId);
  const firm = own.filter(({ first }) => first.verdict === 'DIFFERS_FIRM');
  return {
    repId,
    state,
    comparable: totalsOfRep(
      repId,
      own.map((one) => countedOf(one, own)),
      CYCLES,
    ).n,
    firstFirm: firm.length,
    cleared: firm.filter((one) => settledOf(one, own).verdict === 'EXPLAINED').length,
    flagged,
  };
}
