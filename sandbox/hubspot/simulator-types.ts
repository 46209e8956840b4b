import type { Express, Router } from 'express';
import type { SandboxClock } from '../clock.ts';
import type { PortalDocumentInput } from '../portal-document.ts';
import type { FaultBook } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { SimulatorState } from './state.ts';
import type { Timers } from './timers.ts';

/** The app as HubSpot knows it from its project upload. */
export interface SimulatorApp {
  readonly appId: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  readonly redirectUrls: readonly string[];
  readonly requiredScopes: readonly string[];
  readonly optionalScopes: readonly string[];
  /** Origin of the app's public URLs, such as https://checkin.example.com. */
  readonly publicBaseUrl: string;
  readonly webhooks: {
    readonly targetUrl: string;
    readonly subscriptions: readonly {
      readonly subscriptionType: string;
      readonly objectType?: string;
      readonly propertyName?: string;
    }[];
  };
}

export interface SimulatorOptions {
  readonly clock: SandboxClock;
  /** Folder of the journal on disk; null keeps everything in memory. */
  readonly stateDir: string | null;
  readonly app: SimulatorApp;
  /** Where the app's public URLs lead on this machine, such as http://127.0.0.1:4001; null while there is no backend. */
  readonly backendOrigin: () => string | null;
  /** Moves the shared clock and returns when all due work is quiet. Default: moves the clock and runs the simulator's own timers. */
  readonly advance?: (to: Date) => Promise<void>;
  /** Turns a reference given to `loadPortal` back into its document after a restart. It comes from code, so records are not checked again. */
  readonly resolveReference?: (reference: unknown) => PortalDocumentInput;
  readonly extraRouters?: readonly Router[];
  /** Seed of shuffled results and of everything else that varies. Default 1. */
  readonly seed?: number;
  /** Whether the fault `kill` may end processes of this machine. Default false. */
  readonly allowKill?: boolean;
}

export interface Simulator {
  /** Listens on 127.0.0.1; port 0 takes a free one. */
  listen(port: number): Promise<{ readonly url: string; readonly port: number }>;
  /** Ends hanging requests, flushes the journal and gives the state folder free. */
  close(): Promise<void>;
  /**
   * Adds an account. With `reference`, the journal keeps that small value instead of the whole document.
   * The document of a reference comes from code and is taken without another check of its records.
   * Throws PortalDocumentError for a document that contradicts itself, RangeError when the portal exists already.
   */
  loadPortal(document: PortalDocumentInput, options?: { readonly reference?: unknown }): Promise<void>;
  hasPortal(portalId: number): boolean;
  /** Returns once every change so far is on disk. */
  readonly flushed: () => Promise<void>;
  /** Returns once no late commit of a fault is outstanding. */
  readonly lateCommitsLanded: () => Promise<void>;
  readonly timers: Timers;
  /** What the control API plants and lists, for who runs it in the same process. */
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  readonly state: SimulatorState;
  readonly clock: SandboxClock;
  readonly options: SimulatorOptions;
  /** More routers may be mounted before `listen`; request log, faults, parsed bodies (req.body) and the journal apply to them too. */
  readonly app: Express;
}
