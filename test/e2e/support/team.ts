import { readyFinding, saveConversation } from '../../../scripts/tour/conversation.ts';
import { callsOf, MIA, portalOf, TOM, type StoryCompany } from '../../../scripts/tour/portal.ts';
import { startComparingProgram, submissionId } from '../../../scripts/tour/setup.ts';
import type { World } from '../../../scripts/tour/world.ts';

/** A team whose program is open for comparison by `FACTS_AT`, with ids that are the same in every portal. */
export const BEGIN = '2026-05-01T15:00:00Z';
export const FACTS_AT = '2026-05-15T15:00:00Z';
export const FACTS_DAY = '2026-05-15';
/** Tom's account, with four calls that the customer will not remember. */
export const HERO = '3001';
/** Mia's account. */
export const OTHER = '3002';
/** More accounts of Tom's, for one write each. */
export const SPARE = ['3010', '3011', '3012', '3013', '3014', '3015', '3016'] as const;

/** Loads and starts a program with all tasks out; every name and text in it carries `mark`. */
export async function startTeam(world: World, portalId: number, mark: string): Promise<void> {
  const company = (id: string, rep: typeof TOM | typeof MIA): StoryCompany => ({
    id,
    name: `${mark} company ${id}`,
    rep,
    contacts: [{ id: `4${id.slice(1)}`, firstName: mark, lastName: `Person${id}`, title: 'Buyer' }],
  });
  const companies = [company(HERO, TOM), company(OTHER, MIA), ...SPARE.map((id) => company(id, TOM))];
  await startComparingProgram(world, portalOf(portalId, companies), { releaseHorizon: 'cycle' });
}

export async function logHeroCalls(world: World, portalId: number): Promise<void> {
  const calls = ['11', '12', '13', '14'].map((day) => ({
    id: `50${day}`,
    at: `2026-05-${day}T15:20:00Z`,
    by: TOM,
    companyId: HERO,
    contactId: '4001',
  }));
  await world.control.load(callsOf(portalId, calls), 'merge');
}

export type Heard = {
  readonly checkInId: string;
  readonly findingId: string;
  readonly promiseId: string;
  readonly undoUntil: string;
};

/** The manager hears somebody who remembers no contact, and promises a visit. */
export async function hear(world: World, portalId: number, companyId: string, words: string): Promise<Heard> {
  const { saved } = await saveConversation(world, portalId, {
    companyId,
    contactId: `4${companyId.slice(1)}`,
    name: 'Pat Person',
    words,
    happenedOn: FACTS_DAY,
    recall: { recency: 'NEVER', count: '0' },
  });
  const { promise } = await world.as(portalId, 6101).ask('openIssue', {
    body: {
      submissionId: submissionId(),
      companyId,
      checkInId: saved.checkInId,
      title: `${words} issue`,
      promise: { what: `${words} promise`, dueOn: '2026-05-29' },
    },
  });
  const findingId = saved.findingId ?? '';
  await readyFinding(world, portalId, 6101, findingId);
  return {
    checkInId: saved.checkInId,
    findingId,
    promiseId: promise?.promiseId ?? '',
    undoUntil: saved.undoUntil ?? '',
  };
}
