import { describe, expect, it } from '@jest/globals';
import { differingIds, recompute } from '../../scripts/recompute.ts';
import { readyFinding } from '../../scripts/tour/conversation.ts';
import { ANA, callsOf, IRIS, MIA, TOM } from '../../scripts/tour/portal.ts';
import { saveSettings, submissionId } from '../../scripts/tour/setup.ts';
import { sharedWorld } from './support/shared-world.ts';
import { BEGIN, FACTS_AT, hear, HERO, logHeroCalls, SPARE, startTeam, type Heard } from './support/team.ts';

const PORTAL = 8900001;
/** The windows of what was heard on May 15 are over, Memorial Day counted out. */
const SETTLED_AT = '2026-05-27T15:00:00Z';
const [EXPLAINED] = SPARE;
const heard: Heard[] = [];

/** One difference that stays and one that the rep explains; a colleague without customers is the auditor. */
const world = sharedWorld(BEGIN, async (opened) => {
  await startTeam(opened, PORTAL, 'Canary');
  await saveSettings(opened, PORTAL, { auditorUserId: IRIS.userId });
  await opened.control.clock(FACTS_AT);
  await logHeroCalls(opened, PORTAL);
  const calls = ['11', '12', '13', '14'].map((day) => ({
    id: `59${day}`,
    at: `2026-05-${day}T16:20:00Z`,
    by: TOM,
    companyId: EXPLAINED,
    contactId: `4${EXPLAINED.slice(1)}`,
  }));
  await opened.control.load(callsOf(PORTAL, calls), 'merge');
  heard.push(await hear(opened, PORTAL, HERO, 'Canary hero'));
  heard.push(await hear(opened, PORTAL, EXPLAINED, 'Canary spare'));
  await opened.control.clock(heard[1]?.undoUntil ?? '');
  const reply = { submissionId: submissionId(), kind: 'COVERED', sentence: 'Canary reply' };
  const { finding } = await opened
    .as(PORTAL, TOM.userId)
    .ask('replyToFinding', { id: heard[1]?.findingId ?? '', body: reply });
  const replyIds = finding.replies.map(({ replyId }) => replyId);
  await opened.as(PORTAL, ANA.userId).ask('decideFinding', {
    id: heard[1]?.findingId ?? '',
    body: { submissionId: submissionId(), replyIds, accept: true },
  });
  await opened.control.clock(SETTLED_AT);
});

const request = (kind: 'findings' | 'program') => ({ body: { submissionId: submissionId(), kind } });

describe('an export over the wire', () => {
  it('performed again gives what the card shows, and only once', async () => {
    const { path } = await world().as(PORTAL, IRIS.userId).ask('createExport', request('findings'));

    const first = await fetch(`${world().backendUrl}${path}`);
    const second = await fetch(`${world().backendUrl}${path}`);
    const text = await first.text();

    const document = JSON.parse(text) as unknown;
    const performed = new Map(recompute(document).map((one) => [one.id, one]));
    const shown = await Promise.all(
      heard.map(({ findingId }) => readyFinding(world(), PORTAL, ANA.userId, findingId)),
    );
    expect([first.status, second.status]).toEqual([200, 404]);
    expect(differingIds(document)).toEqual([]);
    expect(shown.map(({ verdict }) => verdict)).toEqual(['DIFFERS_FIRM', 'EXPLAINED']);
    for (const { findingId, verdict, severity, rule } of shown)
      expect(performed.get(findingId)).toMatchObject({ verdict, severity, rule });
    expect(text).not.toContain('Canary');
  });

  it('of findings is the auditor’s alone', async () => {
    const refusals = await Promise.all(
      [ANA, TOM, MIA].map(({ userId }) =>
        world().as(PORTAL, userId).refused('createExport', request('findings')),
      ),
    );

    expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403]);
  });
});
