import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { PortalRow, TenantScope } from '../usecases/records.ts';
import type { PortalStore } from '../usecases/store-port.ts';
import { AppError, hasCode } from '../errors.ts';
import { shareLock, takeLock } from './account-lock.ts';
import { toJson } from './json.ts';
import type { Secrets } from './secrets.ts';
import { txOf } from './transact.ts';

const COLUMNS = [
  'portalId',
  'status',
  'installedByUserId',
  'installedAt',
  'timeZone',
  'uiDomain',
  'scopes',
  'taskKeyMode',
  'keyProbedAt',
  'startedAt',
  'readCursor',
  'readStartedAt',
  'companiesReadAt',
  'plannedAt',
  'reconciledAt',
  'planRequestedAt',
  'lastError',
  'callDispositions',
  'knownStages',
] as const;
const SECRET_COLUMN = 'portal_secrets.touch_key_secret';
const SECRET_BYTES = 32;

export function createPortalStore(secrets: Secrets): PortalStore {
  return {
    install: async (scope, { userId, scopes, at }) => {
      await txOf(scope)
        .insertInto('portals')
        .values({
          portalId: scope.portalId,
          status: 'installed',
          installedByUserId: userId,
          installedAt: at,
          scopes: toJson(scopes),
        })
        .onConflict((conflict) =>
          conflict.column('portalId').doUpdateSet({
            status: 'installed',
            scopes: toJson(scopes),
            // Since when keys are unique stays known; where they were not, they may be by now.
            keyProbedAt: sql`CASE WHEN portals.task_key_mode = 'unique' THEN portals.key_probed_at END`,
          }),
        )
        .execute();
      // Made with the account, not with its first plan: a backup from before that plan must know the keys of its tasks.
      await makeTouchKey(secrets, scope);
      await replaceLostTouchKey(secrets, scope);
    },
    find: async (scope) => (await portalOf(scope).executeTakeFirst()) ?? null,
    update,
    holdKeyMode: (scope) => shareLock(scope, 'keyMode'),
    lockKeyMode: (scope) => takeLock(scope, 'keyMode'),
    touchKeySecret: (scope) => touchKeySecret(secrets, scope),
  };
}

export function portalOf(scope: TenantScope) {
  return txOf(scope).selectFrom('portals').select(COLUMNS).where('portalId', '=', scope.portalId);
}

async function update(scope: TenantScope, change: Partial<Omit<PortalRow, 'portalId'>>): Promise<void> {
  const { scopes, callDispositions, knownStages, ...plain } = change;
  const values = {
    ...plain,
    ...(scopes === undefined ? {} : { scopes: toJson(scopes) }),
    ...(callDispositions === undefined ? {} : { callDispositions: toJson(callDispositions) }),
    ...(knownStages === undefined ? {} : { knownStages: toJson(knownStages) }),
  };
  if (Object.keys(values).length === 0) return;
  try {
    await txOf(scope).updateTable('portals').set(values).where('portalId', '=', scope.portalId).execute();
  } catch (error) {
    if (error instanceof Error && error.message.includes('time zone')) {
      throw new AppError('invalid_input', 'The time zone of this HubSpot account is not known.', {
        cause: error,
        hint: 'Set the time zone in HubSpot under Settings, Account defaults.',
      });
    }
    throw error;
  }
}

/** Leaves one that is there as it is. */
async function makeTouchKey(secrets: Secrets, scope: TenantScope): Promise<void> {
  const { portalId } = scope;
  const made = secrets.seal(portalId, SECRET_COLUMN, randomBytes(SECRET_BYTES));
  await txOf(scope)
    .insertInto('portalSecrets')
    .values({ portalId, touchKeySecret: made })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Whoever connects the account again gives up what a lost master key sealed: tokens and this secret. Touches that were planned keep
 * the keys they were stored with; those planned from now on are made with the new secret.
 */
async function replaceLostTouchKey(secrets: Secrets, scope: TenantScope): Promise<void> {
  try {
    await resealTouchKey(secrets, scope);
  } catch (error) {
    if (!hasCode(error, 'not_installed')) throw error;
    const { portalId } = scope;
    const made = secrets.seal(portalId, SECRET_COLUMN, randomBytes(SECRET_BYTES));
    const rows = txOf(scope).updateTable('portalSecrets').set({ touchKeySecret: made });
    await rows.where('portalId', '=', portalId).execute();
  }
}

async function touchKeySecret(secrets: Secrets, scope: TenantScope): Promise<Uint8Array> {
  await makeTouchKey(secrets, scope);
  const secret = await resealTouchKey(secrets, scope);
  if (secret === null) throw new AppError('internal', 'The secret of the touch keys is gone.');
  return secret;
}

/**
 * Seals the portal's secret by the current key, where it is not yet, and returns it; null where there is none.
 * @throws AppError `not_installed` where it cannot be opened
 */
export async function resealTouchKey(secrets: Secrets, scope: TenantScope): Promise<Uint8Array | null> {
  const tx = txOf(scope);
  const { portalId } = scope;
  const row = await tx
    .selectFrom('portalSecrets')
    .select('touchKeySecret')
    .where('portalId', '=', portalId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const secret = secrets.open(portalId, SECRET_COLUMN, row.touchKeySecret);
  if (!secrets.isCurrent(row.touchKeySecret)) {
    const resealed = secrets.seal(portalId, SECRET_COLUMN, secret);
    await tx
      .updateTable('portalSecrets')
      .set({ touchKeySecret: resealed })
      .where('portalId', '=', portalId)
      .execute();
  }
  return secret;
}
