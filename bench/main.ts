import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { isByRefusalsAlone, type Bench, type BenchOptions } from './bench.ts';
import { runBundleBench } from './bundle.ts';
import { runCardBench } from './card.ts';
import { runCompareBench } from './compare.ts';
import { runFleetBench } from './fleet.ts';
import { runHookBench } from './hook.ts';
import { runLogBench } from './log/log.ts';
import { runQuarterBench } from './quarter/quarter.ts';
import { runStartBench } from './start.ts';
import { runTurnBench } from './turn.ts';

/** The exit code of a run that missed nothing but the bar on 429s (EX_TEMPFAIL of sysexits.h). */
const TRY_AGAIN = 75;

/** Seconds can be compared between machines only as ratios; `npm run bench -- NAME` runs one. */
const BENCHES: Readonly<Record<string, Bench>> = {
  quarter: runQuarterBench,
  log: runLogBench,
  fleet: runFleetBench,
  turn: runTurnBench,
  card: runCardBench,
  hook: runHookBench,
  start: runStartBench,
  compare: runCompareBench,
  bundle: runBundleBench,
};
const DEFAULT_SEED = 20_261_001;

type Published = {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly date: string;
  readonly mode: 'short' | 'full';
  readonly benches: Record<string, unknown>;
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      out: { type: 'string' },
      'peer-companies': { type: 'string' },
      'fleet-portals': { type: 'string' },
    },
  });
  const numberOf = (text: string | undefined) => (text === undefined ? null : Number(text));
  const options: BenchOptions = {
    isShort: values.short,
    seed: seedFrom(process.env['SEED']),
    peerCompanies: numberOf(values['peer-companies']),
    fleetPortals: numberOf(values['fleet-portals']),
    say: (line) => process.stderr.write(`  ${line}\n`),
  };
  const published: Published = {
    machine: machineOf(),
    date: new Date().toISOString().slice(0, 10),
    mode: values.short ? 'short' : 'full',
    benches: {},
  };
  if (values.short)
    process.stderr.write('short: counts are held to their bars; the times of a few seconds mean nothing\n');
  const misses: string[] = [];
  for (const [name, bench] of benchesFrom(positionals)) {
    process.stderr.write(`${name} (seed ${options.seed}) …\n`);
    const result = await bench(options);
    published.benches[name] = { ...result.figures, misses: result.misses };
    misses.push(...result.misses.map((miss) => `${name}: ${miss}`));
    if (!values.json) process.stdout.write(`${name}: ${JSON.stringify(published.benches[name], null, 2)}\n`);
    // Kept bench by bench: what was measured is not lost where a later one breaks.
    if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(published, null, 2)}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(published, null, 2)}\n`);
  for (const miss of misses) process.stderr.write(`MISSED ${miss}\n`);
  process.exitCode = misses.length === 0 ? 0 : isByRefusalsAlone(misses) ? TRY_AGAIN : 1;
}

function benchesFrom(asked: readonly string[]): readonly (readonly [string, Bench])[] {
  const all = Object.entries(BENCHES);
  const unknown = asked.filter((name) => BENCHES[name] === undefined);
  if (unknown.length > 0)
    throw new Error(
      `There is no bench ${unknown.join(', ')}. Choose from: ${Object.keys(BENCHES).join(', ')}.`,
    );
  return asked.length > 0 ? all.filter(([name]) => asked.includes(name)) : all;
}

function seedFrom(text: string | undefined): number {
  const seed = Number(text ?? DEFAULT_SEED);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new Error(`SEED: "${text ?? ''}" is no whole number. Example: SEED=7 npm run bench -- quarter`);
}

function machineOf(): Published['machine'] {
  return {
    cores: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

// An end by hand runs what was registered for the end: databases and processes go with the bench.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
