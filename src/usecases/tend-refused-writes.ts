import { refusedText } from '../core/refused-wording.ts';
import type { PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { auditJob } from './audit-jobs.ts';
import { inSequence } from './in-sequence.ts';
import type { Settlement } from './outbox-settlement.ts';
import type { Deps } from './ports.ts';
import { UNKNOWN_OUTCOME, type OutboxKind, type OutboxRow, type TenantScope } from './records.ts';

const ENDED_AT_ONCE = 200;
/** The first time, and one each night of a week. */
const MOST_REFUSALS = 8;
const KEPT_MS = 7 * 24 * 3_600_000;
/** So many of a kind show whether the cause is mended: a call with refused rows is halved until each has said its own. */
const TRIED_A_NIGHT = 10;
const FOLLOWING_AT_ONCE = 100;
/** Nothing is sent twice in one night. */
const REST_MS = 12 * 3_600_000;

/**
 * Written from what is true at the time, so that a late one is as good as any. A change of a task is not: people may have gone on
 * with the task since.
 */
const TRIED_AGAIN: readonly OutboxKind[] = ['note', 'rewriteNote', 'companyProperties', 'describeTask'];

/**
 * Nightly: nothing that HubSpot refused waits for ever. A few of what can be repeated go out again, in case somebody mended the cause
 * (the others follow them); what is left and was last sent more than a week ago ends, with an entry in the audit each. Harmless when
 * repeated.
 * @throws not_installed, and whatever is no AppError
 */
export async function tendRefusedWrites(deps: Deps, portalId: PortalId): Promise<void> {
  if (deps.isStopping()) return;
  try {
    const planned = await deps.store.inTenant(portalId, async (scope) => {
      await deps.store.outbox.endFollowed(scope, TRIED_AGAIN);
      return planEach(deps, scope, TRIED_AGAIN, TRIED_A_NIGHT);
    });
    if (planned > 0) await deps.queue.wake('deliverOutbox', portalId);
    while (!deps.isStopping() && (await endOld(deps, portalId)) === ENDED_AT_ONCE);
  } catch (error) {
    // The rest of the night's work does not wait for it; the next night tries again.
    if (!(error instanceof AppError) || error.code === 'not_installed') throw error;
    deps.log.warn({ portalId, code: error.code, ...error.safeDetails }, 'refused writes could not be tended');
  }
}

type Settled = { readonly claimed: OutboxRow; readonly change: Settlement };

/**
 * Where HubSpot took a write that it had refused before, the next ones of its kind are planned too: a hundred at a time, for as long
 * as any of them goes through. Returns how many.
 */
export function planFollowing(deps: Deps, portalId: PortalId, settled: readonly Settled[]): Promise<number> {
  const taken = settled.filter(
    // With a reason it was not written: what it was about is gone.
    ({ claimed, change }) => claimed.refusals > 0 && change.state === 'done' && change.reason === undefined,
  );
  const kinds = TRIED_AGAIN.filter((kind) => taken.some(({ claimed }) => claimed.kind === kind));
  if (kinds.length === 0) return Promise.resolve(0);
  return deps.store.inTenant(portalId, (scope) => planEach(deps, scope, kinds, FOLLOWING_AT_ONCE));
}

async function planEach(
  deps: Deps,
  scope: TenantScope,
  kinds: readonly OutboxKind[],
  rows: number,
): Promise<number> {
  const now = deps.clock.now();
  const most = { refusals: MOST_REFUSALS, rows, sentBefore: new Date(now.getTime() - REST_MS) };
  const planned = await inSequence(kinds, (kind) => deps.store.outbox.planRefused(scope, kind, most, now));
  return planned.reduce((sum, count) => sum + count, 0);
}

function endOld(deps: Deps, portalId: PortalId): Promise<number> {
  return deps.store.inTenant(portalId, async (scope) => {
    const sentBefore = new Date(deps.clock.now().getTime() - KEPT_MS);
    const ended = await deps.store.outbox.endParked(scope, sentBefore, ENDED_AT_ONCE);
    const deeds = ended.map(({ subject, kind }) => ({ action: 'giveUpWrite', subject, outcome: kind }));
    await auditJob(deps, scope, 'syncTasks', deeds);
    return ended.length;
  });
}

/** What HubSpot did not take, in plain words for an admin; null where there is nothing. */
export async function refusedWritesText(deps: Deps, scope: TenantScope): Promise<string | null> {
  const [oldest] = await deps.store.outbox.parked(scope, 1);
  if (oldest === undefined) return null;
  const { kind, reason, refusals } = oldest;
  const isUnknown = reason === UNKNOWN_OUTCOME;
  const isTriedAgain = !isUnknown && TRIED_AGAIN.includes(kind) && refusals < MOST_REFUSALS;
  const said = isUnknown ? null : reason;
  return refusedText(await deps.store.outbox.countParked(scope), { kind, said, isTriedAgain });
}
