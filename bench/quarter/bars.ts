import { noneRefused, type Bar } from '../bench.ts';
import type { CardFigures } from './cards.ts';
import type { QuarterFigures, RunFigures } from './figures.ts';
import type { PeerFigures } from './peers.ts';

const MOST_RATIO = 1.053;
const MOST_CALLS_OVER_FLOOR = 1.02;
/** Calls that read the account itself. They vanish in a large run; a short one may have them on top. */
const ACCOUNT_CALLS = 4;
const LEAST_TIMES_SLOWER = 40;
const MOST_MEMORY_GROWTH = 1.2;
const MOST_CARD_WAIT_MS = 500;

export type FaultFigures = {
  /** 502 replies to creates that were carried out, as the local HubSpot counts them. */
  readonly hits: number;
  readonly duplicates: number;
  readonly missing: number;
};

export type QuarterOutcome = {
  readonly isShort: boolean;
  readonly ours: QuarterFigures;
  readonly oneByOne: PeerFigures;
  readonly batched: PeerFigures;
  readonly faults: { readonly ours: FaultFigures; readonly batched: FaultFigures };
  readonly cards: CardFigures;
  /** Peak memory of the run over ten times as many companies; null where it was not made. */
  readonly large: RunFigures | null;
};

/** Every bar of the quarter; the short mode asserts counts alone. */
export function quarterBars(outcome: QuarterOutcome): readonly Bar[] {
  return [
    ...countBars(outcome),
    ...faultBars(outcome),
    ...cardBars(outcome),
    ...(outcome.isShort ? [] : timeBars(outcome)),
  ];
}

function countBars({ isShort, ours }: QuarterOutcome): Bar[] {
  const mostCalls = Math.max(
    Math.floor(ours.floorCalls * MOST_CALLS_OVER_FLOOR),
    isShort ? ours.floorCalls + ACCOUNT_CALLS : 0,
  );
  return [
    bar(ours.calls <= mostCalls, `${ours.calls} calls; at most ${mostCalls} are allowed`),
    noneRefused(ours.replies429),
    bar(ours.duplicates === 0, `${ours.duplicates} companies have two tasks`),
    bar(ours.missing === 0, `${ours.missing} companies have no task`),
  ];
}

function faultBars({ faults }: QuarterOutcome): Bar[] {
  return [
    bar(faults.ours.hits > 0, 'no 502 hit our run, so it showed nothing'),
    bar(faults.batched.hits > 0, 'no 502 hit the batched peer, so its run showed nothing'),
    bar(
      faults.batched.duplicates > 0,
      'the 502s made no second task for the batched peer, so they were harmless',
    ),
    bar(faults.ours.duplicates === 0, `${faults.ours.duplicates} companies have two tasks after a 502`),
    bar(faults.ours.missing === 0, `${faults.ours.missing} companies have no task after a 502`),
  ];
}

function cardBars({ cards }: QuarterOutcome): Bar[] {
  return [
    bar(cards.reads > 0, 'no card was in use beside the run, so it showed nothing'),
    bar(cards.failed === 0, `${cards.failed} reads of cards failed beside a run`),
    noneRefused(cards.replies429),
    bar(cards.duplicates + cards.missing === 0, 'the run beside the cards has duplicates or gaps'),
  ];
}

function timeBars({ ours, oneByOne, batched, cards, large }: QuarterOutcome): Bar[] {
  const timesSlower = oneByOne.secondsPerCompany / ours.secondsPerCompany;
  const growth = large === null ? 1 : large.peakRssBytes / ours.peakRssBytes;
  return [
    bar(ours.ratioToFloor <= MOST_RATIO, `${ours.ratioToFloor} times the floor; the bar is ${MOST_RATIO}`),
    bar(timesSlower >= LEAST_TIMES_SLOWER, `one by one is only ${timesSlower.toFixed(1)} times slower`),
    bar(batched.secondsPerCompany > ours.secondsPerCompany, 'the batched peer is not slower'),
    bar(
      cards.waitP99Ms <= MOST_CARD_WAIT_MS,
      `cards wait ${cards.waitP99Ms} ms beside a run; the bar is ${MOST_CARD_WAIT_MS}`,
    ),
    bar(growth <= MOST_MEMORY_GROWTH, `peak memory grows ${growth.toFixed(2)} times from 10,000 to 100,000`),
    bar((large?.duplicates ?? 0) + (large?.missing ?? 0) === 0, 'the large run has duplicates or gaps'),
  ];
}

function bar(holds: boolean, miss: string): Bar {
  return { holds, miss };
}
