import type { SandboxClock } from '../clock.ts';
import { applyPortalChange } from './apply-change.ts';
import { createCustomersPortal } from './customers-portal.ts';
import { customersReferenceSchema } from './customers-spec.ts';
import type { AccessToken, AuthorizationCode, Change, Mutation, PortalState, RefreshToken } from './model.ts';
import { addDocument, createPortal } from './portal-load.ts';

export type { Mutation } from './model.ts';

/** Everything the local HubSpot remembers. It changes by `commit` alone, so that the journal on disk sees every change. */
export interface SimulatorState {
  readonly portals: ReadonlyMap<number, PortalState>;
  readonly accessTokens: ReadonlyMap<string, AccessToken>;
  readonly refreshTokens: ReadonlyMap<string, RefreshToken>;
  readonly codes: ReadonlyMap<string, AuthorizationCode>;
  /** Durable values of other parts (webhook deliveries, journal subscriptions), by a key of their own. JSON only. */
  readonly extras: ReadonlyMap<string, unknown>;
  /** Applies the changes at the simulated now, hands them to the journal, then tells the listeners what happened. */
  commit(changes: readonly Change[], mutations?: readonly Mutation[]): void;
  /** Applies changes that the journal already holds; tells nobody. */
  replay(changes: readonly Change[], at: Date): void;
  /** Keeps a value across restarts: the same as committing an `extra` change. */
  putExtra(key: string, value: unknown): void;
  onMutation(listener: (mutation: Mutation) => void): void;
  /** For the journal on disk: called before the mutation listeners. */
  onCommit(listener: (changes: readonly Change[], at: Date) => void): void;
}

export interface StateOptions {
  readonly clock: SandboxClock;
  /** Turns a portal reference of the journal back into the portal's document. */
  readonly resolveReference: (reference: unknown) => Parameters<typeof createPortal>[0];
}

interface Tables {
  readonly portals: Map<number, PortalState>;
  readonly accessTokens: Map<string, AccessToken>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly codes: Map<string, AuthorizationCode>;
  readonly extras: Map<string, unknown>;
}

/** An empty HubSpot: no portal, no token. */
export function createState(options: StateOptions): SimulatorState {
  const tables: Tables = {
    portals: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    codes: new Map(),
    extras: new Map(),
  };
  const mutationListeners: ((mutation: Mutation) => void)[] = [];
  const commitListeners: ((changes: readonly Change[], at: Date) => void)[] = [];
  const apply = (changes: readonly Change[], at: Date) => {
    for (const change of changes) applyChange(tables, change, at, options.resolveReference);
  };
  const commit: SimulatorState['commit'] = (changes, mutations = []) => {
    const at = options.clock.now();
    apply(changes, at);
    for (const listener of commitListeners) listener(changes, at);
    for (const mutation of mutations) for (const listener of mutationListeners) listener(mutation);
  };
  return {
    ...tables,
    commit,
    replay: apply,
    putExtra: (key, value) => commit([{ op: 'extra', key, value }]),
    onMutation: (listener) => void mutationListeners.push(listener),
    onCommit: (listener) => void commitListeners.push(listener),
  };
}

function applyChange(
  tables: Tables,
  change: Change,
  at: Date,
  resolve: StateOptions['resolveReference'],
): void {
  switch (change.op) {
    case 'portal':
      tables.portals.set(change.document.portalId, createPortal(change.document, at.toISOString()));
      return;
    case 'portalReference':
      tables.portals.set(change.portalId, portalBehind(change.reference, resolve, at.toISOString()));
      return;
    case 'portalMerge':
      addDocument(portalOf(tables, change.document.portalId), change.document, at.toISOString());
      return;
    case 'portalRemoved':
      tables.portals.delete(change.portalId);
      return;
    case 'accessToken':
      setOrDelete(tables.accessTokens, change.token, change.grant);
      return;
    case 'refreshToken':
      setOrDelete(tables.refreshTokens, change.token, change.grant);
      return;
    case 'code':
      setOrDelete(tables.codes, change.code, change.grant);
      return;
    case 'extra':
      setOrDelete(tables.extras, change.key, change.value);
      return;
    case 'clock':
      return;
    default:
      applyPortalChange(portalOf(tables, change.portalId), change, at);
  }
}

/** Accounts of the built-in generator are made lazily; every other reference stands for a document. */
function portalBehind(
  reference: unknown,
  resolve: StateOptions['resolveReference'],
  loadedAt: string,
): PortalState {
  const customers = customersReferenceSchema.safeParse(reference);
  return customers.success
    ? createCustomersPortal(customers.data, loadedAt)
    : createPortal(resolve(reference), loadedAt);
}

function portalOf(tables: Tables, portalId: number): PortalState {
  const portal = tables.portals.get(portalId);
  if (portal === undefined) throw new RangeError(`the state has no portal ${String(portalId)}`);
  return portal;
}

function setOrDelete<T>(table: Map<string, T>, key: string, value: T | null): void {
  if (value === null) table.delete(key);
  else table.set(key, value);
}
