import type { FaultInput } from '../control.ts';
import { BOTH, type Cell, type Row } from '../row.ts';

/** Task creates and nothing else: the one call that must never be repeated blindly. */
export const CREATE = String.raw`/\/tasks\/batch\/create$/`;
/** For faults that only end by our own deadline; far above what a call takes here. */
const DEADLINE_MS = 120;
const LATE_MS = 180;
const MINUTE_MS = 60_000;

/** One create of the run, by seed the first, a middle or the last batch. */
function oneCreate(cell: Cell): Pick<FaultInput, 'match' | 'skip'> {
  return { match: { path: CREATE }, skip: cell.random.below(3) };
}

/** A run of which one create meets the fault. */
function onCreate(fault: string, point: string, input: FaultInput, callDeadlineMs?: number): Row {
  return {
    fault,
    point: `create, ${point}`,
    modes: BOTH,
    run: async (cell) => {
      await cell.start(callDeadlineMs === undefined ? {} : { callDeadlineMs });
      await cell.plant({ ...input, ...oneCreate(cell) });
      await cell.settle();
    },
  };
}

/** A run of which some calls meet the fault, whatever they are: reads, creates, searches. */
function onAnyCall(fault: string, input: FaultInput, callDeadlineMs?: number): Row {
  return {
    fault,
    point: 'any call',
    modes: BOTH,
    run: async (cell) => {
      await cell.start(callDeadlineMs === undefined ? {} : { callDeadlineMs });
      for (let planted = 0; planted < 3; planted += 1)
        await cell.plant({ ...input, skip: cell.random.below(8), count: 1 + cell.random.below(2) });
      await cell.settle();
      await cell.advance(MINUTE_MS);
    },
  };
}

const RETRY_AFTER: readonly (readonly [string, string | number | undefined])[] = [
  ['without Retry-After', undefined],
  ['with Retry-After 2', 2],
  ['with Retry-After 0', 0],
  ['with Retry-After -1', -1],
  ['with Retry-After 1e9', 1_000_000_000],
  ['with a date as Retry-After', 'Wed, 12 Aug 2026 15:30:00 GMT'],
  ['with text as Retry-After', 'soon'],
];

const THROTTLED: readonly Row[] = RETRY_AFTER.map(([name, retryAfter]) => {
  const row = onAnyCall(`429 ${name}`, {
    fault: { kind: 'status', status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) },
  });
  return {
    ...row,
    run: async (cell) => {
      cell.expect({ planted429s: true });
      await row.run(cell);
    },
  };
});

const STATUSES = [500, 502, 503, 504, 423, 477, 524];

const STATUS_ROWS: readonly Row[] = STATUSES.flatMap((status) => [
  onCreate(`status ${status}`, 'before its commit', { fault: { kind: 'status', status } }),
  onCreate(`status ${status}`, 'after its commit', { when: 'after', fault: { kind: 'status', status } }),
]);

const BROKEN: readonly Row[] = (['beforeHeaders', 'afterHeaders', 'midBody'] as const).flatMap((at) => [
  onCreate(`reset ${wordsOf(at)}`, 'nothing was committed', { fault: { kind: 'reset', at } }),
  onCreate(`reset ${wordsOf(at)}`, 'after its commit', { when: 'after', fault: { kind: 'reset', at } }),
]);

const SILENT: readonly Row[] = [
  onCreate('silence', 'nothing was committed', { fault: { kind: 'hang' } }, DEADLINE_MS),
  onCreate('silence', 'after its commit', { when: 'after', fault: { kind: 'hang' } }, DEADLINE_MS),
  onCreate('one byte a second', 'after its commit', { when: 'after', fault: { kind: 'slow' } }, DEADLINE_MS),
  onCreate('late commit', 'lands after our timeout', { when: 'late', lateMs: LATE_MS }, DEADLINE_MS),
  onCreate('body of 8 MB', 'after its commit', {
    when: 'after',
    fault: { kind: 'hugeBody', megabytes: 8 },
  }),
  onCreate('gzip bomb of 100 MB', 'after its commit', {
    when: 'after',
    fault: { kind: 'hugeBody', megabytes: 100, gzip: true },
  }),
];

const GARBAGE = ['cutBody', 'cutJson', 'htmlBody', 'emptyBody', 'wrongShape'] as const;

const WRONG: readonly Row[] = [
  ...GARBAGE.flatMap((kind) => [
    onCreate(`200 with ${wordsOf(kind)}`, 'nothing was committed', { fault: { kind } }),
    onCreate(`200 with ${wordsOf(kind)}`, 'after its commit', { when: 'after', fault: { kind } }),
    onAnyCall(`200 with ${wordsOf(kind)}`, { when: 'after', fault: { kind } }),
  ]),
  onCreate('ids as numbers', 'after its commit', { when: 'after', fault: { kind: 'numericIds' } }),
  ...(['shuffled', 'missing', 'extra', 'duplicate'] as const).map((change) =>
    onCreate(`results ${change}`, 'after its commit', { when: 'after', fault: { kind: 'results', change } }),
  ),
];

function wordsOf(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const HOUR_OF_GARBAGE = ['htmlBody', 'emptyBody', 'wrongShape', 'cutJson'] as const;

/** Whatever is asked for an hour is answered with nonsense, reads and writes alike; some of the writes are done all the same. */
const garbageHour: Row = {
  fault: 'HubSpot answers garbage for an hour',
  point: 'every call',
  modes: BOTH,
  run: async (cell) => {
    await cell.start();
    // What comes before the hour: nothing, the read, or a part of the tasks.
    const before = cell.random.below(12);
    for (const kind of HOUR_OF_GARBAGE)
      await cell.plant({
        when: cell.random.below(2) === 0 ? 'before' : 'after',
        fault: { kind },
        skip: before,
        count: 60,
      });
    await cell.settle();
    await cell.advance(60 * MINUTE_MS);
  },
};

/** What HubSpot, or the line to it, makes of our calls. */
export const REPLY_ROWS: readonly Row[] = [
  ...THROTTLED,
  ...STATUS_ROWS,
  ...BROKEN,
  ...SILENT,
  ...WRONG,
  garbageHour,
];
