import { generatePortal } from './generate-portal.ts';
import type { OwnerSpec } from './portal-people.ts';
import type { SeededPortal } from './portal-truth.ts';

export const seedOwnerPortalId = 4100002;

const owner: OwnerSpec = {
  ownerId: '803117502',
  userId: 70_412_663,
  email: 'june.mercer@mercer-labels.example.com',
  firstName: 'June',
  lastName: 'Mercer',
  habit: 'steady',
  superAdmin: true,
};

/**
 * The portal of a person who runs a business alone: installer, manager and rep of all 60 customers.
 * @param options.now the end of the history; every date is relative to it
 */
export function seedOwner(options: { now: Date }): SeededPortal {
  return generatePortal({
    seed: 'seed-owner',
    portalId: seedOwnerPortalId,
    name: 'Mercer Labels',
    timeZone: 'America/Chicago',
    now: options.now,
    manager: owner,
    reps: [owner],
    customersPerRep: 60,
    prospects: 0,
    handover: null,
    stories: [],
  });
}
