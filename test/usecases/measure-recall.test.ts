import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { measurementOf, settingsOfToday } from '../../src/usecases/measure-recall.ts';
import { loadPortal } from '../../src/usecases/person.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { DAY_MS } from '../support/deps.ts';
import { FORGOT, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const RECALLS = { ...FORGOT, recency: 'W4', count: '1' } as const;
const CONFIRMED = touchesOf([20], { tier: 3 });

/** Statements about one machine-confirmed contact each, some of which missed it. */
async function measureOn(world: World, statements: number, missed: number): Promise<void> {
  for (let at = 0; at < statements; at += 1) {
    await addCompared(world, CONFIRMED, { recall: at < missed ? FORGOT : RECALLS });
  }
}

const today = (world: World) =>
  world.inside(async (scope) => settingsOfToday(world.deps, scope, await loadPortal(world.deps, scope)));

const factsOf = async (world: World) => {
  const { recall } = await getProgram(world.deps, world.manager);
  return Object.fromEntries(recall.facts.map(({ label, value }) => [label, value]));
};

describe('measuring recall', () => {
  it('keeps the cautious chance of a missed contact below 60 statements', async () => {
    const world = await worlds.fresh();
    await measureOn(world, 59, 11);

    const settings = await today(world);

    expect(settings).toMatchObject({ q: 0.325, rho: 0, sigma: 0.55 });
  });

  it('takes the measured chance from 60 statements on, and compares under it', async () => {
    const world = await worlds.fresh();
    await measureOn(world, 60, 11);
    const { saved } = await world.record();

    await compareCheckIns(world.deps, world.portalId);

    const finding = await world.inside((scope) => world.store.findings.ofCheckIn(scope, saved.checkInId));
    expect(finding?.state).toBe('ready');
    expect((finding?.result?.thresholds as { q: number }).q).toBeCloseTo(0.2431, 4);
  });

  it('measures once a day, so that everyone is compared alike, and leaves earlier days as they were', async () => {
    const world = await worlds.fresh();
    const first = await today(world);
    await measureOn(world, 60, 11);

    const sameDay = await today(world);
    world.clock.advance(DAY_MS);
    const nextDay = await today(world);

    expect(sameDay).toEqual(first);
    expect(nextDay.q).toBeCloseTo(0.2431, 4);
  });

  it('leaves out what was undone', async () => {
    const world = await worlds.fresh();
    await measureOn(world, 59, 11);
    const { checkInId } = await addCompared(world, CONFIRMED, { recall: RECALLS });
    await world.inside((scope) => world.store.checkIns.undo(scope, checkInId, world.clock.now()));

    const settings = await today(world);

    expect(settings.q).toBe(0.325);
  });

  it('keeps each account’s memory apart', async () => {
    const measured = await worlds.fresh();
    const other = await worlds.fresh();
    await measureOn(measured, 60, 11);

    const settings = await today(other);

    expect(settings.q).toBe(0.325);
  });

  it('gives the same measurement for the same statements and day', () => {
    const statement = { claims: CONFIRMED, recency: 'W4', count: '1', flags: [] } as const;

    const [one, two] = [measurementOf([statement], '2026-08-12'), measurementOf([statement], '2026-08-12')];

    expect(one).toEqual(two);
    expect(one.dateStatements).toBe(1);
  });
});

describe('the panel on recall', () => {
  it('says what is assumed before anything was compared', async () => {
    const world = await worlds.fresh();

    const facts = await factsOf(world);

    expect(facts).toEqual({
      'A customer does not recall one contact': '33%, assumed until there are 60 statements (0 so far)',
      'Error in dating a contact (sigma)': '0.55, assumed until there are 60 statements (0 so far)',
      'How much one person’s misses go together (rho)':
        '0.00, assumed until there are 300 statements (0 so far)',
      'Contacts in three months before two answers can differ from the log': '4 or more',
    });
  });

  it('says what was measured, and how often a correct log gets each difference', async () => {
    const world = await worlds.fresh();
    await measureOn(world, 60, 11);
    await today(world);

    const facts = await factsOf(world);

    expect(facts['A customer does not recall one contact']).toBe(
      '24%, measured on 60 statements, on the safe side',
    );
    expect(facts['A correct log gets “Two answers differ from the log”']).toMatch(
      /^Fewer than 1 in \d+, simulated$/,
    );
    expect(facts['A correct log gets “Worth a look”']).toMatch(/^Fewer than 1 in \d+, simulated$/);
  });
});
