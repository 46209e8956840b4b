import { generatePortal } from './generate-portal.ts';
import type { HabitName, OwnerSpec } from './portal-people.ts';
import type { SeededPortal } from './portal-truth.ts';
import { teamStories } from './story-accounts.ts';

/** Under this number the spread puts the first account of every list on the first day of the sandbox. */
export const seedTeamPortalId = 4100048;

function person(place: number, firstName: string, lastName: string, habit: HabitName | null): OwnerSpec {
  return {
    ownerId: String(771_204_410 + place * 13),
    userId: 62_881_300 + place * 7,
    email: `${firstName}.${lastName}@acme-industrial.example.com`.toLowerCase(),
    firstName,
    lastName,
    habit,
  };
}

const manager: OwnerSpec = { ...person(0, 'Ana', 'Keller', null), superAdmin: true };
const successor = person(7, 'Nina', 'Patel', 'excellent');
const reps: readonly [OwnerSpec, ...OwnerSpec[]] = [
  person(1, 'Tom', 'Baker', 'steady'),
  person(2, 'Maria', 'Jensen', 'excellent'),
  person(3, 'Luis', 'Ortega', 'steady'),
  person(4, 'Grace', 'Kim', 'excellent'),
  person(5, 'Ben', 'Hollis', 'underLogs'),
  person(6, 'Rachel', 'Stein', 'underLogs'),
  successor,
];
const departed: OwnerSpec = { ...person(8, 'Greg', 'Lawson', 'steady'), archived: true };

/**
 * The portal of a team: Ana Keller manages seven reps with 60 customers each; 60 recent prospects; four months of log.
 * The first account of every list is Cedar Falls Packaging, which nobody called although the log says so.
 * @param options.now the end of the history; every date is relative to it
 */
export function seedTeam(options: { now: Date }): SeededPortal {
  return generatePortal({
    seed: 'seed-team',
    portalId: seedTeamPortalId,
    name: 'Acme Industrial Supply',
    timeZone: 'America/Chicago',
    now: options.now,
    manager,
    reps,
    customersPerRep: 60,
    prospects: 60,
    handover: { from: departed, toOwnerId: successor.ownerId, ageDays: 41, storyAgeDays: 8 },
    stories: teamStories,
  });
}
