import './support/restore-nock.ts';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHubSpotClient, type WireResult } from '../../src/hubspot/client.ts';

const servers: Server[] = [];

async function listen(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function callOver(
  handler: RequestListener,
  timeoutMs = 5_000,
  maxBodyBytes?: number,
): Promise<WireResult> {
  const client = createHubSpotClient({
    apiBaseUrl: await listen(handler),
    allowLoopback: true,
    maxBodyBytes,
  });
  return client.send({ method: 'POST', path: '/x', json: { a: 1 }, accessToken: 'token-1' }, timeoutMs);
}

describe('the client on real sockets', () => {
  it('sends JSON with one authorization header and reads the reply', async () => {
    const seen: { headers: unknown; body: string }[] = [];

    const result = await callOver((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({
          headers: request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
          body,
        });
        response.end('{"ok":true}');
      });
    });

    expect(result).toMatchObject({ kind: 'reply', status: 200, body: { ok: true }, isReadable: true });
    expect(seen[0]?.body).toBe('{"a":1}');
    expect((seen[0]?.headers as string[]).filter((name) => name === 'authorization')).toHaveLength(1);
  });

  it('does not follow a redirect, nor carry the token to another address', async () => {
    const reached: string[] = [];
    const elsewhere = await listen((request, response) => {
      reached.push(request.url ?? '');
      response.end('{}');
    });

    const result = await callOver((_request, response) =>
      response.writeHead(307, { location: `${elsewhere}/steal` }).end(),
    );

    expect(result).toMatchObject({ kind: 'reply', status: 307, isReadable: false });
    expect(reached).toEqual([]);
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const baseUrl = await listen(() => undefined);
    const closing = servers.pop();
    await new Promise((resolve) => closing?.close(resolve));
    const client = createHubSpotClient({ apiBaseUrl: baseUrl, allowLoopback: true });

    const result = await client.send({ method: 'POST', path: '/x', json: {} }, 5_000);

    expect(result).toEqual({ kind: 'notSent', reason: 'not connected (ECONNREFUSED)' });
  });

  it('ends a call that gets no answer at its deadline', async () => {
    const result = await callOver(() => undefined, 50);

    expect(result).toEqual({ kind: 'broken', reason: 'timeout' });
  });

  it('ends a body that never ends at the same deadline', async () => {
    const result = await callOver((_request, response) => response.writeHead(200).write('{'), 100);

    expect(result).toEqual({ kind: 'broken', reason: 'timeout' });
  });

  it('ends every call when the process stops', async () => {
    const stop = new AbortController();
    const apiBaseUrl = await listen(() => stop.abort());
    const client = createHubSpotClient({ apiBaseUrl, allowLoopback: true, stopping: stop.signal });

    const result = await client.send({ method: 'POST', path: '/x', json: {} }, 5_000);

    expect(result).toEqual({ kind: 'broken', reason: 'stopped' });
  });

  it('sends nothing any more once the process has stopped', async () => {
    const seen: unknown[] = [];
    const apiBaseUrl = await listen((request, response) => response.end(seen.push(request)));
    const stopping = AbortSignal.abort();
    const client = createHubSpotClient({ apiBaseUrl, allowLoopback: true, stopping });

    const result = await client.send({ method: 'POST', path: '/x', json: {} }, 5_000);

    expect(result).toEqual({ kind: 'notSent', reason: 'stopped' });
    expect(seen).toEqual([]);
  });

  it('reports a reset before the reply as broken, not as unsent', async () => {
    const result = await callOver((request) => request.socket.destroy());

    expect(result.kind).toBe('broken');
  });

  it('reports a body that is cut off as broken', async () => {
    const result = await callOver((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"results":');
      setImmediate(() => request.socket.destroy());
    });

    expect(result.kind).toBe('broken');
  });

  it('stops reading a body over the limit, also one that only grows when unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(200_000, 32));

    const result = await callOver(
      (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
      5_000,
      50_000,
    );

    expect(packed.length).toBeLessThan(50_000);
    expect(result).toEqual({ kind: 'broken', reason: 'the reply was too large', isTooLarge: true });
  });

  it.each(['<html>busy</html>', '{"results":[', ''])('marks the body %p as unreadable', async (text) => {
    const result = await callOver((_request, response) => response.end(text));

    expect(result).toMatchObject({ kind: 'reply', status: 200, isReadable: false });
  });

  it('keeps parallel deadlines apart and leaves other fetches alone', async () => {
    const baseUrl = await listen((request, response) =>
      setTimeout(() => response.end('{}'), request.url === '/slow' ? 150 : 1),
    );
    const client = createHubSpotClient({ apiBaseUrl: baseUrl, allowLoopback: true });

    const [cut, whole, plain] = await Promise.all([
      client.send({ method: 'GET', path: '/slow' }, 20),
      client.send({ method: 'GET', path: '/slow' }, 5_000),
      fetch(`${baseUrl}/slow`).then((response) => response.status),
    ]);

    expect([cut.kind, whole.kind, plain]).toEqual(['broken', 'reply', 200]);
  });
});
