import type { ExportKind, UserId } from '../core/model.ts';
import type { TenantScope } from './records.ts';
import type { FindingLater, FindingResult } from './finding-records.ts';

export type ExportLink = {
  readonly exportId: string;
  /** SHA-256 of the secret in the link, hex. */
  readonly tokenHash: string;
  readonly kind: ExportKind;
  readonly requestedBy: UserId;
  readonly expiresAt: Date;
};

/** A finding as an export needs it. */
export type ExportedFinding = {
  readonly findingId: string;
  readonly result: FindingResult;
  readonly later: FindingLater | null;
  readonly supported: boolean;
  /** When its rep asked the auditor about a reply that was not accepted. */
  readonly askedAuditorAt: Date | null;
};

export interface ExportStore {
  /** Keeps the first time. */
  askAuditor(scope: TenantScope, findingId: string, at: Date): Promise<void>;
  askedAuditorAt(scope: TenantScope, findingId: string): Promise<Date | null>;
  add(scope: TenantScope, link: ExportLink): Promise<void>;
  /** The link of the secret, once: null where it is unknown, used or over. */
  use(scope: TenantScope, tokenHash: string, now: Date): Promise<ExportLink | null>;
  /** Findings that were made and are in no reply window, of check-ins that stand, by ascending id, ≤ limit. */
  findings(scope: TenantScope, afterFindingId: string, limit: number): Promise<readonly ExportedFinding[]>;
}
