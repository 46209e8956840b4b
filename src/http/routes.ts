import { Router, type Request } from 'express';
import type { z } from 'zod';
import { FAULTS } from '../core/wording.ts';
import { AppError, invalidField } from '../errors.ts';
import type { UserActor } from '../usecases/ports.ts';
import { ENDPOINTS, type EndpointName, type ReplyOf, type RequestOf } from './endpoints.ts';
import { rawBodyOf, type AppResponse } from './middleware.ts';

/** Path parameters as the endpoints name them. */
export type PathIds = { readonly id: string; readonly companyId: string };

/** One function an endpoint: the parsed request goes in, the contract's reply comes out. */
export type CardHandlers = {
  readonly [Name in EndpointName]: (
    actor: UserActor,
    body: RequestOf<Name>,
    ids: PathIds,
  ) => Promise<ReplyOf<Name>>;
};

/** The card's routes, made from the endpoint table. Requests are parsed before, replies after a use case. */
export function createCardRoutes(handlers: CardHandlers): Router {
  const router = Router();
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const { method, path, request, reply } = ENDPOINTS[name];
    const handle = handlers[name] as (actor: UserActor, body: unknown, ids: PathIds) => Promise<unknown>;
    router[method.toLowerCase() as 'get' | 'put' | 'post'](path, async (req: Request, res: AppResponse) => {
      const body = request === null ? null : parseBody(request, rawBodyOf(req));
      const { actor } = res.locals;
      if (actor === undefined)
        throw new AppError('unauthenticated', 'This request was not signed by HubSpot.');
      const result = await handle(actor, body, pathIds(req));
      res.json(reply.parse(result));
    });
  }
  return router;
}

/** Ids in the path have the shape of an id, or name nothing. */
function pathIds({ params }: Request): PathIds {
  const id = String(params['id'] ?? '');
  const companyId = String(params['companyId'] ?? '');
  const isUuid = id === '' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const isHubSpotId = companyId === '' || /^\d{1,20}$/.test(companyId);
  if (!isUuid || !isHubSpotId) throw new AppError('not_found', 'There is nothing here for you to see.');
  return { id: id.toLowerCase(), companyId };
}

/** @throws invalid_input in words for people; its details name the first faulty field and what is wrong with it */
function parseBody(schema: z.ZodType, raw: Buffer): unknown {
  const result = schema.safeParse(parseJson(raw));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const { message, hint } = faultText(issue);
  throw new AppError('invalid_input', message, {
    hint,
    safeDetails: { field: fieldOf(issue), problem: issue?.code ?? 'unknown' },
  });
}

type Issue = z.core.$ZodIssue | undefined;

/** Extensions keep people from most of it; a text that is too long is what can still happen to them. */
function faultText(issue: Issue): { message: string; hint: string } {
  if (issue?.code !== 'too_big' || issue.origin !== 'string') return FAULTS.unfit;
  return FAULTS.tooLong(Number(issue.maximum));
}

/** As in "respondent.name". A key that the sender chose is not repeated: it may hold anything. */
function fieldOf(issue: Issue): string {
  const names = (issue?.path ?? []).map((part) => (/^\w{1,40}$/.test(String(part)) ? String(part) : '*'));
  return names.length === 0 ? 'body' : names.join('.');
}

export function parseJson(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) as unknown;
  } catch {
    throw invalidField('body', FAULTS.notJson.message, FAULTS.notJson.hint);
  }
}
