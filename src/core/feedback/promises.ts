/** Promises to a customer: one owner, one date, kept or broken. */
import type { LocalDay, PromiseState } from '../model.ts';

type DatedPromise = { readonly state: PromiseState; readonly dueOn: LocalDay };

/** Returns a promise's state on a day: an open one turns broken the day after it was due, without anyone saying so. */
export function promiseStateOn(promise: DatedPromise, today: LocalDay): PromiseState {
  return promise.state === 'open' && promise.dueOn < today ? 'broken' : promise.state;
}
