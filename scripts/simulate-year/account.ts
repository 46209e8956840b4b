/** One account in one quarter: what was logged, what took place, and what two people there say when asked. */
import type { Claim } from '../../src/core/comparison/claim.ts';
import { compare } from '../../src/core/comparison/compare.ts';
import type { ComparisonInputs, Finding } from '../../src/core/comparison/finding.ts';
import type { Settings } from '../../src/core/comparison/settings.ts';
import type { RecallModel } from '../../src/core/comparison/simulator.ts';
import {
  missChanceOfPerson,
  REFERENCE_EXTRAS,
  REFERENCE_GAP_DAYS,
  simulateAnswers,
  touchAge,
  touchCount,
} from '../../src/core/comparison/simulator.ts';
import type { Flag } from '../../src/core/comparison/statement.ts';
import type { Random } from '../../src/core/random.ts';

export type Account = {
  readonly companyId: string;
  /** Mean logged touches a quarter. */
  readonly meanTouches: number;
  /** Chance that a logged touch took place: 1 served, 0 neglected. */
  readonly tookPlace: number;
};

export type Surroundings = {
  readonly recall: RecallModel;
  /** Share of real touches that a machine recorded. */
  readonly confirmedShare: number;
};

/** What was found of one check-in, and of the second contact where one was asked. */
export type Heard = {
  readonly companyId: string;
  readonly first: Finding;
  readonly second: Finding | null;
};

/** A logged touch, and what nobody can tell from the log: whether it took place. */
export type Touch = {
  readonly ageDays: number;
  readonly isReal: boolean;
  readonly tier: 1 | 3;
  readonly withFirst: boolean;
  readonly withSecond: boolean;
};

/** The two people at an account who may be asked. */
export type Person = 'withFirst' | 'withSecond';
export type Statement = Pick<ComparisonInputs, 'recency' | 'count' | 'flags'>;

/** Assumptions about second contacts, like the recall model's: not measurements. */
const SHARE_WITH_BOTH = 0.3;
export const SECOND_REACHED = 0.7;
const RULES_THAT_PROPOSE = ['R10', 'R13', 'R14'];

/** Returns what a check-in at the account brings; a second contact is asked where the product proposes one and reached. */
export function hear(
  account: Account,
  surroundings: Surroundings,
  settings: Settings,
  random: Random,
): Heard {
  const touches = drawTouches(account, surroundings, random);
  const ask = (who: Person) => {
    const statement = stateAs(touches, who, surroundings.recall, random);
    return compare({ claims: touches.map((touch) => claimOf(touch, who)), ...statement }, settings);
  };
  const first = ask('withFirst');
  const isAsked = RULES_THAT_PROPOSE.includes(first.rule) && random.uniform() < SECOND_REACHED;
  return { companyId: account.companyId, first, second: isAsked ? ask('withSecond') : null };
}

/** Returns the touches of three months that an account's log shows. */
export function drawTouches(account: Account, { confirmedShare }: Surroundings, random: Random): Touch[] {
  return Array.from({ length: touchCount({ mean: account.meanTouches }, random) }, () =>
    drawTouch(account, confirmedShare, random),
  );
}

function drawTouch({ tookPlace }: Account, confirmedShare: number, random: Random): Touch {
  const { otherContactShare } = REFERENCE_EXTRAS;
  const isReal = random.uniform() < tookPlace;
  const isOther = random.uniform() < otherContactShare;
  return {
    ageDays: touchAge(random),
    isReal,
    tier: isReal && random.uniform() < confirmedShare ? 3 : 1,
    withFirst: !isOther,
    withSecond: isOther || random.uniform() < SHARE_WITH_BOTH,
  };
}

/** Returns what one of the two says: of the touches that took place with that person, those remembered. */
export function stateAs(
  touches: readonly Touch[],
  who: Person,
  recall: RecallModel,
  random: Random,
): Statement {
  const misses = missChanceOfPerson(recall, random);
  const remembered = touches.filter((touch) => touch.isReal && touch[who] && random.uniform() >= misses);
  const answers = simulateAnswers(
    remembered.map(({ ageDays }) => ageDays),
    { recall, meanGapDays: REFERENCE_GAP_DAYS },
    random,
  );
  return { ...answers, flags: flagsOf(random) };
}

function flagsOf(random: Random): Flag[] {
  const chances: [Flag, number][] = [
    ['unsure', REFERENCE_EXTRAS.unsureShare],
    ['stale', REFERENCE_EXTRAS.staleShare],
  ];
  return chances.flatMap(([flag, chance]) => (random.uniform() < chance ? [flag] : []));
}

function claimOf(touch: Touch, who: Person): Claim {
  const contact = touch[who] ? 'respondent' : 'other';
  return { ageDays: touch.ageDays, outcome: 'live', tier: touch.tier, contact };
}
