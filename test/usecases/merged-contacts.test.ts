import { describe, expect, it } from '@jest/globals';
import { asContactId, type ContactId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { DAY_MS } from '../support/deps.ts';
import { callsBefore, compared, rowOf, setLog, standingOf } from '../support/finding-story.ts';
import { COMPANY, DANA, LUIS, REMEMBERS, sixCalls, useWorlds, type World } from '../support/world.ts';

/** HubSpot merges two contacts into one and goes on with one id; answers of before keep the other. */

const worlds = useWorlds();
const OLD_ID = asContactId('309');
const WITH_ALL = { contactIds: [OLD_ID, DANA, LUIS] };

const asDana = (contactId: ContactId) => ({ respondent: { contactId, name: 'Dana Ruiz' } });

/** In the account before the merge there are two records of Dana. */
async function withTwoRecords(): Promise<World> {
  const world = await worlds.fresh();
  const contacts = [OLD_ID, DANA, LUIS].map((contactId) => ({
    contactId,
    name: contactId === LUIS ? 'Luis Vega' : 'Dana Ruiz',
    jobTitle: null,
    phone: null,
    timeZone: null,
  }));
  await world.inside((scope) =>
    world.store.companies.replaceContacts(scope, new Map([[COMPANY, contacts]]), world.clock.now()),
  );
  setLog(world, sixCalls(WITH_ALL));
  return world;
}

describe('one person under two contacts of one name', () => {
  it('has reported contact before, under whichever id', async () => {
    const world = await withTwoRecords();
    await compared(world, { ...asDana(OLD_ID), recall: REMEMBERS });
    world.clock.set('2026-11-12T15:00:00Z');
    setLog(world, callsBefore('2026-11-12'));

    const again = await compared(world, { ...asDana(DANA), happenedOn: '2026-11-12' });

    expect((await rowOf(world, again)).result).toMatchObject({ severity: 0, rule: 'R05' });
  });

  it('is asked once a quarter: what they answer with the log in view is not compared', async () => {
    const world = await withTwoRecords();
    await compared(world, asDana(OLD_ID));
    world.clock.advance(DAY_MS);

    const again = await compared(world, { ...asDana(DANA), happenedOn: '2026-08-13' });

    expect((await rowOf(world, again)).result).toMatchObject({ severity: 0, rule: 'R03' });
  });

  it.each([
    ['bears nothing out under the other id', OLD_ID, 'dana ruiz', false],
    ['is borne out by somebody else', LUIS, 'Luis Vega', true],
  ])('%s', async (_what, respondentContactId, respondentName, isSupported) => {
    const world = await withTwoRecords();
    const first = await compared(world, asDana(DANA));
    world.clock.advance(DAY_MS);
    const other = { respondentContactId, respondentName, happenedOn: '2026-08-13' };
    const settled = { settledAt: world.clock.now(), replyUntil: '2026-08-12' };
    const second = await addCompared(world, touchesOf([6, 13, 21, 30, 48, 69]), other, settled);

    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, {
        state: 'pending',
        nextTryAt: world.clock.now(),
      }),
    );
    await compareCheckIns(world.deps, world.portalId);

    expect(second.result?.verdict).toBe('DIFFERS_FIRM');
    expect((await standingOf(world, first)).supported).toBe(isSupported);
  });
});
