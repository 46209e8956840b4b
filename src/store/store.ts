import type { BudgetStore, TokenVault } from '../usecases/ports.ts';
import type { Store } from '../usecases/store-port.ts';
import { audit } from './audit.ts';
import { createBudgetStore, quota } from './budget.ts';
import { checkIns } from './check-ins.ts';
import { companies } from './companies.ts';
import { counts } from './counts.ts';
import type { Database } from './database.ts';
import { drafts } from './drafts.ts';
import { exportLinks } from './exports.ts';
import { findings } from './findings.ts';
import { inbox } from './inbox.ts';
import { kudos } from './kudos.ts';
import { leases } from './leases.ts';
import { leaves } from './leaves.ts';
import { measuredRecall } from './measured-recall.ts';
import { outbox } from './outbox.ts';
import { patterns, teamTests } from './patterns.ts';
import { people } from './people.ts';
import { preferences } from './preferences.ts';
import { createPortalStore } from './portals.ts';
import { programs } from './programs.ts';
import { promises } from './promises.ts';
import { reads } from './reads.ts';
import { renewSeals, type RenewedSeals } from './renew-seals.ts';
import { createSecrets } from './secrets.ts';
import { submissions } from './submissions.ts';
import { createSystemStore } from './system.ts';
import { touches } from './touches.ts';
import { inTenant } from './transact.ts';
import { createVault } from './vault.ts';

export type WholeStore = Store & {
  readonly vault: TokenVault;
  readonly budget: BudgetStore;
  /** For a start, before anything is opened. @throws AppError `invalid_input` where the keys open nothing of what is stored */
  renewSeals(isKeyLost?: boolean): Promise<RenewedSeals>;
};

export type StoreKeys = {
  /** 32 bytes, base64. */
  readonly masterKey: string;
  /** The key before it, which still opens what it sealed. */
  readonly previousMasterKey?: string | undefined;
};

/**
 * Builds every store on one open, migrated database.
 * @throws AppError `invalid_input` where a key is not 32 bytes of base64
 */
export function createStore(database: Database, keys: StoreKeys): WholeStore {
  const secrets = createSecrets(keys.masterKey, keys.previousMasterKey);
  return {
    inTenant: (portalId, work) => inTenant(database, portalId, work),
    reads,
    portals: createPortalStore(secrets),
    people,
    programs,
    companies,
    touches,
    checkIns,
    findings,
    recall: measuredRecall,
    counts,
    teamTests,
    patterns,
    leaves,
    exports: exportLinks,
    promises,
    kudos,
    preferences,
    drafts,
    outbox,
    inbox,
    audit,
    submissions,
    leases,
    quota,
    system: createSystemStore(database),
    vault: createVault(database, secrets),
    budget: createBudgetStore(database),
    renewSeals: (isKeyLost) => renewSeals(database, secrets, isKeyLost),
    close: () => database.close(),
  };
}
