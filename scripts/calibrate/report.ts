/** The calibration report, as one document and as a page to read. */
import type { Bar } from './bars.ts';
import { barsOf } from './bars.ts';
import type { Coverage } from './coverage.ts';
import type { JobResult } from './jobs.ts';
import type { ConfusionRow, GridRow } from './run-cells.ts';

/** Every rate is in percent; the recall model's own parameters are shares of 1. */
export type CalibrationReport = {
  /** Simulated check-ins a cell. */
  readonly draws: number;
  readonly seed: string;
  readonly grid: readonly GridRow[];
  readonly bars: readonly Bar[];
  readonly confusion: readonly ConfusionRow[];
  readonly coverage: Coverage;
};

const COLUMNS = ['COR', 'CON', 'UND', 'UNV', 'UNS', 'DIF', 'STA', 'MEM', 'SOFT', 'FIRM'];

/** Returns the report of a run's results. */
export function reportOf(results: readonly JobResult[], draws: number, seed: string): CalibrationReport {
  const grid = results.flatMap((result) => (result.kind === 'group' ? result.rows : []));
  const confusion = results.flatMap((result) => (result.kind === 'confusion' ? [result.row] : []));
  const [coverage] = results.flatMap((result) => (result.kind === 'coverage' ? [result.coverage] : []));
  if (coverage === undefined) throw new Error('the run has no coverage');
  return { draws, seed, grid, bars: barsOf(grid, confusion, coverage), confusion, coverage };
}

/** Returns the report as one line of JSON: of the intervals only the means, which the bars judge. */
export function reportJson(report: CalibrationReport): string {
  const { draws, seed, grid, bars, confusion, coverage } = report;
  const { wilsonMean, shrunkMean } = coverage;
  return JSON.stringify({ draws, seed, grid, bars, confusion, coverage: { wilsonMean, shrunkMean } });
}

/** Returns the page `docs/calibration.md`. */
export function reportPage(report: CalibrationReport, ranOn: string): string {
  const { draws, seed, grid, bars, confusion, coverage } = report;
  return `# Calibration of the comparison

Written by \`npm run calibrate -- --write\` on ${ranOn}, seed \`${seed}\`, ${draws.toLocaleString('en-US')} simulated check-ins a cell,
judged by the product's own comparison. The same seed gives the same page. What the simulator assumes about how
customers recall is in \`docs/method.md\`: assumptions, not measurements. All rates are percentages.

## Bars

Each bar is the worst of all cells it names. The box is forget 10 and 25 % × colleague 0 and 10 % × sigma 0.3, 0.45,
0.7 × delta 0, 0.5, 1, at 3, 4, 5, 6, 8 and 12 touches. C is the cautious setting, M the reference measured portal.

| Bar | Required | Computed | Holds |
|---|---|---|---|
${bars.map(({ bar, required, computed, holds }) => `| ${bar} | ${required} | ${computed.toFixed(2)}% | ${holds ? 'yes' : '**no**'} |`).join('\n')}

## Confusion matrix

What accounts of a known state get, with forget 10 %, colleague 10 %, sigma 0.45, delta 0.5.

| State | Mean touches | Setting | ${COLUMNS.join(' | ')} |
|---|---|---|${COLUMNS.map(() => '---|').join('')}
${confusion.map(confusionLine).join('\n')}

## Intervals

Wilson 95 %: mean coverage ${coverage.wilsonMean.toFixed(1)} %, from ${coverage.wilsonLowest.toFixed(1)} to ${coverage.wilsonHighest.toFixed(1)} % by the number of check-ins.
Shrunk 90 %: coverage ${coverage.shrunkMean.toFixed(1)} % over its prior.

## Grid

${grid.length} cells. False firm and soft: honest logs. Hit: accounts nobody served.

| Setting | Forget | Colleague | Sigma | Delta | Rho | Touches | False firm | Honest soft | Hit |
|---|---|---|---|---|---|---|---|---|---|
${grid.map(gridLine).join('\n')}
`;
}

/** Returns the bars as lines for a terminal, then where the cells behind them are. */
export function reportLines({ bars, grid }: CalibrationReport): string {
  const lines = bars.map(({ bar, required, computed, holds }) => {
    return `${holds ? 'holds' : 'FAILS'}  ${computed.toFixed(2).padStart(6)}%  ${required.padEnd(8)} ${bar}`;
  });
  const cells = `${grid.length} cells: --json prints those of this run, docs/calibration.md lists those of the last full run.`;
  return [...lines, cells].join('\n');
}

function confusionLine({ state, meanTouches, setting, percentages }: ConfusionRow): string {
  const shares = Object.values(percentages).map((share) => share.toFixed(share < 0.1 ? 2 : 1));
  return `| ${state} | ${meanTouches} | ${setting} | ${shares.join(' | ')} |`;
}

function gridLine(row: GridRow): string {
  const model = [row.setting, row.forget, row.colleague, row.sigma, row.delta, row.rho, row.touches];
  const rates = [row.falseFirm, row.honestSoft, row.hit].map((rate) => rate.toFixed(2));
  return `| ${[...model, ...rates].join(' | ')} |`;
}
