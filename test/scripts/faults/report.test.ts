import { describe, expect, it } from '@jest/globals';
import type { KillReport } from '../../../scripts/faults/kills/kill-report.ts';
import { reportLines, reportOf } from '../../../scripts/faults/report.ts';
import { BOTH, type Row } from '../../../scripts/faults/row.ts';
import type { SeedResult } from '../../../scripts/faults/run-cell.ts';
import { tasksOf } from '../../../scripts/faults/share-work.ts';

const row: Row = {
  fault: 'status 502',
  point: 'create',
  modes: ['unique', 'ledger'],
  countedBy: 'line',
  run: () => Promise.resolve(),
};
const crash: Row = { ...row, fault: 'killed at K5', modes: ['unique'] };
const clean: SeedResult = { seed: 's/0', hits: 1, duplicates: 0, missing: 0, parked: 0, violations: [] };

const KILLS: KillReport = {
  sigkills: 20,
  atPoints: 5,
  points: { K1: { tried: 1, met: 1 } },
  bySandbox: 5,
  inRecovery: 10,
  databaseStops: 2,
  rounds: 10,
  acknowledged: 100,
  lostAcks: 0,
  doubles: 0,
  duplicates: 0,
  missing: 0,
  parked: 0,
  neverHit: [],
  cases: [],
  violations: [],
};

const DISK: KillReport['cases'][number] = {
  fault: 'a full disk',
  point: 'run',
  seeds: 1,
  hits: 5,
  countedBy: 'database',
  violations: [],
  skipped: null,
};

function reportFor(results: readonly SeedResult[], kills: KillReport | null = null) {
  return reportOf({
    rows: [row],
    results: [{ rowIndex: 0, mode: 'unique', results }],
    kills,
    seed: 's',
    seconds: 1,
  });
}

describe('the report of a fault run', () => {
  it('passes where every row was hit and nothing was violated', () => {
    const report = reportFor([clean, clean], KILLS);

    expect(report).toMatchObject({ passed: true, duplicates: 0, missing: 0, lostAcks: 0 });
    expect(report.rows).toEqual([
      expect.objectContaining({ mode: 'unique', seeds: 2, hits: 2, violations: 0 }),
    ]);
  });

  it('says of each row who counted its hits, in JSON and in the table', () => {
    const report = reportFor([clean]);

    expect(report.rows).toEqual([expect.objectContaining({ hits: 1, countedBy: 'line' })]);
    expect(reportLines(report).join('\n')).toMatch(/1 +1 +line +0 +0 +status 502, create \(unique\)/);
  });

  it('fails over a row that was never hit, and names it', () => {
    const report = reportFor([{ ...clean, hits: 0 }]);

    expect(report.passed).toBe(false);
    expect(reportLines(report)).toContain('NEVER HIT status 502, create, unique');
  });

  it('fails over a violation, with the seed that shows it again', () => {
    const report = reportFor([clean, { ...clean, seed: 's/1', duplicates: 1, violations: ['2 tasks'] }]);

    expect(report).toMatchObject({ passed: false, duplicates: 1 });
    expect(reportLines(report)).toContain('VIOLATION s/1: 2 tasks');
  });

  it('fails over an acknowledged write that is lost, and over a kill that never came', () => {
    expect(reportFor([clean], { ...KILLS, lostAcks: 1 }).passed).toBe(false);
    expect(reportFor([clean], { ...KILLS, neverHit: ['real kill at K5'] }).passed).toBe(false);
    expect(reportFor([clean], { ...KILLS, violations: ['two tasks'] }).passed).toBe(false);
  });
});

describe('the positions of a crash point', () => {
  const positions = ['first', 'middle', 'last'].map((position) => ({
    ...crash,
    modes: BOTH,
    point: `${position}, then again in recovery`,
  }));
  const reportOfPositions = (hitsOf: (rowIndex: number) => number) =>
    reportOf({
      rows: positions,
      results: positions.flatMap((_position, rowIndex) =>
        BOTH.map((mode) => ({ rowIndex, mode, results: [{ ...clean, hits: hitsOf(rowIndex) }] })),
      ),
      kills: null,
      seed: 's',
      seconds: 1,
    });

  it('are one cell a mode, which names them', () => {
    const { rows } = reportOfPositions(() => 1);

    const point =
      'first, then again in recovery; middle, then again in recovery; last, then again in recovery';
    expect(rows).toEqual([
      expect.objectContaining({ fault: 'killed at K5', point, mode: 'unique', seeds: 3, hits: 3 }),
      expect.objectContaining({ fault: 'killed at K5', point, mode: 'ledger', seeds: 3, hits: 3 }),
    ]);
  });

  it('must each be hit', () => {
    const report = reportOfPositions((rowIndex) => (rowIndex === 1 ? 0 : 1));

    expect(report.passed).toBe(false);
    expect(report.neverHit).toEqual([
      'killed at K5, middle, then again in recovery, unique',
      'killed at K5, middle, then again in recovery, ledger',
    ]);
  });
});

describe('what only real files and disks go through', () => {
  it('is a row like the others, and fails like them', () => {
    const seen = reportFor([clean], { ...KILLS, cases: [DISK] });
    const unseen = reportFor([clean], { ...KILLS, cases: [{ ...DISK, hits: 0 }] });
    const lost = reportFor([clean], { ...KILLS, cases: [{ ...DISK, violations: ['an answer is lost'] }] });

    expect(seen.rows.at(-1)).toMatchObject({ fault: 'a full disk', hits: 5, countedBy: 'database' });
    expect(seen.passed).toBe(true);
    expect(unseen.passed).toBe(false);
    expect(lost.passed).toBe(false);
    expect(reportLines(lost)).toContain('VIOLATION real processes: an answer is lost');
  });

  it('is named where this machine did not let it be tried', () => {
    const skipped = { ...DISK, seeds: 0, hits: 0, skipped: 'no disk can be mounted' };

    const report = reportFor([clean], { ...KILLS, cases: [skipped] });

    expect(report.passed).toBe(true);
    expect(report.rows).toHaveLength(1);
    expect(reportLines(report)).toContain('NOT TRIED a full disk: no disk can be mounted');
  });
});

describe('the tasks of a fault run', () => {
  it('give each cell its seeds, which its rows share, but none fewer than the least', () => {
    const tasks = tasksOf(
      [
        [0, row],
        [1, crash],
        [2, { ...crash, point: 'again' }],
        [3, { ...crash, point: 'later' }],
      ],
      { seed: 's', at: null, seeds: 12, leastSeeds: 2 },
    );

    const seeds = tasks.map(({ rowIndex, mode, seeds: list }) => [rowIndex, mode, list.length]);
    expect(seeds).toEqual([
      [0, 'unique', 10],
      [0, 'unique', 2],
      [0, 'ledger', 10],
      [0, 'ledger', 2],
      [1, 'unique', 4],
      [2, 'unique', 4],
      [3, 'unique', 4],
    ]);
  });

  it('replay one seed alone', () => {
    const tasks = tasksOf([[1, crash]], { seed: 's', at: 7, seeds: 12, leastSeeds: 2 });

    expect(tasks.map(({ seeds }) => seeds)).toEqual([['s/killed at K5/create/unique/7']]);
  });
});
