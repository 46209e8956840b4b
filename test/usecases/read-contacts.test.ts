import { describe, expect, it } from '@jest/globals';
import { asCompanyId, asContactId, type CompanyId } from '../../src/core/model.ts';
import type { ContactRecord } from '../../src/usecases/hubspot-port.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { readContacts, wantStaleContacts } from '../../src/usecases/read-contacts.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, DANA, OTHER_COMPANY, OTHER_REP, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const HOUR_MS = 3_600_000;

const person = (name: string, contactId = asContactId('390')): ContactRecord => ({
  contactId,
  name,
  jobTitle: null,
  phone: '+1 312 555 0199',
  timeZone: null,
});

/** Everything that was asked for is read, and delivered. */
async function readAll(world: World): Promise<void> {
  world.clock.advance(HOUR_MS);
  await readContacts(world.deps, world.portalId);
  await deliverOutbox(world.deps, world.portalId);
}

const textOf = (world: World, companyId: CompanyId) =>
  [...world.deps.fake.tasks.values()].find(({ draft }) => draft.companyId === companyId)?.draft.bodyHtml ??
  '';

describe('contacts that were never read', () => {
  it('are read once the tasks are out, and the task then says whom to ask for', async () => {
    const world = await worlds.fresh();
    world.deps.fake.contacts.set(OTHER_COMPANY, [person('Nora Lind')]);
    await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    const before = textOf(world, OTHER_COMPANY);

    await readAll(world);

    expect(before).toContain('Ask for whoever deals with us most often');
    expect(textOf(world, OTHER_COMPANY)).toContain('Ask for Nora Lind');
  });

  it('leave what a person typed into the task as it is', async () => {
    const world = await worlds.fresh();
    world.deps.fake.contacts.set(OTHER_COMPANY, [person('Nora Lind')]);
    const { touchId } = await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    const { taskId } = await world.touch(touchId);
    const bodyHtml = `<p>Call her after ten.</p>${textOf(world, OTHER_COMPANY)}<p>She prefers Spanish.</p>`;
    await world.deps.hubspot.updateTasks(world.portalId, [
      { taskId: String(taskId), subject: 'Nora, about the invoice', bodyHtml },
    ]);

    await readAll(world);

    const after = [...world.deps.fake.tasks.values()].map(({ draft }) => draft);
    expect(after).toMatchObject([{ subject: 'Nora, about the invoice' }]);
    expect(after[0]?.bodyHtml).toMatch(/^<p>Call her after ten\.<\/p>.*Ask for Nora Lind.*Spanish\.<\/p>$/);
  });

  it('change nothing in a task whose text a person replaced', async () => {
    const world = await worlds.fresh();
    world.deps.fake.contacts.set(OTHER_COMPANY, [person('Nora Lind')]);
    const { touchId } = await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    const { taskId } = await world.touch(touchId);
    const typed = [{ taskId: String(taskId), bodyHtml: '<p>I call on Friday.</p>' }];
    await world.deps.hubspot.updateTasks(world.portalId, typed);

    await readAll(world);

    expect(textOf(world, OTHER_COMPANY)).toBe('<p>I call on Friday.</p>');
    expect(world.deps.fake.callsOf('updateTasks')).toHaveLength(1);
  });

  it('wait for their tasks where HubSpot cannot be read', async () => {
    const world = await worlds.fresh();
    world.deps.fake.contacts.set(OTHER_COMPANY, [person('Nora Lind')]);
    await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);
    world.deps.fake.failNext('readTaskTexts', 'hubspot_unavailable');

    await readAll(world);
    world.clock.advance(HOUR_MS);
    await deliverOutbox(world.deps, world.portalId);

    expect(textOf(world, OTHER_COMPANY)).toContain('Ask for Nora Lind');
  });

  it('keep the reference of a task whose text carries it', async () => {
    const world = await worlds.fresh({ portal: { taskKeyMode: 'ledger' } });
    world.deps.fake.contacts.set(OTHER_COMPANY, [person('Nora Lind')]);
    const { key } = await world.plan(OTHER_COMPANY);
    await releaseTouches(world.deps, world.portalId);

    await readAll(world);

    expect(world.deps.fake.callsOf('updateTasks')).toMatchObject([{ input: [{ key }] }]);
  });

  it('are read a thousand companies at a time, behind what people wait for', async () => {
    const world = await worlds.fresh();
    const ids = Array.from({ length: 1_200 }, (_, at) => asCompanyId(String(10_000 + at)));
    await world.inside(async (scope) => {
      await world.store.companies.upsertRead(scope, ids.map(aCompany), world.clock.now());
      await world.store.companies.wantContactsOf(scope, ids, world.clock.now());
    });

    await readContacts(world.deps, world.portalId);

    const sizes = world.deps.fake.callsOf('contactsOfCompanies').map(({ input }) => (input as []).length);
    expect(sizes).toEqual([1_000, 200]);
  });

  it('come to rest between two rounds where the process stops', async () => {
    const world = await worlds.fresh();
    await world.inside((scope) =>
      world.store.companies.wantContactsOf(scope, [OTHER_COMPANY], world.clock.now()),
    );

    await readContacts({ ...world.deps, isStopping: () => true }, world.portalId);

    expect(world.deps.fake.calls).toEqual([]);
  });
});

describe('contacts that were read long ago', () => {
  const wanted = async (world: World) => {
    await wantStaleContacts(world.deps, world.portalId);
    return world.inside((scope) => world.store.companies.wantingContacts(scope, world.clock.now(), 10));
  };

  it('are read again before a call that is near, and a new colleague is in the task', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY, { dueOn: '2026-09-14' });
    await releaseTouches(world.deps, world.portalId);
    world.deps.fake.contacts.set(COMPANY, [person('Dana Ruiz-Vega', DANA)]);
    world.clock.advance(31 * DAY_MS);

    const asked = await wanted(world);
    await readAll(world);

    expect(asked).toEqual([COMPANY]);
    expect(textOf(world, COMPANY)).toContain('Ask for Dana Ruiz-Vega');
  });

  it.each([
    ['their call is far off', 31, '2026-09-25'],
    ['they are not old', 20, '2026-09-02'],
  ])('stay as they are where %s', async (_why, days, dueOn) => {
    const world = await worlds.fresh();
    await world.plan(COMPANY, { dueOn });
    world.clock.advance(days * DAY_MS);

    expect(await wanted(world)).toEqual([]);
  });

  it('change no task where the person to ask for is the same', async () => {
    const world = await worlds.fresh();
    await world.plan(COMPANY, { dueOn: '2026-09-14' });
    await releaseTouches(world.deps, world.portalId);
    const known = await world.inside((scope) => world.store.companies.contacts(scope, COMPANY));
    world.deps.fake.contacts.set(COMPANY, known);
    world.clock.advance(31 * DAY_MS);
    await wanted(world);

    await readAll(world);

    expect(world.deps.fake.callsOf('contactsOfCompanies')).toHaveLength(1);
    expect(world.deps.fake.callsOf('updateTasks')).toEqual([]);
  });
});

const aCompany = (companyId: CompanyId) => ({
  companyId,
  name: `Customer ${companyId}`,
  ownerId: OTHER_REP.ownerId,
  timeZone: null,
  lifecycleStage: 'customer',
  parentCompanyId: null,
});
