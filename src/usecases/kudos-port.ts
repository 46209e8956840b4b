import type { Preference } from '../core/feedback/preference.ts';
import type { CompanyId, ContactId, OwnerId, UserId } from '../core/model.ts';
import type { ContactRecord } from './hubspot-port.ts';
import type { TenantScope } from './records.ts';

/** Thanks to a named colleague, in the customer's words. */
export type Kudos = {
  readonly kudosId: string;
  readonly checkInId: string;
  readonly companyId: CompanyId;
  readonly toOwnerId: OwnerId;
  readonly words: string;
  readonly givenBy: UserId;
  readonly givenAt: Date;
  /** Until then its check-in can be undone, and nobody but the giver sees it. */
  readonly releasesAt: Date;
};

/** As read: with the name of whoever said it, empty once that person was erased. */
export type KudosHeard = Kudos & { readonly respondentName: string };

export interface KudosStore {
  add(scope: TenantScope, kudos: Kudos): Promise<void>;
  /** Newest first, whether or not they are released. */
  ofCompany(scope: TenantScope, companyId: CompanyId, limit: number): Promise<readonly KudosHeard[]>;
  /** Released thanks to any of these people, newest first. */
  releasedTo(
    scope: TenantScope,
    ownerIds: readonly OwnerId[],
    now: Date,
    limit: number,
  ): Promise<readonly KudosHeard[]>;
  /** Takes those of a check-in back and returns them. */
  removeOf(scope: TenantScope, checkInId: string): Promise<readonly Kudos[]>;
}

export type NotedPreference = Preference & {
  readonly contactId: ContactId;
  readonly notedBy: UserId;
  readonly notedAt: Date;
  /** The check-in it was noted with; null where it came another way. */
  readonly checkInId: string | null;
};

export interface PreferenceStore {
  find(scope: TenantScope, contactId: ContactId): Promise<NotedPreference | null>;
  /** Replaces the contact's wish; those that were noted since the instant, and the one before them, can stand again. */
  save(scope: TenantScope, noted: NotedPreference, undoableSince: Date): Promise<void>;
  /**
   * Takes back the wish noted with this check-in and returns it: what was wished before and after it stays, the latest of it
   * stands.
   */
  undoOf(scope: TenantScope, checkInId: string): Promise<NotedPreference | null>;
}

/** A contact as stored, with what they wish about being asked. */
export type StoredContact = ContactRecord & {
  readonly preference: Preference | null;
  /** A try to reach them for a call that is still to be made met the wrong person. */
  readonly isWrongPerson: boolean;
};
