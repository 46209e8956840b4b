import { bestContact } from '../core/feedback/best-contact.ts';
import { touchTask } from '../core/feedback/task-text.ts';
import { monthName } from '../core/wording.ts';
import type { CompanyId, PortalId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import type { ContactRecord, CreateOutcome, TaskDraft, TaskKeyMode } from './hubspot-port.ts';
import { loadPortal, type PortalContext } from './person.ts';
import type { Deps } from './ports.ts';
import type { Company, Heard, Touch, TouchOutcome } from './records.ts';
import { dueAtOf } from './touch-outbox.ts';

/** HubSpot takes at most 100 inputs in a batch. */
const BATCH = 100;
/** How long an unknown outcome rests before it is looked into. */
const UNKNOWN_REST_MS = 60_000;
const ANSWERS_LOOKED_AT = 3;

/**
 * Makes the HubSpot tasks of the touches whose time has come, batch by batch: the intent is committed before a byte leaves,
 * each outcome under the fence of its claim.
 */
export async function releaseTouches(deps: Deps, portalId: PortalId): Promise<void> {
  for (;;) {
    const claimed = await claim(deps, portalId);
    if (claimed === null || claimed.touches.length === 0) return;
    const outcomes = await send(deps, portalId, claimed);
    await deps.store.inTenant(portalId, (scope) => deps.store.touches.settle(scope, outcomes));
  }
}

type Claimed = {
  readonly context: PortalContext;
  readonly mode: TaskKeyMode;
  readonly touches: readonly Touch[];
  readonly companies: ReadonlyMap<CompanyId, Company>;
};

function claim(deps: Deps, portalId: PortalId): Promise<Claimed | null> {
  return deps.store.inTenant(portalId, async (scope) => {
    const context = await loadPortal(deps, scope);
    if (context.portal.startedAt === null || context.portal.taskKeyMode === null) return null;
    const touches = await deps.store.touches.claimForSending(scope, context.now, BATCH);
    const companies = await deps.store.companies.findMany(
      scope,
      touches.map(({ companyId }) => companyId),
    );
    return {
      context,
      mode: context.portal.taskKeyMode,
      touches,
      companies: new Map(companies.map((company) => [company.companyId, company])),
    };
  });
}

async function send(deps: Deps, portalId: PortalId, claimed: Claimed): Promise<TouchOutcome[]> {
  const { touches, mode } = claimed;
  const giveBackTouches = () => giveBack(deps, portalId, touches);
  const drafts = await draftsOf(deps, portalId, claimed).catch(async (error: unknown) => {
    await giveBackTouches();
    throw error;
  });
  const outcomes = await deps.hubspot.createTasks(portalId, mode, drafts).catch(async (error: unknown) => {
    if (wasNotSent(error)) await giveBackTouches();
    throw error;
  });
  return touches.map((touch, index) => toOutcome(deps, touch, outcomes[index]));
}

async function draftsOf(deps: Deps, portalId: PortalId, claimed: Claimed): Promise<TaskDraft[]> {
  const { touches } = claimed;
  const contacts = await readContactsOf(deps, portalId, touches);
  const heard = await deps.store.inTenant(portalId, (scope) =>
    deps.store.checkIns.lastHeard(scope, [...contacts.keys()], ANSWERS_LOOKED_AT),
  );
  return touches.map((touch) =>
    draftOf(claimed, touch, contacts.get(touch.companyId) ?? [], heard.get(touch.companyId) ?? []),
  );
}

/**
 * HubSpot's gateway throws before sending, never after. Whatever else broke tells nothing: such touches stay as being sent and are
 * looked for.
 */
function wasNotSent(error: unknown): boolean {
  return error instanceof AppError && error.code !== 'outcome_unknown';
}

async function readContactsOf(deps: Deps, portalId: PortalId, touches: readonly Touch[]) {
  const ids = touches.map(({ companyId }) => companyId);
  const contacts = await deps.hubspot.contactsOfCompanies(portalId, ids);
  const complete = new Map(ids.map((id) => [id, contacts.get(id) ?? []]));
  await deps.store.inTenant(portalId, (scope) =>
    deps.store.companies.replaceContacts(scope, complete, deps.clock.now()),
  );
  return complete;
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

function draftOf(
  { context, companies }: Claimed,
  touch: Touch,
  contacts: readonly ContactRecord[],
  heard: readonly Heard[],
): TaskDraft {
  const company = companies.get(touch.companyId);
  const ask = bestContact(
    contacts,
    heard.map(({ respondentContactId, happenedOn }) => ({
      contactId: respondentContactId,
      month: monthName(happenedOn),
    })),
  );
  const { subject, bodyHtml } = touchTask({
    kind: touch.kind,
    companyName: company?.name ?? 'a customer',
    contact:
      ask === null
        ? null
        : { name: ask.contact.name, jobTitle: ask.contact.jobTitle, phone: ask.contact.phone },
    recordUrl: recordUrl(context, touch.companyId),
    dueOn: touch.dueOn,
    half: touch.dueHalf,
  });
  return {
    key: touch.key,
    companyId: touch.companyId,
    ownerId: touch.callerOwnerId,
    subject,
    bodyHtml,
    dueAt: dueAtOf(context, touch),
    type: 'CALL',
    priority: 'MEDIUM',
  };
}

/** The company's record in HubSpot. */
export function recordUrl({ portal }: PortalContext, companyId: CompanyId): string {
  return `https://${portal.uiDomain}/contacts/${portal.portalId}/record/0-2/${companyId}`;
}

function toOutcome(deps: Deps, { touchId, fence }: Touch, outcome: CreateOutcome | undefined): TouchOutcome {
  const inMs = (ms: number) => new Date(deps.clock.now().getTime() + ms);
  switch (outcome?.result) {
    case 'created':
      return { touchId, fence, to: 'created', taskId: outcome.id };
    case 'rejected':
      return { touchId, fence, to: 'parked', reason: `rejected: ${outcome.reason}` };
    case 'notSent':
      return { touchId, fence, to: 'planned', notBefore: inMs(outcome.retryAfterMs) };
    case 'unknown':
    case undefined:
      return { touchId, fence, to: 'sending', notBefore: inMs(UNKNOWN_REST_MS) };
  }
}
