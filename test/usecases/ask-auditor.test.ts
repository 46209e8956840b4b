import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { recompute } from '../../scripts/recompute.ts';
import { asUserId } from '../../src/core/model.ts';
import { askAuditor } from '../../src/usecases/ask-auditor.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { createExport } from '../../src/usecases/create-export.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { deliverExport } from '../../src/usecases/deliver-export.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { replyIdsOf } from '../support/finding-story.ts';
import { MANAGER, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const AUDITOR = asUserId(666);

const submission = () => ({ submissionId: randomUUID() });

/** A firm difference whose rep said that a colleague covered, and what the manager made of that. */
async function decided(accept: boolean, auditorUserId: number | null = AUDITOR) {
  const world = await worlds.fresh({ settings: { auditorUserId } });
  const reply = { replyUntil: '2026-08-19' };
  const { findingId } = await addCompared(world, touchesOf([5, 12, 20, 29, 47, 68]), {}, reply);
  const said = { kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
  await replyToFinding(world.deps, world.rep, findingId, { ...submission(), ...said });
  const replyIds = await replyIdsOf(world, findingId);
  const decision = { replyIds, accept, reason: accept ? '' : 'Uma was away.' };
  await decideReply(world.deps, world.manager, findingId, { ...submission(), ...decision });
  await compareCheckIns(world.deps, world.portalId);
  return { world, findingId };
}

const ask = ({ deps, rep }: World, findingId: string) => askAuditor(deps, rep, findingId, submission());

async function exported(world: World): Promise<string> {
  const auditor = { ...world.manager, userId: AUDITOR };
  const { path } = await createExport(world.deps, auditor, { ...submission(), kind: 'findings' });
  return (await deliverExport(world.deps, path.replace('/exports/', ''))).body;
}

describe('a rep whose reply was not accepted', () => {
  it('reads whom to ask and by which case, and the question is kept once', async () => {
    const { world, findingId } = await decided(false);

    const before = await getFinding(world.deps, world.rep, findingId);
    const { finding } = await ask(world, findingId);
    await ask(world, findingId);

    const found = `who finds this as case ${findingId.slice(0, 8)}.`;
    expect(before.finding.auditor).toEqual({ text: `You can ask the auditor, ${found}`, canAsk: true });
    expect(finding.auditor).toEqual({ text: `On Aug 12 you asked the auditor, ${found}`, canAsk: false });
  });

  it('has the case marked in the auditor’s export, and not a number changed', async () => {
    const { world, findingId } = await decided(false);
    world.clock.set('2026-08-20T15:00:00Z');
    await settleFindings(world.deps, world.portalId);
    await compareCheckIns(world.deps, world.portalId);
    const before = await exported(world);

    await ask(world, findingId);

    const after = await exported(world);
    expect(after).toContain(`"id":"${findingId}"`);
    expect(after.replace('"askedAuditor":true,', '')).toBe(before);
    expect(after).not.toBe(before);
    expect(recompute(JSON.parse(after))).toEqual(recompute(JSON.parse(before)));
  });

  it.each([
    ['nobody is named as auditor', null],
    ['the auditor is the manager who refused', MANAGER.userId],
    ['the auditor looks after customers', OTHER_REP.userId],
  ])('is told where %s', async (_who, auditorUserId) => {
    const { world, findingId } = await decided(false, auditorUserId);

    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding.auditor?.canAsk).toBe(false);
    expect(finding.auditor?.text).toContain('once an admin has named one');
    await expect(ask(world, findingId)).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('asking the auditor', () => {
  it('is for the rep alone', async () => {
    const { world, findingId } = await decided(false);

    const { finding } = await getFinding(world.deps, world.manager, findingId);

    expect(finding.auditor).toBeNull();
    const byManager = askAuditor(world.deps, world.manager, findingId, submission());
    await expect(byManager).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('has no reason where a reply was accepted', async () => {
    const { world, findingId } = await decided(true);

    const { finding } = await getFinding(world.deps, world.rep, findingId);

    expect(finding.auditor).toBeNull();
    await expect(ask(world, findingId)).rejects.toMatchObject({ code: 'conflict' });
  });
});
