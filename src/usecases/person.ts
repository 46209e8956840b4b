import type { BusinessCalendar } from '../core/cadence/business-days.ts';
import { localDayOf } from '../core/cadence/calendar.ts';
import { cycleAt, type CycleDays } from '../core/cadence/cycle.ts';
import { managerOf, rolesFor } from '../core/feedback/roles.ts';
import type { Company } from './records.ts';
import { AppError } from '../errors.ts';
import type { CompanyId, LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { OwnerRecord } from './hubspot-port.ts';
import type { Deps, RoleSet, UserActor } from './ports.ts';
import type { PersonRead, PortalRead } from './read-port.ts';
import type { PortalRow, Program, TenantScope } from './records.ts';
import type { ProgramSettings } from '../core/program-settings.ts';

/** A portal as a use case meets it: its row, its current rules, its people and today's date there. */
export type PortalContext = {
  readonly portal: PortalRow;
  readonly program: Program | null;
  readonly settings: ProgramSettings;
  readonly owners: readonly OwnerRecord[];
  readonly cal: BusinessCalendar;
  readonly now: Date;
  readonly today: LocalDay;
  /** The quarter that holds today, in the account's own year. */
  readonly cycle: CycleDays;
};

/** Who acts, in that portal. */
export type Person = PortalContext & {
  readonly userId: UserId;
  readonly owner: OwnerRecord | null;
  readonly name: string;
  readonly roles: RoleSet;
};

/** What a portal starts with before anyone chose; every figure is a default of the settings page. */
export const DEFAULT_SETTINGS: ProgramSettings = {
  openness: null,
  lifecycleStages: ['customer'],
  combineBranches: false,
  checkInsPerWeek: 10,
  managers: [],
  holidayCountry: 'US',
  holidayRegion: null,
  replyWindowBusinessDays: 5,
  releaseHorizon: 10,
  fiscalStartMonth: 1,
  // The labels are HubSpot's own provenance; the values are to be confirmed on a live account (docs/hubspot-facts.md).
  trustedSources: [
    { label: 'CALLING', detail: 'HubSpot Calling' },
    { label: 'EMAIL_INTEGRATION', detail: '' },
    { label: 'MEETINGS', detail: '' },
  ],
  dispositionMeanings: {},
  secondManagerUserId: null,
  auditorUserId: null,
};

/**
 * Loads the portal of the scope.
 * @throws not_installed where the app is not (or no longer) connected to it
 */
export async function loadPortal(deps: Deps, scope: TenantScope): Promise<PortalContext> {
  return contextOf(deps, await deps.store.reads.portal(scope));
}

function contextOf(deps: Deps, read: PortalRead | null): PortalContext {
  if (read?.portal.status !== 'installed') throw notInstalled();
  const { portal, program, owners } = read;
  // A version saved before a setting existed means its default.
  const settings = { ...DEFAULT_SETTINGS, ...program?.settings };
  const now = deps.clock.now();
  const today = localDayOf(now, portal.timeZone);
  return {
    portal,
    program,
    settings,
    owners,
    cal: deps.calendar(settings.holidayCountry, settings.holidayRegion),
    now,
    today,
    cycle: cycleAt(now, portal.timeZone, settings.fiscalStartMonth),
  };
}

/** Loads the portal and who `actor` is in it. Unknown users are viewers. Throws as loadPortal does. */
export async function loadPerson(
  deps: Deps,
  scope: TenantScope,
  actor: Pick<UserActor, 'userId'>,
): Promise<Person> {
  return personOf(deps, actor, await deps.store.reads.person(scope, actor.userId, null));
}

/** As loadPerson, beside a company, both read at once. Throws not_found for a company that is unknown or foreign, too. */
export async function loadPersonAt(
  deps: Deps,
  scope: TenantScope,
  actor: UserActor,
  companyId: CompanyId,
): Promise<{ readonly person: Person; readonly company: Company }> {
  const read = await deps.store.reads.person(scope, actor.userId, companyId);
  const person = personOf(deps, actor, read);
  const company = read?.company ?? null;
  if (company === null) throw notFound();
  return { person, company };
}

function personOf(deps: Deps, actor: Pick<UserActor, 'userId'>, read: PersonRead | null): Person {
  const context = contextOf(deps, read);
  const owner = ownerByUser(context, actor.userId);
  const roles = rolesFor({
    userId: actor.userId,
    installedByUserId: context.portal.installedByUserId,
    ownerId: owner?.ownerId ?? null,
    ownsCompanies: read?.ownsCompanies ?? false,
    settingsManagers: context.settings.managers,
  });
  return { ...context, userId: actor.userId, owner, name: owner?.name ?? 'You', roles };
}

/** The person who calls this company's customer: the rep's manager while they are there; the installer's part where nobody owns it. */
export function callerOf(context: PortalContext, company: Pick<Company, 'ownerId'>): UserId {
  if (company.ownerId === null) return callerOfTheRest(context);
  const managers = context.settings.managers.filter(({ managerUserId }) =>
    isActiveUser(context, managerUserId as UserId),
  );
  return managerOfRep(context, company.ownerId, managers);
}

/** The rep's manager by the rules, or by some of their lines; whoever calls the rest where none is named. */
export function managerOfRep(
  context: PortalContext,
  repOwnerId: OwnerId,
  managers: ProgramSettings['managers'] = context.settings.managers,
): UserId {
  const { owners } = context;
  return managerOf(repOwnerId, {
    owners,
    settings: { managers },
    installedByUserId: callerOfTheRest(context),
  });
}

/** Customers of nobody, or of no manager, are the installer's; once the installer has left, the first manager's of the settings who is there. */
function callerOfTheRest(context: PortalContext): UserId {
  const { installedByUserId } = context.portal;
  if (isActiveUser(context, installedByUserId)) return installedByUserId;
  const managers = context.settings.managers.map(({ managerUserId }) => managerUserId as UserId);
  return managers.find((userId) => isActiveUser(context, userId)) ?? installedByUserId;
}

export function ownerById(context: PortalContext, ownerId: OwnerId | null): OwnerRecord | null {
  return ownerId === null ? null : (context.owners.find((owner) => owner.ownerId === ownerId) ?? null);
}

/** False for a user whom HubSpot no longer lists, or lists as having left. */
export function isActiveUser({ owners }: PortalContext, userId: UserId): boolean {
  return owners.some((owner) => owner.active && owner.userId === userId);
}

export function ownerByUser(context: PortalContext, userId: UserId): OwnerRecord | null {
  return context.owners.find((owner) => owner.userId === userId) ?? null;
}

/** The owner id under which HubSpot gives a user work; null for one who is no owner there, or has left: HubSpot refuses those. */
export function ownerIdOfUser({ owners }: PortalContext, userId: UserId): OwnerId | null {
  return owners.find((owner) => owner.active && owner.userId === userId)?.ownerId ?? null;
}

/** A name for the screen; people without one in HubSpot are "your colleague". */
export function nameOfUser(context: PortalContext, userId: UserId): string {
  return ownerByUser(context, userId)?.name ?? 'your colleague';
}

export function requireAdmin(person: Person): void {
  if (!person.roles.has('admin')) {
    throw new AppError('forbidden', 'Only an admin of Service check-in can do this.', {
      hint: 'Ask the person who installed Service check-in.',
    });
  }
}

export function notInstalled(): AppError {
  return new AppError('not_installed', 'Service check-in is disconnected.', {
    hint: 'Ask your HubSpot admin to reconnect.',
  });
}

/** One answer for a company, check-in, touch or finding that is unknown, foreign or not the reader's. */
export function notFound(): AppError {
  return new AppError('not_found', 'There is nothing here for you to see.');
}
