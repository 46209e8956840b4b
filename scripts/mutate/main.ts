/**
 * `npm run mutate`: makes one small mistake at a time in src/core/comparison and looks whether the tests of core see it; with
 * `-- --usecases`, in the use cases that can change a severity after that, with their tests. `--only NAME` takes one file, `--sample N`
 * at most so many mutants a file (seeded by `--seed TEXT`), `--jobs N` threads side by side.
 * Prints every survivor, then killed of total; exits with 1 below the bar.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom, sampled } from '../../src/core/random.ts';
import { COMPARISON, USE_CASES } from './fields.ts';
import { isListed, unclearOf } from './listed.ts';
import { readModules, testsOf } from './modules.ts';
import { mutantsOf, type Mutant } from './mutants.ts';
import { openBench, type Learned } from './run.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const BAR = 0.9;

const { values: options } = parseArgs({
  options: {
    usecases: { type: 'boolean', default: false },
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string', default: 'mutate' },
    jobs: { type: 'string', default: '2' },
  },
});

type Task = { readonly path: string; readonly mutant: Mutant };

const ground = options.usecases ? USE_CASES : COMPARISON;
const modules = readModules(ROOT, ground);
const all = [...modules.texts]
  .filter(([path]) => ground.isMutated(path))
  .flatMap(([path, text]) => mutantsOf(path, text).map((mutant) => ({ path, mutant })));
refuseStaleList();
const leftOut = ground.equivalent.reduce((sum, { changes }) => sum + changes.length, 0);
const tasks = chosen();
const survivors: Task[] = [];
const learned: Learned = { tookMs: new Map(), lastKiller: new Map() };
let done = 0;
const startedAt = performance.now();
await tryWithoutMutant();
await Promise.all(Array.from({ length: Number(options.jobs) }, () => work()));

const killed = tasks.length - survivors.length;
const share = tasks.length === 0 ? 1 : killed / tasks.length;
const seconds = Math.round((performance.now() - startedAt) / 1000);
process.stdout.write(
  `killed ${killed} of ${tasks.length} mutants (${(share * 100).toFixed(1)} %) in ${seconds} s, bar 90 %; ${leftOut} equivalent ones left out\n`,
);
process.exitCode = share >= BAR ? 0 : 1;

/** A line that was changed since takes its entries with it, and no entry may hide a second mutant. */
function refuseStaleList(): void {
  const unclear = unclearOf(ground.equivalent, all);
  if (unclear.length > 0) throw new Error(`Not one mutant each: ${unclear.join('; ')}`);
}

function chosen(): Task[] {
  const { only, sample, seed } = options;
  const real = all.filter(({ path, mutant }) => !isListed(ground.equivalent, path, mutant));
  const named = real.filter(({ path }) => only === undefined || path.endsWith(`/${only}`));
  if (sample === undefined) return named;
  return [...new Set(named.map(({ path }) => path))].flatMap((path) =>
    sampled(
      named.filter((task) => task.path === path),
      Number(sample),
      createRandom(`${seed}/${path}`),
    ),
  );
}

/** The tests have to pass without a mutant; by the way it is learned how long each takes. The file that most of them reach is taken. */
async function tryWithoutMutant(): Promise<void> {
  const seen = new Map(all.map(({ path }) => [path, testsOf(modules, path).length]));
  const [path] = [...seen].sort(([, left], [, right]) => right - left)[0] ?? [''];
  const bench = openBench(ROOT, modules, learned);
  const { killedBy, why } = await bench.judge(path, modules.texts.get(path) ?? '');
  await bench.close();
  if (killedBy !== null) throw new Error(`${killedBy} fails without any mutant. ${why}`);
}

async function work(): Promise<void> {
  const bench = openBench(ROOT, modules, learned);
  try {
    for (let task = tasks[done]; task !== undefined; task = tasks[done]) {
      done += 1;
      const { killedBy } = await bench.judge(task.path, task.mutant.text);
      if (killedBy === null) reportSurvivor(task);
      if (done % 50 === 0)
        process.stderr.write(`mutate: ${done} of ${tasks.length}, ${survivors.length} survived\n`);
    }
  } finally {
    await bench.close();
  }
}

function reportSurvivor(task: Task): void {
  const { path, mutant } = task;
  survivors.push(task);
  process.stdout.write(
    `survived  ${path}:${mutant.line}  ${oneLine(mutant.from)}  ->  ${oneLine(mutant.to)}  in  ${oneLine(mutant.code)}\n`,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 90);
}
