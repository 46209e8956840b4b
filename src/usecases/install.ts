import type { PortalId, UserId } from '../core/model.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_SETTINGS } from './person.ts';
import type { Deps } from './ports.ts';

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
  const isOrphaned = await hasInstallerLeft(deps, portalId, userId);
  const isNew = (await deps.store.inTenant(portalId, (scope) => deps.store.programs.current(scope))) === null;
  const country = isNew ? await countryOf(deps, portalId) : null;
  await deps.store.inTenant(portalId, async (scope) => {
    await deps.store.portals.install(scope, { userId, scopes, at: now });
    // Whoever connects an account whose installer has left is its admin from now on; else nobody could change its settings.
    if (isOrphaned) await deps.store.portals.update(scope, { installedByUserId: userId });
    if ((await deps.store.programs.current(scope)) === null) {
      const holidayCountry = country ?? DEFAULT_SETTINGS.holidayCountry;
      await deps.store.programs.save(scope, 0, { ...DEFAULT_SETTINGS, holidayCountry }, userId, now);
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

/** By the account's time zone; null where it tells of no country, or HubSpot does not say: an admin can choose another one. */
async function countryOf(deps: Deps, portalId: PortalId): Promise<string | null> {
  const account = await readWhileConnecting(deps, portalId, 'the zone of an account', () =>
    deps.hubspot.accountDetails(portalId),
  );
  return account && deps.countryOfZone(account.timeZone);
}

/**
 * By the people whom HubSpot has now: what was last read may be from before the account was disconnected, when the installer was there,
 * or not yet back. False where HubSpot does not say: connecting once more asks again.
 */
async function hasInstallerLeft(deps: Deps, portalId: PortalId, userId: UserId): Promise<boolean> {
  const portal = await deps.store.inTenant(portalId, (scope) => deps.store.portals.find(scope));
  if (portal === null || portal.installedByUserId === userId) return false;
  const owners = await readWhileConnecting(deps, portalId, 'who is in the account', () =>
    deps.hubspot.owners(portalId),
  );
  const active = (owners ?? []).filter((owner) => owner.active);
  return active.length > 0 && !active.some((owner) => owner.userId === portal.installedByUserId);
}

/** Nothing of this is needed to connect: null where HubSpot does not answer. */
async function readWhileConnecting<Answer>(
  deps: Deps,
  portalId: PortalId,
  what: string,
  read: () => Promise<Answer>,
): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ portalId, code: error.code }, `${what} could not be read while it was connected`);
    return null;
  }
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
