import type { PromiseChoice, PromiseState } from './model.ts';

/** Why nothing was said of a promise: somebody else said something before, or it is theirs alone to take back. */
export function promiseRefused(
  state: PromiseState,
  wanted: PromiseChoice,
): { readonly message: string; readonly hint: string } {
  const hint = 'Reload to see how it stands.';
  if (state === 'open') return { message: 'This promise is open again.', hint };
  if (wanted === 'open') {
    return {
      message: 'Only whoever marked this promise can open it again.',
      hint: 'Ask them, or write down a new promise.',
    };
  }
  return {
    message:
      state === 'kept'
        ? 'This promise is marked as kept already.'
        : 'This promise is marked as not kept already.',
    hint,
  };
}

/** Why an issue cannot be closed without a promise that was not kept. */
export const ANOTHER_OPEN = {
  message: 'Another promise of this issue is still open.',
  hint: 'Say first how that one ended.',
};
