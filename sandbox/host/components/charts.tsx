import type { BarChartProps, ChartProps, LineChartProps } from '@hubspot/ui-extensions';
import { readChart, type ChartModel } from './chart-data.ts';

const WIDTH = 480;
const HEIGHT = 200;
const LEFT = 36;
const BOTTOM = 28;
const TOP = 10;
const PLOT_WIDTH = WIDTH - LEFT - 8;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
const TICKS = [0, 0.5, 1];

export function BarChart(props: BarChartProps) {
  return <Chart {...props} kind="bar" />;
}

export function LineChart(props: LineChartProps) {
  return <Chart {...props} kind="line" />;
}

/** A drawing for the eyes and the same numbers as a table for assistive technology. */
function Chart({ kind, ...props }: ChartProps & { kind: 'bar' | 'line' }) {
  const model = readChart(props);
  const showLegend = props.options?.showLegend ?? model.series.length > 1;
  return (
    <figure className="ui-chart">
      {model.title !== '' && <figcaption className="ui-heading">{model.title}</figcaption>}
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
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

const slotWidth = (model: ChartModel) => PLOT_WIDTH / Math.max(1, model.categories.length);
const yOf = (model: ChartModel, value: number) => TOP + PLOT_HEIGHT * (1 - value / model.max);

function Axes({ model }: { model: ChartModel }) {
  return (
    <g className="ui-chart-axes">
      {TICKS.map((part) => (
        <g key={part}>
          <line
            x1={LEFT}
            x2={LEFT + PLOT_WIDTH}
            y1={yOf(model, model.max * part)}
            y2={yOf(model, model.max * part)}
          />
          <text x={LEFT - 6} y={yOf(model, model.max * part) + 4} textAnchor="end">
            {Math.round(model.max * part * 10) / 10}
          </text>
        </g>
      ))}
      {model.categories.map((category, index) => (
        <text key={category} x={LEFT + slotWidth(model) * (index + 0.5)} y={HEIGHT - 8} textAnchor="middle">
          {category}
        </text>
      ))}
    </g>
  );
}

function Bars({ model, labels }: { model: ChartModel; labels: boolean }) {
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

function Lines({ model }: { model: ChartModel }) {
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
