/**
 * `npm run simulate`: generated teams live a year in the product's own core, and what it said is held against what was true.
 * `-- --seed-team` plays the sandbox's seed team with the whole product over sockets in place of that. `-- --json` prints one
 * document, `--short` is for CI, `--write` renews the section of docs/calibration.md, `--seed TEXT` changes the run. Exits with 1
 * when honest teams show more patterns than the screen promises.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reportOf, reportSection, withSection } from './report.ts';
import { playYear } from './seed-team/play-year.ts';
import { seedReport, seedSection } from './seed-team/report.ts';
import { drawTeam } from './teams.ts';
import { simulateYear, type TeamYear } from './year.ts';

const FULL = { honest: 200, mixed: 50 };
const SHORT = { honest: 20, mixed: 5 };
const SEED_FULL = {
  quarters: 4,
  reps: 7,
  customersPerRep: Infinity,
  accountsPerRep: 24,
  checkInsPerRep: 16,
  isTested: true,
};
const SEED_SHORT = {
  quarters: 1,
  reps: 3,
  customersPerRep: Infinity,
  accountsPerRep: 10,
  checkInsPerRep: 6,
  isTested: false,
};
const PAGE = new URL('../../docs/calibration.md', import.meta.url);

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    'seed-team': { type: 'boolean', default: false },
    seed: { type: 'string', default: 'service-check-in' },
  },
});

const today = new Date().toISOString().slice(0, 10);
const { report, section } = options['seed-team'] ? await seedTeamsYear() : generatedTeams();
if (options.write) writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), section));
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : section);
process.exitCode = report.holds ? 0 : 1;

function generatedTeams() {
  const size = options.short ? SHORT : FULL;
  const report = reportOf(options.seed, yearsOf('honest', size.honest), yearsOf('mixed', size.mixed));
  return { report, section: reportSection(report, today) };
}

async function seedTeamsYear() {
  const plan = { ...(options.short ? SEED_SHORT : SEED_FULL), seed: options.seed };
  const tell = (step: string) => void process.stderr.write(`simulate: ${step}\n`);
  const report = seedReport(plan, await playYear({ ...plan, tell }));
  return { report, section: seedSection(report, today) };
}

function yearsOf(kind: 'honest' | 'mixed', teams: number): TeamYear[] {
  return Array.from({ length: teams }, (_, index) => {
    if ((index + 1) % 25 === 0) process.stderr.write(`simulate: ${index + 1} of ${teams} ${kind} teams\n`);
    return simulateYear(drawTeam(`${kind}${index + 1}`, options.seed, kind === 'honest'), options.seed);
  });
}
