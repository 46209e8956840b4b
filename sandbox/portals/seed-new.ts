import { generatePortal } from './generate-portal.ts';
import type { OwnerSpec } from './portal-people.ts';
import type { SeededPortal } from './portal-truth.ts';

const seedNewPortalId = 4100003;

const manager: OwnerSpec = {
  ownerId: '803117601',
  userId: 70_412_701,
  email: 'rosa.lind@juniper-office.example.com',
  firstName: 'Rosa',
  lastName: 'Lind',
  habit: null,
  superAdmin: true,
};
const rep = (number: number, firstName: string, lastName: string): OwnerSpec => ({
  ownerId: String(803_117_601 + number),
  userId: 70_412_701 + number,
  email: `${firstName}.${lastName}@juniper-office.example.com`.toLowerCase(),
  firstName,
  lastName,
  habit: 'steady',
});

/**
 * The portal that the app was never installed in: for whoever follows the admin guide from its first line.
 * @param options.now the end of the history; every date is relative to it
 */
export function seedNew(options: { now: Date }): SeededPortal {
  return generatePortal({
    seed: 'seed-new',
    portalId: seedNewPortalId,
    name: 'Juniper Office Supply',
    timeZone: 'America/Chicago',
    now: options.now,
    manager,
    reps: [rep(1, 'Owen', 'Pratt'), rep(2, 'Lucy', 'Haas')],
    customersPerRep: 12,
    prospects: 6,
    handover: null,
    stories: [],
  });
}
