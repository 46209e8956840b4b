/** One line of the record: what, where its figure stands in the bench's JSON, how it reads, and the bar it has to reach. */
export type Row = {
  readonly what: string;
  /** Keys from the bench's figures down, joined by dots. */
  readonly at: string;
  readonly unit: Unit;
  readonly bar?: string;
};

export type Unit =
  'seconds' | 'milliseconds' | 'megabytes' | 'kilobytes' | 'ratio' | 'count' | 'perSecond' | 'percent';

const zero = '0';

const runRows = (at: string): readonly Row[] => [
  { what: 'time', at: `${at}seconds`, unit: 'seconds' },
  { what: 'calls', at: `${at}calls`, unit: 'count' },
  { what: '429 replies', at: `${at}replies429`, unit: 'count' },
  { what: 'companies with two tasks', at: `${at}duplicates`, unit: 'count' },
];
const named = (name: string, rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => ({ ...row, what: `${name}: ${row.what}` }));

/** The record, bench by bench, in the order in which it is read. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  quarter: [
    { what: 'companies', at: 'companies', unit: 'count' },
    { what: 'time to the last outcome', at: 'spread.seconds', unit: 'seconds' },
    { what: 'floor', at: 'floorSeconds', unit: 'seconds' },
    { what: 'time ÷ floor', at: 'spread.ratioToFloor', unit: 'ratio', bar: '≤ 1.053' },
    { what: 'floor, stages beside each other', at: 'besideSeconds', unit: 'seconds' },
    { what: 'time ÷ that floor', at: 'spread.ratioToBeside', unit: 'ratio' },
    { what: 'calls, the most of any run', at: 'calls', unit: 'count', bar: 'floor + 2 %' },
    { what: 'calls of the floor', at: 'floorCalls', unit: 'count' },
    { what: '429 replies', at: 'replies429', unit: 'count', bar: zero },
    { what: 'companies with two tasks', at: 'duplicates', unit: 'count', bar: zero },
    { what: 'companies without a task', at: 'missing', unit: 'count', bar: zero },
    { what: 'most calls in any 10 s', at: 'maxCallsInTenSeconds', unit: 'count', bar: '≤ 110' },
    { what: 'most searches in any 1 s', at: 'maxSearchesInOneSecond', unit: 'count', bar: '≤ 5' },
    { what: 'peak memory of the worker', at: 'spread.peakRssBytes', unit: 'megabytes' },
    { what: '100,000 companies: time', at: 'large.seconds', unit: 'seconds' },
    { what: '100,000 companies: 429 replies', at: 'large.replies429', unit: 'count' },
    { what: '100,000 companies: peak memory', at: 'large.peakRssBytes', unit: 'megabytes', bar: '≤ + 20 %' },
    { what: '502 after commit: replies hit', at: 'under502AfterCommit.hits', unit: 'count', bar: '> 0' },
    {
      what: '502 after commit: companies with two tasks',
      at: 'under502AfterCommit.duplicates',
      unit: 'count',
      bar: zero,
    },
    {
      what: '502 after commit: companies without a task',
      at: 'under502AfterCommit.missing',
      unit: 'count',
      bar: zero,
    },
    { what: 'cards beside a run: reads of two calls', at: 'cards.reads', unit: 'count' },
    { what: 'cards beside a run: wait, p50', at: 'cards.waitP50Ms', unit: 'milliseconds' },
    { what: 'cards beside a run: wait, p99', at: 'cards.waitP99Ms', unit: 'milliseconds', bar: '≤ 500' },
    { what: 'cards beside a run: longest wait', at: 'cards.waitMaxMs', unit: 'milliseconds' },
    { what: 'cards beside a run: 429 replies', at: 'cards.replies429', unit: 'count', bar: zero },
    { what: 'one by one: companies', at: 'peers.oneByOne.companies', unit: 'count' },
    ...named('one by one', runRows('peers.oneByOne.')),
    {
      what: 'one by one: times slower per company',
      at: 'peers.oneByOne.timesSlowerPerCompany',
      unit: 'ratio',
      bar: '≥ 40',
    },
    ...named('batched', runRows('peers.batched.')),
    {
      what: 'batched: times slower per company',
      at: 'peers.batched.timesSlowerPerCompany',
      unit: 'ratio',
      bar: '> 1',
    },
    {
      what: 'batched, 502 after commit: replies hit',
      at: 'peers.batched.under502AfterCommit.hits',
      unit: 'count',
      bar: '> 0',
    },
    {
      what: 'batched, 502 after commit: companies with two tasks',
      at: 'peers.batched.under502AfterCommit.duplicates',
      unit: 'count',
    },
  ],
  log: [
    { what: 'activities', at: 'activities', unit: 'count' },
    { what: 'activities read', at: 'read', unit: 'count', bar: 'all' },
    { what: 'time', at: 'spread.seconds', unit: 'seconds' },
    { what: 'floor', at: 'floorSeconds', unit: 'seconds' },
    { what: 'floor ÷ time', at: 'spread.shareOfFloor', unit: 'ratio', bar: '≥ 0.9' },
    { what: 'calls', at: 'calls', unit: 'count', bar: 'those of the floor' },
    { what: 'calls of the floor', at: 'floorCalls', unit: 'count' },
    { what: '429 replies', at: 'rate429', unit: 'count', bar: zero },
    { what: 'peak memory', at: 'spread.peakRssBytes', unit: 'megabytes' },
  ],
  fleet: [
    { what: 'accounts', at: 'portals', unit: 'count' },
    { what: 'customers in each', at: 'customersEach', unit: 'count' },
    { what: 'workers', at: 'workers', unit: 'count' },
    { what: 'time until all tasks were made', at: 'seconds', unit: 'seconds', bar: '≤ 600' },
    { what: 'completion of the median account', at: 'medianCompletionSeconds', unit: 'seconds' },
    { what: 'last account ÷ median', at: 'maxOfMedian', unit: 'ratio', bar: '≤ 2' },
    { what: 'calls', at: 'calls', unit: 'count' },
    { what: '429 replies', at: 'rate429', unit: 'count', bar: zero },
    { what: 'companies with two tasks', at: 'duplicates', unit: 'count', bar: zero },
    { what: 'companies without a task', at: 'missing', unit: 'count', bar: zero },
  ],
  turn: [
    { what: 'accounts', at: 'portals', unit: 'count' },
    { what: 'customers in each', at: 'customersEach', unit: 'count' },
    { what: 'workers', at: 'workers', unit: 'count' },
    { what: 'their first quarter', at: 'firstSeconds', unit: 'seconds' },
    {
      what: 'the next, all tasks of the first still open',
      at: 'seconds',
      unit: 'seconds',
      bar: '≤ 0.12 an account',
    },
    { what: 'completion of the median account', at: 'medianCompletionSeconds', unit: 'seconds' },
    { what: 'last account ÷ median', at: 'maxOfMedian', unit: 'ratio', bar: '≤ 2' },
    { what: 'calls of the first quarter', at: 'firstCalls', unit: 'count' },
    { what: 'calls of the next', at: 'calls', unit: 'count' },
    { what: '429 replies', at: 'rate429', unit: 'count', bar: zero },
    { what: 'deadlocks', at: 'deadlocks', unit: 'count', bar: zero },
    { what: 'companies with two tasks', at: 'duplicates', unit: 'count', bar: zero },
    { what: 'companies without a task', at: 'missing', unit: 'count', bar: zero },
  ],
  hook: [
    { what: '150 requests/s of 10 events: p50', at: 'small.p50Ms', unit: 'milliseconds' },
    { what: '150 requests/s of 10 events: p99', at: 'small.p99Ms', unit: 'milliseconds', bar: '≤ 1000' },
    { what: '150 requests/s of 10 events: slowest', at: 'small.maxMs', unit: 'milliseconds', bar: '≤ 2000' },
    { what: '20 requests/s of 100 events: p50', at: 'large.p50Ms', unit: 'milliseconds' },
    { what: '20 requests/s of 100 events: p99', at: 'large.p99Ms', unit: 'milliseconds', bar: '≤ 1000' },
    { what: '20 requests/s of 100 events: slowest', at: 'large.maxMs', unit: 'milliseconds', bar: '≤ 2000' },
    { what: 'acknowledged events', at: 'events', unit: 'count' },
    { what: 'of them lost', at: 'lost', unit: 'count', bar: zero },
    { what: 'worked through after the storm', at: 'drainedSeconds', unit: 'seconds', bar: '≤ 300' },
  ],
  card: (['postgres', 'embedded'] as const).flatMap((kind) => {
    const isPostgres = kind === 'postgres';
    const name = isPostgres ? 'Postgres' : 'embedded';
    const reads = isPostgres ? 200 : 50;
    const writes = isPostgres ? 50 : 10;
    return [
      { what: `${name}, ${reads} reads/s: p50`, at: `${kind}.reads.p50Ms`, unit: 'milliseconds' },
      {
        what: `${name}, ${reads} reads/s: p99`,
        at: `${kind}.reads.p99Ms`,
        unit: 'milliseconds',
        bar: isPostgres ? '≤ 100' : '≤ 250',
      },
      { what: `${name}, ${writes} writes/s: p50`, at: `${kind}.writes.p50Ms`, unit: 'milliseconds' },
      {
        what: `${name}, ${writes} writes/s: p99`,
        at: `${kind}.writes.p99Ms`,
        unit: 'milliseconds',
        bar: '≤ 250',
      },
      { what: `${name}: reads without 2xx`, at: `${kind}.reads.refused`, unit: 'count', bar: zero },
      { what: `${name}: writes without 2xx`, at: `${kind}.writes.refused`, unit: 'count', bar: zero },
    ] satisfies Row[];
  }),
  start: [
    { what: '`npm start` to ready', at: 'start.readySeconds', unit: 'seconds', bar: '≤ 2' },
    { what: 'resident memory on Postgres', at: 'start.residentBytes', unit: 'megabytes', bar: '≤ 200' },
    { what: '`npm run sandbox` to ready', at: 'sandboxReadySeconds', unit: 'seconds', bar: '≤ 15' },
  ],
  compare: [
    {
      what: 'check-ins of ten claims, on one core',
      at: 'checkInsPerSecond',
      unit: 'perSecond',
      bar: '≥ 100,000',
    },
    { what: 'slowest run', at: 'slowestPerSecond', unit: 'perSecond' },
    { what: 'fastest run', at: 'fastestPerSecond', unit: 'perSecond' },
  ],
};
