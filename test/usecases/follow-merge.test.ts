import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TenantScope, Touch } from '../../src/usecases/records.ts';
import { compareCheckIns } from '../../src/usecases/compare-check-ins.ts';
import { deliverOutbox } from '../../src/usecases/deliver-outbox.ts';
import { followCompanies } from '../../src/usecases/follow-companies.ts';
import { getCompany } from '../../src/usecases/get-company.ts';
import { openIssue } from '../../src/usecases/open-issue.ts';
import { processInbox } from '../../src/usecases/process-inbox.ts';
import { receiveWebhooks } from '../../src/usecases/receive-webhooks.ts';
import { refreshPortal } from '../../src/usecases/refresh-portal.ts';
import { releaseTouches } from '../../src/usecases/release-touches.ts';
import { DAY_MS, MINUTE_MS } from '../support/deps.ts';
import { addCompared, touchesOf } from '../support/compared.ts';
import { COMPANY, LUIS, OTHER_COMPANY, useWorlds, type World } from '../support/world.ts';

const worlds = useWorlds();
const tasksOf = (world: World) => [...world.deps.fake.tasks.values()];

/** HubSpot merges COMPANY into OTHER_COMPANY and says so. */
async function merge(world: World): Promise<void> {
  const survivor = world.deps.fake.companies.get(OTHER_COMPANY);
  if (survivor !== undefined) world.deps.fake.companies.set(COMPANY, survivor);
  await hearOfMerge(world);
}

async function hearOfMerge(world: World): Promise<void> {
  const event = {
    portalId: world.portalId,
    dedupeKey: randomUUID(),
    subscriptionType: 'company.merge',
    objectType: 'company',
    objectId: COMPANY as string,
    propertyName: null,
    propertyValue: null,
    occurredAt: world.clock.now(),
    mergedInto: OTHER_COMPANY as string,
  };
  await receiveWebhooks(world.deps, [event, { ...event, dedupeKey: randomUUID(), objectId: OTHER_COMPANY }]);
  await processInbox(world.deps, world.portalId);
  world.clock.advance(20 * MINUTE_MS);
  await deliverOutbox(world.deps, world.portalId);
}

async function plan(world: World, ...companyIds: (typeof COMPANY)[]): Promise<Touch[]> {
  const touches = [];
  for (const companyId of companyIds) touches.push(await world.plan(companyId));
  await releaseTouches(world.deps, world.portalId);
  return touches;
}

/** Touches are claimed for sending just after they were read: as by a release that began before the merge and commits at that moment. */
function claimingBetween(world: World): World['deps'] {
  const { touches, companies } = world.store;
  const claim = async (scope: TenantScope) => {
    await companies.update(scope, COMPANY, { inScope: true });
    await touches.claimForSending(scope, world.clock.now(), 10);
    await companies.update(scope, COMPANY, { inScope: false });
  };
  const claiming: World['store']['touches'] = {
    ...touches,
    openOf: async (scope, companyIds) => {
      const read = await touches.openOf(scope, companyIds);
      await claim(scope);
      return read;
    },
  };
  return { ...world.deps, store: { ...world.store, touches: claiming } };
}

const promise = { what: 'Send the price list', ownerId: null, dueOn: '2026-08-31' };

describe('a company that was merged into another', () => {
  it('brings its earlier answers and promises to the card of the one that stays', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    await openIssue(world.deps, world.manager, {
      submissionId: randomUUID(),
      companyId: COMPANY,
      checkInId: saved.checkInId,
      title: 'Late deliveries',
      promise,
    });

    await merge(world);

    const card = await getCompany(world.deps, world.manager, OTHER_COMPANY);
    expect(card).toMatchObject({
      state: 'done',
      saved: { checkInId: saved.checkInId },
      openPromises: [{ what: 'Send the price list' }],
    });
    expect(world.deps.fake.properties.get(OTHER_COMPANY)).toMatchObject({ sci_wave: 1, sci_open_issues: 1 });
  });

  it('gives its call and its task to the one that stays where that has none', async () => {
    const world = await worlds.fresh();
    const [touch] = await plan(world, COMPANY);

    await merge(world);

    expect(await world.touch(String(touch?.touchId))).toMatchObject({
      state: 'created',
      companyId: OTHER_COMPANY,
    });
    expect(tasksOf(world)).toHaveLength(1);
    expect(tasksOf(world)[0]?.draft.bodyHtml).toContain('Birch Foods');
  });

  it('is followed by the nightly read where no webhook came', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const survivor = world.deps.fake.companies.get(OTHER_COMPANY);
    if (survivor !== undefined) world.deps.fake.companies.set(COMPANY, survivor);
    world.clock.advance(DAY_MS);

    await refreshPortal(world.deps, world.portalId);

    const answers = await world.inside((scope) => world.store.checkIns.ofCompany(scope, OTHER_COMPANY, 5));
    expect(answers.map(({ checkInId }) => checkInId)).toEqual([saved.checkInId]);
  });

  it('leaves one open task where both had one', async () => {
    const world = await worlds.fresh();
    const [gone, stays] = await plan(world, COMPANY, OTHER_COMPANY);

    await merge(world);

    expect(await world.touch(String(gone?.touchId))).toMatchObject({
      state: 'canceled',
      reason: 'companyGone',
    });
    expect(await world.touch(String(stays?.touchId))).toMatchObject({ state: 'created' });
    expect(tasksOf(world).map(({ draft }) => draft.companyId)).toEqual([OTHER_COMPANY]);
  });

  it('takes out the task that was being made for it while the merge was followed', async () => {
    const world = await worlds.fresh();
    const [stays] = await plan(world, OTHER_COMPANY);
    const gone = await world.plan(COMPANY);
    const survivor = world.deps.fake.companies.get(OTHER_COMPANY);
    if (survivor !== undefined) world.deps.fake.companies.set(COMPANY, survivor);

    await followCompanies(claimingBetween(world), world.portalId, [COMPANY]);
    const writes = await world.inside((scope) => world.store.outbox.openSubjects(scope, [gone.touchId]));

    expect(await world.touch(gone.touchId)).toMatchObject({ state: 'canceled', reason: 'companyGone' });
    expect(await world.touch(String(stays?.touchId))).toMatchObject({ state: 'created' });
    expect([...writes]).toEqual([gone.touchId]);
  });

  it('is heard already where its own customer answered in this quarter', async () => {
    const world = await worlds.fresh();
    const [, stays] = await plan(world, COMPANY, OTHER_COMPANY);
    await world.record();

    await merge(world);

    expect(await world.touch(String(stays?.touchId))).toMatchObject({ state: 'done', reason: 'answered' });
    expect(tasksOf(world).filter(({ completed }) => !completed)).toEqual([]);
  });

  it('has one wave a quarter with the other’s answers', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const first = await world.inside((scope) => world.store.checkIns.find(scope, saved.checkInId));
    await world.inside(async (scope) => {
      if (first === null) return;
      const earlier = { ...first, touchId: null, companyId: OTHER_COMPANY, cycle: '2026-Q1', wave: 1 };
      await world.store.checkIns.add(scope, { ...earlier, checkInId: randomUUID() });
      await world.store.checkIns.add(scope, {
        ...earlier,
        checkInId: randomUUID(),
        cycle: '2026-Q2',
        wave: 2,
      });
    });

    await merge(world);

    const all = await world.inside((scope) => world.store.checkIns.ofCompany(scope, OTHER_COMPANY, 10));
    expect(all.map(({ cycle, wave }) => [cycle, wave]).sort()).toEqual([
      ['2026-Q1', 1],
      ['2026-Q2', 2],
      ['2026-Q3', 3],
    ]);
  });

  it.each([
    ['brings no second memory to the other’s answers', OTHER_COMPANY, false],
    ['leaves two memories of its own what they were', COMPANY, true],
  ])('%s', async (_what, companyId, isSecond) => {
    const world = await worlds.fresh();
    const claims = touchesOf([5, 12, 20, 29, 47, 68]);
    const first = await addCompared(world, claims, { companyId });
    world.clock.advance(MINUTE_MS);
    const luis = { companyId: COMPANY, respondentContactId: LUIS, respondentName: 'Luis Vega' };
    await addCompared(world, claims, luis, { settledAt: world.clock.now() });

    await merge(world);
    await world.inside((scope) =>
      world.store.findings.saveResult(scope, first.findingId, {
        state: 'pending',
        nextTryAt: world.clock.now(),
      }),
    );
    await compareCheckIns(world.deps, world.portalId);

    const later = await world.inside((scope) => world.store.findings.later(scope, first.findingId));
    expect(later?.secondContact !== null).toBe(isSecond);
  });

  it('changes nothing more however often HubSpot says so', async () => {
    const world = await worlds.fresh();
    const [touch] = await plan(world, COMPANY);
    await merge(world);
    const before = await world.touch(String(touch?.touchId));

    await hearOfMerge(world);
    await hearOfMerge(world);

    expect(await world.touch(String(touch?.touchId))).toEqual(before);
    expect(tasksOf(world)).toHaveLength(1);
  });

  it('takes its call out of HubSpot where the one that stays is no customer, and keeps its answers', async () => {
    const world = await worlds.fresh();
    const { saved } = await world.record();
    const [touch] = await plan(world, COMPANY);
    const other = world.deps.fake.companies.get(OTHER_COMPANY);
    if (other !== undefined)
      world.deps.fake.companies.set(OTHER_COMPANY, { ...other, lifecycleStage: 'lead' });

    await merge(world);

    const answers = await world.inside((scope) => world.store.checkIns.ofCompany(scope, OTHER_COMPANY, 5));
    expect(await world.touch(String(touch?.touchId))).toMatchObject({
      state: 'canceled',
      reason: 'companyGone',
    });
    expect(tasksOf(world)).toEqual([]);
    expect(answers.map(({ checkInId }) => checkInId)).toEqual([saved.checkInId]);
  });
});
