import { randomUUID } from 'node:crypto';
import type { FindingChange } from '../../src/usecases/answers-port.ts';
import type { FindingLater, FindingRow, Reply } from '../../src/usecases/finding-records.ts';
import type { ProgramSettings } from '../../src/core/program-settings.ts';
import type { PortalRead } from '../../src/usecases/read-port.ts';
import type { Correction } from '../../src/usecases/records.ts';
import type { Instead } from './still-store.ts';
import type { World } from './world.ts';

const OPEN_REPLY = {
  kind: 'COVERED',
  sentence: 'Uma covered.',
  activityId: null,
  repliedAt: new Date('2026-11-12T15:00:00Z'),
  decideBy: null,
  state: 'open',
  decidedAt: null,
  decidedBy: null,
  decisionReason: null,
} as const;

/** One company's findings as they were stored, newest first, with what came later and the portal's trust. */
export type KeptFindings = {
  readonly rows: readonly FindingRow[];
  readonly later: ReadonlyMap<string, FindingLater | null>;
  readonly portal: PortalRead;
};

export async function keptFindings(world: World, companyId: FindingRow['companyId']): Promise<KeptFindings> {
  const { findings, reads } = world.store;
  return world.inside(async (scope) => {
    const rows = await findings.ofCompany(scope, companyId, 100);
    const later = new Map<string, FindingLater | null>();
    for (const { findingId } of rows) later.set(findingId, await findings.later(scope, findingId));
    const portal = await reads.portal(scope);
    if (portal === null) throw new Error('The portal is there.');
    return { rows, later, portal };
  });
}

/**
 * What changes when findings are weighed again, in memory: everything else of the store stays still, and a property can tell
 * hundreds of stories from one stored beginning. Submissions are done each time, and nothing is audited.
 */
export function findingsInMemory(kept: KeptFindings) {
  const rows = new Map(kept.rows.map((row) => [row.findingId, row]));
  const later = new Map(kept.later);
  const replies: Reply[] = [];
  const corrections: Correction[] = [];
  let trusted = kept.portal.program?.settings.trustedSources ?? [];
  const all = () => [...rows.values()];
  const save = (findingId: string, { later: known, ...change }: FindingChange) => {
    const row = rows.get(findingId);
    if (row !== undefined) rows.set(findingId, { ...row, ...change });
    if (known !== undefined) later.set(findingId, known);
  };
  const decide = (replyId: string, { state }: Pick<Reply, 'state'>) => {
    const at = replies.findIndex((reply) => reply.replyId === replyId);
    const reply = replies[at];
    if (reply !== undefined) replies[at] = { ...reply, state };
  };
  const portal = (): PortalRead => {
    const { program } = kept.portal;
    if (program === null) return kept.portal;
    return {
      ...kept.portal,
      program: { ...program, settings: { ...program.settings, trustedSources: trusted } },
    };
  };
  const find = (findingId: string) => rows.get(findingId) ?? null;
  const instead: Instead = {
    'submissions.once': (_submission: unknown, work: () => Promise<unknown>) => work(),
    'audit.append': () => undefined,
    'reads.portal': portal,
    'findings.find': find,
    'findings.findForUpdate': find,
    'findings.ofCheckIn': (checkInId: string) => all().find((row) => row.checkInId === checkInId) ?? null,
    'findings.ofCompany': all,
    'findings.toRead': () => all().filter(({ state }) => state !== 'ready'),
    'findings.later': (findingId: string) => later.get(findingId) ?? null,
    'findings.saveResult': save,
    'findings.replies': (findingId: string) => replies.filter((reply) => reply.findingId === findingId),
    'findings.decideReply': decide,
    'checkIns.addCorrection': (correction: Correction) => corrections.push(correction),
    'checkIns.corrections': (checkInId: string) => corrections.filter((one) => one.checkInId === checkInId),
  };
  return {
    instead,
    all,
    /** An open reply of the rep's. */
    /** Returns the reply's id. */
    addReply: (findingId: string, byUserId: Reply['byUserId']): string => {
      const replyId = randomUUID();
      replies.push({ ...OPEN_REPLY, replyId, findingId, byUserId });
      return replyId;
    },
    /** The log is to be read again, for one (counted from the newest) or for all. */
    wait: (at: number) => {
      const row = all()[at];
      if (row !== undefined) save(row.findingId, { state: 'pending' });
    },
    waitAll: () => {
      for (const { findingId } of all()) save(findingId, { state: 'pending' });
    },
    trust: (sources: ProgramSettings['trustedSources']) => {
      trusted = sources;
    },
  };
}
