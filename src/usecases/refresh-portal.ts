import type { CompanyId, PortalId } from '../core/model.ts';
import { localDayOf, normalizeZone } from '../core/cadence/calendar.ts';
import { AppError } from '../errors.ts';
import { followCallers } from './follow-callers.ts';
import { followCompanies } from './follow-companies.ts';
import type { CompanyPage, CompanyRecord, OwnerRecord } from './hubspot-port.ts';
import { loadPortal } from './person.ts';
import { createPagePlan, type PagePlan } from './plan-while-reading.ts';
import type { Deps } from './ports.ts';
import { readLeftOut } from './read-left-out.ts';
import type { TenantScope } from './records.ts';

const DRAFT_LIFETIME_MS = 30 * 86_400_000;
const FOLLOWED_AT_ONCE = 100;
const READ_KEEPS_MS = 86_400_000;

/**
 * Reads the account again: zone, owners, and every customer company page by page. The place reached is stored with each
 * page, so that a read goes on where it was cut off or came to rest. Reads only. People are read beside the first pages: who
 * belongs to whom matters where an owner changed, and at the end.
 */
export async function refreshPortal(deps: Deps, portalId: PortalId): Promise<void> {
  const read = await beginRead(deps, portalId);
  const people = readPeople(deps, portalId);
  try {
    await readCompanies(deps, portalId, read, people);
  } finally {
    // The lease ends with the job: nothing of it may still call HubSpot then.
    await people.catch(() => undefined);
  }
}

async function readCompanies(
  deps: Deps,
  portalId: PortalId,
  read: Read,
  people: Promise<void>,
): Promise<void> {
  const plan = createPagePlan(deps, portalId);
  const known = { people: false };
  // Awaited below; a failure before that must not count as one that nobody looks at.
  people.then(
    () => (known.people = true),
    () => undefined,
  );
  for await (const page of deps.hubspot.companyPages(portalId, read.stages, read.afterId)) {
    // Without its people the read is not over: it would begin anew instead of going on.
    if (page.nextAfterId === null) await people;
    // Who calls whom is known with the people.
    const pagePlan = known.people && page.nextAfterId !== null ? plan : null;
    await keepPage(deps, portalId, page, people, pagePlan);
    await pagePlan?.wake();
    if (deps.isStopping() && page.nextAfterId !== null) return;
  }
  if (!(await followUnseen(deps, portalId, read.startedAt))) return;
  if (!(await followStrays(deps, portalId))) return;
  await readLeftOut(deps, portalId);
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.update(scope, { companiesReadAt: deps.clock.now(), readCursor: null });
    await deps.store.drafts.removeOlderThan(scope, new Date(deps.clock.now().getTime() - DRAFT_LIFETIME_MS));
  });
  await followCallers(deps, portalId);
  await deps.queue.wake('planCycle', portalId);
}

/**
 * Stores what is new or as it was, and plans it where that is done page by page. The known companies that came back or have another owner are read again by their ids, since
 * search may lag behind, and their touches follow.
 */
async function keepPage(
  deps: Deps,
  portalId: PortalId,
  page: CompanyPage,
  people: Promise<void>,
  plan: PagePlan | null,
): Promise<void> {
  const moveCursor = (scope: TenantScope) =>
    deps.store.portals.update(scope, { readCursor: page.nextAfterId });
  const followed = await deps.store.inTenant(portalId, async (scope) => {
    const toFollow = await keepUnchanged(deps, scope, page.companies);
    const changed = new Set(toFollow);
    const kept = page.companies.map(({ companyId }) => companyId).filter((id) => !changed.has(id));
    await plan?.add(scope, kept);
    if (toFollow.length === 0) await moveCursor(scope);
    return toFollow;
  });
  if (followed.length === 0) return;
  await people;
  await followCompanies(deps, portalId, followed);
  await deps.store.inTenant(portalId, moveCursor);
}

/** Returns the changed ones, of which nothing is stored. */
async function keepUnchanged(
  deps: Deps,
  scope: TenantScope,
  read: readonly CompanyRecord[],
): Promise<readonly CompanyId[]> {
  const ids = read.map(({ companyId }) => companyId);
  const known = new Map(
    (await deps.store.companies.findMany(scope, ids)).map((company) => [company.companyId, company]),
  );
  const isChanged = ({ companyId, ownerId }: CompanyRecord) => {
    const before = known.get(companyId);
    return before !== undefined && (!before.inScope || before.ownerId !== ownerId);
  };
  const unchanged = read.filter((company) => !isChanged(company));
  await deps.store.companies.upsertRead(scope, unchanged, deps.clock.now());
  return read.filter(isChanged).map(({ companyId }) => companyId);
}

/** Companies that the whole read did not meet: each is asked for by its id, and leaves where HubSpot says so. */
function followUnseen(deps: Deps, portalId: PortalId, startedAt: Date): Promise<boolean> {
  return followAll(deps, portalId, (scope, afterId) =>
    deps.store.companies.unseenSince(scope, startedAt, FOLLOWED_AT_ONCE, afterId),
  );
}

/** Companies that left while their call was being planned: whoever followed them found no call yet. */
async function followStrays(deps: Deps, portalId: PortalId): Promise<boolean> {
  return followAll(deps, portalId, async (scope, afterId) => {
    const { cycle } = await loadPortal(deps, scope);
    return deps.store.companies.outsideWithOpenTouch(scope, cycle.label, FOLLOWED_AT_ONCE, afterId);
  });
}

/**
 * Returns false where it came to rest before the last. Page by page, so that each is asked for once even where the clock stepped
 * back meanwhile and none of them looks seen.
 */
async function followAll(
  deps: Deps,
  portalId: PortalId,
  listAfter: (scope: TenantScope, afterId: CompanyId | null) => Promise<readonly CompanyId[]>,
): Promise<boolean> {
  for (let afterId: CompanyId | null = null; ;) {
    const ids: readonly CompanyId[] = await deps.store.inTenant(portalId, (scope) =>
      listAfter(scope, afterId),
    );
    await followCompanies(deps, portalId, ids);
    if (ids.length < FOLLOWED_AT_ONCE) return true;
    if (deps.isStopping()) return false;
    afterId = ids.at(-1) ?? null;
  }
}

type Read = {
  readonly afterId: CompanyId | null;
  readonly stages: readonly string[];
  readonly startedAt: Date;
};

/** A read that is under way is resumed, unless it was cut off so long ago that what it has seen may be gone. */
function beginRead(deps: Deps, portalId: PortalId): Promise<Read> {
  return deps.store.inTenant(portalId, async (scope) => {
    const { portal, settings, now } = await loadPortal(deps, scope);
    const stages = settings.lifecycleStages;
    const { readCursor, readStartedAt } = portal;
    if (
      readCursor !== null &&
      readStartedAt !== null &&
      now.getTime() - readStartedAt.getTime() < READ_KEEPS_MS
    )
      return { afterId: readCursor, stages, startedAt: readStartedAt };
    await deps.store.portals.update(scope, { readStartedAt: now, readCursor: null });
    return { afterId: null, stages, startedAt: now };
  });
}

async function readPeople(deps: Deps, portalId: PortalId): Promise<void> {
  const withStages = await areStagesRead(deps, portalId);
  const reads = [
    deps.hubspot.accountDetails(portalId),
    deps.hubspot.owners(portalId),
    deps.hubspot.callDispositions(portalId),
    withStages ? deps.hubspot.lifecycleStages(portalId) : Promise.resolve(null),
  ] as const;
  // Where one fails, the others end first.
  await Promise.allSettled(reads);
  const [account, owners, dispositions, stages] = await Promise.all(reads);
  await deps.store.inTenant(portalId, async (scope) => {
    requireSomebody(await deps.store.people.owners(scope), owners);
    await deps.store.people.replaceOwners(scope, owners);
    await deps.store.portals.update(scope, {
      timeZone: normalizeZone(account.timeZone, 'UTC'),
      uiDomain: account.uiDomain,
      callDispositions: Object.fromEntries(dispositions),
      ...(stages === null ? {} : { knownStages: [...stages].map(([value, label]) => ({ value, label })) }),
    });
  });
}

/** Only the settings page shows them: the first read of a quarter leaves its calls to the tasks, and the next night's reads them. */
function areStagesRead(deps: Deps, portalId: PortalId): Promise<boolean> {
  return deps.store.inTenant(portalId, async (scope) => {
    const { portal, cycle } = await loadPortal(deps, scope);
    if (portal.startedAt === null) return true;
    const readOn = portal.companiesReadAt && localDayOf(portal.companiesReadAt, portal.timeZone);
    return readOn !== null && readOn >= cycle.startsOn;
  });
}

/**
 * An account has at least the person who uses the app. A list without anybody is an answer gone wrong, which would take every call
 * from its caller. Throws hubspot_unavailable, so that it is read again.
 */
function requireSomebody(known: readonly OwnerRecord[], read: readonly OwnerRecord[]): void {
  const isActive = ({ active }: OwnerRecord) => active;
  if (!known.some(isActive) || read.some(isActive)) return;
  throw new AppError('hubspot_unavailable', 'HubSpot does not answer as it should right now.', {
    safeDetails: { reason: 'a list of owners without anybody active' },
  });
}
