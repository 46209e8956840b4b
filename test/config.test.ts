import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readConfig } from '../src/config.ts';

const masterKey = randomBytes(32).toString('base64');
const clientSecret = 'b3f1c6d2-7a5e-4c1b-9d0f-21ab';

const GOOD: Readonly<Record<string, string>> = {
  PUBLIC_BASE_URL: 'https://checkin.example.com',
  HUBSPOT_APP_ID: '4242',
  HUBSPOT_CLIENT_ID: 'client-1',
  HUBSPOT_CLIENT_SECRET: clientSecret,
  MASTER_KEY: masterKey,
  DATABASE_URL: 'postgres://app@db.example.com/checkin',
};
const TRIAL = { ...GOOD, DATABASE_URL: '', EMBEDDED_DATABASE_DIR: 'data', ALLOW_EMBEDDED_DATABASE: 'yes' };

function faultsOf(
  change: Readonly<Record<string, string>>,
  runtime: Parameters<typeof readConfig>[1] = {},
): readonly string[] {
  try {
    readConfig({ ...GOOD, ...change }, runtime);
    return [];
  } catch (error) {
    const [, ...lines] = (error as Error).message.split('\n');
    return lines.map((line) => line.replace(/^ {2}- /, ''));
  }
}

describe('the settings of a production start', () => {
  it('give a frozen config with the defaults filled in', () => {
    const config = readConfig(GOOD);

    expect(config).toMatchObject({
      isProduction: true,
      runsWeb: true,
      runsWorker: true,
      port: 3000,
      redirectUrl: 'https://checkin.example.com/oauth/callback',
      hubspotApiUrl: 'https://api.hubapi.com',
      acceptRawSignedForm: false,
      previousMasterKey: null,
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('list every missing one at once', () => {
    let message = '';
    try {
      readConfig({});
    } catch (error) {
      message = (error as Error).message;
    }

    for (const name of [
      'PUBLIC_BASE_URL',
      'HUBSPOT_APP_ID',
      'HUBSPOT_CLIENT_ID',
      'HUBSPOT_CLIENT_SECRET',
      'MASTER_KEY',
      'DATABASE_URL',
    ]) {
      expect(message).toContain(`  - ${name}: is missing`);
    }
  });

  it('list faults of the form and faults of the guard together', () => {
    const faults = faultsOf({ PORT: 'high', HUBSPOT_API_URL: 'https://evil.example.com', SANDBOX_X: '1' });

    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['PORT', 'HUBSPOT_API_URL', 'SANDBOX_X']);
  });

  it.each([
    ['an address with a path', { PUBLIC_BASE_URL: 'https://checkin.example.com/app' }, 'PUBLIC_BASE_URL'],
    ['an address without encryption', { PUBLIC_BASE_URL: 'http://checkin.example.com' }, 'PUBLIC_BASE_URL'],
    ['an address with a user in it', { PUBLIC_BASE_URL: 'https://a@checkin.example.com' }, 'PUBLIC_BASE_URL'],
    ['an empty client secret', { HUBSPOT_CLIENT_SECRET: '' }, 'HUBSPOT_CLIENT_SECRET'],
    ['a client secret of blanks', { HUBSPOT_CLIENT_SECRET: ' '.repeat(20) }, 'HUBSPOT_CLIENT_SECRET'],
    ['a short master key', { MASTER_KEY: randomBytes(16).toString('base64') }, 'MASTER_KEY'],
    ['a master key of one byte', { MASTER_KEY: Buffer.alloc(32, 7).toString('base64') }, 'MASTER_KEY'],
    [
      'a master key that is a text, as the one of the sandbox',
      { MASTER_KEY: Buffer.from('a sandbox key, which opens naught').subarray(0, 32).toString('base64') },
      'MASTER_KEY',
    ],
    ['another HubSpot', { HUBSPOT_API_URL: 'http://169.254.169.254' }, 'HUBSPOT_API_URL'],
    [
      'a look-alike of HubSpot’s page',
      { HUBSPOT_AUTHORIZE_URL: 'https://app.hubspot.com@evil.example.com/oauth/authorize' },
      'HUBSPOT_AUTHORIZE_URL',
    ],
    ['the looser signature form', { SIGNED_URI_FORM: 'raw' }, 'SIGNED_URI_FORM'],
    [
      'two databases',
      { EMBEDDED_DATABASE_DIR: 'data', ALLOW_EMBEDDED_DATABASE: 'yes' },
      'EMBEDDED_DATABASE_DIR',
    ],
    ['another kind of database', { DATABASE_URL: 'mysql://db/checkin' }, 'DATABASE_URL'],
    [
      'the embedded database without its flag',
      { ...TRIAL, ALLOW_EMBEDDED_DATABASE: '' },
      'EMBEDDED_DATABASE_DIR',
    ],
    ['the embedded database in two processes', { ...TRIAL, ROLE: 'worker' }, 'ROLE'],
    [
      'a debugger by NODE_OPTIONS',
      { NODE_OPTIONS: '--max-old-space-size=512 --inspect=0.0.0.0' },
      '--inspect',
    ],
  ])('refuse %s', (_what, change, name) => {
    const faults = faultsOf(change);

    expect(faults.map((fault) => fault.split(':')[0])).toEqual([name]);
  });

  it.each([
    ['SANDBOX_CLOCK', '2026-11-21'],
    ['SANDBOX_URL', 'http://127.0.0.1:4000'],
    ['HUBSPOT_API_URL', 'http://127.0.0.1:4000'],
    ['SIGNED_URI_FORM', 'raw'],
  ])('contract line 20: production refuses the sandbox setting %s', (name, value) => {
    const faults = faultsOf({ [name]: value });

    expect(faults.map((fault) => fault.split(':')[0])).toEqual([name]);
  });

  it('refuse a debugger on the command line', () => {
    const faults = faultsOf({}, { execArgv: ['--inspect-brk'] });

    expect(faults).toEqual(['--inspect: a debugger shows secrets; start without it.']);
  });

  it.each([
    ['20.19.0', 1],
    ['22.19.9', 1],
    ['22.20.0', 0],
    ['24.1.0', 0],
  ])('are read on Node %s with %d faults', (nodeVersion, faults) => {
    expect(faultsOf({}, { nodeVersion })).toHaveLength(faults);
  });

  it('allow the embedded database for a trial in one process', () => {
    const config = readConfig(TRIAL);

    expect(config.database).toEqual({ folder: 'data' });
  });

  it('are told without their values', () => {
    const secret = 'short-secret';

    const faults = faultsOf({
      HUBSPOT_CLIENT_SECRET: secret,
      MASTER_KEY: secret,
      DATABASE_URL: `x://${secret}`,
    });

    expect(faults).toHaveLength(4);
    expect(faults.join('\n')).not.toContain(secret);
  });

  it('take an empty one for a missing one', () => {
    const config = readConfig({ ...GOOD, MASTER_KEY_PREVIOUS: '', PORT: '', LOG_LEVEL: '' });

    expect(config).toMatchObject({ previousMasterKey: null, port: 3000, logLevel: 'info' });
  });

  it('take a master key for lost only where that is said outright', () => {
    const said = readConfig({ ...GOOD, MASTER_KEY_LOST: 'yes' });

    expect([readConfig(GOOD).isMasterKeyLost, said.isMasterKeyLost]).toEqual([false, true]);
    expect(faultsOf({ MASTER_KEY_LOST: 'true' })).toHaveLength(1);
  });
});
