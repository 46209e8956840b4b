import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLoad, type Shot } from '../../bench/support/load.ts';

let server: Server;
let url: string;

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/broken') request.socket.destroy();
    else response.writeHead(request.url === '/busy' ? 503 : 200).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const shotTo = (path: string): Shot => ({ method: 'POST', url: `${url}${path}`, headers: {}, body: '' });

describe('a load at a fixed rate', () => {
  it('sends every request and tells of each that was answered', async () => {
    const answered: number[] = [];

    const figures = await runLoad({
      perSecond: 100,
      seconds: 0.1,
      shot: () => shotTo('/'),
      onReply: (place) => answered.push(place),
    });

    expect(figures).toMatchObject({ sent: 10, refused: 0, statuses: { 200: 10 } });
    expect(answered.sort((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('counts a refusal and a broken connection as not answered', async () => {
    const answered: number[] = [];
    const paths = ['/', '/busy', '/broken', '/'];

    const figures = await runLoad({
      perSecond: 100,
      seconds: 0.04,
      shot: (place) => shotTo(paths[place] ?? '/'),
      onReply: (place) => answered.push(place),
    });

    expect(figures).toMatchObject({ sent: 4, refused: 2, statuses: { 200: 2, 503: 1, 0: 1 } });
    expect(answered.sort((left, right) => left - right)).toEqual([0, 3]);
  });
});
