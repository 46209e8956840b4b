import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { barsOf, distanceOf } from '../../../scripts/calibrate/bars.ts';
import { groupsToRun, settingsOf } from '../../../scripts/calibrate/cells.ts';
import { jobsOf, runJob } from '../../../scripts/calibrate/jobs.ts';
import { ratesPlot } from '../../../scripts/calibrate/plot.ts';
import { reportJson, reportLines, reportOf, reportPage } from '../../../scripts/calibrate/report.ts';
import type { GridRow } from '../../../scripts/calibrate/run-cells.ts';
import { runConfusion, runGroup, severitiesOf } from '../../../scripts/calibrate/run-cells.ts';
import { STATES } from '../../../scripts/calibrate/states.ts';
import { MEASURED_SETTINGS } from '../../../src/core/comparison/settings.ts';
import type { Scenario } from '../../../src/core/comparison/simulator.ts';

const SEED = 'test';
const PAGE = new URL('../../../docs/calibration.md', import.meta.url);
type Report = {
  readonly grid: readonly { readonly setting: string }[];
  readonly bars: readonly { readonly bar: string; readonly required: string; readonly computed: unknown }[];
  readonly confusion: readonly unknown[];
};
const coverage = { wilsonMean: 95, wilsonLowest: 95, wilsonHighest: 95, shrunkMean: 90 };
const aRow = (changes: Partial<GridRow>): GridRow => ({
  setting: 'C',
  forget: 0.1,
  colleague: 0.1,
  sigma: 0.45,
  delta: 0.5,
  rho: 0,
  touches: 6,
  falseFirm: 0.1,
  honestSoft: 1,
  hit: 60,
  ...changes,
});
const aScenario = (changes: Partial<Scenario>): Scenario => ({
  touches: { exactly: 3 },
  tookPlace: 0,
  recall: { forget: 0.1, colleague: 0.1, sigma: 0.45, delta: 0.5, rho: 0 },
  extras: null,
  meanGapDays: 90,
  ...changes,
});
const barNamed = (name: string, rows: readonly GridRow[]) =>
  barsOf(rows, [], coverage).find((bar) => bar.bar === name);

describe('the cells of the calibration', () => {
  it('hold the whole box, clustered respondents and the many-colleagues corner', () => {
    const points = groupsToRun(false).flatMap((group) => group.points);
    const ofKind = (rho: number, colleague: (share: number) => boolean) =>
      points.filter(({ recall }) => recall.rho === rho && colleague(recall.colleague)).length;

    // 4 pairs × 3 sigmas × 3 deltas × 6 touches; clustered at delta 0.5 only; the corner at two deltas.
    expect(ofKind(0, (share) => share <= 0.1)).toBe(216);
    expect(ofKind(0.1, () => true)).toBe(72);
    expect(ofKind(0, (share) => share === 0.3)).toBe(36);
  });

  it('judge a point by its true q where it is measured', () => {
    const recall = { forget: 0.25, colleague: 0.1, sigma: 0.7, delta: 1, rho: 0 };

    const settings = settingsOf({ recall, touches: 3 });

    expect(Object.keys(settings).sort()).toEqual(['C', 'measured']);
    expect([settings.measured?.q.toFixed(3), settings.measured?.sigma]).toEqual(['0.325', 0.7]);
  });
});

describe('the simulator', () => {
  it('gives the same rows for the same seed, and others for another', () => {
    const group = {
      sigma: 0.45,
      delta: 0.5,
      touches: 6,
      points: groupsToRun(true)[9]?.points.slice(0, 1) ?? [],
    };

    expect(runGroup(group, 500, SEED)).toEqual(runGroup(group, 500, SEED));
    expect(runGroup(group, 500, 'other')).not.toEqual(runGroup(group, 500, SEED));
  });

  it('finds neglected accounts and spares honest ones', () => {
    const [neglected] = severitiesOf(aScenario({}), [MEASURED_SETTINGS], 4000, SEED);
    const [honest] = severitiesOf(aScenario({ tookPlace: 1 }), [MEASURED_SETTINGS], 4000, SEED);

    expect(Math.abs((neglected?.firm ?? 0) - 43.7)).toBeLessThan(3);
    expect(honest?.firm ?? 100).toBeLessThan(1);
  });

  it('hits more when nobody was seen for longer', () => {
    // The method: a mean gap of 180 days lifts hits to 56 % and 84 % at three and six touches.
    const hits = [3, 6].map((touches) => {
      const scenario = aScenario({ touches: { exactly: touches }, meanGapDays: 180 });
      return severitiesOf(scenario, [MEASURED_SETTINGS], 4000, SEED)[0]?.firm ?? 0;
    });

    expect(Math.abs((hits[0] ?? 0) - 56)).toBeLessThan(3);
    expect(Math.abs((hits[1] ?? 0) - 84)).toBeLessThan(3);
  });

  it('meets the published confusion matrix', () => {
    // 6,000 draws a row: five standard errors are 3.2 points at worst.
    const rows = STATES.map((state) => runConfusion(state, 'M', 6000, SEED));

    expect(distanceOf(rows)).toBeLessThan(3.2);
  });
});

describe('the bars', () => {
  it('take the worst cell that they name', () => {
    const rows = [
      aRow({}),
      aRow({ falseFirm: 1.01, sigma: 0.7 }),
      aRow({ falseFirm: 5, setting: 'measured' }),
    ];

    expect(barNamed('False firm, C, whole box, delta ≤ 0.5', rows)).toMatchObject({
      computed: 1.01,
      holds: false,
    });
    expect(barNamed('False firm, q and sigma measured = true, delta ≤ 1', rows)).toMatchObject({
      computed: 5,
    });
  });

  it('take the lowest hit', () => {
    const rows = [aRow({ hit: 60 }), aRow({ hit: 53.9, sigma: 0.3 })];

    expect(barNamed('Hit, C, 6 touches, sigma 0.3–0.7', rows)).toMatchObject({
      computed: 53.9,
      holds: false,
    });
  });

  it('never hold over no cells', () => {
    expect(
      barsOf([], [], coverage)
        .filter((bar) => bar.holds)
        .map((bar) => bar.bar),
    ).toEqual(['Wilson 95%, mean coverage, p uniform 2–50%, n 12–60', 'Shrunk 90%, coverage over its prior']);
  });
});

describe('a short run', () => {
  it('judges every bar by cells that it simulates, and leaves out none of a full run', () => {
    // Few draws: whether the bars hold is for `npm run calibrate` to say.
    const draws = 300;
    const results = jobsOf({ draws, seed: SEED, isShort: true }).map((job) => runJob({ ...job, draws }));

    const report = JSON.parse(reportJson(reportOf(results, draws, SEED))) as Report;

    const bars = readFileSync(PAGE, 'utf8').match(/^\| [^|]+ \| (?:≤|≥|\d)[^|]*% \|/gm) ?? [];
    expect(report).toMatchObject({ draws, seed: SEED });
    expect(report.bars.map(({ bar, required }) => `| ${bar} | ${required} |`)).toEqual(bars);
    expect(report.bars.filter(({ computed }) => typeof computed !== 'number')).toEqual([]);
    expect(report.confusion).toHaveLength(2 * STATES.length);
    expect(new Set(report.grid.map(({ setting }) => setting))).toEqual(new Set(['C', 'M', 'measured']));
  });
});

describe('the report', () => {
  const results = [
    { kind: 'group', rows: [aRow({}), aRow({ setting: 'M', touches: 3 })] },
    runJob({ kind: 'confusion', state: STATES[0]!, setting: 'M', draws: 200, seed: SEED }),
    { kind: 'coverage', coverage },
  ] as const;

  it('has the shape that others read', () => {
    const report = JSON.parse(reportJson(reportOf(results, 200, SEED))) as Record<
      'grid' | 'bars' | 'confusion',
      object[]
    > & { coverage: object };

    expect(Object.keys(report)).toEqual(['draws', 'seed', 'grid', 'bars', 'confusion', 'coverage']);
    expect(Object.keys(report.grid[0] ?? {})).toEqual([
      'setting',
      'forget',
      'colleague',
      'sigma',
      'delta',
      'rho',
      'touches',
      'falseFirm',
      'honestSoft',
      'hit',
    ]);
    expect(Object.keys(report.bars[0] ?? {})).toEqual(['bar', 'required', 'computed', 'holds']);
    expect(Object.keys(report.confusion[0] ?? {})).toEqual([
      'state',
      'meanTouches',
      'setting',
      'percentages',
    ]);
    expect(report.coverage).toEqual({ wilsonMean: 95, shrunkMean: 90 });
  });

  it('names on a terminal the page that lists the cells', () => {
    const report = reportOf(results, 200, SEED);

    expect(reportLines(report).split('\n')).toHaveLength(report.bars.length + 1);
    expect(reportLines(report)).toContain('docs/calibration.md lists');
  });

  it('becomes a page with its date and seed, and a plot', () => {
    const report = reportOf(results, 200, SEED);

    expect(reportPage(report, '2026-11-21')).toContain('on 2026-11-21, seed `test`, 200 simulated');
    expect(ratesPlot(report.grid).match(/<polyline/g)).toHaveLength(4);
  });
});
