import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { createCardHandlers } from '../../src/card-handlers.ts';
import { addDays } from '../../src/core/cadence/calendar.ts';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { asContactId, asUserId, type AttemptOutcome } from '../../src/core/model.ts';
import { AppError } from '../../src/errors.ts';
import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';
import type { PathIds } from '../../src/http/routes.ts';
import { JOB_ORDER, JOBS } from '../../src/jobs/jobs.ts';
import { openIssue } from '../../src/usecases/open-issue.ts';
import type { EvidenceLine, FindingRow, Reply } from '../../src/usecases/finding-records.ts';
import type { Deps, UserActor } from '../../src/usecases/ports.ts';
import type { Touch } from '../../src/usecases/records.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { skipTouch } from '../../src/usecases/skip-touch.ts';
import { aCall, aDialerCall, anEmail, aSyncedMeeting } from '../core/comparison/activity-builder.ts';
import { checkAsyncProperty, PROPERTY_RUNS } from '../core/comparison/check-property.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { stillStore } from '../support/still-store.ts';
import {
  anAnswer,
  COMPANY,
  DANA,
  FORGOT,
  FREE_COMPANY,
  LUIS,
  OTHER_COMPANY,
  OTHER_REP,
  OWN_COMPANY,
  REP,
  useWorlds,
  type World,
} from '../support/world.ts';

/** Whatever the log says, nobody is told anything else before a statement is saved: no claim, no count, no hint. */

const worlds = useWorlds();
// A million cases take minutes.
jest.setTimeout(3_600_000);
const CANARY = 'Zyxcanary';
const AUDITOR = asUserId(666);
const TODAY = '2026-08-12';
const NOBODYS_ID = '00000000-0000-4000-8000-000000000000';
const COMPANIES = [COMPANY, OTHER_COMPANY, OWN_COMPANY, FREE_COMPANY];

const someActivity = fc
  .record({
    ageDays: fc.integer({ min: 0, max: 182 }),
    kind: fc.constantFrom(aCall, aCall, aDialerCall, aSyncedMeeting, anEmail),
    number: fc.nat(99_999),
    contactId: fc.constantFrom('301', '302', '77070'),
    ownerId: fc.constantFrom('11', '12', '900'),
  })
  .map(({ ageDays, kind, number, contactId, ownerId }): ActivityRecord => {
    const day = addDays(TODAY, -ageDays);
    const marks = {
      id: `770707${number}`,
      sourceDetail: CANARY,
      disposition: CANARY,
      createdByUserId: '7707',
    };
    return kind({
      ...marks,
      ownerId,
      contactIds: [contactId],
      occurredAt: `${day}T14:17:00Z`,
      createdAt: `${day}T14:18:00Z`,
    });
  });
const someLog = fc.array(someActivity, { maxLength: 8 });

const someLines = fc.array(
  fc
    .record({ ageDays: fc.integer({ min: 0, max: 182 }), number: fc.nat(99_999) })
    .map(({ ageDays, number }): EvidenceLine => ({
      activityId: `770707${number}`,
      what: 'call',
      on: addDays('2026-05-20', -ageDays),
      ageDays,
      contactName: CANARY,
      ownerId: REP.ownerId,
      tier: 1,
      outcome: 'live',
      counted: true,
      why: CANARY,
    })),
  { minLength: 1, maxLength: 8 },
);

/** An earlier finding as if it had been made from these lines. */
function withLines(row: FindingRow, evidence: readonly EvidenceLine[]): FindingRow {
  const claims = touchesOf(evidence.map(({ ageDays }) => ageDays));
  return row.result === null ? row : { ...row, evidence, result: { ...row.result, inputs: { claims } } };
}

const replyAbout = ({ activityId }: EvidenceLine): Reply => ({
  replyId: NOBODYS_ID,
  findingId: NOBODYS_ID,
  byUserId: REP.userId,
  kind: 'WRONG_RECORD',
  sentence: '',
  activityId,
  repliedAt: new Date(TODAY),
  decideBy: null,
  state: 'noted',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
});

/** How often the rep replied is theirs to tell; which record they named is the log's. */
const withoutReplies = (text: string): string => text.replace(/"replies":\[.*?\]/, '');

/** The log of every company of the account. */
function setLog(world: World, activities: readonly ActivityRecord[]): void {
  const contacts = [
    { contactId: asContactId('77070'), name: CANARY, jobTitle: CANARY, phone: null, timeZone: null },
  ];
  for (const companyId of COMPANIES)
    world.deps.fake.logs.set(companyId, { activities, ownership: [], contacts });
}

const found = (text: string) => [CANARY, '770707'].filter((canary) => text.includes(canary));
const readersOf = (world: World): readonly UserActor[] => [
  world.manager,
  world.rep,
  world.otherRep,
  world.stranger,
  { ...world.manager, userId: AUDITOR },
];

type Call = { readonly name: EndpointName; readonly ids: Partial<PathIds>; readonly body: unknown };
type Known = { readonly touchId: string; readonly findingIds: readonly string[]; readonly promiseId: string };

/** An account before its next call: an earlier quarter was compared, and so was another rep's customer. */
async function beforeTheCall() {
  const world = await worlds.fresh({ settings: { auditorUserId: AUDITOR } });
  const touches = touchesOf([5, 12, 20, 29, 47, 68]);
  const earlier = { cycle: '2026-Q2', happenedOn: '2026-05-20' } as const;
  const first = await addCompared(world, touches, earlier, { settledAt: world.clock.now() });
  const others = { companyId: OTHER_COMPANY, repOwnerId: OTHER_REP.ownerId };
  const second = await addCompared(world, touches, others, { replyUntil: '2026-08-19' });
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  const promise = { what: 'A visit', ownerId: null, dueOn: '2026-08-20' };
  const issue = { companyId: COMPANY, checkInId: null, title: 'Late pallets', promise };
  const opened = await openIssue(world.deps, world.manager, { submissionId: randomUUID(), ...issue });
  const findingIds = [first.findingId, second.findingId, NOBODYS_ID];
  return { world, known: { touchId, findingIds, promiseId: opened.promise?.promiseId ?? '' } };
}

/** Every endpoint, at the accounts and things that there are and at some that there are not; a missing one fails the build. */
function callsOf({ touchId, findingIds, promiseId }: Known): readonly Call[] {
  const at = (body: object = {}) => [touchId, NOBODYS_ID].map((id) => ({ ids: { id }, body }));
  const withFinding = (body: object | null) => findingIds.map((id) => ({ ids: { id }, body }));
  const plain = (body: object | null = null) => [{ ids: {}, body }];
  const statement = { ...anAnswer(), asked: true };
  const leave = { ownerId: REP.ownerId, firstDay: '2026-12-24', lastDay: '2026-12-31' };
  const calls: Record<EndpointName, readonly Omit<Call, 'name'>[]> = {
    getCompany: [...COMPANIES, '999'].map((companyId) => ({ ids: { companyId }, body: null })),
    saveDraft: COMPANIES.map((companyId) => ({ ids: { companyId }, body: { draft: { words: 'Half' } } })),
    recordCheckIn: [
      { happenedOn: '2026-04-01' },
      { companyId: '999' },
      { recall: { ...FORGOT, recency: 'W9' } },
      { respondent: { contactId: '77070', name: '' } },
    ].map((change) => ({ ids: {}, body: { ...statement, ...change } })),
    undoCheckIn: at(),
    correctCheckIn: at({ recall: FORGOT, reason: 'Misheard.' }),
    recordAttempt: at({ outcome: 'noAnswer' }),
    skipTouch: at({ reason: 'On strike.' }),
    reopenTouch: at(),
    resolveTouch: at({ choice: 'itExists' }),
    retryTouches: plain({ kind: 'unknownOutcome' }),
    getFinding: withFinding(null),
    replyToFinding: withFinding({ kind: 'COMMENT', sentence: 'Seen.' }),
    decideFinding: withFinding({ replyIds: [NOBODYS_ID], accept: true }),
    askAuditor: withFinding({}),
    openIssue: plain({ companyId: COMPANY, title: 'Broken pallet' }),
    settlePromise: [promiseId, NOBODYS_ID].map((id) => ({ ids: { id }, body: { outcome: 'kept' } })),
    getHome: plain(),
    getProgram: plain(),
    saveProgram: plain({ expectedVersion: 1, settings: {} }),
    announce: plain({ startsOn: '2026-09-01', text: 'Told a second time, in other words.' }),
    startProgram: plain({}),
    planNow: plain({}),
    acknowledge: plain({}),
    getMethod: plain(),
    openPattern: at(),
    enterLeave: plain(leave),
    removeLeave: at(),
    createExport: ['program', 'findings'].map((kind) => ({ ids: {}, body: { kind } })),
  };
  return Object.entries(calls).flatMap(([name, asked]) =>
    asked.map((call) => ({ ...call, name: name as EndpointName })),
  );
}

/** What one person is told: the reply of the contract, or the refusal. */
async function told(deps: Deps, reader: UserActor, { name, ids, body }: Call): Promise<string> {
  const { request, reply } = ENDPOINTS[name];
  const handle = createCardHandlers(deps)[name] as (...values: unknown[]) => Promise<unknown>;
  const whole = name === 'saveDraft' ? body : { submissionId: NOBODYS_ID, ...(body as object) };
  try {
    const input = request === null ? null : request.parse(whole);
    return JSON.stringify(reply.parse(await handle(reader, input, { id: '', companyId: '', ...ids })));
  } catch (error) {
    if (!(error instanceof AppError)) return `refused: ${String(error)}`;
    const { code, message, hint, safeDetails } = error;
    return JSON.stringify({ code, message, hint, safeDetails });
  }
}

const READS: readonly EndpointName[] = [
  'getCompany',
  'getFinding',
  'decideFinding',
  'getHome',
  'getProgram',
  'getMethod',
];
const aFindingRead = (id: string): Call => ({ name: 'getFinding', ids: { id }, body: null });

type Act = (world: World, touchId: string) => Promise<unknown>;
const changed =
  (change: Partial<Touch>): Act =>
  (world, touchId) =>
    world.inside((scope) => world.store.touches.update(scope, touchId, change));
const tried =
  (outcome: AttemptOutcome, times: number): Act =>
  async ({ deps, manager }, touchId) => {
    const attempt = { outcome, contactId: DANA };
    for (let tries = 0; tries < times; tries += 1)
      await recordAttempt(deps, manager, touchId, { submissionId: randomUUID(), ...attempt });
  };

/** What can become of a planned call without its caller having asked anybody. */
const ENDINGS: readonly Act[] = [
  ({ deps, manager }, touchId) =>
    skipTouch(deps, manager, touchId, { submissionId: randomUUID(), reason: 'On strike.' }),
  tried('noAnswer', 2),
  tried('leftMessage', 5),
  tried('askedNotToBeCalled', 1),
  changed({ state: 'missed', reason: 'cycleOver' }),
  changed({ state: 'done', reason: 'answered' }),
  changed({ state: 'done', reason: 'closedOutsideCard' }),
  (world) => world.inside((scope) => world.store.companies.update(scope, COMPANY, { inScope: false })),
  ({ deps, portalId }) => JOBS.compareCheckIns(deps, portalId),
];

/** Not everything can be done at any time; what is refused changes nothing. */
const unlessRefused = (act: Promise<unknown>) =>
  act.catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });

describe('before a statement is saved', () => {
  it('CMP-I14: no log changes a byte of what anybody is told, by any endpoint', async () => {
    // Mutations: the manager's card told how many calls were logged; the home page did.
    const { world, known } = await beforeTheCall();
    const once = (_submission: unknown, work: () => Promise<unknown>) => work();
    const deps: Deps = {
      ...world.deps,
      store: stillStore(world, { 'submissions.once': once }),
      ids: { ...world.deps.ids, uuid: () => NOBODYS_ID },
    };
    const [calls, readers] = [callsOf(known), readersOf(world)];
    const withoutLog = new Map<string, string>();
    const asked = fc.tuple(someLog, fc.nat(calls.length - 1), fc.nat(readers.length - 1));

    await checkAsyncProperty(asked, async ([log, at, who]) => {
      const [call, reader] = [calls[at]!, readers[who]!];
      const key = `${at}/${who}`;
      setLog(world, []);
      withoutLog.set(key, withoutLog.get(key) ?? (await told(deps, reader, call)));
      setLog(world, log);
      const text = await told(deps, reader, call);
      return text === withoutLog.get(key) && found(text).length === 0;
    });

    expect(world.deps.fake.callsOf('companyLog')).toEqual([]);
    expect(world.deps.fake.callsOf('quarterLog')).toEqual([]);
    const replies = [...withoutLog.values()].filter((text) => !text.includes('"code":'));
    expect(new Set(replies).size).toBeGreaterThan(20);
  });

  it('CMP-I14: nor does what an earlier quarter’s comparison showed, to anybody but its rep', async () => {
    // Mutations: the earlier finding kept its lines, both sides' facts, or the record that a reply names.
    const { world, known } = await beforeTheCall();
    const earlier: { lines: readonly EvidenceLine[] } = { lines: [] };
    const plain = stillStore(world);
    const ofEarlier = await world.inside((scope) => world.store.findings.find(scope, known.findingIds[0]!));
    const deps: Deps = {
      ...world.deps,
      store: stillStore(world, {
        'submissions.once': (_submission: unknown, work: () => Promise<unknown>) => work(),
        'findings.find': (id: string) =>
          id === ofEarlier?.findingId
            ? Promise.resolve(withLines(ofEarlier, earlier.lines))
            : plain.findings.find({ portalId: world.portalId }, id),
        'findings.replies': (id: string) =>
          Promise.resolve(id === ofEarlier?.findingId ? earlier.lines.map(replyAbout) : []),
      }),
      ids: { ...world.deps.ids, uuid: () => NOBODYS_ID },
    };
    const calls = callsOf(known).filter(({ ids }) => ids.id === ofEarlier?.findingId);
    const readers = readersOf(world).filter((reader) => reader !== world.rep);
    const withoutLines = new Map<string, string>();
    const asked = fc.tuple(someLines, fc.nat(calls.length - 1), fc.nat(readers.length - 1));

    await checkAsyncProperty(asked, async ([lines, at, who]) => {
      const [call, reader] = [calls[at]!, readers[who]!];
      const key = `${at}/${who}`;
      earlier.lines = [];
      withoutLines.set(key, withoutLines.get(key) ?? withoutReplies(await told(deps, reader, call)));
      earlier.lines = lines;
      const text = await told(deps, reader, call);
      return withoutReplies(text) === withoutLines.get(key) && found(text).length === 0;
    });

    const forRep = await told(deps, world.rep, { name: 'getFinding', ids: calls[0]!.ids, body: null });
    const forManager = await told(deps, world.manager, {
      name: 'getFinding',
      ids: calls[0]!.ids,
      body: null,
    });
    expect([forRep, forManager].map((text) => found(text).length > 0)).toEqual([true, false]);
  });

  it('CMP-I14: nor does whatever becomes of the call before it; the answer that is saved all the same counts', async () => {
    // Mutations: a call that was skipped, tried in vain, missed or made by a colleague, or a customer who left the program, showed
    // the earlier lines; so did deciding a reply.
    const acts = fc.array(fc.constantFrom(...ENDINGS), { minLength: 1, maxLength: 4 });

    await checkAsyncProperty(
      fc.tuple(someLines, acts),
      async ([evidence, done]) => {
        const { world, known } = await beforeTheCall();
        const findingId = known.findingIds[0]!;
        const change = { evidence, secondContactId: LUIS };
        await world.inside((scope) => world.store.findings.saveResult(scope, findingId, change));
        for (const act of done) await unlessRefused(act(world, known.touchId));
        const reads = callsOf(known).filter(({ name }) => READS.includes(name));
        const texts: string[] = [];
        for (const call of reads) texts.push(await told(world.deps, world.manager, call));
        const before = await told(world.deps, world.manager, aFindingRead(findingId));
        const { saved } = await world.record();
        const kept = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
        const after = await told(world.deps, world.manager, aFindingRead(findingId));
        const hints = [before, after].map((text) => text.includes('Fewer than 1 in'));
        const seen = [texts.join(), before, after].map((text) => found(text).length);
        return isDeepStrictEqual([kept?.recall, hints, seen], [FORGOT, [false, true], [0, 0, 2]]);
      },
      Math.ceil(PROPERTY_RUNS / 400),
    );
  });

  it('CMP-I14: nor does anything that a person or a job does before it', async () => {
    // Mutation: the job that reads contacts kept the log's in their place.
    const someJob = fc.constantFrom(...JOB_ORDER);
    const acts = fc.array(fc.oneof(someJob, fc.nat(200)), { minLength: 1, maxLength: 5 });

    await checkAsyncProperty(
      fc.tuple(someLog, acts),
      async ([log, done]) => {
        const { world, known } = await beforeTheCall();
        const { deps } = world;
        setLog(world, log);
        await world.inside((scope) =>
          world.store.companies.wantContactsOf(scope, COMPANIES, world.clock.now()),
        );
        const calls = callsOf(known);
        for (const act of [...done, ...JOB_ORDER]) {
          if (typeof act === 'string') await JOBS[act](deps, world.portalId);
          else await told(deps, world.manager, calls[act % calls.length]!);
        }
        const reads = calls.filter(({ name }) => ['getCompany', 'getHome', 'getProgram'].includes(name));
        const texts: string[] = [JSON.stringify([[...deps.fake.tasks.values()], deps.fake.notes])];
        for (const call of reads) texts.push(await told(deps, world.manager, call));
        return found(texts.join()).length === 0 && deps.fake.callsOf('companyLog').length === 0;
      },
      Math.ceil(PROPERTY_RUNS / 400),
    );
  });
});
