/** The product in a process of its own, wired as in production, and what a bench asks it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asCompanyId, asPortalId } from '../src/core/model.ts';
import { readConfig } from '../src/config.ts';
import type { Deps, Log } from '../src/usecases/ports.ts';
import { wire, type Wired } from '../src/wire.ts';
import { answerParent } from './support/answer.ts';
import { makeDue, setUpPortals, type PortalsToSetUp } from './support/set-up-portals.ts';
import { noOutcomes, watchOutcomes } from './support/watch-deps.ts';
import { watchFetch, type SeenCall, type TimedWork } from './support/watch-fetch.ts';

export type EngineStart = {
  readonly environment: Readonly<Record<string, string>>;
  /** True: the clock of the process may be moved on, to wait out a rest. */
  readonly isClockInjected: boolean;
};
export type EngineStatus = {
  readonly created: number;
  readonly parked: number;
  readonly lastCommittedMs: number;
};
export type EngineReport = {
  readonly peakRssBytes: number;
  readonly calls: readonly SeenCall[];
  /** [portal, ms since 1970 of its last created task's commit]. */
  readonly lastOfPortal: readonly (readonly [number, number])[];
  /** Distinct warnings and how often each was logged. */
  readonly warnings: Readonly<Record<string, number>>;
};

export type LogRead = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Distinct activities. */
  readonly activities: number;
  readonly searchMs: readonly number[];
  readonly linksMs: readonly number[];
};

export type CompanyAsked = { readonly portalId: number; readonly companyId: string };

const DAY_MS = 86_400_000;
/** The generated activities lie in the 91 days before they were loaded. */
const LOG_DAYS = 92;

const outcomes = noOutcomes();
const warnings: Record<string, number> = {};
let offsetMs = 0;
let wired: Wired | null = null;
let watched: ReturnType<typeof watchFetch> | null = null;

const log: Log = {
  info: () => undefined,
  warn: (fields, message) => keepWarning(fields, message),
  error: (fields, message) => keepWarning(fields, message),
};

function keepWarning(fields: Record<string, unknown>, message: string): void {
  const text = [message, fields['job'], fields['code'], fields['cause']]
    .filter((part) => typeof part === 'string')
    .join(', ');
  warnings[text] = (warnings[text] ?? 0) + 1;
}

async function open(start: EngineStart): Promise<void> {
  const config = readConfig(start.environment);
  watched ??= watchFetch(config.hubspotApiUrl);
  await wired?.close();
  wired = await wire(config, {
    log,
    allowLoopback: true,
    decorate: (deps) => watchOutcomes(deps, outcomes),
    ...(start.isClockInjected ? { clock: { now: () => new Date(Date.now() + offsetMs) } } : {}),
  });
}

function opened(): Wired {
  if (wired === null) throw new Error('the engine is not open');
  return wired;
}

function depsOf(): Deps {
  return opened().deps;
}

/** Serves requests as the production process does; returns the port. */
function serve(): Promise<number> {
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000 }, opened().app);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Reads an account's whole log once, keeping only ids. */
async function readLog(portalId: number): Promise<LogRead> {
  const { hubspot, clock } = depsOf();
  const until = clock.now();
  const from = new Date(until.getTime() - LOG_DAYS * DAY_MS);
  watched?.clear();
  const ids = new Set<string>();
  const fromMs = Date.now();
  for await (const part of hubspot.quarterLog(asPortalId(portalId), { from, until })) {
    for (const { type, activityId } of part) ids.add(`${type}/${activityId}`);
  }
  const toMs = Date.now();
  const calls = watched?.taken() ?? [];
  const wireMs = (isSearch: boolean) =>
    calls.filter(({ kind }) => (kind === 'search') === isSearch).map((call) => call.wireMs);
  return { fromMs, toMs, activities: ids.size, searchMs: wireMs(true), linksMs: wireMs(false) };
}

/** Reads a customer's contacts as for somebody who waits at the card. */
async function readForCard({ portalId, companyId }: CompanyAsked): Promise<TimedWork> {
  const { hubspot } = depsOf();
  if (watched === null) throw new Error('the engine is not open');
  return watched.time(() =>
    hubspot.contactsOfCompanies(asPortalId(portalId), [asCompanyId(companyId)], 'card'),
  );
}

answerParent(
  {
    open,
    serve,
    readLog,
    readForCard,
    setUp: (asked: PortalsToSetUp) => setUpPortals(depsOf(), asked),
    /** Returns when the run began: the instant at which its first job was woken. */
    begin: async (portalIds: readonly number[]) => {
      watched?.clear();
      await makeDue(depsOf(), portalIds);
      const begunMs = Date.now();
      for (const portalId of portalIds) wired?.worker?.wake('refreshPortal', asPortalId(portalId));
      return begunMs;
    },
    status: (): Promise<EngineStatus> => {
      const { created, parked, lastCommittedMs } = outcomes;
      return Promise.resolve({ created, parked, lastCommittedMs });
    },
    moveClock: (ms: number) => {
      offsetMs += ms;
      return Promise.resolve();
    },
    report: (): Promise<EngineReport> =>
      Promise.resolve({
        peakRssBytes: process.resourceUsage().maxRSS * 1_024,
        calls: watched?.taken() ?? [],
        lastOfPortal: [...outcomes.lastOfPortal],
        warnings,
      }),
  },
  async () => {
    await wired?.close();
  },
);
