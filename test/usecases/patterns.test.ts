import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asUserId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { enterLeave } from '../../src/usecases/leave.ts';
import { openPattern } from '../../src/usecases/open-pattern.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import {
  COMPANY,
  CYCLE,
  FORGOT,
  MANAGER,
  OTHER_COMPANY,
  OTHER_REP,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
/** The five business days after the quarter are over on October 8. */
const TESTED_AT = '2026-10-09T15:00:00Z';
/** The rep’s own five, without Columbus Day, are over on October 19. */
const REP_ALONE_UNTIL = '2026-10-19T23:00:00Z';
const REP_HAD_IT = '2026-10-20T15:00:00Z';
const SECOND_MANAGER = 555;
const FITS = { recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;

const asked = () => ({ submissionId: randomUUID() });
const second = (world: World): UserActor => ({ ...world.manager, userId: asUserId(SECOND_MANAGER) });

async function firmAt(world: World, companyId: typeof COMPANY, supported = true): Promise<FindingRow> {
  const claims = touchesOf([5, 12, 20, 29, 47, 68]);
  return addCompared(world, claims, { companyId }, { settledAt: world.clock.now(), supported });
}

/** Nine credits, and three differences at two companies, each borne out: 3 of 12. */
async function aPattern(world: World): Promise<FindingRow[]> {
  for (let added = 0; added < 9; added += 1) await addCompared(world, touchesOf([12, 40]), FITS);
  const findings = [
    await firmAt(world, COMPANY),
    await firmAt(world, OTHER_COMPANY),
    await firmAt(world, COMPANY),
  ];
  await world.inside((scope) => world.store.teamTests.want(scope, CYCLE, '2026-10-09'));
  return findings;
}

async function test(world: World, at = TESTED_AT): Promise<void> {
  world.clock.set(at);
  await settleFindings(world.deps, world.portalId);
}

const patternsOf = async (world: World, actor: UserActor) => (await getHome(world.deps, actor)).patterns;

async function shown(world: World) {
  const readers = [world.rep, world.manager, second(world), world.otherRep, world.stranger];
  return Promise.all(readers.map(async (reader) => (await patternsOf(world, reader)).length));
}

describe('the test of a team', () => {
  it('is made once the quarter’s reply windows are over', async () => {
    const world = await worlds.fresh();
    await world.record();
    await compareCheckIns(world.deps, world.portalId);

    const due = (day: string) => world.inside((scope) => world.store.teamTests.due(scope, day));

    expect([await due('2026-10-08'), await due('2026-10-09')]).toEqual([[], [CYCLE]]);
  });

  it('leaves out what nobody but rep and caller may know yet', async () => {
    const world = await worlds.fresh();
    await aPattern(world);
    await addCompared(world, touchesOf([5, 12, 20, 29]), {}, { replyUntil: '2026-10-20' });

    await test(world);

    const [made] = await world.inside((scope) => world.store.teamTests.made(scope));
    const rep = made?.result.teams.flatMap(({ reps }) => reps).find(({ repId }) => repId === REP.ownerId);
    expect(rep).toMatchObject({ n: 12, x: 3, cycleCredits: 9, cycleComparable: 12 });
  });

  it('waits until every window that is over is closed', async () => {
    const world = await worlds.fresh();
    await aPattern(world);
    const addOpen = () => addCompared(world, touchesOf([5, 12, 20, 29]), {}, { replyUntil: '2026-10-08' });
    for (let added = 0; added < 100; added += 1) await addOpen();
    const made = () => world.inside((scope) => world.store.teamTests.made(scope));

    await test(world);
    const early = await made();
    await test(world);

    expect(early).toEqual([]);
    expect(await made()).toHaveLength(1);
  });

  it('stays as it was made, and is audited', async () => {
    const world = await worlds.fresh();
    await aPattern(world);
    await test(world);
    await firmAt(world, COMPANY);

    await test(world);

    const made = await world.inside((scope) => world.store.teamTests.made(scope));
    expect(made.map(({ result }) => result.teams[0]?.reps[0]?.x)).toEqual([3]);
    expect(await world.inside((scope) => world.store.audit.verify(scope))).toBe(true);
  });

  it.each([
    ['eleven compared check-ins', 8, true, OTHER_COMPANY],
    ['one company', 9, true, COMPANY],
    ['no second memory', 9, false, OTHER_COMPANY],
  ] as const)('finds no pattern in %s', async (_what, credits, supported, company) => {
    const world = await worlds.fresh();
    for (let added = 0; added < credits; added += 1) await addCompared(world, touchesOf([12, 40]), FITS);
    await firmAt(world, COMPANY, supported);
    await firmAt(world, company, supported);
    await firmAt(world, COMPANY, supported);
    await world.inside((scope) => world.store.teamTests.want(scope, CYCLE, '2026-10-09'));

    await test(world);

    expect(await patternsOf(world, world.rep)).toEqual([]);
  });
});

describe('a pattern', () => {
  it('is the rep’s alone first, whole and with what can be done', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);

    const [pattern] = await patternsOf(world, world.rep);

    expect(await shown(world)).toEqual([1, 0, 0, 0, 0]);
    expect(pattern).toMatchObject({
      reader: 'rep',
      phase: 'repFirst',
      canOpen: false,
      replyUntil: '2026-10-19',
    });
    expect(pattern?.customers).toEqual(['Acme Plating', 'Birch Foods']);
    expect(pattern?.facts[0]?.value).toBe('3 of 12 compared check-ins, at 2 customers');
    expect(pattern?.nextStep).toMatch(/Silence never counts/);
  });

  it('still is on the last of these days, and reaches two managers the day after', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);

    world.clock.set(REP_ALONE_UNTIL);
    const lastDay = await shown(world);
    world.clock.set(REP_HAD_IT);
    const after = await shown(world);

    expect([lastDay, after]).toEqual([
      [1, 0, 0, 0, 0],
      [1, 1, 1, 0, 0],
    ]);
  });

  it('opens to neither manager before both have opened it', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);
    world.clock.set(REP_HAD_IT);
    const [{ patternId } = { patternId: '' }] = await patternsOf(world, world.manager);

    const first = await openPattern(world.deps, world.manager, patternId, asked());
    const [waiting] = await patternsOf(world, second(world));
    const both = await openPattern(world.deps, second(world), patternId, asked());
    const [opened] = await patternsOf(world, world.manager);

    expect([first.pattern.phase, first.pattern.facts, first.pattern.guide, first.pattern.customers]).toEqual([
      'waiting',
      [],
      [],
      [],
    ]);
    expect([waiting?.canOpen, first.pattern.canOpen]).toEqual([true, false]);
    expect([both.pattern.phase, opened?.phase]).toEqual(['open', 'open']);
    expect(opened?.guide[1]).toBe('Begin with what Tom’s customers praised.');
  });

  it.each([
    ['nobody', null],
    ['the same manager', MANAGER.userId],
    ['the rep', REP.userId],
  ])('stays closed, and says so, where the second manager is %s', async (_who, secondManagerUserId) => {
    const world = await worlds.fresh({ settings: { secondManagerUserId } });
    await aPattern(world);
    await test(world);
    world.clock.set(REP_HAD_IT);
    const [pattern] = await patternsOf(world, world.manager);

    const opening = openPattern(world.deps, world.manager, pattern?.patternId ?? '', asked());

    await expect(opening).rejects.toMatchObject({ code: 'forbidden' });
    expect([pattern?.phase, pattern?.facts, pattern?.canOpen]).toEqual(['needsSecondManager', [], false]);
    expect(pattern?.sentence).toMatch(/second manager/);
  });

  it('is not opened by its rep, by other people, or before its time', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);
    const [{ patternId } = { patternId: '' }] = await patternsOf(world, world.rep);

    const open = (actor: UserActor) => openPattern(world.deps, actor, patternId, asked());

    await expect(open(world.rep)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(open(world.otherRep)).rejects.toMatchObject({ code: 'not_found' });
    await expect(open(world.manager)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('passes with its rep to a new manager, who opens it anew, and leaves the former one', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);
    world.clock.set(REP_HAD_IT);
    const [{ patternId } = { patternId: '' }] = await patternsOf(world, world.manager);
    await openPattern(world.deps, world.manager, patternId, asked());
    await openPattern(world.deps, second(world), patternId, asked());

    await world.program({ managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [REP.ownerId] }] });

    const [taken] = await patternsOf(world, world.otherRep);
    const formerOpens = openPattern(world.deps, world.manager, patternId, asked());
    await expect(formerOpens).rejects.toMatchObject({ code: 'not_found' });
    expect(await shown(world)).toEqual([1, 0, 1, 1, 0]);
    expect(taken).toMatchObject({ reader: 'manager', phase: 'waiting', facts: [], canOpen: true });
    const opened = await openPattern(world.deps, world.otherRep, patternId, asked());
    expect(opened.pattern.phase).toBe('open');
  });

  it('stays the rep’s alone for longer where leave is entered meanwhile, and not where it is entered after', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    await aPattern(world);
    await test(world);
    const onLeave = (firstDay: string, lastDay: string) =>
      enterLeave(world.deps, world.rep, { submissionId: randomUUID(), ownerId: null, firstDay, lastDay });

    await onLeave('2026-10-13', '2026-10-16');
    world.clock.set(REP_HAD_IT);
    const during = await shown(world);
    world.clock.set('2026-10-24T15:00:00Z');
    await onLeave('2026-10-19', '2026-10-30');

    expect((await patternsOf(world, world.rep))[0]?.replyUntil).toBe('2026-10-23');
    expect([during, await shown(world)]).toEqual([
      [1, 0, 0, 0, 0],
      [1, 1, 1, 0, 0],
    ]);
  });

  it('is taken back by whatever explains a difference behind it', async () => {
    const world = await worlds.fresh({ settings: { secondManagerUserId: SECOND_MANAGER } });
    const findings = await aPattern(world);
    await test(world);
    world.clock.set(REP_HAD_IT);
    const other = findings[1];
    if (other?.result === null || other === undefined) throw new Error('There is a second finding.');
    const result = { ...other.result, verdict: 'EXPLAINED', severity: 0, rule: 'R00' } as const;

    await world.inside((scope) =>
      world.store.findings.saveResult(scope, other.findingId, { state: 'ready', result }),
    );

    expect(await shown(world)).toEqual([0, 0, 0, 0, 0]);
  });

  it('expires after four quarters', async () => {
    const world = await worlds.fresh();
    await aPattern(world);
    await test(world);

    world.clock.set('2027-06-30T15:00:00Z');
    const fourth = (await patternsOf(world, world.rep)).length;
    world.clock.set('2027-07-01T15:00:00Z');

    expect([fourth, await patternsOf(world, world.rep)]).toEqual([1, []]);
  });

  it('is not told again where no other customer came in', async () => {
    const world = await worlds.fresh();
    await aPattern(world);
    await test(world);
    await world.inside((scope) => world.store.teamTests.want(scope, '2026-Q4', '2027-01-08'));

    await test(world, '2027-01-11T15:00:00Z');

    expect(
      (await world.inside((scope) => world.store.patterns.all(scope))).map(({ cycle }) => cycle),
    ).toEqual([CYCLE]);
  });
});
