import type { PortalId } from '../core/model.ts';
import { hasCode, type AppError } from '../errors.ts';
import type { Clock, Log, StoredTokens, TokenVault } from '../usecases/ports.ts';
import { toAppError } from './outcome.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

export interface PortalTokens {
  /** A token with at least a minute to live. Throws not_installed, internal, hubspot_unavailable, hubspot_throttled. */
  accessToken(portalId: PortalId): Promise<string>;
  /** What to do after HubSpot refused `accessToken` with 401. */
  afterRefusal(
    portalId: PortalId,
    accessToken: string,
    isExpired: boolean,
  ): Promise<'retry' | 'lost' | 'unclear'>;
  /** Ends the grant with HubSpot and forgets it here. Nothing happens where there is none. */
  forget(portalId: PortalId): Promise<void>;
}

/** `refusedToken` is the refresh token that HubSpot does not know any more. */
export type TokenLost = (portalId: PortalId, refusedToken: string) => Promise<void> | void;

export type TokenDeps = {
  readonly vault: TokenVault;
  readonly endpoint: TokenEndpoint;
  readonly clock: Clock;
  readonly log: Log;
  /** Told once a refresh or an introspection proves that the account took the app away. */
  readonly onTokenLost?: TokenLost | undefined;
};

/** No call leaves with a token that has less to live than this, so that none dies under way (our deadline is 30 s). */
const MARGIN_MS = 60_000;
/** From here on it is refreshed beside the calls, which go on with the old one. */
const EARLY_MS = 120_000;
/** After an early refresh that failed. */
const EARLY_REST_MS = 10_000;
/** HubSpot's clock and ours may differ by this much before EXPIRED_AUTHENTICATION stops being plausible. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Access tokens by portal: refreshed by their age, once for all callers, and stored before use. */
export function createPortalTokens(deps: TokenDeps): PortalTokens {
  const refreshing = new Map<PortalId, Promise<string>>();
  const reading = new Map<PortalId, Promise<StoredTokens | null>>();
  const earlyRests = new Map<PortalId, number>();

  const lifeMs = (tokens: StoredTokens) => tokens.expiresAt.getTime() - deps.clock.now().getTime();

  /** Calls of an account often leave together: they share the read that is under way. */
  function readTogether(portalId: PortalId): Promise<StoredTokens | null> {
    const running = reading.get(portalId);
    if (running !== undefined) return running;
    const started = deps.vault.read(portalId).finally(() => reading.delete(portalId));
    reading.set(portalId, started);
    return started;
  }

  /** Joins a refresh of this process that is under way; the vault's row lock does the same between processes. */
  function refreshOnce(portalId: PortalId, isUsable: (tokens: StoredTokens) => boolean): Promise<string> {
    const running = refreshing.get(portalId);
    if (running !== undefined) return running;
    const started = refreshNow(deps, portalId, isUsable).finally(() => refreshing.delete(portalId));
    refreshing.set(portalId, started);
    return started;
  }

  /** Nobody waits for it: while it fails, the old token still serves, and later calls find out about a lost one. */
  function refreshEarly(portalId: PortalId): void {
    const nowMs = deps.clock.now().getTime();
    if (refreshing.has(portalId) || (earlyRests.get(portalId) ?? 0) > nowMs) return;
    earlyRests.delete(portalId);
    refreshOnce(portalId, (tokens) => lifeMs(tokens) > EARLY_MS).catch((error: unknown) => {
      earlyRests.set(portalId, nowMs + EARLY_REST_MS);
      deps.log.warn({ portalId, code: codeOf(error) }, 'HubSpot token could not be renewed early');
    });
  }

  return {
    async accessToken(portalId) {
      const stored = await readTogether(portalId);
      if (stored === null) throw notInstalled();
      if (lifeMs(stored) > EARLY_MS) return stored.accessToken;
      if (lifeMs(stored) > MARGIN_MS) {
        refreshEarly(portalId);
        return stored.accessToken;
      }
      earlyRests.delete(portalId);
      return refreshOnce(portalId, (tokens) => lifeMs(tokens) > MARGIN_MS);
    },
    async afterRefusal(portalId, accessToken, isExpired) {
      const stored = await deps.vault.read(portalId);
      if (stored === null) return 'lost';
      if (stored.accessToken !== accessToken) return 'retry';
      if (isExpired && isNearExpiry(stored, deps.clock)) {
        await refreshOnce(portalId, (tokens) => tokens.accessToken !== accessToken);
        return 'retry';
      }
      return (await isGone(deps, portalId, stored)) ? 'lost' : 'unclear';
    },
    async forget(portalId) {
      const stored = await deps.vault.read(portalId);
      if (stored !== null) await revokeQuietly(deps, portalId, stored);
      await deps.vault.destroy(portalId);
    },
  };
}

async function refreshNow(
  deps: TokenDeps,
  portalId: PortalId,
  isUsable: (tokens: StoredTokens) => boolean,
): Promise<string> {
  const sentTokens: string[] = [];
  try {
    const tokens = await deps.vault.refreshOnce(portalId, isUsable, (old) => {
      sentTokens.push(old.refreshToken);
      return refreshed(deps, old);
    });
    if (tokens === null) throw notInstalled();
    deps.log.info({ portalId }, 'HubSpot token ready');
    return tokens.accessToken;
  } catch (error) {
    const [sentToken] = sentTokens;
    if (hasCode(error, 'not_installed') && sentToken !== undefined)
      await deps.onTokenLost?.(portalId, sentToken);
    throw error;
  }
}

async function refreshed(deps: TokenDeps, old: StoredTokens): Promise<StoredTokens> {
  const askedAtMs = deps.clock.now().getTime();
  const grant = await deps.endpoint.refresh(old.refreshToken);
  return {
    accessToken: grant.access_token,
    refreshToken: grant.refresh_token,
    expiresAt: new Date(askedAtMs + grant.expires_in * 1000),
  };
}

function isNearExpiry(tokens: StoredTokens, clock: Clock): boolean {
  return tokens.expiresAt.getTime() - clock.now().getTime() < MARGIN_MS + CLOCK_SKEW_MS;
}

/** A 401 alone proves nothing; HubSpot's word about the refresh token does. */
async function isGone(deps: TokenDeps, portalId: PortalId, stored: StoredTokens): Promise<boolean> {
  try {
    const { active } = await deps.endpoint.introspect(stored.refreshToken, 'refresh_token');
    if (active) return false;
  } catch (error) {
    deps.log.warn({ portalId, code: codeOf(error) }, 'HubSpot refused a token and did not say why');
    return false;
  }
  await deps.onTokenLost?.(portalId, stored.refreshToken);
  return true;
}

async function revokeQuietly(deps: TokenDeps, portalId: PortalId, stored: StoredTokens): Promise<void> {
  try {
    await deps.endpoint.revoke(stored.refreshToken);
  } catch (error) {
    deps.log.warn({ portalId, code: codeOf(error) }, 'HubSpot token could not be revoked');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'internal';
}

function notInstalled(): AppError {
  return toAppError({ kind: 'notInstalled' }, 'token');
}
