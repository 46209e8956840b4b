import type { HubSpotProcess, LoggedCall, TaskTally } from '../support/hubspot.ts';
import { medianOf, rounded, spreadOf, type Spread } from '../support/statistics.ts';
import { quarterFloor } from './floor.ts';

export type CallsByKind = {
  readonly searches: number;
  readonly taskCreates: number;
  readonly others: number;
};

/** One run over one account, ours or a peer's, as the local HubSpot saw it. */
export type RunFigures = {
  readonly companies: number;
  /** All calls to the API between the begin of the run and its last outcome, token calls apart. */
  readonly calls: number;
  readonly floorCalls: number;
  readonly callsByKind: CallsByKind;
  readonly seconds: number;
  readonly floorSeconds: number;
  readonly ratioToFloor: number;
  /** The floor of reading and creating beside each other, and the time ÷ it: no bar, but the mark to come closer to. */
  readonly besideSeconds: number;
  readonly ratioToBeside: number;
  /** Share of the calls that HubSpot answered with 429. */
  readonly rate429: number;
  readonly replies429: number;
  /** Companies with more than one live task. */
  readonly duplicates: number;
  /** Companies without a live task. */
  readonly missing: number;
  /** The fullest rolling windows: HubSpot allows 110 calls in 10 s, and 5 searches in 1 s. */
  readonly maxCallsInTenSeconds: number;
  readonly maxSearchesInOneSecond: number;
  readonly secondsPerCompany: number;
  readonly peakRssBytes: number;
};

/** Several runs: every figure is the median of them, and `spread` says how far the times lie apart. */
export type QuarterFigures = RunFigures & {
  readonly runs: number;
  readonly spread: Readonly<Record<'seconds' | 'ratioToFloor' | 'ratioToBeside' | 'peakRssBytes', Spread>>;
};

export type Latencies = { readonly searchSeconds: number; readonly createSeconds: number };

/** The figures of one run. `from` and `to` are ms since 1970: its begin, and the commit of its last outcome. */
export async function figuresOf(
  hubspot: HubSpotProcess,
  run: {
    readonly portalId: number;
    readonly companies: number;
    readonly fromMs: number;
    readonly toMs: number;
    readonly latencies: Latencies;
    readonly peakRssBytes: number;
  },
): Promise<RunFigures> {
  const { portalId, companies, fromMs, toMs, latencies, peakRssBytes } = run;
  const logged = await hubspot.calls({ portalId, since: new Date(fromMs) });
  const calls = logged.filter((call) => isOfRun(call, toMs));
  const { maxCallsInTenSeconds, maxSearchesInOneSecond } = await hubspot.traffic({ portalId });
  const tally: TaskTally = await hubspot.tally(portalId);
  const seconds = (toMs - fromMs) / 1_000;
  const { floorCalls, floorSeconds, besideSeconds } = quarterFloor(companies, latencies);
  const replies429 = calls.filter(({ status }) => status === 429).length;
  return {
    companies,
    calls: calls.length,
    floorCalls,
    callsByKind: byKind(calls),
    seconds: rounded(seconds),
    floorSeconds: rounded(floorSeconds),
    ratioToFloor: rounded(seconds / floorSeconds),
    besideSeconds: rounded(besideSeconds),
    ratioToBeside: rounded(seconds / besideSeconds),
    rate429: rounded(replies429 / Math.max(1, calls.length), 5),
    replies429,
    duplicates: tally.companiesWithTwo,
    missing: tally.companiesWithoutTask,
    maxCallsInTenSeconds,
    maxSearchesInOneSecond,
    secondsPerCompany: rounded(seconds / companies, 6),
    peakRssBytes,
  };
}

function byKind(calls: readonly LoggedCall[]): CallsByKind {
  const searches = calls.filter(({ path }) => path.endsWith('/search')).length;
  const taskCreates = calls.filter(
    ({ method, path }) => method === 'POST' && /\/tasks(\/batch\/create)?$/.test(path),
  ).length;
  return { searches, taskCreates, others: calls.length - searches - taskCreates };
}

function isOfRun({ path, at }: LoggedCall, toMs: number): boolean {
  return !path.startsWith('/oauth') && Date.parse(at) <= toMs;
}

/** Medians of the runs; the counts that must be zero are the worst of all runs, so that no run hides behind another. */
export function medianRun(runs: readonly RunFigures[]): QuarterFigures {
  const median = (pick: (run: RunFigures) => number) => medianOf(runs.map(pick));
  const worst = (pick: (run: RunFigures) => number) => Math.max(...runs.map(pick));
  const worstRun = runs.reduce((most, run) => (run.calls > most.calls ? run : most));
  const seconds = spreadOf(runs.map((run) => run.seconds));
  const ratioToFloor = spreadOf(runs.map((run) => run.ratioToFloor));
  const ratioToBeside = spreadOf(runs.map((run) => run.ratioToBeside));
  const peakRssBytes = spreadOf(
    runs.map((run) => run.peakRssBytes),
    0,
  );
  return {
    companies: median((run) => run.companies),
    calls: worst((run) => run.calls),
    floorCalls: median((run) => run.floorCalls),
    callsByKind: worstRun.callsByKind,
    seconds: seconds.median,
    floorSeconds: rounded(median((run) => run.floorSeconds)),
    ratioToFloor: ratioToFloor.median,
    besideSeconds: rounded(median((run) => run.besideSeconds)),
    ratioToBeside: ratioToBeside.median,
    rate429: worst((run) => run.rate429),
    replies429: worst((run) => run.replies429),
    duplicates: worst((run) => run.duplicates),
    missing: worst((run) => run.missing),
    maxCallsInTenSeconds: worst((run) => run.maxCallsInTenSeconds),
    maxSearchesInOneSecond: worst((run) => run.maxSearchesInOneSecond),
    secondsPerCompany: rounded(
      median((run) => run.secondsPerCompany),
      6,
    ),
    peakRssBytes: peakRssBytes.median,
    runs: runs.length,
    spread: { seconds, ratioToFloor, ratioToBeside, peakRssBytes },
  };
}

/** The latencies by which the peers' floors are reckoned: medians of ours. */
export function medianLatencies(latencies: readonly Latencies[]): Latencies {
  return {
    searchSeconds: medianOf(latencies.map(({ searchSeconds }) => searchSeconds)),
    createSeconds: medianOf(latencies.map(({ createSeconds }) => createSeconds)),
  };
}
