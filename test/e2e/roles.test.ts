import { describe, expect, it } from '@jest/globals';
import { managerCard } from '../../scripts/tour/conversation.ts';
import { openTasksOf } from '../../scripts/tour/hubspot-view.ts';
import { ANA, MIA, TOM, VIEWER } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, hear, HERO, logHeroCalls, SPARE, startTeam, type Heard } from './support/team.ts';

const PORTAL = 8600001;
const [FRESH, UNDONE, TRIED, SKIPPED, CLOSED, DECIDED, DRAFTED] = SPARE;

const heard = new Map<string, Heard>();
const touches = new Map<string, string>();
const replies: string[] = [];

const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Role');
  await opened.control.clock(FACTS_AT);
  await logHeroCalls(opened, PORTAL);
  for (const companyId of [HERO, DECIDED])
    heard.set(companyId, await hear(opened, PORTAL, companyId, 'Role'));
  await opened.control.advance(16 * 60_000);
  heard.set(UNDONE, await hear(opened, PORTAL, UNDONE, 'Role'));
  const reply = { submissionId: submissionId(), kind: 'COVERED', sentence: 'A colleague went.' };
  const { findingId } = heardAt(HERO);
  const { finding } = await opened
    .as(PORTAL, TOM.userId)
    .ask('replyToFinding', { id: findingId, body: reply });
  replies.push(...finding.replies.map(({ replyId }) => replyId));
  const [task] = await openTasksOf(opened, PORTAL, CLOSED);
  if (task !== undefined)
    await opened.control.personEdits(PORTAL, 'tasks', task.id, { hs_task_status: 'COMPLETED' });
  await opened.control.advance(60_000);
  for (const companyId of [TRIED, SKIPPED, CLOSED]) {
    const { touch } = await managerCard(opened, PORTAL, companyId);
    touches.set(companyId, touch?.touchId ?? '');
  }
});

function heardAt(companyId: string): Heard {
  const found = heard.get(companyId);
  if (found === undefined) throw new Error(`Nobody was heard at ${companyId}.`);
  return found;
}

const PEOPLE = { viewer: VIEWER.userId, otherRep: MIA.userId, rep: TOM.userId, manager: ANA.userId };
type Person = keyof typeof PEOPLE;
type Call = { readonly id?: string; readonly companyId?: string; readonly body?: Record<string, unknown> };
type Row = {
  readonly call: () => Promise<Call> | Call;
  readonly expected: Record<Person, number>;
};

const marks = { unsure: false, colleague: false, named: false, stale: false };
const touchOf = (companyId: string) => touches.get(companyId) ?? '';
const everyone = { viewer: 200, otherRep: 200, rep: 200, manager: 200 };
const callerOnly = { viewer: 403, otherRep: 403, rep: 403, manager: 200 };
/** Whose it is must not be told, so there is nothing to be forbidden. */
const authorOnly = { viewer: 404, otherRep: 404, rep: 404, manager: 200 };

/** Of the rep, entered by the rep. */
async function newLeave(): Promise<string> {
  const { leave } = await world()
    .as(PORTAL, TOM.userId)
    .ask('enterLeave', {
      body: { submissionId: submissionId(), firstDay: '2026-11-23', lastDay: '2026-11-27' },
    });
  return leave.at(-1)?.leaveId ?? '';
}

/** Every endpoint has a row: one that is missing fails the build. */
const ROWS: Record<EndpointName, Row> = {
  getCompany: { call: () => ({ companyId: HERO }), expected: everyone },
  saveDraft: {
    call: () => ({ companyId: DRAFTED, body: { draft: { words: 'Half' } } }),
    expected: callerOnly,
  },
  recordCheckIn: {
    call: () => ({
      body: {
        companyId: FRESH,
        respondent: { contactId: null, name: 'Pat' },
        asked: true,
        words: 'More notice.',
        happenedOn: '2026-05-15',
        channel: 'phone',
      },
    }),
    expected: callerOnly,
  },
  undoCheckIn: { call: () => ({ id: heardAt(UNDONE).checkInId, body: {} }), expected: authorOnly },
  correctCheckIn: {
    call: () => ({
      id: heardAt(DECIDED).checkInId,
      body: { recall: { recency: 'LONG', count: '0', ...marks }, reason: 'Misheard.' },
    }),
    expected: authorOnly,
  },
  recordAttempt: {
    call: () => ({ id: touchOf(TRIED), body: { outcome: 'noAnswer' } }),
    expected: callerOnly,
  },
  skipTouch: { call: () => ({ id: touchOf(SKIPPED), body: { reason: 'On strike.' } }), expected: callerOnly },
  reopenTouch: { call: () => ({ id: touchOf(CLOSED), body: {} }), expected: callerOnly },
  resolveTouch: {
    call: () => ({ id: touchOf(TRIED), body: { choice: 'leaveOut' } }),
    // Nothing is parked here: the one who may decide is told so.
    expected: { ...callerOnly, manager: 409 },
  },
  retryTouches: {
    call: () => ({ body: { kind: 'unknownOutcome' } }),
    expected: callerOnly,
  },
  getFinding: {
    call: () => ({ id: heardAt(HERO).findingId }),
    expected: { viewer: 404, otherRep: 404, rep: 200, manager: 200 },
  },
  replyToFinding: {
    call: () => ({ id: heardAt(HERO).findingId, body: { kind: 'COMMENT', sentence: 'Seen.' } }),
    expected: { viewer: 404, otherRep: 404, rep: 200, manager: 403 },
  },
  decideFinding: {
    call: () => ({
      id: heardAt(HERO).findingId,
      body: { replyIds: replies, accept: false, reason: 'Please show me.' },
    }),
    expected: { viewer: 404, otherRep: 404, rep: 403, manager: 200 },
  },
  askAuditor: {
    call: () => ({ id: heardAt(HERO).findingId, body: {} }),
    // Nobody is named as auditor here: the one who may ask is told so.
    expected: { viewer: 404, otherRep: 404, rep: 409, manager: 403 },
  },
  openIssue: {
    call: () => ({ body: { companyId: HERO, title: 'Broken pallet' } }),
    expected: { viewer: 403, otherRep: 403, rep: 200, manager: 200 },
  },
  settlePromise: {
    call: () => ({ id: heardAt(HERO).promiseId, body: { outcome: 'kept' } }),
    expected: authorOnly,
  },
  getHome: { call: () => ({}), expected: everyone },
  getProgram: { call: () => ({}), expected: callerOnly },
  saveProgram: {
    call: async () => {
      const { version, settings } = await world().as(PORTAL, ANA.userId).ask('getProgram');
      return { body: { expectedVersion: version, settings } };
    },
    expected: callerOnly,
  },
  announce: {
    call: () => ({ body: { startsOn: '2026-06-01', text: 'Told a second time, in other words.' } }),
    // Announced already: the first announcement counts for the gate.
    expected: { ...callerOnly, manager: 409 },
  },
  startProgram: { call: () => ({ body: {} }), expected: callerOnly },
  planNow: { call: () => ({ body: {} }), expected: callerOnly },
  acknowledge: { call: () => ({ body: {} }), expected: { ...everyone, viewer: 403 } },
  getMethod: { call: () => ({}), expected: everyone },
  openPattern: {
    call: () => ({ id: heardAt(HERO).findingId, body: {} }),
    // One finding is no pattern: there is nothing to open for anyone.
    expected: { viewer: 404, otherRep: 404, rep: 404, manager: 404 },
  },
  enterLeave: {
    call: () => ({ body: { ownerId: TOM.ownerId, firstDay: '2026-12-24', lastDay: '2026-12-31' } }),
    // The manager is this account's admin too.
    expected: { viewer: 404, otherRep: 404, rep: 200, manager: 200 },
  },
  removeLeave: {
    call: async () => ({ id: await newLeave(), body: {} }),
    expected: { viewer: 404, otherRep: 404, rep: 200, manager: 200 },
  },
  createExport: { call: () => ({ body: { kind: 'program' } }), expected: callerOnly },
};

const NAMES = Object.keys(ROWS) as EndpointName[];

async function statusFor(name: EndpointName, person: Person): Promise<number> {
  const { id = '', companyId = '', body } = await ROWS[name].call();
  const { method, path } = ENDPOINTS[name];
  const whole = body === undefined || name === 'saveDraft' ? body : { submissionId: submissionId(), ...body };
  const target = path.replace(':companyId', companyId).replace(':id', id);
  const answer = await world().as(PORTAL, PEOPLE[person]).raw(method, target, whole);
  return answer.status;
}

describe('who may do what', () => {
  it('is said for every endpoint there is', () => {
    expect(NAMES.sort()).toEqual(Object.keys(ENDPOINTS).sort());
  });

  // Those who may not come first, so that a refusal that changed something would be seen by the one who may.
  it.each(NAMES)('%s answers viewer, other rep, rep and manager as the table says', async (name) => {
    const statuses: Partial<Record<Person, number>> = {};

    for (const person of ['viewer', 'otherRep', 'rep', 'manager'] as const)
      statuses[person] = await statusFor(name, person);

    expect(statuses).toEqual(ROWS[name].expected);
  });

  it('gives each the fields of their own view and no others', async () => {
    const keysOf = async (person: Person) =>
      Object.keys(await world().as(PORTAL, PEOPLE[person]).ask('getCompany', { companyId: HERO })).sort();

    expect(await keysOf('viewer')).toEqual([
      'company',
      'lastCheckInOn',
      'openIssues',
      'role',
      'thanks',
      'timeZone',
      'today',
    ]);
    expect(await keysOf('otherRep')).toEqual(await keysOf('viewer'));
    expect(await keysOf('rep')).toEqual(
      ['role', 'company', 'today', 'timeZone', 'feedback', 'promises', 'findings', 'replyKinds']
        .concat(['visibility', 'gate', 'managerName', 'thanks', 'askedAnew'])
        .sort(),
    );
  });

  it('never shows a rep what the manager kept in confidence', async () => {
    const text = JSON.stringify(await world().as(PORTAL, TOM.userId).raw('GET', `/api/companies/${HERO}`));

    expect(text).not.toMatch(/inConfidence|secondContact":\{/);
  });
});
