import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/errors.ts';
import { startApp } from './support.ts';

const FILE = { fileName: 'service-check-in-1-findings-2026-11-22.json', body: '{"cases":[]}\n' };

describe('the link to an export', () => {
  it('brings the file as a download that nobody keeps, without a signature', async () => {
    const tokens: string[] = [];
    const app = await startApp(
      {},
      {
        deliverExport: (token) => {
          tokens.push(token);
          return Promise.resolve(FILE);
        },
      },
    );

    const { status, text, headers } = await app.plain({ method: 'GET', path: '/exports/1.usedToken' });

    expect([status, text]).toEqual([200, FILE.body]);
    expect(tokens).toEqual(['1.usedToken']);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${FILE.fileName}"`);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect(headers.get('cache-control')).toMatch(/no-store/);
  });

  it('is not used up by whoever only asks for its head', async () => {
    const tokens: string[] = [];
    const deliverExport = (token: string) => {
      tokens.push(token);
      return Promise.resolve(FILE);
    };
    const app = await startApp({}, { deliverExport });

    const { status } = await app.plain({ method: 'HEAD', path: '/exports/1.usedToken' });

    expect([status, tokens]).toEqual([405, []]);
  });

  it('answers a used link as one that never was', async () => {
    const refuse = () => Promise.reject(new AppError('not_found', 'There is nothing here for you to see.'));
    const app = await startApp({}, { deliverExport: refuse });

    const used = await app.plain({ method: 'GET', path: '/exports/1.usedToken' });

    expect(used.status).toBe(404);
    expect(used.text).not.toContain('usedToken');
  });
});
