import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { checkAsyncProperty, PROPERTY_RUNS } from '../core/comparison/check-property.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { replyIdsOf } from '../support/finding-story.ts';
import { FORGOT, FREE_COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
// A million cases take minutes.
jest.setTimeout(3_600_000);
const TWO_TOUCHES = touchesOf([12, 40]);
const SIX_TOUCHES = touchesOf([5, 12, 20, 29, 47, 68]);
const THREE_TOUCHES = touchesOf([6, 21, 40]);
/** Of another customer: what the same one says elsewhere would lower a difference. */
const FITS = { companyId: FREE_COMPANY, recall: { ...FORGOT, recency: 'W4', count: '2' } } as const;
const WINDOW_ENDS = '2026-08-19';
const AFTER_IT = '2026-08-20T15:00:00Z';

async function comment(world: World, findingId: string): Promise<void> {
  const said = { kind: 'COMMENT', sentence: 'I was there.', activityId: null } as const;
  await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said });
}

async function refused(world: World, findingId: string): Promise<void> {
  const said = { kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
  await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said });
  const replyIds = await replyIdsOf(world, findingId);
  const decision = { submissionId: randomUUID(), replyIds, accept: false, reason: 'Uma was away.' };
  await decideReply(world.deps, world.manager, findingId, decision);
}

type Heard = readonly [ReturnType<typeof touchesOf>, string];

/** All that manager and rep are told in numbers, in the window and after it, where the rep said this to each check-in. */
async function numbersOfTeam(heard: readonly Heard[]): Promise<string> {
  const world = await worlds.fresh();
  const found: (readonly [string, string])[] = [];
  for (const [touches, said] of heard) {
    const { findingId, result } = await addCompared(world, touches, {}, { replyUntil: WINDOW_ENDS });
    if ((result?.severity ?? 0) > 0) found.push([findingId, said]);
  }
  for (const [findingId, said] of found) {
    if (said === 'comment') await comment(world, findingId);
    if (said === 'refused') await refused(world, findingId);
  }
  const inWindow = await numbersNow(world);
  world.clock.set(AFTER_IT);
  await settleFindings(world.deps, world.portalId);
  return JSON.stringify([inWindow, await numbersNow(world)]);
}

async function numbersNow(world: World) {
  await compareCheckIns(world.deps, world.portalId);
  const { manager } = await getHome(world.deps, world.manager);
  const { rep } = await getHome(world.deps, world.rep);
  return { team: manager?.team, numbers: rep?.numbers };
}

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
    const answered = await numbersAfter((world, findingId) => comment(world, findingId));

    expect(silent.finding).toMatchObject({ verdict: 'DIFFERS_FIRM', severity: 2 });
    expect(answered).toEqual(silent);
  });

  it('has the numbers of one who replied in any way that explained nothing, whatever was found', async () => {
    // Mutations: a difference with a comment never counted; without any reply it stayed in its window for ever.
    const someTouches = fc.constantFrom(SIX_TOUCHES, TWO_TOUCHES, THREE_TOUCHES);
    const someSaid = fc.constantFrom('nothing', 'nothing', 'comment', 'refused');
    const team = fc.array(fc.tuple(someTouches, someSaid), { minLength: 9, maxLength: 14 });

    await checkAsyncProperty(
      team,
      async (heard) => {
        const silent = await numbersOfTeam(heard.map(([touches]) => [touches, 'nothing']));
        return (await numbersOfTeam(heard)) === silent;
      },
      Math.ceil(PROPERTY_RUNS / 2_500),
    );
  });
});
