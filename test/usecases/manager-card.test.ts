import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asUserId } from '../../src/core/model.ts';
import { companyView } from '../../src/http/contract.ts';
import { homeView } from '../../src/http/contract-pages.ts';
import type { Reply } from '../../src/usecases/finding-records.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { openIssue } from '../../src/usecases/open-issue.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { settlePromise } from '../../src/usecases/settle-promise.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { COMPANY, DANA, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const DECIDE_BY = '2026-08-26';
const id = () => ({ submissionId: randomUUID() });
/** Somebody who becomes the rep's manager later. */
const LATER_MANAGER = asUserId(912);

const replyTo = (findingId: string): Reply => ({
  replyId: randomUUID(),
  findingId,
  byUserId: REP.userId,
  kind: 'OTHER_PERSON',
  sentence: 'I deal with Luis.',
  activityId: null,
  repliedAt: new Date('2026-08-12T16:00:00Z'),
  decideBy: DECIDE_BY,
  state: 'open',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
});

async function managerCard(world: World, actor: UserActor = world.manager) {
  const view = companyView.parse(await getCompany(world.deps, actor, COMPANY));
  if (view.role !== 'manager') throw new Error(`the card of a ${view.role}`);
  return view;
}

async function promised(world: World, what: string, dueOn: string) {
  const promise = { what, ownerId: null, dueOn };
  const reply = await openIssue(world.deps, world.manager, {
    ...id(),
    companyId: COMPANY,
    checkInId: null,
    title: what,
    promise,
  });
  return reply.promise?.promiseId ?? '';
}

describe('findings beside the newest conversation', () => {
  it('keeps a reply to decide on the card once a second conversation was saved, and on the home page', async () => {
    const world = await worlds.fresh();
    const first = await addCompared(world, TOUCHES, {}, { replyUntil: '2026-08-19' });
    await world.inside((scope) => world.store.findings.addReply(scope, replyTo(first.findingId)));
    await world.record({ words: 'And one more thing.' });

    const view = await managerCard(world);
    const home = homeView.parse(await getHome(world.deps, world.manager));
    const others = await getHome(world.deps, world.rep);

    const waiting = { findingId: first.findingId, respondentName: 'Dana Ruiz', decideBy: DECIDE_BY };
    expect(view.saved?.findingId).not.toBe(first.findingId);
    expect(view.findings).toMatchObject([waiting]);
    expect(home.manager?.repliesWaiting).toMatchObject([{ ...waiting, repName: 'Tom Baker' }]);
    expect(others.manager).toBeNull();
  });

  it('shows before this quarter’s call what waits for a decision, and nothing else of an earlier quarter', async () => {
    const world = await worlds.fresh();
    await world.plan();
    const savedAt = new Date('2026-06-29T15:00:00Z');
    const earlier = { cycle: '2026-Q2', happenedOn: '2026-06-29', savedAt } as const;
    const open = await addCompared(world, TOUCHES, earlier, { replyUntil: '2026-08-19' });

    const before = await managerCard(world);
    await world.inside((scope) => world.store.findings.addReply(scope, replyTo(open.findingId)));
    const replied = await managerCard(world);

    expect(before).toMatchObject({ state: 'due', findings: [] });
    expect(replied).toMatchObject({
      state: 'due',
      findings: [{ findingId: open.findingId, askedOn: '2026-06-29' }],
    });
    expect(JSON.stringify(replied)).not.toMatch(/DIFFERS|Luis\./);
  });

  it('keeps Undo for a talk of last quarter that was just saved, while this quarter’s call stays due', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-10-02T15:00:00Z');
    await world.record({ happenedOn: '2026-09-29' });

    const view = await managerCard(world);
    world.clock.advance(16 * MINUTE_MS);
    const later = await managerCard(world);

    expect(view.saved).toMatchObject({ happenedOn: '2026-09-29', undoUntil: expect.any(String) });
    expect(view.state).not.toBe('done');
    expect(later.saved).toBeNull();
  });

  it('offers Undo to whoever saved, and to no other manager', async () => {
    const managers = [{ managerUserId: LATER_MANAGER, repOwnerIds: [REP.ownerId] }];
    const world = await worlds.fresh();
    await world.record();
    await world.program({ managers });

    const view = await managerCard(world, { ...world.manager, userId: LATER_MANAGER });

    expect(view.saved).toMatchObject({ undoUntil: null, findingId: null });
  });
});

describe('a customer who is not asked this quarter', () => {
  it('is told with the reason that was given', async () => {
    const world = await worlds.fresh();
    const touch = await world.plan();
    await skipTouch(world.deps, world.manager, touch.touchId, { ...id(), reason: 'plant closed' });

    const view = await managerCard(world);

    expect(view).toMatchObject({
      state: 'leftOut',
      leftOut: { label: 'Skipped', why: 'plant closed' },
      nextDueOn: '2026-10-01',
    });
  });

  it('is told apart where five tries reached nobody, and where they asked not to be called', async () => {
    const [often, asked] = [await worlds.fresh(), await worlds.fresh()];
    const tried = await often.plan();
    const refused = await asked.plan();
    const attempt = (world: World, touchId: string, outcome: 'noAnswer' | 'askedNotToBeCalled') =>
      recordAttempt(world.deps, world.manager, touchId, { ...id(), outcome, contactId: DANA });
    for (let count = 0; count < 5; count += 1) await attempt(often, tried.touchId, 'noAnswer');
    await attempt(asked, refused.touchId, 'askedNotToBeCalled');

    const views = [await managerCard(often), await managerCard(asked)];

    expect(views.map(({ state, leftOut }) => [state, leftOut?.label])).toEqual([
      ['leftOut', 'Not reached after 5 tries'],
      ['leftOut', 'Asked not to be called'],
    ]);
  });
});

describe('promises on the card', () => {
  it('keeps an overdue one and one that was not kept, and puts the kept one apart', async () => {
    const world = await worlds.fresh();
    await promised(world, 'Overdue', '2026-08-14');
    const broken = await promised(world, 'Broken', '2026-08-20');
    const kept = await promised(world, 'Kept', '2026-08-21');
    world.clock.advance(5 * DAY_MS);
    await settlePromise(world.deps, world.manager, broken, { ...id(), outcome: 'broken' });
    await settlePromise(world.deps, world.manager, kept, { ...id(), outcome: 'kept' });

    const view = await managerCard(world);

    expect(view.openPromises).toMatchObject([
      { what: 'Overdue', state: 'broken', settled: false },
      { what: 'Broken', state: 'broken', settled: true },
    ]);
    expect(view.settledPromises).toMatchObject([{ what: 'Kept', state: 'kept' }]);
  });
});

describe('what belongs to the check-in that is shown', () => {
  it('is the last day to decide about its reply, for its caller alone', async () => {
    const managers = [{ managerUserId: LATER_MANAGER, repOwnerIds: [REP.ownerId] }];
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, TOUCHES, {}, { replyUntil: '2026-08-19' });
    const before = await managerCard(world);
    await world.inside((scope) => world.store.findings.addReply(scope, replyTo(findingId)));
    const replied = await managerCard(world);
    await world.program({ managers });

    const toAnother = await managerCard(world, { ...world.manager, userId: LATER_MANAGER });

    expect([before, replied, toAnother].map(({ saved }) => saved?.decideBy)).toEqual([null, DECIDE_BY, null]);
  });

  it('is what was promised with it, and nothing that was promised before', async () => {
    const world = await worlds.fresh();
    await promised(world, 'Before', '2026-08-20');
    const { saved } = await world.record();
    const promise = { what: 'A visit', ownerId: null, dueOn: '2026-08-26' };
    const input = { ...id(), companyId: COMPANY, checkInId: saved.checkInId, title: 'A visit', promise };
    const added = await openIssue(world.deps, world.manager, input);

    const view = await managerCard(world);

    expect(view.saved?.promiseIds).toEqual([added.promise?.promiseId]);
    expect(view.openPromises).toHaveLength(2);
  });

  it('can be thanked for, or promised by, colleagues: the reader is none of their own', async () => {
    const world = await worlds.fresh();

    const names = (await managerCard(world)).promiseOwners.map(({ name }) => name);

    expect(names).toContain('Tom Baker');
    expect(names).not.toContain('Ana Silva');
  });
});

describe('why this person is to be asked for', () => {
  it('names whoever spoke with them, and the year where it is not this one', async () => {
    const managers = [{ managerUserId: LATER_MANAGER, repOwnerIds: [REP.ownerId] }];
    const world = await worlds.fresh();
    await world.record({ respondent: { contactId: DANA, name: 'Dana Ruiz' } });
    world.clock.advance(20 * MINUTE_MS);
    const own = await managerCard(world);
    world.clock.advance(200 * DAY_MS);
    await world.program({ managers });

    const later = await managerCard(world, { ...world.manager, userId: LATER_MANAGER });

    expect(own.ask?.why).toBe('Spoke with you in August');
    expect(later.ask?.why).toBe('Ana spoke with them in August 2026');
  });

  it('has a greeting for each of the others', async () => {
    const world = await worlds.fresh();

    const view = await managerCard(world);

    expect(
      view.otherContacts.map(({ name, greeting }) => greeting.includes(name.split(' ')[0] ?? '?')),
    ).not.toContain(false);
    expect(view.otherContacts.length).toBeGreaterThan(0);
  });
});
