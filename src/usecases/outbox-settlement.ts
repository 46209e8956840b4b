import { AppError } from '../errors.ts';
import { SENT_AGAIN, UNKNOWN_AGAIN } from './delivery-port.ts';
import type { CreateOutcome, UpdateOutcome } from './hubspot-port.ts';
import type { Deps } from './ports.ts';
import { UNKNOWN_OUTCOME, type OutboxRow } from './records.ts';
import { RECONCILE_WAIT_MS } from './resolve-touches.ts';

/** What became of a row of the outbox. */
export type Settlement = Parameters<Deps['store']['outbox']['settle']>[2];
/** By the row's id. */
export type Settlements = ReadonlyMap<string, Settlement>;

const UNKNOWN_REST_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

export const DONE: Settlement = { state: 'done' };
/** What it was about is gone: nothing is left to write. */
const GONE: Settlement = { state: 'done', reason: 'not_found' };

/** One settlement a row. */
export function settleEach(
  rows: readonly OutboxRow[],
  settlementOf: (row: OutboxRow) => Settlement,
): Settlements {
  return new Map(rows.map((row) => [row.outboxId, settlementOf(row)]));
}

/**
 * Runs one step for these rows. Where the step as a whole fails, each of them waits as its failure says.
 * @throws not_installed, and whatever is no AppError
 */
export async function orWait(
  deps: Deps,
  rows: readonly OutboxRow[],
  step: () => Promise<Settlements>,
): Promise<Settlements> {
  if (rows.length === 0) return new Map();
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    return settleEach(rows, (row) => afterError(deps, row, error));
  }
}

/** Only two codes say that nothing was written; all others may hide a write. */
export function afterError(deps: Deps, row: OutboxRow, error: AppError): Settlement {
  if (error.code === 'not_found') return GONE;
  if (error.code === 'hubspot_rejected') return { state: 'parked', reason: error.message };
  const waitMs = error.retryAfterMs ?? backoffMs(row);
  const wasNotSent = error.code === 'hubspot_throttled' || error.code === 'hubspot_unavailable';
  return wasNotSent ? notSentYet(deps, row, waitMs, error.code) : mayBeThere(deps, row, waitMs);
}

export function afterCreate(deps: Deps, row: OutboxRow, outcome: CreateOutcome | undefined): Settlement {
  switch (outcome?.result) {
    case 'created':
      return { state: 'done', hubspotId: outcome.id };
    case 'rejected':
      return outcome.isMissing === true ? GONE : { state: 'parked', reason: outcome.reason };
    case 'notSent':
      return notSentYet(deps, row, outcome.retryAfterMs, outcome.reason);
    case 'unknown':
    case undefined:
      return mayBeThere(deps, row, UNKNOWN_REST_MS);
  }
}

/** Of a change that may be repeated at will. */
export function afterUpdate(deps: Deps, row: OutboxRow, outcome: UpdateOutcome | undefined): Settlement {
  switch (outcome?.result) {
    case 'done':
      return DONE;
    case 'missing':
      return GONE;
    case 'rejected':
      return { state: 'parked', reason: outcome.reason };
    case 'notSent':
      return notSentYet(deps, row, outcome.retryAfterMs, outcome.reason);
    case 'unknown':
    case undefined:
      return mayBeThere(deps, row, backoffMs(row));
  }
}

/** An earlier send of this row may have arrived: it is looked for before anything is sent again. */
export function mayHaveLanded(row: OutboxRow): boolean {
  return row.reason === UNKNOWN_OUTCOME || row.reason === UNKNOWN_AGAIN;
}

/**
 * Of a create that nobody found and that HubSpot would not refuse a second time: looked for until it must show, then sent a last
 * time, then left for a person.
 */
export function afterNotFound(deps: Deps, row: OutboxRow): Settlement {
  const now = deps.clock.now();
  const restsUntil = new Date((row.sentAt ?? now).getTime() + RECONCILE_WAIT_MS);
  if (now < restsUntil) return mayBeThere(deps, row, restsUntil.getTime() - now.getTime());
  if (row.reason === UNKNOWN_AGAIN) return { state: 'parked', reason: UNKNOWN_OUTCOME };
  return { ...askAgain(deps, 0), reason: SENT_AGAIN };
}

/** Comes back to the row in `waitMs`: nothing was sent. */
export function askAgain(deps: Deps, waitMs: number): Settlement {
  return { state: 'planned', notBefore: later(deps, waitMs) };
}

/** Planned again, unless an earlier send may have arrived: that stays to be looked for. */
function notSentYet(deps: Deps, row: OutboxRow, waitMs: number, reason: string): Settlement {
  if (mayHaveLanded(row)) return mayBeThere(deps, row, waitMs);
  return { ...askAgain(deps, waitMs), reason: row.reason === SENT_AGAIN ? SENT_AGAIN : reason };
}

function mayBeThere(deps: Deps, { reason }: OutboxRow, waitMs: number): Settlement {
  const isLast = reason === SENT_AGAIN || reason === UNKNOWN_AGAIN;
  return {
    state: 'sending',
    notBefore: later(deps, waitMs),
    reason: isLast ? UNKNOWN_AGAIN : UNKNOWN_OUTCOME,
  };
}

function backoffMs({ attempts }: OutboxRow): number {
  return Math.min(5_000 * 2 ** attempts, LONGEST_WAIT_MS);
}

function later(deps: Deps, waitMs: number): Date {
  return new Date(deps.clock.now().getTime() + waitMs);
}
