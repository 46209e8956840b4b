import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { FORGOT, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const TWO_TOUCHES = touchesOf([12, 40]);
const SIX_TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const FITS = { recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;
const WINDOW_ENDS = '2026-08-19';
const AFTER_IT = '2026-08-20T15:00:00Z';

/** Every number that manager and rep are shown, and what is held, once the reply window is over. */
async function numbersAfter(answer: (world: World, findingId: string) => Promise<void>) {
  const world = await worlds.fresh();
  for (let credits = 0; credits < 12; credits += 1) await addCompared(world, TWO_TOUCHES, FITS);
  const { findingId } = await addCompared(world, SIX_TOUCHES, {}, { replyUntil: WINDOW_ENDS });
  await answer(world, findingId);
  world.clock.set(AFTER_IT);
  await settleFindings(world.deps, world.portalId);
  const { manager } = await getHome(world.deps, world.manager);
  const { rep } = await getHome(world.deps, world.rep);
  const { finding } = await getFinding(world.deps, world.manager, findingId);
  const { verdict, severity, rule, chance } = finding;
  return { team: manager?.team, numbers: rep?.numbers, finding: { verdict, severity, rule, chance } };
}

describe('a rep who never replies', () => {
  it('has the numbers of one whose words were heard and changed nothing', async () => {
    const silent = await numbersAfter(() => Promise.resolve());
    const answered = await numbersAfter(async (world, findingId) => {
      const said = { kind: 'COMMENT', sentence: 'I was there.', activityId: null } as const;
      await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said });
    });

    expect(silent.finding).toMatchObject({ verdict: 'DIFFERS_FIRM', severity: 2 });
    expect(answered).toEqual(silent);
  });
});
