import type { PortalId } from '../core/model.ts';
import type { HubSpotGateway } from '../usecases/hubspot-port.ts';
import type { BudgetStore, Clock, Log, TokenVault } from '../usecases/ports.ts';
import { readCompanyLog } from './activities.ts';
import { API_VERSION } from './api-version.ts';
import { MAX_BATCH } from './batch.ts';
import { createHubSpotClient, type ClientConfig } from './client.ts';
import {
  readCompanies,
  readCompaniesOutside,
  readCompanyPages,
  writeCompanyProperties,
} from './companies.ts';
import { readContacts, readContactsOfCompanies } from './contacts.ts';
import { createLimiter } from './limiter.ts';
import { findMarkedTasks, readMarkedTasks } from './marked-tasks.ts';
import { createNotes, findNotesByKey, updateNotes } from './notes.ts';
import { toAppError } from './outcome.ts';
import { readAccountDetails, readOwners } from './owners.ts';
import { createPortalClient, type CallFact, type PortalClient } from './portal-client.ts';
import { provisionCompanyProperties, readCallDispositions, readLifecycleStages } from './properties.ts';
import { probeTaskKeyMode } from './task-key-probe.ts';
import { findTasksByKey } from './task-keys.ts';
import { archiveTasks, createTasks, readTasks, readTaskTexts, updateTasks } from './tasks.ts';
import { readQuarterLog } from './quarter-log.ts';
import { createTokenEndpoint, type TokenEndpointConfig } from './token-endpoint.ts';
import { createPortalTokens, type PortalTokens, type TokenLost } from './tokens.ts';

export type GatewayDeps = ClientConfig &
  TokenEndpointConfig & {
    /** By it HubSpot names this app as the source of what it made. */
    readonly appId: number;
    readonly vault: TokenVault;
    readonly budget: BudgetStore;
    readonly clock: Clock;
    readonly sleep: (ms: number) => Promise<void>;
    readonly log: Log;
    /** Told once HubSpot says that the account took the app away; never for a fault of ours. */
    readonly onTokenLost?: TokenLost | undefined;
    /** Share of the backoff that is random, 0 to 1; Math.random where left out. */
    readonly random?: (() => number) | undefined;
    /** Time on the wire for one call, 30 s where left out. */
    readonly deadlineMs?: number | undefined;
    /** Told of every try of every call, for metrics and measurements. */
    readonly onCall?: ((fact: CallFact) => void) | undefined;
  };

/** HubSpot as the use cases know it. Throws internal where the base URL is not on the allow-list. */
export function createHubSpotGateway(deps: GatewayDeps): HubSpotGateway {
  const wire = createHubSpotClient(deps);
  const tokens = createPortalTokens({ ...deps, endpoint: createTokenEndpoint(deps, wire, deps.clock) });
  const client = createPortalClient({ ...deps, client: wire, tokens, limiter: createLimiter(deps) });
  return {
    accountDetails: (portalId) => readAccountDetails(client, portalId),
    owners: (portalId) => readOwners(client, portalId),
    maxBatch: MAX_BATCH,
    companyPages: (portalId, stages, afterId) =>
      readCompanyPages(client, deps.log, portalId, stages, afterId),
    companiesOutside: (portalId, stages, limit) => readCompaniesOutside(client, portalId, stages, limit),
    companiesById: (portalId, ids) => readCompanies(client, portalId, ids),
    contactsOfCompanies: (portalId, ids, priority) =>
      readContactsOfCompanies(client, portalId, ids, priority),
    contactsById: (portalId, ids) => readContacts(client, portalId, ids),
    provisionProperties: (portalId) => provisionCompanyProperties(client, portalId),
    probeTaskKeyMode: (portalId, onTask) => probeTaskKeyMode(client, deps.clock, portalId, onTask),
    createTasks: (portalId, mode, drafts, mayStillLeave) =>
      createTasks(client, portalId, mode, drafts, mayStillLeave),
    findTasksByKey: (portalId, mode, wanted) => findTasksByKey(client, portalId, mode, wanted),
    findMarkedTasks: (portalId, mode, since) => findMarkedTasks(client, deps.log, portalId, mode, since),
    readMarkedTasks: (portalId, mode, wanted, alsoIds) =>
      readMarkedTasks(client, deps.appId, portalId, mode, wanted, alsoIds),
    readTasks: (portalId, ids) => readTasks(client, portalId, ids),
    readTaskTexts: (portalId, ids) => readTaskTexts(client, portalId, ids),
    updateTasks: (portalId, updates) => updateTasks(client, portalId, updates),
    archiveTasks: (portalId, ids) => archiveTasks(client, portalId, ids),
    createNotes: (portalId, drafts, mayStillLeave) => createNotes(client, portalId, drafts, mayStillLeave),
    findNotesByKey: (portalId, wanted) => findNotesByKey(client, portalId, wanted),
    updateNotes: (portalId, updates) => updateNotes(client, portalId, updates),
    updateCompanies: (portalId, updates) => writeCompanyProperties(client, portalId, updates),
    companyLog: (portalId, companyId, window) => readCompanyLog(client, portalId, companyId, window),
    quarterLog: (portalId, window, paths = 'companies') =>
      readQuarterLog({ client, log: deps.log, portalId }, window, { paths }),
    callDispositions: (portalId) => readCallDispositions(client, portalId),
    lifecycleStages: (portalId) => readLifecycleStages(client, portalId),
    uninstall: (portalId) => uninstall(client, tokens, portalId),
  };
}

/** Removes the app from the account, then ends and forgets the token. An account that removed it already is fine. */
async function uninstall(client: PortalClient, tokens: PortalTokens, portalId: PortalId): Promise<void> {
  const path = `/appinstalls/${API_VERSION}/external-install`;
  const outcome = await client.write(portalId, { what: 'uninstall', method: 'DELETE', path });
  const isGone = outcome.kind === 'notInstalled' || (outcome.kind === 'rejected' && outcome.status === 404);
  if (outcome.kind !== 'ok' && !isGone) throw toAppError(outcome, 'uninstall');
  await tokens.forget(portalId);
}
