import net from 'node:net';
import type { World } from './world.ts';

/** While it lasts this process gets no new socket where it asks for one. */
export type Shortage = {
  /** How many sockets were refused. */
  hits(): number;
  mend(): void;
};

/** What Node gives where the process has used up its file descriptors: the connection fails before a byte is written. */
function outOfFiles(socket: net.Socket): net.Socket {
  const failure = Object.assign(new Error('connect EMFILE'), { code: 'EMFILE', syscall: 'connect' });
  process.nextTick(() => socket.destroy(failure));
  return socket;
}

/**
 * The next `failures` connections of this process to `port` fail with EMFILE. The number of descriptors itself cannot be lowered here:
 * the local HubSpot, which lives in the same process, would have none either.
 */
export function refuseSockets(port: number, failures: number): Shortage {
  // Put back as it was found, and always called on a socket.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  let hits = 0;
  const refusing = function (this: net.Socket, ...args: unknown[]): net.Socket {
    if (portOf(args) !== port || hits >= failures) return connect.apply(this, args);
    hits += 1;
    return outOfFiles(this);
  };
  net.Socket.prototype.connect = refusing;
  return {
    hits: () => hits,
    mend: () => {
      net.Socket.prototype.connect = connect;
    },
  };
}

/** Counts connections of this process to `port` that the machine refuses, since nobody listens there. */
export function countRefused(port: number): Shortage {
  // Put back as it was found, and always called on a socket.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  let hits = 0;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    if (portOf(args) === port)
      this.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNREFUSED') hits += 1;
      });
    return connect.apply(this, args);
  };
  return {
    hits: () => hits,
    mend: () => {
      net.Socket.prototype.connect = connect;
    },
  };
}

/** Node passes on what `net.connect` normalized: an array whose first item are the options. */
function portOf(args: readonly unknown[]): number | null {
  const options: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  const port: unknown = typeof options === 'object' && options !== null ? Reflect.get(options, 'port') : null;
  return port === null || port === undefined ? null : Number(port);
}

/** The next `failures` connections of the engine's pool fail with EMFILE; those that are open stay. */
export function refusePoolSockets({ database }: World, failures: number): Shortage {
  if (database.engine.kind !== 'postgres') throw new Error('Fault runs need Postgres.');
  // node-postgres makes its socket by this function where it is given, once a connection.
  const options = database.engine.pool.options as unknown as { stream?: () => net.Socket };
  let hits = 0;
  options.stream = () => {
    const socket = new net.Socket();
    if (hits >= failures) return socket;
    hits += 1;
    socket.connect = () => outOfFiles(socket);
    return socket;
  };
  return {
    hits: () => hits,
    mend: () => {
      delete options.stream;
    },
  };
}
