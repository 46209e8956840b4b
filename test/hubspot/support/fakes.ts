import { asPortalId, type PortalId } from '../../../src/core/model.ts';
import type {
  BudgetBucket,
  BudgetStore,
  Clock,
  Log,
  Pace,
  Priority,
  Slot,
  StoredTokens,
  TokenVault,
} from '../../../src/usecases/ports.ts';

export const PORTAL = asPortalId(4711);
export const START = new Date('2026-11-02T09:00:00Z');

/** A clock that only sleeping moves. */
export class ManualClock implements Clock {
  nowMs = START.getTime();
  readonly sleptMs: number[] = [];

  now(): Date {
    return new Date(this.nowMs);
  }

  readonly sleep = (ms: number): Promise<void> => {
    this.sleptMs.push(ms);
    this.nowMs += ms;
    return Promise.resolve();
  };
}

type Row = {
  tatMs: number;
  pausedUntilMs: number;
  pace: number;
  calls: number;
  intervalMs: number | null;
};

/** The generic cell rate algorithm over the manual clock, by the rules of the store's row. */
export class MemoryBudget implements BudgetStore {
  /** The interval behind each slot that was given. */
  readonly intervals: number[] = [];
  readonly pauses: { bucket: string; pauseMs: number }[] = [];
  readonly learned: number[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  reserve(portalId: PortalId, bucket: BudgetBucket, pace: Pace, priority: Priority): Promise<Slot> {
    const nowMs = this.clock.now().getTime();
    const row = this.row(portalId, bucket);
    const learnedIntervalMs = row.intervalMs;
    const nextMs = Math.max(row.tatMs, row.pausedUntilMs);
    if (nextMs > nowMs + (priority === 'card' ? pace.longestWaitMs : 0)) {
      const waitMs = Math.ceil(nextMs - nowMs);
      return Promise.resolve({ isReserved: false, waitMs, callNumber: 0, learnedIntervalMs });
    }
    const slotMs = Math.max(nextMs, nowMs - pace.latenessMs);
    const intervalMs = (row.intervalMs ?? pace.intervalMs) / row.pace;
    this.intervals.push(intervalMs);
    row.calls = row.tatMs < nowMs - 10_000 ? 1 : row.calls + 1;
    row.tatMs = slotMs + intervalMs;
    row.pace = Math.min(1, row.pace + 0.0025);
    const waitMs = Math.max(0, Math.ceil(slotMs - nowMs));
    return Promise.resolve({ isReserved: true, waitMs, callNumber: row.calls, learnedIntervalMs });
  }

  pause(portalId: PortalId, bucket: BudgetBucket, pauseMs: number): Promise<void> {
    const nowMs = this.clock.now().getTime();
    const row = this.row(portalId, bucket);
    this.pauses.push({ bucket, pauseMs });
    if (row.pausedUntilMs <= nowMs) row.pace = Math.max(0.5, row.pace * 0.9);
    row.pausedUntilMs = Math.max(row.pausedUntilMs, nowMs + pauseMs);
    return Promise.resolve();
  }

  learn(portalId: PortalId, bucket: BudgetBucket, intervalMs: number): Promise<void> {
    this.learned.push(intervalMs);
    this.row(portalId, bucket).intervalMs = intervalMs;
    return Promise.resolve();
  }

  private row(portalId: PortalId, bucket: BudgetBucket): Row {
    const key = `${portalId}:${bucket}`;
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const row = {
      tatMs: this.clock.now().getTime(),
      pausedUntilMs: -Infinity,
      pace: 1,
      calls: 0,
      intervalMs: null,
    };
    this.rows.set(key, row);
    return row;
  }
}

/** Tokens in memory; refreshOnce holds one caller at a time, as a row lock does. */
export class MemoryVault implements TokenVault {
  readonly tokens = new Map<PortalId, StoredTokens>();
  refreshes = 0;
  private turn: Promise<unknown> = Promise.resolve();

  save(portalId: PortalId, tokens: StoredTokens): Promise<void> {
    this.tokens.set(portalId, tokens);
    return Promise.resolve();
  }

  read(portalId: PortalId): Promise<StoredTokens | null> {
    return Promise.resolve(this.tokens.get(portalId) ?? null);
  }

  refreshOnce(
    portalId: PortalId,
    isFresh: (tokens: StoredTokens) => boolean,
    refresh: (tokens: StoredTokens) => Promise<StoredTokens>,
  ): Promise<StoredTokens | null> {
    const result = this.turn.then(async () => {
      const stored = this.tokens.get(portalId);
      if (stored === undefined) return null;
      if (isFresh(stored)) return stored;
      this.refreshes += 1;
      const renewed = await refresh(stored);
      this.tokens.set(portalId, renewed);
      return renewed;
    });
    this.turn = result.catch(() => undefined);
    return result;
  }

  destroy(portalId: PortalId): Promise<void> {
    this.tokens.delete(portalId);
    return Promise.resolve();
  }

  async forgetRefused(
    portalId: PortalId,
    refusedToken: string | null,
    andThen: (scope: { portalId: PortalId }) => Promise<void>,
  ): Promise<boolean> {
    if ((this.tokens.get(portalId)?.refreshToken ?? null) !== refusedToken) return false;
    this.tokens.delete(portalId);
    await andThen({ portalId });
    return true;
  }
}

export class MemoryLog implements Log {
  readonly lines: string[] = [];
  readonly info = (fields: Record<string, unknown>, message: string) => this.add(fields, message);
  readonly warn = (fields: Record<string, unknown>, message: string) => this.add(fields, message);
  readonly error = (fields: Record<string, unknown>, message: string) => this.add(fields, message);

  private add(fields: Record<string, unknown>, message: string): void {
    this.lines.push(JSON.stringify({ ...fields, message }));
  }
}

/** The first of a stream; the stream ends there. */
export async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item;
  throw new Error('The stream is empty.');
}
