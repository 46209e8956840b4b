import { asOwnerId, asUserId, type PortalId } from '../core/model.ts';
import type { AccountDetails, OwnerRecord } from '../usecases/hubspot-port.ts';
import { API_VERSION } from './api-version.ts';
import { unreadable } from './outcome.ts';
import type { PortalClient } from './portal-client.ts';
import { accountSchema, ownersSchema } from './schemas.ts';
import type { z } from 'zod';
import { timeZoneOf } from './values.ts';

type HubSpotOwner = z.output<typeof ownersSchema>['results'][number];

/** HubSpot's page size for owners; no documented maximum is larger. */
const PAGE_SIZE = '100';
/** 20,000 owners; it ends a cursor that never ends. */
const MOST_PAGES = 200;
/** Where accounts live unless HubSpot says otherwise. */
const DEFAULT_UI_DOMAIN = 'app.hubspot.com';

/** All people who own records, those who left too; queues are no people. Throws like `PortalClient.read`. */
export async function readOwners(client: PortalClient, portalId: PortalId): Promise<readonly OwnerRecord[]> {
  const active = await readAllPages(client, portalId, false);
  const archived = await readAllPages(client, portalId, true);
  const byId = new Map<string, OwnerRecord>();
  for (const owner of archived) byId.set(owner.id, toOwner(owner, false));
  for (const owner of active) byId.set(owner.id, toOwner(owner, true));
  return [...byId.values()];
}

async function readAllPages(
  client: PortalClient,
  portalId: PortalId,
  isArchived: boolean,
): Promise<readonly HubSpotOwner[]> {
  const owners: HubSpotOwner[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query: Record<string, string> = {
      limit: PAGE_SIZE,
      archived: String(isArchived),
      ...(after === null ? {} : { after }),
    };
    const request = {
      what: 'read owners',
      method: 'GET',
      path: `/crm/owners/${API_VERSION}`,
      query,
      priority: 'run',
    } as const;
    const reply: z.output<typeof ownersSchema> = await client.read(portalId, request, ownersSchema);
    owners.push(...reply.results.filter((owner) => owner.type !== 'QUEUE'));
    const next: string | undefined = reply.paging?.next?.after;
    if (next === undefined) return owners;
    if (next === after) break;
    after = next;
  }
  throw unreadable('read owners', 'the pages do not end');
}

function toOwner(owner: HubSpotOwner, isActive: boolean): OwnerRecord {
  const name = [owner.firstName, owner.lastName].filter(Boolean).join(' ').trim();
  const email = owner.email ?? null;
  return {
    ownerId: asOwnerId(owner.id),
    userId: owner.userId == null ? null : asUserId(owner.userId),
    name: name || (email ?? `Owner ${owner.id}`),
    email,
    primaryTeamId: owner.teams?.find((team) => team.primary === true)?.id ?? null,
    active: isActive && owner.archived !== true,
  };
}

/** The account's zone as its IANA name, and the domain its pages are shown on. Throws like `PortalClient.read`. */
export async function readAccountDetails(client: PortalClient, portalId: PortalId): Promise<AccountDetails> {
  const request = {
    what: 'read account',
    method: 'GET',
    path: `/account-info/${API_VERSION}/details`,
    priority: 'run',
  } as const;
  const account = await client.read(portalId, request, accountSchema);
  const timeZone = timeZoneOf(account.timeZone);
  if (timeZone === null) throw unreadable('read account', 'the time zone is unknown');
  return { timeZone, uiDomain: domainOf(account.uiDomain) };
}

/** Links to records are built from it, so only HubSpot's own domains pass. */
function domainOf(text: string | null | undefined): string {
  return text != null && /^([a-z0-9-]+\.)*hubspot\.com$/.test(text) ? text : DEFAULT_UI_DOMAIN;
}
