import { describe, expect, it } from '@jest/globals';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import {
  callsBefore,
  compared,
  namesRecord,
  receivedMail,
  recordedCall,
  replied,
  rowOf,
  setLog,
  standingOf,
  told,
  windowsEnd,
} from '../support/finding-story.ts';
import { REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const EXPLAINED = { verdict: 'EXPLAINED', severity: 0, supported: false };

/** Two answers differ, and the rep reads it; a day later the log shows more than it did. */
async function differing(world: World) {
  const heard = await compared(world);
  await told(world);
  world.clock.set('2026-08-13T15:00:00Z');
  return heard;
}

/** Somebody is asked again in the next quarter: what was found before is looked at anew. */
async function askedNextQuarter(world: World): Promise<void> {
  world.clock.set('2026-11-12T15:00:00Z');
  await compared(world, { happenedOn: '2026-11-12', recall: REMEMBERS });
  await compareCheckIns(world.deps, world.portalId);
}

describe('a record that was there before the facts and is seen only later', () => {
  it.each([
    ['a dialer’s call that was put on the account later', recordedCall()],
    ['a mail that the app could not read then', receivedMail()],
    [
      'a mail of 88 days before the facts, read five days after them',
      receivedMail({ occurredAt: '2026-05-16T15:00:00Z' }),
    ],
  ])('explains the difference: %s', async (_what, record) => {
    const world = await worlds.fresh();
    const heard = await differing(world);
    world.clock.set('2026-08-17T15:00:00Z');
    setLog(world, [...sixCalls(), record]);

    await namesRecord(world, heard, record.id);

    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
  });

  it('explains it once the admin trusts its source', async () => {
    const world = await worlds.fresh({ settings: { trustedSources: [] } });
    setLog(world, [...sixCalls(), recordedCall()]);
    const heard = await differing(world);
    const before = await standingOf(world, heard);
    await world.program({ trustedSources: [{ label: 'CALLING', detail: 'HubSpot Calling' }] });

    await namesRecord(world, heard);

    expect(before.verdict).toBe('DIFFERS_FIRM');
    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
  });

  it('explains it still where it is found half a year later, aged as on the day of the facts', async () => {
    const world = await worlds.fresh();
    const heard = await differing(world);
    setLog(world, [...sixCalls(), recordedCall({ occurredAt: '2026-05-26T15:00:00Z' })]);
    world.clock.set('2027-01-20T15:00:00Z');

    await compared(world, { happenedOn: '2027-01-20', recall: REMEMBERS });
    await compareCheckIns(world.deps, world.portalId);

    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
  });

  it.each([
    ['typed in by hand', { sourceLabel: 'CRM_UI', sourceDetail: null, createdAt: '2026-08-13T14:00:00Z' }],
    ['of contact after the facts', { occurredAt: '2026-08-13T14:00:00Z', createdAt: '2026-08-13T14:10:00Z' }],
  ])('explains nothing where it is %s', async (_what, change) => {
    const world = await worlds.fresh();
    const heard = await differing(world);
    setLog(world, [...sixCalls(), recordedCall(change)]);

    await namesRecord(world, heard);

    expect((await standingOf(world, heard)).verdict).toBe('DIFFERS_FIRM');
  });
});

describe('what explained a difference once', () => {
  it.each([
    ['is gone from the log', { isInLog: false, trustedSources: DEFAULT_SETTINGS.trustedSources }],
    ['is trusted no more', { isInLog: true, trustedSources: [] }],
  ])(
    'explains it in the next quarter too, where the record %s',
    async (_what, { isInLog, trustedSources }) => {
      const world = await worlds.fresh();
      const heard = await differing(world);
      setLog(world, [...sixCalls(), recordedCall()]);
      await namesRecord(world, heard);
      await windowsEnd(world);
      await world.program({ trustedSources });
      setLog(world, [...callsBefore('2026-11-12'), ...(isInLog ? [recordedCall()] : [])]);

      await askedNextQuarter(world);

      expect(await standingOf(world, heard)).toEqual(EXPLAINED);
      expect((await rowOf(world, heard)).settledAt).not.toBeNull();
    },
  );

  it('is kept once, however often it is read', async () => {
    const world = await worlds.fresh();
    const heard = await differing(world);
    setLog(world, [...sixCalls(), recordedCall()]);
    await namesRecord(world, heard);

    await askedNextQuarter(world);

    const later = await world.inside((scope) => world.store.findings.later(scope, heard.findingId));
    expect(later?.claims).toMatchObject([{ ageDays: 6, tier: 3 }]);
  });
});

describe('a record that the rep names while the log is being read', () => {
  it('is read for itself afterwards', async () => {
    const world = await worlds.fresh();
    const heard = await differing(world);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, heard.findingId, {
        state: 'pending',
        nextTryAt: world.clock.now(),
      }),
    );
    const slow = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companyLog: async () => {
          world.clock.advance(1_000);
          await replied(world, heard, { kind: 'EVIDENCE', activityId: '700' });
          return { activities: sixCalls(), ownership: [], contacts: [] };
        },
      },
    };
    await compareCheckIns(slow, world.portalId);
    const meanwhile = await rowOf(world, heard);
    setLog(world, [...sixCalls(), recordedCall()]);

    await compareCheckIns(world.deps, world.portalId);

    expect(meanwhile.state).toBe('pending');
    expect(await standingOf(world, heard)).toEqual(EXPLAINED);
  });
});
