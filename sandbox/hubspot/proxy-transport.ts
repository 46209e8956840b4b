import { request as httpRequest } from 'node:http';

/** A request to the backend on this machine; `target` goes out byte for byte, which the global fetch would not do. */
export type OutgoingRequest = {
  /** Such as http://127.0.0.1:4001. */
  readonly origin: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** A longer reply is cut off and reported as too large. */
  readonly maxReplyBytes: number;
};

export type BackendReply =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'connectionFailed'; readonly reason: string }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'tooLarge' };

/** One try, redirects not followed; never rejects: what went wrong is the result. */
export function sendToBackend(outgoing: OutgoingRequest): Promise<BackendReply> {
  const { hostname, port } = new URL(outgoing.origin);
  const bytes = Buffer.from(outgoing.body, 'utf8');
  const length = outgoing.body === '' ? {} : { 'Content-Length': String(bytes.length) };
  const signal = AbortSignal.timeout(outgoing.timeoutMs);
  return new Promise((resolve) => {
    const fail = (error: Error) => {
      if (signal.aborted) resolve({ kind: 'timedOut' });
      else resolve({ kind: 'connectionFailed', reason: error.message });
    };
    const request = httpRequest({
      hostname,
      port,
      method: outgoing.method,
      path: outgoing.target,
      headers: { ...outgoing.headers, ...length },
      agent: false,
      signal,
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= outgoing.maxReplyBytes) chunks.push(chunk);
        else request.destroy();
        if (size > outgoing.maxReplyBytes) resolve({ kind: 'tooLarge' });
      });
      response.on('end', () =>
        resolve({
          kind: 'reply',
          status: response.statusCode ?? 0,
          headers: flatHeaders(response.headers),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.end(bytes);
  });
}

function flatHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
