import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { recordCheckIn } from '../../src/usecases/record-check-in.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import {
  anAnswer,
  COMPANY,
  FORGOT,
  FREE_COMPANY,
  LUIS,
  MANAGER,
  OWN_COMPANY,
  REMEMBERS,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
const found = (world: World, checkInId: string) =>
  world.inside((scope) => world.store.checkIns.find(scope, checkInId));

describe('recording a check-in', () => {
  it('keeps the words, the frozen statement and the rep of record, and asks for a comparison', async () => {
    const world = await worlds.fresh();

    const { saved, listening } = await world.record();

    const checkIn = await found(world, saved.checkInId);
    expect(listening).toBeNull();
    expect(checkIn).toMatchObject({
      words: anAnswer().words,
      recall: FORGOT,
      repOwnerId: REP.ownerId,
      wave: 1,
      savedAt: world.clock.now(),
      releasesAt: new Date(world.clock.now().getTime() + 15 * MINUTE_MS),
    });
    expect(saved.findingId).not.toBeNull();
    expect(world.deps.wakes).toContainEqual({ job: 'compareCheckIns', portalId: world.portalId });
  });

  it('shows nothing of the log in its reply', async () => {
    const world = await worlds.fresh();

    const reply = await world.record();

    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
    expect(JSON.stringify(reply)).not.toMatch(/verdict|severity|claim|DIFFERS/);
  });

  it.each([
    ['tomorrow', '2026-08-13'],
    ['fifteen days ago', '2026-07-28'],
  ])('refuses a conversation of %s, naming the field and the days that are allowed', async (_when, day) => {
    const world = await worlds.fresh();

    const recording = world.record({ happenedOn: day });

    await expect(recording).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'The conversation must be within the last 14 days.',
      safeDetails: { field: 'happenedOn' },
      hint: 'Choose a day from Jul 29 to Aug 12.',
    });
  });

  it('compares a conversation of the last business day, not an older one', async () => {
    const world = await worlds.fresh();

    const yesterday = await world.record({ happenedOn: '2026-08-11' });
    const older = await world.record({ happenedOn: '2026-08-10' });

    expect(yesterday.listening).toBeNull();
    expect(older.listening).toBe('olderThanOneDay');
  });

  it('counts business days over a weekend: Friday is the last business day before Monday', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-08-17T15:00:00Z');

    const friday = await world.record({ happenedOn: '2026-08-14' });
    const thursday = await world.record({ happenedOn: '2026-08-13' });

    expect(friday.listening).toBeNull();
    expect(thursday.listening).toBe('olderThanOneDay');
  });

  it('reads today in the zone of the account', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-08-13T03:00:00Z');

    const lateEvening = await world.record({ happenedOn: '2026-08-12' });

    expect(lateEvening.listening).toBeNull();
    await expect(world.record({ happenedOn: '2026-08-13' })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('lets nobody record but the manager who calls this customer', async () => {
    const world = await worlds.fresh();

    const tries = [world.rep, world.otherRep, world.stranger].map((actor) =>
      recordCheckIn(world.deps, actor, anAnswer()),
    );

    for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('answers an unknown company as one that is not there', async () => {
    const world = await worlds.fresh();

    await expect(world.record({ companyId: '999' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the reason for listening only', () => {
  it.each([
    ['the program listens only', { settings: { openness: 'listeningOnly' as const } }, 'programListens'],
    ['nothing was announced', { announcedDaysAgo: null }, 'gateClosed'],
    ['the announcement is four days old', { announcedDaysAgo: 4 }, 'gateClosed'],
    ['the rep has not acknowledged', { acknowledged: false }, 'gateClosed'],
  ])('is kept where %s, and what was sent on recall is dropped', async (_why, change, reason) => {
    const world = await worlds.fresh(change);

    const { saved, listening } = await world.record();

    const checkIn = await found(world, saved.checkInId);
    expect(listening).toBe(reason);
    expect(checkIn).toMatchObject({ listening: reason, recall: null });
    expect(saved.findingId).toBeNull();
    expect(world.deps.wakes).not.toContainEqual({ job: 'compareCheckIns', portalId: world.portalId });
  });

  it('is that the caller looks after the account, and nobody else is told', async () => {
    const world = await worlds.fresh();

    const { saved, listening } = await world.record({ companyId: OWN_COMPANY });

    expect(listening).toBe('callerIsRepOfRecord');
    expect(saved.releasesAt).toBeNull();
  });

  it('is that nobody looks after the account', async () => {
    const world = await worlds.fresh();

    const { saved, listening } = await world.record({ companyId: FREE_COMPANY });

    expect(listening).toBe('noRepOfRecord');
    expect(saved.releasesAt).toBeNull();
  });
});

describe('a save that is repeated', () => {
  it('gives the same reply and stores nothing twice, however often and at once', async () => {
    const world = await worlds.fresh();
    const input = anAnswer();

    const replies = await Promise.all(
      Array.from({ length: 20 }, () => recordCheckIn(world.deps, world.manager, input)),
    );

    const stored = await world.inside((scope) => world.store.checkIns.countOfCompany(scope, COMPANY));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(stored).toBe(1);
  });

  it('is refused with other words under the same id', async () => {
    const world = await worlds.fresh();
    const input = anAnswer();
    await recordCheckIn(world.deps, world.manager, input);

    const other = recordCheckIn(world.deps, world.manager, { ...input, words: 'Something else.' });

    await expect(other).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the wave', () => {
  it('is shared by a second contact of the cycle and grows with the next cycle', async () => {
    const world = await worlds.fresh();

    const first = await world.record();
    const second = await world.record({ respondent: { contactId: LUIS, name: 'Luis Vega' } });
    world.clock.set('2026-10-06T15:00:00Z');
    const later = await world.record({ happenedOn: '2026-10-06' });

    const waves = await Promise.all(
      [first, second, later].map(async ({ saved }) => (await found(world, saved.checkInId))?.wave),
    );
    expect(waves).toEqual([1, 1, 2]);
  });
});

describe('the touch of a check-in', () => {
  it('is done at once; its task is completed in HubSpot once undo is over', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await releaseTouches(world.deps, world.portalId);

    await world.record();
    await deliverOutbox(world.deps, world.portalId);
    const before = [...world.deps.fake.tasks.values()].map(({ completed }) => completed);
    world.clock.advance(15 * MINUTE_MS);
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'answered' });
    expect(before).toEqual([false]);
    expect([...world.deps.fake.tasks.values()]).toMatchObject([{ completed: true }]);
  });

  it('needs no task in HubSpot where none was made yet', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();

    await world.record();
    world.clock.advance(15 * MINUTE_MS);
    await releaseTouches(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'done' });
    expect(world.deps.fake.tasks.size).toBe(0);
  });
});

describe('undoing a check-in', () => {
  it('gives the words back as a draft and the call back to the list, and nothing leaves', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    await releaseTouches(world.deps, world.portalId);
    const { saved } = await world.record();
    world.clock.advance(14 * MINUTE_MS);

    const { draft } = await undoCheckIn(world.deps, world.manager, saved.checkInId, {
      submissionId: randomUUID(),
    });
    world.clock.advance(DAY_MS);
    await deliverOutbox(world.deps, world.portalId);

    expect(draft).toMatchObject({ words: anAnswer().words, respondentName: 'Dana Ruiz' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created', reason: null });
    expect(world.deps.fake.notes).toEqual([]);
    expect([...world.deps.fake.tasks.values()]).toMatchObject([{ completed: false }]);
    expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_last_check_in: null, sci_wave: 0 });
  });

  it('leaves a second draft that was begun meanwhile, with the words of the first after its own', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const begun = { respondentContactId: LUIS, respondentName: 'Luis Vega', words: 'The second one.' };
    await saveDraft(world.deps, world.manager, COMPANY, { draft: begun });

    const { draft } = await undoCheckIn(world.deps, world.manager, saved.checkInId, {
      submissionId: randomUUID(),
    });

    const kept = await world.inside((scope) => world.store.drafts.find(scope, world.manager.userId, COMPANY));
    expect(draft).toEqual({ ...begun, words: `The second one.\n\n${anAnswer().words}` });
    expect(kept).toEqual(draft);
  });

  it('is refused at the fifteenth minute and for anyone else', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const undo = (actor = world.manager) =>
      undoCheckIn(world.deps, actor, saved.checkInId, { submissionId: randomUUID() });

    await expect(undo(world.rep)).rejects.toMatchObject({ code: 'not_found' });
    world.clock.advance(15 * MINUTE_MS);
    await expect(undo()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('cannot reopen blind capture: once the log was shown, the first answers stay', async () => {
    const world = await worlds.fresh();
    const first = await world.record();
    await compareCheckIns(world.deps, world.portalId);
    await undoCheckIn(world.deps, world.manager, first.saved.checkInId, { submissionId: randomUUID() });

    const again = await world.record({ recall: REMEMBERS });

    const checkIn = await found(world, again.saved.checkInId);
    const corrections = await world.inside((scope) =>
      world.store.checkIns.corrections(scope, again.saved.checkInId),
    );
    expect(checkIn?.recall).toEqual(FORGOT);
    expect(corrections).toMatchObject([{ recall: REMEMBERS, by: MANAGER.userId }]);
  });

  it('compares nothing where the caller undoes and leaves the answers out the second time', async () => {
    const world = await worlds.fresh();
    const first = await world.record();
    await compareCheckIns(world.deps, world.portalId);
    await undoCheckIn(world.deps, world.manager, first.saved.checkInId, { submissionId: randomUUID() });

    const again = await world.record({ recall: null });

    expect((await found(world, again.saved.checkInId))?.recall).toBeNull();
  });

  it('cannot reopen blind capture by undoing a second time before that one is compared', async () => {
    const world = await worlds.fresh();
    const undo = ({ saved }: Awaited<ReturnType<World['record']>>) =>
      undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: randomUUID() });
    const first = await world.record();
    await compareCheckIns(world.deps, world.portalId);
    await undo(first);
    await undo(await world.record({ recall: REMEMBERS }));

    const third = await world.record({ recall: REMEMBERS });

    expect((await found(world, third.saved.checkInId))?.recall).toEqual(FORGOT);
  });

  it('is as if nothing was said while the log had not been shown', async () => {
    const world = await worlds.fresh();
    const first = await world.record();
    await undoCheckIn(world.deps, world.manager, first.saved.checkInId, { submissionId: randomUUID() });

    const again = await world.record({ recall: REMEMBERS });

    expect((await found(world, again.saved.checkInId))?.recall).toEqual(REMEMBERS);
  });
});
