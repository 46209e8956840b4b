import type { CompanyId, ContactId, OwnerId, PortalId, TouchState } from '../core/model.ts';
import { cycleOf } from '../core/cadence/cycle.ts';
import { inSequence } from './in-sequence.ts';
import { callerOf, loadPortal, ownerByUser } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope, Touch, WebhookEvent } from './records.ts';
import { syncTouches } from './sync-tasks.ts';
import { addTaskWrite, mayHaveTask } from './touch-outbox.ts';

const BATCH = 100;
const OPEN_STATES: readonly TouchState[] = ['planned', 'sending', 'created', 'parked'];

/**
 * Works through the kept webhook events. Events arrive twice and out of order, so each is only a hint: what counts is what
 * HubSpot says now, read again.
 */
export async function processInbox(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const events = await deps.store.inTenant(portalId, (scope) => deps.store.inbox.take(scope, BATCH));
    if (events.length === 0) return;
    await eraseContacts(deps, portalId, events);
    await rereadCompanies(deps, portalId, idsOf<CompanyId>(events, 'company'));
    await rereadTasks(deps, portalId, idsOf<string>(events, 'task'));
    await deps.store.inTenant(portalId, (scope) =>
      deps.store.inbox.done(
        scope,
        events.map(({ dedupeKey }) => dedupeKey),
        deps.clock.now(),
      ),
    );
  }
}

function idsOf<Id extends string>(events: readonly WebhookEvent[], objectType: 'company' | 'task'): Id[] {
  const ids = events
    .filter((event) => event.objectType === objectType)
    .flatMap(({ objectId, mergedInto }) => [objectId, mergedInto]);
  return [...new Set(ids.filter((id): id is Id => id !== null))];
}

async function eraseContacts(deps: Deps, portalId: PortalId, events: readonly WebhookEvent[]): Promise<void> {
  const erased = events.filter(({ subscriptionType }) => subscriptionType === 'contact.privacyDeletion');
  if (erased.length === 0) return;
  await deps.store.inTenant(portalId, async (scope) => {
    for (const { objectId } of erased) {
      if (objectId !== null)
        await deps.store.companies.eraseContact(scope, objectId as ContactId, deps.clock.now());
    }
  });
}

/** Owner changed, merged, archived or restored: the company as it is now decides. */
async function rereadCompanies(deps: Deps, portalId: PortalId, ids: readonly CompanyId[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) {
    const slice = ids.slice(from, from + BATCH);
    const current = await deps.hubspot.companiesById(portalId, slice);
    await deps.store.inTenant(portalId, async (scope) => {
      for (const companyId of slice)
        await followCompany(deps, scope, companyId, current.get(companyId) ?? null);
    });
  }
}

type Current = {
  readonly companyId: CompanyId;
  readonly ownerId: OwnerId | null;
  readonly name: string;
  readonly lifecycleStage: string | null;
} | null;

async function followCompany(
  deps: Deps,
  scope: TenantScope,
  companyId: CompanyId,
  current: Current,
): Promise<void> {
  const known = await deps.store.companies.find(scope, companyId);
  if (known === null) return;
  const context = await loadPortal(deps, scope);
  const touch = await deps.store.touches.ofCompany(scope, companyId, cycleOf(context.today).label);
  const isGone = current?.companyId !== companyId;
  const stays = !isGone && context.settings.lifecycleStages.includes(current.lifecycleStage ?? '');
  if (!stays) {
    await deps.store.companies.update(scope, companyId, { inScope: false });
    if (touch !== null) await withdrawTouch(deps, scope, touch, isGone ? 'companyGone' : 'leftProgram');
    return;
  }
  await deps.store.companies.update(scope, companyId, {
    ownerId: current.ownerId,
    name: current.name,
    inScope: true,
  });
  if (touch === null || !isOpen(touch)) return;
  const callerUserId = callerOf(context, { ownerId: current.ownerId });
  if (callerUserId === touch.callerUserId) return;
  const callerOwnerId = ownerByUser(context, callerUserId)?.ownerId ?? null;
  await deps.store.touches.update(scope, touch.touchId, { callerUserId, callerOwnerId });
  if (mayHaveTask(touch) && callerOwnerId !== null) {
    await addTaskWrite(deps, scope, 'moveTask', touch, { ownerId: callerOwnerId }, context.now);
  }
}

function isOpen(touch: Touch): boolean {
  return OPEN_STATES.includes(touch.state);
}

async function withdrawTouch(deps: Deps, scope: TenantScope, touch: Touch, reason: string): Promise<void> {
  if (!isOpen(touch)) return;
  await deps.store.touches.update(scope, touch.touchId, { state: 'canceled', reason });
  if (mayHaveTask(touch)) await addTaskWrite(deps, scope, 'archiveTask', touch, {}, deps.clock.now());
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
