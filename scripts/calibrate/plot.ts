/** A plot of the grid as plain SVG, so that the method's page shows what the numbers of the run say. */
import type { GridRow } from './run-cells.ts';

type Series = { readonly name: string; readonly color: string; readonly points: readonly [number, number][] };
type Panel = { readonly title: string; readonly top: number; readonly series: readonly Series[] };

const WIDTH = 360;
const HEIGHT = 240;
const MARGIN = { left: 50, right: 14, top: 30, bottom: 58 };
const MOST_TOUCHES = 12;
const BLUE = '#1f6f8b';
const ORANGE = '#b3541e';

/** Returns two panels: the worst false firm rate in the box, and hits of the reference customer, by touches. */
export function ratesPlot(grid: readonly GridRow[]): string {
  const isPlain = (row: GridRow) => row.rho === 0 && row.colleague <= 0.1 && row.delta <= 0.5;
  const isReference = (row: GridRow) =>
    row.forget === 0.1 && row.colleague === 0.1 && row.delta === 0.5 && row.sigma === 0.45;
  const falseFirm = seriesOf(grid.filter(isPlain), (row) => row.falseFirm, Math.max);
  const hits = seriesOf(
    grid.filter((row) => isPlain(row) && isReference(row)),
    (row) => row.hit,
    Math.max,
  );
  const panels: Panel[] = [
    { title: 'Honest log: worst firm rate, %', top: 1.2, series: falseFirm },
    { title: 'Nobody served: firm rate, %', top: 100, series: hits },
  ];
  const drawn = panels.map(
    (panel, index) => `<g transform="translate(${index * WIDTH} 0)">${panelSvg(panel)}</g>`,
  );
  const style = 'font-family="system-ui, sans-serif" font-size="11" fill="#333"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${HEIGHT}" ${style}>
<rect width="${2 * WIDTH}" height="${HEIGHT}" fill="#fff"/>
${drawn.join('\n')}
</svg>
`;
}

function seriesOf(
  rows: readonly GridRow[],
  rate: (row: GridRow) => number,
  fold: (...rates: number[]) => number,
): Series[] {
  return (['C', 'M'] as const).map((setting) => {
    const ofSetting = rows.filter((row) => row.setting === setting);
    const touches = [...new Set(ofSetting.map((row) => row.touches))].sort((left, right) => left - right);
    const points = touches.map((count): [number, number] => [
      count,
      fold(...ofSetting.filter((row) => row.touches === count).map(rate)),
    ]);
    return { name: `setting ${setting}`, color: setting === 'C' ? BLUE : ORANGE, points };
  });
}

function panelSvg({ title, top, series }: Panel): string {
  const x = (touches: number) =>
    MARGIN.left + (touches / MOST_TOUCHES) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (rate: number) => HEIGHT - MARGIN.bottom - (rate / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y(share * top);
    const label = `<text x="${MARGIN.left - 6}" y="${at + 4}" text-anchor="end">${Number((share * top).toFixed(2))}</text>`;
    return `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at}" y2="${at}" stroke="#ddd"/>${label}`;
  });
  const touches = [3, 4, 5, 6, 8, 12].map(
    (count) =>
      `<text x="${x(count)}" y="${HEIGHT - MARGIN.bottom + 16}" text-anchor="middle">${count}</text>`,
  );
  const lines = series.map(({ name, color, points }, index) => {
    const path = points.map(([count, rate]) => `${x(count).toFixed(1)},${y(rate).toFixed(1)}`).join(' ');
    const legendX = MARGIN.left + index * 90;
    const legend = `<text x="${legendX}" y="${HEIGHT - 8}" fill="${color}">— ${name}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"/>${legend}`;
  });
  const heading = `<text x="${MARGIN.left}" y="18" font-weight="600">${title}</text>`;
  const axis = `<text x="${x(MOST_TOUCHES / 2)}" y="${HEIGHT - MARGIN.bottom + 32}" text-anchor="middle">touches logged in 90 days</text>`;
  return [heading, ...ticks, ...touches, axis, ...lines].join('\n');
}
