import { createHash, createHmac, randomUUID } from 'node:crypto';
import { businessCalendarOf, countryOfZone, holidayCountries } from '../../src/holidays.ts';
import type { Deps, Log } from '../../src/usecases/ports.ts';
import type { JobName } from '../../src/usecases/records.ts';
import { createFakeHubSpot, type FakeHubSpot } from './fake-hubspot.ts';
import type { TestStore } from './stores.ts';

export type TestClock = { now(): Date; set(instant: string): void; advance(ms: number): void };
export type LogLine = {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: unknown;
  readonly message: string;
};
export type TestDeps = Deps & {
  readonly fake: FakeHubSpot;
  readonly wakes: { readonly job: JobName; readonly portalId: number }[];
  readonly lines: LogLine[];
};

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

export function createTestClock(start: string): TestClock {
  let now = new Date(start);
  return {
    now: () => now,
    set: (instant) => {
      now = new Date(instant);
    },
    advance: (ms) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

/** What use cases need, on a real store and a HubSpot in memory; wake-ups and log lines are kept. */
export function createTestDeps(store: TestStore, clock: TestClock): TestDeps {
  const fake = createFakeHubSpot();
  const wakes: TestDeps['wakes'] = [];
  const lines: LogLine[] = [];
  const keep =
    (level: LogLine['level']): Log['info'] =>
    (fields, message) => {
      lines.push({ level, fields, message });
    };
  return {
    clock,
    store,
    vault: store.vault,
    fake,
    wakes,
    lines,
    hubspot: fake.gateway,
    ids: {
      uuid: randomUUID,
      sha256: (text) => createHash('sha256').update(text).digest('hex'),
      hmac: (secret, text) => createHmac('sha256', secret).update(text).digest(),
    },
    oauth: {
      authorizeUrl: (state) => `https://app.hubspot.com/oauth/authorize?state=${state}`,
      exchangeCode: () => Promise.reject(new Error('No test installs by this.')),
    },
    queue: {
      wake: (job, portalId) => {
        wakes.push({ job, portalId });
        return Promise.resolve();
      },
    },
    calendar: (country, region) => businessCalendarOf({ country, region }),
    countries: holidayCountries(),
    countryOfZone,
    isStopping: () => false,
    log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
  };
}
