/** Who is what: from the installer, HubSpot's owners and teams, and the settings. Roles add up, but blind capture always wins. */
import type { OwnerId, Role, UserId } from '../model.ts';
import { asUserId } from '../model.ts';

/** A manager named in settings, with the reps put under them by hand. */
export type SettingsManager = {
  readonly managerUserId: number;
  readonly repOwnerIds: readonly string[];
};

type RolesInput = {
  readonly userId: UserId;
  readonly installedByUserId: UserId;
  /** The person's owner id; null where HubSpot has none for them. */
  readonly ownerId: OwnerId | null;
  /** They own a company in scope. */
  readonly ownsCompanies: boolean;
  readonly settingsManagers: readonly SettingsManager[];
};

/** Returns a person's roles: the installer is admin and manager, an owner of companies is a rep; nobody is left as a viewer. */
export function rolesFor(input: RolesInput): Set<Role> {
  const roles = new Set<Role>();
  if (input.userId === input.installedByUserId) roles.add('admin').add('manager');
  if (input.settingsManagers.some((manager) => manager.managerUserId === input.userId)) roles.add('manager');
  if (input.ownerId !== null && input.ownsCompanies) roles.add('rep');
  if (roles.size === 0) roles.add('viewer');
  return roles;
}

/** Whether somebody is nobody's manager, rep or admin: only such a person reads findings as an auditor. */
export function isApart(roles: ReadonlySet<Role>): boolean {
  return (['admin', 'manager', 'rep'] as const).every((role) => !roles.has(role));
}

type TeamOwner = {
  readonly ownerId: OwnerId;
  readonly userId: UserId | null;
  readonly primaryTeamId: string | null;
  readonly active: boolean;
};

type ManagerInput = {
  readonly owners: readonly TeamOwner[];
  readonly settings: { readonly managers: readonly SettingsManager[] };
  readonly installedByUserId: UserId;
};

/**
 * Returns the user who calls a rep's customers: the manager whom the settings name for the rep, else an active manager who shares
 * the rep's primary HubSpot team (the first in the order of the settings), else the installer. The installer calls where there is
 * no rep.
 */
export function managerOf(repOwnerId: OwnerId | null, input: ManagerInput): UserId {
  if (repOwnerId === null) return input.installedByUserId;
  const named = input.settings.managers.find((manager) => manager.repOwnerIds.includes(repOwnerId));
  if (named !== undefined) return asUserId(named.managerUserId);
  return managerOnTeam(repOwnerId, input) ?? input.installedByUserId;
}

/** Nobody is found as their own manager: who calls about their own accounts would have nothing to compare. */
function managerOnTeam(repOwnerId: OwnerId, input: ManagerInput): UserId | undefined {
  const teamId = input.owners.find((owner) => owner.ownerId === repOwnerId)?.primaryTeamId ?? null;
  if (teamId === null) return undefined;
  const teammates = input.owners.filter(
    (owner) => owner.active && owner.primaryTeamId === teamId && owner.ownerId !== repOwnerId,
  );
  const managers = [
    ...input.settings.managers.map((manager) => asUserId(manager.managerUserId)),
    input.installedByUserId,
  ];
  return managers.find((userId) => teammates.some((owner) => owner.userId === userId));
}

export type RoleOnCompany = 'manager' | 'rep' | 'viewer';

type OnCompanyInput = {
  readonly userId: UserId;
  /** The viewer's owner id; null where they have none. */
  readonly ownerId: OwnerId | null;
  readonly roles: ReadonlySet<Role>;
  /** Who makes this company's check-in: the caller of its touch, else `managerOf` its owner. */
  readonly callerUserId: UserId | null;
  readonly companyOwnerId: OwnerId | null;
};

/**
 * Returns which view of a company a person gets. Who calls the customer gets the manager's view, in which the log is hidden
 * until the answer is saved, even where they own the company too. Whoever else owns it is its rep, with a rep's rights: told
 * after the words are released, and able to reply. Then come those who manage and administer the program.
 */
export function roleOnCompany(input: OnCompanyInput): RoleOnCompany {
  if (input.callerUserId === input.userId) return 'manager';
  const owns = input.ownerId !== null && input.ownerId === input.companyOwnerId;
  if (owns) return 'rep';
  const administersAsManager = input.roles.has('admin') && input.roles.has('manager');
  return administersAsManager ? 'manager' : 'viewer';
}
