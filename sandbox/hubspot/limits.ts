import { HubSpotError } from './errors.ts';
import type { PortalState } from './model.ts';

/** Which of HubSpot's budgets a call spends. */
export type LimitKind = 'general' | 'associations' | 'search' | 'none';

export interface LimitVerdict {
  readonly refusal: HubSpotError | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimiter {
  /** Spends one call of a portal's budget at the simulated instant, or refuses it. Refused calls spend nothing. */
  spend(portal: PortalState, kind: LimitKind, now: Date): LimitVerdict;
}

const TEN_SECONDS_MS = 10_000;
const ONE_SECOND_MS = 1_000;

/** Rolling windows per portal: 110 calls in 10 s for the app, 5 searches a second for the account (usage guidelines). */
export function createRateLimiter(): RateLimiter {
  const windows = new Map<string, number[]>();
  const countRecent = (key: string, nowMs: number, spanMs: number): number[] => {
    const recent = (windows.get(key) ?? []).filter((spentMs) => spentMs > nowMs - spanMs);
    windows.set(key, recent);
    return recent;
  };
  const spendGeneral = (portal: PortalState, kind: LimitKind, nowMs: number): LimitVerdict => {
    const { limitPerTenSeconds: limit, foreignCallsPerTenSeconds: foreign } = portal.settings;
    const spent = countRecent(`${String(portal.portalId)}:general`, nowMs, TEN_SECONDS_MS);
    const left = Math.max(0, limit - foreign - spent.length);
    if (left === 0)
      return {
        refusal: refusalOf(portal, 'TEN_SECONDLY_ROLLING', spent[0], nowMs),
        headers: headersOf(limit, 0),
      };
    const refusal = kind === 'associations' ? spendAssociations(portal, nowMs) : null;
    if (refusal === null) spent.push(nowMs);
    return { refusal, headers: headersOf(limit, refusal === null ? left - 1 : left) };
  };
  const spendAssociations = (portal: PortalState, nowMs: number): HubSpotError | null => {
    const limit = portal.settings.associationsPerTenSeconds;
    if (limit === null) return null;
    const spent = countRecent(`${String(portal.portalId)}:associations`, nowMs, TEN_SECONDS_MS);
    if (spent.length >= limit) return refusalOf(portal, 'TEN_SECONDLY_ROLLING', spent[0], nowMs);
    spent.push(nowMs);
    return null;
  };
  const spendSearch = (portal: PortalState, nowMs: number): LimitVerdict => {
    const { searchesPerSecond: limit, foreignSearchesPerSecond: foreign } = portal.settings;
    const spent = countRecent(`${String(portal.portalId)}:search`, nowMs, ONE_SECOND_MS);
    // Search replies carry no rate headers (seen in HubSpot's community threads), so nothing tells how much is left.
    if (spent.length >= limit - foreign)
      return { refusal: refusalOf(portal, 'SECONDLY', spent[0], nowMs), headers: {} };
    spent.push(nowMs);
    return { refusal: null, headers: {} };
  };
  return {
    spend: (portal, kind, now) => {
      if (kind === 'none') return { refusal: null, headers: {} };
      return kind === 'search'
        ? spendSearch(portal, now.getTime())
        : spendGeneral(portal, kind, now.getTime());
    },
  };
}

function headersOf(limit: number, remaining: number): Record<string, string> {
  return {
    'X-HubSpot-RateLimit-Max': String(limit),
    'X-HubSpot-RateLimit-Remaining': String(remaining),
    'X-HubSpot-RateLimit-Interval-Milliseconds': String(TEN_SECONDS_MS),
  };
}

type Policy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY';

function refusalOf(
  portal: PortalState,
  policy: Policy,
  oldestMs: number | undefined,
  nowMs: number,
): HubSpotError {
  const spanMs = policy === 'SECONDLY' ? ONE_SECOND_MS : TEN_SECONDS_MS;
  const waitSeconds = Math.max(1, Math.ceil(((oldestMs ?? nowMs) + spanMs - nowMs) / 1000));
  return rateLimitError(
    portal.settings.rateLimitVariant,
    policy,
    portal.settings.rateLimitRetryAfter ? waitSeconds : null,
  );
}

/** One of the two 429 bodies that HubSpot has been seen to send. */
export function rateLimitError(
  variant: 'errorType' | 'category',
  policyName: Policy,
  retryAfterSeconds: number | null,
): HubSpotError {
  const message = `You have reached your ${policyName.toLowerCase()} limit.`;
  const headers = retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return variant === 'category'
    ? new HubSpotError(429, message, { category: 'RATE_LIMITS', headers })
    : new HubSpotError(429, message, { headers, extra: { errorType: 'RATE_LIMIT', policyName } });
}
