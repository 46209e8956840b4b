import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { COUNT_BANDS, RECENCY_BANDS } from '../../src/core/model.ts';
import { AppError } from '../../src/errors.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import type { CompanyLog } from '../../src/usecases/hubspot-port.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { aCall, aDialerCall, anEmail, aSyncedMeeting } from '../core/comparison/activity-builder.ts';
import { checkAsyncProperty, PROPERTY_RUNS } from '../core/comparison/check-property.ts';
import { callsBefore, compared, setLog, told, windowsEnd } from '../support/finding-story.ts';
import { findingsInMemory, keptFindings, type KeptFindings } from '../support/findings-in-memory.ts';
import { DAY_MS } from '../support/deps.ts';
import { stillStore, type Instead } from '../support/still-store.ts';
import { DANA, COMPANY, FORGOT, LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

/** Whatever is attached, trusted, deleted, corrected or accepted, and in any order, nothing becomes worse for anyone. */

const worlds = useWorlds();
const WITH_BOTH = { contactIds: [DANA, LUIS] };
const LUIS_ASKED = { respondent: { contactId: LUIS, name: 'Luis Vega' }, happenedOn: '2026-08-13' };
const PASSES_A_STORY = 4;

type Story = { readonly world: World; readonly kept: KeptFindings; readonly log: readonly ActivityRecord[] };

/** Dana in August, Luis a day later, Dana again in November; all windows are over, and all is weighed. */
async function aStory(luisSays: typeof FORGOT): Promise<Story> {
  const world = await worlds.fresh();
  setLog(world, sixCalls(WITH_BOTH));
  await compared(world);
  world.clock.advance(DAY_MS);
  await compared(world, { ...LUIS_ASKED, recall: luisSays });
  await compareCheckIns(world.deps, world.portalId);
  await told(world);
  await windowsEnd(world);
  world.clock.set('2026-11-12T15:00:00Z');
  const log = [...sixCalls(WITH_BOTH), ...callsBefore('2026-11-12', WITH_BOTH)];
  setLog(world, log);
  await compared(world, { happenedOn: '2026-11-12' });
  await compareCheckIns(world.deps, world.portalId);
  await told(world);
  await windowsEnd(world);
  return { world, kept: await keptFindings(world, COMPANY), log };
}

const someSource = fc.constantFrom(
  { sourceLabel: 'CALLING', sourceDetail: 'HubSpot Calling' },
  { sourceLabel: 'EMAIL_INTEGRATION', sourceDetail: '' },
  { sourceLabel: 'MEETINGS', sourceDetail: '' },
  { sourceLabel: 'CRM_UI', sourceDetail: null },
);
const someRecord: fc.Arbitrary<ActivityRecord> = fc
  .record({
    kind: fc.constantFrom(aCall, aDialerCall, aDialerCall, aSyncedMeeting, anEmail),
    source: someSource,
    daysBefore: fc.integer({ min: -3, max: 200 }),
    isAttachedLater: fc.boolean(),
    contactId: fc.constantFrom('301', '302', '399'),
    id: fc.nat(9_999),
  })
  .map(({ kind, source, daysBefore, isAttachedLater, contactId, id }) => {
    const at = new Date(Date.parse('2026-11-12T14:00:00Z') - daysBefore * DAY_MS).toISOString();
    const createdAt = isAttachedLater ? at : '2026-11-20T15:00:00Z';
    return kind({ id: `7${id}`, occurredAt: at, startAt: at, createdAt, contactIds: [contactId], ...source });
  });
const anyRecall = fc.record({
  recency: fc.constantFrom(...RECENCY_BANDS, null),
  count: fc.constantFrom(...COUNT_BANDS, null),
  unsure: fc.boolean(),
  colleague: fc.boolean(),
  named: fc.boolean(),
  stale: fc.boolean(),
});
/** Often the two that matter most: one correction lowers, and the next would raise. */
const someRecall = fc.oneof(fc.constant(FORGOT), fc.constant(REMEMBERS), anyRecall);
const someFinding = fc.nat(2);
const someAct = fc.oneof(
  fc.record({ act: fc.constant('attach' as const), record: someRecord }),
  fc.record({ act: fc.constant('delete' as const), at: fc.nat(20) }),
  fc.record({
    act: fc.constant('trust' as const),
    sources: fc.subarray([...DEFAULT_SETTINGS.trustedSources, { label: 'CRM_UI', detail: '' }]),
  }),
  fc.record({ act: fc.constant('correct' as const), of: someFinding, recall: someRecall }),
  fc.record({ act: fc.constant('accept' as const), of: someFinding }),
  fc.record({ act: fc.constant('readAgain' as const), of: someFinding }),
  fc.record({ act: fc.constant('loseTheLog' as const), of: someFinding }),
);
type Act = typeof someAct extends fc.Arbitrary<infer One> ? One : never;

/** A story that can be told again and again from its stored beginning, each time with other acts. */
function tellable({ world, kept, log }: Story) {
  const now = { memory: findingsInMemory(kept), activities: log, isLogLost: false };
  const passedOn = Object.keys(now.memory.instead).map((name) => [
    name,
    (...values: never[]) => now.memory.instead[name]?.(...values),
  ]);
  const companyLog = (): Promise<CompanyLog> =>
    now.isLogLost
      ? Promise.reject(new AppError('not_found', 'The company is gone.'))
      : Promise.resolve({ activities: now.activities, ownership: [], contacts: [] });
  const deps: Deps = {
    ...world.deps,
    store: stillStore(world, Object.fromEntries(passedOn) as Instead),
    hubspot: { ...world.deps.hubspot, companyLog },
  };
  const begin = () =>
    Object.assign(now, { memory: findingsInMemory(kept), activities: log, isLogLost: false });
  return { world, deps, now, begin };
}
type Telling = ReturnType<typeof tellable>;

async function doIt({ world, deps, now }: Telling, act: Act): Promise<void> {
  now.isLogLost = act.act === 'loseTheLog';
  if (act.act === 'attach') now.activities = [...now.activities, act.record];
  if (act.act === 'delete') now.activities = now.activities.filter((_one, at) => at !== act.at);
  if (act.act === 'trust') now.memory.trust(act.sources);
  if (act.act === 'correct') await correct(deps, world, now.memory.all()[act.of]!.checkInId, act.recall);
  if (act.act === 'accept') await accept(deps, world, now.memory, now.memory.all()[act.of]!.findingId);
  if (act.act === 'readAgain' || act.act === 'loseTheLog') now.memory.wait(act.of);
  else now.memory.waitAll();
  for (let pass = 0; pass < PASSES_A_STORY; pass += 1) await compareCheckIns(deps, world.portalId);
}

async function correct(deps: Deps, world: World, checkInId: string, recall: typeof FORGOT): Promise<void> {
  const correction = { submissionId: randomUUID(), recall, reason: 'Typing error.' };
  await correctCheckIn(deps, world.manager, checkInId, correction);
}

async function accept(
  deps: Deps,
  world: World,
  memory: Telling['now']['memory'],
  findingId: string,
): Promise<void> {
  const replyIds = [memory.addReply(findingId, world.rep.userId)];
  const decision = { submissionId: randomUUID(), replyIds, accept: true, reason: '' };
  await decideReply(deps, world.manager, findingId, decision);
}

const weightOf = ({ result, supported }: FindingRow) => ({ severity: result?.severity ?? 0, supported });

/** True where no finding weighs more than before, and none is borne out that was not. */
function isNoWorse(before: readonly FindingRow[], after: readonly FindingRow[]): boolean {
  return after.every((row, at) => {
    const was = weightOf(before[at]!);
    const is = weightOf(row);
    return is.severity <= was.severity && (was.supported || !is.supported);
  });
}

describe('a settled story of three answers', () => {
  it.each([
    ['bears the first difference out', FORGOT, true],
    ['explains the first difference', REMEMBERS, false],
    ['says neither', { ...FORGOT, unsure: true }, true],
  ])(
    'grows no harsher by anything that comes later, where the second contact %s',
    async (_what, luisSays, isSupported) => {
      // Mutations: records of an earlier reading were dropped; so was a memory whose answers were corrected since; the last
      // correction counted whatever it said.
      const story = await aStory(luisSays);
      const told = tellable(story);
      const first = story.kept.rows.at(-1)!;

      await checkAsyncProperty(
        fc.array(someAct, { minLength: 1, maxLength: 6 }),
        async (acts) => {
          told.begin();
          for (const act of acts) {
            const before = told.now.memory.all();
            await doIt(told, act);
            if (!isNoWorse(before, told.now.memory.all())) return false;
          }
          return true;
        },
        Math.ceil(PROPERTY_RUNS / 50),
      );

      expect(first.supported).toBe(isSupported);
    },
    240_000,
  );
});
