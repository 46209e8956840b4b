import { afterAll, beforeAll } from '@jest/globals';
import { asCompanyId, asContactId, asOwnerId, asPortalId, asUserId } from '../../../src/core/model.ts';
import type { PortalId } from '../../../src/core/model.ts';
import type { CompanyRecord } from '../../../src/usecases/hubspot-port.ts';
import type { CheckIn, NewTouch, PortalRow, Recall, TenantScope } from '../../../src/usecases/records.ts';
import type { TestStore } from '../../support/stores.ts';

export type TestClock = { now(): Date; set(instant: string): void; advance(ms: number): void };
export type OpenStore = (clock: TestClock) => Promise<TestStore>;

export const T0 = new Date('2026-11-02T15:00:00.000Z');
export const minutes = (count: number): number => count * 60_000;
export const at = (msAfterT0: number): Date => new Date(T0.getTime() + msAfterT0);

export function createTestClock(): TestClock {
  let now = T0;
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

export type Harness = {
  readonly store: TestStore;
  readonly clock: TestClock;
  /** A new installed portal. */
  portal(change?: Partial<Omit<PortalRow, 'portalId'>>): Promise<PortalId>;
  /** Runs in the portal's transaction. */
  inside<T>(portalId: PortalId, work: (scope: TenantScope) => Promise<T>): Promise<T>;
};

/** One store for the tests of a describe block; each test makes portals of its own. */
export function useStore(open: OpenStore): Harness {
  const clock = createTestClock();
  let store: TestStore;
  let portals = 100;
  beforeAll(async () => {
    store = await open(clock);
  }, 60_000);
  afterAll(async () => {
    await store.close();
  }, 60_000);
  return {
    clock,
    get store() {
      return store;
    },
    inside: (portalId, work) => store.inTenant(portalId, work),
    portal: async (change = {}) => {
      portals += 1;
      const portalId = asPortalId(portals);
      await store.inTenant(portalId, async (scope) => {
        await store.portals.install(scope, { userId: asUserId(1), scopes: ['oauth'], at: T0 });
        await store.portals.update(scope, change);
      });
      return portalId;
    },
  };
}

/** Announced to the rep of `checkIn` ten days before T0, and read. */
export async function openGate(store: TestStore, scope: TenantScope): Promise<void> {
  const announcedAt = at(minutes(-10 * 24 * 60));
  await store.programs.announce(scope, {
    announcedAt,
    announcedBy: asUserId(1),
    startsOn: '2026-10-23',
    text: 'I will call our customers.',
  });
  await store.programs.acknowledge(scope, asOwnerId('90'), announcedAt);
}

export function company(id: string, change: Partial<CompanyRecord> = {}): CompanyRecord {
  return {
    companyId: asCompanyId(id),
    name: `Company ${id}`,
    ownerId: asOwnerId('90'),
    timeZone: null,
    lifecycleStage: 'customer',
    parentCompanyId: null,
    ...change,
  };
}

export function touch(id: string, change: Partial<NewTouch> = {}): NewTouch {
  return {
    touchId: `touch-${id}`,
    companyId: asCompanyId(id),
    cycle: '2026-Q4',
    kind: 'checkIn',
    key: `KEY${id}`,
    callerUserId: asUserId(7),
    callerOwnerId: asOwnerId('70'),
    contactId: asContactId('500'),
    dueOn: '2026-11-05',
    dueHalf: 'morning',
    releaseAt: T0,
    programVersion: 1,
    ...change,
  };
}

/** Answers about the log: stored only where `openGate` came first. */
export const ANSWERS: Recall = {
  recency: 'W4',
  count: '1',
  unsure: false,
  colleague: false,
  named: true,
  stale: false,
};

/** Plain listening, until a test gives it answers. */
export function checkIn(id: string, change: Partial<CheckIn> = {}): CheckIn {
  return {
    checkInId: `check-in-${id}`,
    companyId: asCompanyId('1'),
    touchId: null,
    cycle: '2026-Q4',
    wave: 1,
    callerUserId: asUserId(7),
    respondentContactId: asContactId('500'),
    respondentName: 'Ada Buyer',
    words: 'Please call before you deliver.',
    liked: null,
    inConfidence: null,
    coachingNote: null,
    happenedOn: '2026-11-02',
    channel: 'phone',
    repOwnerId: asOwnerId('90'),
    listening: null,
    recall: null,
    savedAt: T0,
    undoneAt: null,
    releasesAt: at(minutes(15)),
    releasedAt: null,
    seenByRepAt: null,
    heardAtCompanyId: null,
    heardAsContactId: null,
    ...change,
  };
}
