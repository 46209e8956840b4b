import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { SimulatorContext } from './context.ts';
import { HubSpotError, invalid } from './errors.ts';
import type { ExchangeLocals } from './exchange.ts';
import type { CallKind } from './latency.ts';
import type { LimitKind } from './limits.ts';
import type { AccessToken, PortalState } from './model.ts';
import { findObjectType } from './object-types.ts';
import type { ObjectType } from './object-types.ts';
import { requireScopes } from './scopes.ts';

/** The platform version this HubSpot speaks. Paths of any other version answer 404. */
export const API_VERSION = '2026-03';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
}

/** One authenticated call of the API. */
export interface ApiCall {
  readonly context: SimulatorContext;
  readonly portal: PortalState;
  readonly token: AccessToken & { portalId: number };
  readonly now: Date;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly request: Request;
  /** Length of the body as sent. */
  readonly bodyCharacters: number;
  /** The JSON body by a schema. Throws 400 naming the first field that does not fit. */
  body<T>(schema: z.ZodType<T>): T;
  /** The object type a path parameter names. Throws 400 for none. */
  objectType(param?: string): ObjectType;
  /** Throws 403 MISSING_SCOPES unless one scope of each group is granted. */
  require(groups: readonly (readonly string[])[]): void;
}

export interface RouteSpec {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  readonly path: string;
  readonly limit: LimitKind;
  readonly isRead: boolean;
}

/** Adds a route of the API: authentication, then the portal's budget, then the handler. */
export function apiRoute(
  router: Router,
  context: SimulatorContext,
  spec: RouteSpec,
  handle: (call: ApiCall) => Reply | Promise<Reply>,
): void {
  router[spec.method](spec.path, async (request, response) => {
    try {
      const { token, portal } = authenticate(context, request);
      const locals = response.locals as ExchangeLocals;
      locals.latencyMs = context.latency(portal.settings, kindOf(spec));
      spendBudget(context, portal, spec.limit, response);
      sendReply(response, await handle(createCall(context, request, locals, token, portal)));
    } catch (error) {
      sendError(response, error);
    }
  });
}

function kindOf({ limit, isRead }: RouteSpec): CallKind {
  if (limit === 'search') return 'search';
  return isRead ? 'read' : 'write';
}

/** Takes the call from the portal's budget and notes it in the log. Throws 429 where the budget is spent. */
function spendBudget(
  context: SimulatorContext,
  portal: PortalState,
  limit: LimitKind,
  response: Response,
): void {
  const now = context.clock.now();
  const verdict = context.limiter.spend(portal, limit, now);
  response.set(verdict.headers);
  if (verdict.refusal !== null) throw verdict.refusal;
  const { logged } = response.locals as ExchangeLocals;
  if (logged !== undefined && limit !== 'none')
    logged.spent = { budget: limit === 'search' ? 'search' : 'general', atMs: now.getTime() };
}

function createCall(
  context: SimulatorContext,
  request: Request,
  locals: ExchangeLocals,
  token: AccessToken & { portalId: number },
  portal: PortalState,
): ApiCall {
  return {
    context,
    portal,
    token,
    now: context.clock.now(),
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.originalUrl.split('?').slice(1).join('?')),
    request,
    bodyCharacters: locals.rawBody.toString().length,
    body: (schema) => parseInput(schema, locals),
    objectType: (param = 'type') => objectTypeOfPath(String(request.params[param])),
    require: (groups) => requireScopes(portal, token.scopes, groups),
  };
}

/** The token and its portal. Throws 401 INVALID_AUTHENTICATION or EXPIRED_AUTHENTICATION. */
export function authenticate(
  context: SimulatorContext,
  request: Request,
): { token: AccessToken & { portalId: number }; portal: PortalState } {
  const header = request.get('authorization') ?? '';
  const token = header.startsWith('Bearer ')
    ? context.state.accessTokens.get(header.slice('Bearer '.length))
    : undefined;
  const portal = token?.portalId == null ? undefined : context.state.portals.get(token.portalId);
  if (token?.portalId == null || portal === undefined) {
    throw new HubSpotError(
      401,
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
      { category: 'INVALID_AUTHENTICATION' },
    );
  }
  const expiredMs = context.clock.now().getTime() - new Date(token.expiresAt).getTime();
  if (expiredMs >= 0) {
    throw new HubSpotError(
      401,
      `The OAuth token used to make this call expired ${String(Math.floor(expiredMs / 1000))} second(s) ago.`,
      {
        category: 'EXPIRED_AUTHENTICATION',
        context: { 'expire time': [token.expiresAt] },
      },
    );
  }
  return { token: { ...token, portalId: token.portalId }, portal };
}

export function sendReply(response: Response, reply: Reply): void {
  response.status(reply.status);
  if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

/** The reply to a refusal; anything that is none is our own fault and answers 500. */
export function sendError(response: Response, error: unknown): void {
  if (error instanceof HubSpotError) {
    response.status(error.status).set(error.fields.headers ?? {});
    response.json(error.body());
    return;
  }
  process.stderr.write(
    `local HubSpot: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  response.status(500).json(new HubSpotError(500, 'internal error').body());
}

function parseInput<T>(schema: z.ZodType<T>, locals: ExchangeLocals): T {
  if ('problem' in locals.parsedBody) throw locals.parsedBody.problem;
  const parsed = schema.safeParse(locals.parsedBody.value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  throw invalid(`Invalid input JSON: ${field}: ${issue?.message ?? 'not valid'}`, {
    errors: [{ message: issue?.message ?? 'not valid', code: 'INVALID_INPUT', context: { field: [field] } }],
  });
}

function objectTypeOfPath(nameOrId: string): ObjectType {
  const type = findObjectType(nameOrId);
  if (type === undefined) throw invalid(`Unable to infer object type from: ${nameOrId}`);
  return type;
}
