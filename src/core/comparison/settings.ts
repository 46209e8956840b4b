/** The numbers that a comparison runs under. */

/** Recall error and thresholds of one portal. Chances are shares of 1; sigma is a deviation of log days. */
export type Settings = {
  /** Chance that one touch with the respondent is not recalled: forgotten or held with a colleague. */
  readonly q: number;
  /** Correlation of misses within one respondent, 0 to below 1. */
  readonly rho: number;
  /** Standard deviation of ln(recalled age / true age). */
  readonly sigma: number;
  /** Highest recall chance at which two answers may count as differing from the log. */
  readonly alpha: number;
  /** Fewest touch-days with the respondent for a firm difference, 3 or more. */
  readonly floor: number;
};

/** Changes whenever the same input could give another finding. */
export const METHOD_VERSION = '1.0.0';

/** C: cautious, until the portal has measured its own recall error. q = 1 − (1 − 0.25)(1 − 0.10). */
export const CAUTIOUS_SETTINGS: Settings = { q: 0.325, rho: 0, sigma: 0.55, alpha: 0.015, floor: 3 };

/** M: the reference measured portal. q = 1 − (1 − 0.10)(1 − 0.10). */
export const MEASURED_SETTINGS: Settings = { q: 0.19, rho: 0, sigma: 0.45, alpha: 0.015, floor: 3 };

/** No settings make a firm difference of fewer touch-days with the respondent: one or two are easy to forget. */
export const LOWEST_FLOOR = 3;

/** The named settings, as exported records and reports call them. */
export const NAMED_SETTINGS = { C: CAUTIOUS_SETTINGS, M: MEASURED_SETTINGS } as const;

/** How far back a comparison reads, in days. */
export const LOOK_BACK_DAYS = 182;

/** Touches of this age or younger are counted, in days: the "last three months" of the second recall item. */
export const COUNTED_DAYS = 90;
