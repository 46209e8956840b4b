/** The rules of a program, as one version of them is stored; the contract's programSettings. */
export type ProgramSettings = {
  readonly openness: 'listeningOnly' | 'listenAndCompare' | null;
  readonly lifecycleStages: readonly string[];
  readonly combineBranches: boolean;
  readonly checkInsPerWeek: number;
  readonly managers: readonly { readonly managerUserId: number; readonly repOwnerIds: readonly string[] }[];
  readonly holidayCountry: string;
  readonly holidayRegion: string | null;
  readonly replyWindowBusinessDays: number;
  readonly releaseHorizon: number | 'cycle';
  /** Month in which the account's year begins, 1 to 12; the cycles are its quarters. */
  readonly fiscalStartMonth: number;
  readonly trustedSources: readonly { readonly label: string; readonly detail: string }[];
  readonly dispositionMeanings: Readonly<Record<string, 'live' | 'attempt' | 'open'>>;
  readonly secondManagerUserId: number | null;
  readonly auditorUserId: number | null;
};
