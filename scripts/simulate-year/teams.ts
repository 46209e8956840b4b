/** Generated teams whose true state is known. Every number here is an assumption. */
import type { RecallModel } from '../../src/core/comparison/simulator.ts';
import { createRandom, type Random } from '../../src/core/random.ts';
import type { Account, Surroundings } from './account.ts';

/** How a rep really works. Shares are of accounts (neglects) or of single calls (sprinkles). */
export const REP_STATES = {
  honest: { neglectedAccounts: 0, sprinkledCalls: 0 },
  neglectsTenth: { neglectedAccounts: 0.1, sprinkledCalls: 0 },
  neglectsFifth: { neglectedAccounts: 0.2, sprinkledCalls: 0 },
  neglectsHalf: { neglectedAccounts: 0.5, sprinkledCalls: 0 },
  sprinklesFifth: { neglectedAccounts: 0, sprinkledCalls: 0.2 },
} as const;
export type RepState = keyof typeof REP_STATES;

export type Rep = {
  readonly repId: string;
  readonly state: RepState;
  readonly accounts: readonly Account[];
};

export type Team = Surroundings & {
  readonly name: string;
  readonly reps: readonly Rep[];
  /** Check-ins heard a rep and quarter, at most all accounts. */
  readonly checkInsPerRep: number;
};

const FEWEST_REPS = 3;
const MOST_REPS = 12;
const ACCOUNTS = [20, 40, 60] as const;
const CHECK_INS = [12, 20, 30] as const;
/** Without any machine record nothing is measured and nothing but memory can speak for a rep. */
const CONFIRMED_SHARES = [0, 0.1, 0.25] as const;
const MEAN_TOUCHES = [2, 3, 5, 8] as const;
const OTHER_STATES = ['neglectsTenth', 'neglectsFifth', 'neglectsHalf', 'sprinklesFifth'] as const;
/** In a mixed team about two reps in three are honest. */
const HONEST_SHARE = 2 / 3;

/** Returns a team by its name and seed; its customers' memory lies anywhere in the box of the bars. */
export function drawTeam(name: string, seed: string, isAllHonest: boolean): Team {
  const random = createRandom(`${seed}/${name}`);
  const size = FEWEST_REPS + random.below(MOST_REPS - FEWEST_REPS + 1);
  const accounts = pick(ACCOUNTS, random);
  const reps = Array.from({ length: size }, (_, index): Rep => {
    const isHonest = isAllHonest || random.uniform() < HONEST_SHARE;
    const state = isHonest ? 'honest' : pick(OTHER_STATES, random);
    return drawRep(`${name}/rep${index + 1}`, state, accounts, random);
  });
  return {
    name,
    reps,
    recall: drawRecall(random),
    confirmedShare: pick(CONFIRMED_SHARES, random),
    checkInsPerRep: Math.min(accounts, pick(CHECK_INS, random)),
  };
}

function drawRep(repId: string, state: RepState, count: number, random: Random): Rep {
  const { neglectedAccounts, sprinkledCalls } = REP_STATES[state];
  const neglected = Math.round(neglectedAccounts * count);
  const accounts = Array.from({ length: count }, (_, index) => ({
    companyId: `${repId}/${index + 1}`,
    meanTouches: pick(MEAN_TOUCHES, random),
    tookPlace: index < neglected ? 0 : 1 - sprinkledCalls,
  }));
  return { repId, state, accounts };
}

function drawRecall(random: Random): RecallModel {
  return {
    forget: pick([0.1, 0.25], random),
    colleague: pick([0, 0.1], random),
    sigma: pick([0.3, 0.45, 0.7], random),
    delta: pick([0, 0.5, 1], random),
    rho: pick([0, 0.1], random),
  };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)] as Item;
}
