/**
 * `npm run mutate`: makes one small mistake at a time in src/core/comparison and looks whether its tests see it. `-- --only NAME`
 * takes one file, `--sample N` at most so many mutants a file (seeded by `--seed TEXT`), `--jobs N` runs side by side. Prints every
 * survivor, then killed of total; exits with 1 below the bar.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom, sampled } from '../../src/core/random.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { openCopy } from './run.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDER = 'src/core/comparison';
const BAR = 0.9;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: 'mutate' },
    jobs: { type: 'string', default: '1' },
  },
});

type Task = { readonly path: string; readonly mutant: Mutant };

const originals = new Map(
  readdirSync(join(ROOT, FOLDER)).map((name) => {
    const path = `${FOLDER}/${name}`;
    return [path, readFileSync(join(ROOT, path), 'utf8')] as const;
  }),
);
const tasks = [...originals].flatMap(([path, text]) => tasksOf(path, text));
const survivors: Task[] = [];
let done = 0;
await Promise.all(Array.from({ length: Number(options.jobs) }, () => work()));

const killed = tasks.length - survivors.length;
const share = tasks.length === 0 ? 1 : killed / tasks.length;
process.stdout.write(
  `killed ${killed} of ${tasks.length} mutants (${(share * 100).toFixed(1)} %), bar 90 %\n`,
);
process.exitCode = share >= BAR ? 0 : 1;

function tasksOf(path: string, text: string): Task[] {
  if (options.only !== undefined && !path.endsWith(`/${options.only}`)) return [];
  const all = mutantsOf(path, text).map((mutant) => ({ path, mutant }));
  if (options.sample === undefined) return all;
  return sampled(all, Number(options.sample), createRandom(`${options.seed}/${path}`));
}

async function work(): Promise<void> {
  const copy = openCopy(ROOT, originals);
  try {
    const [unchanged] = originals;
    if (unchanged === undefined || (await copy.kills(...unchanged)))
      throw new Error('The tests fail without any mutant.');
    for (let task = tasks[done]; task !== undefined; task = tasks[done]) {
      done += 1;
      const { path, mutant } = task;
      if (!(await copy.kills(path, mutant.text))) reportSurvivor(task);
      if (done % 20 === 0)
        process.stderr.write(`mutate: ${done} of ${tasks.length}, ${survivors.length} survived\n`);
    }
  } finally {
    copy.close();
  }
}

function reportSurvivor(task: Task): void {
  const { path, mutant } = task;
  survivors.push(task);
  process.stdout.write(
    `survived  ${path}:${mutant.line}  ${oneLine(mutant.from)}  ->  ${oneLine(mutant.to)}\n`,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 60);
}
