import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { NO_PREFERENCE } from '../../../src/core/feedback/preference.ts';
import { asCompanyId, asContactId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import { txOf } from '../../../src/store/transact.ts';
import type { Kudos, NotedPreference } from '../../../src/usecases/kudos-port.ts';
import { at, checkIn, company, T0 } from './harness.ts';
import type { Harness } from './harness.ts';

const COMPANY = asCompanyId('1');
const ADA = asContactId('500777');
const BOB = asContactId('501');
const CONTACTS = new Map([
  [
    COMPANY,
    [ADA, BOB].map((contactId) => ({ contactId, name: 'A', jobTitle: null, phone: null, timeZone: null })),
  ],
]);
const thanks = (kudosId: string, change: Partial<Kudos> = {}): Kudos => ({
  kudosId,
  checkInId: 'check-in-1',
  companyId: COMPANY,
  toOwnerId: asOwnerId('90'),
  words: 'Sally stayed late for us.',
  givenBy: asUserId(7),
  givenAt: T0,
  releasesAt: at(15),
  ...change,
});
const wish = (change: Partial<NotedPreference> = {}): NotedPreference => ({
  ...NO_PREFERENCE,
  contactId: ADA,
  notedBy: asUserId(7),
  notedAt: T0,
  checkInId: null,
  ...change,
});

/** Thanks and contacts' wishes, given back as they were stored, and gone with what they came with. */
export function kudosContract(h: Harness): void {
  it('shows thanks once they are released, with the name of whoever said it, newest first', async () => {
    const portalId = await h.portal();

    const [early, later, others, mine] = await h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1', { respondentName: 'Ada Buyer' }));
      await h.store.kudos.add(scope, thanks('k1'));
      await h.store.kudos.add(scope, thanks('k2', { givenAt: at(5), releasesAt: at(20) }));
      const { kudos } = h.store;
      return [
        await kudos.releasedTo(scope, [asOwnerId('90')], at(14), 10),
        await kudos.releasedTo(scope, [asOwnerId('90')], at(20), 10),
        await kudos.releasedTo(scope, [asOwnerId('91')], at(20), 10),
        await kudos.ofCompany(scope, COMPANY, 10),
      ];
    });

    expect(early).toEqual([]);
    expect(later.map(({ kudosId }) => kudosId)).toEqual(['k2', 'k1']);
    expect(later[1]).toEqual({ ...thanks('k1'), respondentName: 'Ada Buyer' });
    expect(others).toEqual([]);
    expect(mine).toHaveLength(2);
  });

  it('takes thanks back with their check-in, and hides those of one that was undone', async () => {
    const portalId = await h.portal();

    const [hidden, removed, left] = await h.inside(portalId, async (scope) => {
      await h.store.checkIns.add(scope, checkIn('1'));
      await h.store.kudos.add(scope, thanks('k1'));
      await h.store.checkIns.undo(scope, 'check-in-1', at(1));
      const shown = await h.store.kudos.ofCompany(scope, COMPANY, 10);
      const taken = await h.store.kudos.removeOf(scope, 'check-in-1');
      return [shown, taken, await h.store.kudos.removeOf(scope, 'check-in-1')];
    });

    expect(hidden).toEqual([]);
    expect(removed).toEqual([thanks('k1')]);
    expect(left).toEqual([]);
  });

  it('gives a contact back with what they wish, and the wish before it after an undo', async () => {
    const portalId = await h.portal();
    const first = { ...NO_PREFERENCE, half: 'morning' as const, weekdays: [2, 4], talkToContactId: BOB };
    const second = { ...NO_PREFERENCE, channel: 'video' as const, doNotCall: true };

    const [before, after, undone, back, nothing] = await h.inside(portalId, async (scope) => {
      const { companies, preferences } = h.store;
      await companies.upsertRead(scope, [company('1')], T0);
      await companies.replaceContacts(scope, CONTACTS, T0);
      const wishes = async () =>
        (await companies.contacts(scope, COMPANY)).map(({ preference }) => preference);
      const none = await wishes();
      await preferences.save(scope, wish(first), T0);
      await preferences.save(scope, wish({ ...second, checkInId: 'c2' }), T0);
      const changed = await wishes();
      const taken = await preferences.undoOf(scope, 'c2');
      return [none, changed, taken, await wishes(), await preferences.undoOf(scope, 'c2')];
    });

    expect(before).toEqual([null, null]);
    expect(after).toEqual([second, null]);
    expect(undone).toEqual(wish({ ...second, checkInId: 'c2' }));
    expect(back).toEqual([first, null]);
    expect(nothing).toBeNull();
  });

  it('forgets a first wish with its check-in', async () => {
    const portalId = await h.portal();

    const left = await h.inside(portalId, async (scope) => {
      await h.store.preferences.save(scope, wish({ doNotCall: true, checkInId: 'c1' }), T0);
      await h.store.preferences.undoOf(scope, 'c1');
      return h.store.preferences.find(scope, ADA);
    });

    expect(left).toBeNull();
  });

  it('takes a wish back from among later ones, and the last one that is left stands', async () => {
    const portalId = await h.portal();
    const halves = async (taken: readonly string[]) =>
      h.inside(portalId, async (scope) => {
        const { preferences } = h.store;
        const morning = wish({ half: 'morning', checkInId: 'c1', notedAt: at(1) });
        const afternoon = wish({ half: 'afternoon', checkInId: 'c2', notedAt: at(2) });
        await preferences.save(scope, wish({ channel: 'video' }), T0);
        await preferences.save(scope, morning, T0);
        await preferences.save(scope, afternoon, T0);
        for (const checkInId of taken) await preferences.undoOf(scope, checkInId);
        const left = await preferences.find(scope, ADA);
        await preferences.undoOf(scope, 'c1');
        await preferences.undoOf(scope, 'c2');
        return [left?.half, left?.channel, left?.checkInId];
      });

    const left = [await halves(['c1']), await halves(['c2']), await halves(['c2', 'c1'])];

    expect(left).toEqual([
      ['afternoon', null, 'c2'],
      ['morning', null, 'c1'],
      [null, 'video', null],
    ]);
  });

  it('keeps a refusal where a wish before it is taken back, without what it had taken over', async () => {
    const portalId = await h.portal();

    const left = await h.inside(portalId, async (scope) => {
      const { preferences } = h.store;
      await preferences.save(scope, wish({ half: 'morning', checkInId: 'c1' }), T0);
      await preferences.save(scope, wish({ half: 'morning', doNotCall: true, notedAt: at(1) }), T0);
      await preferences.undoOf(scope, 'c1');
      return preferences.find(scope, ADA);
    });

    expect(left).toEqual(wish({ doNotCall: true, notedAt: at(1) }));
  });

  it('forgets wishes that no check-in can bring back any more', async () => {
    const portalId = await h.portal();

    const text = await h.inside(portalId, async (scope) => {
      const { preferences } = h.store;
      await preferences.save(scope, wish({ half: 'morning', checkInId: 'c1', notedAt: at(1) }), T0);
      await preferences.save(scope, wish({ channel: 'video', checkInId: 'c2', notedAt: at(2) }), T0);
      await preferences.save(scope, wish({ checkInId: 'c3', notedAt: at(9) }), at(5));
      const rows = await sql<{ earlier: string }>`SELECT earlier::text FROM preferences`.execute(txOf(scope));
      return rows.rows.map(({ earlier }) => earlier).join();
    });

    expect(text).not.toContain('morning');
    expect(text).toContain('video');
  });

  it('erases a contact’s wishes, and the wish of a colleague to send us to them', async () => {
    const portalId = await h.portal();

    const left = await h.inside(portalId, async (scope) => {
      const toAda = { ...NO_PREFERENCE, talkToContactId: ADA };
      await h.store.preferences.save(scope, wish({ doNotCall: true }), T0);
      const ofBob = wish({ ...toAda, contactId: BOB });
      await h.store.preferences.save(scope, { ...ofBob, doNotCall: true }, T0);
      await h.store.preferences.save(scope, { ...ofBob, half: 'morning', checkInId: 'c1' }, T0);
      await h.store.companies.eraseContact(scope, ADA, T0);
      const rows = await sql<{ text: string }>`SELECT p::text AS text FROM preferences p`.execute(
        txOf(scope),
      );
      const text = rows.rows.map((row) => row.text).join('\n');
      await h.store.preferences.undoOf(scope, 'c1');
      return { text, bob: await h.store.preferences.find(scope, BOB) };
    });

    expect(left.text).toContain('morning');
    expect(left.text).not.toContain('500777');
    expect(left.bob).toMatchObject({ doNotCall: true, talkToContactId: null });
  });
}
