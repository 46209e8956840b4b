import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asPortalId, asUserId } from '../../src/core/model.ts';
import { openDatabase } from '../../src/store/database.ts';
import { toAppError } from '../../src/store/faults.ts';
import { migrate, MIGRATIONS } from '../../src/store/migrate.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { createStore } from '../../src/store/store.ts';

const masterKey = Buffer.alloc(32, 'key').toString('base64');
const portalId = asPortalId(7);

describe('opening a database', () => {
  it('says which Postgres does not answer, without the password', async () => {
    const opening = openDatabase({ url: 'postgres://someone:CANARY@127.0.0.1:1/sci' });

    await expect(opening).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Postgres does not answer at 127.0.0.1:1/sci.',
    });
  });

  it('keeps a folder’s rows from one opening to the next, and refuses a second opening meanwhile', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sci-folder-'));
    try {
      const first = await openDatabase({ folder });
      const applied = await migrate(first);
      const at = new Date('2026-11-02T15:00:00Z');
      const store = createStore(first, { masterKey });
      await store.inTenant(portalId, (scope) =>
        store.portals.install(scope, { userId: asUserId(1), scopes: [], at }),
      );
      await expect(openDatabase({ folder })).rejects.toMatchObject({ code: 'unavailable' });
      await store.close();

      const second = await openDatabase({ folder });
      const again = await migrate(second);
      const reopened = createStore(second, { masterKey });
      const found = await reopened.inTenant(portalId, (scope) => reopened.portals.find(scope));
      await reopened.close();

      expect(applied).toEqual(MIGRATIONS.map((migration) => migration.name));
      expect(again).toEqual([]);
      expect(found).toMatchObject({ portalId, installedAt: at });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('faults of the database', () => {
  const fault = (code: string) => Object.assign(new Error('secret detail'), { code });

  it.each([
    '40001',
    '40P01',
    '57P01',
    '08006',
    '53300',
    '53100',
    '25006',
    'ECONNREFUSED',
    'ECONNRESET',
    'EMFILE',
  ])('are worth another try when they pass: %s', (code) => {
    const error = toAppError(fault(code));

    expect(error).toMatchObject({ code: 'unavailable', retryAfterMs: 1_000 });
    expect(error.message).not.toContain('secret detail');
  });

  it('stay what they are when they are our mistake', () => {
    const mistake = fault('42P01');

    expect(toAppError(mistake)).toBe(mistake);
  });
});

describe('secrets', () => {
  it('refuses a master key of another length', () => {
    expect(() => createSecrets(Buffer.alloc(16).toString('base64'))).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  it('never seals the same value to the same text', () => {
    const secrets = createSecrets(masterKey);
    const seal = () => secrets.seal(portalId, 'column', Buffer.from('value'));

    expect(seal()).not.toBe(seal());
  });

  it('opens nothing that was changed in any byte', () => {
    const secrets = createSecrets(masterKey);
    const sealed = secrets.seal(portalId, 'column', Buffer.from('value'));
    const [format = '', version = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');

    const opened = Array.from(bytes, (_, index) => {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      try {
        return secrets.open(portalId, 'column', `${format}.${version}.${changed.toString('base64url')}`);
      } catch (error) {
        return (error as { code?: string }).code;
      }
    });

    expect(new Set(opened)).toEqual(new Set(['not_installed']));
  });

  it.each(['', 'v1', 'v1.x', 'v1..', 'v2.a.b', 'plain text'])('opens no malformed text: %j', (text) => {
    expect(() => createSecrets(masterKey).open(portalId, 'column', text)).toThrow(
      expect.objectContaining({ code: 'not_installed' }),
    );
  });
});
