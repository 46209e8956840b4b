import type { PortalOwner } from '../portal-document.ts';
import type { Person } from './activity-records.ts';

/** How a rep works and writes things down. Shares are 0 to 1. */
export type Habit = {
  /** Real conversations with an account in the whole history. */
  readonly touches: readonly [low: number, high: number];
  /** Share of conversations that are meetings rather than calls. */
  readonly meetingShare: number;
  /** Share of calls that go through HubSpot's dialer. */
  readonly dialerShare: number;
  /** Share of meetings that the connected calendar records. */
  readonly calendarShare: number;
  /** Share of conversations that reach the log at all. */
  readonly loggedShare: number;
  /** Minutes from a conversation to a hand-made record. */
  readonly logDelayMinutes: readonly [low: number, high: number];
};

export const habits = {
  excellent: {
    touches: [5, 8],
    meetingShare: 0.3,
    dialerShare: 0.65,
    calendarShare: 0.95,
    loggedShare: 1,
    logDelayMinutes: [1, 25],
  },
  steady: {
    touches: [4, 7],
    meetingShare: 0.2,
    dialerShare: 0.3,
    calendarShare: 0.5,
    loggedShare: 0.96,
    logDelayMinutes: [10, 1_500],
  },
  underLogs: {
    touches: [5, 8],
    meetingShare: 0.35,
    dialerShare: 0.1,
    calendarShare: 0.2,
    loggedShare: 0.4,
    logDelayMinutes: [120, 12_900],
  },
} as const satisfies Record<string, Habit>;

export type HabitName = keyof typeof habits;

export type OwnerSpec = Person & {
  /** A manager who serves no account has none. */
  readonly habit: HabitName | null;
  readonly archived?: boolean;
  readonly superAdmin?: boolean;
  readonly locale?: string;
};

export const midwestTeam = { id: '38104421', name: 'Midwest', primary: true } as const;

/** The owner as the portal document has it. */
export function ownerEntry(owner: OwnerSpec): PortalOwner {
  return {
    id: owner.ownerId,
    email: owner.email,
    firstName: owner.firstName,
    lastName: owner.lastName,
    userId: owner.userId,
    type: 'PERSON',
    archived: owner.archived ?? false,
    teams: owner.archived === true ? [] : [midwestTeam],
    superAdmin: owner.superAdmin ?? false,
    locale: owner.locale ?? 'en-US',
  };
}
