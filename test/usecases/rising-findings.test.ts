import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { localDayOf } from '../../src/core/cadence/calendar.ts';
import { AppError } from '../../src/errors.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import { loadPerson } from '../../src/usecases/person.ts';
import { repTotals } from '../../src/usecases/rep-totals.ts';
import { replyToFinding } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { checkAsyncProperty, PROPERTY_RUNS } from '../core/comparison/check-property.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import {
  callsBefore,
  compared,
  recordedCall,
  replyIdsOf,
  setLog,
  told,
  windowsEnd,
} from '../support/finding-story.ts';
import {
  COMPANY,
  DANA,
  FORGOT,
  LUIS,
  REMEMBERS,
  REP,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

/** Whatever people and jobs do, in any order: what comes to weigh more is answerable anew, and no correction makes it so. */

const worlds = useWorlds();
const WITH_BOTH = { contactIds: [DANA, LUIS] };
const QUARTER_DAYS = 91;
const FINDINGS_LOOKED_AT = 200;

const someRecall = fc.constantFrom(
  FORGOT,
  FORGOT,
  FORGOT,
  REMEMBERS,
  { ...FORGOT, recency: 'LONG' as const },
  { ...FORGOT, recency: 'M3' as const, count: '1' as const },
  { ...FORGOT, unsure: true },
);
const someOf = fc.nat(5);
const someAct = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('save' as const), who: fc.boolean(), recall: someRecall }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('tell' as const) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('undo' as const), of: someOf }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('wait' as const), days: fc.constantFrom(1, 2, 9, 15) }),
  },
  fc.record({ act: fc.constant('correct' as const), of: someOf, recall: someRecall }),
  fc.record({ act: fc.constant('reply' as const), of: someOf }),
  fc.record({ act: fc.constant('decide' as const), of: someOf, accept: fc.boolean() }),
  fc.record({ act: fc.constant('quarter' as const) }),
  fc.record({ act: fc.constant('record' as const) }),
  fc.record({ act: fc.constant('lose' as const), isLost: fc.boolean() }),
  fc.record({ act: fc.constant('erase' as const), who: fc.boolean() }),
);
type LogNow = { activities: readonly ActivityRecord[]; isLost: boolean };
type Act = typeof someAct extends fc.Arbitrary<infer One> ? One : never;

const UNDO: Act = { act: 'undo', of: 0 };
const says = (contactId: typeof DANA, recall = REMEMBERS): Act => ({
  act: 'save',
  who: contactId === DANA,
  recall,
});

const today = (world: World) => localDayOf(world.clock.now(), 'America/Chicago');
const findingsOf = (world: World): Promise<readonly FindingRow[]> =>
  world.inside((scope) => world.store.findings.ofCompany(scope, COMPANY, FINDINGS_LOOKED_AT));

/** What may not be done now is refused, and that is no harm. */
async function unlessRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

async function doIt(world: World, act: Act, log: LogNow) {
  const { deps, portalId } = world;
  const rows = await findingsOf(world);
  const chosen = 'of' in act ? rows[act.of % Math.max(rows.length, 1)] : undefined;
  const submissionId = randomUUID();
  if (act.act === 'save') {
    const respondent = act.who
      ? { contactId: DANA, name: 'Dana Ruiz' }
      : { contactId: LUIS, name: 'Luis Vega' };
    await unlessRefused(world.record({ respondent, happenedOn: today(world), recall: act.recall }));
  }
  if (act.act === 'tell') await told(world);
  if (act.act === 'wait') {
    world.clock.advance(act.days * DAY_MS);
    await settleFindings(deps, portalId);
  }
  if (act.act === 'quarter') {
    world.clock.advance(QUARTER_DAYS * DAY_MS);
    log.activities = [...log.activities, ...callsBefore(today(world), WITH_BOTH)];
  }
  if (act.act === 'record') log.activities = [...log.activities, recordedCall()];
  if (act.act === 'lose') log.isLost = act.isLost;
  if (act.act === 'erase') await world.inside((scope) => forgetContact(deps, scope, act.who ? DANA : LUIS));
  if (chosen !== undefined) {
    const { findingId, checkInId } = chosen;
    if (act.act === 'undo')
      await unlessRefused(undoCheckIn(deps, world.manager, checkInId, { submissionId }));
    if (act.act === 'correct') {
      const correction = { submissionId, recall: act.recall, reason: 'Typing error.' };
      await unlessRefused(correctCheckIn(deps, world.manager, checkInId, correction));
    }
    if (act.act === 'reply') {
      const reply = { submissionId, kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
      await unlessRefused(replyToFinding(deps, world.rep, findingId, reply));
    }
    if (act.act === 'decide') {
      const replyIds = await replyIdsOf(world, findingId);
      const decision = { submissionId, replyIds, accept: act.accept, reason: 'Uma was away.' };
      await unlessRefused(decideReply(deps, world.manager, findingId, decision));
    }
  }
  setLog(world, log.activities);
  await compareCheckIns(deps, portalId);
  await compareCheckIns(deps, portalId);
}

const severityOf = (row: FindingRow | undefined) => row?.result?.severity ?? null;

const hasRisen = (row: FindingRow, was: number | null) => was !== null && (severityOf(row) ?? 0) > was;

type Step = { readonly act: Act['act']; readonly wasAtRest: boolean; readonly was: number | null };

/** What is wrong with a finding after this step; null where nothing is. */
function wrongWith(world: World, { act, wasAtRest, was }: Step, row: FindingRow): string | null {
  if ((severityOf(row) ?? 0) > (row.firstSeverity ?? 0)) return 'weighs more than at first';
  if (!hasRisen(row, was)) return null;
  // Where a log could not be read, a rise that an undo caused may be due already, and come with whatever is weighed next.
  if (act === 'correct' && wasAtRest) return 'made worse';
  if (row.settledAt !== null) return 'risen and settled';
  if (row.noticedOn === null || row.noticedOn < today(world)) return 'risen and told of as on an earlier day';
  return row.replyUntil === null || row.replyUntil <= today(world) ? 'risen without days to reply' : null;
}

/** Dana has said that nobody called, and it was compared; then this happens. Returns the acts by which something came to weigh more. */
async function story(acts: readonly Act[]): Promise<readonly Act['act'][]> {
  const world = await worlds.fresh();
  const log: LogNow = { activities: sixCalls(WITH_BOTH), isLost: false };
  const { hubspot } = world.deps;
  const real = hubspot.companyLog.bind(hubspot);
  const companyLog: typeof real = (...asked) =>
    log.isLost ? Promise.reject(new AppError('hubspot_unavailable', 'Down.')) : real(...asked);
  Object.assign(hubspot, { companyLog });
  setLog(world, log.activities);
  await compared(world);
  const rises: Act['act'][] = [];
  for (const act of acts) {
    const before = await findingsOf(world);
    await doIt(world, act, log);
    const after = await findingsOf(world);
    const wasAtRest = before.every(({ state }) => state === 'ready');
    for (const row of after) {
      const was = severityOf(before.find(({ findingId }) => findingId === row.findingId));
      const wrong = wrongWith(world, { act: act.act, wasAtRest, was }, row);
      if (wrong !== null) throw new Error(`${wrong} by ${JSON.stringify(act)}`);
      if (hasRisen(row, was)) rises.push(act.act);
    }
  }
  return rises;
}

describe('a year of one customer, whatever anybody does', () => {
  it.each<[string, readonly Act[]]>([
    ['their own second answer', [{ act: 'tell' }, { act: 'wait', days: 15 }, says(DANA), UNDO]],
    ['a second memory', [{ act: 'tell' }, { act: 'wait', days: 9 }, says(LUIS), UNDO]],
    ['an answer after a quarter', [{ act: 'quarter' }, says(LUIS, FORGOT), says(LUIS), UNDO]],
  ])('lets a finding rise again where %s is taken back', async (_what, acts) => {
    expect(await story(acts)).toEqual(['undo']);
  });

  it('gives each finding that comes to weigh more a whole window from that day', async () => {
    // Mutations: a rise kept its settlement, or its old window; a correction counted upward.
    await checkAsyncProperty(
      fc.array(someAct, { minLength: 8, maxLength: 20 }),
      async (acts) => {
        await story(acts);
        return true;
      },
      Math.ceil(PROPERTY_RUNS / 2_000),
    );
  }, 600_000);

  it('counts a firm difference for four quarters, and no longer', async () => {
    const world = await worlds.fresh();
    await world.plan();
    await compared(world);
    await told(world);
    await windowsEnd(world);

    const counted: unknown[] = [];
    for (let quarter = 0; quarter < 5; quarter += 1) {
      const { n, x } = await totalsNow(world);
      counted.push([n, x]);
      world.clock.advance(QUARTER_DAYS * DAY_MS + MINUTE_MS);
      await settleFindings(world.deps, world.portalId);
    }

    expect(counted).toEqual([...Array.from({ length: 4 }, () => [1, 1]), [0, 0]]);
  });
});

async function totalsNow(world: World) {
  const totals = await world.inside(async (scope) =>
    repTotals(world.deps, scope, await loadPerson(world.deps, scope, world.rep), [REP.ownerId]),
  );
  return totals.get(REP.ownerId)!;
}
