/** How fast the tasks of a run are being made, and when that ends. */

export type RunFigures = {
  /** Tasks that can be made now and are not made yet, those being sent included. */
  readonly leftNow: number;
  /** Tasks made of what was sent within the last few minutes. */
  readonly madeLately: number;
  /** When the first of these was sent; null where there are none. */
  readonly since: Date | null;
};

/** What keeps tasks from being made: HubSpot refuses them all, in its words, or does not say what became of them. */
export type RunTrouble = { readonly refusal: string | null; readonly inDoubt: number };

export type RunPace = { readonly ratePerMinute: number | null; readonly expectedEndAt: Date | null };

const MINUTE_MS = 60_000;
/** A pace is reckoned over the last few minutes: what slowed a run an hour ago says nothing about its end. */
export const PACE_WINDOW_MS = 3 * MINUTE_MS;
/** Less than this tells the start of a run and not its pace. */
const SHORTEST_MS = 10_000;

export type RunRest =
  { readonly why: 'refused'; readonly refusal: string } | { readonly why: 'inDoubt'; readonly tasks: number };

/** Why a run rests; null where tasks are being made, or nothing stands in their way. */
export function restOf({ refusal, inDoubt }: RunTrouble, { madeLately }: RunFigures): RunRest | null {
  if (refusal !== null) return { why: 'refused', refusal };
  return inDoubt > 0 && madeLately === 0 ? { why: 'inDoubt', tasks: inDoubt } : null;
}

/** Returns the tasks a minute (to a tenth) and the expected end; both null where nothing is left or too little is known. */
export function paceOf({ leftNow, madeLately, since }: RunFigures, now: Date): RunPace {
  const lastedMs = since === null ? 0 : now.getTime() - since.getTime();
  if (leftNow === 0 || madeLately === 0 || lastedMs < SHORTEST_MS) {
    return { ratePerMinute: null, expectedEndAt: null };
  }
  const perMs = madeLately / lastedMs;
  return {
    ratePerMinute: Math.round(perMs * MINUTE_MS * 10) / 10,
    expectedEndAt: new Date(now.getTime() + Math.ceil(leftNow / perMs)),
  };
}
