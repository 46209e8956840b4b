import type { CompanyId, PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { ContactRecord, CreateOutcome, TaskDraft, TaskKeyMode } from './hubspot-port.ts';
import { inFlight } from './in-flight.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import { prepareWrites } from './prepare-writes.ts';
import {
  KEY_TAKEN,
  REFUSED,
  UNKNOWN_OUTCOME,
  type Company,
  type Heard,
  type PortalRow,
  type Touch,
  type TouchOutcome,
} from './records.ts';
import { createRunLog } from './run-log.ts';
import { createRunTrust } from './run-trust.ts';
import { ANSWERS_LOOKED_AT, textOfTouch } from './touch-text.ts';
import { dueAtOf } from './touch-outbox.ts';

/** How long an unknown outcome rests before it is looked into. */
const UNKNOWN_REST_MS = 60_000;
/** Contacts nobody read yet are read when the quarter's tasks are out; by then at the latest where the run was cut off. */
const CONTACTS_AFTER_MS = 2 * 60_000;

/**
 * Makes the HubSpot tasks of the touches whose time has come, several batches at a time: each batch's intent is committed before a
 * byte of it leaves, each outcome under the fence of its claim. Once a batch fails, no other is claimed; those under way are
 * settled, then the first error is thrown. Between two batches it comes to rest where the process stops.
 * @throws hubspot_rejected where HubSpot refuses all tasks (they are planned again), outcome_unknown where it has fallen silent
 */
export async function releaseTouches(deps: Deps, portalId: PortalId): Promise<void> {
  // Where a person had the field for the keys made anew, no plan need come before the next task.
  await prepareWrites(deps, portalId);
  const runLog = createRunLog(deps, portalId);
  const trust = createRunTrust();
  let batches = 0;
  let unread = 0;
  await inFlight(deps, async () => {
    const claimed = deps.isStopping() ? null : await claim(deps, portalId, batches === 0);
    if (claimed === null) return null;
    batches += 1;
    // A run of a single batch is over before its begin is worth a line.
    if (claimed.touches.length === deps.hubspot.maxBatch) runLog.tick();
    const send = async () => {
      const { outcomes, unreadHere } = await sendAndSettle(deps, portalId, claimed);
      unread += unreadHere;
      trust.learn(outcomes);
    };
    if (!claimed.isTrial) return send;
    trust.onTrial();
    await send();
    return () => Promise.resolve();
  }).finally(() => (batches > 0 ? runLog.end() : undefined));
  if (unread === 0 || deps.isStopping()) return;
  if (await wantContacts(deps, portalId)) await deps.queue.wake('readContacts', portalId);
}

/** Not while customers are still read or planned: all tasks come first, and the last of them ask again. */
function wantContacts(deps: Deps, portalId: PortalId): Promise<boolean> {
  return deps.store.inTenant(portalId, async (scope) => {
    const portal = await deps.store.portals.find(scope);
    if (portal === null || hasMoreToPlan(portal)) return false;
    await deps.store.companies.wantContactsAtOnce(scope, deps.clock.now());
    return true;
  });
}

function hasMoreToPlan({ readCursor, companiesReadAt, plannedAt }: PortalRow): boolean {
  if (readCursor !== null) return true;
  return companiesReadAt !== null && (plannedAt === null || plannedAt < companiesReadAt);
}

type Claimed = {
  readonly context: PortalContext;
  readonly mode: TaskKeyMode;
  readonly touches: readonly Touch[];
  /** Some task is in doubt or was refused: whether HubSpot makes tasks again shows by a single batch. */
  readonly isTrial: boolean;
  readonly companies: ReadonlyMap<CompanyId, Company>;
  /** What is stored of them: nothing is asked of HubSpot in the way of a create. */
  readonly contacts: ReadonlyMap<CompanyId, readonly ContactRecord[]>;
  readonly heard: ReadonlyMap<CompanyId, readonly Heard[]>;
};

function claim(deps: Deps, portalId: PortalId, isFirst: boolean): Promise<Claimed | null> {
  return deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.holdKeyMode(scope);
    const context = await loadPortal(deps, scope);
    const { startedAt, taskKeyMode } = context.portal;
    if (startedAt === null || taskKeyMode === null) return null;
    const inDoubt = isFirst ? await deps.store.touches.inState(scope, 'sending', null, 1) : [];
    const touches = await deps.store.touches.claimForSending(scope, context.now, deps.hubspot.maxBatch);
    if (touches.length === 0) return null;
    const ids = touches.map(({ companyId }) => companyId);
    const companies = await deps.store.companies.findMany(scope, ids);
    return {
      context,
      mode: taskKeyMode,
      touches,
      isTrial: isFirst && (inDoubt.length > 0 || touches.some(({ reason }) => reason !== null)),
      companies: new Map(companies.map((company) => [company.companyId, company])),
      contacts: await deps.store.companies.contactsOf(scope, ids),
      heard: await deps.store.checkIns.lastHeard(scope, ids, ANSWERS_LOOKED_AT),
    };
  });
}

type Sent = {
  readonly outcomes: readonly (CreateOutcome | undefined)[];
  /** At how many of these companies nobody has read the contacts yet: the text of their tasks is completed afterwards. */
  readonly unreadHere: number;
};

async function sendAndSettle(deps: Deps, portalId: PortalId, claimed: Claimed): Promise<Sent> {
  const outcomes = await send(deps, portalId, claimed);
  const unread = claimed.touches
    .map(({ companyId }) => companyId)
    .filter((companyId) => claimed.companies.get(companyId)?.contactsReadAt === null);
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.touches.settle(
      scope,
      claimed.touches.map((touch, index) => toOutcome(deps, touch, outcomes[index])),
    );
    const at = new Date(deps.clock.now().getTime() + CONTACTS_AFTER_MS);
    await deps.store.companies.wantContactsOf(scope, unread, at);
  });
  return { outcomes, unreadHere: unread.length };
}

function send(deps: Deps, portalId: PortalId, claimed: Claimed): Promise<readonly CreateOutcome[]> {
  const { touches, mode } = claimed;
  const drafts = touches.map((touch) => draftOf(claimed, touch));
  return deps.hubspot.createTasks(portalId, mode, drafts).catch(async (error: unknown) => {
    if (wasNotSent(error)) await giveBack(deps, portalId, touches);
    throw error;
  });
}

/**
 * HubSpot's gateway throws before sending, never after. Whatever else broke tells nothing: such touches stay as being sent and are
 * looked for.
 */
function wasNotSent(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'outcome_unknown';
}

/** Nothing was sent: the touches go back to planned, to be claimed again in a minute. */
async function giveBack(deps: Deps, portalId: PortalId, touches: readonly Touch[]): Promise<void> {
  const notBefore = new Date(deps.clock.now().getTime() + UNKNOWN_REST_MS);
  const outcomes = touches.map(({ touchId, fence }) => ({
    touchId,
    fence,
    to: 'planned' as const,
    notBefore,
  }));
  await deps.store.inTenant(portalId, (scope) => deps.store.touches.settle(scope, outcomes));
}

function draftOf({ context, companies, contacts, heard }: Claimed, touch: Touch): TaskDraft {
  const { key, companyId, callerOwnerId } = touch;
  return {
    key,
    companyId,
    ownerId: callerOwnerId,
    ...textOfTouch(
      context,
      companies.get(companyId) ?? null,
      contacts.get(companyId) ?? [],
      heard.get(companyId) ?? [],
      touch,
    ),
    dueAt: dueAtOf(context, touch),
    type: 'CALL',
    priority: 'MEDIUM',
  };
}

function toOutcome(deps: Deps, { touchId, fence }: Touch, outcome: CreateOutcome | undefined): TouchOutcome {
  const inMs = (ms: number) => new Date(deps.clock.now().getTime() + ms);
  switch (outcome?.result) {
    case 'created':
      return { touchId, fence, to: 'created', taskId: outcome.id };
    case 'rejected':
      return { touchId, fence, to: 'parked', reason: `rejected: ${outcome.reason}` };
    case 'notSent':
      // What HubSpot refuses to all is planned as it was: the run rests, and tries these first.
      return outcome.isForAll === true
        ? { touchId, fence, to: 'planned', notBefore: inMs(0), reason: `${REFUSED}: ${outcome.reason}` }
        : { touchId, fence, to: 'planned', notBefore: inMs(outcome.retryAfterMs) };
    case 'unknown':
    case undefined: {
      const reason = outcome?.isTaken === true ? KEY_TAKEN : UNKNOWN_OUTCOME;
      return { touchId, fence, to: 'sending', notBefore: inMs(UNKNOWN_REST_MS), reason };
    }
  }
}
