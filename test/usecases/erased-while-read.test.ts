import { describe, expect, it } from '@jest/globals';
import type { ContactId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import type { Deps } from '../../src/usecases/ports.ts';
import { DAY_MS } from '../support/deps.ts';
import { compared, rowOf, standingOf, type Heard } from '../support/finding-story.ts';
import {
  anAnswer,
  COMPANY,
  DANA,
  LUIS,
  REMEMBERS,
  sixCalls,
  useWorlds,
  type World,
} from '../support/world.ts';

/** HubSpot takes seconds to give a log: whoever is erased in them is still in what it gives. */

const worlds = useWorlds();
const LUIS_ANSWERS = { respondent: { contactId: LUIS, name: 'Luis Vega' } };
const named = (contactId: ContactId, name: string) => ({
  contactId,
  name,
  jobTitle: null,
  phone: null,
  timeZone: null,
});

/** The six calls were with both. */
async function withBothInLog(): Promise<World> {
  const world = await worlds.fresh();
  world.deps.fake.logs.set(COMPANY, {
    activities: sixCalls({ contactIds: [DANA, LUIS] }),
    ownership: [],
    contacts: [named(DANA, 'Dana Ruiz'), named(LUIS, 'Luis Vega')],
  });
  return world;
}

/** The log is read whole, and somebody is erased before it is compared. */
function erasedMeanwhile({ deps, ...world }: World, contactId: ContactId): Deps {
  const companyLog: Deps['hubspot']['companyLog'] = async (...asked) => {
    const log = await deps.hubspot.companyLog(...asked);
    await world.inside((scope) => forgetContact(deps, scope, contactId));
    return log;
  };
  return { ...deps, hubspot: { ...deps.hubspot, companyLog } };
}

async function comparedWhileErased(world: World, contactId: ContactId): Promise<Heard> {
  const { saved } = await world.record();
  await compareCheckIns(erasedMeanwhile(world, contactId), world.portalId);
  return { checkInId: saved.checkInId, findingId: String(saved.findingId) };
}

describe('whoever is erased while the log is read', () => {
  it.each([
    ['who answered', DANA, 'Dana Ruiz'],
    ['who would be asked next', LUIS, 'Luis Vega'],
  ])('is in no line and is not to be asked: %s', async (_who, contactId, name) => {
    const world = await withBothInLog();

    const row = await rowOf(world, await comparedWhileErased(world, contactId));

    expect(row.result).not.toBeNull();
    expect(row.secondContactId).not.toBe(contactId);
    expect(JSON.stringify(row)).not.toContain(name);
    expect(JSON.stringify(row.evidence.map((line) => line.contactId))).not.toContain(contactId);
  });

  it('leaves the others in their lines', async () => {
    const world = await withBothInLog();

    const { evidence } = await rowOf(world, await comparedWhileErased(world, DANA));

    expect(evidence.map(({ contactName }) => contactName)).toEqual(Array(6).fill('Luis Vega'));
  });

  it('goes on explaining by what they remembered', async () => {
    const world = await withBothInLog();
    const first = await compared(world);
    world.clock.advance(DAY_MS);
    await world.record({ ...anAnswer(), ...LUIS_ANSWERS, happenedOn: '2026-08-13', recall: REMEMBERS });

    await compareCheckIns(erasedMeanwhile(world, LUIS), world.portalId);
    await compareCheckIns(world.deps, world.portalId);

    expect(await standingOf(world, first)).toMatchObject({ verdict: 'EXPLAINED', severity: 0 });
  });
});
