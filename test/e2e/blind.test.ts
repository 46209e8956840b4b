import { describe, expect, it } from '@jest/globals';
import { managerCard, readyFinding, saveConversation } from '../../scripts/tour/conversation.ts';
import { ANA, callsOf, MIA, TOM, VIEWER } from '../../scripts/tour/portal.ts';
import { submissionId } from '../../scripts/tour/setup.ts';
import { callDisposition } from '../../sandbox/portals/hubspot-values.ts';
import { ENDPOINTS, type EndpointName } from '../../src/http/endpoints.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, FACTS_DAY, hear, HERO, SPARE, startTeam, type Heard } from './support/team.ts';

/** Every field of every activity at one account carries a canary; until the statement is saved none may come out. */
const PORTAL = 8950001;
const CANARY = 'Zyxcanary';
const NOBODYS_ID = '00000000-0000-4000-8000-000000000000';
/** A Sunday on which nothing else of this account happens, and ids and numbers that nothing else has. */
const CANARY_DAY = '2026-05-10';
const CALL_DAYS = [CANARY_DAY, CANARY_DAY, '2026-05-12'];
const CALLS = ['770707701', '770707702', '770707703'];
const OTHERS = { meetings: '770707704', emails: '770707705', notes: '770707706' };
const SEVENS = '7777777';
const CANARIES = [CANARY, CANARY_DAY, '7707077', SEVENS];
const [ELSEWHERE] = SPARE;

let elsewhere: Heard;
let touchId = '';

const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Blind');
  await opened.control.clock(FACTS_AT);
  await opened.control.load(markedLog(), 'merge');
  elsewhere = await hear(opened, PORTAL, ELSEWHERE, 'Elsewhere');
  touchId = (await managerCard(opened, PORTAL, HERO)).touch?.touchId ?? '';
});

function markedLog() {
  const calls = CALLS.map((id, index) => ({
    id,
    at: `${CALL_DAYS[index] ?? ''}T16:20:00Z`,
    by: TOM,
    companyId: HERO,
    contactId: '4001',
  }));
  const document = callsOf(PORTAL, calls);
  const said = `${CANARY} of the log`;
  const at = `${CANARY_DAY}T17:00:00Z`;
  const base = { hs_timestamp: at, hs_createdate: at, hubspot_owner_id: TOM.ownerId };
  const marked = (document.objects?.['calls'] ?? []).map((call) => ({
    ...call,
    properties: {
      ...call.properties,
      hs_call_title: said,
      hs_call_body: said,
      hs_call_from_number: `+1${SEVENS}`,
      hs_call_to_number: `+1${SEVENS}`,
      hs_call_recording_url: `https://example.com/${CANARY}`,
      hs_call_duration: SEVENS,
      hs_call_disposition: callDisposition.connected,
      hs_object_source_detail_1: `${CANARY} dialer`,
      hs_object_source_detail_2: CANARY,
    },
  }));
  const meeting = {
    id: OTHERS.meetings,
    createdAt: at,
    properties: {
      ...base,
      hs_meeting_title: said,
      hs_meeting_body: said,
      hs_meeting_location: said,
      hs_internal_meeting_notes: said,
      hs_meeting_start_time: at,
      hs_meeting_outcome: 'COMPLETED',
    },
  };
  const email = {
    id: OTHERS.emails,
    createdAt: at,
    properties: {
      ...base,
      hs_email_subject: said,
      hs_email_text: said,
      hs_email_html: said,
      hs_email_direction: 'INCOMING_EMAIL',
      hs_email_from_email: `${CANARY}@example.com`,
    },
  };
  const note = { id: OTHERS.notes, createdAt: at, properties: { ...base, hs_note_body: said } };
  return {
    ...document,
    objects: { calls: marked, meetings: [meeting], emails: [email], notes: [note] },
    associations: [
      ...(document.associations ?? []),
      ...Object.entries(OTHERS).flatMap(([type, id]) => [
        { from: { type, id }, to: { type: 'companies', id: HERO } },
        { from: { type, id }, to: { type: 'contacts', id: '4001' } },
      ]),
    ],
  };
}

type Call = { readonly id?: string; readonly companyId?: string; readonly body?: Record<string, unknown> };

const marks = { unsure: false, colleague: false, named: false, stale: false };
const recall = { recency: 'NEVER', count: '0', ...marks };
const about = (body: Record<string, unknown> = {}): Call => ({ id: NOBODYS_ID, body });
const aTouch = (body: Record<string, unknown>): Call => ({ id: touchId, body });

/** Everything that the calling manager can ask for about the account before saving; a missing endpoint fails the build. */
const CASES: Record<EndpointName, () => readonly Call[] | Promise<readonly Call[]>> = {
  getCompany: () => [{ companyId: HERO }, { companyId: ELSEWHERE }],
  saveDraft: () => [{ companyId: HERO, body: { draft: { words: 'Half', recall } } }],
  // Refused for its day, for its contact and for its shape: an error must not tell either.
  recordCheckIn: () =>
    [
      { happenedOn: '2026-04-01' },
      { respondent: { contactId: '999', name: 'Pat' } },
      { recall: { recency: 'W9' } },
    ].map((change) => ({ body: { ...aStatement(), ...change } })),
  undoCheckIn: () => [about()],
  correctCheckIn: () => [about({ recall, reason: 'Misheard.' }), { id: HERO, body: { recall } }],
  recordAttempt: () => [aTouch({ outcome: 'noAnswer' })],
  skipTouch: () => [aTouch({ reason: 'On strike.' })],
  reopenTouch: () => [aTouch({})],
  resolveTouch: () => [aTouch({ choice: 'itExists' })],
  retryTouches: () => [{ body: { kind: 'unknownOutcome' } }],
  getFinding: () => [{ id: NOBODYS_ID }, { id: elsewhere.findingId }],
  replyToFinding: () => [about({ kind: 'COMMENT', sentence: 'Seen.' })],
  decideFinding: () => [about({ replyIds: [NOBODYS_ID], accept: true })],
  askAuditor: () => [about({})],
  openIssue: () => [{ body: { companyId: HERO, title: 'Broken pallet' } }],
  settlePromise: () => [{ id: elsewhere.promiseId, body: { outcome: 'kept' } }],
  getHome: () => [{}],
  getProgram: () => [{}],
  saveProgram: async () => {
    const { version, settings } = await world().as(PORTAL, ANA.userId).ask('getProgram');
    return [{ body: { expectedVersion: version, settings } }];
  },
  announce: () => [{ body: { startsOn: '2026-06-01', text: 'Told a second time, in other words.' } }],
  startProgram: () => [{ body: {} }],
  planNow: () => [{ body: {} }],
  acknowledge: () => [{ body: {} }],
  getMethod: () => [{}],
  openPattern: () => [about()],
  enterLeave: () => [{ body: { ownerId: TOM.ownerId, firstDay: '2026-12-24', lastDay: '2026-12-31' } }],
  removeLeave: () => [about()],
  createExport: () => [{ body: { kind: 'program' } }, { body: { kind: 'findings' } }],
};
const NAMES = Object.keys(CASES) as EndpointName[];

function aStatement() {
  return {
    companyId: HERO,
    respondent: { contactId: '4001', name: 'Blind Person3001' },
    asked: true,
    words: 'Nobody was here.',
    happenedOn: FACTS_DAY,
    channel: 'phone',
    recall,
  };
}

/** All bytes that come back to one person for one call: status, headers and body. */
async function bytesOf(userId: number, name: EndpointName, call: Call): Promise<string> {
  const { id = '', companyId = '', body } = call;
  const { method, path } = ENDPOINTS[name];
  const whole = body === undefined || name === 'saveDraft' ? body : { submissionId: submissionId(), ...body };
  const target = path.replace(':companyId', companyId).replace(':id', id);
  return JSON.stringify(await world().as(PORTAL, userId).raw(method, target, whole));
}

async function allBytes(userId: number, name: EndpointName): Promise<string> {
  const received: string[] = [];
  for (const call of await CASES[name]()) received.push(await bytesOf(userId, name, call));
  return received.join('\n');
}

const found = (bytes: string) => CANARIES.filter((canary) => bytes.includes(canary));

describe('before a statement is saved', () => {
  it('every endpoint there is gets tried, at an account with an open call', () => {
    expect(NAMES.sort()).toEqual(Object.keys(ENDPOINTS).sort());
    expect(touchId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(NAMES)('CMP-I14: %s tells the calling manager nothing of the log', async (name) => {
    expect(found(await allBytes(ANA.userId, name))).toEqual([]);
  });

  it('CMP-I14: an export that is fetched tells nothing of it, and neither do tasks and fields in HubSpot', async () => {
    const { path } = await world()
      .as(PORTAL, ANA.userId)
      .ask('createExport', { body: { submissionId: submissionId(), kind: 'program' } });
    const fetched = await (await fetch(`${world().backendUrl}${path}`)).text();
    const tasks = await world().control.objects(PORTAL, 'tasks', 'any');
    const company = await world().control.object(PORTAL, 'companies', HERO);

    expect(fetched.length).toBeGreaterThan(2);
    expect(tasks.length).toBeGreaterThan(0);
    expect(found(fetched)).toEqual([]);
    expect(found(JSON.stringify([tasks.map(({ properties }) => properties), company.properties]))).toEqual(
      [],
    );
  });

  it('CMP-I14: the log was not even asked for', async () => {
    const asked = await world().control.journal({ portalId: PORTAL });

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.some(({ path }) => path.includes(HERO) && /calls|meetings|emails/.test(path))).toBe(false);
  });
});

describe('once it is saved', () => {
  /** What rep and viewer beside the account read, without what is another in every reply. */
  const readByPeers = async () => {
    const read: string[] = [];
    for (const userId of [MIA.userId, VIEWER.userId])
      for (const name of ['getHome', 'getMethod'] as const) {
        const { body } = JSON.parse(await bytesOf(userId, name, {})) as { body: unknown };
        read.push(JSON.stringify(body));
      }
    return read;
  };

  it('the reply tells nothing, the finding shows the log, and a peer’s counts stay as they were', async () => {
    const before = await readByPeers();

    const reply = await saveConversation(world(), PORTAL, {
      companyId: HERO,
      contactId: '4001',
      name: 'Blind Person3001',
      words: 'Nobody was here.',
      happenedOn: FACTS_DAY,
      recall: { recency: 'NEVER', count: '0' },
    });
    const finding = await readyFinding(world(), PORTAL, ANA.userId, reply.saved.findingId ?? '');

    expect(found(JSON.stringify(reply))).toEqual([]);
    // The canaries would have been seen: the very same search finds them now.
    expect(found(JSON.stringify(finding))).toEqual([CANARY_DAY, '7707077']);
    expect(finding.severity).toBeGreaterThan(0);
    expect(await readByPeers()).toEqual(before);
    for (const userId of [MIA.userId, VIEWER.userId])
      expect(await bytesOf(userId, 'getCompany', { companyId: HERO })).not.toMatch(
        /finding|severity|differ/i,
      );
  });
});
