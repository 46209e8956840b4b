import type { PortalDocument, PortalOwner } from '../portal-document.ts';
import type { PortalSettings } from './settings.ts';

/** One earlier or present value of a property; lists of them are newest first. */
export interface HistoryEntry {
  readonly value: string;
  readonly timestamp: string;
  readonly sourceType?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly updatedByUserId?: number | undefined;
}

/** A CRM record. Never changed in place: a change makes a new one, so that an old version can still be shown. */
export interface StoredObject {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archived: boolean;
  readonly archivedAt?: string | undefined;
  readonly history?: Readonly<Record<string, readonly HistoryEntry[]>> | undefined;
}

export interface RecordRef {
  readonly type: string;
  readonly id: string;
}

/** A link as seen from one of its two records. */
export interface AssociationLink {
  readonly to: RecordRef;
  readonly typeIds: readonly number[];
}

export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';

export interface PropertyDefinition {
  readonly name: string;
  readonly label: string;
  readonly groupName: string;
  readonly type: PropertyType;
  readonly fieldType: string;
  readonly description?: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  readonly hasUniqueValue: boolean;
  /** Set by the server alone: a client that sends it gets READ_ONLY_VALUE. */
  readonly readOnly: boolean;
  readonly hubspotDefined: boolean;
  readonly createdAt?: string;
}

export interface PropertyGroup {
  readonly name: string;
  readonly label: string;
  readonly displayOrder: number;
}

export interface AppInstall {
  readonly userId: number;
  readonly scopes: readonly string[];
  readonly installedAt: string;
}

/** What a record looked like before a change: search shows it until the index has caught up. */
export interface PreImage {
  readonly type: string;
  readonly id: string;
  readonly before: StoredObject | null;
  readonly changedAtMs: number;
}

/** What records are sorted by; null stands last. */
export type SortKey = number | string | null;

export interface IndexEntry {
  readonly id: number;
  readonly key: SortKey;
}

/** Which records an index holds and in what order. */
export interface IndexSpec {
  /** Tells the index from others of its type: the same name stands for the same records in the same order. */
  readonly name: string;
  readonly matches: (object: StoredObject) => boolean;
  readonly keyOf: (object: StoredObject) => SortKey;
  readonly descending: boolean;
}

/** The matching records of one type in their order, kept in step with every change. */
export interface SortedIndex {
  readonly spec: IndexSpec;
  readonly entries: IndexEntry[];
}

/** One HubSpot account in memory. Only `state.ts` changes it, by applying changes. */
export interface PortalState {
  readonly portalId: number;
  readonly name: string;
  readonly timeZone: string;
  readonly uiDomain: string;
  readonly owners: PortalOwner[];
  readonly callDispositions: PortalDocument['callDispositions'];
  readonly objects: Map<string, Map<string, StoredObject>>;
  readonly links: Map<string, Map<string, AssociationLink[]>>;
  readonly mergedInto: Map<string, Map<string, string>>;
  readonly properties: Map<string, Map<string, PropertyDefinition>>;
  readonly groups: Map<string, Map<string, PropertyGroup>>;
  readonly uniqueValues: Map<string, Map<string, string[]>>;
  readonly lastIds: Map<string, number>;
  readonly preImages: PreImage[];
  /** Sorted answers to searches by type, then by the question; they follow from the records and are in no journal. */
  readonly indexes: Map<string, Map<string, SortedIndex>>;
  settings: PortalSettings;
  install: AppInstall | null;
}

export interface AccessToken {
  /** null: a client-credentials token that belongs to the app, not to a portal. */
  readonly portalId: number | null;
  readonly userId: number | null;
  readonly scopes: readonly string[];
  readonly expiresAt: string;
}

export interface RefreshToken {
  readonly portalId: number;
  readonly userId: number;
  readonly scopes: readonly string[];
}

export interface AuthorizationCode extends RefreshToken {
  readonly redirectUri: string;
  readonly expiresAt: string;
}

/** One step of the state's history: what the journal on disk holds. Applying the same steps again gives the same state. */
export type Change =
  | { readonly op: 'portal'; readonly document: PortalDocument }
  | { readonly op: 'portalReference'; readonly portalId: number; readonly reference: unknown }
  | { readonly op: 'portalMerge'; readonly document: PortalDocument }
  | { readonly op: 'portalRemoved'; readonly portalId: number }
  | { readonly op: 'object'; readonly portalId: number; readonly type: string; readonly object: StoredObject }
  | { readonly op: 'purge'; readonly portalId: number; readonly type: string; readonly id: string }
  | {
      readonly op: 'link';
      readonly portalId: number;
      readonly from: RecordRef;
      readonly to: RecordRef;
      /** Association type ids as seen from `from`; with `remove`, the ones taken away (none named: all). */
      readonly typeIds: readonly number[];
      readonly remove?: true;
    }
  | {
      readonly op: 'merged';
      readonly portalId: number;
      readonly type: string;
      readonly fromId: string;
      readonly intoId: string;
    }
  | {
      readonly op: 'property';
      readonly portalId: number;
      readonly type: string;
      readonly definition: PropertyDefinition;
    }
  | {
      readonly op: 'propertyRemoved';
      readonly portalId: number;
      readonly type: string;
      readonly name: string;
    }
  | { readonly op: 'group'; readonly portalId: number; readonly type: string; readonly group: PropertyGroup }
  | { readonly op: 'settings'; readonly portalId: number; readonly settings: PortalSettings }
  | { readonly op: 'install'; readonly portalId: number; readonly install: AppInstall | null }
  | { readonly op: 'accessToken'; readonly token: string; readonly grant: AccessToken | null }
  | { readonly op: 'refreshToken'; readonly token: string; readonly grant: RefreshToken | null }
  | { readonly op: 'code'; readonly code: string; readonly grant: AuthorizationCode | null }
  | { readonly op: 'clock' }
  | { readonly op: 'extra'; readonly key: string; readonly value: unknown };

/** What happened to a portal, as its webhooks and its lifecycle journal tell it. */
export interface Mutation {
  readonly portalId: number;
  readonly kind:
    | 'creation'
    | 'deletion'
    | 'restore'
    | 'merge'
    | 'propertyChange'
    | 'associationChange'
    | 'privacyDeletion'
    | 'install'
    | 'uninstall';
  /** Plural name; 'apps' for install and uninstall. */
  readonly objectType: string;
  readonly objectId: string;
  readonly propertyName?: string;
  readonly propertyValue?: string;
  readonly fromObjectId?: string;
  readonly toObjectId?: string;
  readonly toObjectType?: string;
  readonly associationTypeId?: number;
  readonly associationRemoved?: boolean;
  readonly primaryObjectId?: string;
  readonly mergedObjectIds?: readonly string[];
  readonly newObjectId?: string;
  readonly occurredAt: Date;
  readonly changeSource: string;
  readonly sourceId?: string;
}
