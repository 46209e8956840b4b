import type { BackendReply, BackendRequest } from '../protocol.ts';

/** The simulator's control API as far as the pages need it; the same shapes as `sandbox/hubspot` replies. */

export interface Team {
  id: string;
  name: string;
  primary?: boolean;
}

export interface PortalOwner {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number | null;
  teams: Team[];
  superAdmin: boolean;
  locale: string;
}

export interface Portal {
  portalId: number;
  name: string;
  timeZone: string;
  uiDomain: string;
  installed: boolean;
  owners: PortalOwner[];
}

export interface CrmObject {
  id: string;
  properties: Record<string, string | null>;
  archived?: boolean;
}

export interface CompanyRecord {
  object: CrmObject;
  associated: Record<string, CrmObject[]>;
}

export interface SimulatedClock {
  now: string;
}

/** Fetches JSON of the control API; rejects with the sentence the simulator gave. */
async function control<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/host/control/${path}`, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const reply = (await response.json()) as T & { message?: string };
  if (!response.ok) throw new Error(reply.message ?? `${path} answered ${response.status}`);
  return reply;
}

export const readPortals = () => control<Portal[]>('portals');
export const readClock = () => control<SimulatedClock>('clock');
/** Resolves once everything that fell due in between is done. */
export const advanceClock = (advanceMs: number) => control<SimulatedClock>('clock', { advanceMs });
export const readRecord = (portalId: number, companyId: string) =>
  control<CompanyRecord>(`record/${portalId}/companies/${companyId}`);
/** What a person does by ticking off a task in HubSpot. */
export const completeTask = (portalId: number, taskId: string) =>
  control(`objects/${portalId}/tasks/${taskId}`, { properties: { hs_task_status: 'COMPLETED' } });

/** One page of companies by name; `after` is the place to go on from. */
export function readCompanies(portalId: number, search: { q: string; after: number; limit: number }) {
  const query = new URLSearchParams({ limit: String(search.limit), after: String(search.after) });
  if (search.q !== '') query.set('q', search.q);
  return control<CrmObject[] | { results: CrmObject[] }>(`objects/${portalId}/companies?${query}`).then(
    (reply) => (Array.isArray(reply) ? reply : reply.results),
  );
}

/** A call of an extension, through the sandbox's stand-in for HubSpot's signing proxy. */
export async function callBackend(
  portalId: number,
  user: { userId: number; email: string },
  request: BackendRequest,
): Promise<BackendReply> {
  const { url, method, body, headers } = request;
  const reply = await control<{ status: number; body: unknown; headers: Record<string, string> }>('fetch', {
    portalId,
    userId: user.userId,
    userEmail: user.email,
    url,
    method,
    ...(body === undefined ? {} : { body }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
  });
  return { status: reply.status, headers: reply.headers, body: bodyText(reply.body) };
}

/** The control API parses JSON bodies, a Response wants their text. */
function bodyText(body: unknown): string {
  if (body === null || body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
