/** What every bench is given. */
export type BenchOptions = {
  /** Seconds instead of minutes: asserts counts (calls, 429s, duplicates, losses), never times. */
  readonly isShort: boolean;
  /** Seed of everything that varies in the sandbox. */
  readonly seed: number;
  /** Companies of the peer that creates one by one; null: the bench's own number. */
  readonly peerCompanies: number | null;
  /** Accounts of the fleet; null: the bench's own number. */
  readonly fleetPortals: number | null;
  /** Progress, for people; never part of the result. */
  readonly say: (line: string) => void;
};

/** Figures as published, and every bar that was missed, in words. */
export type BenchResult = {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly misses: readonly string[];
};

export type Bench = (options: BenchOptions) => Promise<BenchResult>;

/** A bar and whether the figures reach it. */
export type Bar = { readonly holds: boolean; readonly miss: string };

/** The words of the bars that do not hold. */
export function missesOf(bars: readonly Bar[]): readonly string[] {
  return bars.filter(({ holds }) => !holds).map(({ miss }) => miss);
}

const WAS_REFUSED = 'replies were 429; none is allowed';

/** No call over HubSpot's limit. A machine that stalls for a tenth of a second can earn one: `isByRefusalsAlone` tells. */
export function noneRefused(replies: number): Bar {
  return { holds: replies === 0, miss: `${replies} ${WAS_REFUSED}` };
}

/** True where bars were missed, and all of them by 429s: a second run tells a stall from a fault. */
export function isByRefusalsAlone(misses: readonly string[]): boolean {
  return misses.length > 0 && misses.every((miss) => miss.endsWith(WAS_REFUSED));
}
