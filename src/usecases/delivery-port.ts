import type { NewOutboxRow, OutboxRow, TenantScope, WebhookEvent } from './records.ts';

/** The reason of a row that was sent once, was not found long after, and is sent a last time. */
export const SENT_AGAIN = 'sentAgain';
/** The reason of a row whose last send may have landed. */
export const UNKNOWN_AGAIN = 'unknownAgain';

export type SettledRow = {
  readonly claimed: Pick<OutboxRow, 'outboxId' | 'attempts'>;
  /** What is left out stays as it is. */
  readonly change: {
    readonly state: OutboxRow['state'];
    readonly hubspotId?: string;
    readonly reason?: string;
    readonly notBefore?: Date;
  };
};

export interface OutboxStore {
  /**
   * An open row of the same (kind, subject) takes over what this one says, key by key: a new day and a new owner of one task
   * both arrive. A row being sent is left, and a new one follows it.
   */
  add(scope: TenantScope, row: NewOutboxRow): Promise<void>;
  /** As add, for many at once: no two of the same (kind, subject). */
  addMany(scope: TenantScope, rows: readonly NewOutboxRow[]): Promise<void>;
  /** Withdraws rows that have not left yet. */
  withdraw(scope: TenantScope, kind: OutboxRow['kind'], subject: string): Promise<void>;
  /**
   * Claims due rows: state sending, attempts + 1, sent_at now. Rows already `sending` past notBefore come back too, with the
   * sent_at of their send and the reason UNKNOWN_OUTCOME, or UNKNOWN_AGAIN where that was SENT_AGAIN.
   * @param kinds rows of these kinds alone; all where left out
   */
  claim(
    scope: TenantScope,
    now: Date,
    limit: number,
    kinds?: readonly OutboxRow['kind'][],
  ): Promise<readonly OutboxRow[]>;
  /**
   * Stores what became of a row, and does nothing where that row is no longer being sent under this claim: another worker
   * claimed it since, and knows more.
   * @param claimed the row as it was claimed; its attempts are the fence
   */
  settle(scope: TenantScope, claimed: SettledRow['claimed'], change: SettledRow['change']): Promise<void>;
  /** As settle, for many rows. */
  settleMany(scope: TenantScope, settled: readonly SettledRow[]): Promise<void>;
  /** What HubSpot refused, or may not have taken: the oldest first. */
  parked(scope: TenantScope, limit: number): Promise<readonly OutboxRow[]>;
  countParked(scope: TenantScope): Promise<number>;
  /** Ends parked rows of these kinds that a later row of the same (kind, subject) follows. */
  endFollowed(scope: TenantScope, kinds: readonly OutboxRow['kind'][]): Promise<void>;
  /**
   * Plans parked rows of this kind anew that HubSpot refused fewer than `refusals` times and that were last sent before the instant,
   * unless a later row says the same: at most `rows`, those that were refused least often first. What may have landed stays. Returns
   * how many.
   */
  planRefused(
    scope: TenantScope,
    kind: OutboxRow['kind'],
    most: { readonly refusals: number; readonly rows: number; readonly sentBefore: Date },
    now: Date,
  ): Promise<number>;
  /** Ends parked rows that were last sent before the instant, with the reason they had. At most `limit`; returns them. */
  endParked(scope: TenantScope, sentBefore: Date, limit: number): Promise<readonly OutboxRow[]>;
  /** Whether a row of this kind is being sent, or may have landed. */
  isAnySent(scope: TenantScope, kind: OutboxRow['kind']): Promise<boolean>;
  /** The latest row of this kind about the subject, whatever its state; null where there is none. */
  newest(scope: TenantScope, kind: OutboxRow['kind'], subject: string): Promise<OutboxRow | null>;
  /** Which of these subjects have a row that is planned or being sent. */
  openSubjects(scope: TenantScope, subjects: readonly string[]): Promise<ReadonlySet<string>>;
}

/** An event that is still to be worked through, and how often that failed. */
export type OpenEvent = WebhookEvent & { readonly failures: number };

export interface InboxStore {
  /** Known events are ignored. Returns how many were new. */
  add(scope: TenantScope, events: readonly WebhookEvent[], receivedAt: Date): Promise<number>;
  /** Keeps events that have no effect, with the reason; known ones are left as they are. */
  addAside(
    scope: TenantScope,
    events: readonly WebhookEvent[],
    receivedAt: Date,
    reason: string,
  ): Promise<void>;
  /** The oldest that were not worked through. @param subscriptionType events of this type alone; all where left out */
  take(scope: TenantScope, limit: number, subscriptionType?: string): Promise<readonly OpenEvent[]>;
  /** Counts a failure of each: they stay. */
  failed(scope: TenantScope, dedupeKeys: readonly string[]): Promise<void>;
  /** Events that could not be worked through, by the reason they were left with. */
  asideByReason(scope: TenantScope): Promise<ReadonlyMap<string, number>>;
  /** Forgets events that were worked through or set aside before the instant. */
  removeOlderThan(scope: TenantScope, before: Date): Promise<void>;
  /** @param reason why they could not be worked through; null or left out where they were */
  done(scope: TenantScope, dedupeKeys: readonly string[], at: Date, reason?: string | null): Promise<void>;
}
