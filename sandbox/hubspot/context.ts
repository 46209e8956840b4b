import type { SandboxClock } from '../clock.ts';
import type { FaultBook } from './faults.ts';
import type { CallKind } from './latency.ts';
import type { RateLimiter } from './limits.ts';
import type { RequestLog } from './request-log.ts';
import type { PortalSettings } from './settings.ts';
import type { SimulatorOptions } from './simulator-types.ts';
import type { SimulatorState } from './state.ts';
import type { Timers } from './timers.ts';

/** What every route of the local HubSpot may use. */
export interface SimulatorContext {
  readonly clock: SandboxClock;
  readonly state: SimulatorState;
  readonly options: SimulatorOptions;
  readonly timers: Timers;
  readonly requests: RequestLog;
  readonly faults: FaultBook;
  readonly limiter: RateLimiter;
  /** Seeded, from 0 up to but without 1. */
  readonly random: () => number;
  /** Real milliseconds to wait before the reply of a call of that kind. */
  readonly latency: (settings: PortalSettings, kind: CallKind) => number;
  /** Returns once every change so far is on disk. */
  readonly flushed: () => Promise<void>;
}
