import { afterAll, beforeAll } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ActivityRecord } from '../../src/core/comparison/evidence.ts';
import {
  asCompanyId,
  asContactId,
  asOwnerId,
  asPortalId,
  asUserId,
  type CompanyId,
  type PortalId,
} from '../../src/core/model.ts';
import type { ContactRecord, OwnerRecord } from '../../src/usecases/hubspot-port.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { recordCheckIn, type RecordCheckInInput } from '../../src/usecases/record-check-in.ts';
import type { PortalRow, Recall, TenantScope, Touch } from '../../src/usecases/records.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { createTestClock, createTestDeps, DAY_MS, type TestClock, type TestDeps } from './deps.ts';
import { openTestStore, type TestStore, type TestStoreKind } from './stores.ts';

/** Wednesday, 10:00 in Chicago: the day of the customer nobody called. */
export const T0 = '2026-08-12T15:00:00.000Z';
export const CYCLE = '2026-Q3';

export const MANAGER = { userId: asUserId(1), ownerId: asOwnerId('900') };
export const REP = { userId: asUserId(911), ownerId: asOwnerId('11') };
export const OTHER_REP = { userId: asUserId(912), ownerId: asOwnerId('12') };
export const STRANGER = { userId: asUserId(77) };
/** Of the rep. */
export const COMPANY = asCompanyId('201');
/** Of the other rep. */
export const OTHER_COMPANY = asCompanyId('202');
/** Of the manager. */
export const OWN_COMPANY = asCompanyId('203');
/** Of nobody. */
export const FREE_COMPANY = asCompanyId('204');
export const DANA = asContactId('301');
export const LUIS = asContactId('302');

export const FORGOT: Recall = {
  recency: 'NEVER',
  count: '0',
  unsure: false,
  colleague: false,
  named: false,
  stale: false,
};
export const REMEMBERS: Recall = { ...FORGOT, recency: 'W1', count: '6+' };

const SETTINGS: ProgramSettings = { ...DEFAULT_SETTINGS, openness: 'listenAndCompare' };

export type World = {
  readonly deps: TestDeps;
  readonly store: TestStore;
  readonly clock: TestClock;
  readonly portalId: PortalId;
  readonly manager: UserActor;
  readonly rep: UserActor;
  readonly otherRep: UserActor;
  readonly stranger: UserActor;
  inside<T>(work: (scope: TenantScope) => Promise<T>): Promise<T>;
  /** A planned touch of the company, due today and free to be released. */
  plan(companyId?: CompanyId, change?: Partial<Touch>): Promise<Touch>;
  touch(touchId: string): Promise<Touch>;
  /** The manager's check-in; Dana says that nobody called. */
  record(change?: Partial<RecordCheckInInput>): ReturnType<typeof recordCheckIn>;
  program(change: Partial<ProgramSettings>): Promise<void>;
};

export type WorldChange = {
  readonly settings?: Partial<ProgramSettings>;
  readonly portal?: Partial<Omit<PortalRow, 'portalId'>>;
  readonly announcedDaysAgo?: number | null;
  readonly acknowledged?: boolean;
};

/** One store for the file; `fresh` makes an account of its own with a team, four companies and an open gate. */
export function useWorlds(kind: TestStoreKind = 'pglite'): { fresh(change?: WorldChange): Promise<World> } {
  const clock = createTestClock(T0);
  let store: TestStore;
  let portals = 700;
  beforeAll(async () => {
    store = await openTestStore(kind, { clock });
  }, 60_000);
  afterAll(async () => {
    await store.close();
  }, 60_000);
  return {
    fresh: async (change = {}) => {
      portals += 1;
      clock.set(T0);
      const world = createWorld(store, clock, asPortalId(portals));
      await settle(world, change);
      return world;
    },
  };
}

function createWorld(store: TestStore, clock: TestClock, portalId: PortalId): World {
  const deps = createTestDeps(store, clock);
  const actor = ({ userId }: Pick<UserActor, 'userId'>): UserActor => ({
    type: 'user',
    portalId,
    userId,
    requestId: 'test',
  });
  const inside: World['inside'] = (work) => store.inTenant(portalId, work);
  const manager = actor(MANAGER);
  const touch: World['touch'] = async (touchId) => {
    const found = await inside((scope) => store.touches.find(scope, touchId));
    if (found === null) throw new Error('There is no such touch.');
    return found;
  };
  return {
    deps,
    store,
    clock,
    portalId,
    manager,
    rep: actor(REP),
    otherRep: actor(OTHER_REP),
    stranger: actor(STRANGER),
    inside,
    touch,
    plan: async (companyId = COMPANY, change = {}) => {
      const touchId = change.touchId ?? randomUUID();
      await inside((scope) => planTouch(store, scope, clock, touchId, companyId, change));
      return touch(touchId);
    },
    record: (change = {}) => recordCheckIn(deps, manager, { ...anAnswer(), ...change }),
    program: async (settings) => {
      await inside(async (scope) => {
        const current = await store.programs.current(scope);
        const next = { ...(current?.settings ?? SETTINGS), ...settings };
        await store.programs.save(scope, current?.version ?? 0, next, MANAGER.userId, clock.now());
      });
    },
  };
}

export function anAnswer(): RecordCheckInInput {
  return {
    submissionId: randomUUID(),
    companyId: COMPANY,
    respondent: { contactId: DANA, name: 'Dana Ruiz' },
    words: 'You would have to get a salesperson from your company to call on me.',
    liked: null,
    inConfidence: null,
    happenedOn: '2026-08-12',
    channel: 'phone',
    recall: FORGOT,
  };
}

/** Six calls with Dana that the rep logged by hand on the days of the story of the customer nobody called. */
export function sixCalls(change: Partial<ActivityRecord> = {}): readonly ActivityRecord[] {
  const days = ['2026-06-05', '2026-06-26', '2026-07-14', '2026-07-23', '2026-07-31', '2026-08-07'];
  return days.map((day, index) =>
    aCall({
      id: String(501 + index),
      occurredAt: `${day}T15:00:00Z`,
      createdAt: `${day}T18:00:00Z`,
      ...change,
    }),
  );
}

async function settle(world: World, change: WorldChange): Promise<void> {
  const { deps, store, clock } = world;
  const now = clock.now();
  await world.inside(async (scope) => {
    await store.portals.install(scope, { userId: MANAGER.userId, scopes: ['oauth'], at: now });
    await store.portals.update(scope, {
      timeZone: 'America/Chicago',
      startedAt: now,
      companiesReadAt: now,
      taskKeyMode: 'unique',
      ...change.portal,
    });
    await store.people.replaceOwners(scope, PEOPLE);
    await store.companies.upsertRead(scope, COMPANIES, now);
    await store.companies.replaceContacts(scope, new Map([[COMPANY, CONTACTS]]), now);
    await store.programs.save(scope, 0, { ...SETTINGS, ...change.settings }, MANAGER.userId, now);
    await announceTo(store, scope, now, change);
  });
  for (const company of COMPANIES) deps.fake.companies.set(company.companyId, company);
  deps.fake.contacts.set(COMPANY, CONTACTS);
  deps.fake.owners.push(...PEOPLE);
  deps.fake.useKeyMode(change.portal?.taskKeyMode ?? 'unique');
  deps.fake.logs.set(COMPANY, { activities: sixCalls(), ownership: [], contacts: CONTACTS });
}

async function announceTo(store: TestStore, scope: TenantScope, now: Date, change: WorldChange) {
  const daysAgo = change.announcedDaysAgo === undefined ? 120 : change.announcedDaysAgo;
  if (daysAgo === null) return;
  const announcedAt = new Date(now.getTime() - daysAgo * DAY_MS);
  await store.programs.announce(scope, {
    announcedAt,
    announcedBy: MANAGER.userId,
    startsOn: '2026-05-01',
    text: 'I will call our customers.',
  });
  if (change.acknowledged === false) return;
  for (const { ownerId } of PEOPLE) await store.programs.acknowledge(scope, ownerId, announcedAt);
}

async function planTouch(
  store: TestStore,
  scope: TenantScope,
  clock: TestClock,
  touchId: string,
  companyId: CompanyId,
  change: Partial<Touch>,
): Promise<void> {
  await store.touches.ensureCycle(scope, {
    label: CYCLE,
    startsOn: '2026-07-01',
    endsOn: '2026-10-01',
    timeZone: 'America/Chicago',
    plannedAt: clock.now(),
  });
  const touch = {
    touchId,
    companyId,
    cycle: CYCLE,
    kind: 'checkIn' as const,
    key: touchId.replaceAll('-', '').slice(0, 26),
    callerUserId: MANAGER.userId,
    callerOwnerId: MANAGER.ownerId,
    contactId: null,
    dueOn: '2026-08-12',
    dueHalf: 'morning' as const,
    releaseAt: clock.now(),
    programVersion: 1,
  };
  await store.touches.plan(scope, [{ ...touch, ...change }]);
}

const owner = (
  person: { readonly ownerId: OwnerRecord['ownerId']; readonly userId: OwnerRecord['userId'] },
  name: string,
): OwnerRecord => ({ ...person, name, email: null, primaryTeamId: null, active: true });
const PEOPLE: readonly OwnerRecord[] = [
  owner(MANAGER, 'Ana Silva'),
  owner(REP, 'Tom Baker'),
  owner(OTHER_REP, 'Uma Patel'),
];

const company = (companyId: CompanyId, name: string, ownerId: OwnerRecord['ownerId'] | null) => ({
  companyId,
  name,
  ownerId,
  timeZone: null,
  lifecycleStage: 'customer',
  parentCompanyId: null,
});
const COMPANIES = [
  company(COMPANY, 'Acme Plating', REP.ownerId),
  company(OTHER_COMPANY, 'Birch Foods', OTHER_REP.ownerId),
  company(OWN_COMPANY, 'Cedar Mills', MANAGER.ownerId),
  company(FREE_COMPANY, 'Dover Tools', null),
];
const contact = (contactId: ContactRecord['contactId'], name: string): ContactRecord => ({
  contactId,
  name,
  jobTitle: 'Buyer',
  phone: '+1 312 555 0100',
  timeZone: null,
});
const CONTACTS = [contact(DANA, 'Dana Ruiz'), contact(LUIS, 'Luis Vega')];
