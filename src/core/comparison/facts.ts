/** What the decision table asks about: the claims counted by touch-days, and the conflicts. */
import type { Claim } from './claim.ts';
import { isMachineConfirmed } from './claim.ts';
import type { ComparisonInputs } from './finding.ts';
import { fewestTouchDays, NEVER_EDGE_DAYS, recallChance } from './recall-chance.ts';
import type { Settings } from './settings.ts';
import { COUNTED_DAYS, LOOK_BACK_DAYS } from './settings.ts';
import type { CountRange, Flag, DayRange } from './statement.ts';
import { countBand, recencyBand } from './statement.ts';

/** Recency answers of this age or older are "three months ago or more". */
export const LONG_AGO_DAYS = 91;

/** One look at the inputs, in the letters of the method: A, L, R are sets of ages in days, ascending. */
export type Facts = {
  readonly inputs: ComparisonInputs;
  readonly settings: Settings;
  readonly recency: DayRange | null;
  readonly count: CountRange | null;
  /** A: all touch-days up to 182 days. */
  readonly touchDays: readonly number[];
  /** K: how many of A are 90 days old or younger. */
  readonly recentTouchDays: number;
  /** L: live touch-days up to 90 days, with anyone there. */
  readonly liveDays: readonly number[];
  /** R: live touch-days up to 90 days with the respondent. */
  readonly respondentDays: readonly number[];
  readonly severalOwners: boolean;
  /** A trace, or a machine-confirmed claim up to 90 days with anyone there. */
  readonly recordShowsContact: boolean;
  readonly conflictWithLive: boolean;
  readonly conflictWithRespondent: boolean;
  readonly recencyConflict: boolean;
  readonly countConflict: boolean;
  readonly kMin: number | null;
  /** Recall chance over R; null unless the customer answered "three months ago or more" against R. */
  readonly mu: number | null;
};

/** Returns the facts of one comparison; claims outside 0 to 182 days are left out. */
export function readFacts(inputs: ComparisonInputs, settings: Settings): Facts {
  const log = readLog(inputs.claims);
  const { liveDays, respondentDays } = log;
  const recency = recencyBand(inputs.recency);
  const count = countBand(inputs.count);
  const recencyConflict = hasRecencyConflict(recency, respondentDays);
  const countConflict = hasCountConflict(count, respondentDays);
  const conflictWithRespondent = recencyConflict || countConflict;
  return {
    inputs,
    settings,
    recency,
    count,
    touchDays: log.touchDays,
    recentTouchDays: log.touchDays.filter((age) => age <= COUNTED_DAYS).length,
    liveDays,
    respondentDays,
    severalOwners: log.owners.size > 1,
    recordShowsContact: log.hasConfirmed || inputs.flags.includes('trace'),
    conflictWithLive: hasRecencyConflict(recency, liveDays) || hasCountConflict(count, liveDays),
    conflictWithRespondent,
    recencyConflict,
    countConflict,
    kMin: fewestTouchDays(settings),
    mu: conflictWithRespondent ? chanceOf(recency, respondentDays, settings) : null,
  };
}

/** Returns true when the statement carries the mark. */
export function hasFlag(facts: Facts, flag: Flag): boolean {
  return facts.inputs.flags.includes(flag);
}

/** RC: the answer lies at least three times as far back as the newest touch, which is 44 days old at most. */
export function hasRecencyConflict(recency: DayRange | null, days: readonly number[]): boolean {
  const newest = days[0];
  if (recency === null || newest === undefined) return false;
  const { earliestDays } = recency;
  return earliestDays >= 61 && newest <= 44 && 3 * (newest + 1) <= Math.min(earliestDays, NEVER_EDGE_DAYS);
}

/** CC: none recalled against two or more, or one or two recalled against at least four times as many (and six). */
export function hasCountConflict(count: CountRange | null, days: readonly number[]): boolean {
  if (count === null) return false;
  if (count.atMost === 0) return days.length >= 2;
  return count.atMost <= 2 && days.length >= 6 && 4 * count.atMost <= days.length;
}

/** The claims counted by touch-days, in one pass: this runs once for every check-in ever compared. */
function readLog(claims: readonly Claim[]) {
  const all: number[] = [];
  const live: number[] = [];
  const withRespondent: number[] = [];
  const owners = new Set<string>();
  let hasConfirmed = false;
  for (const claim of claims) {
    const { ageDays } = claim;
    if (ageDays < 0 || ageDays > LOOK_BACK_DAYS) continue;
    all.push(ageDays);
    if (ageDays > COUNTED_DAYS) continue;
    if (isMachineConfirmed(claim)) hasConfirmed = true;
    if (claim.outcome !== 'live') continue;
    live.push(ageDays);
    if (claim.contact !== 'respondent') continue;
    withRespondent.push(ageDays);
    if (claim.owner !== undefined) owners.add(claim.owner);
  }
  return {
    touchDays: differentDays(all),
    liveDays: differentDays(live),
    respondentDays: differentDays(withRespondent),
    owners,
    hasConfirmed,
  };
}

function differentDays(ageDays: number[]): number[] {
  ageDays.sort((left, right) => left - right);
  return ageDays.filter((age, index) => age !== ageDays[index - 1]);
}

function chanceOf(recency: DayRange | null, days: readonly number[], settings: Settings): number | null {
  if (recency === null || recency.earliestDays < LONG_AGO_DAYS) return null;
  return recallChance(days, recency.earliestDays, settings);
}
