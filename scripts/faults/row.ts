import type { Random } from '../../src/core/random.ts';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import type { Account, AccountInput } from './account.ts';
import type { Expectation } from './check.ts';
import type { FaultInput } from './control.ts';
import type { Engine, EngineOptions } from './engine.ts';
import type { World } from './world.ts';

/** One seed of one row while it runs. */
export type Cell = {
  readonly world: World;
  readonly random: Random;
  readonly account: Account;
  readonly mode: TaskKeyMode;
  /** Starts an engine on the account's database; the last one started serves HTTP. */
  start(options?: EngineOptions): Promise<Engine>;
  /** Plants a fault that hits this account alone. Its hits are counted by the sandbox. */
  plant(fault: FaultInput): Promise<void>;
  /** Runs what is due now, in HubSpot and in every engine that is alive, until nothing is. */
  settle(): Promise<void>;
  /** Moves the clock on and runs everything at its time. */
  advance(ms: number): Promise<void>;
  /** Lets the leases of a dead engine run out: nobody can take its work before. */
  outliveLease(): Promise<void>;
  /** The fault happened, as the row's counter (`countedBy`) shows; hits of planted faults come on top. */
  hit(): void;
  /** What the row itself found wrong. */
  fault(violation: string): void;
  /** Changes what is expected at the end; every customer has one task unless said otherwise. */
  expect(change: Partial<Expectation>): void;
};

/**
 * Who saw that a fault happened: HubSpot's stand-in by what it did, logged or holds; the line, which is what stands between the engine
 * and HubSpot or the database (a proxy, look-ups of names, sockets, connections); Postgres itself, by what it refused, ended, holds or
 * has locked; the operating system, by the ends of real processes; or the engine, where its own refusal to start is what happens.
 */
export type Counter = 'sandbox' | 'line' | 'database' | 'system' | 'engine';

export type Row = {
  /** As in the fault matrix. */
  readonly fault: string;
  /** Where or in which shape. */
  readonly point: string;
  /** Both unless the fault has nothing to do with how tasks are found again. */
  readonly modes: readonly TaskKeyMode[];
  /** Who counts its hits. */
  readonly countedBy: Counter;
  readonly account?: (random: Random) => Partial<AccountInput>;
  run(cell: Cell): Promise<void>;
};

export const BOTH: readonly TaskKeyMode[] = ['unique', 'ledger'];
export const UNIQUE: readonly TaskKeyMode[] = ['unique'];
