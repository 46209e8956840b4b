/** What the settings page says about the method: what was measured of customers' memory, and what a team's calls can find. */
import {
  FEWEST_STATEMENTS,
  FEWEST_STATEMENTS_FOR_RHO,
  type MeasuredRecall,
} from './comparison/calibration.ts';
import {
  censusHours,
  chanceAllSprinkled,
  chanceOfOneNeglected,
  checkInsPerRep,
  DEFAULT_POWER,
  MINUTES_PER_CHECK_IN,
  powerOfTest,
} from './comparison/planner.ts';
import { fewestTouchDays } from './comparison/recall-chance.ts';
import { wilsonInterval } from './comparison/statistics.ts';
import { baseRate } from './comparison/team-test.ts';
import { CAUTIOUS_SETTINGS } from './comparison/settings.ts';
import { ROLLING_CYCLES } from './comparison/aggregates.ts';

export type Fact = { readonly label: string; readonly value: string };
export type Panel = { readonly note: string; readonly facts: readonly Fact[] };

type Measured = MeasuredRecall & {
  readonly honest: { readonly soft: number; readonly firm: number };
  readonly simulatedDraws: number;
};

const NOTHING_MEASURED: MeasuredRecall = {
  settings: CAUTIOUS_SETTINGS,
  missStatements: 0,
  missed: 0,
  dateStatements: 0,
  severalStatements: 0,
};
const NEGLECTED_SHARES = [0.05, 0.1, 0.2] as const;
const SPRINKLED_SHARE = 0.2;
const CALLS_PER_ACCOUNT = [1, 3, 6] as const;

/** Returns what the portal has measured; the first line says where a number is still an assumption. */
export function recallPanel(measured: Measured | null): Panel {
  const { settings, missStatements, dateStatements, severalStatements } = measured ?? NOTHING_MEASURED;
  const fewest = fewestTouchDays(settings);
  return {
    note:
      'Measured each day from contacts that a phone system, a calendar or a mailbox recorded. ' +
      'Each finding keeps the numbers it was made under.',
    facts: [
      {
        label: 'A customer does not recall one contact',
        value: `${percent(settings.q)}, ${basis(missStatements, FEWEST_STATEMENTS)}`,
      },
      {
        label: 'Error in dating a contact (sigma)',
        value: `${settings.sigma.toFixed(2)}, ${basis(dateStatements, FEWEST_STATEMENTS)}`,
      },
      {
        label: 'How much one person’s misses go together (rho)',
        value: `${settings.rho.toFixed(2)}, ${basis(severalStatements, FEWEST_STATEMENTS_FOR_RHO)}`,
      },
      {
        label: 'Contacts in three months before two answers can differ from the log',
        value: fewest === null ? 'No number is enough: nothing is called a difference.' : `${fewest} or more`,
      },
      ...(measured === null ? [] : honestFacts(measured)),
    ],
  };
}

function honestFacts({ honest, simulatedDraws }: Measured): Fact[] {
  return [
    {
      label: 'A correct log gets “Two answers differ from the log”',
      value: often(honest.firm, simulatedDraws),
    },
    { label: 'A correct log gets “Worth a look”', value: often(honest.soft, simulatedDraws) },
  ];
}

/** What a team looks like to the planner. */
export type TeamSize = {
  readonly reps: number;
  readonly customers: number;
  /** Check-ins that the callers can make in one quarter. */
  readonly capacity: number;
  /** Simulated share (of 1) of correct logs with a firm difference. */
  readonly firmShare: number;
};

/** Returns what so many check-ins can find and what they cannot, or why that cannot be told yet. */
export function plannerPanel(team: TeamSize): Panel {
  const { reps, customers, capacity } = team;
  if (reps === 0 || customers === 0) {
    return { note: 'The plan appears once your customers and their owners have been read.', facts: [] };
  }
  const accounts = Math.max(1, Math.round(customers / reps));
  const perRep = checkInsPerRep(capacity, reps, accounts);
  return {
    note:
      'A check-in finds accounts that nobody serves. It cannot check single calls: calls that did not take place, ' +
      'spread thinly over many accounts, cannot be found by asking customers.',
    facts: [
      {
        label: 'Everyone once a quarter',
        value: callsAndHours(customers, censusHours(reps, customers / reps)),
      },
      {
        label: 'Room at your pace',
        value: callsAndHours(capacity, (capacity * MINUTES_PER_CHECK_IN) / 60),
      },
      ...reachFacts(accounts, perRep),
      ...NEGLECTED_SHARES.map((share) => patternFact(share, perRep, team)),
      sprinkledFact(),
    ],
  };
}

/** Who asks every account meets each of them: only a sample leaves something to chance. */
function reachFacts(accounts: number, perRep: number): Fact[] {
  if (perRep < accounts) return NEGLECTED_SHARES.map((share) => neglectedFact(share, accounts, perRep));
  return [
    {
      label: `A rep’s ${accounts} accounts`,
      value: 'All of them are asked each quarter, so an account that hears from nobody is met.',
    },
  ];
}

function neglectedFact(share: number, accounts: number, perRep: number): Fact {
  const neglected = Math.max(1, Math.round(share * accounts));
  return {
    label: `${neglected} of a rep’s ${accounts} accounts hear from nobody`,
    value: `${perRep} check-ins a quarter reach at least one of them with a chance of ${percent(chanceOfOneNeglected(perRep, accounts, neglected))}.`,
  };
}

/** The team's test shares its level over the reps, as the number of first looks does. */
function patternFact(share: number, perRep: number, { reps, firmShare }: TeamSize): Fact {
  const checkIns = perRep * ROLLING_CYCLES;
  const level = DEFAULT_POWER.level / reps;
  const power = powerOfTest(checkIns, share, { ...DEFAULT_POWER, baseRate: baseRate(firmShare), level });
  return {
    label: `Over four quarters, if ${percent(share)} of a rep’s accounts hear from nobody`,
    value: `${checkIns} check-ins stand out from chance in at most ${percent(power)} of cases, where customers of such accounts say so 6 times in 10.`,
  };
}

function sprinkledFact(): Fact {
  const chances = CALLS_PER_ACCOUNT.map((calls) => {
    const chance = percent(chanceAllSprinkled(SPRINKLED_SHARE, calls));
    return `with ${calls} ${calls === 1 ? 'call' : 'calls'} in the log, ${chance}`;
  });
  return {
    label: `If ${percent(SPRINKLED_SHARE)} of single calls did not take place`,
    value: `An account misses all of them: ${chances.join('; ')}. This cannot be found.`,
  };
}

function callsAndHours(calls: number, hours: number): string {
  const rounded = Math.round(hours);
  return `${calls} calls, about ${rounded} ${rounded === 1 ? 'hour' : 'hours'}`;
}

function basis(statements: number, needed: number): string {
  return statements >= needed
    ? `measured on ${statements} statements, on the safe side`
    : `assumed until there are ${needed} statements (${statements} so far)`;
}

/** The upper end of the simulation's own 95 % interval, so that few draws never promise too much. */
function often(share: number, draws: number): string {
  const oneIn = Math.floor(1 / wilsonInterval(share, draws).high);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(oneIn)) - 1);
  return `Fewer than 1 in ${Math.floor(oneIn / step) * step}, simulated`;
}

/** A share of 1 for people: whole percent, with as many decimals as a small one needs to be seen. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 9.95) return `${Math.round(value)}%`;
  return `${Number(value.toPrecision(value < 0.95 ? 1 : 2))}%`;
}
