/** Promises to a customer: one owner, one date, kept or broken. */
import type { LocalDay, PromiseState } from '../model.ts';

type DatedPromise = { readonly state: PromiseState; readonly dueOn: LocalDay };

/** Returns a promise's state on a day: an open one turns broken the day after it was due, without anyone saying so. */
export function promiseStateOn(promise: DatedPromise, today: LocalDay): PromiseState {
  return promise.state === 'open' && promise.dueOn < today ? 'broken' : promise.state;
}

/** Returns the promises that still wait for someone, kept ones left out, the longest due first. Overdue ones can still be kept. */
export function waitingPromises<P extends DatedPromise>(promises: readonly P[]): P[] {
  return promises
    .filter((promise) => promise.state === 'open')
    .sort((a, b) => (a.dueOn === b.dueOn ? 0 : a.dueOn < b.dueOn ? -1 : 1));
}

/** Returns how many promises were kept, of those that are kept or broken by a day. */
export function keptOf(
  promises: readonly DatedPromise[],
  today: LocalDay,
): { readonly kept: number; readonly total: number } {
  const states = promises.map((promise) => promiseStateOn(promise, today));
  const kept = states.filter((state) => state === 'kept').length;
  return { kept, total: kept + states.filter((state) => state === 'broken').length };
}
