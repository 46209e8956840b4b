import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asCompanyId, asPortalId, type OwnerId } from '../../src/core/model.ts';
import { closeCycle } from '../../src/usecases/close-cycle.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { planCycle } from '../../src/usecases/plan-cycle.ts';
import { processInbox } from '../../src/usecases/process-inbox.ts';
import { receiveWebhooks } from '../../src/usecases/receive-webhooks.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import type { WebhookEvent } from '../../src/usecases/records.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { COMPANY, DANA, MANAGER, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function receive(
  world: World,
  changes: Partial<WebhookEvent> | readonly Partial<WebhookEvent>[],
): Promise<void> {
  const event = (change: Partial<WebhookEvent>) => ({
    dedupeKey: randomUUID(),
    subscriptionType: 'company.propertyChange',
    objectType: 'company',
    objectId: COMPANY,
    propertyName: 'hubspot_owner_id',
    propertyValue: null,
    occurredAt: world.clock.now(),
    mergedInto: null,
    ...change,
    portalId: world.portalId,
  });
  await receiveWebhooks(world.deps, [changes].flat().map(event));
  await processInbox(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

async function withTask(world: World): Promise<string> {
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return touchId;
}

function setOwner(world: World, ownerId: OwnerId | null): void {
  const company = world.deps.fake.companies.get(COMPANY);
  if (company !== undefined) world.deps.fake.companies.set(COMPANY, { ...company, ownerId });
}

const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

describe('a new owner of a company', () => {
  it('is known at once; the words of an earlier check-in stay with the rep of record', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    setOwner(world, OTHER_REP.ownerId);

    await receive(world, {});

    const [company, checkIn] = await world.inside(async (scope) => [
      await world.store.companies.find(scope, COMPANY),
      await world.store.checkIns.find(scope, saved.checkInId),
    ]);
    expect(company).toMatchObject({ ownerId: OTHER_REP.ownerId });
    expect(checkIn).toMatchObject({ repOwnerId: '11' });
  });

  it('brings the task to the manager of that rep', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [MANAGER.ownerId] }] },
    });
    const touchId = await withTask(world);
    setOwner(world, MANAGER.ownerId);

    await receive(world, {});

    expect(await world.touch(touchId)).toMatchObject({ callerUserId: OTHER_REP.userId });
    expect(tasksOf(world)).toMatchObject([{ ownerId: OTHER_REP.ownerId }]);
  });

  it('does not undo the new day of an attempt that is still on its way', async () => {
    const world = await worlds.fresh({
      settings: { managers: [{ managerUserId: OTHER_REP.userId, repOwnerIds: [MANAGER.ownerId] }] },
    });
    const touchId = await withTask(world);
    const input = { submissionId: randomUUID(), outcome: 'noAnswer' as const, contactId: null };
    await recordAttempt(world.deps, world.manager, touchId, input);
    setOwner(world, MANAGER.ownerId);

    await receive(world, {});

    expect(tasksOf(world)).toMatchObject([
      { ownerId: OTHER_REP.ownerId, dueAt: new Date('2026-08-14T19:00:00Z') },
    ]);
  });
});

describe('a company that is gone', () => {
  it.each([
    ['deleted', (world: World) => world.deps.fake.companies.delete(COMPANY), 'companyGone'],
    [
      'no customer any more',
      (world: World) => {
        const company = world.deps.fake.companies.get(COMPANY);
        if (company !== undefined)
          world.deps.fake.companies.set(COMPANY, { ...company, lifecycleStage: 'lead' });
      },
      'leftProgram',
    ],
  ])('because it was %s has no open task any more', async (_how, change, reason) => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    change(world);

    await receive(world, { subscriptionType: 'company.deletion' });

    expect(await world.touch(touchId)).toMatchObject({ state: 'canceled', reason });
    expect(tasksOf(world)).toEqual([]);
  });

  it('and is restored has its call again, once', async () => {
    const world = await worlds.fresh();
    const { touchId } = await world.plan();
    const company = world.deps.fake.companies.get(COMPANY);
    world.deps.fake.companies.delete(COMPANY);
    await receive(world, { subscriptionType: 'company.deletion' });
    const gone = await world.touch(touchId);
    if (company !== undefined) world.deps.fake.companies.set(COMPANY, company);

    await receive(world, { subscriptionType: 'company.restore' });
    await receive(world, { subscriptionType: 'company.restore' });
    await releaseTouches(world.deps, world.portalId);

    expect(gone).toMatchObject({ state: 'canceled', reason: 'companyGone' });
    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
    expect(tasksOf(world)).toHaveLength(1);
  });

  it('is nothing to us where we never knew it', async () => {
    const world = await worlds.fresh();

    await receive(world, { objectId: asCompanyId('98765') });

    const company = await world.inside((scope) => world.store.companies.find(scope, asCompanyId('98765')));
    expect(company).toBeNull();
  });
});

describe('webhook events', () => {
  it('have the same end state twice and out of order as once in order', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const { taskId } = await world.touch(touchId);
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), completed: true }]);
    const done = { objectType: 'task', objectId: taskId, subscriptionType: 'object.propertyChange' };

    await receive(world, { ...done, occurredAt: new Date(world.clock.now().getTime() + 1_000) });
    await receive(world, { ...done, occurredAt: new Date(world.clock.now().getTime() - 60_000) });

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'closedOutsideCard' });
  });

  it('erase a contact whose data HubSpot deleted, in what was said too', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();

    await receive(world, {
      subscriptionType: 'contact.privacyDeletion',
      objectType: 'contact',
      objectId: DANA,
    });

    const [contacts, checkIn] = await world.inside(async (scope) => [
      await world.store.companies.contacts(scope, COMPANY),
      await world.store.checkIns.find(scope, saved.checkInId),
    ]);
    expect(JSON.stringify([contacts, checkIn])).not.toContain('Dana');
  });

  it('stay where HubSpot cannot be asked, and are worked through later', async () => {
    const world = await worlds.fresh();
    setOwner(world, OTHER_REP.ownerId);
    world.deps.fake.failNext('companiesById', 'hubspot_unavailable');

    await expect(receive(world, {})).rejects.toMatchObject({ code: 'hubspot_unavailable' });
    await processInbox(world.deps, world.portalId);

    const company = await world.inside((scope) => world.store.companies.find(scope, COMPANY));
    expect(company).toMatchObject({ ownerId: OTHER_REP.ownerId });
  });

  it('are followed one by one where HubSpot refuses one of them, and that one says why it was left', async () => {
    const world = await worlds.fresh();
    await withTask(world);
    setOwner(world, OTHER_REP.ownerId);
    const ask = world.deps.hubspot.companiesById.bind(world.deps.hubspot);
    const refusing: World['deps'] = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companiesById: (portalId, ids) => {
          if (ids.includes(asCompanyId('bad'))) world.deps.fake.failNext('companiesById', 'hubspot_rejected');
          return ask(portalId, ids);
        },
      },
    };

    await receive({ ...world, deps: refusing }, [{ objectId: 'bad' }, {}]);

    const [company, left] = await world.inside(async (scope) => [
      await world.store.companies.find(scope, COMPANY),
      await world.store.inbox.take(scope, 10),
    ]);
    expect(company).toMatchObject({ ownerId: OTHER_REP.ownerId });
    expect(left).toEqual([]);
    expect(world.deps.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { fields: { reason: 'hubspot_rejected' } },
    ]);
  });

  it('are halved until the bad one stands alone: few reads for a hundred events', async () => {
    const world = await worlds.fresh();
    const ask = world.deps.hubspot.companiesById.bind(world.deps.hubspot);
    const deps: World['deps'] = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companiesById: (portalId, ids) => {
          if (ids.includes(asCompanyId('bad'))) throw new TypeError('The test wants it.');
          return ask(portalId, ids);
        },
      },
    };
    const events = Array.from({ length: 99 }, (_, at) => ({ objectId: String(5_000 + at) }));

    await receive({ ...world, deps }, [...events, { objectId: 'bad' }]);

    const [aside, left] = await world.inside(async (scope) => [
      await world.store.inbox.asideByReason(scope),
      await world.store.inbox.take(scope, 10),
    ]);
    expect([...aside]).toEqual([['internal', 1]]);
    expect(left).toEqual([]);
    expect(world.deps.fake.callsOf('companiesById').length).toBeLessThan(10);
  });

  const deletion = (world: World, change: Partial<WebhookEvent> = {}) => ({
    portalId: world.portalId,
    dedupeKey: randomUUID(),
    subscriptionType: 'company.deletion',
    objectType: 'company',
    objectId: COMPANY as string,
    propertyName: null,
    propertyValue: null,
    occurredAt: world.clock.now(),
    mergedInto: null,
    ...change,
  });

  it.each(['disconnected', 'uninstalled'] as const)(
    'of an account that is %s are kept without effect',
    async (status) => {
      const world = await worlds.fresh({ portal: { status } });

      const { accepted } = await receiveWebhooks(world.deps, [deletion(world)]);

      const [aside, open] = await world.inside(async (scope) => [
        await world.store.inbox.asideByReason(scope),
        await world.store.inbox.take(scope, 10),
      ]);
      expect([accepted, open]).toEqual([0, []]);
      expect([...aside]).toEqual([['notConnected', 1]]);
      expect(world.deps.wakes).toEqual([]);
    },
  );

  it('of an account that nobody knows are kept without effect, once', async () => {
    const world = await worlds.fresh();
    const portalId = asPortalId(987_001);
    const event = { ...deletion(world), portalId };

    await receiveWebhooks(world.deps, [event]);
    await receiveWebhooks(world.deps, [event]);

    const aside = await world.store.inTenant(portalId, (scope) => world.store.inbox.asideByReason(scope));
    expect([...aside]).toEqual([['notConnected', 1]]);
  });

  it('of an account that nobody knows are told to the log, without what they say', async () => {
    const world = await worlds.fresh();
    const portalId = asPortalId(987_002);

    await receiveWebhooks(world.deps, [{ ...deletion(world), portalId }]);

    expect(world.deps.lines).toEqual([
      {
        level: 'info',
        message: 'webhook events of an account that is not connected have no effect',
        fields: { portalId, events: 1 },
      },
    ]);
  });

  it('erase a contact of a disconnected account, too', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    await world.inside((scope) => world.store.portals.update(scope, { status: 'disconnected' }));
    const privacy = { subscriptionType: 'contact.privacyDeletion', objectType: 'contact', objectId: DANA };

    await receiveWebhooks(world.deps, [deletion(world, privacy)]);

    const checkIn = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    expect(JSON.stringify(checkIn)).not.toContain('Dana');
  });

  it('that could not be followed are counted for the admin', async () => {
    const world = await worlds.fresh();
    world.deps.fake.failNext('companiesById', 'hubspot_rejected');

    await receive(world, {});

    const home = await getHome(world.deps, world.manager);
    expect(home.admin?.health).toContainEqual({
      label: 'Changes in HubSpot we could not follow',
      value: '1',
    });
  });
});

describe('a contact whose data was deleted in HubSpot', () => {
  const privacyDeletion = {
    subscriptionType: 'contact.privacyDeletion',
    objectType: 'contact',
    objectId: DANA as string,
  };
  const later = async (world: World) => {
    world.clock.advance(20 * MINUTE_MS);
    await deliverOutbox(world.deps, world.portalId);
  };

  it('is no longer named in the note we wrote, which stays the one note', async () => {
    const world = await worlds.fresh();
    await world.record();
    await later(world);
    const before = world.deps.fake.notes.map(({ bodyHtml }) => bodyHtml).join();

    await receive(world, privacyDeletion);

    expect(before).toContain('Dana Ruiz');
    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.notes[0]?.bodyHtml).not.toContain('Dana');
    expect(world.deps.fake.notes[0]?.bodyHtml).toContain('the customer');
  });

  it('is not named in a note that had not left yet', async () => {
    const world = await worlds.fresh();
    await world.record();

    await receive(world, privacyDeletion);
    await later(world);

    expect(world.deps.fake.notes.map(({ bodyHtml }) => bodyHtml).join()).toMatch(/^(?!.*Dana).*the customer/);
  });

  it('is taken out of a note whose reply was lost, once it is found', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('unheard');
    await later(world);

    await receive(world, privacyDeletion);
    await later(world);
    await later(world);

    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.notes[0]?.bodyHtml).not.toContain('Dana');
  });

  it('is no longer the one to ask for in our task', async () => {
    const world = await worlds.fresh();
    await withTask(world);
    const before = tasksOf(world)[0]?.draft.bodyHtml;

    await receive(world, privacyDeletion);

    expect(before).toContain('Dana Ruiz');
    expect(tasksOf(world)[0]?.draft.bodyHtml).toContain('Ask for Luis Vega');
  });

  it('is named no more in a task of the past, which keeps what a person typed', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const { taskId } = await world.touch(touchId);
    await world.record();
    const typed = `${tasksOf(world)[0]?.draft.bodyHtml ?? ''}<p>Left a message.</p>`;
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), bodyHtml: typed }]);

    await receive(world, privacyDeletion);

    expect(typed).toContain('Dana Ruiz');
    expect(tasksOf(world)[0]?.draft.bodyHtml).not.toContain('Dana Ruiz');
    expect(tasksOf(world)[0]?.draft.bodyHtml).toContain('Left a message.');
  });

  it('changes no task of the past that names somebody else', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    const { taskId } = await world.touch(touchId);
    await world.record();
    await deliverOutbox(world.deps, world.portalId);
    const typed = (tasksOf(world)[0]?.draft.bodyHtml ?? '').replace('Dana Ruiz', 'Luis Vega');
    await world.deps.hubspot.updateTasks(world.portalId, [{ taskId: String(taskId), bodyHtml: typed }]);

    await receive(world, privacyDeletion);

    expect(tasksOf(world)[0]?.draft.bodyHtml).toBe(typed);
  });
});

describe('the turn of the quarter', () => {
  it('misses what was not done, archives its task, and plans each customer once', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    world.clock.set('2026-10-01T15:00:00Z');

    await closeCycle(world.deps, world.portalId);
    await deliverOutbox(world.deps, world.portalId);
    const archived = tasksOf(world).length;
    await planCycle(world.deps, world.portalId);
    await planCycle(world.deps, world.portalId);
    const planned = await world.inside((scope) => world.store.touches.countByState(scope, '2026-Q4'));

    expect(await world.touch(touchId)).toMatchObject({ state: 'missed', reason: 'cycleOver' });
    expect(archived).toBe(0);
    expect(planned).toMatchObject({ planned: 4 });
  });

  it('leaves what was done as it is', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    await world.record();
    world.clock.set('2026-10-01T15:00:00Z');

    await closeCycle(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'done', reason: 'answered' });
  });

  it('does nothing on the last day of the cycle', async () => {
    const world = await worlds.fresh();
    const touchId = await withTask(world);
    world.clock.set('2026-10-01T04:59:00Z');

    await closeCycle(world.deps, world.portalId);

    expect(await world.touch(touchId)).toMatchObject({ state: 'created' });
  });
});

describe('planning', () => {
  it('probes the account once, makes the fields, and writes nothing else', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: null } });

    await planCycle(world.deps, world.portalId);
    await planCycle(world.deps, world.portalId);

    const methods = world.deps.fake.calls.map(({ method }) => method);
    expect(methods).toEqual(['provisionProperties', 'probeTaskKeyMode']);
  });

  it('plans nothing before the program was started', async () => {
    const world = await worlds.fresh({ portal: { startedAt: null, taskKeyMode: null } });

    await planCycle(world.deps, world.portalId);

    expect(world.deps.fake.calls).toEqual([]);
    expect(await world.inside((scope) => world.store.touches.countByState(scope, '2026-Q3'))).toMatchObject({
      planned: 0,
    });
  });

  it('reads again for whoever saved other stages while a read was under way', async () => {
    const world = await worlds.fresh();
    const ask = world.deps.hubspot.companyPages.bind(world.deps.hubspot);
    const saving: World['deps'] = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companyPages: async function* (...input) {
          world.clock.advance(1_000);
          await world.inside((scope) =>
            world.store.portals.update(scope, { planRequestedAt: world.clock.now() }),
          );
          yield* ask(...input);
        },
      },
    };
    const asked = () => world.inside((scope) => world.store.portals.find(scope));

    await refreshPortal(saving, world.portalId);
    await planCycle(world.deps, world.portalId);
    const stillAsked = await asked();
    const due = (await world.store.system.dueJobs(world.clock.now())).filter(
      ({ portalId }) => portalId === world.portalId,
    );
    await refreshPortal(world.deps, world.portalId);
    await planCycle(world.deps, world.portalId);

    expect(stillAsked?.planRequestedAt).not.toBeNull();
    expect(due.map(({ job }) => job)).toContain('refreshPortal');
    expect((await asked())?.planRequestedAt).toBeNull();
  });

  it('goes on reading where the read was cut off', async () => {
    const world = await worlds.fresh();
    const company = world.deps.fake.companies.get(COMPANY);
    for (let id = 1_000; company !== undefined && id < 1_450; id += 1) {
      const companyId = asCompanyId(String(id));
      world.deps.fake.companies.set(companyId, { ...company, companyId, name: `Customer ${id}` });
    }
    const ask = world.deps.hubspot.companyPages.bind(world.deps.hubspot);
    const failing: World['deps'] = {
      ...world.deps,
      hubspot: {
        ...world.deps.hubspot,
        companyPages: async function* (...input) {
          for await (const page of ask(...input)) {
            world.deps.fake.failNext('companyPages', 'hubspot_unavailable');
            yield page;
          }
        },
      },
    };

    await expect(refreshPortal(failing, world.portalId)).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });
    await refreshPortal(world.deps, world.portalId);

    const count = await world.inside((scope) => world.store.companies.countInScope(scope));
    const asked = world.deps.fake.callsOf('companyPages').map(({ input }) => input);
    expect(count).toBe(454);
    expect(asked[1]).toBe(asked[2]);
  });
});
