import './support/restore-nock.ts';
import { describe, expect, it } from '@jest/globals';
import { checkedApiBaseUrl } from '../../src/hubspot/base-url.ts';
import { parseErrorBody } from '../../src/hubspot/error-body.ts';
import { parseRetryAfterMs } from '../../src/hubspot/retry-after.ts';
import { instantOf, timeZoneOf } from '../../src/hubspot/values.ts';

describe('the base URL', () => {
  it.each([
    ['https://api.hubapi.com', false],
    ['https://api.hubapi.com/', false],
    ['http://127.0.0.1:4010', true],
    ['http://localhost:4010', true],
    ['http://[::1]:4010', true],
  ])('takes %s (loopback allowed: %s)', (url, allowLoopback) => {
    const origin = checkedApiBaseUrl(url, allowLoopback);

    expect(origin).toBe(new URL(url).origin);
  });

  it.each([
    'http://api.hubapi.com',
    'https://api.hubapi.com.evil.example',
    'https://api.hubapi.com@evil.example',
    'https://evil.example/api.hubapi.com',
    'https://api.hubapi.com/proxy',
    'https://api.hubapi.com:8443',
    'http://169.254.169.254',
    'file:///etc/passwd',
    'http://127.0.0.1.evil.example',
    '',
  ])('refuses %p even where loopback is allowed', (url) => {
    const check = () => checkedApiBaseUrl(url, true);

    expect(check).toThrow('allow-list');
  });

  it('refuses loopback outside the sandbox', () => {
    const check = () => checkedApiBaseUrl('http://127.0.0.1:4010', false);

    expect(check).toThrow('allow-list');
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-11-02T09:00:00Z');

  it.each([
    [null, '', 10_000],
    [null, 'SECONDLY', 1_000],
    [null, 'TEN_SECONDLY_ROLLING', 10_000],
    [null, 'DAILY', 300_000],
    ['7', '', 7_000],
    ['1.5', '', 1_500],
    ['0', 'SECONDLY', 1_000],
    ['-1', '', 10_000],
    ['1000000000', '', 300_000],
    ['999999999999999999999', '', 10_000],
    ['soon', 'SECONDLY', 1_000],
    ['Mon, 02 Nov 2026 09:00:30 GMT', '', 30_000],
    ['Mon, 02 Nov 2026 11:00:00 GMT', '', 300_000],
    ['Mon, 02 Nov 2026 08:00:00 GMT', '', 10_000],
  ])('%p after policy %p waits %p ms', (header, policy, expected) => {
    const waitMs = parseRetryAfterMs(header, policy, nowMs);

    expect(waitMs).toBe(expected);
  });
});

describe('an error body', () => {
  it('keeps HubSpot’s vocabulary and drops every value of a record', () => {
    const error = parseErrorBody({
      category: 'VALIDATION_ERROR',
      message:
        'Property values were not valid: [{"isValid":false,"message":"Dana Ruiz is not one of","error":"INVALID_OPTION","name":"hs_task_type"}]',
      errors: [
        { message: 'about Dana Ruiz', code: 'CONFLICTING_UNIQUE_VALUE', context: { propertyName: ['x'] } },
      ],
      context: { ids: ['12'] },
    });

    expect(error?.reason).toBe('VALIDATION_ERROR CONFLICTING_UNIQUE_VALUE INVALID_OPTION hs_task_type');
    expect(JSON.stringify(error)).not.toContain('Dana');
    expect(error?.context).toEqual({ ids: ['12'], propertyName: ['x'] });
  });

  it.each(['<html>', null, 7, ['a']])('takes %p for no error document', (body) => {
    const error = parseErrorBody(body);

    expect(error).toBeNull();
  });
});

describe('values', () => {
  it.each([
    ['america_slash_new_york', 'America/New_York'],
    ['US/Eastern', 'America/New_York'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['america_slash_port_hyphen_au_hyphen_prince', 'America/Port-au-Prince'],
    ['+02:00', null],
    ['Mars/Base', null],
    [null, null],
  ])('reads the time zone %p as %p', (text, expected) => {
    const zone = timeZoneOf(text);

    expect(zone).toBe(expected);
  });

  it.each([
    ['2026-08-11T03:30:00Z', '2026-08-11T03:30:00.000Z'],
    ['1786419000000', '2026-08-11T03:30:00.000Z'],
    ['yesterday', undefined],
  ])('reads the instant %p', (text, expected) => {
    const instant = instantOf(text);

    expect(instant?.toISOString()).toBe(expected);
  });
});
