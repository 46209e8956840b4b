import { randomUUID } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { AppError } from '../errors.ts';
import type { Clock, UserActor } from '../usecases/ports.ts';
import { parseSignedQuery, verifySignature } from './signature.ts';

/** HubSpot caps card requests at 1 MB. */
const BODY_BYTES = 1_000_000;

export type SignatureSettings = {
  /** Current secret first, then the one being rotated out. */
  readonly clientSecrets: readonly string[];
  readonly publicBaseUrl: string;
  readonly appId: number;
  /** Development only: `hs project dev` signs the un-decoded form. */
  readonly acceptRawForm: boolean;
};

type Locals = { requestId: string; actor?: UserActor };
export type AppResponse = Response<unknown, Locals>;

/** Gives each request an id of our own making. */
export const withRequestId: RequestHandler = (_request, response, next) => {
  (response as AppResponse).locals.requestId = randomUUID();
  next();
};

/** Nothing here may be kept by a cache: replies differ by who asks. */
export const withoutCaching: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** Keeps the raw bytes: the signature is over them, not over what they parse to. */
export const withRawBody = express.raw({ type: () => true, limit: BODY_BYTES, inflate: false });

/** Lets through only what HubSpot signed within five minutes. @throws unauthenticated */
export function requireSignature(settings: SignatureSettings, clock: Clock): RequestHandler {
  return (request, _response, next) => {
    const result = verifySignature({
      secrets: [...settings.clientSecrets],
      method: request.method,
      publicOrigin: settings.publicBaseUrl,
      rawTarget: request.originalUrl,
      rawBody: rawBodyOf(request),
      signature: headerOf(request, 'x-hubspot-signature-v3'),
      timestamp: headerOf(request, 'x-hubspot-request-timestamp'),
      nowMs: clock.now().getTime(),
      acceptRawForm: settings.acceptRawForm,
    });
    if (!result.ok) throw new AppError('unauthenticated', 'This request was not signed by HubSpot.');
    next();
  };
}

/** Takes the actor from the signed query alone, never from body or path. @throws unauthenticated, invalid_input */
export function withActor(settings: SignatureSettings): RequestHandler {
  return (request, response, next) => {
    const signed = parseSignedQuery(request.originalUrl);
    if (signed.appId !== settings.appId) {
      throw new AppError('unauthenticated', 'This request is for another app.');
    }
    const locals = (response as AppResponse).locals;
    locals.actor = {
      type: 'user',
      portalId: signed.portalId,
      userId: signed.userId,
      requestId: locals.requestId,
    };
    next();
  };
}

export function rawBodyOf(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function headerOf(request: Request, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
