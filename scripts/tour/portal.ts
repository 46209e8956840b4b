import type { PortalDocumentInput } from '../../sandbox/portal-document.ts';
import { callDisposition } from '../../sandbox/portals/hubspot-values.ts';
import { handLogged, hubspotCalling } from '../../sandbox/portals/trusted-sources.ts';

/** The people of every story: one manager, two reps, and others. */
export const ANA = { ownerId: '711', userId: 6101, name: 'Ana Keller' } as const;
export const TOM = { ownerId: '712', userId: 6102, name: 'Tom Baker' } as const;
export const MIA = { ownerId: '713', userId: 6103, name: 'Mia Stone' } as const;
/** Has a name in HubSpot and no customer: can be named as auditor. */
export const IRIS = { ownerId: '714', userId: 6104, name: 'Iris Novak' } as const;
/** A user of HubSpot who owns nothing. */
export const VIEWER = { userId: 6199 } as const;

export const TIME_ZONE = 'America/Chicago';

type Rep = { readonly ownerId: string; readonly userId: number };
export type StoryContact = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly title: string;
};
export type StoryCompany = {
  readonly id: string;
  readonly name: string;
  readonly rep: Rep | null;
  readonly lifecycleStage?: string;
  readonly contacts: readonly StoryContact[];
};

/** An account with the story's companies, before anybody installed anything. */
export function portalOf(portalId: number, companies: readonly StoryCompany[]): PortalDocumentInput {
  return {
    ...headOf(portalId),
    owners: [ANA, TOM, MIA, IRIS].map(ownerOf),
    objects: {
      companies: companies.map(companyRecord),
      contacts: companies.flatMap(({ contacts }) => contacts.map(contactRecord)),
    },
    associations: companies.flatMap((company) =>
      company.contacts.map(({ id }) => ({
        from: { type: 'contacts', id },
        to: { type: 'companies', id: company.id },
      })),
    ),
  };
}

export type StoryCall = {
  readonly id: string;
  /** When the call took place, an instant. */
  readonly at: string;
  readonly by: Rep;
  readonly companyId: string;
  readonly contactId: string;
  /** Through HubSpot's dialer, with this duration; else logged by hand half an hour later. */
  readonly dialedMs?: number;
};

const LOGGED_AFTER_MS = 30 * 60_000;

/** The calls as an addition to an account that is loaded. */
export function callsOf(portalId: number, calls: readonly StoryCall[]): PortalDocumentInput {
  return {
    ...headOf(portalId),
    objects: { calls: calls.map(callRecord) },
    associations: calls.flatMap(({ id, companyId, contactId }) => [
      { from: { type: 'calls', id }, to: { type: 'companies', id: companyId } },
      { from: { type: 'calls', id }, to: { type: 'contacts', id: contactId } },
    ]),
  };
}

function headOf(portalId: number) {
  return { portalId, name: `Story portal ${portalId}`, timeZone: TIME_ZONE };
}

function ownerOf({ ownerId, userId, name }: typeof ANA | typeof TOM | typeof MIA | typeof IRIS) {
  const [firstName = '', lastName = ''] = name.split(' ');
  const email = `${firstName.toLowerCase()}@seller.example.com`;
  const superAdmin = ownerId === ANA.ownerId;
  return {
    id: ownerId,
    userId,
    email,
    firstName,
    lastName,
    superAdmin,
    teams: [{ id: '1', name: 'Sales', primary: true }],
  };
}

function companyRecord({ id, name, rep, lifecycleStage = 'customer' }: StoryCompany) {
  return {
    id,
    properties: {
      name,
      lifecyclestage: lifecycleStage,
      hubspot_owner_id: rep?.ownerId ?? null,
      createdate: '2024-03-04T16:00:00.000Z',
    },
    createdAt: '2024-03-04T16:00:00.000Z',
  };
}

function contactRecord({ id, firstName, lastName, title }: StoryContact) {
  return {
    id,
    properties: {
      firstname: firstName,
      lastname: lastName,
      jobtitle: title,
      email: `${firstName}.${lastName}@customer.example.com`.toLowerCase(),
      phone: `+1 312-555-01${id.slice(-2)}`,
    },
    createdAt: '2024-03-04T16:00:00.000Z',
  };
}

function callRecord({ id, at, by, dialedMs }: StoryCall) {
  const source = dialedMs === undefined ? handLogged : hubspotCalling;
  const afterMs = dialedMs ?? LOGGED_AFTER_MS;
  const loggedAt = new Date(Date.parse(at) + afterMs).toISOString();
  return {
    id,
    createdAt: loggedAt,
    properties: {
      hs_timestamp: at,
      hs_createdate: loggedAt,
      hs_lastmodifieddate: loggedAt,
      hubspot_owner_id: by.ownerId,
      hs_created_by_user_id: String(by.userId),
      hs_object_source: source.label,
      hs_object_source_label: source.label,
      ...(source.detail === null ? {} : { hs_object_source_detail_1: source.detail }),
      hs_call_title: `Call ${id}`,
      hs_call_direction: 'OUTBOUND',
      hs_call_status: 'COMPLETED',
      hs_call_disposition: callDisposition.connected,
      ...(dialedMs === undefined ? {} : { hs_call_duration: String(dialedMs) }),
    },
  };
}
