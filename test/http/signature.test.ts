import { describe, expect, it } from '@jest/globals';
import { AppError } from '../../src/errors.ts';
import { parseSignedQuery, verifySignature } from '../../src/http/signature.ts';
import type { SignedRequest } from '../../src/http/signature.ts';
import { signV3 } from './sign-v3.ts';

const SENT_AT_MS = 1_796_115_600_000;
const ORIGIN = 'https://app.example.com';

function request(change: Partial<SignedRequest> = {}): SignedRequest {
  return {
    secrets: ['test-secret'],
    method: 'POST',
    publicOrigin: ORIGIN,
    rawTarget: '/hubspot/webhooks',
    rawBody: Buffer.from('[{"eventId":1}]'),
    signature: '3O19hgXcAZtabDEYTd7tG6OkwmCnRVqyIMrnpuHcDes=',
    timestamp: String(SENT_AT_MS),
    nowMs: SENT_AT_MS,
    ...change,
  };
}

const CARD_CALL = {
  method: 'GET',
  rawTarget: '/c?userId=7&portalId=123&userEmail=rep%40example.com&appId=99',
  rawBody: Buffer.alloc(0),
} as const;

describe('the documented vectors', () => {
  it('accepts the signed webhook', () => {
    expect(verifySignature(request())).toEqual({ ok: true });
  });

  it('accepts the card call over the decoded address', () => {
    const signature = 'TVWdrCKpeW8azz7ip4hrqZ88vDUfSOpRP0YLNm7v5x4=';

    expect(verifySignature(request({ ...CARD_CALL, signature }))).toEqual({ ok: true });
  });

  it('refuses the card call signed over the raw address unless that form is allowed', () => {
    const raw = request({ ...CARD_CALL, signature: '60WGo62onS3SiljMF0HkUdpCtS1nlsrVlnr/+7LVG3g=' });

    expect(verifySignature(raw)).toEqual({ ok: false, reason: 'mismatch' });
    expect(verifySignature({ ...raw, acceptRawForm: true })).toEqual({ ok: true });
  });

  it('accepts the raw form of the development proxy on its local origin', () => {
    const local = request({
      ...CARD_CALL,
      publicOrigin: 'http://localhost:3000',
      signature: '9HvnFVt6DsEMj1KtjyzXVPPmNseHndYXjWQ7ug8+cZI=',
      acceptRawForm: true,
    });

    expect(verifySignature(local)).toEqual({ ok: true });
  });

  it('decodes the colon alone among percent-20, percent-2B and a check mark', () => {
    const accented = request({
      rawTarget: '/x?q=a%20b%2Bc%3Ad&r=%E2%9C%93',
      rawBody: Buffer.from('{"note":"é"}'),
      signature: '/99vPQa+6DMYBUa7EAQpMk/6yhPbhydwLlPdA5Tj88I=',
    });

    expect(verifySignature(accented)).toEqual({ ok: true });
  });

  it('accepts the vector of HubSpot’s own Python client', () => {
    const official = request({
      secrets: ['yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy'],
      publicOrigin: 'https://www.example.com',
      rawTarget: '/webhook_uri',
      rawBody: Buffer.from("{'example_field':'example_value'}"),
      signature: 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=',
      timestamp: '1693657560000',
      nowMs: 1_693_657_560_000,
    });

    expect(verifySignature(official)).toEqual({ ok: true });
  });
});

describe('the age of a request', () => {
  it.each([
    [-300_001, 'staleTimestamp'],
    [-300_000, null],
    [0, null],
    [300_000, null],
    [300_001, 'staleTimestamp'],
  ])('with the clock %i ms on gives %s', (laterMs, reason) => {
    const check = verifySignature(request({ nowMs: SENT_AT_MS + laterMs }));

    expect(check).toEqual(reason === null ? { ok: true } : { ok: false, reason });
  });

  it.each([undefined, '', 'NaN', 'Infinity', '-1', '1e12', '0x1', ' 1796115600000', '1796115600000.0', '９'])(
    'refuses the timestamp %j even where it was signed',
    (timestamp) => {
      const signature = signV3('test-secret', 'POST', `${ORIGIN}/hubspot/webhooks`, '', timestamp ?? '');

      const check = verifySignature(request({ rawBody: Buffer.alloc(0), signature, timestamp }));

      expect(check).toEqual({ ok: false, reason: 'malformedTimestamp' });
    },
  );

  it('refuses everything while its own clock is broken', () => {
    expect(verifySignature(request({ nowMs: NaN })).ok).toBe(false);
  });
});

describe('secrets', () => {
  it('accepts either of two live secrets', () => {
    expect(verifySignature(request({ secrets: ['new-secret', 'test-secret'] })).ok).toBe(true);
    expect(verifySignature(request({ secrets: ['test-secret', 'new-secret'] })).ok).toBe(true);
  });

  it.each([[[]], [['']], [['', '  ']]])('refuses everything with the secrets %j', (secrets) => {
    const signature = signV3('', 'POST', `${ORIGIN}/hubspot/webhooks`, '[]', String(SENT_AT_MS));

    const check = verifySignature(request({ secrets, rawBody: Buffer.from('[]'), signature }));

    expect(check).toEqual({ ok: false, reason: 'noSecret' });
  });

  it('never uses an empty secret beside a real one', () => {
    const signature = signV3(' ', 'POST', `${ORIGIN}/hubspot/webhooks`, '[]', String(SENT_AT_MS));

    const check = verifySignature(
      request({ secrets: ['test-secret', ' '], rawBody: Buffer.from('[]'), signature }),
    );

    expect(check).toEqual({ ok: false, reason: 'mismatch' });
  });
});

describe('what is signed', () => {
  it('refuses a request without a signature', () => {
    expect(verifySignature(request({ signature: undefined }))).toEqual({
      ok: false,
      reason: 'missingSignature',
    });
    expect(verifySignature(request({ signature: '' }))).toEqual({ ok: false, reason: 'missingSignature' });
  });

  it('refuses an absolute request target', () => {
    const rawTarget = `${ORIGIN}/hubspot/webhooks`;
    const signature = signV3(
      'test-secret',
      'POST',
      ORIGIN + rawTarget,
      '[{"eventId":1}]',
      String(SENT_AT_MS),
    );

    expect(verifySignature(request({ rawTarget, signature }))).toEqual({
      ok: false,
      reason: 'malformedTarget',
    });
  });

  it('takes the body as bytes, not as text', () => {
    const rawBody = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const signature = signV3(
      'test-secret',
      'POST',
      `${ORIGIN}/hubspot/webhooks`,
      rawBody,
      String(SENT_AT_MS),
    );

    expect(verifySignature(request({ rawBody, signature })).ok).toBe(true);
    expect(verifySignature(request({ rawBody: Buffer.from(rawBody.toString('utf8')), signature })).ok).toBe(
      false,
    );
  });
});

describe('the signed query', () => {
  const good = 'userId=7&portalId=123&userEmail=rep%2Bx%40example.com&appId=99';

  it('names portal, user, app and address', () => {
    expect(parseSignedQuery(`/api/companies/1?cursor=a%20b&${good}`)).toEqual({
      portalId: 123,
      userId: 7,
      appId: 99,
      userEmail: 'rep+x@example.com',
    });
  });

  it.each([
    'portalId=123',
    'portalId=456',
    'portalid=123',
    'PORTALID=1',
    'portalId[]=1',
    'portalId%5B0%5D=1',
    'portal%49d=1',
    '%70ortalId=1',
    'portalId%20=1',
    '+portalId=1',
    'portalId%00=1',
    'portalId.x=1',
    'portalId',
    'userId=8',
    'UserID=8',
    'appid=1',
    'useremail=a',
    'broken%=1',
    '%FFuserId=7',
  ])('refuses a further parameter %j as bad input, before and after the genuine ones', (extra) => {
    for (const rawTarget of [`/c?${extra}&${good}`, `/c?${good}&${extra}`]) {
      expect(codeOf(() => parseSignedQuery(rawTarget))).toBe('invalid_input');
    }
  });

  it.each(['portalid', 'portalId[]', '%70ortalId'])('refuses %j in place of the genuine key', (key) => {
    expect(codeOf(() => parseSignedQuery(`/c?${good.replace('portalId', key)}`))).toBe('invalid_input');
  });

  it.each([
    '/c',
    '/c?',
    '/c?userId=7',
    '/c%3FuserId=7&portalId=123&userEmail=a&appId=99',
    '/c?userId=7;portalId=123;userEmail=a;appId=99',
    `/c?${good.replace('123', '')}`,
    `/c?${good.replace('123', '0')}`,
    `/c?${good.replace('123', '-1')}`,
    `/c?${good.replace('123', '12.3')}`,
    `/c?${good.replace('123', '1e3')}`,
    `/c?${good.replace('123', '9999999999999999')}`,
    `/c?${good.replace('userId=7', 'userId=seven')}`,
    `/c?${good.replace('appId=99', 'other=1')}`,
  ])('does not know who asks in %j', (rawTarget) => {
    expect(codeOf(() => parseSignedQuery(rawTarget))).toBe('unauthenticated');
  });

  it('leaves the app’s own parameters alone', () => {
    expect(parseSignedQuery(`/c?portal=1&user=2&userIdea=3&ids[]=4&${good}`).portalId).toBe(123);
  });
});

function codeOf(action: () => unknown): string {
  try {
    action();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof AppError ? error.code : 'another error';
  }
}
