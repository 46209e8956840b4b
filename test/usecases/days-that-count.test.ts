import { describe, expect, it } from '@jest/globals';
import type { ActivityRecord } from '../../src/core/comparison/activity.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { aCall, aDialerCall } from '../core/comparison/activity-builder.ts';
import { MANAGER, COMPANY, FORGOT, REP, sixCalls, useWorlds, type World } from '../support/world.ts';

/** Portal in Chicago: which touches count is decided by the days of everybody concerned, never against the rep. */

const worlds = useWorlds();
const HOUR_MS = 3_600_000;
const LONG_AGO = { ...FORGOT, recency: 'LONG' } as const;
const THREE_CALLS = sixCalls().slice(-3);

/** A call that its owner typed in an hour later. */
const callAt = (occurredAt: string, id: string): ActivityRecord =>
  aCall({ id, occurredAt, createdAt: new Date(Date.parse(occurredAt) + HOUR_MS).toISOString() });

async function moveCustomerTo(world: World, timeZone: string): Promise<void> {
  const moved = { ...world.deps.fake.companies.get(COMPANY)!, timeZone };
  await world.inside((scope) => world.store.companies.upsertRead(scope, [moved], world.clock.now()));
}

async function openGateOn(world: World, startsOn: string): Promise<void> {
  const announcement = { announcedAt: new Date('2026-06-01T15:00:00Z'), announcedBy: MANAGER.userId };
  await world.inside(async (scope) => {
    await world.store.programs.announce(scope, { ...announcement, startsOn, text: 'I will call.' });
    await world.store.programs.acknowledge(scope, REP.ownerId, new Date('2026-06-02T15:00:00Z'));
  });
}

/** What the customer who remembers nothing makes of such a log. */
async function resultOf(world: World, activities: readonly ActivityRecord[]) {
  world.deps.fake.logs.set(COMPANY, { activities, ownership: [], contacts: [] });
  const { saved } = await world.record({ recall: LONG_AGO });
  await compareCheckIns(world.deps, world.portalId);
  const row = await world.inside((scope) => world.store.findings.find(scope, String(saved.findingId)));
  return { rule: row?.result?.rule, severity: row?.result?.severity };
}

describe('a touch on the day of the conversation', () => {
  it('adds nothing to what speaks against the log: it may have come after the customer answered', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-08-12T22:00:00Z');

    const result = await resultOf(world, [...THREE_CALLS, callAt('2026-08-12T20:00:00Z', '901')]);

    expect(result).toEqual({ rule: 'R14', severity: 1 });
  });

  it('still speaks for the rep where a machine recorded it, although it is the next day at the customer’s', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-08-13T01:00:00Z');
    await moveCustomerTo(world, 'Australia/Sydney');
    const dialed = { occurredAt: '2026-08-12T22:00:00Z', createdAt: '2026-08-12T22:10:00Z' };
    const recorded = aDialerCall({
      id: '700',
      durationMs: 420_000,
      sourceDetail: 'HubSpot Calling',
      ...dialed,
    });

    const result = await resultOf(world, [...sixCalls(), recorded]);

    expect(result).toEqual({ rule: 'R11', severity: 0 });
  });
});

describe('a touch before the gate', () => {
  it.each(['America/Chicago', 'Australia/Sydney'])('never counts for a customer in %s', async (timeZone) => {
    const world = await worlds.fresh({ announcedDaysAgo: null });
    await openGateOn(world, '2026-06-10');
    await moveCustomerTo(world, timeZone);
    const calls = [
      '2026-06-09T20:00:00Z',
      '2026-07-10T15:00:00Z',
      '2026-07-24T15:00:00Z',
      '2026-08-04T15:00:00Z',
    ];

    const result = await resultOf(
      world,
      calls.map((at, index) => callAt(at, String(960 + index))),
    );

    expect(result).toEqual({ rule: 'R14', severity: 1 });
  });
});

describe('a log that could not be read at once', () => {
  /** What the log holds is the same both times; one call was changed between the answer and the second try. */
  async function resultOfRetry(updatedAt: string) {
    const world = await worlds.fresh();
    const calls = [...sixCalls().slice(-4)].map((call) => ({ ...call, updatedAt, history: [] }));
    world.deps.fake.logs.set(COMPANY, { activities: calls, ownership: [], contacts: [] });
    world.deps.fake.failNext('companyLog', 'hubspot_unavailable');
    const { saved } = await world.record({ recall: LONG_AGO });
    await compareCheckIns(world.deps, world.portalId);
    world.clock.advance(HOUR_MS);
    await compareCheckIns(world.deps, world.portalId);
    const row = await world.inside((scope) => world.store.findings.find(scope, String(saved.findingId)));
    return row?.result?.severity;
  }

  it('holds no record against a rep that changed meanwhile: its contacts may be new', async () => {
    const changed = await resultOfRetry('2026-08-12T15:20:00Z');
    const unchanged = await resultOfRetry('2026-08-12T14:00:00Z');

    expect([changed, unchanged]).toEqual([0, 2]);
  });
});
