import { setTimeout as delay } from 'node:timers/promises';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';
import { HubSpotError } from './errors.ts';
import type { Fault } from './faults.ts';
import { rateLimitError } from './limits.ts';
import { shuffled } from './random.ts';

/** A reply before it is written to the socket. */
export interface RawReply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const PLACEHOLDER: RawReply = {
  status: 200,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: Buffer.from('{"status":"COMPLETE","results":[],"startedAt":null,"completedAt":null}'),
};

/**
 * Writes what the fault makes of a reply (null: nothing was committed, there is none).
 * Returns the HTTP status that the client saw, 0 for none.
 */
export async function deliverFault(
  response: ServerResponse,
  fault: Fault,
  real: RawReply | null,
  random: () => number,
): Promise<number> {
  const reply = real ?? PLACEHOLDER;
  switch (fault.kind) {
    case 'hang':
      return 0;
    case 'kill':
      killProcess(fault.pid);
      return 0;
    case 'reset':
      return reset(response, fault.at, reply);
    case 'cutBody':
      return cut(response, reply);
    case 'slow':
      return drip(response, reply, fault.bytesPerSecond);
    case 'hugeBody':
      return flood(response, fault.megabytes, fault.gzip);
    default:
      return writeReply(response, changedReply(fault, reply, random));
  }
}

/** Writes a whole reply and returns its status. */
export function writeReply(response: ServerResponse, reply: RawReply): number {
  if (response.destroyed) return 0;
  response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
  response.end(reply.body);
  return reply.status;
}

type ReplyFault = Exclude<Fault, { kind: 'hang' | 'kill' | 'reset' | 'cutBody' | 'slow' | 'hugeBody' }>;

/** One that is gone already stays gone: the fault was hit all the same. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function changedReply(fault: ReplyFault, reply: RawReply, random: () => number): RawReply {
  switch (fault.kind) {
    case 'status':
      return statusReply(fault);
    case 'cutJson':
      return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
    case 'htmlBody':
      return html(200, '<html><head><title>HubSpot</title></head><body>Please log in.</body></html>');
    case 'emptyBody':
      return { status: 200, headers: {}, body: Buffer.alloc(0) };
    case 'wrongShape':
      return json(reply.status, { unexpected: true, results: { first: 'not a list' } });
    case 'numericIds':
      return {
        ...reply,
        body: Buffer.from(reply.body.toString().replace(/"(id|toObjectId)":"(\d+)"/g, '"$1":$2')),
      };
    case 'results':
      return changeResults(fault.change, reply, random);
  }
}

function statusReply(fault: Extract<Fault, { kind: 'status' }>): RawReply {
  const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
  if (fault.body !== undefined) return withHeaders(json(fault.status, fault.body), headers);
  return withHeaders(usualReply(fault.status), headers);
}

/** 502, 503 and 504 come from HubSpot's edge as HTML, the rest from its applications as JSON. */
function usualReply(status: number): RawReply {
  if (status === 429) return json(429, rateLimitError('errorType', 'TEN_SECONDLY_ROLLING', null).body());
  if (status === 423)
    return json(423, new HubSpotError(423, 'The resource is locked. Try again in a moment.').body());
  if (status === 477)
    return json(477, new HubSpotError(477, 'This account is being migrated to another data center.').body());
  if ([502, 503, 504, 521, 523, 524].includes(status))
    return html(status, `<html><body><h1>${String(status)}</h1></body></html>`);
  return json(status, new HubSpotError(status, 'internal error').body());
}

function changeResults(
  change: 'shuffled' | 'missing' | 'extra' | 'duplicate',
  reply: RawReply,
  random: () => number,
): RawReply {
  const body = JSON.parse(reply.body.toString()) as { results?: unknown };
  if (!Array.isArray(body.results)) return reply;
  const results: readonly unknown[] = body.results;
  const changed = {
    shuffled: () => shuffled(results, random),
    missing: () => results.slice(1),
    extra: () => [...results, strangerLike(results[0])],
    duplicate: () => [...results, ...results.slice(0, 1)],
  }[change]();
  return json(reply.status, { ...body, results: changed });
}

function strangerLike(first: unknown): unknown {
  return {
    ...(typeof first === 'object' ? first : {}),
    id: '999999999999',
    properties: {},
    objectWriteTraceId: 'not-yours',
  };
}

function json(status: number, body: unknown): RawReply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
}

function html(status: number, page: string): RawReply {
  return { status, headers: { 'content-type': 'text/html;charset=utf-8' }, body: Buffer.from(page) };
}

function withHeaders(reply: RawReply, headers: OutgoingHttpHeaders): RawReply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

async function reset(
  response: ServerResponse,
  at: 'beforeHeaders' | 'afterHeaders' | 'midBody',
  reply: RawReply,
): Promise<number> {
  if (at !== 'beforeHeaders') await sendHead(response, reply);
  if (at === 'midBody') await send(response, reply.body.subarray(0, Math.ceil(reply.body.length / 2)));
  response.socket?.resetAndDestroy();
  return at === 'beforeHeaders' ? 0 : reply.status;
}

async function cut(response: ServerResponse, reply: RawReply): Promise<number> {
  await sendHead(response, reply);
  await send(response, reply.body.subarray(0, Math.floor(reply.body.length / 2)));
  response.socket?.destroySoon();
  return reply.status;
}

async function drip(response: ServerResponse, reply: RawReply, bytesPerSecond: number): Promise<number> {
  await sendHead(response, reply);
  for (const byte of reply.body) {
    if (response.destroyed) return reply.status;
    await send(response, Buffer.from([byte]));
    await delay(1000 / bytesPerSecond, undefined, { ref: false });
  }
  response.end();
  return reply.status;
}

async function flood(response: ServerResponse, megabytes: number, gzip: boolean): Promise<number> {
  const chunk = Buffer.alloc(1_000_000, 0x20);
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
  const target = gzip ? createGzip() : response;
  if (target !== response) target.pipe(response);
  const gone = once(response, 'close');
  for (let sent = 0; sent < megabytes && !response.destroyed; sent += 1) {
    if (!target.write(chunk)) await Promise.race([once(target, 'drain'), gone]);
  }
  target.end();
  return 200;
}

function once(target: NodeJS.EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => {
    target.once(event, () => resolve());
  });
}

async function sendHead(response: ServerResponse, reply: RawReply): Promise<void> {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': reply.body.length });
  response.flushHeaders();
  await delay(5);
}

function send(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) resolve();
    else response.write(bytes, () => resolve());
  });
}
