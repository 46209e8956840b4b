import { hostname, cpus } from 'node:os';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import { cellOf } from './cells.ts';
import type { KillReport } from './kills/kill-report.ts';
import type { RealCase } from './kills/real-case.ts';
import type { Counter, Row } from './row.ts';
import type { SeedResult } from './run-cell.ts';
import type { TaskResult } from './share-work.ts';

/** A row within a cell that several share. */
export type Kind = Pick<ReportRow, 'fault' | 'point' | 'seeds' | 'hits' | 'countedBy'>;

/** One cell of the matrix: a fault at a point, with or without a unique key. */
export type ReportRow = {
  readonly fault: string;
  readonly point: string;
  readonly mode: TaskKeyMode;
  readonly seeds: number;
  readonly hits: number;
  readonly countedBy: Counter;
  readonly violations: number;
  /** Touches left for a person, over all seeds: visible, no violation. */
  readonly parked: number;
  /** The rows that share the cell; left out where it is one alone. */
  readonly kinds?: readonly Kind[];
  /** The first few, with the seed that shows them again. */
  readonly examples: readonly { readonly seed: string; readonly violations: readonly string[] }[];
};

export type FaultReport = {
  readonly seed: string;
  readonly machine: string;
  readonly seconds: number;
  readonly rows: readonly ReportRow[];
  readonly duplicates: number;
  readonly missing: number;
  readonly lostAcks: number;
  readonly neverHit: readonly string[];
  readonly kills: KillReport | null;
  readonly passed: boolean;
};

const EXAMPLES = 3;

/** Sums up a run. It passes with no violation, every row hit, and nothing lost that was acknowledged. */
export function reportOf(run: {
  readonly rows: readonly Row[];
  readonly results: readonly TaskResult[];
  readonly kills: KillReport | null;
  readonly seed: string;
  readonly seconds: number;
}): FaultReport {
  const { kills } = run;
  const single = [
    ...run.rows.flatMap((row, index) => row.modes.flatMap((mode) => rowOf(run.results, row, index, mode))),
    ...(kills?.cases ?? []).filter(({ skipped }) => skipped === null).map(rowOfCase),
  ];
  const rows = cellsOf(single);
  const all = run.results.flatMap(({ results }) => results);
  const neverHit = [
    // A row that was never met is one, whatever the others of its cell were.
    ...single.filter(({ hits }) => hits === 0).map(({ fault, point, mode }) => `${fault}, ${point}, ${mode}`),
    ...(kills?.neverHit ?? []),
  ];
  const violations = rows.reduce((sum, row) => sum + row.violations, 0) + (kills?.violations.length ?? 0);
  const lostAcks = kills?.lostAcks ?? 0;
  return {
    seed: run.seed,
    machine: `${hostname()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
    seconds: Math.round(run.seconds),
    rows,
    duplicates: sumOf(all, 'duplicates') + (kills?.duplicates ?? 0),
    missing: sumOf(all, 'missing') + (kills?.missing ?? 0),
    lostAcks,
    neverHit,
    kills,
    passed: violations === 0 && lostAcks === 0 && neverHit.length === 0,
  };
}

function rowOf(
  results: readonly TaskResult[],
  { fault, point, countedBy }: Row,
  index: number,
  mode: TaskKeyMode,
): ReportRow[] {
  const seeds = results
    .filter((result) => result.rowIndex === index && result.mode === mode)
    .flatMap((result) => result.results);
  if (seeds.length === 0) return [];
  const bad = seeds.filter(({ violations }) => violations.length > 0);
  return [
    {
      fault,
      point,
      mode,
      seeds: seeds.length,
      hits: sumOf(seeds, 'hits'),
      countedBy,
      violations: bad.reduce((sum, { violations }) => sum + violations.length, 0),
      parked: sumOf(seeds, 'parked'),
      examples: bad.slice(0, EXAMPLES).map(({ seed, violations }) => ({ seed, violations })),
    },
  ];
}

/** The rows of one cell and mode become one, which names them all. */
function cellsOf(rows: readonly ReportRow[]): ReportRow[] {
  const cells = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const name = `${cellOf(row)}/${row.mode}`;
    cells.set(name, [...(cells.get(name) ?? []), row]);
  }
  return [...cells.values()].map(together);
}

function together(rows: readonly ReportRow[]): ReportRow {
  const [first, ...others] = rows;
  if (first === undefined) throw new RangeError('a cell without rows');
  if (others.length === 0) return first;
  const sum = (name: 'seeds' | 'hits' | 'violations' | 'parked') =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    fault: cellOf(first),
    point: [...new Set(rows.map(({ point }) => point))].join('; '),
    mode: first.mode,
    seeds: sum('seeds'),
    hits: sum('hits'),
    countedBy: first.countedBy,
    violations: sum('violations'),
    parked: sum('parked'),
    kinds: rows.map(({ fault, point, seeds, hits, countedBy }) => ({ fault, point, seeds, hits, countedBy })),
    examples: rows.flatMap(({ examples }) => examples).slice(0, EXAMPLES),
  };
}

/** Real processes work with a unique key. */
function rowOfCase({ fault, point, seeds, hits, countedBy, violations }: RealCase): ReportRow {
  const examples = violations.length === 0 ? [] : [{ seed: 'real processes', violations }];
  const counts = { seeds, hits, countedBy, violations: violations.length, parked: 0 };
  return { fault, point, mode: 'unique', ...counts, examples };
}

function sumOf(results: readonly SeedResult[], name: 'duplicates' | 'missing' | 'hits' | 'parked'): number {
  return results.reduce((sum, result) => sum + result[name], 0);
}

/** The report for people: a line a cell, then what went wrong, then the sums. */
export function reportLines(report: FaultReport): string[] {
  const { kills } = report;
  return [
    `${report.machine}; seed ${report.seed}; ${report.seconds} s`,
    'seeds   hits  counted by  parked  violations',
    ...report.rows.map(
      (row) =>
        `${pad(row.seeds, 5)} ${pad(row.hits, 6)}  ${counterOf(row).padEnd(10)} ${pad(row.parked, 7)} ${pad(row.violations, 11)}  ${row.fault}, ${row.point} (${row.mode})`,
    ),
    ...report.rows.flatMap(({ examples }) =>
      examples.flatMap(({ seed, violations }) => violations.map((what) => `VIOLATION ${seed}: ${what}`)),
    ),
    ...report.neverHit.map((name) => `NEVER HIT ${name}`),
    ...(kills === null ? [] : killLines(kills)),
    `duplicates ${report.duplicates}, missing ${report.missing}, lost acknowledgements ${report.lostAcks}: ${report.passed ? 'passed' : 'FAILED'}`,
  ];
}

function killLines(kills: KillReport): string[] {
  return [
    `${kills.sigkills} real kills (${kills.atPoints} at crash points, ${kills.bySandbox} by the sandbox after its commit, ${kills.inRecovery} in recovery), ` +
      `${kills.databaseStops} immediate stops of Postgres, ${kills.acknowledged} acknowledged writes kept by the client`,
    `crash points met of those tried: ${Object.entries(kills.points)
      .map(([name, { met, tried }]) => `${name} ${met}/${tried}`)
      .join(', ')}`,
    ...kills.violations.map((what) => `VIOLATION ${what}`),
    ...kills.cases.flatMap(({ fault, skipped }) =>
      skipped === null ? [] : [`NOT TRIED ${fault}: ${skipped}`],
    ),
  ];
}

/** Rows of a cell may be counted by several. */
function counterOf({ countedBy, kinds = [] }: ReportRow): string {
  return [...new Set([countedBy, ...kinds.map((kind) => kind.countedBy)])].join('+');
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
