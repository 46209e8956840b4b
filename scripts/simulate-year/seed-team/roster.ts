/** The seed team's reps with what each of them really does, which only the simulation knows. */
import type { SeededPortal } from '../../../sandbox/portals/portal-truth.ts';
import { createRandom, sampled, type Random } from '../../../src/core/random.ts';
import type { Account, Surroundings } from '../account.ts';
import { REP_STATES, type RepState } from '../teams.ts';

/** In the order of the portal's owners: five honest reps, one who leaves half of the customers alone, and one a fifth. */
const STATES: readonly RepState[] = [
  'honest',
  'honest',
  'neglectsHalf',
  'honest',
  'neglectsFifth',
  'sprinklesFifth',
  'honest',
];
const MEAN_TOUCHES = [3, 5, 8] as const;

/** Assumptions about these customers' memory, from the middle of the box, and about the team's phones. */
export const SEED_SURROUNDINGS: Surroundings = {
  recall: { forget: 0.1, colleague: 0.1, sigma: 0.45, delta: 0.5, rho: 0 },
  confirmedShare: 0.1,
};

export type SeedContact = { readonly id: string; readonly name: string };
export type SeedAccount = Account & { readonly contacts: readonly [SeedContact, SeedContact] };
export type SeedRep = {
  readonly ownerId: string;
  readonly userId: number;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly state: RepState;
  readonly accounts: readonly SeedAccount[];
};

/** Returns the reps, each with so many customers that have two people to ask. */
export function seedRoster({ document, truth }: SeededPortal, accounts: number, seed: string): SeedRep[] {
  const random = createRandom(`${seed}/roster`);
  const contactsOf = contactsByCompany(document);
  const owners = document.owners.filter(({ id, archived }) => !archived && id !== truth.managerOwnerId);
  return owners.map(({ id, userId, email, firstName, lastName }, place) => {
    const state = STATES[place] ?? 'honest';
    const served = truth.accounts.filter(({ repOwnerId }) => repOwnerId === id);
    const withTwo = served.flatMap(({ companyId }) => {
      const [first, second] = contactsOf.get(companyId) ?? [];
      return first === undefined || second === undefined
        ? []
        : [{ companyId, contacts: [first, second] as const }];
    });
    const chosen = sampled(withTwo, accounts, random);
    return {
      ownerId: id,
      userId: userId ?? 0,
      email,
      firstName,
      lastName,
      state,
      accounts: chosen.map((one, index) => ({ ...one, ...howServed(state, index, chosen.length, random) })),
    };
  });
}

function howServed(state: RepState, index: number, of: number, random: Random) {
  const { neglectedAccounts, sprinkledCalls } = REP_STATES[state];
  const isNeglected = index < Math.round(neglectedAccounts * of);
  return {
    meanTouches: MEAN_TOUCHES[random.below(MEAN_TOUCHES.length)] ?? 3,
    tookPlace: isNeglected ? 0 : 1 - sprinkledCalls,
  };
}

function contactsByCompany(document: SeededPortal['document']): Map<string, SeedContact[]> {
  const names = new Map(
    (document.objects['contacts'] ?? []).map(({ id, properties }) => [
      id,
      `${properties['firstname'] ?? ''} ${properties['lastname'] ?? ''}`.trim(),
    ]),
  );
  const found = new Map<string, SeedContact[]>();
  for (const { from, to } of document.associations) {
    if (from.type !== 'contacts' || to.type !== 'companies') continue;
    const known = found.get(to.id) ?? [];
    // A contact may hang on its company by several types of association.
    if (known.some(({ id }) => id === from.id)) continue;
    found.set(to.id, [...known, { id: from.id, name: names.get(from.id) ?? 'Customer' }]);
  }
  return found;
}
