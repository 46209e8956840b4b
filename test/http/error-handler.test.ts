import { describe, expect, it } from '@jest/globals';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { errorReply } from '../../src/http/contract.ts';
import { startApp } from './support.ts';

const HOME = { path: '/api/home' };

describe('the reply to an error', () => {
  it.each([
    ['invalid_input', 400],
    ['payload_too_large', 413],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['not_installed', 409],
    ['rate_limited', 429],
    ['hubspot_rejected', 502],
    ['hubspot_throttled', 503],
    ['hubspot_unavailable', 503],
    ['outcome_unknown', 503],
    ['unavailable', 503],
    ['internal', 500],
  ] as readonly (readonly [ErrorCode, number])[])(
    'of %s has status %d and the contract’s shape',
    async (code, status) => {
      const error = new AppError(code, 'Said to people.', { hint: 'What to do.' });
      const app = await startApp({ getHome: () => Promise.reject(error) });

      const answer = await app.signed(HOME);

      expect(answer.status).toBe(status);
      expect(errorReply.strict().parse(answer.body)).toMatchObject({
        code,
        message: 'Said to people.',
        hint: 'What to do.',
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('says nothing of an error that is not ours, neither to the reader nor to the log', async () => {
    const error = new TypeError('SELECT words FROM check_ins: CANARY');
    const app = await startApp({ getHome: () => Promise.reject(error) });

    const { status, text, body } = await app.signed(HOME);

    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'internal', message: 'Something went wrong on our side.' });
    expect(text).not.toMatch(/CANARY|SELECT|TypeError|\.ts/);
    expect(JSON.stringify(app.lines)).not.toContain('CANARY');
    expect(JSON.stringify(app.lines)).toContain('TypeError');
  });

  it('blames the sender where Express refused the request, such as a packed body', async () => {
    const error = Object.assign(new Error('unsupported encoding CANARY'), { status: 415 });
    const app = await startApp({ getHome: () => Promise.reject(error) });

    const { status, text, body } = await app.signed(HOME);

    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid_input', message: 'The request cannot be read.' });
    expect(text).not.toContain('CANARY');
  });

  it('is the same for a reply of ours that does not fit the contract', async () => {
    const app = await startApp({ getHome: () => Promise.resolve({ secret: 'CANARY' } as never) });

    const { status, text } = await app.signed(HOME);

    expect(status).toBe(500);
    expect(text).not.toContain('CANARY');
  });

  it('says how long to wait, in whole seconds, only where repeating helps', async () => {
    const waits = async (code: ErrorCode, retryAfterMs?: number) => {
      const details = retryAfterMs === undefined ? {} : { retryAfterMs };
      const error = new AppError(code, 'Later.', details);
      const app = await startApp({ getHome: () => Promise.reject(error) });
      return (await app.signed(HOME)).headers.get('retry-after');
    };

    expect(await waits('hubspot_throttled', 1_200)).toBe('2');
    expect(await waits('unavailable')).toBe('5');
    expect(await waits('rate_limited', 30_000)).toBe('30');
    expect(await waits('outcome_unknown', 30_000)).toBeNull();
    expect(await waits('internal')).toBeNull();
  });

  it('gives each request an id of our own making, which the log has too', async () => {
    const app = await startApp({ getHome: () => Promise.reject(new AppError('conflict', 'No.')) });

    const first = await app.signed({ ...HOME, headers: { 'x-request-id': 'theirs' } });
    const second = await app.signed(HOME);

    expect(first.body['requestId']).not.toBe('theirs');
    expect(first.body['requestId']).not.toBe(second.body['requestId']);
    expect(JSON.stringify(app.lines)).toContain(String(first.body['requestId']));
  });
});
