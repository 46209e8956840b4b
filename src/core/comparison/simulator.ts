/**
 * A customer who forgets, a log, and what the customer answers: seeded, and judged by the product's own comparison.
 * The recall model is an assumption, not a measurement; every number in it is configuration.
 */
import { drawBeta, drawExponential, drawNormal, drawPoisson } from '../distributions.ts';
import type { Random } from '../random.ts';
import type { Claim } from './claim.ts';
import type { ComparisonInputs } from './finding.ts';
import { COUNTED_DAYS } from './settings.ts';
import type { Flag } from './statement.ts';
import { countOfContacts, recencyOfDays } from './statement.ts';

/** How customers recall contact. Chances are shares of 1. */
export type RecallModel = {
  /** Chance that a touch is forgotten. */
  readonly forget: number;
  /** Chance that a touch was held with a colleague although the log names the respondent. */
  readonly colleague: number;
  /** Standard deviation of ln(recalled age / true age). */
  readonly sigma: number;
  /** Share of customers who count by their (misdated) memory; the others misjudge the number itself. */
  readonly delta: number;
  /** Correlation of misses within one respondent. */
  readonly rho: number;
};

/** What surrounds the touches in a whole portal; absent for the bars, which look at the bare comparison. */
export type PortalExtras = {
  readonly otherContactShare: number;
  readonly confirmedShare: number;
  readonly dontKnowShare: number;
  readonly unsureShare: number;
  readonly staleShare: number;
  /** Chance of "a colleague handles this" when another contact was called and nothing is remembered. */
  readonly colleagueMarkShare: number;
  readonly meanUnloggedTouches: number;
};

export type Scenario = {
  /** Exactly so many logged touches, or a Poisson number of at least one with this mean. */
  readonly touches: { readonly exactly: number } | { readonly mean: number };
  /** Chance that a logged touch took place: 1 honest, 0.8 sprinkled, 0.5 half, 0 neglected. */
  readonly tookPlace: number;
  readonly recall: RecallModel;
  readonly extras: PortalExtras | null;
  /** Mean days beyond 90 since anyone was last seen, where nothing is remembered. */
  readonly meanGapDays: number;
};

/** The surroundings of the confusion matrix. */
export const REFERENCE_EXTRAS: PortalExtras = {
  otherContactShare: 0.15,
  confirmedShare: 0.25,
  dontKnowShare: 0.06,
  unsureShare: 0.06,
  staleShare: 0.02,
  colleagueMarkShare: 0.3,
  meanUnloggedTouches: 0,
};

export const REFERENCE_GAP_DAYS = 90;

/** Deviation of ln(recalled number / true number) of customers who misjudge the number. */
const COUNT_ERROR = 0.35;

type SimulatedLog = { readonly claims: readonly Claim[]; readonly rememberedAges: readonly number[] };

/** Returns q, the chance that one touch is missed. */
export function missChance({ forget, colleague }: Pick<RecallModel, 'forget' | 'colleague'>): number {
  return 1 - (1 - forget) * (1 - colleague);
}

/** Returns the inputs of one simulated check-in. */
export function simulateCheckIn(scenario: Scenario, random: Random): ComparisonInputs {
  const log = simulateLog(scenario, random);
  const answers = simulateAnswers(log.rememberedAges, scenario, random);
  const inputs = { claims: log.claims, ...answers, flags: [] };
  return scenario.extras === null ? inputs : withExtras(inputs, log, scenario.extras, random);
}

function simulateLog(scenario: Scenario, random: Random): SimulatedLog {
  const misses = missChanceOfPerson(scenario.recall, random);
  const claims: Claim[] = [];
  const rememberedAges: number[] = [];
  for (let left = touchCount(scenario.touches, random); left > 0; left -= 1) {
    const isReal = scenario.tookPlace === 1 || random.uniform() < scenario.tookPlace;
    const claim = simulateClaim(isReal, scenario.extras, random);
    claims.push(claim);
    if (isReal && claim.contact === 'respondent' && random.uniform() >= misses)
      rememberedAges.push(claim.ageDays);
  }
  const unlogged = scenario.extras?.meanUnloggedTouches ?? 0;
  for (let left = unlogged > 0 ? drawPoisson(unlogged, random) : 0; left > 0; left -= 1) {
    const ageDays = touchAge(random);
    if (random.uniform() >= misses) rememberedAges.push(ageDays);
  }
  return { claims, rememberedAges };
}

/** Returns how many touches a scenario's log holds. */
export function touchCount(touches: Scenario['touches'], random: Random): number {
  return 'exactly' in touches ? touches.exactly : Math.max(1, drawPoisson(touches.mean, random));
}

/** Returns the age of a touch, in days: any day of the last three months is as likely. */
export function touchAge(random: Random): number {
  return random.below(COUNTED_DAYS + 1);
}

function simulateClaim(isReal: boolean, extras: PortalExtras | null, random: Random): Claim {
  const ageDays = touchAge(random);
  if (extras === null) return { ageDays, outcome: 'live', tier: 1, contact: 'respondent' };
  const isOther = random.uniform() < extras.otherContactShare;
  const isConfirmed = isReal && random.uniform() < extras.confirmedShare;
  return { ageDays, outcome: 'live', tier: isConfirmed ? 3 : 1, contact: isOther ? 'other' : 'respondent' };
}

/** Returns one respondent's own miss chance: clustering spreads it around q with correlation rho. */
export function missChanceOfPerson(recall: RecallModel, random: Random): number {
  const q = missChance(recall);
  if (recall.rho === 0) return q;
  const spread = (1 - recall.rho) / recall.rho;
  return drawBeta(q * spread, (1 - q) * spread, random);
}

/** Returns the answers of one memory: one date error for all of it, since both come from the same person. */
export function simulateAnswers(
  rememberedAges: readonly number[],
  { recall, meanGapDays }: Pick<Scenario, 'recall' | 'meanGapDays'>,
  random: Random,
): Pick<ComparisonInputs, 'recency' | 'count'> {
  const dateFactor = Math.exp(recall.sigma * drawNormal(random));
  const recalledDays = (age: number) => Math.round(Math.max(age, 0.5) * dateFactor);
  const newest =
    rememberedAges.length > 0
      ? Math.min(...rememberedAges)
      : COUNTED_DAYS + 1 + drawExponential(meanGapDays, random);
  const recencyDays = recalledDays(newest);
  const contacts =
    random.uniform() < recall.delta
      ? contactsByMemory(rememberedAges, recencyDays, recalledDays)
      : Math.round(rememberedAges.length * Math.exp(COUNT_ERROR * drawNormal(random)));
  return { recency: recencyOfDays(recencyDays), count: countOfContacts(contacts) };
}

function contactsByMemory(
  rememberedAges: readonly number[],
  recencyDays: number,
  recalledDays: (age: number) => number,
): number {
  if (rememberedAges.length === 0) return recencyDays <= COUNTED_DAYS ? 1 : 0;
  return rememberedAges.filter((age) => recalledDays(age) <= COUNTED_DAYS).length;
}

function withExtras(
  inputs: ComparisonInputs,
  { claims, rememberedAges }: SimulatedLog,
  extras: PortalExtras,
  random: Random,
): ComparisonInputs {
  const mayPointElsewhere = rememberedAges.length === 0 && claims.some(({ contact }) => contact === 'other');
  const chances: [Flag, number][] = [
    ['unsure', extras.unsureShare],
    ['stale', extras.staleShare],
    ['colleague', mayPointElsewhere ? extras.colleagueMarkShare : 0],
  ];
  return {
    ...inputs,
    recency: random.uniform() < extras.dontKnowShare ? 'DK' : inputs.recency,
    count: random.uniform() < extras.dontKnowShare ? 'DK' : inputs.count,
    flags: chances.flatMap(([flag, chance]) => (random.uniform() < chance ? [flag] : [])),
  };
}
