import type { FaultInput } from '../control.ts';
import { countRefused } from '../out-of-files.ts';
import { BOTH, type Cell, type Row } from '../row.ts';
import { createsSeen, HOUR_MS, MINUTE_MS, pick } from './helpers.ts';

/** Task creates and nothing else: the one call that must never be repeated blindly. */
export const CREATE = String.raw`/\/tasks\/batch\/create$/`;
/** For faults that only end by our own deadline; far above what a call takes here. */
const DEADLINE_MS = 120;
const LATE_MS = 180;
const EITHER = 'before or after its commit';

/** One create of the run, by seed the first, a middle or the last batch. */
function oneCreate(cell: Cell): Pick<FaultInput, 'match' | 'skip'> {
  return { match: { path: CREATE }, skip: cell.random.below(3) };
}

/** Before it was committed or after, by seed: from here both look alike. */
function beforeOrAfter(cell: Cell): 'before' | 'after' {
  return pick(cell, ['before', 'after'] as const);
}

type Choose = (cell: Cell) => FaultInput;

/** A run of which one create meets the fault. */
function onCreate(fault: string, point: string, choose: Choose, callDeadlineMs?: number): Row {
  return {
    fault,
    point: `create, ${point}`,
    modes: BOTH,
    countedBy: 'sandbox',
    run: async (cell) => {
      if (callDeadlineMs !== undefined) cell.expect({ callsPastLeases: true });
      await cell.start(callDeadlineMs === undefined ? {} : { callDeadlineMs });
      await cell.plant({ ...choose(cell), ...oneCreate(cell) });
      await cell.settle();
    },
  };
}

/** A run of which some calls meet the fault, whatever they are: reads, creates, searches. */
function onAnyCall(fault: string, choose: Choose, callDeadlineMs?: number): Row {
  return {
    fault,
    point: 'any call',
    modes: BOTH,
    countedBy: 'sandbox',
    run: async (cell) => {
      cell.expect({ planted429s: true, callsPastLeases: callDeadlineMs !== undefined });
      await cell.start(callDeadlineMs === undefined ? {} : { callDeadlineMs });
      for (let planted = 0; planted < 3; planted += 1)
        await cell.plant({ ...choose(cell), skip: cell.random.below(8), count: 1 + cell.random.below(2) });
      await cell.settle();
      await cell.advance(MINUTE_MS);
    },
  };
}

/** A 429 with one of these headers. */
function throttled(fault: string, headers: readonly (string | number | undefined)[]): Row {
  return onAnyCall(fault, (cell) => {
    const retryAfter = pick(cell, headers);
    return { fault: { kind: 'status', status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) } };
  });
}

const ABSURD = [
  0,
  -1,
  1_000_000_000,
  'Wed, 12 Aug 2026 15:30:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'soon',
];

const THROTTLED: readonly Row[] = [
  throttled('429 with no Retry-After or a sane one', [undefined, 2, 10]),
  throttled('429 with an absurd Retry-After (0, -1, 1e9, dates, text)', ABSURD),
];

const STATUSES = [500, 502, 503, 504, 423, 477, 524];

const STATUS_ROWS: readonly Row[] = STATUSES.map((status) =>
  onCreate(`status ${status}`, EITHER, (cell) => ({
    when: beforeOrAfter(cell),
    fault: { kind: 'status', status },
  })),
);

const BROKEN: readonly Row[] = (['beforeHeaders', 'afterHeaders', 'midBody'] as const).map((at) =>
  onCreate(`reset ${wordsOf(at)}`, EITHER, (cell) => ({
    when: beforeOrAfter(cell),
    fault: { kind: 'reset', at },
  })),
);

const SILENT: readonly Row[] = [
  onCreate(
    'silence',
    EITHER,
    (cell) => ({ when: beforeOrAfter(cell), fault: { kind: 'hang' } }),
    DEADLINE_MS,
  ),
  onCreate(
    'one byte a second',
    EITHER,
    (cell) => ({ when: beforeOrAfter(cell), fault: { kind: 'slow' } }),
    DEADLINE_MS,
  ),
  onCreate('late commit', 'lands after our timeout', () => ({ when: 'late', lateMs: LATE_MS }), DEADLINE_MS),
  onCreate('body without end or gzip bomb', 'after its commit', (cell) => ({
    when: 'after',
    fault: pick(cell, [
      { kind: 'hugeBody', megabytes: 8 },
      { kind: 'hugeBody', megabytes: 60, gzip: true },
    ]),
  })),
];

/** Whatever is asked for, no reply of ours may take longer than its deadline or more than its share of memory. */
const ENDLESS: Row = onAnyCall(
  'silence, one byte a second or a body without end',
  (cell) => {
    const fault = pick(cell, [
      { kind: 'hang' },
      { kind: 'slow' },
      { kind: 'hugeBody', megabytes: 8 },
    ] as const);
    return { when: fault.kind === 'hugeBody' ? 'after' : beforeOrAfter(cell), fault };
  },
  DEADLINE_MS,
);

const GARBAGE = ['cutBody', 'cutJson', 'htmlBody', 'emptyBody', 'wrongShape'] as const;

const WRONG: readonly Row[] = [
  ...GARBAGE.map((kind) =>
    onCreate(`200 with ${wordsOf(kind)}`, EITHER, (cell) => ({ when: beforeOrAfter(cell), fault: { kind } })),
  ),
  onAnyCall('200 with garbage', (cell) => ({
    when: beforeOrAfter(cell),
    fault: { kind: pick(cell, GARBAGE) },
  })),
  onAnyCall('connection reset or status 500', (cell) => ({
    when: beforeOrAfter(cell),
    fault: pick(cell, [{ kind: 'reset' }, { kind: 'status', status: 500 }]),
  })),
  onCreate('ids as numbers', 'after its commit', () => ({ when: 'after', fault: { kind: 'numericIds' } })),
  onCreate('results missing, extra, repeated or reordered', 'after its commit', (cell) => ({
    when: 'after',
    fault: { kind: 'results', change: pick(cell, ['shuffled', 'missing', 'extra', 'duplicate']) },
  })),
];

function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Nobody listens, or the line is cut as soon as it stands: nothing of a request arrives. */
const refused: Row = {
  fault: 'connection refused',
  point: 'every call for a while',
  modes: BOTH,
  countedBy: 'line',
  run: async (cell) => {
    const broken = { kind: 'reset', at: 'beforeHeaders' } as const;
    const refusals = countRefused(CLOSED_PORT);
    try {
      const cut = await cell.start({ apiUrl: `http://127.0.0.1:${CLOSED_PORT}` });
      await cell.settle();
      await cell.advance(10 * MINUTE_MS);
      cut.kill();
    } finally {
      refusals.mend();
    }
    for (let hit = 0; hit < refusals.hits(); hit += 1) cell.hit();
    await cell.outliveLease();
    await cell.start();
    await cell.plant({ ...oneCreate(cell), fault: broken });
    await cell.settle();
  },
};

/** It needs a privilege to listen on; nobody does here. */
const CLOSED_PORT = 1;

const HOUR_OF_GARBAGE = ['htmlBody', 'emptyBody', 'wrongShape', 'cutJson'] as const;

/** More than anything asks for in an hour. */
const ALL_CALLS = 100_000;
const GARBAGE_TURNS = 200;

/** Whatever is asked for an hour is answered with nonsense, reads and writes alike; some of the writes are done all the same. */
const garbageHour: Row = {
  fault: 'HubSpot answers garbage for an hour',
  point: 'every call',
  modes: BOTH,
  countedBy: 'sandbox',
  run: async (cell) => {
    cell.expect({ mustNotPark: cell.mode === 'unique' });
    await cell.start();
    // What comes before the hour: nothing, the read, or a part of the tasks.
    const skip = cell.random.below(12);
    for (let turn = 1; turn <= GARBAGE_TURNS; turn += 1)
      await cell.plant({
        when: beforeOrAfter(cell),
        fault: { kind: pick(cell, HOUR_OF_GARBAGE) },
        skip,
        count: turn === GARBAGE_TURNS ? ALL_CALLS : 1 + cell.random.below(3),
      });
    await lastsAnHour(cell);
  },
};

/** What was planted hits for an hour of virtual time and then no more. */
async function lastsAnHour(cell: Cell): Promise<void> {
  await cell.settle();
  await cell.advance(HOUR_MS);
  if (cell.world.control.faultHits() > 0) cell.hit();
  cell.world.control.clearFaults();
}

/** Forty customers in batches of four: ten batches, so that a run that does not stop is seen. */
const MANY = { companies: 40 };
/** What may leave in such an hour: the batches under way when it begins, then one at a time after growing rests. */
const MOST_IN_AN_HOUR = 20;
const OUTAGE = [429, 500, 502, 503, 504] as const;

/** Tasks cannot be made and all else works: what was sent is looked for, is not there, and must not end with a person. */
const createsFail: Row = {
  fault: 'creates fail for an hour, reads work',
  point: 'every create of tasks',
  modes: BOTH,
  countedBy: 'sandbox',
  account: () => MANY,
  run: async (cell) => {
    cell.expect({ mustNotPark: cell.mode === 'unique' });
    await cell.start();
    const status = pick(cell, OUTAGE);
    await cell.plant({ ...oneCreate(cell), fault: { kind: 'status', status }, count: ALL_CALLS });
    await lastsAnHour(cell);
    const creates = createsSeen(cell);
    if (creates > MOST_IN_AN_HOUR) cell.fault(`${creates} creates in an hour in which none can be made`);
  },
};

/** What HubSpot, or the line to it, makes of our calls. */
export const REPLY_ROWS: readonly Row[] = [
  ...THROTTLED,
  ...STATUS_ROWS,
  ...BROKEN,
  ...SILENT,
  ENDLESS,
  ...WRONG,
  refused,
  garbageHour,
  createsFail,
];
