/**
 * `npm run faults`: breaks the quarterly engine in every way of the fault matrix and counts what it leaves behind.
 * `-- --short` is for CI (3 seeds a cell, 20 kills), `--json` prints one document, `--out FILE` writes it too. `--only TEXT` takes the
 * rows whose name holds the text, `--seeds N` and `--at N` a number of seeds a row or a single one; `SEED=` replays a run. Exits with 1 on
 * any violation, on a row that was never hit, and where something acknowledged was lost.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runKills } from './kills/run-kills.ts';
import { reportLines, reportOf } from './report.ts';
import { ROWS } from './rows/all.ts';
import { runInWorkers, tasksOf, type TaskResult } from './share-work.ts';

const FULL = { seeds: 200, leastSeeds: 67, kills: 200, databaseStops: 50 };
const SHORT = { seeds: 3, leastSeeds: 3, kills: 20, databaseStops: 2 };

const { values: options } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    out: { type: 'string' },
    seeds: { type: 'string' },
    at: { type: 'string' },
  },
});

const seed = process.env['SEED'] ?? 'service-check-in';
const size = options.short ? SHORT : FULL;
const at = options.at === undefined ? null : wholeNumber('--at', options.at);
const given = options.seeds === undefined ? null : wholeNumber('--seeds', options.seeds);
const startedMs = performance.now();
process.stderr.write(`faults: seed ${seed}\n`);

const wanted = [...ROWS.entries()].filter(([, row]) => `${row.fault}, ${row.point}`.includes(options.only));
const amount = { seed, at, seeds: given ?? size.seeds, leastSeeds: given ?? size.leastSeeds };
const tasks = tasksOf(wanted, amount, ROWS);
// One a processor: a worker and its database take turns, and a second pair beside them costs both their caches.
const results = await runInWorkers(tasks, availableParallelism(), showProgress);
const kills = 'real kills'.includes(options.only) ? await runKills({ seed, ...size }, process.stderr) : null;
const report = reportOf({
  rows: ROWS,
  results,
  kills,
  seed,
  seconds: (performance.now() - startedMs) / 1000,
});

const text = JSON.stringify(report);
if (options.out !== undefined) writeFileSync(options.out, `${text}\n`);
process.stdout.write(options.json ? `${text}\n` : `${reportLines(report).join('\n')}\n`);
process.exit(report.passed ? 0 : 1);

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw new RangeError(`${name} must be a whole number, got ${value}`);
  return number;
}

/** On the error stream, so that JSON stays clean; what went wrong is told at once. */
function showProgress(done: number, { results: seeds }: TaskResult): void {
  for (const { seed: failed, violations } of seeds)
    for (const what of violations) process.stderr.write(`VIOLATION ${failed}: ${what}\n`);
  if (process.stderr.isTTY) process.stderr.write(`\rfaults: ${done} of ${tasks.length} tasks`);
  else if (done % 25 === 0 || done === tasks.length)
    process.stderr.write(`faults: ${done} of ${tasks.length} tasks\n`);
}
