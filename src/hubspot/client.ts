import { Client } from '@hubspot/api-client';
import { checkedApiBaseUrl } from './base-url.ts';
import { readBody } from './body.ts';
import { withDeadline } from './deadline.ts';

/** The only file that calls out. It knows bytes and sockets; tokens, pacing and retries are decided above it. */

export type WireRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Starts with one slash; ids in it are escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Sent as application/x-www-form-urlencoded instead of JSON. */
  readonly form?: Readonly<Record<string, string>>;
  readonly accessToken?: string;
};

export type WireReply = {
  readonly kind: 'reply';
  readonly status: number;
  readonly header: (name: string) => string | null;
  /** Parsed JSON; undefined where the body was none. */
  readonly body: unknown;
  readonly isReadable: boolean;
};

export type WireResult =
  | WireReply
  /** No byte of the request left this machine. */
  | { readonly kind: 'notSent'; readonly reason: string }
  /** Something left; whether it arrived and what became of it is not known. */
  | { readonly kind: 'broken'; readonly reason: string; readonly isTooLarge?: true };

export interface HubSpotClient {
  /** Sends once: no retry, no redirect. Never throws for what the network or HubSpot does. */
  send(request: WireRequest, timeoutMs: number): Promise<WireResult>;
}

export type ClientConfig = {
  readonly apiBaseUrl: string;
  /** True in the sandbox only: the base URL may then be this machine's. */
  readonly allowLoopback: boolean;
  /** Aborts every call under way; used when the process stops. */
  readonly stopping?: AbortSignal | undefined;
  readonly maxBodyBytes?: number | undefined;
};

/** The reason of a call that the end of this process kept here or cut off. */
export const STOPPED = 'stopped';
/** Our own limit; HubSpot's largest replies we ask for stay below 1 MB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** HubSpot's API behind one function. Throws internal where the base URL is not on the allow-list. */
export function createHubSpotClient(config: ClientConfig): HubSpotClient {
  const basePath = checkedApiBaseUrl(config.apiBaseUrl, config.allowLoopback);
  const maxBodyBytes = config.maxBodyBytes ?? MAX_BODY_BYTES;
  // Token-less and without limiter or retries: those are shared by the whole process in the SDK, and ours are not.
  const sdk = new Client({ basePath });
  return {
    async send(request, timeoutMs) {
      if (config.stopping?.aborted) return { kind: 'notSent', reason: STOPPED };
      const signal = joined(AbortSignal.timeout(Math.ceil(timeoutMs)), config.stopping);
      try {
        return await withDeadline(signal, async () =>
          toReply(await sdk.apiRequest(toOptions(request)), maxBodyBytes),
        );
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

function joined(timeout: AbortSignal, stopping: AbortSignal | undefined): AbortSignal {
  return stopping === undefined ? timeout : AbortSignal.any([timeout, stopping]);
}

function toOptions(request: WireRequest): Parameters<Client['apiRequest']>[0] {
  const isForm = request.form !== undefined;
  return {
    method: request.method,
    path: request.path,
    authType: 'none',
    defaultJson: !isForm,
    headers: {
      ...(isForm ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
      ...(request.accessToken === undefined ? {} : { Authorization: `Bearer ${request.accessToken}` }),
    },
    ...(request.query === undefined ? {} : { qs: { ...request.query } }),
    ...(isForm ? { body: new URLSearchParams({ ...request.form }).toString() } : {}),
    ...(request.json === undefined ? {} : { body: request.json }),
  };
}

async function toReply(response: Response, maxBodyBytes: number): Promise<WireResult> {
  const body = await readBody(response, maxBodyBytes);
  if (body.kind === 'tooLarge')
    return { kind: 'broken', reason: 'the reply was too large', isTooLarge: true };
  return {
    kind: 'reply',
    status: response.status,
    header: (name) => response.headers.get(name),
    body: body.kind === 'json' ? body.value : undefined,
    isReadable: body.kind === 'json',
  };
}

const NOT_SENT_CODES: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Reasons are words of ours: an error's own text could carry a header or an address. */
function failureOf(error: unknown): WireResult {
  const name = fieldOf(error, 'name');
  if (name === 'TimeoutError') return { kind: 'broken', reason: 'timeout' };
  if (name === 'AbortError') return { kind: 'broken', reason: STOPPED };
  const codes = codesOf(error);
  const before = codes.find((code) => NOT_SENT_CODES.includes(code) || isHandshakeCode(code));
  if (before !== undefined) return { kind: 'notSent', reason: `not connected (${before})` };
  return { kind: 'broken', reason: `connection lost (${codes[0] ?? 'no code'})` };
}

/** A TLS handshake that fails ends before the request is written. */
function isHandshakeCode(code: string): boolean {
  return code.startsWith('CERT_') || code.startsWith('ERR_TLS_') || code.includes('SELF_SIGNED_CERT');
}

/** Codes along the chain of causes; fetch hides the socket's error one or two levels deep. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (error === undefined || depth > 4) return [];
  const code = fieldOf(error, 'code');
  const errors = fieldOf(error, 'errors');
  return [
    ...(typeof code === 'string' ? [code] : []),
    ...(Array.isArray(errors) ? errors.flatMap((one) => codesOf(one, depth + 1)) : []),
    ...codesOf(fieldOf(error, 'cause'), depth + 1),
  ];
}

/** Errors of fetch may come from another realm, where instanceof does not hold. */
function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
}
