/** Who sees a finding. Whatever is not named here is denied. */
import type { BusinessCalendar } from '../cadence/business-days.ts';
import { lastDayOfWindow } from '../cadence/business-days.ts';
import type { LocalDay } from '../model.ts';

/** windowOpen: the rep's reply window still runs. settled: it is over. */
export type FindingPhase = 'windowOpen' | 'settled';

type FindingViewer = {
  readonly isRepOfRecord: boolean;
  /** The manager who made this call. */
  readonly isCallingManager: boolean;
  readonly isManagerOfRep: boolean;
};

type FindingQuestion = {
  readonly severity: 0 | 1 | 2 | 3;
  readonly state: FindingPhase;
  readonly viewer: FindingViewer;
};

/**
 * True where a person may see that a finding exists and what it says. The rep of record always may; the manager who called may
 * see severity 0 to 2 at once; another manager of the rep only when the window is over, for severity 0 too, since findings that
 * appear at different times would tell which of them differ. A pattern (severity 3) is opened by two managers together, which
 * this question does not know, so here only the rep sees it.
 */
export function canSeeFinding({ severity, state, viewer }: FindingQuestion): boolean {
  if (viewer.isRepOfRecord) return true;
  if (severity === 3) return false;
  if (viewer.isCallingManager) return true;
  return viewer.isManagerOfRep && state === 'settled';
}

type WindowInput = {
  /** The day of notice, in the portal's zone. */
  readonly noticedOn: LocalDay;
  readonly windowBusinessDays: number;
  readonly today: LocalDay;
  readonly cal: BusinessCalendar;
};

/** Returns whether the window of a finding still runs; it is the same for every severity, whether or not anyone can reply. */
export function findingPhase({ noticedOn, windowBusinessDays, today, cal }: WindowInput): FindingPhase {
  return today <= lastDayOfWindow(noticedOn, windowBusinessDays, cal) ? 'windowOpen' : 'settled';
}
