import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { openIssue } from '../../src/usecases/open-issue.ts';
import { releaseFeedback } from '../../src/usecases/release-feedback.ts';
import { AppError, type ErrorCode } from '../../src/errors.ts';
import { MINUTE_MS } from '../support/deps.ts';
import { anAnswer, COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();

async function deliver(world: World, afterMinutes = 0): Promise<void> {
  world.clock.advance(afterMinutes * MINUTE_MS);
  await deliverOutbox(world.deps, world.portalId);
}

describe('what is written to HubSpot of a check-in', () => {
  it('is nothing before undo is over', async () => {
    const world = await worlds.fresh();
    await world.record();

    await deliver(world, 14);

    expect(world.deps.fake.calls).toEqual([]);
  });

  it('is one neutral note: who talked and when, nothing of what was said or compared', async () => {
    const world = await worlds.fresh();
    await world.record({ inConfidence: 'They talk with a competitor.' });
    await compareCheckIns(world.deps, world.portalId);

    await deliver(world, 15);
    await deliver(world, 15);

    const [note, ...more] = world.deps.fake.notes;
    expect(more).toEqual([]);
    expect(note?.companyId).toBe(COMPANY);
    expect(note?.bodyHtml).toContain('Dana Ruiz');
    expect(note?.bodyHtml).not.toMatch(/salesperson|competitor|differ|log|Never/i);
    expect(note?.bodyHtml).not.toContain(anAnswer().words);
  });

  it('is exactly the company properties of the product', async () => {
    const world = await worlds.fresh();
    await world.record();

    await deliver(world, 15);

    expect(world.deps.fake.properties.get(COMPANY)).toEqual({
      sci_last_check_in: '2026-08-12',
      sci_next_due: '2026-10-01',
      sci_wave: 1,
      sci_open_issues: 0,
      sci_last_no_agenda_touch: '2026-08-12',
    });
  });
});

describe('the company properties', () => {
  const openIssueOf = (world: World, checkInId: string | null) =>
    openIssue(world.deps, world.manager, {
      submissionId: randomUUID(),
      companyId: COMPANY,
      checkInId,
      title: 'Late deliveries',
      promise: null,
    });

  it('are written for a check-in though an issue of its company was opened within its undo', async () => {
    const world = await worlds.fresh();
    await world.record();
    await openIssueOf(world, null);

    await deliver(world, 1);
    await deliver(world, 14);

    expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_wave: 1, sci_open_issues: 1 });
  });

  it('do not count the issue of a check-in that can still be undone', async () => {
    const world = await worlds.fresh();
    await openIssueOf(world, null);
    world.deps.fake.failNext('updateCompanies', 'outcome_unknown');
    await deliver(world);
    const { saved } = await world.record();
    await openIssueOf(world, saved.checkInId);

    await deliver(world, 1);
    const within = world.deps.fake.properties.get(COMPANY);
    await deliver(world, 14);

    expect(within).toMatchObject({ sci_wave: 0, sci_open_issues: 1 });
    expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_wave: 1, sci_open_issues: 2 });
  });

  it('are left alone where the company is gone', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('updateCompanies', 'not_found');

    await deliver(world, 15);
    await deliver(world, 60 * 24);

    expect(world.deps.fake.callsOf('updateCompanies')).toHaveLength(1);
    expect(await world.inside((scope) => world.store.outbox.parked(scope, 10))).toEqual([]);
  });
});

describe('a rep’s notice', () => {
  it.each(['unavailable', 'internal'] as const)(
    'is sent once where HubSpot took it and storing that failed as %s',
    async (code) => {
      const world = await worlds.fresh();
      await world.record();
      world.clock.advance(15 * MINUTE_MS);
      await releaseFeedback(world.deps, world.portalId);
      const { deps, failures } = failingOnce(world, code);

      await deliverOutbox(deps, world.portalId);
      await deliver(world, 60);
      await deliver(world, 60);

      expect(failures()).toBe(1);
      expect(world.deps.fake.callsOf('createTasks')).toHaveLength(1);
      expect(world.deps.fake.tasks.size).toBe(1);
    },
  );
});

/** The store forgets the first task of a notice. */
function failingOnce(world: World, code: ErrorCode) {
  let failures = 0;
  const checkIns: World['store']['checkIns'] = {
    ...world.store.checkIns,
    updateRepNotice: async (...parts) => {
      if (failures > 0) return world.store.checkIns.updateRepNotice(...parts);
      failures += 1;
      throw new AppError(code, 'The test wants it.');
    },
  };
  const deps = { ...world.deps, store: { ...world.store, checkIns } };
  return { deps, failures: () => failures };
}

describe('a note whose outcome is not known', () => {
  it('is found by its key and not written twice', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('unheard');

    await deliver(world, 15);
    await deliver(world, 1);
    await deliver(world, 60);

    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.callsOf('createNotes')).toHaveLength(1);
  });

  it('is not written again where looking for it fails', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('unheard');
    await deliver(world, 15);
    world.deps.fake.failNext('findNotesByKey', 'hubspot_unavailable');

    await deliver(world, 1);
    await deliver(world, 60);

    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.callsOf('findNotesByKey')).toHaveLength(2);
  });

  it('is not written again before it must show', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('lost');

    await deliver(world, 15);
    for (const minutes of [1, 1, 12]) await deliver(world, minutes);

    expect(world.deps.fake.callsOf('createNotes')).toHaveLength(1);
    expect(world.deps.fake.callsOf('findNotesByKey')).toHaveLength(1);
  });

  it('is written again where it is not found by then', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('lost');

    await deliver(world, 15);
    for (const minutes of [1, 14, 0]) await deliver(world, minutes);

    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.callsOf('findNotesByKey')).toHaveLength(2);
  });

  it('is written at last where its second send did not leave', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('lost', 'notSent');

    await deliver(world, 15);
    for (const minutes of [1, 14, 0, 1]) await deliver(world, minutes);

    expect(world.deps.fake.notes).toHaveLength(1);
    expect(world.deps.fake.callsOf('createNotes')).toHaveLength(3);
  });

  it.each([
    ['is left for a person', ['lost', 'lost'] as const],
    ['is left for a person, a send that did not leave not counted', ['lost', 'notSent', 'lost'] as const],
  ])('%s after it was lost twice', async (_what, fates) => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push(...fates);

    await deliver(world, 15);
    for (const minutes of [1, 14, 0, 1, 15, 15, 60]) await deliver(world, minutes);

    const parked = await world.inside((scope) => world.store.outbox.parked(scope, 10));
    expect(parked).toMatchObject([{ kind: 'note', reason: 'unknownOutcome' }]);
    expect(world.deps.fake.callsOf('createNotes')).toHaveLength(fates.length);
  });

  it('is not sent a third time where the process ended with the second', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.fates.push('lost', 'lost');
    await deliver(world, 15);
    for (const minutes of [1, 14]) await deliver(world, minutes);
    const endsAtOnce = {
      ...world.deps.hubspot,
      createNotes: () => Promise.reject(new Error('The process ends.')),
    };

    const ending = deliverOutbox({ ...world.deps, hubspot: endsAtOnce }, world.portalId);

    await expect(ending).rejects.toThrow('The process ends.');
    for (const minutes of [1, 15, 0, 60]) await deliver(world, minutes);
    expect(world.deps.fake.callsOf('createNotes')).toHaveLength(1);
    expect(await world.inside((scope) => world.store.outbox.parked(scope, 10))).toHaveLength(1);
  });
});

describe('a write that HubSpot does not take', () => {
  it('is parked with its reason where HubSpot refuses it', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('updateCompanies', 'hubspot_rejected');

    await deliver(world, 15);
    await deliver(world, 60);

    const parked = await world.inside((scope) => world.store.outbox.parked(scope, 10));
    expect(parked).toMatchObject([{ kind: 'companyProperties', reason: 'The test wants hubspot_rejected.' }]);
    expect(world.deps.fake.callsOf('updateCompanies')).toHaveLength(1);
  });

  it('waits as long as HubSpot asks, then goes out; the others are not held up', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('updateCompanies', 'hubspot_throttled', 120_000);

    await deliver(world, 15);
    const notes = world.deps.fake.notes.length;
    await deliver(world, 1);
    const tooEarly = world.deps.fake.properties.size;
    await deliver(world, 1);

    expect(notes).toBe(1);
    expect(tooEarly).toBe(0);
    expect(world.deps.fake.properties.size).toBe(1);
  });

  it('is repeated after an unknown outcome where repeating is harmless', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('updateCompanies', 'outcome_unknown');

    await deliver(world, 15);
    await deliver(world, 60);

    expect(world.deps.fake.properties.get(COMPANY)).toMatchObject({ sci_wave: 1 });
  });

  it('stays where it is when the account is disconnected', async () => {
    const world = await worlds.fresh();
    await world.record();
    world.deps.fake.failNext('updateCompanies', 'not_installed');
    world.deps.fake.failNext('createNotes', 'not_installed');

    const delivering = deliver(world, 15);

    await expect(delivering).rejects.toMatchObject({ code: 'not_installed' });
    expect(await world.inside((scope) => world.store.outbox.parked(scope, 10))).toEqual([]);
  });
});
