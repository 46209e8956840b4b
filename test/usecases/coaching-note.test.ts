import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { OwnerId } from '../../src/core/model.ts';
import { companyView, draftBody, recordCheckInReply } from '../../src/http/contract.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, MANAGER, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const LINES = ['Ask when the dock is free.', 'Then bring the new catalog.', 'Which day suits them?'];
const NOTE = { ownerId: REP.ownerId, text: LINES.join('\n') };

async function release(world: World, afterMinutes = 15): Promise<void> {
  world.clock.advance(afterMinutes * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

async function managerCard(world: World) {
  const view = companyView.parse(await getCompany(world.deps, world.manager, COMPANY));
  if (view.role !== 'manager') throw new Error('This is the manager’s card.');
  return view;
}

async function feedbackOf(world: World, actor: UserActor) {
  const view = companyView.parse(await getCompany(world.deps, actor, COMPANY));
  if (view.role !== 'rep') throw new Error('This is the rep’s card.');
  return view.feedback;
}

const undo = (world: World, checkInId: string) =>
  undoCheckIn(world.deps, world.manager, checkInId, { submissionId: randomUUID() });

const giveCompanyTo = (world: World, ownerId: OwnerId | null) =>
  world.inside((scope) => world.store.companies.update(scope, COMPANY, { ownerId }));

describe('advice for the rep', () => {
  it('comes with the words, after the time to undo and not before', async () => {
    const world = await worlds.fresh();
    await world.record({
      coachingNote: NOTE,
      liked: 'Tom called back.',
      words: 'Tom called back. Be earlier.',
    });

    await release(world, 14);
    const early = await feedbackOf(world, world.rep);
    await release(world, 1);

    expect(early).toEqual([]);
    expect(await feedbackOf(world, world.rep)).toMatchObject([{ liked: 'Tom called back.', advice: LINES }]);
  });

  it('is shown to its author once it is saved', async () => {
    const world = await worlds.fresh();

    const reply = recordCheckInReply.parse(
      await world.record({ coachingNote: { ...NOTE, text: `\n ${LINES.join(' \n\n ')}\n` } }),
    );

    expect(reply.saved.advice).toEqual(LINES);
    expect((await managerCard(world)).saved?.advice).toEqual(LINES);
  });

  it('is nobody else’s: not another rep’s, a stranger’s or another manager’s, and is written nowhere in HubSpot', async () => {
    const world = await worlds.fresh();
    await world.record({ coachingNote: NOTE });
    await release(world);

    const read = [];
    for (const actor of [world.otherRep, world.stranger]) {
      read.push(await getCompany(world.deps, actor, COMPANY), await getHome(world.deps, actor));
    }
    await world.program({
      managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [REP.ownerId] }],
    });
    const successor = await getCompany(world.deps, world.otherRep, COMPANY);

    expect(successor).toMatchObject({ role: 'manager', saved: { callerName: 'Ana Silva' } });
    const written = [...world.deps.fake.tasks.values(), ...world.deps.fake.notes];
    expect(written.length).toBeGreaterThan(1);
    expect(JSON.stringify([read, successor, written])).not.toMatch(/dock|catalog|suits/);
  });

  it('stays with the rep who got it when the company passes to another', async () => {
    const world = await worlds.fresh();
    await world.record({ coachingNote: NOTE });
    await release(world);

    await giveCompanyTo(world, OTHER_REP.ownerId);

    expect(await feedbackOf(world, world.otherRep)).toEqual([]);
  });

  it('goes with Undo, and comes back as a draft after what was begun since', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record({ coachingNote: NOTE });
    await saveDraft(world.deps, world.manager, COMPANY, { draft: { coachingNote: 'Say thanks.' } });

    const { draft } = await undo(world, saved.checkInId);
    await release(world);

    const kept = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    expect(draftBody.parse(draft).coachingNote).toBe(`Say thanks.\n\n${NOTE.text}`);
    expect((await managerCard(world)).draft).toEqual(draft);
    expect(kept?.coachingNote).toBeNull();
    expect(await feedbackOf(world, world.rep)).toEqual([]);
  });

  it.each([
    ['a fourth line', [...LINES, 'And smile.'].join('\n'), '3 lines'],
    ['a line of 201 characters', 'a'.repeat(201), 'Shorten'],
  ])('of %s is refused in words that name the remedy, and nothing is stored', async (_what, text, remedy) => {
    const world = await worlds.fresh();

    const recording = world.record({ coachingNote: { ...NOTE, text } });

    await expect(recording).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^(The advice|A line of the advice) has more than/),
      safeDetails: { field: 'coachingNote.text' },
      hint: expect.stringContaining(remedy),
    });
    expect((await managerCard(world)).saved).toBeNull();
  });

  it('of blank lines alone is none', async () => {
    const world = await worlds.fresh();

    const { saved } = await world.record({ coachingNote: { ...NOTE, text: ' \n\n' } });

    expect(saved.advice).toEqual([]);
  });

  it('for a rep who lost the company since is refused, and offered for whoever has it', async () => {
    const world = await worlds.fresh();
    const before = (await managerCard(world)).adviceTo;
    await giveCompanyTo(world, OTHER_REP.ownerId);

    const recording = world.record({ coachingNote: NOTE });

    await expect(recording).rejects.toMatchObject({
      code: 'conflict',
      message: 'Whom you advise does not get the words any more.',
      safeDetails: { field: 'coachingNote.ownerId' },
    });
    expect(before).toEqual({ ownerId: REP.ownerId, name: 'Tom Baker' });
    expect((await managerCard(world)).adviceTo?.ownerId).toBe(OTHER_REP.ownerId);
  });

  it.each([
    ['nobody looks after the company', null],
    ['its owner is the caller', MANAGER.ownerId],
  ])('is not offered where %s, and refused', async (_why, ownerId) => {
    const world = await worlds.fresh();
    await giveCompanyTo(world, ownerId);

    const recording = world.record({ coachingNote: { ...NOTE, ownerId: ownerId ?? REP.ownerId } });

    await expect(recording).rejects.toMatchObject({ code: 'conflict' });
    expect((await managerCard(world)).adviceTo).toBeNull();
  });

  it('is not offered for a rep who left', async () => {
    const world = await worlds.fresh();

    await world.inside(async (scope) => {
      const owners = await world.store.people.owners(scope);
      const changed = owners.map((owner) => ({ ...owner, active: owner.ownerId !== REP.ownerId }));
      await world.store.people.replaceOwners(scope, changed);
    });

    expect((await managerCard(world)).adviceTo).toBeNull();
  });
});
