/** The gate of a rep: before it opens, check-ins about that rep's accounts are plain listening, whatever the caller sends. */
import type { BusinessCalendar } from '../cadence/business-days.ts';
import { gateOpensOn } from '../cadence/business-days.ts';
import type { LocalDay } from '../model.ts';

/** Null until the admin chose; until then the program listens only. */
export type Openness = 'listeningOnly' | 'listenAndCompare' | null;

export type GateState = 'listeningOnly' | 'notAnnounced' | 'needsAcknowledgement' | 'waiting' | 'open';

export type Gate = {
  readonly state: GateState;
  /** First day on which the rep's accounts may be compared; null while it is not known. */
  readonly opensOn: LocalDay | null;
};

type GateInput = {
  readonly openness: Openness;
  /** The first announcement to the reps, as a day in the portal's zone. */
  readonly announcement: {
    readonly announcedOn: LocalDay;
    /** The day from which, as the reps were told, answers may be compared. */
    readonly startsOn?: LocalDay;
  } | null;
  /** When this rep acknowledged it. */
  readonly acknowledgedOn: LocalDay | null;
  readonly today: LocalDay;
  readonly cal: BusinessCalendar;
};

/** Returns how far one rep's gate is: announced, five full business days over and acknowledged by that rep, it is open. */
export function gateFor({ openness, announcement, acknowledgedOn, today, cal }: GateInput): Gate {
  if (openness !== 'listenAndCompare') return { state: 'listeningOnly', opensOn: null };
  if (announcement === null) return { state: 'notAnnounced', opensOn: null };
  if (acknowledgedOn === null) return { state: 'needsAcknowledgement', opensOn: null };
  const told = gateOpensOn(announcement.announcedOn, acknowledgedOn, cal);
  const startsOn = announcement.startsOn ?? told;
  const opensOn = startsOn > told ? startsOn : told;
  return { state: today >= opensOn ? 'open' : 'waiting', opensOn };
}
