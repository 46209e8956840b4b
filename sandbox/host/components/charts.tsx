import type { BarChartProps, ChartProps, LineChartProps } from '@hubspot/ui-extensions';
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { readChart, type ChartModel } from './chart-data.ts';

const USUAL_WIDTH = 480;
const HEIGHT = 240;
const LEFT = 36;
const BOTTOM = 28;
const TOP = 10;
const RIGHT = 8;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
const TICKS = [0, 0.5, 1];
/** About as wide as a short date; labels that would overlap are left out. */
const LABEL_WIDTH = 52;
const ROUND_NUMBERS = [1, 2, 4, 5, 6, 8, 10];

/** A chart at the width it has on the page, in pixels, with a round number at its top. */
type Drawing = ChartModel & { readonly plotWidth: number };

export function BarChart(props: BarChartProps) {
  return <Chart {...props} kind="bar" />;
}

export function LineChart(props: LineChartProps) {
  return <Chart {...props} kind="line" />;
}

/** A drawing for the eyes and the same numbers as a table for assistive technology. */
function Chart({ kind, ...props }: ChartProps & { kind: 'bar' | 'line' }) {
  const figure = useRef<HTMLElement>(null);
  const width = useWidth(figure);
  const chart = readChart(props);
  const model = { ...chart, max: roundUp(chart.max), plotWidth: width - LEFT - RIGHT };
  const showLegend = props.options?.showLegend ?? model.series.length > 1;
  return (
    <figure ref={figure} className="ui-chart">
      {model.title !== '' && <figcaption className="ui-heading">{model.title}</figcaption>}
      <svg width={width} height={HEIGHT} aria-hidden="true">
        <Axes model={model} />
        {kind === 'bar' ? (
          <Bars model={model} labels={props.options?.showDataLabels === true} />
        ) : (
          <Lines model={model} />
        )}
      </svg>
      {showLegend && <Legend model={model} />}
      <Numbers model={model} />
    </figure>
  );
}

/** Follows an element's width, so that its texts keep their size. */
function useWidth(element: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const watched = element.current;
    if (watched === null) return;
    const look = () => setWidth(watched.clientWidth === 0 ? USUAL_WIDTH : watched.clientWidth);
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(watched);
    return () => sizes.disconnect();
  }, [element]);
  return width;
}

/** The next number that reads well on an axis: 100 for 98. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return (ROUND_NUMBERS.find((number) => number * unit >= value) ?? 10) * unit;
}

const slotWidth = (model: Drawing) => model.plotWidth / Math.max(1, model.categories.length);
const yOf = (model: Drawing, value: number) => TOP + PLOT_HEIGHT * (1 - value / model.max);

function Axes({ model }: { model: Drawing }) {
  const shownEvery = Math.max(1, Math.ceil(LABEL_WIDTH / slotWidth(model)));
  return (
    <g className="ui-chart-axes">
      {TICKS.map((part) => (
        <g key={part}>
          <line
            x1={LEFT}
            x2={LEFT + model.plotWidth}
            y1={yOf(model, model.max * part)}
            y2={yOf(model, model.max * part)}
          />
          <text x={LEFT - 6} y={yOf(model, model.max * part) + 4} textAnchor="end">
            {Math.round(model.max * part * 10) / 10}
          </text>
        </g>
      ))}
      {model.categories.map((category, index) =>
        index % shownEvery === 0 ? (
          <text key={category} x={LEFT + slotWidth(model) * (index + 0.5)} y={HEIGHT - 8} textAnchor="middle">
            {category}
          </text>
        ) : null,
      )}
    </g>
  );
}

function Bars({ model, labels }: { model: Drawing; labels: boolean }) {
  const slot = slotWidth(model);
  const width = Math.min(36, (slot * 0.7) / model.series.length);
  return model.series.map((series, place) =>
    series.values.map((value, index) => {
      const x = LEFT + slot * (index + 0.5) + (place - model.series.length / 2) * width;
      const y = yOf(model, value);
      return (
        <g key={`${series.name} ${model.categories[index] ?? ''}`}>
          <rect x={x} y={y} width={width - 2} height={TOP + PLOT_HEIGHT - y} fill={series.color} rx="2" />
          {labels && (
            <text className="ui-chart-label" x={x + width / 2 - 1} y={y - 3} textAnchor="middle">
              {value}
            </text>
          )}
        </g>
      );
    }),
  );
}

function Lines({ model }: { model: Drawing }) {
  return model.series.map((series) => (
    <polyline
      key={series.name}
      fill="none"
      stroke={series.color}
      strokeWidth="2"
      points={series.values
        .map((value, index) => `${LEFT + slotWidth(model) * (index + 0.5)},${yOf(model, value)}`)
        .join(' ')}
    />
  ));
}

function Legend({ model }: { model: ChartModel }) {
  return (
    <div className="ui-legend" aria-hidden="true">
      {model.series.map((series) => (
        <span key={series.name}>
          <svg width="10" height="10">
            <circle cx="5" cy="5" r="5" fill={series.color} />
          </svg>
          {series.name}
        </span>
      ))}
    </div>
  );
}

function Numbers({ model }: { model: ChartModel }) {
  return (
    <table className="ui-visually-hidden">
      <caption>{model.title === '' ? model.yLabel : model.title}</caption>
      <thead>
        <tr>
          <th scope="col">{model.xLabel}</th>
          {model.series.map((series) => (
            <th key={series.name} scope="col">
              {series.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {model.categories.map((category, index) => (
          <tr key={category}>
            <th scope="row">{category}</th>
            {model.series.map((series) => (
              <td key={series.name}>{series.values[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
