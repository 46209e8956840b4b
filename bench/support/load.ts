import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentileOf, rounded } from './statistics.ts';

/** One request of a load, prepared when it is sent. */
export type Shot = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type LoadFigures = {
  readonly perSecond: number;
  readonly sent: number;
  /** From the instant at which a request was due to the end of its reply, in ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly refused: number;
  /** Replies by status; 0 where there was none. */
  readonly statuses: Readonly<Record<string, number>>;
};

/**
 * Sends at a fixed rate whatever the replies do (open loop), each request timed from the instant at which it was due: a server that
 * falls behind is charged for everything that waits. `onReply` is told of each 2xx.
 */
export async function runLoad(options: {
  readonly perSecond: number;
  readonly seconds: number;
  readonly shot: (place: number) => Shot;
  readonly onReply?: (place: number) => void;
}): Promise<LoadFigures> {
  const { perSecond, seconds, shot, onReply = () => undefined } = options;
  const agent = new Agent({ keepAlive: true });
  const wanted = Math.round(perSecond * seconds);
  const startedMs = performance.now();
  const tookMs: number[] = [];
  const statuses: Record<string, number> = {};
  const sending: Promise<void>[] = [];
  for (let place = 0; place < wanted; place += 1) {
    const dueMs = startedMs + (place * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const sent = send(agent, shot(place)).then((status) => {
      tookMs.push(performance.now() - dueMs);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (isDone(status)) onReply(place);
    });
    sending.push(sent);
  }
  await Promise.all(sending);
  agent.destroy();
  return {
    perSecond,
    sent: wanted,
    p50Ms: rounded(percentileOf(tookMs, 50), 1),
    p99Ms: rounded(percentileOf(tookMs, 99), 1),
    maxMs: rounded(Math.max(...tookMs), 1),
    refused: Object.entries(statuses)
      .filter(([status]) => !isDone(Number(status)))
      .reduce((sum, [, times]) => sum + times, 0),
    statuses,
  };
}

const isDone = (status: number): boolean => status >= 200 && status < 300;

/** The status of the reply, read to its end; 0 where the connection failed. */
function send(agent: Agent, { method, url, headers, body }: Shot): Promise<number> {
  return new Promise((resolve) => {
    const outgoing = request(url, { method, agent, headers }, (reply) => {
      reply.resume();
      reply.once('end', () => {
        resolve(reply.statusCode ?? 0);
      });
      reply.once('error', () => {
        resolve(0);
      });
    });
    outgoing.once('error', () => {
      resolve(0);
    });
    outgoing.end(body);
  });
}
