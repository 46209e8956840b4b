import { Router } from 'express';
import { Temporal } from 'temporal-polyfill';
import { API_VERSION, apiRoute } from './api-route.ts';
import type { ApiCall, Reply } from './api-route.ts';
import type { SimulatorContext } from './context.ts';
import { invalid, objectNotFound } from './errors.ts';
import type { PortalOwner } from '../portal-document.ts';

/** Owners and the account's details. */
export function createDirectoryRoutes(context: SimulatorContext): Router {
  const router = Router();
  const get = { method: 'get', limit: 'general', isRead: true } as const;
  apiRoute(router, context, { ...get, path: `/crm/owners/${API_VERSION}` }, listOwners);
  apiRoute(router, context, { ...get, path: `/crm/owners/${API_VERSION}/:ownerId` }, readOwner);
  apiRoute(router, context, { ...get, path: `/account-info/${API_VERSION}/details` }, readAccount);
  return router;
}

const OWNER_SCOPES = [['crm.objects.owners.read']];
/** The largest page that HubSpot documents no problem with; more is an open question, so it is refused. */
const LARGEST_PAGE = 100;

function listOwners(call: ApiCall): Reply {
  call.require(OWNER_SCOPES);
  const limit = Number(call.query.get('limit') ?? String(LARGEST_PAGE));
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    throw invalid(`limit must be between 1 and ${String(LARGEST_PAGE)}`);
  const archived = call.query.get('archived') === 'true';
  const email = call.query.get('email');
  const wanted = call.portal.owners.filter(
    (owner) =>
      owner.archived === archived && (email === null || owner.email.toLowerCase() === email.toLowerCase()),
  );
  const after = call.query.get('after');
  const start = after === null ? 0 : wanted.findIndex((owner) => owner.id === after) + 1;
  const page = wanted.slice(start, start + limit);
  const last = page.at(-1);
  const hasMore = wanted.length > start + limit && last !== undefined;
  const paging = hasMore ? { paging: { next: { after: last.id, link: `?after=${last.id}` } } } : {};
  return { status: 200, body: { results: page.map((owner) => viewOwner(owner)), ...paging } };
}

function readOwner(call: ApiCall): Reply {
  call.require(OWNER_SCOPES);
  const id = String(call.params['ownerId']);
  const byUser = call.query.get('idProperty') === 'userId';
  const archived = call.query.get('archived') === 'true';
  const owner = call.portal.owners.find((known) => (byUser ? String(known.userId) : known.id) === id);
  if (owner?.archived !== archived) throw objectNotFound([id], `No owner with ID ${id} exists`);
  return { status: 200, body: viewOwner(owner) };
}

/** An archived owner keeps its user id under another name only; a queue has none at all. */
function viewOwner(owner: PortalOwner): Record<string, unknown> {
  return {
    id: owner.id,
    email: owner.email,
    type: owner.type,
    firstName: owner.firstName,
    lastName: owner.lastName,
    userId: owner.archived ? null : owner.userId,
    userIdIncludingInactive: owner.userId,
    createdAt: '2024-01-15T09:00:00.000Z',
    updatedAt: '2024-01-15T09:00:00.000Z',
    archived: owner.archived,
    ...(owner.teams.length === 0 ? {} : { teams: owner.teams }),
  };
}

function readAccount(call: ApiCall): Reply {
  call.require([['oauth']]);
  const { portal } = call;
  const offset = Temporal.Instant.from(call.now.toISOString()).toZonedDateTimeISO(portal.timeZone);
  return {
    status: 200,
    body: {
      portalId: portal.portalId,
      accountType: 'STANDARD',
      timeZone: portal.timeZone,
      companyCurrency: 'USD',
      additionalCurrencies: [],
      utcOffset: offset.offset,
      utcOffsetMilliseconds: Math.round(offset.offsetNanoseconds / 1e6),
      uiDomain: portal.uiDomain,
      dataHostingLocation: 'na1',
    },
  };
}
