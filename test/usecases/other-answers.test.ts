import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { asUserId } from '../../src/core/model.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { correctCheckIn } from '../../src/usecases/correct-check-in.ts';
import { forgetContact } from '../../src/usecases/forget-contact.ts';
import { getFinding } from '../../src/usecases/get-finding.ts';
import { recordCheckIn } from '../../src/usecases/record-check-in.ts';
import type { Recall } from '../../src/usecases/records.ts';
import { undoCheckIn } from '../../src/usecases/undo-check-in.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import {
  callsBefore,
  compared,
  rowOf,
  setLog,
  standingOf,
  told,
  windowsEnd,
  type Heard,
} from '../support/finding-story.ts';
import { anAnswer, COMPANY, DANA, FORGOT, LUIS, REMEMBERS, useWorlds, type World } from '../support/world.ts';

/** Two answers of one person about one time: the milder one counts, whoever asked and in whichever order they came. */

const worlds = useWorlds();
const HOUR_MS = 60 * MINUTE_MS;
const OTHER_CALLER = asUserId(912);
const DIFFERS = { verdict: 'DIFFERS_FIRM', severity: 2 };
const NO_DIFFERENCE = { severity: 0 };

/** The touch is another manager's, so that two people may save it. */
async function withTwoCallers(world: World) {
  await world.plan(COMPANY, { callerUserId: OTHER_CALLER });
  return { ...world.manager, userId: OTHER_CALLER };
}

async function savedByOther(
  world: World,
  recall: Recall = REMEMBERS,
  respondent = anAnswer().respondent,
): Promise<Heard> {
  const other = await withTwoCallers(world);
  const { saved } = await recordCheckIn(world.deps, other, { ...anAnswer(), recall, respondent });
  return { checkInId: saved.checkInId, findingId: String(saved.findingId) };
}

async function allOf(world: World) {
  const rows = await world.inside((scope) => world.store.findings.ofCompany(scope, COMPANY, 10));
  return rows.map(({ result }) => result?.severity);
}

/** Twice: what was compared has the others weighed anew. */
async function compare(world: World): Promise<void> {
  await compareCheckIns(world.deps, world.portalId);
  await compareCheckIns(world.deps, world.portalId);
}

describe('somebody who says never, and contact an hour later', () => {
  it.each([
    ['never first', FORGOT, REMEMBERS],
    ['never last', REMEMBERS, FORGOT],
  ])('leaves no difference where the log is read after both, %s', async (_which, first, second) => {
    const world = await worlds.fresh();
    await world.plan();
    await world.record({ recall: first });
    world.clock.advance(HOUR_MS);
    await world.record({ recall: second });

    await compare(world);

    expect(await allOf(world)).toEqual([0, 0]);
  });

  it('leaves no difference where another caller hears it once the first answer was compared', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    const before = await standingOf(world, heard);
    world.clock.advance(HOUR_MS);
    await savedByOther(world);

    await compare(world);

    expect(before).toMatchObject(DIFFERS);
    expect(await allOf(world)).toEqual([0, 0]);
  });

  it('leaves no difference while the log cannot be read for the second answer', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    const before = await standingOf(world, heard);
    world.clock.advance(HOUR_MS);
    const again = await savedByOther(world);
    world.deps.fake.failNext('companyLog', 'hubspot_unavailable');

    await compareCheckIns(world.deps, world.portalId);

    expect(before).toMatchObject(DIFFERS);
    expect(await standingOf(world, heard)).toMatchObject(NO_DIFFERENCE);
    expect(await rowOf(world, again)).toMatchObject({ state: 'incomplete', result: null, attempts: 1 });
  });

  it('leaves no difference where the same caller hears it once the log was shown', async () => {
    const world = await worlds.fresh();
    await compared(world);
    world.clock.advance(HOUR_MS);

    await world.record({ recall: REMEMBERS });
    await compare(world);

    expect(await allOf(world)).toEqual([0, 0]);
  });

  it('leaves no difference where it is a correction of the other conversation that says so', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    world.clock.advance(DAY_MS);
    const again = await compared(world, { happenedOn: '2026-08-13' });
    const before = await standingOf(world, heard);
    const correction = { submissionId: randomUUID(), recall: REMEMBERS, reason: 'Typing error.' };

    await correctCheckIn(world.deps, world.manager, again.checkInId, correction);

    expect(before).toMatchObject(DIFFERS);
    expect(await standingOf(world, heard)).toMatchObject(NO_DIFFERENCE);
  });

  it('leaves no difference where a quarter began between the two', async () => {
    const world = await worlds.fresh();
    world.clock.set('2026-09-30T15:00:00Z');
    setLog(world, callsBefore('2026-09-30'));
    const heard = await compared(world, { happenedOn: '2026-09-30' });
    world.clock.advance(DAY_MS);

    await world.record({ happenedOn: '2026-10-01', recall: REMEMBERS });
    await compare(world);

    expect((await rowOf(world, heard)).result).toMatchObject(NO_DIFFERENCE);
  });

  it('has no credit taken by it: what fits the log goes on fitting', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world, { recall: REMEMBERS });
    world.clock.advance(HOUR_MS);

    await savedByOther(world, { ...REMEMBERS, unsure: true });
    await compare(world);

    expect(await standingOf(world, heard)).toMatchObject({ verdict: 'CORROBORATED' });
  });
});

describe('somebody who says never, and something else an hour later', () => {
  it.each<[string, Partial<Recall>, object]>([
    ['two to three months ago, and once', { recency: 'M3', count: '1' }, { severity: 1, rule: 'R14' }],
    ['that they do not know', { recency: 'DK', count: 'DK' }, { severity: 0, rule: 'R04' }],
    ['a week ago, and no number', { recency: 'W1', count: null }, { severity: 0, rule: 'R05' }],
    ['never again', {}, { severity: 2, rule: 'R13' }],
    ['nothing: neither was asked', { recency: null, count: null }, { severity: 2, rule: 'R13' }],
  ])('is held to the milder answer where they say %s', async (_what, change, expected) => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    world.clock.advance(HOUR_MS);
    await savedByOther(world, { ...FORGOT, ...change });

    await compare(world);

    expect((await rowOf(world, heard)).result).toMatchObject(expected);
  });
});

describe('somebody who says never, and contact to a caller who has read the log', () => {
  /** Told and settled; then the rep's manager talks with a colleague of theirs, asks nothing and reads what was found. */
  async function readByManager(world: World): Promise<Heard> {
    const heard = await savedByOther(world, FORGOT);
    await compare(world);
    await told(world);
    await windowsEnd(world);
    const respondent = { contactId: LUIS, name: 'Luis Vega' };
    await world.record({ respondent, recall: null, happenedOn: '2026-08-21' });
    await compare(world);
    await getFinding(world.deps, world.manager, heard.findingId);
    return heard;
  }

  it('leaves no difference, and is not compared itself', async () => {
    const world = await worlds.fresh();
    const heard = await readByManager(world);
    const before = await standingOf(world, heard);

    const { saved } = await world.record({ recall: REMEMBERS, happenedOn: '2026-08-21' });
    await compare(world);

    const after = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    const own = await rowOf(world, { findingId: String(saved.findingId) });
    expect(before).toMatchObject(DIFFERS);
    expect(await standingOf(world, heard)).toMatchObject(NO_DIFFERENCE);
    expect(after?.recall).toBeNull();
    expect(own.result).toMatchObject({ verdict: 'UNVERIFIED', rule: 'R03', inputs: { recency: null } });
  });

  it('leaves the difference as it was once that is taken back', async () => {
    const world = await worlds.fresh();
    const heard = await readByManager(world);
    const { saved } = await world.record({ recall: REMEMBERS, happenedOn: '2026-08-21' });
    await compare(world);
    const between = await standingOf(world, heard);

    await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: randomUUID() });
    await compare(world);

    expect(between).toMatchObject(NO_DIFFERENCE);
    expect(await standingOf(world, heard)).toMatchObject(DIFFERS);
  });

  it('makes no difference of its own, whatever they say', async () => {
    const world = await worlds.fresh();
    const heard = await readByManager(world);

    await world.record({ recall: FORGOT, happenedOn: '2026-08-21' });
    await compare(world);

    expect(await allOf(world)).toEqual([0, 0, 2]);
    expect(await standingOf(world, heard)).toMatchObject({ ...DIFFERS, supported: false });
  });
});

describe('answers that are not the same person’s about the same time', () => {
  it.each([
    [
      'another person’s who is not sure',
      { respondent: { contactId: LUIS, name: 'Luis Vega' } },
      '2026-08-13',
    ],
    ['their own of the quarter after', {}, '2026-11-12'],
  ])('change nothing: %s', async (_whose, change, day) => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await told(world);
    world.clock.set(`${day}T15:00:00Z`);

    await world.record({ ...change, happenedOn: day, recall: { ...FORGOT, unsure: true } });
    await compare(world);

    expect(await standingOf(world, heard)).toMatchObject(DIFFERS);
  });
});

describe('a second answer that is taken back', () => {
  it('leaves the difference as it was, with a whole window from that day', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    await told(world);
    await windowsEnd(world);
    const { saved } = await world.record({ recall: REMEMBERS, happenedOn: '2026-08-21' });
    await compare(world);
    const between = await standingOf(world, heard);

    await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: randomUUID() });
    await compare(world);

    expect(between).toMatchObject(NO_DIFFERENCE);
    expect(await rowOf(world, heard)).toMatchObject({
      result: DIFFERS,
      noticedOn: '2026-08-21',
      replyUntil: '2026-08-28',
      settledAt: null,
    });
  });

  it('lets a difference that was never shown stand, with a whole window too', async () => {
    const world = await worlds.fresh();
    const heard = await savedByOther(world, FORGOT);
    world.clock.advance(HOUR_MS);
    const { saved } = await world.record({ recall: REMEMBERS });
    await compare(world);
    const between = await standingOf(world, heard);

    await undoCheckIn(world.deps, world.manager, saved.checkInId, { submissionId: randomUUID() });
    await compare(world);

    expect(between).toMatchObject(NO_DIFFERENCE);
    expect(await rowOf(world, heard)).toMatchObject({ result: DIFFERS, replyUntil: '2026-08-19' });
  });
});

describe('a person who is erased', () => {
  it('keeps what the second answer lowered, whatever is weighed again', async () => {
    const world = await worlds.fresh();
    const heard = await compared(world);
    world.clock.advance(HOUR_MS);
    await savedByOther(world, REMEMBERS, { contactId: null, name: 'dana  ruiz' });
    await compare(world);
    await world.inside((scope) => forgetContact(world.deps, scope, DANA));
    const change = { state: 'pending', nextTryAt: world.clock.now() } as const;
    await world.inside((scope) => world.store.findings.saveResult(scope, heard.findingId, change));

    await compare(world);

    expect(await standingOf(world, heard)).toMatchObject(NO_DIFFERENCE);
  });

  it.each([
    ['not sure', { ...FORGOT, unsure: true }],
    ['in touch', REMEMBERS],
  ])('and said before the log was read that they were %s leaves no difference', async (_what, recall) => {
    const world = await worlds.fresh();
    await world.record();
    world.clock.advance(HOUR_MS);
    await world.record({ recall });
    await world.inside((scope) => forgetContact(world.deps, scope, DANA));

    await compare(world);

    expect(await allOf(world)).toEqual([0, 0]);
  });
});
