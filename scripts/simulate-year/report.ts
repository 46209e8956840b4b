/** What the product said against what was true, as one document and as a section to read. */
import { REP_STATES, type RepState } from './teams.ts';
import { CYCLES, type RepYear, type TeamYear } from './year.ts';

export type StateRow = {
  readonly state: RepState;
  readonly reps: number;
  /** Reps with a pattern within the year. */
  readonly flagged: number;
  /** Median of the check-ins heard until then; null where nobody was flagged. */
  readonly checkInsUntilFlagged: number | null;
  readonly comparable: number;
  readonly firmDifferences: number;
  /** Of these, taken back by a second contact. */
  readonly cleared: number;
};

export type YearReport = {
  readonly seed: string;
  readonly honestTeamYears: number;
  readonly honestTeamCycles: number;
  readonly honestTeamCyclesWithPattern: number;
  /** At most 1 in 100, as the screen promises. */
  readonly mostAllowed: number;
  readonly holds: boolean;
  readonly mixedTeams: number;
  readonly states: readonly StateRow[];
};

const SECTION_TITLE = '## Simulated year';
const PROMISED_SHARE = 0.01;

export const STATE_WORDS: Record<RepState, string> = {
  honest: 'every call took place',
  neglectsTenth: '1 account in 10 hears from nobody',
  neglectsFifth: '1 account in 5 hears from nobody',
  neglectsHalf: '1 account in 2 hears from nobody',
  sprinklesFifth: '1 call in 5 did not take place, anywhere',
};

/** Returns the report of honest and of mixed teams. */
export function reportOf(seed: string, honest: readonly TeamYear[], mixed: readonly TeamYear[]): YearReport {
  const honestTeamCycles = honest.length * CYCLES;
  const withPattern = honest.reduce((sum, { cyclesWithPattern }) => sum + cyclesWithPattern, 0);
  const mostAllowed = Math.floor(honestTeamCycles * PROMISED_SHARE);
  const reps = mixed.flatMap((team) => team.reps);
  return {
    seed,
    honestTeamYears: honest.length,
    honestTeamCycles,
    honestTeamCyclesWithPattern: withPattern,
    mostAllowed,
    holds: withPattern <= mostAllowed,
    mixedTeams: mixed.length,
    states: (Object.keys(REP_STATES) as RepState[]).map((state) =>
      stateRow(
        state,
        reps.filter((rep) => rep.state === state),
      ),
    ),
  };
}

function stateRow(state: RepState, reps: readonly RepYear[]): StateRow {
  const sum = (of: (rep: RepYear) => number) => reps.reduce((total, rep) => total + of(rep), 0);
  const needed = reps.flatMap(({ flagged }) => flagged?.checkIns ?? []).sort((left, right) => left - right);
  return {
    state,
    reps: reps.length,
    flagged: needed.length,
    checkInsUntilFlagged: needed[Math.floor(needed.length / 2)] ?? null,
    comparable: sum(({ comparable }) => comparable),
    firmDifferences: sum(({ firstFirm }) => firstFirm),
    cleared: sum(({ cleared }) => cleared),
  };
}

/** Returns the section of docs/calibration.md. */
export function reportSection(report: YearReport, ranOn: string): string {
  const { seed, honestTeamYears, honestTeamCycles, honestTeamCyclesWithPattern, mostAllowed, mixedTeams } =
    report;
  return `${SECTION_TITLE}

Written by \`npm run simulate -- --write\` on ${ranOn}, seed \`${seed}\`. Generated teams of 3 to 12 reps live four quarters in the
product's own comparison, measurement, counts and test. Their customers forget as anywhere in the box above, with rho 0 or 0.1;
a machine recorded none, a tenth or a quarter of the calls. No rep ever replies, and seven in ten second contacts are reached:
assumptions, not measurements.

${honestTeamYears} honest team-years, ${honestTeamCycles} team-cycles: **${honestTeamCyclesWithPattern}** with a pattern, at most ${mostAllowed} promised (${report.holds ? 'holds' : '**does not hold**'}).

${mixedTeams} mixed teams, by what each rep really did:

| What was true | Reps | With a pattern in the year | Check-ins until then (median) | Comparable check-ins | Firm differences | Cleared by a second contact |
|---|---|---|---|---|---|---|
${report.states.map(stateLine).join('\n')}
`;
}

function stateLine(row: StateRow): string {
  const { state, reps, flagged, checkInsUntilFlagged, comparable, firmDifferences, cleared } = row;
  return `| ${STATE_WORDS[state]} | ${reps} | ${flagged} | ${checkInsUntilFlagged ?? '–'} | ${comparable} | ${firmDifferences} | ${cleared} |`;
}

/** Returns the sections that are written here, to be kept when the rest of the page is renewed; nothing where there is none. */
export function sectionOf(page: string): string {
  const at = page.indexOf(SECTION_TITLE);
  return at < 0 ? '' : page.slice(at);
}

/** Returns the page with the section put in: in place of an earlier one of its title, else at the end. */
export function withSection(page: string, section: string): string {
  const [title = ''] = section.split('\n', 1);
  const at = page.indexOf(`${title}\n`);
  if (at < 0) return `${page.trimEnd()}\n\n${section}`;
  const next = page.indexOf('\n## ', at);
  const rest = next < 0 ? '' : `\n${page.slice(next + 1)}`;
  return `${page.slice(0, at)}${section}${rest}`;
}
