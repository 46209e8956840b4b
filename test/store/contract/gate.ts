import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { NO_HOLIDAYS } from '../../../src/core/cadence/business-days.ts';
import { addDays, localDayOf } from '../../../src/core/cadence/calendar.ts';
import { gateFor } from '../../../src/core/feedback/gate.ts';
import { asCompanyId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import { createRandom, type Random } from '../../../src/core/random.ts';
import { txOf } from '../../../src/store/transact.ts';
import type { CheckIn, TenantScope } from '../../../src/usecases/records.ts';
import type { TestStore } from '../../support/stores.ts';
import { ANSWERS, at, checkIn, minutes, openGate, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const DAYS = minutes(24 * 60);
const REP = asOwnerId('90');
const OTHER_REP = asOwnerId('91');
const CLOSED = 'the gate of this rep is closed';
const NO_ANSWERS = 'there are no answers to correct';
const finding = {
  findingId: 'f1',
  checkInId: 'check-in-1',
  companyId: asCompanyId('1'),
  repOwnerId: REP,
  callerUserId: asUserId(7),
  nextTryAt: T0,
};
const correction = { checkInId: 'check-in-1', recall: ANSWERS, reason: 'Misheard.', by: asUserId(7), at: T0 };

/** Six days before T0, which is a Monday: three full weekdays. */
const LATE = '2026-10-27T16:00:00Z';
const LONG_AGO = '2026-10-23T15:00:00Z';
type Told = {
  readonly announcedAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly reader?: typeof REP;
  readonly startsOn?: string;
  readonly savedAt?: Date;
};
const CLOSED_GATES: readonly (readonly [string, Told])[] = [
  ['nothing was announced', { announcedAt: null, acknowledgedAt: LONG_AGO }],
  ['five days are over and not five weekdays', { announcedAt: LATE, acknowledgedAt: LATE }],
  ['nobody acknowledged it', { announcedAt: LONG_AGO, acknowledgedAt: null }],
  ['another rep acknowledged it', { announcedAt: LONG_AGO, acknowledgedAt: LONG_AGO, reader: OTHER_REP }],
  [
    'the rep acknowledged it after the facts were saved',
    { announcedAt: LONG_AGO, acknowledgedAt: '2026-11-02T17:00:00Z' },
  ],
  [
    'the calls were announced for a later day',
    { announcedAt: LONG_AGO, acknowledgedAt: LONG_AGO, startsOn: '2026-11-09' },
  ],
  [
    'the facts say that they were saved after a notice that is not over yet',
    { announcedAt: LATE, acknowledgedAt: LATE, savedAt: at(30 * DAYS) },
  ],
  [
    'the facts and the acknowledgement say that they come from the future',
    { announcedAt: LONG_AGO, acknowledgedAt: '2026-11-20T15:00:00Z', savedAt: at(30 * DAYS) },
  ],
];

async function tell(store: TestStore, scope: TenantScope, told: Told): Promise<void> {
  if (told.announcedAt !== null) {
    await store.programs.announce(scope, {
      announcedAt: new Date(told.announcedAt),
      announcedBy: asUserId(1),
      startsOn: told.startsOn ?? '2026-10-23',
      text: 'I will call our customers.',
    });
  }
  if (told.acknowledgedAt === null) return;
  await store.programs.acknowledge(scope, told.reader ?? REP, new Date(told.acknowledgedAt));
}

/** Random announcements of the two weeks before T0 whose gate the code finds open at T0, without any holiday. */
function openGates(random: Random, tries: number) {
  const zones = ['Pacific/Kiritimati', 'Etc/GMT+12', 'America/Chicago', 'Europe/Berlin', 'Asia/Kolkata'];
  const before = () => at(-Math.round(random.uniform() * 14 * DAYS));
  return Array.from({ length: tries }, (_none, index) => {
    const zone = zones[index % zones.length] ?? 'UTC';
    const [announcedAt, acknowledgedAt] = [before().toISOString(), before().toISOString()];
    const announcedOn = localDayOf(announcedAt, zone);
    const acknowledgedOn = localDayOf(acknowledgedAt, zone);
    const today = localDayOf(T0, zone);
    const startsOn = addDays(today, -(index % 3));
    const announcement = { announcedOn, startsOn };
    const facts = {
      openness: 'listenAndCompare',
      announcement,
      acknowledgedOn,
      today,
      cal: NO_HOLIDAYS,
    } as const;
    return { zone, announcedAt, acknowledgedAt, startsOn, isOpen: gateFor(facts).state === 'open' };
  }).filter(({ isOpen }) => isOpen);
}

/** The lock before recall items and comparison, where no code can leave it out. */
export function gateContract(h: Harness): void {
  const adding = async (told: Told, change: Partial<CheckIn>, isCompared: boolean) => {
    h.clock.set(T0.toISOString());
    const portalId = await h.portal();
    return h.inside(portalId, async (scope) => {
      await tell(h.store, scope, told);
      await h.store.checkIns.add(scope, checkIn('1', { savedAt: told.savedAt ?? T0, ...change }));
      if (isCompared) await h.store.findings.add(scope, finding);
      return h.store.checkIns.find(scope, 'check-in-1');
    });
  };
  const opened = async () => {
    const portalId = await h.portal();
    await h.inside(portalId, async (scope) => {
      await openGate(h.store, scope);
      await h.store.checkIns.add(scope, checkIn('1', { recall: ANSWERS }));
      await h.store.findings.add(scope, finding);
    });
    return portalId;
  };
  const changing = async (statement: string) => {
    const portalId = await opened();
    return h.inside(portalId, (scope) => sql.raw(statement).execute(txOf(scope)));
  };

  it.each(CLOSED_GATES)('opens no comparison where %s', async (_why, told) => {
    const comparing = adding(told, {}, true);

    await expect(comparing).rejects.toThrow(CLOSED);
  });

  it.each(CLOSED_GATES)('stores no answers about the log where %s', async (_why, told) => {
    const answering = adding(told, { recall: ANSWERS }, false);

    await expect(answering).rejects.toThrow(CLOSED);
  });

  it.each(CLOSED_GATES)('stores what the customer says where %s', async (_why, told) => {
    const listened = await adding(told, {}, false);

    expect(listened?.recall).toBeNull();
  });

  it.each([
    ['on a Friday', '2026-10-23T15:00:00Z'],
    ['on a Saturday', '2026-10-24T15:00:00Z'],
    ['on a Sunday', '2026-10-25T15:00:00Z'],
    ['on a Monday, by the westernmost clock', '2026-10-27T11:59:59Z'],
  ])('opens for answers and comparison once five weekdays are over after a day %s', async (_what, told) => {
    const saved = await adding({ announcedAt: told, acknowledgedAt: told }, { recall: ANSWERS }, true);

    expect(saved?.recall).toEqual(ANSWERS);
  });

  it('is open to a rep who read it on the very day', async () => {
    const told = { announcedAt: LONG_AGO, acknowledgedAt: T0.toISOString() };

    const saved = await adding(told, { recall: ANSWERS }, true);

    expect(saved?.recall).toEqual(ANSWERS);
  });

  it('is never closed where the code finds it open, in any zone', async () => {
    h.clock.set(T0.toISOString());
    const portalId = await h.portal();
    const seed = process.env['SEED'] ?? String(Date.now());
    process.stdout.write(`Gate of code and database, SEED=${seed}\n`);
    const told = openGates(createRandom(seed), 150);

    const answers = await h.inside(portalId, async (scope) => {
      const isOpen: boolean[] = [];
      for (const { announcedAt, acknowledgedAt, startsOn } of told) {
        await sql`DELETE FROM announcements`.execute(txOf(scope));
        await sql`DELETE FROM acknowledgements`.execute(txOf(scope));
        await tell(h.store, scope, { announcedAt, acknowledgedAt, startsOn });
        const found = await sql<{ isOpen: boolean }>`
          SELECT is_gate_open(${portalId}::bigint, ${REP}, ${T0}::timestamptz) AS is_open`.execute(
          txOf(scope),
        );
        isOpen.push(found.rows[0]?.isOpen === true);
      }
      return isOpen;
    });

    expect(told.filter((_one, index) => answers[index] !== true)).toEqual([]);
    expect(told.length).toBeGreaterThan(20);
  });

  it('goes by the first announcement, whatever a later one says of its own time', async () => {
    h.clock.set(T0.toISOString());
    const portalId = await h.portal();

    const answering = h.inside(portalId, async (scope) => {
      await tell(h.store, scope, { announcedAt: LATE, acknowledgedAt: LATE });
      await tell(h.store, scope, { announcedAt: '2026-01-05T15:00:00Z', acknowledgedAt: null });
      await h.store.checkIns.add(scope, checkIn('1', { recall: ANSWERS }));
    });

    await expect(answering).rejects.toThrow(CLOSED);
  });

  it.each([
    ['a comparison', `UPDATE findings SET rep_owner_id = '91'`],
    ['answers', `UPDATE check_ins SET rep_owner_id = '91'`],
    ['answers of nobody’s account', `UPDATE check_ins SET rep_owner_id = NULL`],
  ])('does not let %s be moved to a rep who was not told', async (_what, statement) => {
    const moving = changing(statement);

    await expect(moving).rejects.toThrow(CLOSED);
  });

  it('does not let answers be moved to a time before the rep was told', async () => {
    const moving = changing(`UPDATE check_ins SET saved_at = '2026-10-24T15:00:00Z'`);

    await expect(moving).rejects.toThrow(CLOSED);
  });

  it('does not let answers be added to a conversation that was only listened to', async () => {
    h.clock.set(T0.toISOString());
    const portalId = await h.portal();

    const answering = h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      await sql`UPDATE check_ins SET recall = '{}'`.execute(txOf(scope));
    });

    await expect(answering).rejects.toThrow(CLOSED);
  });

  it.each<[string, Partial<CheckIn>]>([
    ['of a conversation that was only listened to', { listening: 'gateClosed' }],
    ['about nobody’s account', { repOwnerId: null }],
    ['about a rep who was not told', { repOwnerId: OTHER_REP }],
  ])('corrects no answers that were never given %s', async (_which, change) => {
    const portalId = await h.portal();

    const correcting = h.inside(portalId, async (scope) => {
      await openGate(h.store, scope);
      await h.store.checkIns.add(scope, checkIn('1', change));
      await h.store.checkIns.addCorrection(scope, correction);
    });

    await expect(correcting).rejects.toThrow(NO_ANSWERS);
  });

  it('keeps answers that do not count beside a conversation without any, where the gate is open', async () => {
    const portalId = await h.portal();

    const corrections = await h.inside(portalId, async (scope) => {
      await openGate(h.store, scope);
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.checkIns.addCorrection(scope, correction);
      return h.store.checkIns.corrections(scope, 'check-in-1');
    });

    expect(corrections).toEqual([correction]);
  });

  it('lets answers be corrected', async () => {
    const portalId = await opened();

    const corrections = await h.inside(portalId, async (scope) => {
      await h.store.checkIns.addCorrection(scope, correction);
      return h.store.checkIns.corrections(scope, 'check-in-1');
    });

    expect(corrections).toEqual([correction]);
  });

  it('is not opened by the announcement of another account', async () => {
    const [told, untold] = [await h.portal(), await h.portal()];
    await h.inside(told, (scope) => openGate(h.store, scope));

    const comparing = h.inside(untold, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.findings.add(scope, finding);
    });

    await expect(comparing).rejects.toThrow(CLOSED);
  });
}
