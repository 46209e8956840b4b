import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { SimulatorContext } from './context.ts';
import type { PortalState } from './model.ts';
import { approveInstall } from './oauth-grants.ts';
import type { SimulatorApp } from './simulator-types.ts';

const querySchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string(),
  optional_scope: z.string().optional(),
  state: z.string().optional(),
  portalId: z.coerce.number().int().optional(),
  userId: z.coerce.number().int().optional(),
  approve: z.literal('1').optional(),
});

type AuthorizeQuery = z.output<typeof querySchema>;

/**
 * The consent page: one button per owner of a portal, portals without the app first. With `portalId`, `userId` and `approve=1` it approves without a person
 * and redirects with code and state at once.
 */
export function createAuthorizePage(context: SimulatorContext): RequestHandler {
  return (request, response) => {
    const parsed = querySchema.safeParse(request.query);
    if (!parsed.success) {
      refuse(
        response,
        parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      );
      return;
    }
    const problem = findProblem(context.options.app, parsed.data);
    if (problem !== null) refuse(response, problem);
    else if (parsed.data.approve === '1') approve(context, parsed.data, response);
    else response.type('html').send(consentPage(context, parsed.data, request));
  };
}

function findProblem(app: SimulatorApp, query: AuthorizeQuery): string | null {
  if (query.client_id !== app.clientId) return 'We could not find the app: client_id is unknown.';
  if (!app.redirectUrls.includes(query.redirect_uri))
    return 'redirect_uri is not one of the redirect URLs of the app.';
  const asked = scopesOf(query.scope);
  const missing = app.requiredScopes.filter((scope) => !asked.includes(scope));
  if (missing.length > 0) return `The authorization link lacks required scopes: ${missing.join(' ')}.`;
  const unknown = [...asked, ...scopesOf(query.optional_scope)].filter(
    (scope) => !app.requiredScopes.includes(scope) && !app.optionalScopes.includes(scope),
  );
  return unknown.length > 0 ? `The app does not declare these scopes: ${unknown.join(' ')}.` : null;
}

function approve(context: SimulatorContext, query: AuthorizeQuery, response: Response): void {
  const portal = query.portalId === undefined ? undefined : context.state.portals.get(query.portalId);
  const owner = portal?.owners.find((known) => known.userId === query.userId && !known.archived);
  if (portal === undefined || owner?.userId == null) {
    refuse(response, 'portalId and userId must name an account and one of its active users.');
    return;
  }
  const scopes = grantedScopes(portal, query);
  const code = approveInstall(context, portal, {
    userId: owner.userId,
    scopes,
    redirectUri: query.redirect_uri,
  });
  response.redirect(302, redirectTarget(context, query, code));
}

function grantedScopes(portal: PortalState, query: AuthorizeQuery): string[] {
  const granted = portal.settings.grantedOptionalScopes;
  const optional = scopesOf(query.optional_scope).filter(
    (scope) => granted === null || granted.includes(scope),
  );
  return [...new Set([...scopesOf(query.scope), ...optional])];
}

/** The redirect URL of the app, on this machine where it is one of the app's public ones. */
function redirectTarget(context: SimulatorContext, query: AuthorizeQuery, code: string): string {
  const { app, backendOrigin } = context.options;
  const target = new URL(query.redirect_uri);
  target.searchParams.set('code', code);
  if (query.state !== undefined) target.searchParams.set('state', query.state);
  const local = backendOrigin();
  const isPublic = target.origin === new URL(app.publicBaseUrl).origin;
  return isPublic && local !== null ? local + target.pathname + target.search : target.href;
}

function consentPage(context: SimulatorContext, query: AuthorizeQuery, request: Request): string {
  const portals = [...context.state.portals.values()]
    .filter((portal) => query.portalId === undefined || portal.portalId === query.portalId)
    .sort((a, b) => Number(a.install !== null) - Number(b.install !== null));
  const sections = portals.map((portal) => {
    const users = portal.owners.filter(
      (owner) => owner.userId !== null && !owner.archived && owner.type === 'PERSON',
    );
    const buttons = users.map((owner) => {
      const link = new URL(request.originalUrl, 'http://localhost');
      link.searchParams.set('portalId', String(portal.portalId));
      link.searchParams.set('userId', String(owner.userId));
      link.searchParams.set('approve', '1');
      return `<li><a class="button" href="${escapeHtml(link.pathname + link.search)}">Install as ${escapeHtml(`${owner.firstName} ${owner.lastName}`)}</a></li>`;
    });
    return `<h2>${escapeHtml(portal.name)} (${String(portal.portalId)})${portal.install === null ? '' : ', app installed'}</h2><ul>${buttons.join('')}</ul>`;
  });
  const scopes = [...scopesOf(query.scope), ...scopesOf(query.optional_scope)].map(
    (scope) => `<li>${escapeHtml(scope)}</li>`,
  );
  return page(
    `Connect ${escapeHtml(context.options.app.name)}`,
    `<p>The app asks for:</p><ul>${scopes.join('')}</ul>${sections.join('') || '<p>No account is loaded.</p>'}`,
  );
}

function refuse(response: Response, message: string): void {
  response
    .status(400)
    .type('html')
    .send(page('This app cannot be installed', `<p>${escapeHtml(message)}</p>`));
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>
body{font:16px/1.5 system-ui,sans-serif;color:#33475b;max-width:40rem;margin:3rem auto;padding:0 1rem}
.button{display:inline-block;padding:.4rem 1rem;margin:.2rem 0;background:#33475b;color:#fff;border-radius:3px;text-decoration:none}
li{list-style:none}</style></head><body><p><strong>Local preview, not HubSpot</strong></p><h1>${title}</h1>${content}</body></html>`;
}

function scopesOf(list: string | undefined): string[] {
  return (list ?? '').split(/[ ,]+/).filter((scope) => scope !== '');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
