/** Promises to a customer: one owner, one date, kept or broken. */
import type { LocalDay, PromiseChoice, PromiseState } from '../model.ts';

type DatedPromise = { readonly state: PromiseState; readonly dueOn: LocalDay };

/** Returns a promise's state on a day: an open one turns broken the day after it was due, without anyone saying so. */
export function promiseStateOn(promise: DatedPromise, today: LocalDay): PromiseState {
  return promise.state === 'open' && promise.dueOn < today ? 'broken' : promise.state;
}

type Standing = {
  readonly state: PromiseState;
  readonly issueIsOpen: boolean;
  /** The reader said how it ended. */
  readonly settledByReader: boolean;
};

/**
 * Returns what a person may say of a promise now. A broken one can still be kept while its issue is open, or the issue is closed
 * without it; whoever said how it ended can take that back.
 */
export function promiseChoices({ state, issueIsOpen, settledByReader }: Standing): PromiseChoice[] {
  if (state === 'open') return ['kept', 'broken'];
  const others: PromiseChoice[] = state === 'broken' && issueIsOpen ? ['kept', 'closeIssue'] : [];
  return settledByReader ? [...others, 'open'] : others;
}
