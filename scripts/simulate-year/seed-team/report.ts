/** What the product told the seed team in a year against what each rep really did. */
import { STATE_WORDS } from '../report.ts';
import type { RepState } from '../teams.ts';
import type { HeardOnce, PlayedYear } from './play-year.ts';

export type SeedRepRow = {
  readonly name: string;
  readonly state: RepState;
  /** Conversations with a first contact. */
  readonly checkIns: number;
  readonly secondContacts: number;
  /** Differences at the time of the conversation. */
  readonly soft: number;
  readonly firm: number;
  /** Of both, explained by the end of the year. */
  readonly cleared: number;
  readonly flagged: { readonly quarter: number; readonly checkIns: number } | null;
};

export type SeedReport = {
  readonly seed: string;
  readonly quarters: number;
  readonly reps: readonly SeedRepRow[];
  /** No rep all of whose calls took place got a pattern. */
  readonly holds: boolean;
};

export const SEED_TITLE = '## Seed team, a year over sockets';

/** Returns the report of a played year. */
export function seedReport(
  { seed, quarters }: Pick<SeedReport, 'seed' | 'quarters'>,
  { reps, heard, flagged }: PlayedYear,
): SeedReport {
  const rows = reps.map(({ ownerId, firstName, lastName, state }): SeedRepRow => {
    const own = heard.filter((one) => one.ownerId === ownerId);
    const first = own.filter(({ isSecondContact }) => !isSecondContact);
    const pattern = flagged.find((one) => one.ownerId === ownerId);
    return {
      name: `${firstName} ${lastName}`,
      state,
      checkIns: first.length,
      secondContacts: own.length - first.length,
      soft: verdictsOf(first, 'DIFFERS_SOFT').length,
      firm: verdictsOf(first, 'DIFFERS_FIRM').length,
      cleared: first.filter(isCleared).length,
      flagged: pattern === undefined ? null : { quarter: pattern.quarter, checkIns: pattern.checkIns },
    };
  });
  return {
    seed,
    quarters,
    reps: rows,
    holds: rows.every(({ state, flagged: pattern }) => state !== 'honest' || pattern === null),
  };
}

function verdictsOf(heard: readonly HeardOnce[], verdict: string): HeardOnce[] {
  return heard.filter((one) => one.verdict === verdict);
}

function isCleared({ verdict, endVerdict }: HeardOnce): boolean {
  return verdict !== endVerdict && endVerdict === 'EXPLAINED';
}

/** Returns the section of docs/calibration.md. */
export function seedSection({ seed, quarters, reps, holds }: SeedReport, ranOn: string): string {
  return `${SEED_TITLE}

Written by \`npm run simulate -- --seed-team --write\` on ${ranOn}, seed \`${seed}\`. The sandbox's seed team works through ${quarters} quarters
with the whole product: its portal in HubSpot's stand-in, the backend and its database, every click over HTTP, on a clock that
moves from step to step. Customers forget 10 %, had a colleague on the phone in 10 %, sigma 0.45, delta 0.5; a machine recorded a
tenth of the calls; seven in ten second contacts are reached; no rep ever replies.

| Rep | What was true | Check-ins | Second contacts | Soft | Firm | Cleared | Pattern |
|---|---|---|---|---|---|---|---|
${reps.map(seedLine).join('\n')}

No rep whose calls all took place got a pattern: ${holds ? 'holds' : '**does not hold**'}.
`;
}

function seedLine({
  name,
  state,
  checkIns,
  secondContacts,
  soft,
  firm,
  cleared,
  flagged,
}: SeedRepRow): string {
  const pattern = flagged === null ? '–' : `quarter ${flagged.quarter}, after ${flagged.checkIns} check-ins`;
  return `| ${name} | ${STATE_WORDS[state]} | ${checkIns} | ${secondContacts} | ${soft} | ${firm} | ${cleared} | ${pattern} |`;
}
