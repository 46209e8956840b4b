import type { CompanyId, ContactId, PortalId } from '../core/model.ts';
import { AppError, hasCode } from '../errors.ts';
import { followCompanies } from './follow-companies.ts';
import { forgetContact } from './forget-contact.ts';
import { inSequence } from './in-sequence.ts';
import type { OpenEvent } from './delivery-port.ts';
import type { Deps } from './ports.ts';
import type { Touch, WebhookEvent } from './records.ts';
import { syncTouches } from './sync-tasks.ts';
import { followToldMerges, isContactMerge } from './told-merges.ts';

const BATCH = 100;
const ERASURE = 'contact.privacyDeletion';
/** So often an event may go without a reply before it is looked at alone. */
const FAILURES_IN_COMPANY = 5;
/** Where so many alone got no reply and none got one, HubSpot is away: nothing is wrong with the events. */
const ALONE_AT_MOST = 5;

/**
 * Works through the kept webhook events. Events arrive twice and out of order, so each is only a hint: what counts is what
 * HubSpot says now, read again. Who is to be erased comes first: that needs no reply of HubSpot, and waits for nothing.
 */
export async function processInbox(deps: Deps, portalId: PortalId): Promise<void> {
  while (!deps.isStopping()) {
    await eraseAll(deps, portalId);
    const events = await deps.store.inTenant(portalId, (scope) => deps.store.inbox.take(scope, BATCH));
    if (events.length === 0) return;
    await workThrough(deps, portalId, events);
  }
}

/** One read for all of them; where that fails for good, one for each half, until the bad event stands alone and is set aside. */
async function workThrough(deps: Deps, portalId: PortalId, events: readonly OpenEvent[]): Promise<void> {
  try {
    await follow(deps, portalId, events);
  } catch (error) {
    if (hasCode(error, 'hubspot_unavailable')) return afterNoReply(deps, portalId, events, error);
    if (passes(error)) throw error;
    const middle = Math.ceil(events.length / 2);
    if (events.length === 1) return setAside(deps, portalId, events, error);
    await workThrough(deps, portalId, events.slice(0, middle));
    return workThrough(deps, portalId, events.slice(middle));
  }
  await markDone(deps, portalId, events, null);
}

async function follow(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  await eraseContacts(deps, portalId, events);
  await followCompanies(deps, portalId, idsOf<CompanyId>(events, 'company'));
  await followToldMerges(deps, portalId, events.filter(isContactMerge));
  await rereadTasks(deps, portalId, idsOf<string>(events, 'task'));
}

type Halving = {
  /** Whether HubSpot answered about any of them. */
  isAnswered: boolean;
  /** Those about which it did not, each asked for alone. */
  readonly alone: OpenEvent[];
};

/**
 * The events stay, but one that goes without a reply again and again while HubSpot answers about others: its reply cannot be
 * read, and it would hold up the rest for good.
 * @throws the error, where any of them stays
 */
async function afterNoReply(
  deps: Deps,
  portalId: PortalId,
  events: readonly OpenEvent[],
  error: unknown,
): Promise<void> {
  const keys = events.map(({ dedupeKey }) => dedupeKey);
  await deps.store.inTenant(portalId, (scope) => deps.store.inbox.failed(scope, keys));
  if (!events.some(isWornOut)) throw error;
  const halving: Halving = { isAnswered: false, alone: [] };
  await followHalves(deps, portalId, events, halving);
  if (!halving.isAnswered) throw error;
  const wornOut = halving.alone.filter(isWornOut);
  for (const event of wornOut) await setAside(deps, portalId, [event], error);
  if (wornOut.length < halving.alone.length) throw error;
}

/** Counted with the failure of this time. */
function isWornOut({ failures }: OpenEvent): boolean {
  return failures + 1 >= FAILURES_IN_COMPANY;
}

async function followHalves(
  deps: Deps,
  portalId: PortalId,
  events: readonly OpenEvent[],
  halving: Halving,
): Promise<void> {
  const middle = Math.ceil(events.length / 2);
  for (const half of [events.slice(0, middle), events.slice(middle)]) {
    const [first, ...others] = half;
    if (first === undefined) continue;
    try {
      await follow(deps, portalId, half);
      await markDone(deps, portalId, half, null);
      // About companies HubSpot is always asked; about tasks that are not ours it is not.
      if (half.some(({ objectType }) => objectType === 'company')) halving.isAnswered = true;
    } catch (error) {
      const isUnanswered = hasCode(error, 'hubspot_unavailable');
      if (!isUnanswered && passes(error)) throw error;
      if (others.length > 0) await followHalves(deps, portalId, half, halving);
      else if (isUnanswered) halving.alone.push(first);
      else await setAside(deps, portalId, half, error);
      if (!halving.isAnswered && halving.alone.length >= ALONE_AT_MOST) throw error;
    }
  }
}

/** Later it may work: the events stay. */
function passes(error: unknown): boolean {
  return hasCode(
    error,
    'hubspot_throttled',
    'hubspot_unavailable',
    'unavailable',
    'not_installed',
    'outcome_unknown',
    'conflict',
  );
}

async function setAside(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
  error: unknown,
): Promise<void> {
  const reason = error instanceof AppError ? error.code : 'internal';
  await markDone(deps, portalId, events, reason);
  const types = events.map(({ subscriptionType }) => subscriptionType).join();
  deps.log.warn({ portalId, reason, types }, 'a webhook event could not be followed');
}

function markDone(
  deps: Deps,
  portalId: PortalId,
  events: readonly WebhookEvent[],
  reason: string | null,
): Promise<void> {
  const keys = events.map(({ dedupeKey }) => dedupeKey);
  return deps.store.inTenant(portalId, (scope) =>
    deps.store.inbox.done(scope, keys, deps.clock.now(), reason),
  );
}

function idsOf<Id extends string>(events: readonly WebhookEvent[], objectType: 'company' | 'task'): Id[] {
  const ids = events
    .filter((event) => event.objectType === objectType)
    .flatMap(({ objectId, mergedInto }) => [objectId, mergedInto]);
  return [...new Set(ids.filter((id): id is Id => id !== null))];
}

async function eraseAll(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const events = await deps.store.inTenant(portalId, (scope) =>
      deps.store.inbox.take(scope, BATCH, ERASURE),
    );
    if (events.length === 0) return;
    await eraseEach(deps, portalId, events);
  }
}

async function eraseEach(deps: Deps, portalId: PortalId, events: readonly OpenEvent[]): Promise<void> {
  for (const event of events) {
    try {
      await eraseContacts(deps, portalId, [event]);
    } catch (error) {
      if (passes(error)) throw error;
      await setAside(deps, portalId, [event], error);
      continue;
    }
    await markDone(deps, portalId, [event], null);
  }
}

async function eraseContacts(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  const erased = events.filter(({ subscriptionType }) => subscriptionType === ERASURE);
  if (erased.length === 0) return;
  for (const { objectId } of erased) {
    if (objectId === null) continue;
    await deps.store.inTenant(portalId, (scope) => forgetContact(deps, scope, objectId as ContactId));
  }
  await deps.queue.wake('deliverOutbox', portalId);
}

async function rereadTasks(deps: Deps, portalId: PortalId, taskIds: readonly string[]): Promise<void> {
  const touches = await deps.store.inTenant(portalId, async (scope) => {
    const found = await inSequence(taskIds, (taskId) => deps.store.touches.findByTask(scope, taskId));
    return found.filter((touch): touch is Touch => touch?.state === 'created');
  });
  for (let from = 0; from < touches.length; from += BATCH) {
    await syncTouches(deps, portalId, touches.slice(from, from + BATCH));
  }
}
