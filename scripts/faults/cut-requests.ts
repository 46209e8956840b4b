import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Cut = {
  /** Part of the request's path. */
  readonly path: string;
  /** How many such requests pass before. */
  readonly skip: number;
  /** How much of it still leaves, from 0 to below 1. */
  readonly share: number;
  readonly onCut: () => void;
};

/** A line to HubSpot that breaks in the middle of one request: part of its bytes arrive, and no answer comes back. */
export async function cutRequests(
  targetUrl: string,
  cut: Cut,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let left = cut.skip;
  let isCut = false;
  const server = createServer((client) => {
    const hubspot = connect(Number(target.port), target.hostname);
    for (const socket of [client, hubspot]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.on('data', (bytes: Buffer) => {
      const isMeant = !isCut && bytes.includes(cut.path);
      if (!isMeant || left-- > 0) {
        hubspot.write(bytes);
        return;
      }
      isCut = true;
      hubspot.write(bytes.subarray(0, Math.floor(bytes.length * cut.share)), () => {
        cut.onCut();
        hubspot.destroySoon();
        client.destroy();
      });
    });
    hubspot.pipe(client);
    client.once('close', () => hubspot.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
