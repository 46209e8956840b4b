import { CALL_WINDOW_MS } from '../core/call-budget.ts';
import type { WireReply } from './client.ts';

export const WINDOW_MS = CALL_WINDOW_MS;

export type StatedBudget = {
  /** Calls a window. */
  readonly limit: number;
  /** Calls left in the window after this one; null where the reply does not say. */
  readonly remaining: number | null;
};

/** What a reply's headers say about the account's budget; null where they say nothing, or nothing credible. */
export function statedBudget(reply: WireReply): StatedBudget | null {
  const interval = reply.header('x-hubspot-ratelimit-interval-milliseconds');
  if (interval !== null && Number(interval) !== WINDOW_MS) return null;
  const limit = Number(reply.header('x-hubspot-ratelimit-max') ?? Number.NaN);
  if (!Number.isInteger(limit) || limit < 10 || limit > 1_000) return null;
  const left = Number(reply.header('x-hubspot-ratelimit-remaining') ?? Number.NaN);
  return { limit, remaining: Number.isInteger(left) && left >= 0 && left <= limit ? left : null };
}
