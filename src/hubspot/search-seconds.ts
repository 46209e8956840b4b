/** HubSpot allows an account five searches in any second. Source: CRM search guide. */
const SEARCHES = 5;
const SECOND_MS = 1_000;
/** What the clocks' whole milliseconds and the way to HubSpot may add to what we see. */
const MARGIN_MS = 5;
/** Up to three tenths more than the median is HubSpot's own spread; beyond, a search may have been held up on its way there. */
const USUAL_SHARE = 0.5;
const USUAL_SPREAD = 1.3;
const REMEMBERED_LATENCIES = 20;
/** A little more than one second can hold, because answers come out of order. */
const REMEMBERED_SEARCHES = 2 * SEARCHES;

/** A search of ours: when it left, and the latest instant at which HubSpot may have counted it, in ms since 1970. */
export type SentSearch = { readonly leftAtMs: number; countedAtMs: number };

/**
 * The searches that this process sent an account in the last second, as HubSpot counts them. The shared budget spaces their slots;
 * a process that was held up (a busy processor, a slow socket) sends or delivers one late, and the next on time would be the sixth
 * of a second. What was late shows in when it left and in an answer that took longer than usual.
 */
export interface SearchSeconds {
  /** How long the next search must wait to stay within any second, in ms; 0 when it may leave. */
  waitMs(nowMs: number): number;
  leave(nowMs: number): SentSearch;
  answered(search: SentSearch, nowMs: number): void;
}

/** Remembers a handful of searches and latencies. */
export function createSearchSeconds(): SearchSeconds {
  const sent: SentSearch[] = [];
  const latenciesMs: number[] = [];
  return {
    waitMs(nowMs) {
      const fifth = sent.map(({ countedAtMs }) => countedAtMs).sort((one, other) => other - one)[
        SEARCHES - 1
      ];
      const waitMs = fifth === undefined ? 0 : fifth + SECOND_MS + MARGIN_MS - nowMs;
      // A clock that was set back says nothing of the last second, and must not stop searches until it has caught up.
      return waitMs > SECOND_MS + MARGIN_MS ? 0 : Math.max(0, waitMs);
    },
    leave(nowMs) {
      const search = { leftAtMs: nowMs, countedAtMs: nowMs };
      sent.push(search);
      if (sent.length > REMEMBERED_SEARCHES) sent.shift();
      return search;
    },
    answered(search, nowMs) {
      const latencyMs = nowMs - search.leftAtMs;
      if (latencyMs < 0) return;
      const sorted = latenciesMs.toSorted((one, other) => one - other);
      if (latencyMs > usualMs(sorted) * USUAL_SPREAD) search.countedAtMs = nowMs - (sorted[0] ?? 0);
      latenciesMs.push(latencyMs);
      if (latenciesMs.length > REMEMBERED_LATENCIES) latenciesMs.shift();
    },
  };
}

/** Zero before the first answer: with nothing to compare, a search counts when it was answered. */
function usualMs(sortedLatenciesMs: readonly number[]): number {
  return sortedLatenciesMs[Math.floor((sortedLatenciesMs.length - 1) * USUAL_SHARE)] ?? 0;
}
