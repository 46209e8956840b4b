import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { companyView } from '../../src/http/contract.ts';
import { homeView } from '../../src/http/contract-pages.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { getHome } from '../../src/usecases/get-home.ts';
import { recordAttempt } from '../../src/usecases/record-attempt.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { type AttemptOutcome, type ContactId } from '../../src/core/model.ts';
import { DAY_MS } from '../support/deps.ts';
import { COMPANY, DANA, LUIS, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

/** A call whose task is in HubSpot and asks for Dana. */
async function toCall() {
  const world = await worlds.fresh();
  const { touchId } = await world.plan();
  await releaseTouches(world.deps, world.portalId);
  return { world, touchId };
}

async function tryOf(
  world: World,
  touchId: string,
  contactId: ContactId,
  outcome: AttemptOutcome = 'wrongPerson',
) {
  const input = { submissionId: randomUUID(), outcome, contactId };
  await recordAttempt(world.deps, world.manager, touchId, input);
  await deliverOutbox(world.deps, world.portalId);
}

async function cardOf(world: World) {
  const view = companyView.parse(await getCompany(world.deps, world.manager, COMPANY));
  if (view.role !== 'manager') throw new Error(`the card of a ${view.role}`);
  return view;
}

const taskOf = (world: World) => [...world.deps.fake.tasks.values()][0]?.draft.bodyHtml ?? '';

describe('after the wrong person was met', () => {
  it('somebody else is asked for at once: on the card, on the home page and in the task', async () => {
    const { world, touchId } = await toCall();

    await tryOf(world, touchId, DANA);

    const card = await cardOf(world);
    world.clock.advance(2 * DAY_MS);
    const home = homeView.parse(await getHome(world.deps, world.manager));
    expect(card.ask?.name).toBe('Luis Vega');
    expect(card.otherContacts).toMatchObject([{ name: 'Dana Ruiz', isWrongPerson: true }]);
    expect(home.manager?.today.map(({ contactName }) => contactName)).toEqual(['Luis Vega']);
    expect(taskOf(world)).toContain('Ask for Luis Vega');
  });

  it('nobody is asked for where nobody else is known, and the task names nobody', async () => {
    const { world, touchId } = await toCall();

    await tryOf(world, touchId, DANA);
    await tryOf(world, touchId, LUIS);

    const card = await cardOf(world);
    expect(card.ask).toBeNull();
    expect(card.otherContacts.map(({ isWrongPerson }) => isWrongPerson)).toEqual([true, true]);
    expect(taskOf(world)).not.toMatch(/Dana|Luis/);
  });

  it('a try that met no wrong person leaves whom to ask for as it was', async () => {
    const { world, touchId } = await toCall();

    await tryOf(world, touchId, DANA, 'noAnswer');

    expect((await cardOf(world)).ask?.name).toBe('Dana Ruiz');
    expect(taskOf(world)).toContain('Ask for Dana Ruiz');
  });

  it('the next call asks for them again: by then the record may be mended', async () => {
    const { world, touchId } = await toCall();
    await tryOf(world, touchId, DANA);

    await world.inside((scope) => world.store.touches.update(scope, touchId, { state: 'missed' }));

    const contacts = await world.inside((scope) => world.store.companies.contacts(scope, COMPANY));
    expect(contacts.map(({ isWrongPerson }) => isWrongPerson)).toEqual([false, false]);
  });
});
