import type { LocalDay, OwnerId, UserId } from '../core/model.ts';
import type { TenantScope } from './records.ts';

/** Days on which a rep does not work, both included. */
export type Leave = {
  readonly leaveId: string;
  readonly ownerId: OwnerId;
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  readonly enteredBy: UserId;
  readonly enteredAt: Date;
};

export interface LeaveStore {
  add(scope: TenantScope, leave: Leave): Promise<void>;
  find(scope: TenantScope, leaveId: string): Promise<Leave | null>;
  /** Standing leave of one rep that reaches this day or goes on after it, the earliest first. */
  ofOwner(scope: TenantScope, ownerId: OwnerId, fromDay: LocalDay): Promise<readonly Leave[]>;
  /** Standing leave of everyone that reaches this day or goes on after it, the earliest first. */
  all(scope: TenantScope, fromDay: LocalDay): Promise<readonly Leave[]>;
  remove(scope: TenantScope, leaveId: string, at: Date): Promise<void>;
}
