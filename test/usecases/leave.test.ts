import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { enterLeave, removeLeave } from '../../src/usecases/leave.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { REPLY_KINDS } from '../../src/core/model.ts';
import { replied, rowOf, told, windowsEnd } from '../support/finding-story.ts';
import { OTHER_REP, REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

function leaveOf(
  world: World,
  actor: UserActor,
  firstDay: string,
  lastDay: string,
  ownerId: string | null = null,
) {
  return enterLeave(world.deps, actor, { submissionId: randomUUID(), ownerId, firstDay, lastDay });
}

async function comparedRow(world: World) {
  const { saved } = await world.record();
  await compareCheckIns(world.deps, world.portalId);
  const row = await world.inside((scope) => world.store.findings.find(scope, String(saved.findingId)));
  if (row?.result === null || row === null) throw new Error('The finding is there.');
  return { ...row, result: row.result };
}

describe('leave', () => {
  it('of ten business days in the last 45 softens a firm difference', async () => {
    const world = await worlds.fresh();
    await leaveOf(world, world.rep, '2026-07-13', '2026-07-24');

    const { result } = await comparedRow(world);

    expect([result.rule, result.severity]).toEqual(['R12', 1]);
  });

  it.each([
    ['nine business days', '2026-07-13', '2026-07-23'],
    ['ten days of which the holiday is one', '2026-06-22', '2026-07-06'],
    ['leave that ended before', '2026-06-01', '2026-06-28'],
    ['leave that comes after', '2026-08-13', '2026-08-31'],
  ])('changes nothing by %s', async (_what, firstDay, lastDay) => {
    const world = await worlds.fresh();
    await leaveOf(world, world.rep, firstDay, lastDay);

    const { result } = await comparedRow(world);

    expect([result.rule, result.severity]).toEqual(['R13', 2]);
  });

  it('of another rep, or taken back, changes nothing', async () => {
    const world = await worlds.fresh();
    const { leave } = await leaveOf(world, world.rep, '2026-07-13', '2026-07-24');
    await removeLeave(world.deps, world.rep, leave[0]?.leaveId ?? '', { submissionId: randomUUID() });
    await leaveOf(world, world.otherRep, '2026-07-13', '2026-07-24');

    const { result } = await comparedRow(world);

    expect(result.rule).toBe('R13');
  });

  it('pauses the reply window, whether it was entered before or while it is open', async () => {
    const before = await worlds.fresh();
    await leaveOf(before, before.rep, '2026-08-17', '2026-08-21');
    const known = await comparedRow(before);
    const during = await worlds.fresh();
    const open = await comparedRow(during);

    await leaveOf(during, during.rep, '2026-08-17', '2026-08-21');

    const paused = await during.inside((scope) => during.store.findings.find(scope, open.findingId));
    expect([known.replyUntil, open.replyUntil, paused?.replyUntil]).toEqual([
      '2026-08-26',
      '2026-08-19',
      '2026-08-26',
    ]);
  });

  it.each(REPLY_KINDS)('pauses the reply window after a reply of the kind %s too', async (kind) => {
    const world = await worlds.fresh();
    const open = await comparedRow(world);
    await told(world);
    const activityId = kind === 'EVIDENCE' ? '506' : null;
    await replied(world, open, { kind, activityId });

    await leaveOf(world, world.rep, '2026-08-17', '2026-08-21');

    expect(await rowOf(world, open)).toMatchObject({ replyUntil: '2026-08-26' });
  });

  it('pauses no window that is over', async () => {
    const world = await worlds.fresh();
    const open = await comparedRow(world);
    await told(world);
    await windowsEnd(world);

    await leaveOf(world, world.rep, '2026-08-17', '2026-08-21');

    expect(await rowOf(world, open)).toMatchObject({ replyUntil: '2026-08-19' });
  });

  it('pauses a window on its last day', async () => {
    const world = await worlds.fresh();
    const open = await comparedRow(world);
    await told(world);
    world.clock.set('2026-08-19T15:00:00Z');

    await leaveOf(world, world.rep, '2026-08-19', '2026-08-21');

    expect(await rowOf(world, open)).toMatchObject({ replyUntil: '2026-08-24' });
  });

  it('is entered by the rep or an admin, and read by nobody else', async () => {
    const world = await worlds.fresh();
    await leaveOf(world, world.rep, '2026-09-07', '2026-09-11');
    await leaveOf(world, world.manager, '2026-09-14', '2026-09-18', OTHER_REP.ownerId);

    const own = (await getHome(world.deps, world.rep)).rep?.leave;
    const all = (await getProgram(world.deps, world.manager)).leave;
    const forColleague = leaveOf(world, world.rep, '2026-09-07', '2026-09-11', OTHER_REP.ownerId);
    const colleagues = removeLeave(world.deps, world.otherRep, own?.[0]?.leaveId ?? '', {
      submissionId: randomUUID(),
    });

    await expect(forColleague).rejects.toMatchObject({ code: 'not_found' });
    await expect(colleagues).rejects.toMatchObject({ code: 'not_found' });
    await expect(leaveOf(world, world.stranger, '2026-09-07', '2026-09-11')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(own?.map(({ ownerId, mine }) => [ownerId, mine])).toEqual([[REP.ownerId, true]]);
    expect(all.map(({ name }) => name)).toEqual(['Tom Baker', 'Uma Patel']);
  });

  it.each([
    ['that ends before it begins', '2026-09-07', '2026-09-06'],
    ['of more than a year', '2026-09-07', '2027-09-09'],
  ])('is refused %s', async (_what, firstDay, lastDay) => {
    const world = await worlds.fresh();

    const entering = leaveOf(world, world.rep, firstDay, lastDay);

    await expect(entering).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
