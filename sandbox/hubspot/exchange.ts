import { setTimeout as delay } from 'node:timers/promises';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { SimulatorContext } from './context.ts';
import { HubSpotError } from './errors.ts';
import { deliverFault, writeReply } from './fault-delivery.ts';
import type { RawReply } from './fault-delivery.ts';
import type { PlantedFault } from './faults.ts';
import type { LoggedRequest } from './request-log.ts';
import { parseBody, readBody } from './request-body.ts';
import type { ParsedBody } from './request-body.ts';

/** Paths of HubSpot's API: logged, and hit by faults. Everything else on the port belongs to the sandbox itself. */
const API_PATHS = [
  '/crm/',
  '/oauth/',
  '/account-info/',
  '/appinstalls/',
  '/webhooks-journal/',
  '/integrators/',
];

/** What the middleware leaves for the routes in `response.locals`. */
export interface ExchangeLocals {
  rawBody: Buffer;
  parsedBody: ParsedBody;
  /** Real milliseconds to wait before the reply; set by the route. */
  latencyMs?: number;
  /** The request's line in the log; requests of the sandbox itself have none. */
  logged?: LoggedRequest;
}

export interface LateWork {
  track(work: Promise<unknown>): void;
  readonly landed: () => Promise<void>;
  /** How many are still to come. */
  pending(): number;
}

/** Counts the commits that come after their client has given up. */
export function createLateWork(): LateWork {
  const running = new Set<Promise<unknown>>();
  return {
    pending: () => running.size,
    track: (work) => {
      running.add(work);
      void work.finally(() => running.delete(work));
    },
    landed: async () => {
      while (running.size > 0) await Promise.allSettled([...running]);
    },
  };
}

/**
 * The first middleware: reads the body, logs API requests, applies faults, and holds every reply back until all changes
 * are on disk.
 */
export function createExchange(context: SimulatorContext, late: LateWork): RequestHandler {
  return (request, response, next) => {
    const isApi = API_PATHS.some((prefix) => request.path.startsWith(prefix));
    const run = isApi
      ? runApiExchange(context, late, request, response, next)
      : runOwnExchange(context, request, response, next);
    run.catch(next);
  };
}

async function runOwnExchange(
  context: SimulatorContext,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  if (request.path.startsWith('/_control/')) {
    if (request.get('sec-fetch-site') === 'cross-site') {
      // A web page from elsewhere must not steer the sandbox of the person who looks at it.
      response.status(403).json({ status: 'error', message: 'another site may not use the control API' });
      return;
    }
    await takeBody(request, response, true);
    void holdReply(response, async (reply) => {
      await context.flushed();
      writeReply(response, reply);
    });
  }
  next();
}

async function runApiExchange(
  context: SimulatorContext,
  late: LateWork,
  request: Request,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const at = context.clock.now().toISOString();
  const problem: unknown = await takeBody(request, response, false).catch((error: unknown) => error);
  const entry = logArrival(context, request, response, at);
  (response.locals as ExchangeLocals).logged = entry;
  const fault = context.faults.take(request.method, request.path, entry.portalId);
  if (fault !== null) entry.faultId = fault.faultId;
  if (problem instanceof HubSpotError) {
    entry.status = problem.status;
    response.status(problem.status).json(problem.body());
    return;
  }
  if (problem !== undefined) {
    // The client left before its whole body arrived: nothing is processed.
    entry.status = 0;
    response.destroy();
    return;
  }
  if (fault?.request.when === 'before' && fault.request.fault !== undefined) {
    entry.status = 0;
    entry.status = await deliverFault(response, fault.request.fault, null, context.random);
    return;
  }
  const done = holdReply(response, (reply) => finish(context, response, entry, fault, reply));
  if (fault?.request.when === 'late') {
    late.track(done);
    await delay(fault.request.lateMs);
  }
  next();
}

async function finish(
  context: SimulatorContext,
  response: Response,
  entry: LoggedRequest,
  fault: PlantedFault | null,
  reply: RawReply,
): Promise<void> {
  const { latencyMs = 0 } = response.locals as ExchangeLocals;
  await context.flushed();
  // A killed client dies right after the commit, not after the time that the reply would have taken.
  if (latencyMs > 0 && fault?.request.fault?.kind !== 'kill') await delay(latencyMs);
  if (fault?.request.when === 'late') {
    entry.status = 0;
    response.destroy();
    return;
  }
  entry.status = 0;
  entry.status =
    fault?.request.fault === undefined
      ? writeReply(response, reply)
      : await deliverFault(response, fault.request.fault, reply, context.random);
}

async function takeBody(request: Request, response: Response, isControl: boolean): Promise<void> {
  const locals = response.locals as ExchangeLocals;
  locals.rawBody = Buffer.alloc(0);
  locals.parsedBody = { value: undefined };
  locals.rawBody = await readBody(request, isControl);
  // The control API is called by hand with curl, whose default content type is a form's.
  locals.parsedBody = parseBody(
    locals.rawBody,
    isControl ? 'application/json' : request.headers['content-type'],
  );
  if ('value' in locals.parsedBody) request.body = locals.parsedBody.value;
}

/** Replaces `response.end`: the whole reply goes to `deliver` instead of the socket. Settles when `deliver` has. */
function holdReply(response: Response, deliver: (reply: RawReply) => Promise<void>): Promise<void> {
  const write = response.end.bind(response);
  return new Promise((resolve) => {
    response.end = ((body?: unknown, encoding?: unknown) => {
      response.end = write;
      const bytes = toBuffer(body, encoding);
      const headers = response.getHeaders();
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      deliver({ status: response.statusCode, headers, body: bytes })
        .catch(() => response.destroy())
        .finally(resolve);
      return response;
    }) as typeof response.end;
  });
}

function toBuffer(body: unknown, encoding: unknown): Buffer {
  if (typeof body === 'string')
    return Buffer.from(body, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
}

function logArrival(
  context: SimulatorContext,
  request: Request,
  response: Response,
  at: string,
): LoggedRequest {
  const body = bodyOf(response);
  const inputs = body['inputs'];
  const runId = request.get('x-run-id');
  const fence = request.get('x-fence');
  return context.requests.begin({
    at,
    portalId: portalOfRequest(context, request, body),
    method: request.method,
    path: request.path,
    ...(runId === undefined ? {} : { runId }),
    ...(fence === undefined ? {} : { fence }),
    ...(Array.isArray(inputs) ? { inputs: inputs.length } : {}),
  });
}

function bodyOf(response: Response): Readonly<Record<string, unknown>> {
  const { parsedBody } = response.locals as ExchangeLocals;
  const value = 'value' in parsedBody ? parsedBody.value : undefined;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whose request it is, expired tokens included: faults and the log should not depend on a request's success. */
function portalOfRequest(
  context: SimulatorContext,
  request: Request,
  body: Readonly<Record<string, unknown>>,
): number | null {
  const { accessTokens, refreshTokens, codes } = context.state;
  const token = request.get('authorization')?.replace(/^Bearer /, '') ?? '';
  const field = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  return (
    accessTokens.get(token)?.portalId ??
    refreshTokens.get(field('refresh_token'))?.portalId ??
    refreshTokens.get(field('token'))?.portalId ??
    codes.get(field('code'))?.portalId ??
    null
  );
}
