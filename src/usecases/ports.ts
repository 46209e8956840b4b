import type { BusinessCalendar } from '../core/cadence/business-days.ts';
import type { PortalId, Role, UserId } from '../core/model.ts';
import type { HubSpotGateway, OAuthGateway } from './hubspot-port.ts';
import type { JobName, TenantScope } from './records.ts';
import type { Store } from './store-port.ts';

/** A person who acts, from the signed query alone. */
export type UserActor = {
  readonly type: 'user';
  readonly portalId: PortalId;
  readonly userId: UserId;
  readonly requestId: string;
};
export type RoleSet = ReadonlySet<Role>;

type Named = { readonly value: string; readonly label: string };
export type Country = Named & { readonly regions: readonly Named[] };

export interface Clock {
  now(): Date;
}

export interface Ids {
  /** A new random UUID. */
  uuid(): string;
  /** SHA-256 of the text, hex. */
  sha256(text: string): string;
  /** HMAC-SHA-256 of the text, raw bytes. */
  hmac(secret: Uint8Array, text: string): Uint8Array;
}

/** Wakes workers up; the truth is in the rows. A lost wake-up is found by the next tick. */
export interface Queue {
  wake(job: JobName, portalId: PortalId): Promise<void>;
}

export type StoredTokens = {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Date;
};

/** Sealed at rest. */
export interface TokenVault {
  save(portalId: PortalId, tokens: StoredTokens): Promise<void>;
  read(portalId: PortalId): Promise<StoredTokens | null>;
  /**
   * Under the portal's row lock: gives back the stored tokens where `isFresh` (another caller refreshed meanwhile), else
   * runs `refresh` and stores its result before anyone uses it. Null where there are no tokens.
   */
  refreshOnce(
    portalId: PortalId,
    isFresh: (tokens: StoredTokens) => boolean,
    refresh: (tokens: StoredTokens) => Promise<StoredTokens>,
  ): Promise<StoredTokens | null>;
  destroy(portalId: PortalId): Promise<void>;
  /**
   * Forgets tokens that are of no use any more and runs `andThen` in the same transaction; returns whether it did. With
   * `refusedToken`, the refresh token that HubSpot refused, only while that one is stored: another one means that somebody
   * connected again meanwhile. Without it only where none are stored, or none that can be opened: those stay, for their key
   * may come back.
   */
  forgetRefused(
    portalId: PortalId,
    refusedToken: string | null,
    andThen: (scope: TenantScope) => Promise<void>,
  ): Promise<boolean>;
}

export type BudgetBucket = 'api' | 'search';

/** A person may be waiting for a card call; a run call belongs to the quarter's bulk work and goes after them. */
export type Priority = 'card' | 'run';

export type Slot = {
  /** False where nothing was reserved: ask again after the wait. */
  readonly isReserved: boolean;
  /** In ms: until the reserved slot, or until asking again makes sense. */
  readonly waitMs: number;
  /** Calls reserved since the portal last rested for ten seconds, this one included; 0 where nothing was reserved. */
  readonly callNumber: number;
  /** What `learn` stored last; null where nobody did. */
  readonly learnedIntervalMs: number | null;
};

export type Pace = {
  /** Between two calls at full speed, where nothing better was learned, e.g. 10,000 / 98. */
  readonly intervalMs: number;
  /** How much later than its slot a call may leave without pushing back those after it. */
  readonly latenessMs: number;
  /** A card call books no slot that is farther away than this. */
  readonly longestWaitMs: number;
};

/** One row a portal and bucket, shared by all processes (generic cell rate algorithm). */
export interface BudgetStore {
  /**
   * Reserves one call. A card call books the next slot. A run call takes a slot only where one is free now and books nothing
   * ahead, so that a card call never waits behind a queue of them, in whichever process they are.
   */
  reserve(portalId: PortalId, bucket: BudgetBucket, pace: Pace, priority: Priority): Promise<Slot>;
  /** Nobody sends before `pauseMs` from now (a 429, a Retry-After), and everybody more slowly for a while. */
  pause(portalId: PortalId, bucket: BudgetBucket, pauseMs: number): Promise<void>;
  /** From now on all processes keep this interval at full speed, whatever their own `Pace` says. */
  learn(portalId: PortalId, bucket: BudgetBucket, intervalMs: number): Promise<void>;
}

export type Log = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type Deps = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly store: Store;
  readonly hubspot: HubSpotGateway;
  readonly oauth: OAuthGateway;
  readonly vault: TokenVault;
  readonly queue: Queue;
  /** Weekends and public holidays of a country and region, cached. */
  readonly calendar: (country: string, region: string | null) => BusinessCalendar;
  /** Countries whose public holidays are known, with the parts that have their own, for the settings page. */
  readonly countries: readonly Country[];
  /** The country whose holidays an account in a time zone is most likely to keep; null where the zone tells of none. */
  readonly countryOfZone: (timeZone: string) => string | null;
  readonly log: Log;
  /** True once long work should come to rest between two slices: the process stops, or the job's lease is gone. */
  readonly isStopping: () => boolean;
};
