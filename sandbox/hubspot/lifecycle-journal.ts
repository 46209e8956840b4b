import { createHmac, timingSafeEqual } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { HubSpotError, invalid } from './errors.ts';
import { journalScopes, journalSubscriptionSchema } from './lifecycle-journal-contract.ts';
import { createJournalLog, type JournalFile, type JournalParts } from './lifecycle-journal-log.ts';

/** Simulated milliseconds that the address of a file is good for. */
const urlLifeMs = 15 * 60_000;
const base = '/webhooks-journal';
/** Platform version of these paths. */
const version = '2026-03';

type Handler = (request: Request, response: Response) => void;

function refusing(handle: Handler): Handler {
  return (request, response) => {
    try {
      handle(request, response);
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      response.status(error.status).json(error.body());
    }
  };
}

/** Throws 401 without a live client-credentials token of the app, 403 without the scope. */
function requireScope({ state, clock }: JournalParts, request: Request, scope: string): void {
  const header = request.get('authorization') ?? '';
  const token = header.startsWith('Bearer ') ? state.accessTokens.get(header.slice(7)) : undefined;
  if (token?.portalId !== null) {
    throw new HubSpotError(401, 'The journal needs a client-credentials token of the app', {
      category: 'INVALID_AUTHENTICATION',
    });
  }
  if (Date.parse(token.expiresAt) <= clock.now().getTime()) {
    throw new HubSpotError(401, 'The OAuth token used to make this call expired', {
      category: 'EXPIRED_AUTHENTICATION',
    });
  }
  if (token.scopes.includes(scope)) return;
  const message = 'One or more of the following scopes are required.';
  throw new HubSpotError(403, 'This token has not been granted all required scopes', {
    category: 'MISSING_SCOPES',
    errors: [{ message, context: { requiredGranularScopes: [scope] } }],
  });
}

function signatureOf(parts: JournalParts, offset: string, expiresMs: number): string {
  const text = `${offset}.${String(expiresMs)}`;
  return createHmac('sha256', `journal files of ${parts.options.app.clientSecret}`)
    .update(text)
    .digest('hex');
}

function isGoodSignature(parts: JournalParts, offset: string, expiresMs: number, given: string): boolean {
  const expected = Buffer.from(signatureOf(parts, offset, expiresMs));
  const actual = Buffer.from(given);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Where a file can be downloaded for a while, without a token: the address itself is the permission. */
function sendLink(parts: JournalParts, request: Request, response: Response, file: JournalFile | null): void {
  if (file === null) {
    response.status(204).end();
    return;
  }
  const expiresMs = parts.clock.now().getTime() + urlLifeMs;
  const signature = signatureOf(parts, file.offset, expiresMs);
  const origin = `${request.protocol}://${request.get('host') ?? '127.0.0.1'}`;
  response.json({
    url: `${origin}/_journal-files/${file.offset}?expires=${String(expiresMs)}&signature=${signature}`,
    currentOffset: file.offset,
    expiresAt: new Date(expiresMs).toISOString(),
  });
}

/**
 * The webhooks journal, which the app pulls: who installed and who uninstalled. Offsets, empty answers (204), addresses that
 * expire after 15 minutes, three days of files.
 */
export function createJournalRoutes(simulator: JournalParts): Router {
  const log = createJournalLog(simulator);
  const router = Router();
  const guarded = (scope: string, handle: Handler) =>
    refusing((request, response) => {
      requireScope(simulator, request, scope);
      handle(request, response);
    });
  router.post(
    `${base}/subscriptions/${version}`,
    guarded(journalScopes.subscriptionsWrite, (request, response) => {
      const parsed = journalSubscriptionSchema.safeParse(request.body);
      if (!parsed.success)
        throw invalid(`Invalid input JSON: ${parsed.error.issues[0]?.message ?? 'not valid'}`);
      const added = log.subscribe(parsed.data.eventTypeId, parsed.data.properties ?? []);
      if (added === null)
        throw new HubSpotError(409, 'The subscription exists already', { category: 'CONFLICT' });
      response.status(201).json(added);
    }),
  );
  router.get(
    `${base}/subscriptions/${version}`,
    guarded(journalScopes.subscriptionsRead, (_request, response) => {
      response.json({ results: log.subscriptions() });
    }),
  );
  router.delete(
    `${base}/subscriptions/${version}/:id`,
    guarded(journalScopes.subscriptionsWrite, (request, response) => {
      if (!log.unsubscribe(Number(request.params['id']))) throw new HubSpotError(404, 'No such subscription');
      response.status(204).end();
    }),
  );
  router.get(
    `${base}/journal/${version}/earliest`,
    guarded(journalScopes.read, (request, response) =>
      sendLink(simulator, request, response, log.earliest()),
    ),
  );
  router.get(
    `${base}/journal/${version}/latest`,
    guarded(journalScopes.read, (request, response) => sendLink(simulator, request, response, log.latest())),
  );
  router.get(
    `${base}/journal/${version}/offset/:offset/next`,
    guarded(journalScopes.read, (request, response) => {
      const next = log.after(String(request.params['offset']));
      if (next === undefined) throw invalid('The offset is none of this journal');
      sendLink(simulator, request, response, next);
    }),
  );
  router.get(
    '/_journal-files/:offset',
    refusing((request, response) => {
      const offset = String(request.params['offset']);
      const { expires, signature } = request.query;
      const expiresMs = Number(expires);
      const good = typeof signature === 'string' && isGoodSignature(simulator, offset, expiresMs, signature);
      if (!good || expiresMs <= simulator.clock.now().getTime()) {
        throw new HubSpotError(403, 'The address of this file has expired: ask the journal again');
      }
      const file = log.file(offset);
      if (file === null) throw new HubSpotError(404, 'The journal keeps files for three days');
      response.json(file);
    }),
  );
  return router;
}
