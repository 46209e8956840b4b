import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../../src/core/random.ts';
import type { Random } from '../../src/core/random.ts';
import { verifySignature } from '../../src/http/signature.ts';
import type { SignedRequest } from '../../src/http/signature.ts';
import { signV3, writtenOut } from './sign-v3.ts';

const SEED = process.env['SIGNATURE_SEED'] ?? String(Date.now());
const SECRET = 'client-secret';
const ORIGIN = 'https://checkin.example.com';
const SENT_AT_MS = 1_796_115_600_000;
const FIVE_MINUTES_MS = 300_000;

const LETTERS = Array.from('abcXYZ019-_.~');
const OTHERS = [...Array.from(' !"#$%&\'()*+,/:;<=>?@[]^`{|}'), 'é', 'ß', 'Ł', '✓', '漢', '🙂', '👩‍🚀'];
const LISTED = Array.from(":/?@!$'()*,;");

function signed(change: Partial<SignedRequest>): SignedRequest {
  const base = {
    secrets: [SECRET],
    method: 'POST',
    publicOrigin: ORIGIN,
    rawTarget: '/',
    rawBody: Buffer.alloc(0),
    timestamp: String(SENT_AT_MS),
    nowMs: SENT_AT_MS,
    ...change,
  };
  const signature = signV3(
    SECRET,
    base.method,
    base.publicOrigin + base.rawTarget,
    base.rawBody,
    String(base.timestamp),
  );
  return { ...base, signature, ...('signature' in change ? { signature: change.signature } : {}) };
}

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[random.below(items.length)]!;
}

function randomText(random: Random): string {
  const length = random.below(8) + 1;
  return Array.from({ length }, () => pick(random.below(2) === 0 ? LETTERS : OTHERS, random)).join('');
}

/** As a client may write it: every escape of the list escaped or not, in either case. */
function written(text: string, random: Random): string {
  return Array.from(text)
    .map((character) => {
      if (!LISTED.includes(character)) return encodeURIComponent(character);
      if (random.below(2) === 0 && character !== '?') return character;
      const escape = `%${character.charCodeAt(0).toString(16)}`;
      return random.below(2) === 0 ? escape : escape.toUpperCase();
    })
    .join('');
}

function randomTarget(random: Random): string {
  const path = Array.from({ length: random.below(3) + 1 }, () => written(randomText(random), random));
  const query = Array.from({ length: random.below(4) + 1 }, () => {
    return `${written(randomText(random), random)}=${written(randomText(random), random)}`;
  });
  return `/${path.join('/')}?${query.join('&')}&userId=7&portalId=123&appId=99`;
}

function randomRequest(random: Random): SignedRequest {
  return signed({
    method: pick(['GET', 'POST', 'PUT'], random),
    rawTarget: randomTarget(random),
    rawBody: Buffer.from(JSON.stringify({ words: randomText(random) })),
  });
}

describe(`genuine requests and forgeries of seed ${SEED}`, () => {
  it('refuses none of 2,500 genuine addresses of plain text, accents and emoji', () => {
    const random = createRandom(`genuine/${SEED}`);

    const refused = Array.from({ length: 2_500 }, () => randomRequest(random)).filter(
      (request) => !verifySignature(request).ok,
    );

    expect(refused.map((request) => request.rawTarget)).toEqual([]);
  });

  it('takes an address re-written within HubSpot’s list of escapes for the same one', () => {
    const random = createRandom(`rewritten/${SEED}`);

    for (let round = 0; round < 300; round += 1) {
      const request = randomRequest(random);
      const rewritten = Array.from(writtenOut(request.rawTarget))
        .map((character) =>
          character === ':' ? '%3a' : character === '!' ? '%21' : character === '@' ? '%40' : character,
        )
        .join('');

      expect(verifySignature({ ...request, rawTarget: rewritten })).toEqual({ ok: true });
    }
  });

  it('accepts none of over 5,000 forgeries', () => {
    const random = createRandom(`forged/${SEED}`);
    const forged = Array.from({ length: 16 }, () => randomRequest(random)).flatMap((request) =>
      forgeriesOf(request, random),
    );

    const accepted = forged.filter(([, request]) => verifySignature(request).ok).map(([how]) => how);

    expect(forged.length).toBeGreaterThan(5_000);
    expect(accepted).toEqual([]);
  });

  it('accepts a replay for five minutes and refuses it afterwards', () => {
    const request = randomRequest(createRandom(`replayed/${SEED}`));

    for (let laterMs = 1_000; laterMs <= 360_000; laterMs += 1_000) {
      const check = verifySignature({ ...request, nowMs: SENT_AT_MS + laterMs });
      expect(check.ok).toBe(laterMs <= FIVE_MINUTES_MS);
    }
  });
});

type Forgery = readonly [how: string, request: SignedRequest];

function forgeriesOf(request: SignedRequest, random: Random): Forgery[] {
  return [
    ...bitFlips(request),
    ...spellings(request),
    ...otherVersions(request),
    ...otherMethods(request),
    ...otherBodies(request, random),
    ...otherTargets(request, random),
    ...otherOrigins(request),
    ...otherTimes(request),
    ...otherSecrets(request),
  ].filter(([, forged]) => !isSameRequest(forged, request));
}

function isSameRequest(forged: SignedRequest, genuine: SignedRequest): boolean {
  return (
    forged.signature === genuine.signature &&
    forged.method === genuine.method &&
    forged.timestamp === genuine.timestamp &&
    forged.rawBody.equals(genuine.rawBody) &&
    writtenOut(forged.publicOrigin + forged.rawTarget) ===
      writtenOut(genuine.publicOrigin + genuine.rawTarget) &&
    forged.secrets === genuine.secrets
  );
}

function bitFlips(request: SignedRequest): Forgery[] {
  return Array.from({ length: 256 }, (_, bit) => {
    const bytes = Buffer.from(request.signature!, 'base64');
    bytes[bit >> 3]! ^= 1 << (bit & 7);
    return [`bit ${bit}`, { ...request, signature: bytes.toString('base64') }];
  });
}

/** The same bytes, or some of them, spelled differently. */
function spellings(request: SignedRequest): Forgery[] {
  const genuine = request.signature!;
  const bytes = Buffer.from(genuine, 'base64');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const lastLetter = alphabet[alphabet.indexOf(genuine[42]!) + 1] ?? 'A';
  return [
    genuine.replace('=', ''),
    `${genuine}=`,
    `${genuine} `,
    ` ${genuine}`,
    `${genuine}\n`,
    genuine.slice(0, 42) + lastLetter + '=',
    genuine.slice(1),
    genuine + genuine,
    bytes.toString('base64url'),
    bytes.toString('hex'),
    bytes.subarray(0, 31).toString('base64'),
    Buffer.concat([bytes, Buffer.from([0])]).toString('base64'),
    genuine.toLowerCase(),
    `v3=${genuine}`,
    '',
    'é'.repeat(44),
    `${genuine.slice(0, 43)}é`,
  ].map((signature, index) => [`spelling ${index}`, { ...request, signature }]);
}

function otherVersions(request: SignedRequest): Forgery[] {
  const uri = request.publicOrigin + request.rawTarget;
  const v1 = createHash('sha256').update(SECRET).update(request.rawBody);
  const v2 = createHash('sha256')
    .update(SECRET + request.method + uri)
    .update(request.rawBody);
  const sha1 = createHmac('sha1', SECRET).update(uri);
  return [v1.digest('hex'), v2.copy().digest('hex'), v2.digest('base64'), sha1.digest('base64')].map(
    (signature, index) => [`version ${index}`, { ...request, signature }],
  );
}

function otherMethods(request: SignedRequest): Forgery[] {
  return ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'get', 'post', ''].map((method) => [
    `method ${method}`,
    { ...request, method },
  ]);
}

function otherBodies(request: SignedRequest, random: Random): Forgery[] {
  const genuine = request.rawBody;
  const changed = Array.from({ length: 12 }, () => {
    const body = Buffer.from(genuine);
    body[random.below(body.length)]! ^= random.below(255) + 1;
    return body;
  });
  const lengths = [
    Buffer.alloc(0),
    genuine.subarray(1),
    Buffer.concat([genuine, Buffer.from(' ')]),
    Buffer.concat([Buffer.from('\uFEFF'), genuine]),
  ];
  return [...changed, ...lengths].map((rawBody, index) => [`body ${index}`, { ...request, rawBody }]);
}

function otherTargets(request: SignedRequest, random: Random): Forgery[] {
  const genuine = request.rawTarget;
  const [path, query] = genuine.split(/\?(.*)/s) as [string, string];
  const at = random.below(genuine.length - 1) + 1;
  const targets = [
    `${path}?${query.split('&').reverse().join('&')}`,
    `${path}?${query}&portalId=456`,
    `${path}?portalId=456&${query}`,
    genuine.replace('portalId=123', 'portalId=124'),
    genuine.replace('portalId', '%70ortalId'),
    genuine.replace('&', '%26'),
    genuine.replace('=', '%3D'),
    genuine.replace('appId', 'appid'),
    genuine.replace(/%25/i, '%'),
    genuine.replaceAll('%20', '+'),
    genuine.replace('/', '//'),
    `${genuine}&`,
    `${genuine}#x`,
    `${genuine}%00`,
    path,
    `/.${genuine}`,
    genuine.slice(0, at) + genuine.slice(at + 1),
    `${genuine.slice(0, at)}x${genuine.slice(at)}`,
  ];
  return targets.map((rawTarget, index) => [
    `target ${index}: ${rawTarget} for ${genuine}`,
    { ...request, rawTarget },
  ]);
}

function otherOrigins(request: SignedRequest): Forgery[] {
  return [
    'https://evil.example.com',
    'http://checkin.example.com',
    'https://checkin.example.com:443',
    'https://CHECKIN.example.com',
    '',
  ].map((publicOrigin) => [`origin ${publicOrigin}`, { ...request, publicOrigin }]);
}

function otherTimes(request: SignedRequest): Forgery[] {
  return [-1, 1, 1_000, -1_000, 299_000]
    .map((moveMs) => String(SENT_AT_MS + moveMs))
    .concat('NaN', 'Infinity', '-0', '', '0', `0${SENT_AT_MS}`, `${SENT_AT_MS}0`, `${SENT_AT_MS} `)
    .map((timestamp) => [`timestamp ${timestamp}`, { ...request, timestamp }]);
}

function otherSecrets(request: SignedRequest): Forgery[] {
  return [['another-app'], ['another-app', 'a-third'], [], [''], [`${SECRET} `]].map((secrets) => [
    `secrets ${JSON.stringify(secrets)}`,
    { ...request, secrets },
  ]);
}
