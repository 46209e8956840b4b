import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { randomBytes } from 'node:crypto';
import { asUserId } from '../../../src/core/model.ts';
import { createStore } from '../../../src/store/store.ts';
import { txOf } from '../../../src/store/transact.ts';
import type { TenantScope } from '../../../src/usecases/records.ts';
import { at, minutes, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const tokens = (name: string) => ({
  accessToken: `CANARY-access-${name}`,
  refreshToken: `CANARY-refresh-${name}`,
  expiresAt: at(minutes(30)),
});

/** Secrets at rest, and one refresh for all who wait. */
export function vaultContract(h: Harness): void {
  it('gives tokens back as they were saved and forgets destroyed ones', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('old'));
    await h.store.vault.save(portalId, tokens('new'));

    const stored = await h.store.vault.read(portalId);
    await h.store.vault.destroy(portalId);
    const gone = await h.store.vault.read(portalId);

    expect(stored).toEqual(tokens('new'));
    expect(gone).toBeNull();
  });

  it('stores no secret in plain, base64 or hex form', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const secret = await h.inside(portalId, (scope) => h.store.portals.touchKeySecret(scope));

    const raw = await h.inside(portalId, async (scope) => {
      const rows = await sql<{ row: string }>`
        SELECT t::text AS row FROM tokens t UNION ALL SELECT s::text FROM portal_secrets s`.execute(
        txOf(scope),
      );
      return rows.rows.map(({ row }) => row).join('\n');
    });

    const forms = ['CANARY-access-x', 'CANARY-refresh-x'].flatMap((text) => [
      text,
      Buffer.from(text).toString('hex'),
    ]);
    const encoded = [Buffer.from('CANARY-access-x'), Buffer.from(secret)].map((bytes) =>
      bytes.toString('base64'),
    );
    for (const form of [...forms, ...encoded, Buffer.from(secret).toString('hex')])
      expect(raw).not.toContain(form);
    expect(raw).toMatch(/v1\./);
  });

  it('makes the touch key secret once, whoever asks, and another for each portal', async () => {
    const [first, second] = [await h.portal(), await h.portal()];
    const secretOf = (portalId: typeof first) =>
      h.inside(portalId, async (scope) =>
        Buffer.from(await h.store.portals.touchKeySecret(scope)).toString('hex'),
      );

    const secrets = await Promise.all([secretOf(first), secretOf(first), secretOf(first)]);

    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toHaveLength(64);
    expect(await secretOf(second)).not.toBe(secrets[0]);
  });

  it('does not open a token row that was moved to another portal', async () => {
    const [own, other] = [await h.portal(), await h.portal()];
    await h.store.vault.save(own, tokens('own'));
    await h.store.vault.save(other, tokens('other'));
    const sealed = await h.inside(own, (scope) =>
      txOf(scope).selectFrom('tokens').select(['accessToken', 'refreshToken']).executeTakeFirstOrThrow(),
    );
    await h.inside(other, (scope) => txOf(scope).updateTable('tokens').set(sealed).execute());

    await expect(h.store.vault.read(other)).rejects.toMatchObject({ code: 'not_installed' });
    await expect(h.store.vault.read(own)).resolves.toEqual(tokens('own'));
  });

  it('does not open an access token that stands in the place of a refresh token', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    await h.inside(portalId, (scope) =>
      sql`UPDATE tokens SET refresh_token = access_token`.execute(txOf(scope)),
    );

    await expect(h.store.vault.read(portalId)).rejects.toMatchObject({ code: 'not_installed' });
  });

  it('reads what the previous master key sealed, seals anew, and refuses an unknown key', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const secret = await h.inside(portalId, (scope) => h.store.portals.touchKeySecret(scope));
    const nextKey = randomBytes(32).toString('base64');
    const rotating = createStore(h.store.database, {
      masterKey: nextKey,
      previousMasterKey: h.store.masterKey,
    });
    const rotated = createStore(h.store.database, { masterKey: nextKey });

    const before = await rotating.vault.read(portalId);
    const resealed = await h.inside(portalId, (scope) => rotating.portals.touchKeySecret(scope));
    const unknownKey = rotated.vault.read(portalId);
    await expect(unknownKey).rejects.toMatchObject({ code: 'not_installed' });
    await rotating.vault.save(portalId, tokens('x'));

    expect(before).toEqual(tokens('x'));
    expect(resealed).toEqual(secret);
    await expect(rotated.vault.read(portalId)).resolves.toEqual(tokens('x'));
    await expect(h.inside(portalId, (scope) => rotated.portals.touchKeySecret(scope))).resolves.toEqual(
      secret,
    );
  });

  it('refreshes once for 20 callers with an expired token and stores the new one before use', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('expired'));
    let refreshes = 0;

    const given = await Promise.all(
      Array.from({ length: 20 }, () =>
        h.store.vault.refreshOnce(
          portalId,
          (stored) => stored.accessToken !== 'CANARY-access-expired',
          async () => {
            refreshes += 1;
            await new Promise((resolve) => setTimeout(resolve, 20));
            return tokens('fresh');
          },
        ),
      ),
    );

    expect(refreshes).toBe(1);
    expect(given).toEqual(Array.from({ length: 20 }, () => tokens('fresh')));
    await expect(h.store.vault.read(portalId)).resolves.toEqual(tokens('fresh'));
  });

  it('keeps the old token where the refresh failed, and lets the next caller try', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('old'));
    const refresh = (work: () => Promise<ReturnType<typeof tokens>>) =>
      h.store.vault.refreshOnce(portalId, (stored) => stored.accessToken === 'CANARY-access-new', work);

    const [failed, next] = await Promise.allSettled([
      refresh(() => Promise.reject(new Error('HubSpot is away'))),
      refresh(() => Promise.resolve(tokens('new'))),
    ]);

    expect(failed.status).toBe('rejected');
    expect(next).toEqual({ status: 'fulfilled', value: tokens('new') });
  });

  it('lets other work go on while a refresh waits for HubSpot', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('old'));
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const refreshing = h.store.vault.refreshOnce(
      portalId,
      () => false,
      () => asked.then(() => tokens('new')),
    );

    const found = await h.inside(portalId, (scope) => h.store.portals.find(scope));
    answer();

    expect(found?.portalId).toBe(portalId);
    await expect(refreshing).resolves.toEqual(tokens('new'));
  });

  it('keeps the tokens of a new connection where a refresh of the old ones ends after it', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('old'));
    let answer: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const begun = new Promise<void>((begin) => {
      void h.store.vault.refreshOnce(
        portalId,
        () => false,
        async () => {
          begin();
          await asked;
          return tokens('renewed');
        },
      );
    });
    await begun;
    const saving = h.store.vault.save(portalId, tokens('connected'));
    answer();
    await saving;

    const stored = await h.store.vault.read(portalId);

    expect(stored).toEqual(tokens('connected'));
  });

  it('forgets a refused token together with what follows from it, or not at all', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const refused = tokens('x').refreshToken;
    const disconnect = (scope: TenantScope) => h.store.portals.update(scope, { status: 'disconnected' });
    const fail = () => Promise.reject(new Error('no'));

    const failed = h.store.vault.forgetRefused(portalId, refused, fail);
    await expect(failed).rejects.toThrow('no');
    const kept = await h.store.vault.read(portalId);
    const byAnother = await h.store.vault.forgetRefused(portalId, 'another', disconnect);
    const byNone = await h.store.vault.forgetRefused(portalId, null, disconnect);
    const forgotten = await h.store.vault.forgetRefused(portalId, refused, disconnect);
    const again = await h.store.vault.forgetRefused(portalId, refused, fail);

    const portal = await h.inside(portalId, (scope) => h.store.portals.find(scope));
    expect(kept).toEqual(tokens('x'));
    expect([byAnother, byNone, forgotten, again]).toEqual([false, false, true, false]);
    expect(portal?.status).toBe('disconnected');
  });

  it('disconnects an account whose tokens no key opens, keeps them, and connects it again once their key is back', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const stranger = createStore(h.store.database, { masterKey: randomBytes(32).toString('base64') });
    const statusOf = () => h.inside(portalId, async (scope) => (await h.store.portals.find(scope))?.status);

    const isOver = await stranger.vault.forgetRefused(portalId, null, (scope) =>
      stranger.portals.update(scope, { status: 'disconnected' }),
    );
    const meanwhile = await statusOf();
    await h.store.renewSeals();

    expect([isOver, meanwhile, await statusOf()]).toEqual([true, 'disconnected', 'installed']);
    await expect(h.store.vault.read(portalId)).resolves.toEqual(tokens('x'));
  });

  it('leaves an account disconnected whose token HubSpot refused', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    await h.store.vault.forgetRefused(portalId, tokens('x').refreshToken, (scope) =>
      h.store.portals.update(scope, { status: 'disconnected' }),
    );

    await h.store.renewSeals();

    const portal = await h.inside(portalId, (scope) => h.store.portals.find(scope));
    expect(portal?.status).toBe('disconnected');
  });

  it('seals everything anew at a start with the previous key, idle accounts too, so that it can be taken away', async () => {
    const portals = [await h.portal(), await h.portal()];
    for (const portalId of portals) {
      await h.store.vault.save(portalId, tokens(String(portalId)));
      await h.inside(portalId, (scope) => h.store.portals.touchKeySecret(scope));
    }
    const nextKey = randomBytes(32).toString('base64');
    const keys = { masterKey: nextKey, previousMasterKey: h.store.masterKey };

    const first = await createStore(h.store.database, keys).renewSeals();
    const again = await createStore(h.store.database, keys).renewSeals();

    const rotated = createStore(h.store.database, { masterKey: nextKey });
    expect(first.resealed).toBeGreaterThanOrEqual(2);
    expect(again).toMatchObject({ resealed: 0, reconnected: 0 });
    for (const portalId of portals) {
      await expect(rotated.vault.read(portalId)).resolves.toEqual(tokens(String(portalId)));
      await expect(
        h.inside(portalId, (scope) => rotated.portals.touchKeySecret(scope)),
      ).resolves.toHaveLength(32);
    }
  });

  it('refuses a start whose key opens nothing of what is stored', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const stranger = createStore(h.store.database, { masterKey: randomBytes(32).toString('base64') });

    await expect(stranger.renewSeals()).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('MASTER_KEY: opens none'),
    });
  });

  it('starts with a key that opens nothing where the operator says that the old one is lost', async () => {
    const portalId = await h.portal();
    await h.store.vault.save(portalId, tokens('x'));
    const stranger = createStore(h.store.database, { masterKey: randomBytes(32).toString('base64') });

    const seals = await stranger.renewSeals(true);

    expect(seals).toMatchObject({ resealed: 0, reconnected: 0 });
    expect(seals.unreadable).toBeGreaterThanOrEqual(1);
  });

  it('makes another touch key secret for an account that is connected again after its key was lost', async () => {
    const portalId = await h.portal();
    const secretOf = (store: Pick<typeof h.store, 'portals'>) =>
      h.inside(portalId, (scope) => store.portals.touchKeySecret(scope));
    const lost = await secretOf(h.store);
    await h.inside(portalId, (scope) => h.store.touches.plan(scope, [touch('1')]));
    const renewed = createStore(h.store.database, { masterKey: randomBytes(32).toString('base64') });
    const before = secretOf(renewed);
    await expect(before).rejects.toMatchObject({ code: 'not_installed' });

    await h.inside(portalId, (scope) =>
      renewed.portals.install(scope, { userId: asUserId(1), scopes: [], at: T0 }),
    );

    const secret = await secretOf(renewed);
    const again = touch('1', { touchId: 'touch-2', key: 'KEY2' });
    const added = await h.inside(portalId, (scope) => renewed.touches.plan(scope, [again]));
    const planned = await h.inside(portalId, (scope) => renewed.touches.find(scope, 'touch-1'));
    expect(secret).toHaveLength(32);
    expect(secret).not.toEqual(lost);
    expect(await secretOf(renewed)).toEqual(secret);
    expect([added, planned?.key]).toEqual([0, 'KEY1']);
  });

  it('keeps the touch key secret of an account that is connected again with its key', async () => {
    const portalId = await h.portal();
    const secretOf = () => h.inside(portalId, (scope) => h.store.portals.touchKeySecret(scope));
    const before = await secretOf();

    await h.inside(portalId, (scope) =>
      h.store.portals.install(scope, { userId: asUserId(1), scopes: [], at: T0 }),
    );

    expect(await secretOf()).toEqual(before);
  });

  it('has nothing to refresh for a portal without tokens', async () => {
    const portalId = await h.portal();

    const given = await h.store.vault.refreshOnce(
      portalId,
      () => false,
      () => Promise.resolve(tokens('new')),
    );

    expect(given).toBeNull();
  });
}
