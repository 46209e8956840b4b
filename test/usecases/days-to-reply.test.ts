import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { announce } from '../../src/usecases/announce.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { enterLeave, removeLeave } from '../../src/usecases/leave.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { compared, rowOf, told, type Heard } from '../support/finding-story.ts';
import { useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function setDays(world: World, replyWindowBusinessDays: number) {
  world.clock.advance(MINUTE_MS);
  const { version, settings } = await getProgram(world.deps, world.manager);
  const { program } = await saveProgram(world.deps, world.manager, {
    submissionId: randomUUID(),
    expectedVersion: version,
    settings: { ...settings, replyWindowBusinessDays },
  });
  return program.settings.replyWindowBusinessDays;
}

async function announced(world: World): Promise<void> {
  const text = 'You have ten business days to reply.';
  await announce(world.deps, world.manager, { submissionId: randomUUID(), startsOn: '2026-09-01', text });
}

describe('the number of business days that reps have to reply', () => {
  it('never falls below the one that was set when they were told', async () => {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 10 }, announcedDaysAgo: null });
    await announced(world);

    const fewer = setDays(world, 9);

    await expect(fewer).rejects.toMatchObject({
      code: 'conflict',
      message: 'Your reps were told that they have 10 business days to reply. Fewer would break that word.',
      hint: 'Set it to 10 or more.',
    });
    expect((await getProgram(world.deps, world.manager)).settings.replyWindowBusinessDays).toBe(10);
  });

  it('can be more, and as many again as they were told', async () => {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 10 }, announcedDaysAgo: null });
    await announced(world);

    const saved = [await setDays(world, 15), await setDays(world, 10)];

    expect(saved).toEqual([15, 10]);
    await expect(setDays(world, 5)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('can be fewer while nobody was told', async () => {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 10 }, announcedDaysAgo: null });

    expect(await setDays(world, 5)).toBe(5);
  });
});

describe('a window that runs already', () => {
  /** Of twenty business days, from August 12 to September 10: Labor Day does not count. */
  async function running(): Promise<{ world: World; heard: Heard }> {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 20 } });
    const heard = await compared(world);
    await told(world);
    return { world, heard };
  }

  async function weighsLess(world: World, heard: Heard): Promise<void> {
    const { result } = await rowOf(world, heard);
    if (result === null) throw new Error('It was compared.');
    const soft = { ...result, verdict: 'DIFFERS_SOFT', severity: 1 } as const;
    const change = { result: soft, state: 'pending', nextTryAt: world.clock.now() } as const;
    await world.inside((scope) => world.store.findings.saveResult(scope, heard.findingId, change));
  }

  it('keeps its last day where the finding weighs more once there are fewer days', async () => {
    const { world, heard } = await running();
    const before = (await rowOf(world, heard)).replyUntil;
    await setDays(world, 5);
    await weighsLess(world, heard);

    await compareCheckIns(world.deps, world.portalId);

    const { result, replyUntil } = await rowOf(world, heard);
    expect([before, result?.severity, replyUntil]).toEqual(['2026-09-10', 2, '2026-09-10']);
  });

  it('keeps its last day where leave is entered, or taken back, once there are fewer days', async () => {
    const { world, heard } = await running();
    await setDays(world, 5);
    const days = { ownerId: null, firstDay: '2026-08-17', lastDay: '2026-08-18' };

    const { leave } = await enterLeave(world.deps, world.rep, { submissionId: randomUUID(), ...days });
    const during = (await rowOf(world, heard)).replyUntil;
    await removeLeave(world.deps, world.rep, leave[0]?.leaveId ?? '', { submissionId: randomUUID() });
    await weighsLess(world, heard);
    await compareCheckIns(world.deps, world.portalId);

    expect([during, (await rowOf(world, heard)).replyUntil]).toEqual(['2026-09-10', '2026-09-10']);
  });

  it('begins with its notice: of fewer days where these were set before it', async () => {
    const world = await worlds.fresh({ settings: { replyWindowBusinessDays: 20 } });
    await setDays(world, 5);
    const heard = await compared(world);
    await told(world);

    expect((await rowOf(world, heard)).replyUntil).toBe('2026-08-19');
  });
});
