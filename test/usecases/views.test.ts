import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId } from '../../src/core/model.ts';
import type { AppError } from '../../src/errors.ts';
import * as pages from '../../src/http/contract-pages.ts';
import { companyView } from '../../src/http/contract.ts';
import { acknowledge } from '../../src/usecases/acknowledge.ts';
import { announce } from '../../src/usecases/announce.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { getProgram } from '../../src/usecases/get-program.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { saveDraft } from '../../src/usecases/save-draft.ts';
import { saveProgram } from '../../src/usecases/save-program.ts';
import { planNow, startProgram } from '../../src/usecases/start-program.ts';
import { DEFAULT_SETTINGS } from '../../src/usecases/person.ts';
import { MINUTE_MS } from '../support/deps.ts';
import {
  COMPANY,
  FREE_COMPANY,
  OTHER_COMPANY,
  OTHER_REP,
  OWN_COMPANY,
  useWorlds,
  type World,
} from '../support/world.ts';

const worlds = useWorlds();
const submissionId = () => randomUUID();
const A_COMPANY = {
  name: 'Elm Works',
  ownerId: null,
  timeZone: null,
  lifecycleStage: 'customer',
  parentCompanyId: null,
};

async function differing(world: World): Promise<void> {
  await world.record();
  await compareCheckIns(world.deps, world.portalId);
  world.clock.advance(15 * MINUTE_MS);
  await releaseFeedback(world.deps, world.portalId);
}

describe('the card', () => {
  it('is the manager’s, the rep’s or the viewer’s, and always the contract’s', async () => {
    const world = await worlds.fresh();
    await differing(world);

    const views = await Promise.all(
      [world.manager, world.rep, world.otherRep, world.stranger].map((actor) =>
        getCompany(world.deps, actor, COMPANY),
      ),
    );

    expect(views.map(({ role }) => role)).toEqual(['manager', 'rep', 'viewer', 'viewer']);
    for (const view of views) expect(companyView.parse(view)).toBeDefined();
  });

  it('wakes the reading of contacts once, and only where they were never read', async () => {
    const world = await worlds.fresh();
    await world.deps.store.inTenant(world.portalId, (scope) =>
      world.deps.store.companies.replaceContacts(scope, new Map([[COMPANY, []]]), world.clock.now()),
    );
    const before = world.deps.wakes.length;

    await getCompany(world.deps, world.manager, COMPANY);
    const afterKnown = world.deps.wakes.slice(before);
    await getCompany(world.deps, world.manager, FREE_COMPANY);
    await getCompany(world.deps, world.manager, FREE_COMPANY);
    const afterNew = world.deps.wakes.slice(before);

    expect(afterKnown).toEqual([]);
    expect(afterNew).toEqual([{ job: 'readContacts', portalId: world.portalId }]);
  });

  it('tells a viewer the day of the last check-in and the open issues, nothing more', async () => {
    const world = await worlds.fresh();
    await differing(world);

    const view = await getCompany(world.deps, world.stranger, COMPANY);

    expect(JSON.stringify(view)).not.toMatch(/salesperson|Dana|DIFFERS|Tom/);
    expect(view).toMatchObject({ role: 'viewer', lastCheckInOn: '2026-08-12', openIssues: 0 });
  });

  it('keeps a draft for its author alone', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: 912, repOwnerIds: ['12'] }] },
    });
    await saveDraft(world.deps, world.manager, COMPANY, { draft: { words: 'Half a sentence' } });

    const own = await getCompany(world.deps, world.manager, COMPANY);
    const other = await getCompany(world.deps, world.rep, COMPANY);

    expect(own).toMatchObject({ draft: { words: 'Half a sentence' } });
    expect(JSON.stringify(other)).not.toContain('Half a sentence');
  });

  it('offers no recall items while the gate of the rep is closed', async () => {
    const world = await worlds.fresh({ acknowledged: false });

    const view = await getCompany(world.deps, world.manager, COMPANY);

    expect(view).toMatchObject({ role: 'manager', listening: 'gateClosed', recallItems: null });
  });

  it('is the same nothing for an unknown company and one of another account', async () => {
    const world = await worlds.fresh();
    const foreign = await worlds.fresh();
    const theirs = asCompanyId('555');
    await foreign.inside((scope) =>
      foreign.store.companies.upsertRead(scope, [{ ...A_COMPANY, companyId: theirs }], foreign.clock.now()),
    );
    const ask = (companyId: typeof COMPANY) =>
      getCompany(world.deps, world.manager, companyId).catch((error: unknown) => {
        const { code, message, hint } = error as AppError;
        return { code, message, hint };
      });

    const [unknown, other] = [await ask(asCompanyId('987654321')), await ask(theirs)];

    expect(unknown).toMatchObject({ code: 'not_found' });
    expect(other).toEqual(unknown);
  });
});

describe('the home page', () => {
  it('has one part for each role, and always the contract’s shape', async () => {
    const world = await worlds.fresh();
    await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    await differing(world);

    const homes = await Promise.all(
      [world.manager, world.rep, world.stranger].map((actor) => getHome(world.deps, actor)),
    );

    expect(homes.map(({ roles }) => [...roles].sort())).toEqual([
      ['admin', 'manager', 'rep'],
      ['rep'],
      ['viewer'],
    ]);
    for (const home of homes) expect(pages.homeView.parse(home)).toBeDefined();
    expect(homes[0]?.manager?.today).toMatchObject([
      { companyId: OTHER_COMPANY, companyName: 'Birch Foods' },
    ]);
    expect(homes[1]).toMatchObject({ manager: null, admin: null });
  });

  it('shows a rep what waits for their reply, and nobody else any finding', async () => {
    const world = await worlds.fresh();
    await differing(world);

    const [manager, rep, other] = await Promise.all(
      [world.manager, world.rep, world.otherRep].map((actor) => getHome(world.deps, actor)),
    );

    expect(rep?.rep?.waitingForReply).toMatchObject([{ companyId: COMPANY, replyUntil: '2026-08-19' }]);
    expect(other?.rep?.waitingForReply).toEqual([]);
    expect(JSON.stringify([manager?.manager, other])).not.toMatch(/DIFFERS|severity/);
  });

  it('ranks nobody: reps stand in the order of their names', async () => {
    const world = await worlds.fresh();
    await differing(world);

    const { manager } = await getHome(world.deps, world.manager);

    expect(manager?.team.map(({ name }) => name)).toEqual(['Tom Baker', 'Uma Patel']);
  });
});

describe('why an answer is only heard', () => {
  it('is told to whoever looks after the customer without their own name', async () => {
    const world = await worlds.fresh({ settings: { openness: 'listeningOnly' } });

    const own = companyView.parse(await getCompany(world.deps, world.manager, OWN_COMPANY));
    const other = companyView.parse(await getCompany(world.deps, world.manager, COMPANY));

    expect(own.role === 'manager' && own.listeningText).toBe(
      'Listening only. You look after this customer yourself.',
    );
    expect(other.role === 'manager' && other.listeningText).toBe(
      'Listening only. Tom Baker sees what customers say.',
    );
  });
});

describe('the settings', () => {
  it('open for admins only', async () => {
    const world = await worlds.fresh();

    const view = await getProgram(world.deps, world.manager);

    expect(pages.programView.parse(view)).toBeDefined();
    expect(view.announcementDefault).toContain('and have five business days to reply');
    for (const actor of [world.rep, world.stranger]) {
      await expect(getProgram(world.deps, actor)).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('save the next version, once; who saved an older one is told', async () => {
    const world = await worlds.fresh();
    const save = (expectedVersion: number) =>
      saveProgram(world.deps, world.manager, {
        submissionId: submissionId(),
        expectedVersion,
        settings: { ...DEFAULT_SETTINGS, openness: 'listeningOnly', checkInsPerWeek: 7 },
      });

    const { program } = await save(1);

    expect(program).toMatchObject({ version: 2, settings: { checkInsPerWeek: 7 } });
    await expect(save(1)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('refuse people who are not in the account, naming the field', async () => {
    const world = await worlds.fresh();

    const saving = saveProgram(world.deps, world.manager, {
      submissionId: submissionId(),
      expectedVersion: 1,
      settings: { ...DEFAULT_SETTINGS, managers: [{ managerUserId: 5, repOwnerIds: [] }] },
    });

    await expect(saving).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'Somebody who was chosen is not in your HubSpot account.',
      safeDetails: { field: expect.stringMatching(/^settings\.managers/) },
    });
  });

  it('do not start before customers were read and openness was chosen', async () => {
    const unread = await worlds.fresh({ portal: { startedAt: null, companiesReadAt: null } });
    const undecided = await worlds.fresh({ portal: { startedAt: null }, settings: { openness: null } });

    for (const world of [unread, undecided]) {
      const starting = startProgram(world.deps, world.manager, { submissionId: submissionId() });
      await expect(starting).rejects.toMatchObject({ code: 'conflict' });
      expect(world.deps.fake.calls).toEqual([]);
    }
  });

  it('let managers plan at once, and nobody else', async () => {
    const world = await worlds.fresh();

    await planNow(world.deps, world.manager, { submissionId: submissionId() });

    expect(world.deps.wakes).toContainEqual({ job: 'refreshPortal', portalId: world.portalId });
    const byRep = planNow(world.deps, world.rep, { submissionId: submissionId() });
    await expect(byRep).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the announcement', () => {
  const tell = (world: World, startsOn: string) =>
    announce(world.deps, world.manager, { submissionId: submissionId(), startsOn, text: 'I will call.' });

  it('counts once and cannot be moved earlier', async () => {
    const world = await worlds.fresh({ announcedDaysAgo: null });

    await expect(tell(world, '2026-08-11')).rejects.toMatchObject({ code: 'invalid_input' });
    await tell(world, '2026-08-12');

    await expect(tell(world, '2026-08-12')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('opens the gate of a rep five full business days after both it and the acknowledgement', async () => {
    const world = await worlds.fresh({ announcedDaysAgo: null });
    await expect(acknowledge(world.deps, world.rep, { submissionId: submissionId() })).rejects.toMatchObject({
      code: 'conflict',
    });
    await tell(world, '2026-08-12');

    const { gate } = await acknowledge(world.deps, world.rep, { submissionId: submissionId() });
    world.clock.set('2026-08-19T15:00:00Z');
    const before = await world.record({ happenedOn: '2026-08-19' });
    world.clock.set('2026-08-20T15:00:00Z');
    const after = await world.record({ happenedOn: '2026-08-20' });

    expect(gate).toMatchObject({ state: 'waiting', opensOn: '2026-08-20' });
    expect(before.listening).toBe('gateClosed');
    expect(after.listening).toBeNull();
  });

  it('opens the gate of one rep only', async () => {
    const world = await worlds.fresh({ acknowledged: false });
    await acknowledge(world.deps, world.rep, { submissionId: submissionId() });

    const [own, other] = await Promise.all(
      [COMPANY, OTHER_COMPANY].map((companyId) => getCompany(world.deps, world.manager, companyId)),
    );

    expect(own).toMatchObject({ listening: null });
    expect(other).toMatchObject({ listening: 'gateClosed' });
  });

  it('is acknowledged by people who own companies, and by each for themselves', async () => {
    const world = await worlds.fresh({ acknowledged: false });

    const acknowledging = acknowledge(world.deps, world.stranger, { submissionId: submissionId() });

    await expect(acknowledging).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('an account that is not connected', () => {
  it('says so to everyone, whatever they ask for', async () => {
    const world = await worlds.fresh({ portal: { status: 'disconnected' } });

    for (const asking of [
      () => getHome(world.deps, world.manager),
      () => getProgram(world.deps, world.manager),
      () => getCompany(world.deps, world.manager, FREE_COMPANY),
      () => world.record(),
    ]) {
      await expect(asking()).rejects.toMatchObject({ code: 'not_installed' });
    }
  });
});

describe('a task that needs a decision', () => {
  const park = (world: World, touchId: string, reason: string) =>
    world.inside((scope) => world.store.touches.update(scope, touchId, { state: 'parked', reason }));

  it('is explained, with a link to the customer and what can be done', async () => {
    const world = await worlds.fresh();
    const [lost, refused] = [await world.plan(COMPANY), await world.plan(OTHER_COMPANY)];
    await park(world, lost.touchId, 'unknownOutcome');
    await park(world, refused.touchId, 'rejected: The owner is inactive');

    const { manager } = await getHome(world.deps, world.manager);

    const [first, second] = [lost, refused].map(({ touchId }) =>
      manager?.attention.find((item) => item.touchId === touchId),
    );
    expect(first?.explanation).toMatch(/did not say whether this task was made.*look at the company’s tasks/);
    expect(first?.choices).toEqual(['itExists', 'createAnyway', 'leaveOut']);
    expect(first?.companyUrl).toMatch(new RegExp(`^https://.*/record/0-2/${COMPANY}$`));
    expect(second?.explanation).toBe(
      'HubSpot did not accept this task. HubSpot says: “The owner is inactive”',
    );
    expect(second?.choices).toEqual(['createAnyway', 'leaveOut']);
  });

  it('is asked of those who may decide it: an admin, and the manager who calls the customer', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: 912, repOwnerIds: ['11'] }] },
    });
    const [theirs, other] = [
      await world.plan(COMPANY, { callerUserId: OTHER_REP.userId }),
      await world.plan(FREE_COMPANY),
    ];
    await park(world, theirs.touchId, 'unknownOutcome');
    await park(world, other.touchId, 'unknownOutcome');

    const [ofAdmin, ofManager] = await Promise.all(
      [world.manager, world.otherRep].map(async (actor) => {
        const { manager } = await getHome(world.deps, actor);
        return manager?.attention.map(({ touchId }) => touchId).sort();
      }),
    );

    expect(ofAdmin).toEqual([theirs.touchId, other.touchId].sort());
    expect(ofManager).toEqual([theirs.touchId]);
  });
});
