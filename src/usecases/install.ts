import type { PortalId, UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_SETTINGS, isActiveUser, loadPortal } from './person.ts';
import type { Deps } from './ports.ts';
import type { TenantScope } from './records.ts';

const STATE_LIFETIME_MS = 10 * 60_000;

/** Starts an install: remembers the browser's state for ten minutes and says where the browser goes. */
export async function beginInstall(deps: Deps, state: string): Promise<{ authorizeUrl: string }> {
  const expiresAt = new Date(deps.clock.now().getTime() + STATE_LIFETIME_MS);
  await deps.store.system.saveOAuthState(deps.ids.sha256(state), expiresAt);
  return { authorizeUrl: deps.oauth.authorizeUrl(state) };
}

/**
 * Finishes an install that this browser began. The portal is the one the token says, never one from the address.
 * Installing reads only; nothing is written to HubSpot before *Start*.
 * @throws unauthenticated where the state is missing, of another browser, used or too old
 */
export async function completeInstall(
  deps: Deps,
  input: { readonly code: string; readonly state: string; readonly stateInCookie: string },
): Promise<{ portalId: PortalId }> {
  const isOurs = input.state !== '' && input.state === input.stateInCookie;
  const now = deps.clock.now();
  if (!isOurs || !(await deps.store.system.useOAuthState(deps.ids.sha256(input.state), now))) {
    throw new AppError('unauthenticated', 'This sign-in link is not valid any more.', {
      hint: 'Start the installation again.',
    });
  }
  const grant = await deps.oauth.exchangeCode(input.code);
  const { portalId, userId, scopes } = grant;
  // Tokens first: an account that is installed without them looks as if it had taken the app away, and is disconnected.
  await deps.vault.save(portalId, {
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: new Date(now.getTime() + grant.expiresInS * 1000),
  });
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.install(scope, { userId, scopes, at: now });
    await takeOver(deps, scope, userId);
    if ((await deps.store.programs.current(scope)) === null) {
      await deps.store.programs.save(scope, 0, DEFAULT_SETTINGS, userId, now);
    }
    await deps.store.audit.append(scope, {
      at: now,
      actor: `user:${userId}`,
      action: 'install',
      subject: String(portalId),
      outcome: 'done',
      requestId: null,
    });
  });
  await deps.queue.wake('refreshPortal', portalId);
  return { portalId };
}

/** Whoever connects an account whose installer has left is its admin from now on; else nobody could change its settings. */
async function takeOver(deps: Deps, scope: TenantScope, userId: UserId): Promise<void> {
  const context = await loadPortal(deps, scope);
  const isOrphaned = context.owners.length > 0 && !isActiveUser(context, context.portal.installedByUserId);
  if (isOrphaned) await deps.store.portals.update(scope, { installedByUserId: userId });
}

/**
 * HubSpot no longer knows our token: the portal stops until somebody reconnects; nothing else is lost. Nothing happens where
 * somebody has done so already: a job that began before may still fail over the old token.
 * Returns whether the account is disconnected by this.
 * @param refusedToken the refresh token that HubSpot refused; null where there was none to send
 */
export async function disconnectPortal(
  deps: Deps,
  portalId: PortalId,
  refusedToken: string | null = null,
): Promise<boolean> {
  return deps.vault.forgetRefused(portalId, refusedToken, async (scope) => {
    await deps.store.portals.update(scope, { status: 'disconnected' });
    await deps.store.audit.append(scope, {
      at: deps.clock.now(),
      actor: 'system:tokens',
      action: 'disconnect',
      subject: String(portalId),
      outcome: 'token refused',
      requestId: null,
    });
  });
}
