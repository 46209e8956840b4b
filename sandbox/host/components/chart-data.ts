/* eslint-disable @typescript-eslint/no-deprecated -- an extension may still send what HubSpot has deprecated */
import type { ChartProps } from '@hubspot/ui-extensions';

export interface ChartSeries {
  name: string;
  color: string;
  /** One value a category, in the order of the categories. */
  values: number[];
}

export interface ChartModel {
  title: string;
  xLabel: string;
  yLabel: string;
  categories: string[];
  series: ChartSeries[];
  max: number;
}

const COLORS: Readonly<Record<string, string>> = {
  orange: '#ff8f59',
  aqua: '#51d3d9',
  purple: '#9784c2',
  yellow: '#f5c26b',
  pink: '#f2547d',
  blue: '#5c7cfa',
  green: '#4fb06d',
  darkOrange: '#c1683c',
  darkAqua: '#0091ae',
  darkPurple: '#6a5396',
  darkYellow: '#b98900',
  darkPink: '#b53361',
  darkBlue: '#33475b',
  darkGreen: '#2f7d4f',
};
const DEFAULT_COLORS = ['#0091ae', '#9784c2', '#b98900', '#4fb06d', '#c1683c'];

/** What a chart draws, from HubSpot's chart props: categories along x, one series a value of the grouping field. */
export function readChart({ data, axes, options }: ChartProps): ChartModel {
  const rows = Array.isArray(data) ? data : data.data;
  const groupField = axes.options?.groupFieldByColor;
  const categories = [...new Set(rows.map((row) => String(row[axes.x.field])))];
  const names =
    groupField === undefined
      ? [axes.y.label ?? axes.y.field]
      : [...new Set(rows.map((row) => String(row[groupField])))];
  const palette = [...(options?.colorList ?? []), ...(options?.colors ?? [])].map(
    (name) => COLORS[name] ?? '#0091ae',
  );
  const series = names.map((name, index) => ({
    name,
    color:
      colorOf(axes.options?.colors?.[name]) ??
      palette[index] ??
      DEFAULT_COLORS[index % DEFAULT_COLORS.length] ??
      '#0091ae',
    values: categories.map((category) =>
      rows
        .filter(
          (row) =>
            String(row[axes.x.field]) === category &&
            (groupField === undefined || String(row[groupField]) === name),
        )
        .reduce((sum, row) => sum + Number(row[axes.y.field] ?? 0), 0),
    ),
  }));
  const max = Math.max(1, ...series.flatMap((one) => one.values));
  return {
    title: options?.title ?? '',
    xLabel: axes.x.label ?? axes.x.field,
    yLabel: axes.y.label ?? axes.y.field,
    categories,
    series,
    max,
  };
}

function colorOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : COLORS[name];
}
