import { randomUUID } from 'node:crypto';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { decideReply } from '../../src/usecases/decide-reply.ts';
import type { FindingRow } from '../../src/usecases/finding-records.ts';
import type { FindingStore } from '../../src/usecases/answers-port.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { replyToFinding, type ReplyInput } from '../../src/usecases/reply-to-finding.ts';
import { settleFindings } from '../../src/usecases/settle-findings.ts';
import { aDialerCall, anEmail } from '../core/comparison/activity-builder.ts';
import { DAY_MS, MINUTE_MS } from './deps.ts';
import { COMPANY, sixCalls, type World } from './world.ts';

/** Steps of the stories that a finding goes through: asked, compared, told, replied to, settled. */

export type Heard = { readonly checkInId: string; readonly findingId: string };

export function setLog(world: World, activities: readonly ActivityRecord[]): void {
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
}

/** The six calls of the usual log, as long before this day as they are before August 12. */
export function callsBefore(day: string, change: Partial<ActivityRecord> = {}): readonly ActivityRecord[] {
  const laterMs = Date.parse(day) - Date.parse('2026-08-12');
  const moved = (instant: string) => new Date(Date.parse(instant) + laterMs).toISOString();
  return sixCalls(change).map((call) => ({
    ...call,
    id: `${call.id}${day.replaceAll('-', '')}`,
    occurredAt: moved(call.occurredAt),
    createdAt: moved(call.createdAt),
  }));
}

/** A call of August 6 that the account's own dialer recorded, seven minutes long. */
export function recordedCall(change: Partial<ActivityRecord> = {}): ActivityRecord {
  const when = { occurredAt: '2026-08-06T15:00:00Z', createdAt: '2026-08-06T15:10:00Z' };
  return aDialerCall({ id: '700', durationMs: 420_000, sourceDetail: 'HubSpot Calling', ...when, ...change });
}

/** A customer's own mail in the connected inbox, eleven weeks and a day old at the facts. */
export function receivedMail(change: Partial<ActivityRecord> = {}): ActivityRecord {
  const when = { occurredAt: '2026-05-26T15:00:00Z', createdAt: '2026-05-26T15:00:00Z' };
  return anEmail({ id: '800', sourceLabel: 'EMAIL_INTEGRATION', sourceDetail: '', ...when, ...change });
}

export async function compared(world: World, change: Parameters<World['record']>[0] = {}): Promise<Heard> {
  const { saved } = await world.record(change);
  await compareCheckIns(world.deps, world.portalId);
  return { checkInId: saved.checkInId, findingId: String(saved.findingId) };
}

/** The words reach the rep, and with them the finding. */
export async function told(world: World): Promise<void> {
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
}

/** Every reply window that is open now ends, unless somebody answered. */
export async function windowsEnd(world: World): Promise<void> {
  world.clock.advance(9 * DAY_MS);
  await settleFindings(world.deps, world.portalId);
  await compareCheckIns(world.deps, world.portalId);
}

export async function replied(
  world: World,
  { findingId }: Heard,
  change: Partial<ReplyInput> = {},
): Promise<void> {
  const said = { kind: 'COVERED', sentence: 'Uma covered.', activityId: null } as const;
  await replyToFinding(world.deps, world.rep, findingId, { submissionId: randomUUID(), ...said, ...change });
}

/** The rep names a record of the log as it is now. */
export async function namesRecord(world: World, heard: Heard, activityId = '700'): Promise<void> {
  await replied(world, heard, { kind: 'EVIDENCE', activityId });
  await compareCheckIns(world.deps, world.portalId);
}

/** What a manager has before them who reads the finding now. */
export async function replyIdsOf(world: World, findingId: string): Promise<string[]> {
  const replies = await world.inside((scope) => world.store.findings.replies(scope, findingId));
  return replies.map(({ replyId }) => replyId);
}

export async function decided(world: World, { findingId }: Heard, accept: boolean): Promise<void> {
  const replyIds = await replyIdsOf(world, findingId);
  const decision = { submissionId: randomUUID(), replyIds, accept, reason: accept ? '' : 'Uma was away.' };
  await decideReply(world.deps, world.manager, findingId, decision);
  await compareCheckIns(world.deps, world.portalId);
}

export async function rowOf(world: World, { findingId }: Pick<Heard, 'findingId'>): Promise<FindingRow> {
  const row = await world.inside((scope) => world.store.findings.find(scope, findingId));
  if (row === null) throw new Error('There is no such finding.');
  return row;
}

/** What counts of a finding: its verdict, and whether another one bears it out. */
export async function standingOf(world: World, heard: Pick<Heard, 'findingId'>) {
  const { result, supported } = await rowOf(world, heard);
  return { verdict: result?.verdict, severity: result?.severity, supported };
}

/** The world with some answers of the findings' store as they were a moment ago: what a job has read before somebody acts. */
export function withStaleFindings(world: World, stale: Partial<FindingStore>): Deps {
  const findings = { ...world.store.findings, ...stale };
  const store = new Proxy(world.store, {
    get: (real, group) => (group === 'findings' ? findings : (Reflect.get(real, group) as unknown)),
  });
  return { ...world.deps, store };
}
