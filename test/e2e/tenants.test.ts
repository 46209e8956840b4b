import { describe, expect, it } from '@jest/globals';
import { managerCard } from '../../scripts/tour/conversation.ts';
import type { ProxyAnswer } from '../../scripts/tour/card.ts';
import { ANA, TOM } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, hear, HERO, logHeroCalls, startTeam, type Heard } from './support/team.ts';

/** Two accounts with the same HubSpot ids in both. Alpha’s secrets carry this mark. */
const ALPHA = 8500001;
const BETA = 8500002;
const MARK = 'Zyxalpha';
/** A company that only Alpha has. */
const ONLY_ALPHA = '3777';
const NOBODYS_ID = '00000000-0000-4000-8000-000000000000';

let alpha: Heard & { readonly touchId: string; readonly leaveId: string };

const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, ALPHA, MARK);
  await startTeam(opened, BETA, 'Beta');
  await opened.control.load(
    {
      portalId: ALPHA,
      name: 'Alpha',
      timeZone: 'America/Chicago',
      objects: {
        companies: [{ id: ONLY_ALPHA, properties: { name: `${MARK} only`, lifecyclestage: 'customer' } }],
      },
    },
    'merge',
  );
  await opened.control.clock(FACTS_AT);
  await logHeroCalls(opened, ALPHA);
  const heard = await hear(opened, ALPHA, HERO, `${MARK} words`);
  await opened.control.clock(heard.undoUntil);
  const id = heard.findingId;
  const body = { submissionId: submissionId(), kind: 'COVERED', sentence: `${MARK} reply` };
  await opened.as(ALPHA, TOM.userId).ask('replyToFinding', { id, body });
  const { touch } = await managerCard(opened, ALPHA, ONLY_ALPHA);
  const away = { submissionId: submissionId(), firstDay: '2026-05-18', lastDay: '2026-05-19' };
  const { leave } = await opened.as(ALPHA, TOM.userId).ask('enterLeave', { body: away });
  alpha = { ...heard, touchId: touch?.touchId ?? '', leaveId: leave[0]?.leaveId ?? '' };
});

type Call = { readonly id?: string; readonly companyId?: string; readonly body?: Record<string, unknown> };
/** foreign: the call names something of Alpha’s. own: the call names nothing, and may only ever meet Beta’s rows. */
type Case =
  | { readonly kind: 'foreign'; readonly call: (target: 'alpha' | 'nobody') => Call }
  | { readonly kind: 'own'; readonly status: number; readonly call: () => Promise<Call> | Call };

const idOf =
  (pick: () => string, body?: Record<string, unknown>) =>
  (target: 'alpha' | 'nobody'): Call => ({
    id: target === 'alpha' ? pick() : NOBODYS_ID,
    ...(body === undefined ? {} : { body }),
  });
const companyOf = (target: 'alpha' | 'nobody') => (target === 'alpha' ? ONLY_ALPHA : '3778');
const checkInId = () => alpha.checkInId;
const findingId = () => alpha.findingId;
const touchId = () => alpha.touchId;
const marks = { unsure: false, colleague: false, named: false, stale: false };
const nothing = () => ({ body: {} });

/** Every endpoint has a case: one that is missing fails the build. */
const CASES: Record<EndpointName, Case> = {
  getCompany: { kind: 'foreign', call: (target) => ({ companyId: companyOf(target) }) },
  saveDraft: {
    kind: 'foreign',
    call: (target) => ({ companyId: companyOf(target), body: { draft: { words: 'Beta' } } }),
  },
  recordCheckIn: {
    kind: 'foreign',
    call: (target) => ({
      body: {
        companyId: companyOf(target),
        respondent: { contactId: null, name: 'Beta' },
        asked: true,
        words: 'Beta',
        happenedOn: '2026-05-15',
        channel: 'phone',
      },
    }),
  },
  undoCheckIn: { kind: 'foreign', call: idOf(checkInId, {}) },
  correctCheckIn: {
    kind: 'foreign',
    call: idOf(checkInId, { recall: { recency: 'W1', count: '1', ...marks }, reason: 'Beta' }),
  },
  recordAttempt: { kind: 'foreign', call: idOf(touchId, { outcome: 'noAnswer' }) },
  skipTouch: { kind: 'foreign', call: idOf(touchId, { reason: 'Beta' }) },
  reopenTouch: { kind: 'foreign', call: idOf(touchId, {}) },
  resolveTouch: { kind: 'foreign', call: idOf(touchId, { choice: 'leaveOut' }) },
  retryTouches: { kind: 'own', status: 200, call: () => ({ body: { kind: 'unknownOutcome' } }) },
  getFinding: { kind: 'foreign', call: idOf(findingId) },
  replyToFinding: { kind: 'foreign', call: idOf(findingId, { kind: 'COMMENT', sentence: 'Beta' }) },
  decideFinding: { kind: 'foreign', call: idOf(findingId, { replyIds: [NOBODYS_ID], accept: true }) },
  askAuditor: { kind: 'foreign', call: idOf(findingId, {}) },
  openIssue: {
    kind: 'foreign',
    call: (target) => ({ body: { companyId: companyOf(target), title: 'Beta' } }),
  },
  settlePromise: { kind: 'foreign', call: idOf(() => alpha.promiseId, { outcome: 'kept' }) },
  getHome: { kind: 'own', status: 200, call: () => ({}) },
  getProgram: { kind: 'own', status: 200, call: () => ({}) },
  saveProgram: {
    kind: 'own',
    status: 200,
    call: async () => {
      const { version, settings } = await world().as(BETA, ANA.userId).ask('getProgram');
      return { body: { expectedVersion: version, settings: { ...settings, checkInsPerWeek: 33 } } };
    },
  },
  announce: {
    kind: 'own',
    status: 409,
    call: () => ({ body: { startsOn: '2026-06-01', text: 'Told a second time, in other words.' } }),
  },
  startProgram: { kind: 'own', status: 200, call: nothing },
  planNow: { kind: 'own', status: 200, call: nothing },
  acknowledge: { kind: 'own', status: 200, call: nothing },
  getMethod: { kind: 'own', status: 200, call: () => ({}) },
  openPattern: { kind: 'foreign', call: idOf(findingId, {}) },
  enterLeave: {
    kind: 'own',
    status: 200,
    call: () => ({ body: { ownerId: TOM.ownerId, firstDay: '2026-06-01', lastDay: '2026-06-05' } }),
  },
  removeLeave: { kind: 'foreign', call: idOf(() => alpha.leaveId, {}) },
  createExport: { kind: 'own', status: 200, call: () => ({ body: { kind: 'program' } }) },
};

const NAMES = Object.keys(CASES) as EndpointName[];
const FOREIGN = NAMES.filter((name) => CASES[name].kind === 'foreign');
const OWN = NAMES.filter((name) => CASES[name].kind === 'own');

/** As Beta’s manager, who is Alpha’s user of the same number too. */
function send(name: EndpointName, { id = '', companyId = '', body }: Call): Promise<ProxyAnswer> {
  const { method, path } = ENDPOINTS[name];
  const isDraft = name === 'saveDraft';
  const whole = body === undefined || isDraft ? body : { submissionId: submissionId(), ...body };
  const target = path.replace(':companyId', companyId).replace(':id', id);
  return world().as(BETA, ANA.userId).raw(method, target, whole);
}

function withoutRequestId({ status, body }: ProxyAnswer): string {
  const { requestId, ...rest } = body as { requestId: string };
  return JSON.stringify({ status, rest, idBytes: requestId.length });
}

/** All that Alpha’s manager can see of its own. */
async function alphaState(): Promise<string> {
  const caller = world().as(ALPHA, ANA.userId);
  const { rep, manager, admin } = await caller.ask('getHome');
  const program = await caller.ask('getProgram');
  const cards = [await managerCard(world(), ALPHA, HERO), await managerCard(world(), ALPHA, ONLY_ALPHA)];
  const { finding } = await caller.ask('getFinding', { id: alpha.findingId });
  return JSON.stringify({ rep, manager, admin, program, cards, finding });
}

describe('two accounts with the same ids', () => {
  it('meet every endpoint there is', () => {
    expect(NAMES.sort()).toEqual(Object.keys(ENDPOINTS).sort());
    expect(alpha.touchId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(FOREIGN)('%s answers another account’s id as one that nobody has', async (name) => {
    const { call } = CASES[name] as Extract<Case, { kind: 'foreign' }>;
    const before = await alphaState();

    const foreign = await send(name, call('alpha'));
    const unknown = await send(name, call('nobody'));

    expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(withoutRequestId(foreign)).toBe(withoutRequestId(unknown));
    expect(await alphaState()).toBe(before);
  });

  it.each(OWN)('%s shows and changes nothing of the other account', async (name) => {
    const { call, status } = CASES[name] as Extract<Case, { kind: 'own' }>;
    const before = await alphaState();

    const answer = await send(name, await call());

    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).not.toContain(MARK);
    expect(await alphaState()).toBe(before);
  });

  it('read their own company under the same number', async () => {
    const [ours, theirs] = await Promise.all([
      managerCard(world(), ALPHA, HERO),
      managerCard(world(), BETA, HERO),
    ]);

    expect([ours.company.name, theirs.company.name]).toEqual([`${MARK} company 3001`, 'Beta company 3001']);
    expect([ours.state, theirs.saved]).toEqual(['done', null]);
    expect(JSON.stringify(theirs)).not.toContain(MARK);
  });
});
