import { expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { asCompanyId, asContactId, asOwnerId, asUserId } from '../../../src/core/model.ts';
import { txOf } from '../../../src/store/transact.ts';
import type { EvidenceLine, FindingResult } from '../../../src/usecases/finding-records.ts';
import type { ProgramSettings } from '../../../src/core/program-settings.ts';
import { at, checkIn, company, minutes, openGate, T0, touch } from './harness.ts';
import type { Harness } from './harness.ts';

const contact = (id: string, name: string) => ({
  contactId: asContactId(id),
  name,
  jobTitle: 'Buyer',
  phone: '+1 555 0100',
  timeZone: null,
});
const OWNER_90 = {
  ownerId: asOwnerId('90'),
  userId: asUserId(990),
  name: 'Owner 90',
  email: null,
  primaryTeamId: null,
  active: true,
};
const line = (contactName: string | null): EvidenceLine => ({
  activityId: 'a1',
  what: 'call',
  on: '2026-10-20',
  ageDays: 13,
  contactName,
  ownerId: asOwnerId('90'),
  tier: 1,
  outcome: 'live',
  counted: true,
  why: 'logged by hand',
});
const lineOf = (contactId: string, contactName: string): EvidenceLine => ({
  ...line(contactName),
  contactId: asContactId(contactId),
});
const finding = {
  findingId: 'f1',
  checkInId: 'check-in-1',
  companyId: asCompanyId('1'),
  repOwnerId: asOwnerId('90'),
  callerUserId: asUserId(7),
  nextTryAt: T0,
};

/** People, companies, answers, findings and promises, given back as they were stored. */
export function recordContract(h: Harness): void {
  it('revives a portal on a second install and keeps everything else', async () => {
    const portalId = await h.portal({ timeZone: 'Asia/Tokyo', status: 'disconnected', startedAt: T0 });

    const found = await h.inside(portalId, async (scope) => {
      await h.store.portals.install(scope, { userId: asUserId(2), scopes: ['oauth', 'tickets'], at: at(1) });
      await h.store.portals.update(scope, {
        callDispositions: { a: 'Connected' },
        knownStages: [{ value: 'b', label: 'Customer' }],
      });
      return h.store.portals.find(scope);
    });

    expect(found).toEqual({
      portalId,
      status: 'installed',
      installedByUserId: 1,
      installedAt: T0,
      timeZone: 'Asia/Tokyo',
      uiDomain: 'app.hubspot.com',
      scopes: ['oauth', 'tickets'],
      taskKeyMode: null,
      keyProbedAt: null,
      startedAt: T0,
      readCursor: null,
      readStartedAt: null,
      companiesReadAt: null,
      plannedAt: null,
      reconciledAt: null,
      planRequestedAt: null,
      lastError: null,
      callDispositions: { a: 'Connected' },
      knownStages: [{ value: 'b', label: 'Customer' }],
    });
  });

  it('replaces the owners of a portal', async () => {
    const portalId = await h.portal();
    const owner = (id: string, userId: number | null, active = true) => ({
      ownerId: asOwnerId(id),
      userId: userId === null ? null : asUserId(userId),
      name: `Owner ${id}`,
      email: null,
      primaryTeamId: 'T',
      active,
    });

    const found = await h.inside(portalId, async (scope) => {
      await h.store.people.replaceOwners(scope, [owner('1', 11), owner('2', null, false)]);
      await h.store.people.replaceOwners(scope, [owner('2', 12), owner('3', 13)]);
      return {
        all: await h.store.people.owners(scope),
        byUser: await h.store.people.ownerByUser(scope, asUserId(13)),
        gone: await h.store.people.ownerByUser(scope, asUserId(11)),
      };
    });

    expect(found).toEqual({ all: [owner('2', 12), owner('3', 13)], byUser: owner('3', 13), gone: null });
  });

  it('gives program versions in order and refuses one that was overtaken', async () => {
    const portalId = await h.portal();
    const settings = { openness: 'listeningOnly', checkInsPerWeek: 10 } as ProgramSettings;
    const save = (expected: number) =>
      h.inside(portalId, (scope) => h.store.programs.save(scope, expected, settings, asUserId(7), T0));

    const first = await save(0);
    const parallel = await Promise.allSettled([save(1), save(1)]);

    expect(first).toEqual({ version: 1, settings, savedBy: 7, savedAt: T0 });
    expect(parallel.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(parallel.find((each) => each.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' });
    const current = await h.inside(portalId, (scope) => h.store.programs.current(scope));
    expect(current).toMatchObject({ version: 2, settings });
  });

  it('counts the first announcement and the first acknowledgement', async () => {
    const portalId = await h.portal();
    const announcement = {
      announcedAt: T0,
      announcedBy: asUserId(7),
      startsOn: '2026-11-09',
      text: 'We start.',
    };

    const found = await h.inside(portalId, async (scope) => {
      await h.store.programs.announce(scope, announcement);
      await h.store.programs.announce(scope, { ...announcement, text: 'Again.' });
      await h.store.programs.acknowledge(scope, asOwnerId('90'), T0);
      await h.store.programs.acknowledge(scope, asOwnerId('90'), at(1));
      return [await h.store.programs.announcement(scope), await h.store.programs.acknowledgements(scope)];
    });

    expect(found).toEqual([announcement, new Map([['90', T0]])]);
  });

  it('reads companies again without losing when their contacts were read', async () => {
    const portalId = await h.portal();

    const found = await h.inside(portalId, async (scope) => {
      const { companies } = h.store;
      await companies.upsertRead(scope, [company('1'), company('2'), company('2')], T0);
      await companies.replaceContacts(scope, new Map([[asCompanyId('1'), [contact('500', 'Ada')]]]), T0);
      await companies.upsertRead(scope, [company('1', { name: 'Renamed', ownerId: null })], at(1));
      await h.store.people.replaceOwners(scope, [OWNER_90]);
      const ownsAny = async () => (await h.store.reads.person(scope, asUserId(990), null))?.ownsCompanies;
      const owned = await ownsAny();
      const unseen = await companies.unseenSince(scope, at(1), 10);
      await companies.update(scope, asCompanyId('2'), { inScope: false });
      return {
        unseen,
        unseenAfter: await companies.unseenSince(scope, at(1), 10),
        owned: [owned, await ownsAny()],
        one: await companies.find(scope, asCompanyId('1')),
        many: await companies.findMany(scope, [asCompanyId('2'), asCompanyId('1'), asCompanyId('9')]),
        inScope: await companies.countInScope(scope),
        byOwner: await companies.countByOwner(scope),
        sample: await companies.sampleInScope(scope, 5),
        contacts: await companies.contacts(scope, asCompanyId('1')),
        contactsOf: await companies.contactsOf(scope, [asCompanyId('1'), asCompanyId('2')]),
      };
    });

    const one = { ...company('1', { name: 'Renamed', ownerId: null }), inScope: true, contactsReadAt: T0 };
    expect(found.one).toEqual(one);
    expect(found.owned).toEqual([true, false]);
    expect([found.unseen, found.unseenAfter]).toEqual([['2'], []]);
    expect(found.many.map((each) => [each.companyId, each.inScope])).toEqual([
      ['1', true],
      ['2', false],
    ]);
    expect(found.inScope).toBe(1);
    expect(found.byOwner).toEqual(new Map());
    expect(found.sample).toEqual([one]);
    const ada = { ...contact('500', 'Ada'), isWrongPerson: false, preference: null };
    expect(found.contacts).toEqual([ada]);
    expect(found.contactsOf).toEqual(new Map([['1', [ada]]]));
  });

  it('stores thousands of companies and touches in one call', async () => {
    const portalId = await h.portal();
    const ids = Array.from({ length: 2_500 }, (_, index) => String(index));

    const counts = await h.inside(portalId, async (scope) => {
      await h.store.companies.upsertRead(
        scope,
        ids.map((id) => company(id)),
        T0,
      );
      const planned = await h.store.touches.plan(
        scope,
        ids.map((id) => touch(id)),
      );
      return [planned, await h.store.companies.countInScope(scope)];
    });

    expect(counts).toEqual([2_500, 2_500]);
  });

  it('gives back a check-in as it was saved and hides it from lists once undone', async () => {
    const portalId = await h.portal();
    const said = checkIn('1', { words: 'Zoë said: “ü” 🙂' });

    const found = await h.inside(portalId, async (scope) => {
      const { checkIns } = h.store;
      await checkIns.add(scope, said);
      await checkIns.add(scope, checkIn('2', { wave: 2, cycle: '2027-Q1' }));
      const before = await checkIns.ofCompany(scope, said.companyId, 10);
      const waves = [
        await checkIns.waveOf(scope, said.companyId, null),
        await checkIns.waveOf(scope, said.companyId, '2027-Q1'),
        await checkIns.waveOf(scope, asCompanyId('none'), null),
      ];
      await checkIns.undo(scope, 'check-in-2', at(5));
      return {
        one: await checkIns.find(scope, 'check-in-1'),
        before: before.map((each) => each.checkInId),
        waves,
        after: (await checkIns.ofCompany(scope, said.companyId, 10)).map((each) => each.checkInId),
        undone: (await checkIns.undoneOf(scope, said.companyId, asUserId(7), 5)).map(
          (each) => each.checkInId,
        ),
        count: await checkIns.countOfCompany(scope, said.companyId),
        byRep: await checkIns.countByRep(scope, '2026-Q4', asUserId(7)),
      };
    });

    expect(found.one).toEqual(said);
    expect(found.before).toEqual(['check-in-2', 'check-in-1']);
    expect(found.waves).toEqual([2, 1, 0]);
    expect(found.after).toEqual(['check-in-1']);
    expect(found.undone).toEqual(['check-in-2']);
    expect(found.count).toBe(1);
    expect(found.byRep).toEqual(new Map([['90', 1]]));
  });

  it('tells who answered last at many companies, the newest first and none that was undone', async () => {
    const portalId = await h.portal();
    const [one, two] = [asCompanyId('1'), asCompanyId('2')];

    const heard = await h.inside(portalId, async (scope) => {
      const { checkIns } = h.store;
      for (const id of ['1', '2', '3', '4']) {
        await checkIns.add(scope, checkIn(id, { happenedOn: `2026-10-0${id}` }));
      }
      await checkIns.add(scope, checkIn('5', { companyId: two, respondentContactId: null }));
      await checkIns.undo(scope, 'check-in-4', T0);
      return checkIns.lastHeard(scope, [one, two, asCompanyId('3')], 2);
    });

    expect(heard.get(one)?.map(({ happenedOn }) => happenedOn)).toEqual(['2026-10-03', '2026-10-02']);
    expect(heard.get(two)).toEqual([
      { respondentContactId: null, happenedOn: '2026-11-02', callerUserId: asUserId(7) },
    ]);
    expect(heard.size).toBe(2);
  });

  it('passes words to the rep once released, and marks the first reading only', async () => {
    const portalId = await h.portal();
    const rep = asOwnerId('90');

    const found = await h.inside(portalId, async (scope) => {
      const { checkIns } = h.store;
      await checkIns.add(scope, checkIn('1'));
      const due = await checkIns.dueForRelease(scope, at(minutes(15)), 10);
      const hidden = await checkIns.releasedTo(scope, rep, 10);
      await checkIns.markReleased(scope, ['check-in-1'], at(minutes(16)));
      await checkIns.markSeenByRep(scope, ['check-in-1'], at(minutes(20)));
      await checkIns.markSeenByRep(scope, ['check-in-1'], at(minutes(30)));
      return { due: due.length, hidden, shown: await checkIns.releasedTo(scope, rep, 10) };
    });

    expect(found.due).toBe(1);
    expect(found.hidden).toEqual([]);
    expect(found.shown).toMatchObject([{ releasedAt: at(minutes(16)), seenByRepAt: at(minutes(20)) }]);
  });

  it('keeps the advice for the rep as it was written, and loses it with Undo', async () => {
    const portalId = await h.portal();
    const coachingNote = 'Ask when the dock is free.\nThen call “Ada”.';

    const [kept, undone] = await h.inside(portalId, async (scope) => {
      const { checkIns } = h.store;
      await checkIns.add(scope, checkIn('1', { coachingNote }));
      const before = await checkIns.find(scope, 'check-in-1');
      await checkIns.undo(scope, 'check-in-1', at(5));
      return [before, await checkIns.find(scope, 'check-in-1')];
    });

    expect(kept).toEqual(checkIn('1', { coachingNote }));
    expect(undone).toEqual(checkIn('1', { undoneAt: at(5) }));
  });

  it('adds one notice a rep and day', async () => {
    const portalId = await h.portal();
    const notice = { ownerId: asOwnerId('90'), onDay: '2026-11-02', closesOn: '2026-11-09' };

    const found = await h.inside(portalId, async (scope) => {
      const added = [
        await h.store.checkIns.addRepNotice(scope, notice),
        await h.store.checkIns.addRepNotice(scope, notice),
      ];
      await h.store.checkIns.updateRepNotice(scope, notice.ownerId, notice.onDay, { taskId: 'T9' });
      const open = await h.store.checkIns.repNotices(scope, '2026-11-09');
      await h.store.checkIns.updateRepNotice(scope, notice.ownerId, notice.onDay, { closedAt: T0 });
      return { added, open, closed: await h.store.checkIns.repNotices(scope, '2026-11-09') };
    });

    expect(found).toEqual({
      added: [true, false],
      open: [{ ...notice, taskId: 'T9', closedAt: null }],
      closed: [],
    });
  });

  it('keeps a finding’s result, evidence and replies through to the decision', async () => {
    const portalId = await h.portal();
    const result: FindingResult = {
      verdict: 'DIFFERS_FIRM',
      severity: 2,
      rule: 'R13',
      mu: 0.0013,
      oneIn: 700,
      serviceGap: false,
      inputs: { claims: [{ b: 1, a: 2 }] },
      thresholds: { q: 0.2 },
      methodVersion: '1',
    };

    const found = await h.inside(portalId, async (scope) => {
      const { findings, checkIns } = h.store;
      await checkIns.add(scope, checkIn('1'));
      await openGate(h.store, scope);
      await findings.add(scope, finding);
      const toRead = await findings.toRead(scope, T0, 10);
      await findings.saveResult(scope, 'f1', {
        state: 'ready',
        result,
        evidence: [line('Ada Buyer')],
        replyUntil: '2026-11-09',
        firstSeverity: 2,
      });
      const untold = await findings.waitingForReply(scope, asOwnerId('90'), '2026-11-09');
      await checkIns.markReleased(scope, ['check-in-1'], T0);
      const waiting = await findings.waitingForReply(scope, asOwnerId('90'), '2026-11-09');
      const tooLate = await findings.waitingForReply(scope, asOwnerId('90'), '2026-11-10');
      await findings.addReply(scope, {
        replyId: 'r1',
        findingId: 'f1',
        byUserId: asUserId(9),
        kind: 'COVERED',
        sentence: 'A colleague called.',
        activityId: null,
        repliedAt: T0,
        decideBy: '2026-11-16',
        state: 'open',
        decidedAt: null,
        decidedBy: null,
        decisionReason: null,
      });
      const answered = await findings.waitingForReply(scope, asOwnerId('90'), '2026-11-09');
      await findings.saveResult(scope, 'f1', {
        noticedOn: '2026-11-02',
        noticedAt: new Date(T0.getTime() + 1),
      });
      const risen = await findings.waitingForReply(scope, asOwnerId('90'), '2026-11-09');
      await findings.saveResult(scope, 'f1', { noticedOn: null, noticedAt: T0 });
      const silent = await findings.repliesToAccept(scope, '2026-11-17', 10);
      await findings.decideReply(scope, 'r1', { state: 'accepted', by: null, at: T0, reason: 'silence' });
      return {
        toRead: toRead.length,
        waiting: waiting.map((each) => each.findingId),
        risen: risen.map((each) => each.findingId),
        others: [untold, tooLate, answered],
        silent: silent.map((each) => each.replyId),
        toSettle: (await findings.toSettle(scope, '2026-11-10', 10)).map((each) => each.findingId),
        one: await findings.ofCheckIn(scope, 'check-in-1'),
        ofCompany: (await findings.ofCompany(scope, asCompanyId('1'), 5)).length,
        replies: await findings.replies(scope, 'f1'),
      };
    });

    expect(found.toRead).toBe(1);
    expect(found.waiting).toEqual(['f1']);
    expect(found.risen).toEqual(['f1']);
    expect(found.others).toEqual([[], [], []]);
    expect(found.silent).toEqual(['r1']);
    expect(found.toSettle).toEqual(['f1']);
    expect(found.one).toEqual({
      ...finding,
      state: 'ready',
      result,
      evidence: [line('Ada Buyer')],
      attempts: 0,
      noticedOn: null,
      replyUntil: '2026-11-09',
      settledAt: null,
      firstSeverity: 2,
      supported: false,
      secondContactId: null,
    });
    expect(found.ofCompany).toBe(1);
    expect(found.replies).toMatchObject([{ state: 'accepted', decidedBy: null, decisionReason: 'silence' }]);
  });

  it('removes a finding with its replies, and an issue with its promises', async () => {
    const portalId = await h.portal();
    const issue = {
      issueId: 'i1',
      companyId: asCompanyId('1'),
      checkInId: 'check-in-1',
      title: 'Visit requested',
      ownerUserId: asUserId(7),
      state: 'open' as const,
      openedAt: T0,
      openedBy: asUserId(7),
    };
    const promise = (promiseId: string, dueOn: string) => ({
      promiseId,
      issueId: 'i1',
      companyId: asCompanyId('1'),
      what: 'Visit',
      ownerId: asOwnerId('90'),
      ownerUserId: asUserId(7),
      dueOn,
      state: 'open' as const,
      settledAt: null,
      settledBy: null,
    });

    const found = await h.inside(portalId, async (scope) => {
      const { promises, findings, checkIns } = h.store;
      await checkIns.add(scope, checkIn('1'));
      await openGate(h.store, scope);
      await findings.add(scope, finding);
      await promises.addIssue(scope, issue);
      for (const [id, dueOn] of [
        ['p1', '2026-11-20'],
        ['p2', '2026-11-10'],
        ['p3', '2026-11-12'],
      ] as const) {
        await promises.addPromise(scope, promise(id, dueOn));
      }
      await promises.settle(scope, 'p3', { state: 'kept', settledAt: T0, settledBy: asUserId(7) });
      const open = await promises.waitingOf(scope, { userId: asUserId(8), ownerId: asOwnerId('90') }, 10);
      const giver = { userId: asUserId(8), ownerId: asOwnerId('90') };
      const counts = [];
      for (const [person, today] of [
        [giver, '2026-11-09'],
        [giver, '2026-11-10'],
        [giver, '2026-11-21'],
        [{ userId: asUserId(7), ownerId: null }, '2026-11-11'],
        [{ userId: asUserId(8), ownerId: null }, '2026-11-21'],
      ] as const) {
        counts.push(await promises.countOf(scope, person, today));
      }
      const before = [
        await promises.findIssue(scope, 'i1'),
        (await promises.ofCompany(scope, issue.companyId)).length,
      ];
      await promises.settle(scope, 'p2', { state: 'broken', settledAt: T0, settledBy: asUserId(7) });
      const afterBroken = await promises.waitingOf(scope, giver, 10);
      await promises.closeIssue(scope, 'i1', T0);
      const closed = [
        (await promises.findIssueForUpdate(scope, 'i1'))?.state,
        (await promises.waitingOf(scope, giver, 10)).length,
        (await promises.countOf(scope, giver, '2026-11-09')).waiting,
      ];
      await promises.reopenIssue(scope, 'i1');
      const reopened = (await promises.waitingOf(scope, giver, 10)).length;
      await promises.removeIssuesOf(scope, 'check-in-1');
      await findings.remove(scope, 'f1');
      return {
        open: open.map((each) => each.promiseId),
        afterBroken: afterBroken.map((each) => [each.promiseId, each.settledBy]),
        closed,
        reopened,
        counts,
        before,
        after: [await promises.find(scope, 'p1'), await findings.find(scope, 'f1')],
      };
    });

    expect(found).toEqual({
      open: ['p2', 'p1'],
      afterBroken: [
        ['p1', null],
        ['p2', asUserId(7)],
      ],
      closed: ['closed', 1, 1],
      reopened: 2,
      counts: [
        { kept: 1, total: 1, due: 0, waiting: 2 },
        { kept: 1, total: 1, due: 1, waiting: 2 },
        { kept: 1, total: 3, due: 2, waiting: 2 },
        { kept: 1, total: 2, due: 1, waiting: 2 },
        { kept: 0, total: 0, due: 0, waiting: 0 },
      ],
      before: [issue, 3],
      after: [null, null],
    });
  });

  it('keeps a draft to its author and company until it is old', async () => {
    const portalId = await h.portal();
    const companyId = asCompanyId('1');

    const found = await h.inside(portalId, async (scope) => {
      const { drafts } = h.store;
      await drafts.save(scope, asUserId(7), companyId, { words: 'half' }, T0);
      await drafts.save(scope, asUserId(7), companyId, { words: 'half a sentence' }, at(1));
      return [
        await drafts.find(scope, asUserId(7), companyId),
        await drafts.find(scope, asUserId(8), companyId),
        await drafts.removeOlderThan(scope, at(1)),
        await drafts.removeOlderThan(scope, at(2)),
      ];
    });

    expect(found).toEqual([{ words: 'half a sentence' }, null, 0, 1]);
  });

  it('erases a contact from every table, and a later read does not bring it back', async () => {
    const portalId = await h.portal();
    const everything = () =>
      h.inside(portalId, async (scope) => {
        const tables = [
          'contacts',
          'check_ins',
          'findings',
          'drafts',
          'submissions',
          'touches',
          'attempts',
          'webhook_inbox',
        ];
        const texts: string[] = [];
        for (const table of tables) {
          const rows = await sql<{ text: string }>`SELECT t::text AS text FROM ${sql.table(table)} t`.execute(
            txOf(scope),
          );
          texts.push(...rows.rows.map((row) => row.text));
        }
        return texts.join('\n');
      });
    const contacts = new Map([
      [asCompanyId('1'), [contact('500777', 'Ada "Q" Buyer'), contact('501', 'Bob Boss')]],
    ]);
    await h.inside(portalId, async (scope) => {
      const { store } = h;
      await store.companies.upsertRead(scope, [company('1')], T0);
      await store.companies.replaceContacts(scope, contacts, T0);
      const respondent = { respondentContactId: asContactId('500777'), respondentName: 'Ada "Q" Buyer' };
      await store.checkIns.add(scope, checkIn('1', respondent));
      await openGate(store, scope);
      await store.findings.add(scope, finding);
      const evidence = [line('Bob Boss'), line('Ada "Q" Buyer'), line(null)];
      await store.findings.saveResult(scope, 'f1', {
        state: 'ready',
        evidence,
        secondContactId: asContactId('500777'),
      });
      await store.drafts.save(scope, asUserId(7), asCompanyId('1'), { respondentName: 'Ada "Q" Buyer' }, T0);
      await store.drafts.save(scope, asUserId(8), asCompanyId('1'), { respondentName: 'Bob Boss' }, T0);
      await store.touches.plan(scope, [touch('1', { contactId: asContactId('500777') })]);
      await store.submissions.once(
        scope,
        { submissionId: 's1', authorUserId: asUserId(7), bodyHash: 'h', at: T0 },
        () => Promise.resolve({ respondentContactId: '500777', respondentName: 'Ada "Q" Buyer' }),
      );
    });

    for (let repeat = 0; repeat < 2; repeat += 1) {
      await h.inside(portalId, (scope) => h.store.companies.eraseContact(scope, asContactId('500777'), T0));
      await h.inside(portalId, (scope) => h.store.companies.replaceContacts(scope, contacts, at(1)));
    }

    const left = await everything();
    expect(left).not.toMatch(/Ada|500777/);
    expect(left.match(/Bob Boss/g)).toHaveLength(3);
    expect(left).toContain('Please call before you deliver.');
  });

  it('erases a name in evidence by its id, and by itself only in a line of an earlier version', async () => {
    const portalId = await h.portal();

    const lines = await h.inside(portalId, async (scope) => {
      const { companies, checkIns, findings } = h.store;
      await companies.upsertRead(scope, [company('1')], T0);
      const contacts = new Map([[asCompanyId('1'), [contact('500', 'Ada Buyer')]]]);
      await companies.replaceContacts(scope, contacts, T0);
      await checkIns.add(scope, checkIn('1'));
      await openGate(h.store, scope);
      await findings.add(scope, finding);
      const evidence = [
        lineOf('500', 'Ada Maiden'),
        lineOf('501', 'Ada Buyer'),
        line('Ada Buyer'),
        line('Bob'),
      ];
      await findings.saveResult(scope, 'f1', { state: 'ready', evidence });
      await companies.eraseContact(scope, asContactId('500'), T0);
      return (await findings.find(scope, 'f1'))?.evidence;
    });

    expect(lines?.map(({ contactId, contactName }) => [contactId, contactName])).toEqual([
      [null, null],
      ['501', 'Ada Buyer'],
      [null, null],
      [undefined, 'Bob'],
    ]);
  });

  it('chains the audit log, and finds a row that was changed or cut off', async () => {
    const portalId = await h.portal();
    const entry = (action: string) => ({
      at: T0,
      actor: 'user:7',
      action,
      subject: 'touch-1',
      outcome: 'ok',
      requestId: null,
    });
    const verify = () => h.inside(portalId, (scope) => h.store.audit.verify(scope));
    await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        h.inside(portalId, (scope) => h.store.audit.append(scope, entry(`action ${index}`))),
      ),
    );
    const intact = await verify();

    // What the runtime role may not do is done here by forging the head and the row that follows it.
    await h.inside(portalId, (scope) => sql`UPDATE audit_heads SET seq = seq + 1`.execute(txOf(scope)));
    const cutOff = await verify();
    await h.inside(portalId, (scope) =>
      sql`INSERT INTO audit_log (portal_id, seq, at, actor, action, subject, outcome, request_id, hash)
        SELECT portal_id, seq + 1, at, actor, 'forged', subject, outcome, request_id, hash FROM audit_log
        WHERE seq = 6`.execute(txOf(scope)),
    );
    const forged = await verify();

    expect([intact, cutOff, forged]).toEqual([true, false, false]);
  });
}
