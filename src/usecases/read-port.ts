import type { CompanyId, CycleLabel, OwnerId, UserId } from '../core/model.ts';
import type { OwnFinding } from './finding-records.ts';
import type { OwnerRecord } from './hubspot-port.ts';
import type { KudosHeard, StoredContact } from './kudos-port.ts';
import type {
  Announcement,
  Attempt,
  CheckIn,
  Company,
  Issue,
  PortalRow,
  Program,
  PromiseRow,
  TenantScope,
  Touch,
} from './records.ts';

/** A portal, its current rules, and its people by name. */
export type PortalRead = {
  readonly portal: PortalRow;
  readonly program: Program | null;
  readonly owners: readonly OwnerRecord[];
};

export type PersonRead = PortalRead & {
  /** True where the user is an owner in HubSpot who has at least one company in scope. */
  readonly ownsCompanies: boolean;
  /** The company asked for; null where it is unknown, or none was. */
  readonly company: Company | null;
};

/** Who was told of the comparison: the first announcement, and when each rep acknowledged it. */
export type GateRead = {
  readonly announcement: Announcement | null;
  readonly acknowledgements: ReadonlyMap<OwnerId, Date>;
};

/** What is stored about one company for its card, in the order in which the single reads give it; nothing of the log. */
export type CompanyRead = GateRead & {
  /** Of the cycle asked for. */
  readonly touch: Touch | null;
  readonly attempts: readonly Attempt[];
  readonly checkIns: readonly CheckIn[];
  readonly contacts: readonly StoredContact[];
  readonly promises: readonly PromiseRow[];
  readonly issues: readonly Issue[];
  readonly kudos: readonly KudosHeard[];
  /** The asker's own that are not settled, or wait for their decision; newest first. */
  readonly findings: readonly OwnFinding[];
  /** The asker's own. */
  readonly draft: Readonly<Record<string, unknown>> | null;
};

export type CompanyAsked = {
  readonly companyId: CompanyId;
  readonly cycle: CycleLabel;
  readonly userId: UserId;
  /** The newest of each, at most. */
  readonly checkIns: number;
  readonly kudos: number;
};

/** What is read together at each click, each in one statement: half of what a click costs is the way to the database and back. */
export interface ReadStore {
  /** Null for an unknown portal. */
  portal(scope: TenantScope): Promise<PortalRead | null>;
  /** The portal as `userId` meets it, beside a company. Null for an unknown portal. */
  person(scope: TenantScope, userId: UserId, companyId: CompanyId | null): Promise<PersonRead | null>;
  company(scope: TenantScope, asked: CompanyAsked): Promise<CompanyRead>;
  gate(scope: TenantScope): Promise<GateRead>;
}
