import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { txOf } from '../../src/store/transact.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { COMPANY, MANAGER, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const SIX_TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);

async function readingsOf(world: World, findingId: string): Promise<readonly string[]> {
  const { rows } = await world.inside((scope) =>
    sql<{ actor: string; outcome: string }>`SELECT actor, outcome FROM audit_log
      WHERE action = 'readFinding' AND subject = ${findingId} ORDER BY seq`.execute(txOf(scope)),
  );
  return rows.map(({ actor, outcome }) => `${actor} ${outcome}`);
}

describe('reading a finding', () => {
  it('is written down once a person and day, however often a page is opened', async () => {
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, SIX_TOUCHES);

    await getFinding(world.deps, world.manager, findingId);
    await getFinding(world.deps, world.manager, findingId);
    await getFinding(world.deps, world.rep, findingId);
    await getCompany(world.deps, world.rep, COMPANY);
    world.clock.set('2026-08-13T15:00:00Z');
    await getFinding(world.deps, world.manager, findingId);

    expect(await readingsOf(world, findingId)).toEqual([
      `user:${MANAGER.userId} 2026-08-12`,
      `user:${REP.userId} 2026-08-12`,
      `user:${MANAGER.userId} 2026-08-13`,
    ]);
    expect(await world.inside((scope) => world.store.audit.verify(scope))).toBe(true);
  });

  it('is written down for the rep who reads it on the card alone', async () => {
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, SIX_TOUCHES);

    await getCompany(world.deps, world.rep, COMPANY);

    expect(await readingsOf(world, findingId)).toEqual([`user:${REP.userId} 2026-08-12`]);
  });

  it('is written down once where two pages open at the same time', async () => {
    const world = await worlds.fresh();
    const { findingId } = await addCompared(world, SIX_TOUCHES);

    await Promise.all([1, 2, 3].map(() => getFinding(world.deps, world.manager, findingId)));

    expect(await readingsOf(world, findingId)).toHaveLength(1);
  });

  it('is none while it says nothing yet, or for somebody who may not', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const pending = String(saved.findingId);
    const { findingId } = await addCompared(world, SIX_TOUCHES);

    await getFinding(world.deps, world.manager, pending);
    const refused = getFinding(world.deps, world.otherRep, findingId);

    await expect(refused).rejects.toMatchObject({ code: 'not_found' });
    expect(await readingsOf(world, pending)).toEqual([]);
    expect(await readingsOf(world, findingId)).toEqual([]);
    await compareCheckIns(world.deps, world.portalId);
    await getFinding(world.deps, world.manager, pending);
    expect(await readingsOf(world, pending)).toHaveLength(1);
  });
});
