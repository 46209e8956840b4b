/** The method as people read it in the product: made from the constants that the comparison runs by, so that it cannot say otherwise. */
import { ROLLING_CYCLES } from './comparison/aggregates.ts';
import { FEWEST_STATEMENTS, FEWEST_STATEMENTS_FOR_RHO } from './comparison/calibration.ts';
import { SHORTEST_CONTACT_MS } from './comparison/outcome.ts';
import { fewestTouchDays } from './comparison/recall-chance.ts';
import {
  CAUTIOUS_SETTINGS,
  COUNTED_DAYS,
  LOOK_BACK_DAYS,
  METHOD_VERSION,
  type Settings,
} from './comparison/settings.ts';
import { FEWEST_FOR_COUNTS, FEWEST_FOR_RATE } from './comparison/statistics.ts';
import { FEWEST_COMPANIES, LOWEST_BASE_RATE, TEAM_TEST_LEVEL } from './comparison/team-test.ts';
import { LATE_LOGGING_MS } from './comparison/tier.ts';
import { DECISION_BUSINESS_DAYS, SECOND_CONTACT_BUSINESS_DAYS } from './feedback/windows.ts';
import { percent, type Fact } from './method-wording.ts';
import { VERDICTS } from './model.ts';
import { PATTERN_PROMISE } from './pattern-wording.ts';
import { COUNT_QUESTION, RECENCY_QUESTION } from './wording.ts';
import { NOT_CONSIDERED, REASONS, VERDICT_WORDS } from './finding-wording.ts';

export type MethodSection = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly facts: readonly Fact[];
};

export type MethodToday = {
  readonly settings: Settings;
  /** The account measured its own customers' memory at least once. */
  readonly isMeasured: boolean;
  readonly replyWindowBusinessDays: number;
};

const DAY_MS = 86_400_000;

export const USAGE_NOTE =
  'Counted over the newest comparisons. A source that machines write, such as a phone system, can be trusted: its records outrank memory.';
/** Counts over fewer comparisons would tell of single ones. */
export const FEWEST_FOR_USAGE = 12;
export const NO_USAGE_NOTE =
  `Counts appear here once ${FEWEST_FOR_USAGE} comparisons are settled. ` +
  'Before customers were asked nobody reads the log, not even to count.';
export const NO_USAGE_LISTENING = 'In listening only nobody reads the log, so there are no counts.';

/** Returns the method page. */
export function methodPage(today: MethodToday): MethodSection[] {
  return [
    section('What is compared', [
      'Statements about contact are compared with the log. People are not.',
      `The customer may be asked: “${RECENCY_QUESTION}” and “${COUNT_QUESTION}”`,
      'Both answers are saved before the manager sees anything of the log. Someone who is not sure, or answers one question only, is never compared.',
    ]),
    section('What is left out', NOT_CONSIDERED),
    section('What counts as contact', [
      `Calls and meetings of the last ${LOOK_BACK_DAYS} days, of the company and of its contacts, as they stood when the answers were saved.`,
      `Calls that reached nobody are left out, and calls of a trusted phone system under ${SHORTEST_CONTACT_MS / 1_000} seconds.`,
      'An open outcome, an import, a record made by somebody else and a touch before the announcement can help, never hurt.',
      `Records of a phone system, a calendar or a mailbox outrank memory. A record made over ${LATE_LOGGING_MS / DAY_MS} days later, or without a contact, is weaker; that changes no result by itself.`,
    ]),
    { title: 'The results', lines: [], facts: VERDICTS.map(resultFact) },
    {
      title: 'The rules, first fit decides',
      lines: [],
      facts: Object.entries(REASONS).map(([label, value]) => ({ label, value })),
    },
    differenceSection(today),
    section('After a difference', [
      `The rep and the manager who called see it, for ${today.replyWindowBusinessDays} business days; the rep’s leave and holidays do not count.`,
      `The rep can reply or add a record. A reply that the manager does not decide in ${DECISION_BUSINESS_DAYS} such days is accepted. Silence of the rep changes nothing.`,
      `A record, an accepted reply, or a second contact who remembers (asked in the same quarter or within ${SECOND_CONTACT_BUSINESS_DAYS} business days) takes the difference out of every count.`,
      `Every difference leaves every count after ${ROLLING_CYCLES} quarters.`,
    ]),
    section('Numbers about a rep', [
      `Below ${FEWEST_FOR_COUNTS} compared check-ins there are none; below ${FEWEST_FOR_RATE} only counts; from then on a share with its uncertainty. Nobody is ranked.`,
      `Once a quarter each team is tested, at ${percent(TEAM_TEST_LEVEL)}, as if at least ${percent(LOWEST_BASE_RATE)} of honest logs got a difference.`,
      `A pattern also needs differences at ${FEWEST_COMPANIES} customers, each borne out by a second answer. The rep sees it first; two managers open it together; it decides nothing.`,
      PATTERN_PROMISE,
    ]),
    section('What it cannot do', [
      'It finds accounts that hear from nobody. Single calls that did not take place, spread over many accounts, cannot be found by asking customers.',
      'People forget. That is why one answer never proves anything.',
    ]),
  ];
}

function differenceSection({ settings, isMeasured }: MethodToday): MethodSection {
  const fewest = fewestTouchDays(settings);
  return {
    title: 'When two answers differ from the log',
    lines: [
      `Both answers must be far from the log of the last ${COUNTED_DAYS} days, all with the person who answered, and such answers must be rare where every call took place.`,
      isMeasured
        ? 'The numbers below were measured here, each replacing the cautious one only once there is enough to measure.'
        : 'The numbers below are cautious ones, until this account has measured its own.',
    ],
    facts: [
      {
        label: 'Chance that one contact is not recalled',
        value: origin(percent(settings.q), settings.q === CAUTIOUS_SETTINGS.q, FEWEST_STATEMENTS),
      },
      {
        label: 'Error in dating a contact (sigma)',
        value: origin(
          settings.sigma.toFixed(2),
          settings.sigma === CAUTIOUS_SETTINGS.sigma,
          FEWEST_STATEMENTS,
        ),
      },
      {
        label: 'How much one person’s misses go together (rho)',
        value: origin(
          settings.rho.toFixed(2),
          settings.rho === CAUTIOUS_SETTINGS.rho,
          FEWEST_STATEMENTS_FOR_RHO,
        ),
      },
      {
        label: 'Days with contact that it takes',
        value: fewest === null ? 'No number is enough here.' : `${fewest} or more`,
      },
      { label: 'Highest chance of such answers if the log is right', value: percent(settings.alpha) },
      { label: 'Version of the method', value: METHOD_VERSION },
    ],
  };
}

function origin(value: string, isAssumed: boolean, needed: number): string {
  return isAssumed ? `${value}, assumed until there are ${needed} statements` : `${value}, measured here`;
}

function resultFact(verdict: (typeof VERDICTS)[number]): Fact {
  const { label, sentence } = VERDICT_WORDS[verdict];
  return { label, value: sentence };
}

function section(title: string, lines: readonly string[]): MethodSection {
  return { title, lines, facts: [] };
}
