import type { PortalId } from '../core/model.ts';
import { hasCode } from '../errors.ts';
import type { StoredTokens, TokenVault } from '../usecases/ports.ts';
import type { TenantScope } from '../usecases/records.ts';
import type { Database } from './database.ts';
import type { Secrets } from './secrets.ts';
import { inTenant, txOf } from './transact.ts';

const ACCESS = 'tokens.access_token';
const REFRESH = 'tokens.refresh_token';
/** Each holds a connection of the pool (10) while HubSpot answers; cards and jobs must find some left if it is slow. */
const REFRESHES_AT_ONCE = 4;

export function createVault(database: Database, secrets: Secrets): TokenVault {
  const turns = createTurns();
  const seats = createSeats(REFRESHES_AT_ONCE);
  return {
    save: (portalId, tokens) => inTenant(database, portalId, (scope) => write(secrets, scope, tokens)),
    read: (portalId) => inTenant(database, portalId, (scope) => read(secrets, scope, false)),
    refreshOnce: (portalId, isFresh, refresh) =>
      turns(portalId, () =>
        database.engine.kind === 'postgres'
          ? seats(() => refreshLocked(database, secrets, portalId, isFresh, refresh))
          : refreshUnlocked(database, secrets, portalId, isFresh, refresh),
      ),
    destroy: (portalId) =>
      inTenant(database, portalId, async (scope) => {
        await remove(scope);
      }),
    forgetRefused: (portalId, refusedToken, andThen) =>
      inTenant(database, portalId, async (scope) => {
        const isOver =
          refusedToken === null
            ? await hasNone(secrets, scope)
            : (await read(secrets, scope, true))?.refreshToken === refusedToken;
        if (!isOver) return false;
        // What no key opens stays: with its key back, it is of use again.
        if (refusedToken !== null) await remove(scope);
        await andThen(scope);
        return true;
      }),
  };
}

async function remove(scope: TenantScope): Promise<void> {
  await txOf(scope).deleteFrom('tokens').where('portalId', '=', scope.portalId).execute();
}

/**
 * Whether no tokens are stored, or none that can be opened. Holds the portal's row from then on, so that somebody who connects
 * at this moment, tokens first and portal second, comes before or after it and never in between.
 */
async function hasNone(secrets: Secrets, scope: TenantScope): Promise<boolean> {
  if (await isReadable(secrets, scope)) return false;
  await txOf(scope)
    .selectFrom('portals')
    .select('portalId')
    .where('portalId', '=', scope.portalId)
    .forUpdate()
    .execute();
  return !(await isReadable(secrets, scope));
}

/** Whether tokens are stored that can be opened. */
export async function isReadable(secrets: Secrets, scope: TenantScope, lock = false): Promise<boolean> {
  try {
    return (await read(secrets, scope, lock)) !== null;
  } catch (error) {
    if (hasCode(error, 'not_installed')) return false;
    throw error;
  }
}

type IsFresh = (tokens: StoredTokens) => boolean;
type Refresh = (tokens: StoredTokens) => Promise<StoredTokens>;

/** The row stays locked while HubSpot answers, so that other processes wait for the new token instead of asking too. */
function refreshLocked(
  database: Database,
  secrets: Secrets,
  portalId: PortalId,
  isFresh: IsFresh,
  refresh: Refresh,
): Promise<StoredTokens | null> {
  return inTenant(database, portalId, async (scope) => {
    const stored = await read(secrets, scope, true);
    if (stored === null || isFresh(stored)) return stored;
    const renewed = await refresh(stored);
    await write(secrets, scope, renewed);
    return renewed;
  });
}

/**
 * The embedded database has one connection and one process: the turns are lock enough, and a transaction held open over a
 * network call would stop everything else.
 */
async function refreshUnlocked(
  database: Database,
  secrets: Secrets,
  portalId: PortalId,
  isFresh: IsFresh,
  refresh: Refresh,
): Promise<StoredTokens | null> {
  const stored = await inTenant(database, portalId, (scope) => read(secrets, scope, false));
  if (stored === null || isFresh(stored)) return stored;
  const renewed = await refresh(stored);
  return inTenant(database, portalId, async (scope) => {
    // Where the tokens were destroyed meanwhile, the portal is gone: nothing brings them back. Others are newer than ours.
    const current = await read(secrets, scope, false);
    if (current?.refreshToken !== stored.refreshToken) return current;
    await write(secrets, scope, renewed);
    return renewed;
  });
}

/**
 * Seals the portal's tokens by the current key, where they are not yet.
 * @throws AppError `not_installed` where they cannot be opened
 */
export async function resealTokens(secrets: Secrets, scope: TenantScope): Promise<void> {
  const tokens = await read(secrets, scope, true);
  if (tokens !== null) await write(secrets, scope, tokens);
}

async function read(secrets: Secrets, scope: TenantScope, lock: boolean): Promise<StoredTokens | null> {
  const row = await txOf(scope)
    .selectFrom('tokens')
    .select(['accessToken', 'refreshToken', 'expiresAt'])
    .where('portalId', '=', scope.portalId)
    .$if(lock, (rows) => rows.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return null;
  const open = (column: string, sealed: string): string =>
    Buffer.from(secrets.open(scope.portalId, column, sealed)).toString('utf8');
  return {
    accessToken: open(ACCESS, row.accessToken),
    refreshToken: open(REFRESH, row.refreshToken),
    expiresAt: row.expiresAt,
  };
}

async function write(secrets: Secrets, scope: TenantScope, tokens: StoredTokens): Promise<void> {
  const { portalId } = scope;
  const row = {
    accessToken: secrets.seal(portalId, ACCESS, Buffer.from(tokens.accessToken)),
    refreshToken: secrets.seal(portalId, REFRESH, Buffer.from(tokens.refreshToken)),
    expiresAt: tokens.expiresAt,
  };
  await txOf(scope)
    .insertInto('tokens')
    .values({ ...row, portalId })
    .onConflict((conflict) => conflict.column('portalId').doUpdateSet(row))
    .execute();
}

/** At most so many pieces of work at once; the others wait in order. */
function createSeats(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Within this process, one refresh a portal at a time: callers that wait here hold no connection. */
function createTurns(): <T>(portalId: PortalId, work: () => Promise<T>) => Promise<T> {
  const last = new Map<PortalId, Promise<unknown>>();
  return (portalId, work) => {
    const turn = (last.get(portalId) ?? Promise.resolve()).then(work, work);
    last.set(portalId, turn);
    const forget = () => {
      if (last.get(portalId) === turn) last.delete(portalId);
    };
    turn.then(forget, forget);
    return turn;
  };
}
