/**
 * `npm run calibrate`: simulates honest and neglected accounts, judges them with the product's own comparison and
 * holds the result against the bars. `-- --json` prints one document (pipe it from `npm run -s`: npm prints
 * a banner of its own), `--short` is for CI, `--write` renews
 * docs/calibration.md and the plot of docs/method.md; `--seed TEXT` and `--draws N` change the run. Exits with 1 when a bar fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { jobsOf, runJobs } from './jobs.ts';
import { ratesPlot } from './plot.ts';
import { sectionOf, withSection } from '../simulate-year/report.ts';
import { reportJson, reportLines, reportOf, reportPage } from './report.ts';

const FULL_DRAWS = 100_000;
const SHORT_DRAWS = 10_000;
const DEFAULT_SEED = 'service-check-in';
const PLOT = new URL('../../docs/method-rates.svg', import.meta.url);
const PAGE = new URL('../../docs/calibration.md', import.meta.url);

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    seed: { type: 'string', default: DEFAULT_SEED },
    draws: { type: 'string' },
  },
});

const draws = Number(options.draws ?? (options.short ? SHORT_DRAWS : FULL_DRAWS));
if (!Number.isInteger(draws) || draws < 1)
  throw new RangeError(`--draws must be a whole number, got ${options.draws}`);

const jobs = jobsOf({ draws, seed: options.seed, isShort: options.short });
const report = reportOf(await runJobs(jobs, availableParallelism(), showProgress), draws, options.seed);
if (options.write) {
  const page = reportPage(report, new Date().toISOString().slice(0, 10));
  writeFileSync(PAGE, withSection(page, sectionOf(readFileSync(PAGE, 'utf8'))));
  writeFileSync(PLOT, ratesPlot(report.grid));
}
process.stdout.write(`${options.json ? reportJson(report) : reportLines(report)}\n`);
process.exitCode = report.bars.every((bar) => bar.holds) ? 0 : 1;

/** One moving line on a terminal, one line in ten jobs elsewhere; on the error stream, so that JSON stays clean. */
function showProgress(done: number): void {
  const line = `calibrate: ${done} of ${jobs.length} jobs, ${draws} draws a cell, seed ${options.seed}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${done === jobs.length ? '\n' : ''}`);
  else if (done % 10 === 0 || done === jobs.length) process.stderr.write(`${line}\n`);
}
