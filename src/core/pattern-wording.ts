/** What a pattern says to its three readers. It decides nothing; it opens a conversation. */
import { shrunkRate, wilsonInterval } from './comparison/statistics.ts';
import { baseRate, FEWEST_COMPANIES, TEAM_TEST_LEVEL } from './comparison/team-test.ts';
import { firstName } from './first-name.ts';
import type { Fact } from './method-wording.ts';
import type { PatternPhase, PatternReader } from './model.ts';
import { percent } from './method-wording.ts';
import { dayText } from './wording.ts';

type Names = {
  readonly repName: string;
  readonly managerName: string;
  /** Null where nobody is named, or where the named one is no second person. */
  readonly secondManagerName: string | null;
};

export const PATTERN_TITLE = 'Several answers differ from the log';

/** Holds for every team, whoever reads it. */
export const PATTERN_PROMISE = `If every log were right, a team would see any pattern in at most 1 cycle of ${Math.round(1 / TEAM_TEST_LEVEL)}.`;

/** Returns the sentence that says where it stands. */
export function patternSentence(
  phase: PatternPhase,
  reader: PatternReader,
  names: Names & { readonly replyUntil: string },
): string {
  const { repName, managerName, secondManagerName } = names;
  const second = secondManagerName ?? 'a second manager';
  if (reader === 'rep') {
    return phase === 'repFirst'
      ? `Only you see this until ${dayText(names.replyUntil)}. After that ${managerName} and ${second} can open it together, to talk with you.`
      : `${managerName} and ${second} can open this together, to talk with you. Nothing follows from it by itself.`;
  }
  switch (phase) {
    case 'repFirst':
      return '';
    case 'needsSecondManager':
      return 'A conversation waits. It takes two managers: ask your admin to name a second manager in the settings.';
    case 'waiting':
      return `A conversation with ${repName} waits. It opens once ${managerName} and ${second} have both opened it.`;
    case 'open':
      return `${repName} has seen this. Talk together, all three of you.`;
  }
}

type Counts = {
  readonly n: number;
  readonly x: number;
  readonly companies: number;
  readonly supported: number;
  /** Chance of so many if every log were right, of 1. */
  readonly pValue: number;
  /** Simulated share of right logs with a difference, of 1. */
  readonly simulatedRate: number;
};

/** Returns the numbers, each with its uncertainty. */
export function patternFacts(counts: Counts): Fact[] {
  const { n, x, companies, supported, pValue, simulatedRate } = counts;
  const interval = wilsonInterval(x / n, n);
  const usual = shrunkRate(x, n);
  return [
    {
      label: 'Two answers differ from the log',
      value: `${x} of ${n} compared check-ins, at ${companies} customers`,
    },
    {
      label: 'Borne out by a second answer',
      value: `${supported} customers. Fewer than ${FEWEST_COMPANIES} would be no pattern.`,
    },
    {
      label: 'The true share may be',
      value: `${percent(interval.low)} to ${percent(interval.high)} (95% interval); together with what is usual about ${percent(usual.mean)}`,
    },
    {
      label: 'If every log were right',
      value: `so many would be seen with a chance of ${percent(pValue)}, at a base rate of ${percent(baseRate(simulatedRate))}`,
    },
    { label: 'For a whole team', value: PATTERN_PROMISE },
  ];
}

/** Returns the guide of the conversation; the same for everyone who is in it. */
export function conversationGuide({ repName, secondManagerName }: Names): string[] {
  const first = firstName(repName);
  return [
    `Before: ${secondManagerName ?? 'the second manager'} reads both sides of each finding, the replies too. Bring records, not a conclusion.`,
    `Begin with what ${first}’s customers praised.`,
    `Then ask and listen: “How did you look after these customers this year?” Let ${first} speak first.`,
    'Say what was seen, with its uncertainty. Say that honest logs get such answers too.',
    'Look for plain reasons together: another contact, a colleague’s calls, a record on the wrong company, calls logged in one go, a handover, illness or leave.',
    'Agree on the next step for each customer: who calls, by when. The customers come first.',
    `Write down what ${first} says in ${first}’s own words, and ask if it is right.`,
    'This decides nothing. No score, no note and no field is written to HubSpot, and it expires after four quarters.',
  ];
}

/** Returns what the rep can do about it. */
export function patternNextStep(reader: PatternReader, phase: PatternPhase): string {
  if (reader === 'rep') {
    return 'Replies to single findings are still read. Whatever explains a difference takes it out of this too, at any time. Silence never counts against you.';
  }
  return phase === 'open' ? 'What is explained from now on takes this back by itself.' : '';
}
