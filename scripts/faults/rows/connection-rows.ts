import dns from 'node:dns';
import { createServer, connect as connectTo, type AddressInfo, type Socket } from 'node:net';
import { refuseSockets } from '../out-of-files.ts';
import { BOTH, type Cell, type Row } from '../row.ts';
import { atEvent, isCreate, MINUTE_MS } from './helpers.ts';

/** Names are not found for a while, then they are; every connection of the seed needs its name. */
const noNames: Row = {
  fault: 'DNS failure (ENOTFOUND or EAI_AGAIN)',
  point: 'every call for a while',
  modes: BOTH,
  countedBy: 'line',
  run: async (cell) => {
    const line = await openLine(cell.world.simulatorUrl);
    const names = failNames(cell, 1 + cell.random.below(5));
    try {
      const cut = await cell.start({ apiUrl: line.url });
      await cell.settle();
      await cell.advance(10 * MINUTE_MS);
      // From here on names are found, and the run goes on by itself.
      names.mend();
      await cell.advance(30 * MINUTE_MS);
      cut.kill();
    } finally {
      names.mend();
      await line.close();
    }
  },
};

type Line = {
  readonly url: string;
  readonly port: number;
  /** Closes what is open on it; it goes on taking new connections. */
  drop(): void;
  close(): Promise<void>;
};
type Lookup = (hostname: string, options: object, tell: (error: Error | null) => void) => void;

/** The next look-ups of this machine's own name fail as the system's resolver would say it; each that fails is a hit. */
function failNames(cell: Cell, count: number): { mend(): void } {
  const found = dns.lookup;
  let left = count;
  const fails: Lookup = (hostname, options, tell) => {
    if (hostname !== 'localhost' || left === 0) {
      (found as unknown as Lookup)(hostname, options, tell);
      return;
    }
    left -= 1;
    cell.hit();
    const code = cell.random.below(2) === 0 ? 'ENOTFOUND' : 'EAI_AGAIN';
    const failure = Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code });
    process.nextTick(() => tell(failure));
  };
  dns.lookup = fails as unknown as typeof dns.lookup;
  return {
    mend: () => {
      dns.lookup = found;
    },
  };
}

/** The process has used up its descriptors, at the start or in the middle of the run, where what was open closes too. */
const noSockets: Row = {
  fault: 'out of files (EMFILE): no socket for HubSpot',
  point: 'every call for a while',
  modes: BOTH,
  countedBy: 'line',
  run: async (cell) => {
    const line = await openLine(cell.world.simulatorUrl);
    const failures = 1 + cell.random.below(6);
    const atCreate = cell.random.below(4);
    let shortage = atCreate === 0 ? refuseSockets(line.port, failures) : null;
    const engine = await cell.start({
      apiUrl: line.url,
      observe: atEvent(atCreate, isCreate, () => {
        shortage = refuseSockets(line.port, failures);
        line.drop();
      }),
    });
    try {
      await cell.settle();
      // Longer than the rest of all that was refused; from here on there are descriptors again.
      await cell.advance(10 * MINUTE_MS);
      shortage?.mend();
      await cell.advance(30 * MINUTE_MS);
      engine.kill();
    } finally {
      shortage?.mend();
      await line.close();
    }
    for (let hit = 0; hit < (shortage?.hits() ?? 0); hit += 1) cell.hit();
    cell.expect({ mustNotPark: cell.mode === 'unique' });
  },
};

/** A line of its own to HubSpot, under a name: no connection of an earlier seed is left open on it. */
async function openLine(targetUrl: string): Promise<Line> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const hubspot = connectTo(Number(target.port), target.hostname);
    for (const socket of [client, hubspot]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.pipe(hubspot).pipe(client);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://localhost:${port}`,
    port,
    drop,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

/** The way to HubSpot itself. */
export const CONNECTION_ROWS: readonly Row[] = [noNames, noSockets];
