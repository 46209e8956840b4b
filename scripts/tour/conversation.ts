import assert from 'node:assert/strict';
import type { ReplyOf } from '../../src/http/endpoints.ts';
import { submissionId } from './setup.ts';
import { ANA } from './portal.ts';
import type { World } from './world.ts';

type Recall = { readonly recency: 'NEVER' | 'LONG' | 'W4'; readonly count: '0' | '3-5' };

export type Conversation = {
  readonly companyId: string;
  readonly contactId: string;
  readonly name: string;
  readonly words: string;
  readonly happenedOn: string;
  readonly recall: Recall;
};

const NO_MARKS = { unsure: false, colleague: false, named: false, stale: false } as const;

/** The manager saves what a customer said, as the card does. */
export function saveConversation(
  world: World,
  portalId: number,
  { companyId, contactId, name, words, happenedOn, recall }: Conversation,
): Promise<ReplyOf<'recordCheckIn'>> {
  return world.as(portalId, ANA.userId).ask('recordCheckIn', {
    body: {
      submissionId: submissionId(),
      companyId,
      respondent: { contactId, name },
      asked: true,
      words,
      happenedOn,
      channel: 'phone',
      recall: { ...recall, ...NO_MARKS },
    },
  });
}

/** The finding as this person reads it, once the log was read. */
export async function readyFinding(world: World, portalId: number, userId: number, findingId: string) {
  await world.control.advance(0);
  const { finding } = await world.as(portalId, userId).ask('getFinding', { id: findingId });
  assert.equal(finding.state, 'ready');
  return finding;
}

/** Everyone else gets the one answer of an id that does not exist. */
export async function assertHidden(
  world: World,
  portalId: number,
  findingId: string,
  userIds: readonly number[],
): Promise<void> {
  for (const userId of userIds) {
    const { status, code } = await world.as(portalId, userId).refused('getFinding', { id: findingId });
    assert.deepEqual({ status, code }, { status: 404, code: 'not_found' });
  }
}

/** The manager's card: its kind checked, so that the rest can be read. */
export async function managerCard(world: World, portalId: number, companyId: string) {
  const view = await world.as(portalId, ANA.userId).ask('getCompany', { companyId });
  if (view.role !== 'manager') throw new Error(`The manager got the card of a ${view.role}.`);
  return view;
}

export async function repCard(world: World, portalId: number, userId: number, companyId: string) {
  const view = await world.as(portalId, userId).ask('getCompany', { companyId });
  if (view.role !== 'rep') throw new Error(`The rep got the card of a ${view.role}.`);
  return view;
}
