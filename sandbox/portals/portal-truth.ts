import type { PortalDocument } from '../portal-document.ts';

/** When somebody last spoke with the customer: days 0–7, 8–30, 31–60, 61–90, 91–182, 183 and more, never, don't know. */
export type RecencyBand = 'W1' | 'W4' | 'M2' | 'M3' | 'M6' | 'LONG' | 'NEVER' | 'DK';
/** How many times in the last three months. */
export type CountBand = '0' | '1' | '2' | '3-5' | '6+' | 'DK';

/** What really goes on at an account, which no log can tell. */
export type AccountKind =
  /** The rep calls, and logs it. */
  | 'wellServed'
  /** The rep calls more than the log shows. */
  | 'underLogged'
  /** Contact took place and machines recorded some of it; the customer does not remember. */
  | 'forgetful'
  /** Contact took place with somebody else at the company. */
  | 'anotherContact'
  /** The contact that HubSpot knows has left the company. */
  | 'changedJobs'
  /** A former rep's account, handed to another rep. */
  | 'inherited'
  /** Nobody called for three months, and nobody says otherwise. */
  | 'quiet'
  /** The customer is not sure. */
  | 'unsure'
  /** The log shows conversations that never took place. */
  | 'neverServed';

/** What a person at the account would say today. */
export type CustomerAnswer = {
  readonly contactId: string;
  readonly words: string;
  readonly recency: RecencyBand;
  readonly count: CountBand;
  readonly unsure: boolean;
  /** The contact has left or changed jobs. */
  readonly stale: boolean;
};

/** A conversation that took place, logged or not. */
export type RealTouch = {
  /** Local date, YYYY-MM-DD. */
  readonly on: string;
  readonly ageDays: number;
  readonly contactId: string;
  /** The call or meeting that records it; null when nobody logged it. */
  readonly activityId: string | null;
};

export type AccountTruth = {
  readonly companyId: string;
  readonly companyName: string;
  readonly repOwnerId: string;
  readonly kind: AccountKind;
  /** The worked story this account plays, 1 to 4. */
  readonly story: number | null;
  /** Newest first. */
  readonly realTouches: readonly RealTouch[];
  /** Ids of logged calls behind which there was no conversation. */
  readonly unservedCallIds: readonly string[];
  readonly answer: CustomerAnswer;
  /** What another person there would say, where that matters. */
  readonly secondAnswer: CustomerAnswer | null;
  /** The verdict under the cautious setting, where the account is built to give exactly one. */
  readonly expectedVerdict: string | null;
};

/** The truth beside a document: for tests, the tour and the demo, never for the app. */
export type PortalTruth = {
  readonly portalId: number;
  readonly managerOwnerId: string;
  readonly installerUserId: number;
  readonly departedOwnerId: string | null;
  /** Customers only, in the order of the document. */
  readonly accounts: readonly AccountTruth[];
};

export type SeededPortal = { readonly document: PortalDocument; readonly truth: PortalTruth };

/** The band that an exact memory of the newest conversation gives; null means never. */
export function recencyBandOf(newestAgeDays: number | null): RecencyBand {
  if (newestAgeDays === null) return 'NEVER';
  if (newestAgeDays <= 7) return 'W1';
  if (newestAgeDays <= 30) return 'W4';
  if (newestAgeDays <= 60) return 'M2';
  if (newestAgeDays <= 90) return 'M3';
  return newestAgeDays <= 182 ? 'M6' : 'LONG';
}

/** The band of an exact count of conversations in the last 90 days. */
export function countBandOf(count: number): CountBand {
  if (count >= 6) return '6+';
  if (count >= 3) return '3-5';
  return count === 2 ? '2' : count === 1 ? '1' : '0';
}
