import { asPortalId, type PortalId } from '../../../src/core/model.ts';
import type { BudgetStore, Clock, Log, StoredTokens, TokenVault } from '../../../src/usecases/ports.ts';

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

/** The generic cell rate algorithm over the manual clock. */
export class MemoryBudget implements BudgetStore {
  readonly intervals: number[] = [];
  readonly pauses: { bucket: string; pauseMs: number }[] = [];
  private readonly nextAtMs = new Map<string, number>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  reserve(portalId: PortalId, bucket: string, intervalMs: number): Promise<{ waitMs: number }> {
    this.intervals.push(intervalMs);
    const key = `${portalId}:${bucket}`;
    const nowMs = this.clock.now().getTime();
    const atMs = Math.max(nowMs, this.nextAtMs.get(key) ?? 0);
    this.nextAtMs.set(key, atMs + intervalMs);
    return Promise.resolve({ waitMs: atMs - nowMs });
  }

  pause(portalId: PortalId, bucket: string, pauseMs: number): Promise<void> {
    this.pauses.push({ bucket, pauseMs });
    this.nextAtMs.set(`${portalId}:${bucket}`, this.clock.now().getTime() + pauseMs);
    return Promise.resolve();
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
