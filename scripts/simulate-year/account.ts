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

type Touch = {
  readonly ageDays: number;
  readonly isReal: boolean;
  readonly tier: 1 | 3;
  readonly withFirst: boolean;
  readonly withSecond: boolean;
};

/** Assumptions about second contacts, like the recall model's: not measurements. */
const SHARE_WITH_BOTH = 0.3;
const SECOND_REACHED = 0.7;
const RULES_THAT_PROPOSE = ['R10', 'R13', 'R14'];

/** Returns what a check-in at the account brings; a second contact is asked where the product proposes one and reached. */
export function hear(
  account: Account,
  { recall, confirmedShare }: Surroundings,
  settings: Settings,
  random: Random,
): Heard {
  const touches = Array.from({ length: touchCount({ mean: account.meanTouches }, random) }, () =>
    drawTouch(account, confirmedShare, random),
  );
  const first = compare(statementOf(touches, 'withFirst', recall, random), settings);
  const isAsked = RULES_THAT_PROPOSE.includes(first.rule) && random.uniform() < SECOND_REACHED;
  const second = isAsked ? compare(statementOf(touches, 'withSecond', recall, random), settings) : null;
  return { companyId: account.companyId, first, second };
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

function statementOf(
  touches: readonly Touch[],
  who: 'withFirst' | 'withSecond',
  recall: RecallModel,
  random: Random,
): ComparisonInputs {
  const misses = missChanceOfPerson(recall, random);
  const remembered = touches.filter((touch) => touch.isReal && touch[who] && random.uniform() >= misses);
  const answers = simulateAnswers(
    remembered.map(({ ageDays }) => ageDays),
    { recall, meanGapDays: REFERENCE_GAP_DAYS },
    random,
  );
  const flags = flagsOf(random);
  return { claims: touches.map((touch) => claimOf(touch, who)), ...answers, flags };
}

function flagsOf(random: Random): Flag[] {
  const chances: [Flag, number][] = [
    ['unsure', REFERENCE_EXTRAS.unsureShare],
    ['stale', REFERENCE_EXTRAS.staleShare],
  ];
  return chances.flatMap(([flag, chance]) => (random.uniform() < chance ? [flag] : []));
}

function claimOf(touch: Touch, who: 'withFirst' | 'withSecond'): Claim {
  const contact = touch[who] ? 'respondent' : 'other';
  return { ageDays: touch.ageDays, outcome: 'live', tier: touch.tier, contact };
}
