import { ROWS, type Row, type Unit } from './rows.ts';

/** What `npm run bench -- --out FILE` writes. */
export type BenchRecord = {
  readonly machine: Readonly<Record<string, unknown>>;
  readonly date: string;
  readonly mode: string;
  readonly benches: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

const BEGIN = '<!-- record: written by bench/report.ts -->';
const END = '<!-- end of record -->';

/** The record as Markdown: one table a bench, with machine, date and seed. Figures that were not measured are left out. */
export function recordMarkdown(record: BenchRecord): string {
  const machine = Object.entries(record.machine)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  const parts = Object.entries(record.benches).map(([name, figures]) => benchMarkdown(name, figures));
  return [`Measured ${record.date}, ${record.mode} mode, on: ${machine}.`, ...parts].join('\n\n');
}

/** `text` with its record replaced. @throws Error where it has no place for one */
export function withRecord(text: string, markdown: string): string {
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  if (from < 0 || to < from) throw new Error(`The page needs the lines "${BEGIN}" and "${END}".`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${markdown}\n\n${text.slice(to)}`;
}

/** Later files win, bench by bench: a record may be made in several sittings on one machine. @throws Error for two machines or modes */
export function mergedRecord(records: readonly BenchRecord[]): BenchRecord {
  const [first, ...others] = records;
  if (first === undefined) throw new Error('Name the files that npm run bench wrote.');
  return others.reduce((merged, next) => {
    const isSame = (pick: (record: BenchRecord) => unknown) =>
      JSON.stringify(pick(merged)) === JSON.stringify(pick(next));
    if (!isSame(({ machine }) => machine) || !isSame(({ mode }) => mode))
      throw new Error('These files are of two machines or two modes; a record is of one.');
    return { ...next, benches: { ...merged.benches, ...next.benches } };
  }, first);
}

function benchMarkdown(name: string, figures: Readonly<Record<string, unknown>>): string {
  const seedGiven = figures['seed'];
  const isSeed = typeof seedGiven === 'number' || typeof seedGiven === 'string';
  const seed = isSeed ? `, seed ${seedGiven}` : '';
  const misses = Array.isArray(figures['misses']) ? figures['misses'].map(String) : [];
  const verdict = misses.length === 0 ? 'every bar is reached' : `missed: ${misses.join('; ')}`;
  const lines = (name === 'bundle' ? bundleRows(figures) : (ROWS[name] ?? [])).flatMap((row) => {
    const value = valueAt(figures, row.at);
    return value === undefined || value === null ? [] : [lineOf(row, value)];
  });
  return [
    `### ${name}${seed}: ${verdict}`,
    '',
    '| figure | measured | bar |',
    '|---|---|---|',
    ...lines,
  ].join('\n');
}

function bundleRows(figures: Readonly<Record<string, unknown>>): readonly Row[] {
  const extensions = figures['extensions'] as readonly { readonly name: string }[];
  return extensions.map(({ name }, place) => ({
    what: `${name}, gzipped`,
    at: `extensions.${place}.gzipBytes`,
    unit: 'kilobytes',
    ...(name.toLowerCase().includes('card') ? { bar: '≤ 25' } : {}),
  }));
}

function lineOf({ what, unit, bar = '' }: Row, value: unknown): string {
  return `| ${what} | ${textOf(value, unit)} | ${bar} |`;
}

function textOf(value: unknown, unit: Unit): string {
  if (isSpread(value)) {
    const { median, min, max, runs } = value;
    const range =
      runs === 1 ? 'one run' : `${figureText(min, unit)} to ${figureText(max, unit)}, ${runs} runs`;
    return `${figureText(median, unit)}${SUFFIX[unit]} (${range})`;
  }
  return typeof value === 'number' ? `${figureText(value, unit)}${SUFFIX[unit]}` : String(value);
}

const SUFFIX: Readonly<Record<Unit, string>> = {
  seconds: ' s',
  milliseconds: ' ms',
  megabytes: ' MB',
  kilobytes: ' kB',
  ratio: '',
  count: '',
  perSecond: '/s',
  percent: ' %',
};

function figureText(value: number, unit: Unit): string {
  const [scaled, digits] =
    unit === 'megabytes' ? [value / 1_048_576, 0] : unit === 'kilobytes' ? [value / 1_000, 1] : [value, 3];
  return scaled.toLocaleString('en-US', { maximumFractionDigits: digits });
}

function valueAt(figures: unknown, at: string): unknown {
  return at
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      figures,
    );
}

type SpreadFigure = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
};

function isSpread(value: unknown): value is SpreadFigure {
  return typeof value === 'object' && value !== null && 'median' in value && 'runs' in value;
}
