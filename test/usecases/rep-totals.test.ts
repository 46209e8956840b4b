import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import type { CheckIn } from '../../src/usecases/records.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { FORGOT, OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
/** Fits the log: nothing differs. */
const FITS = { recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;
const TWO_TOUCHES = touchesOf([12, 40]);
/** Both answers differ from six touches. */
const SIX_TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const NOT_ENOUGH = 'Not enough check-ins';

async function credits(world: World, count: number, change: Partial<CheckIn> = {}): Promise<void> {
  for (let added = 0; added < count; added += 1)
    await addCompared(world, TWO_TOUCHES, { ...FITS, ...change });
}

/** The rep's customers beside those of others; all of them are the manager's to call. */
async function ownCustomers(world: World, count: number): Promise<void> {
  const owned = Array.from({ length: count - 1 }, (_none, index) => ({
    companyId: asCompanyId(`more-${index}`),
    name: `Customer ${index}`,
    ownerId: REP.ownerId,
    timeZone: null,
    lifecycleStage: 'customer',
    parentCompanyId: null,
  }));
  await world.inside((scope) => world.store.companies.upsertRead(scope, owned, world.clock.now()));
}

async function noteOf(world: World): Promise<string | undefined> {
  const { manager } = await getHome(world.deps, world.manager);
  return manager?.team.find(({ ownerId }) => ownerId === REP.ownerId)?.note;
}

async function numbersOf(world: World): Promise<readonly string[] | undefined> {
  return (await getHome(world.deps, world.rep)).rep?.numbers;
}

describe('the numbers of a team', () => {
  it('stay away below eight compared check-ins', async () => {
    const world = await worlds.fresh();
    await credits(world, 7);

    const note = await noteOf(world);

    expect(note).toBe(NOT_ENOUGH);
  });

  it('are counts from eight on, and carry a range from twelve on', async () => {
    const world = await worlds.fresh();

    await credits(world, 8);
    const eight = await noteOf(world);
    await credits(world, 4);
    const twelve = await noteOf(world);

    expect(eight).toBe('Nothing against the log in 8 of 8. Two answers differ in 0; too few for a rate.');
    expect(twelve).toBe(
      'Nothing against the log in 12 of 12. Two answers differ in 0: chance alone allows a true share of 0% to 24% ' +
        '(95% interval). Together with what is usual it is about 3.1%, 0.2% to 9.2% (90% interval).',
    );
  });

  it.each([
    ['narrow where every customer of the caller can be asked', 3, '0% to 17%'],
    ['stay wide where the caller has more customers than time', 2, '0% to 24%'],
  ])('%s', async (_what, checkInsPerWeek, range) => {
    const world = await worlds.fresh();
    await world.program({ checkInsPerWeek });
    await ownCustomers(world, 30);
    await credits(world, 12);

    const notes = [await noteOf(world), (await numbersOf(world))?.join(' ')];

    expect(notes).toEqual([expect.stringContaining(range), expect.stringContaining(range)]);
  });

  it('count a difference only once its reply window is over', async () => {
    const world = await worlds.fresh();
    await credits(world, 8);
    const finding = await addCompared(world, SIX_TOUCHES, {}, { replyUntil: '2026-08-19' });

    const open = await noteOf(world);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, finding.findingId, {
        state: 'ready',
        settledAt: world.clock.now(),
      }),
    );
    const over = await noteOf(world);

    expect(finding.result?.verdict).toBe('DIFFERS_FIRM');
    expect(open).toMatch(/in 8 of 9\. Two answers differ in 0/);
    expect(over).toMatch(/in 8 of 9\. Two answers differ in 1/);
  });

  it('leave an explained difference out on both sides', async () => {
    const world = await worlds.fresh();
    await credits(world, 8);
    const { findingId, result } = await addCompared(world, SIX_TOUCHES, {}, { settledAt: world.clock.now() });
    if (result === null) throw new Error('The finding has a result.');

    await world.inside((scope) =>
      world.store.findings.saveResult(scope, findingId, {
        state: 'ready',
        result: { ...result, verdict: 'EXPLAINED', severity: 0, rule: 'R00' },
      }),
    );

    expect(await noteOf(world)).toMatch(/in 8 of 8\. Two answers differ in 0/);
  });

  it('forget what is older than four cycles', async () => {
    const world = await worlds.fresh();
    await credits(world, 7);
    await credits(world, 5, { cycle: '2025-Q3' });

    const before = await noteOf(world);
    await credits(world, 1, { cycle: '2025-Q4' });
    const after = await noteOf(world);

    expect(before).toBe(NOT_ENOUGH);
    expect(after).toMatch(/in 8 of 8/);
  });

  it.each([
    ['a second conversation of the same touch', {}, 'same touch'],
    ['a conversation that no plan asked for', { touchId: null }, ''],
    ['words that the rep may not read yet', { releasedAt: null }, ''],
    ['a statement with one answer', { recall: { ...FITS.recall, count: 'DK' } }, ''],
    ['a check-in that was undone', { undoneAt: new Date('2026-08-12T15:05:00Z') }, ''],
    ['another rep’s account', { repOwnerId: OTHER_REP.ownerId }, ''],
  ] as const)('do not count %s', async (_what, change, kind) => {
    const world = await worlds.fresh();
    const touchId = randomUUID();
    await credits(world, 6);
    await credits(world, 1, { touchId });

    await credits(world, 1, kind === '' ? change : { touchId });

    expect(await noteOf(world)).toBe(NOT_ENOUGH);
  });

  it('keep a difference in its reply window from a manager who did not call', async () => {
    const world = await worlds.fresh();
    await credits(world, 8);
    await addCompared(world, SIX_TOUCHES, { callerUserId: OTHER_REP.userId }, { replyUntil: '2026-08-19' });

    const note = await noteOf(world);

    expect(note).toMatch(/in 8 of 8/);
  });

  it('name the reps in alphabetical order whatever the counts are', async () => {
    const world = await worlds.fresh();
    await credits(world, 12);

    const { manager } = await getHome(world.deps, world.manager);

    expect(manager?.team.map(({ name }) => name)).toEqual(['Tom Baker', 'Uma Patel']);
  });
});

describe('a rep’s own numbers', () => {
  it('are silent before the first comparison and short of eight', async () => {
    const world = await worlds.fresh();

    const none = await numbersOf(world);
    await credits(world, 1);
    const one = await numbersOf(world);

    expect(none).toEqual([]);
    expect(one).toEqual(['Not enough check-ins yet: numbers start at 8 compared ones.']);
  });

  it('begin with the credits, and show a rate only with its ranges', async () => {
    const world = await worlds.fresh();
    await credits(world, 11);
    await addCompared(world, SIX_TOUCHES, {}, { settledAt: world.clock.now() });

    const numbers = await numbersOf(world);

    expect(numbers).toEqual([
      'In 11 of 12 compared check-ins nothing went against your log.',
      'In 1 of them two answers differ from the log. This happens with honest logs too.',
      'Chance alone allows a true share of 1.5% to 35% (95% interval).',
      'Together with what is usual it is about 6.3%, 1.2% to 14% (90% interval).',
      'Only you and your manager see this. Nobody is ranked.',
    ]);
  });

  it('hold nothing of another rep', async () => {
    const world = await worlds.fresh();
    await credits(world, 12, { repOwnerId: OTHER_REP.ownerId });

    const numbers = await numbersOf(world);

    expect(numbers).toEqual([]);
  });
});
