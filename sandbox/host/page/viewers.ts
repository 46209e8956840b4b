import type { Portal, PortalOwner } from './control-api.ts';

/** Who looks at the page: a user of the account, or someone who can open records but has no part in the program. */
export interface Viewer {
  userId: number;
  firstName: string;
  lastName: string;
  email: string;
  locale: string;
  role: string;
  superAdmin: boolean;
  teams: PortalOwner['teams'];
}

/** A HubSpot user that no seeded account has. */
const OUTSIDER: Viewer = {
  userId: 9_999_999,
  firstName: 'Olive',
  lastName: 'Outsider',
  email: 'olive.outsider@example.com',
  locale: 'en-US',
  role: 'owns no customers',
  superAdmin: false,
  teams: [],
};

/** Admins first, then the others by name, the outsider last. */
export function viewersOf(portal: Portal): Viewer[] {
  const people = portal.owners
    .filter((owner): owner is PortalOwner & { userId: number } => owner.userId !== null)
    .map((owner) => ({ ...owner, role: owner.superAdmin ? 'admin' : (owner.teams[0]?.name ?? '') }))
    .sort((a, b) => Number(b.superAdmin) - Number(a.superAdmin) || a.firstName.localeCompare(b.firstName));
  return [...people, OUTSIDER];
}

/** The viewer named in the address, else the first. */
export function viewerFrom(viewers: Viewer[], asUserId: string | null): Viewer {
  return viewers.find((viewer) => String(viewer.userId) === asUserId) ?? viewers[0] ?? OUTSIDER;
}

export const nameOf = (person: { firstName: string; lastName: string }) =>
  `${person.firstName} ${person.lastName}`.trim();

/** HubSpot's user and portal parts of an extension's context. */
export function contextOf(portal: Portal, viewer: Viewer) {
  return {
    user: {
      id: viewer.userId,
      email: viewer.email,
      emails: [viewer.email],
      firstName: viewer.firstName,
      lastName: viewer.lastName,
      roles: [],
      teams: viewer.teams.map((team) => ({
        id: Number(team.id),
        name: team.name,
        teammates: teammates(portal, team.id),
      })),
      locale: viewer.locale.toLowerCase(),
      language: viewer.locale.slice(0, 2),
      permissions: viewer.superAdmin ? ['integrations-management-write'] : [],
    },
    portal: { id: portal.portalId, timezone: portal.timeZone },
    extension: { appId: 1, appName: 'Service check-in', cardTitle: 'Service check-in' },
  };
}

function teammates(portal: Portal, teamId: string): number[] {
  return portal.owners.flatMap((owner) =>
    owner.userId !== null && owner.teams.some((team) => team.id === teamId) ? [owner.userId] : [],
  );
}
