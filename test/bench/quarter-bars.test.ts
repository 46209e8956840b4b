import { describe, expect, it } from '@jest/globals';
import { missesOf } from '../../bench/bench.ts';
import { quarterBars, type QuarterOutcome } from '../../bench/quarter/bars.ts';
import { medianRun, type RunFigures } from '../../bench/quarter/figures.ts';

const RUN: RunFigures = {
  companies: 10_000,
  calls: 155,
  floorCalls: 152,
  callsByKind: { searches: 50, taskCreates: 100, others: 5 },
  seconds: 20,
  floorSeconds: 19.4,
  ratioToFloor: 1.031,
  besideSeconds: 10.34,
  ratioToBeside: 1.934,
  rate429: 0,
  replies429: 0,
  duplicates: 0,
  missing: 0,
  maxCallsInTenSeconds: 108,
  maxSearchesInOneSecond: 5,
  secondsPerCompany: 0.002,
  peakRssBytes: 250e6,
};
const none = { hits: 2, duplicates: 0, missing: 0 };
const oneByOne = { ...RUN, companies: 1_000, seconds: 260, secondsPerCompany: 0.26, failed: 0 };
const cards = {
  companies: 30_000,
  readsPerSecond: 3,
  reads: 180,
  calls: 360,
  waitP50Ms: 40,
  waitP99Ms: 200,
  waitMaxMs: 230,
  failed: 0,
  seconds: 60,
  replies429: 0,
  duplicates: 0,
  missing: 0,
};
const batched = { ...RUN, seconds: 24, secondsPerCompany: 0.0024, failed: 0 };

function outcome(ours: Partial<RunFigures> = {}, changes: Partial<QuarterOutcome> = {}): QuarterOutcome {
  return {
    isShort: false,
    ours: medianRun([RUN, { ...RUN, ...ours }, { ...RUN, ...ours }]),
    oneByOne,
    batched,
    faults: { ours: none, batched: { ...none, duplicates: 200 } },
    cards,
    large: RUN,
    ...changes,
  };
}

const misses = (given: QuarterOutcome) => missesOf(quarterBars(given)).join('\n');

describe('the bars of the quarter', () => {
  it('are reached by a run at the limit with nothing doubled and nothing lost', () => {
    expect(misses(outcome())).toBe('');
  });

  it.each([
    ['a call too many', { calls: 156 }, '156 calls'],
    ['a 429', { replies429: 1 }, '1 replies were 429'],
    ['a duplicate', { duplicates: 1 }, '1 companies have two tasks'],
    ['a missing task', { missing: 1 }, '1 companies have no task'],
    ['too much time', { ratioToFloor: 1.06 }, '1.06 times the floor'],
  ])('are missed for %s', (_what, change, words) => {
    expect(misses(outcome(change))).toContain(words);
  });

  it.each([
    ['a card waits too long beside a run', { waitP99Ms: 510 }, 'cards wait 510 ms'],
    ['a read of a card fails', { failed: 1 }, '1 reads of cards failed'],
    ['no card was in use', { reads: 0 }, 'showed nothing'],
    ['the run beside the cards lost a task', { missing: 1 }, 'duplicates or gaps'],
  ])('are missed where %s', (_what, change, words) => {
    expect(misses(outcome({}, { cards: { ...cards, ...change } }))).toContain(words);
  });

  it('are missed for one bad run among good ones', () => {
    const ours = medianRun([RUN, RUN, RUN, { ...RUN, duplicates: 3 }]);

    expect(misses(outcome({}, { ours }))).toContain('3 companies have two tasks');
  });

  it('are missed where no fault was met, since the run then showed nothing', () => {
    const faults = { ours: { ...none, hits: 0 }, batched: none };

    expect(misses(outcome({}, { faults }))).toContain('showed nothing');
  });

  it('are missed where the faults made no second task for the batched peer either', () => {
    const faults = { ours: none, batched: none };

    expect(misses(outcome({}, { faults }))).toContain('no second task for the batched peer');
  });

  it('are missed for memory that grows with the account', () => {
    expect(misses(outcome({}, { large: { ...RUN, peakRssBytes: 400e6 } }))).toContain('peak memory grows');
  });

  it('hold no time against the short mode', () => {
    expect(misses(outcome({ ratioToFloor: 3 }, { isShort: true, large: null }))).toBe('');
  });
});
