import { randomUUID } from 'node:crypto';
import type { PortalObject } from '../../sandbox/portal-document.ts';
import { asCompanyId, asPortalId, asUserId, type CompanyId, type PortalId } from '../../src/core/model.ts';
import { TOUCH_KEY_PROPERTY, PROPERTY_GROUP } from '../../src/hubspot/api-version.ts';
import type { TaskKeyMode } from '../../src/usecases/hubspot-port.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import type { PortalRow, TenantScope } from '../../src/usecases/records.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import type { Place } from './world.ts';

export const MANAGER = { userId: 1, ownerId: '900' };
export const OTHER_MANAGER = { userId: 2, ownerId: '901' };
export const REP = { userId: 911, ownerId: '11' };
export const OTHER_REP = { userId: 912, ownerId: '12' };
/** Each rep has a manager of their own: a new owner of a company brings a new caller. */
const MANAGERS = [
  { managerUserId: MANAGER.userId, repOwnerIds: [REP.ownerId] },
  { managerUserId: OTHER_MANAGER.userId, repOwnerIds: [OTHER_REP.ownerId] },
];
const DAY_MS = 86_400_000;
const TOKEN_LIFETIME_MS = 1_800_000;

/** One HubSpot account of a seed: installed, started, its customers not read yet. */
export type Account = {
  readonly portalId: PortalId;
  readonly mode: TaskKeyMode;
  /** Customers from the start, in ascending order of their ids. */
  readonly companyIds: readonly CompanyId[];
};

export type AccountInput = {
  readonly portalId: number;
  readonly mode: TaskKeyMode;
  readonly companies: number;
  readonly timeZone?: string;
  readonly settings?: Partial<ProgramSettings>;
  /** True where the account was never probed: its first run makes the fields and tries a unique key. */
  readonly isUnprobed?: boolean;
};

/** Makes the account in HubSpot and in the product's database, as OAuth and *Start* would leave it. */
export async function openAccount(world: Place, input: AccountInput): Promise<Account> {
  const timeZone = input.timeZone ?? 'America/Chicago';
  const companies = Array.from({ length: input.companies }, (_, index) => customer(1_001 + index));
  await world.simulator.loadPortal({
    portalId: input.portalId,
    name: `Account ${input.portalId}`,
    timeZone,
    owners: [
      owner(MANAGER, 'Maya'),
      owner(OTHER_MANAGER, 'Omar'),
      owner(REP, 'Ravi'),
      owner(OTHER_REP, 'Ruth'),
    ],
    objects: { companies },
    properties: input.mode === 'unique' && input.isUnprobed !== true ? UNIQUE_KEY : {},
  });
  if (input.mode === 'ledger') {
    world.control.changeSettings(input.portalId, { uniqueTaskProperty: 'refusedAtCreation' });
  }
  const portal = { timeZone, taskKeyMode: input.isUnprobed === true ? null : input.mode };
  await connect(world, input.portalId, (scope) => start(world, scope, portal, input.settings ?? {}));
  return {
    portalId: asPortalId(input.portalId),
    mode: input.mode,
    companyIds: companies.map(({ id }) => asCompanyId(id)),
  };
}

/** The app is installed in HubSpot, and its tokens lie in the vault; also what a reconnection does. */
export async function connect(
  world: Place,
  portalId: number,
  andThen: (scope: TenantScope) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { simulator, clock, store } = world;
  const { app } = simulator.options;
  const userId = MANAGER.userId;
  const scopes = [...app.requiredScopes, ...app.optionalScopes];
  const expiresAt = new Date(clock.now().getTime() + TOKEN_LIFETIME_MS);
  const accessToken = randomUUID();
  const refreshToken = randomUUID();
  const installedAt = clock.now().toISOString();
  simulator.state.commit([
    { op: 'install', portalId, install: { userId, scopes, installedAt } },
    { op: 'refreshToken', token: refreshToken, grant: { portalId, userId, scopes } },
    {
      op: 'accessToken',
      token: accessToken,
      grant: { portalId, userId, scopes, expiresAt: expiresAt.toISOString() },
    },
  ]);
  await store.vault.save(asPortalId(portalId), { accessToken, refreshToken, expiresAt });
  await store.inTenant(asPortalId(portalId), async (scope) => {
    await store.portals.install(scope, { userId: asUserId(userId), scopes, at: clock.now() });
    await andThen(scope);
  });
}

async function start(
  { store, clock }: Place,
  scope: TenantScope,
  portal: Partial<Omit<PortalRow, 'portalId'>>,
  settings: Partial<ProgramSettings>,
): Promise<void> {
  const now = clock.now();
  const chosen: ProgramSettings = {
    ...DEFAULT_SETTINGS,
    openness: 'listeningOnly',
    releaseHorizon: 'cycle',
    managers: MANAGERS,
    ...settings,
  };
  await store.programs.save(scope, 0, chosen, asUserId(MANAGER.userId), now);
  await store.portals.update(scope, { ...portal, startedAt: now, reconciledAt: now });
}

/** Another customer company of the account, as HubSpot keeps it. */
export function customer(id: number, ownerId: string = REP.ownerId): PortalObject {
  return {
    id: String(id),
    createdAt: new Date(Date.UTC(2026, 0, 1) + (id % 100) * DAY_MS).toISOString(),
    properties: { name: `Customer ${id}`, lifecyclestage: 'customer', hubspot_owner_id: ownerId },
  };
}

function owner({ userId, ownerId }: { userId: number; ownerId: string }, firstName: string) {
  const isManager = ownerId === MANAGER.ownerId;
  return {
    id: ownerId,
    userId,
    firstName,
    lastName: 'Okafor',
    email: `${firstName.toLowerCase()}@example.com`,
    superAdmin: isManager,
  };
}

const UNIQUE_KEY = {
  tasks: [
    {
      name: TOUCH_KEY_PROPERTY,
      label: 'Service check-in key',
      groupName: PROPERTY_GROUP,
      type: 'string' as const,
      fieldType: 'text',
      hasUniqueValue: true,
    },
  ],
};

/** Takes the account away on both sides, so that later seeds find nothing of it. */
export async function removeAccount(world: Place, portalId: number): Promise<void> {
  await world.owner.query(`SELECT forget_portal($1)`, [portalId]);
  world.simulator.state.commit([{ op: 'portalRemoved', portalId }]);
  world.calls.forget(portalId);
}
