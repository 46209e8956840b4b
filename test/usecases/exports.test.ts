import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { differingIds, recompute } from '../../scripts/recompute.ts';
import { canonicalJson } from '../../src/core/comparison/canonical.ts';
import { asUserId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { createExport } from '../../src/usecases/create-export.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import { deliverExport } from '../../src/usecases/deliver-export.ts';
import type { UserActor } from '../../src/usecases/ports.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { txOf } from '../../src/store/transact.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { aCall } from '../core/comparison/activity-builder.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { replyIdsOf } from '../support/finding-story.ts';
import {
  COMPANY,
  FORGOT,
  LUIS,
  MANAGER,
  OTHER_COMPANY,
  OTHER_REP,
  REMEMBERS,
  REP,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
const AUDITOR = 666;
const WINDOW_OVER = '2026-08-21T15:00:00Z';

const audited = () => worlds.fresh({ settings: { auditorUserId: AUDITOR } });
const auditor = (world: World): UserActor => ({ ...world.manager, userId: asUserId(AUDITOR) });
const asked = (kind: 'findings' | 'program' = 'findings') => ({ submissionId: randomUUID(), kind });

async function heard(world: World, change: Parameters<World['record']>[0] = {}): Promise<string> {
  const { saved } = await world.record(change);
  await compareCheckIns(world.deps, world.portalId);
  return String(saved.findingId);
}

async function settled(world: World): Promise<void> {
  world.clock.advance(16 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  world.clock.set(WINDOW_OVER);
  await settleFindings(world.deps, world.portalId);
  await compareCheckIns(world.deps, world.portalId);
}

const tokenOf = (path: string) => path.replace('/exports/', '');

async function exported(world: World): Promise<string> {
  const { path } = await createExport(world.deps, auditor(world), asked());
  return (await deliverExport(world.deps, tokenOf(path))).body;
}

async function storedResult(world: World, findingId: string): Promise<string> {
  const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
  if (row?.result === null || row === null) throw new Error('The finding is there.');
  const { verdict, severity, rule, mu } = row.result;
  return canonicalJson({ id: findingId, verdict, severity, rule, mu, supported: row.supported });
}

type Act = (world: World) => Promise<string>;
const explainedByReply: Act = async (world) => {
  const findingId = await heard(world);
  world.clock.advance(16 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
  const reply = {
    submissionId: randomUUID(),
    kind: 'COVERED',
    sentence: 'A colleague.',
    activityId: null,
  } as const;
  await replyToFinding(world.deps, world.rep, findingId, reply);
  await decideReply(world.deps, world.manager, findingId, {
    submissionId: randomUUID(),
    replyIds: await replyIdsOf(world, findingId),
    accept: true,
    reason: '',
  });
  return findingId;
};
const explainedByRecord: Act = async (world) => {
  const findingId = await heard(world);
  const record = aCall({
    id: '599',
    occurredAt: '2026-07-23T15:00:00Z',
    createdAt: '2026-08-13T15:00:00Z',
    sourceLabel: 'CALLING',
    sourceDetail: 'HubSpot Calling',
    durationMs: 300_000,
    callStatus: 'COMPLETED',
  });
  world.deps.fake.logs.set(COMPANY, { activities: [...sixCalls(), record], ownership: [], contacts: [] });
  world.clock.advance(24 * 60 * MINUTE_MS);
  await world.inside((scope) =>
    world.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: world.clock.now() }),
  );
  await compareCheckIns(world.deps, world.portalId);
  return findingId;
};
const bySecondContact =
  (recall: typeof FORGOT): Act =>
  async (world) => {
    const calls = sixCalls().map((call) => ({ ...call, contactIds: ['301', '302'] }));
    world.deps.fake.logs.set(COMPANY, { activities: calls, ownership: [], contacts: [] });
    const findingId = await heard(world);
    world.clock.advance(MINUTE_MS);
    await heard(world, { respondent: { contactId: LUIS, name: 'Luis Vega' }, recall });
    await compareCheckIns(world.deps, world.portalId);
    return findingId;
  };

const loweredByCorrection: Act = async (world) => {
  const findingId = await heard(world);
  const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
  const correction = { submissionId: randomUUID(), recall: { ...FORGOT, unsure: true }, reason: 'Misheard.' };
  await correctCheckIn(world.deps, world.manager, String(row?.checkInId), correction);
  await compareCheckIns(world.deps, world.portalId);
  return findingId;
};
const withAnotherRepsCalls: Act = (world) => {
  const [first, second, ...rest] = sixCalls();
  const taken = [first, second].flatMap((call) =>
    call === undefined
      ? []
      : [{ ...call, ownerId: OTHER_REP.ownerId, createdByUserId: String(OTHER_REP.userId) }],
  );
  world.deps.fake.logs.set(COMPANY, { activities: [...taken, ...rest], ownership: [], contacts: [] });
  return heard(world);
};

/** Every name of a field in a document, however deep. */
function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(fieldsOf))];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.entries(value).flatMap(([field, inner]) => [field, ...fieldsOf(inner)]))];
}

/** As an earlier version left it: the result alone. */
async function forgetLater(world: World, findingId: string): Promise<void> {
  await world.inside((scope) =>
    sql`UPDATE findings SET later = NULL WHERE portal_id = ${scope.portalId}::bigint AND finding_id = ${findingId}`.execute(
      txOf(scope),
    ),
  );
}

describe('a finding that was explained before the explanation was kept', () => {
  it('stays explained while the log cannot be read', async () => {
    const world = await audited();
    const findingId = await explainedByRecord(world);
    await forgetLater(world, findingId);
    const before = await storedResult(world, findingId);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, findingId, { state: 'pending', nextTryAt: world.clock.now() }),
    );
    world.deps.fake.failNext('companyLog', 'not_found');

    await compareCheckIns(world.deps, world.portalId);

    const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
    expect(row?.state).toBe('ready');
    expect(await storedResult(world, findingId)).toBe(before);
    expect(before).toContain('EXPLAINED');
  });
});

describe('an auditor’s export', () => {
  it.each<[string, string, Act]>([
    ['a firm difference', 'DIFFERS_FIRM', (world) => heard(world)],
    ['one explained by a reply', 'EXPLAINED', explainedByReply],
    ['one explained by a record found later', 'EXPLAINED', explainedByRecord],
    ['one that a second contact explains', 'EXPLAINED', bySecondContact(REMEMBERS)],
    ['one that a second contact bears out', 'DIFFERS_FIRM', bySecondContact(FORGOT)],
    ['one that a correction lowered', 'CUSTOMER_UNSURE', loweredByCorrection],
    ['one with another rep’s calls', 'DIFFERS_SOFT', withAnotherRepsCalls],
  ])('performed again gives %s byte for byte', async (_what, verdict, act) => {
    const world = await audited();
    const findingId = await act(world);
    await settled(world);

    const document = JSON.parse(await exported(world)) as unknown;

    const performed = recompute(document).find(({ id }) => id === findingId);
    expect(canonicalJson(performed)).toBe(await storedResult(world, findingId));
    expect(performed?.verdict).toBe(verdict);
    expect(differingIds(document)).toEqual([]);
  });

  it('as a file gives the command every stored result, byte for byte', async () => {
    const world = await audited();
    const findingIds = [
      await bySecondContact(FORGOT)(world),
      await heard(world, { companyId: OTHER_COMPANY }),
    ];
    await settled(world);
    const body = await exported(world);

    const run = spawnSync(process.execPath, ['scripts/recompute.ts', '-'], { input: body, encoding: 'utf8' });

    const rows = await world.inside((scope) => world.store.exports.findings(scope, '', 10));
    const stored = rows.map(({ findingId, supported, result: { verdict, severity, rule, mu } }) =>
      JSON.stringify({ id: findingId, verdict, severity, rule, mu, supported }),
    );
    expect(rows.map(({ findingId }) => findingId)).toEqual(expect.arrayContaining(findingIds));
    expect(run.stdout).toBe(`[${stored.join(',\n')}]\n`);
    expect([run.status, run.stderr]).toEqual([0, '']);
  }, 60_000);

  it('holds no field that its description does not name', async () => {
    const world = await audited();
    const findingId = await bySecondContact(FORGOT)(world);
    await settled(world);
    const again = await world.inside((scope) => world.store.findings.later(scope, findingId));
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, findingId, {
        state: 'ready',
        ...(again === null ? {} : { later: { ...again, isFirmAgainLater: true } }),
      }),
    );

    const fields = fieldsOf(JSON.parse(await exported(world)));

    const description = readFileSync('docs/export.md', 'utf8');
    expect(fields).toEqual(
      expect.arrayContaining(['laterTrace', 'firmAgainLater', 'secondContact', 'stored']),
    );
    expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(description))).toEqual([]);
  });

  it('sets a finding apart whose explanation an earlier version did not keep, and still performs the others', async () => {
    const world = await audited();
    const findingId = await explainedByReply(world);
    await settled(world);
    await forgetLater(world, findingId);

    const document = JSON.parse(await exported(world)) as { cases: unknown[]; onlyStored: unknown[] };

    expect(document.cases).toEqual([]);
    expect(document.onlyStored).toMatchObject([
      { id: findingId, stored: { verdict: 'EXPLAINED', severity: 0 } },
    ]);
    expect(differingIds(document)).toEqual([]);
  });

  it('performs a finding of an earlier version again that nothing later had changed', async () => {
    const world = await audited();
    const findingId = await heard(world);
    await settled(world);
    await forgetLater(world, findingId);

    const document = JSON.parse(await exported(world)) as unknown;

    expect(recompute(document).map(({ id, verdict }) => [id, verdict])).toEqual([
      [findingId, 'DIFFERS_FIRM'],
    ]);
    expect(differingIds(document)).toEqual([]);
  });

  it('names the finding whose stored result is not what comes out', async () => {
    const world = await audited();
    const findingId = await heard(world);
    await settled(world);

    const changed = (await exported(world)).replace('"rule":"R13"', '"rule":"R12"');

    expect(differingIds(JSON.parse(changed))).toEqual([findingId]);
  });

  it('holds no name, no words and no id of HubSpot', async () => {
    const world = await audited();
    await heard(world, { words: 'Canary words' });
    await settled(world);

    const body = await exported(world);

    // Our own random ids are hexadecimal, and now and then one holds "301" by chance.
    const told = body.replaceAll(/"[0-9a-f]{10}"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
    const secrets = ['Canary', 'Dana', 'Acme', `"${REP.ownerId}"`, COMPANY, '501', '301', String(REP.userId)];
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(body).toMatch(/"owner":"[0-9a-f]{10}"/);
  });

  it('leaves out what is in its reply window', async () => {
    const world = await audited();
    await heard(world);
    world.clock.advance(16 * MINUTE_MS);
    await releaseFeedback(world.deps, world.portalId);

    const { cases } = JSON.parse(await exported(world)) as { cases: unknown[] };

    expect(cases).toEqual([]);
  });

  it('is there once, for five minutes, and only by its whole link', async () => {
    const world = await audited();
    const first = await createExport(world.deps, auditor(world), asked());
    const late = await createExport(world.deps, auditor(world), asked());
    const deliver = (path: string) => deliverExport(world.deps, tokenOf(path));

    const { fileName } = await deliver(first.path);

    await expect(deliver(first.path)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deliver(`${late.path}0`)).rejects.toMatchObject({ code: 'not_found' });
    await expect(deliver(late.path.replace(/^\/exports\/\d+/, '/exports/1'))).rejects.toMatchObject({
      code: 'not_found',
    });
    world.clock.advance(5 * MINUTE_MS);
    await expect(deliver(late.path)).rejects.toMatchObject({ code: 'not_found' });
    expect(fileName).toMatch(/^service-check-in-\d+-findings-2026-08-12\.json$/);
  });

  it('is the same link for the same submission, and its secret is stored nowhere', async () => {
    const world = await audited();
    const input = asked();

    const { path } = await createExport(world.deps, auditor(world), input);
    const again = await createExport(world.deps, auditor(world), input);

    const stored = await world.inside((scope) => world.store.submissions.find(scope, input.submissionId));
    expect(again.path).toBe(path);
    expect(JSON.stringify(stored)).not.toContain(tokenOf(path).split('.')[1]);
  });

  it.each([
    ['the admin, who manages too', MANAGER.userId],
    ['a rep', OTHER_REP.userId],
  ])('is refused to %s, even when named as auditor', async (_who, userId) => {
    const world = await worlds.fresh({ settings: { auditorUserId: userId } });

    const asking = createExport(world.deps, { ...world.manager, userId }, asked());

    await expect(asking).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('stays closed, and says so, while nobody is named as auditor', async () => {
    const world = await worlds.fresh();

    const asking = createExport(world.deps, world.manager, asked());

    await expect(asking).rejects.toThrow('Nobody is named as auditor');
  });

  it('of the program holds the rules for the admin and nothing of any finding', async () => {
    const world = await audited();
    await heard(world);
    const { path } = await createExport(world.deps, world.manager, asked('program'));

    const { body } = await deliverExport(world.deps, tokenOf(path));

    const { program, isAuditIntact } = JSON.parse(body) as {
      program: { version: number };
      isAuditIntact: boolean;
    };
    expect([program.version, isAuditIntact]).toEqual([1, true]);
    expect(body).not.toMatch(/DIFFERS|R13|Dana/);
  });
});
