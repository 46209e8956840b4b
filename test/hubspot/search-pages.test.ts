import './support/restore-nock.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { asCompanyId } from '../../src/core/model.ts';
import { createRandom } from '../../src/core/random.ts';
import type { CompanyPage } from '../../src/usecases/hubspot-port.ts';
import { firstOf, PORTAL } from './support/fakes.ts';
import { createHarness } from './support/harness.ts';
import { onEverySearch } from './support/search-route.ts';

const company = (id: number) => ({ id: String(id), properties: { name: `Company ${id}` } });
const companies = (count: number) => Array.from({ length: count }, (_, index) => company(1_000 + index * 3));

async function readAll(afterId: string | null = null): Promise<readonly CompanyPage[]> {
  const pages: CompanyPage[] = [];
  const after = afterId === null ? null : asCompanyId(afterId);
  for await (const page of createHarness().gateway.companyPages(PORTAL, ['customer'], after))
    pages.push(page);
  return pages;
}

function idsOf(pages: readonly CompanyPage[]): readonly string[] {
  return pages.flatMap((page) => page.companies.map((one) => one.companyId));
}

const idsIn = (records: readonly { readonly id: string }[]) => records.map((record) => record.id);

afterEach(() => nock.cleanAll());

describe('pages of companies', () => {
  it.each([
    { count: 0, searches: 1 },
    { count: 200, searches: 1 },
    { count: 201, searches: 2 },
    { count: 2_000, searches: 10 },
    { count: 10_000, searches: 50 },
    { count: 10_001, searches: 51 },
  ])(
    'cost $searches searches for $count companies',
    async ({ count, searches }) => {
      const all = companies(count);
      const route = onEverySearch('companies', () => all);

      const pages = await readAll();

      expect(idsOf(pages)).toEqual(idsIn(all));
      expect(route.asked).toHaveLength(searches);
      expect(pages.map((page) => page.nextAfterId === null)).toEqual(
        pages.map((_, index) => index === pages.length - 1),
      );
    },
    60_000,
  );

  it('are asked for four at a time, and by a new search where HubSpot serves no further hit', async () => {
    const all = companies(10_400);
    const route = onEverySearch('companies', () => all);

    await readAll();

    const restarts = route.asked
      .filter((one) => one.offset === 0 && one.upTo === null)
      .map((one) => one.above);
    expect(route.most).toBe(4);
    expect(Math.max(...route.asked.map((one) => one.offset))).toBe(9_600);
    expect(restarts).toEqual(['0', all[9_799]?.id]);
    expect(route.asked).toHaveLength(52);
  }, 60_000);

  it('go on where an earlier read stopped', async () => {
    const all = companies(900);
    const route = onEverySearch('companies', () => all);

    const pages = await readAll(all[399]?.id);

    expect(idsOf(pages)).toEqual(idsIn(all.slice(400)));
    expect(route.asked).toHaveLength(3);
  });

  it('leave no company out and show none twice where one leaves the frame during the read', async () => {
    const all = companies(3_000);
    let asked = 0;
    const route = onEverySearch('companies', () => {
      asked += 1;
      return asked > 4 ? all.filter((_, index) => index !== 50) : all;
    });

    const pages = await readAll();

    expect(idsOf(pages)).toEqual(idsIn(all));
    expect(route.asked.length).toBeLessThanOrEqual(15 + 5);
  });

  it('leave no company out where the index knows far fewer for one search', async () => {
    const all = companies(3_000);
    onEverySearch(
      'companies',
      () => all,
      (reply, _request, { offset }) => {
        if (offset !== 400) return reply;
        const [status, body] = reply as [number, { results: unknown[] }];
        return [status, { total: 500, results: body.results.slice(0, 100) }];
      },
    );

    const pages = await readAll();

    expect(idsOf(pages)).toEqual(idsIn(all));
  });

  it('leave no company out where one leaves the frame and another one joins it: as many as before', async () => {
    const all = companies(3_000);
    const joined = company(1_000 + 3_000 * 3);
    let asked = 0;
    const route = onEverySearch('companies', () => {
      asked += 1;
      return asked > 3 ? [...all.filter((_, index) => index !== 50), joined] : all;
    });

    const pages = await readAll();

    expect(idsOf(pages)).toEqual(idsIn([...all, joined]));
    expect(route.asked.length).toBeLessThanOrEqual(15 + 1);
  });

  it('leave no company out whatever leaves and joins the frame at any moment', async () => {
    const seed = Math.floor(Math.random() * 1_000_000);
    const random = createRandom(seed);
    const all = companies(2_400);
    const stays = all.filter(() => random.uniform() < 0.9);
    const comesAndGoes = new Set(all.filter((one) => !stays.includes(one)));
    onEverySearch('companies', () => all.filter((one) => !comesAndGoes.has(one) || random.uniform() < 0.5));

    const ids = idsOf(await readAll());

    const read = new Set(ids);
    expect({ seed, missing: idsIn(stays.filter(({ id }) => !read.has(asCompanyId(id)))) }).toEqual({
      seed,
      missing: [],
    });
    expect({ seed, ids: ids.length }).toEqual({ seed, ids: read.size });
  });

  it.each([
    ['is short', (results: unknown[]) => results.slice(1)],
    ['repeats the one before', () => companies(200)],
    ['is out of order', (results: unknown[]) => results.toReversed()],
  ])('are read one by one from the last good id where one %s', async (_what, change) => {
    const all = companies(2_000);
    const route = onEverySearch(
      'companies',
      () => all,
      ([status, body], _request, { offset }) => {
        const { results, ...rest } = body as { results: unknown[] };
        return [status, { ...rest, results: offset === 800 ? change(results) : results }];
      },
    );

    const pages = await readAll();

    const oneByOne = route.asked.slice(1).filter((one) => one.offset === 0 && one.upTo === null);
    expect(idsOf(pages)).toEqual(idsIn(all));
    expect(oneByOne.length).toBeGreaterThanOrEqual(6);
    expect(oneByOne[0]?.above).toBe(all[599]?.id);
  });

  it.each([
    ['is short', (results: unknown[]) => results.slice(1)],
    ['repeats the one before', () => companies(200)],
  ])('between two places are asked for again where one %s', async (_what, change) => {
    const all = companies(2_000);
    let isWrong = true;
    const route = onEverySearch(
      'companies',
      () => all,
      ([status, body], _request, { upTo }) => {
        const { results, ...rest } = body as { results: unknown[] };
        const isFirst = isWrong && upTo !== null;
        if (isFirst) isWrong = false;
        return [status, { ...rest, results: isFirst ? change(results) : results }];
      },
    );

    const pages = await readAll();

    expect(idsOf(pages)).toEqual(idsIn(all));
    expect(route.asked).toHaveLength(11);
  });

  it('come as far as they could be read before one failed', async () => {
    const all = companies(2_000);
    onEverySearch(
      'companies',
      () => all,
      (reply, _request, { offset }) => (offset >= 1_200 ? [400, { category: 'VALIDATION_ERROR' }] : reply),
    );
    const seen: string[] = [];

    const reading = (async () => {
      for await (const page of createHarness().gateway.companyPages(PORTAL, ['customer'], null))
        seen.push(...idsOf([page]));
    })();

    await expect(reading).rejects.toMatchObject({ code: 'hubspot_rejected' });
    expect(seen).toEqual(idsIn(all.slice(0, 1_000)));
  });

  it.each([
    ['names no limit', {}, 1_000],
    ['names the limit of all calls', { policyName: 'TEN_SECONDLY_ROLLING' }, 10_000],
  ])('wait as long as the limit of searches asks where a 429 %s', async (_what, refusal, waitMs) => {
    const { gateway, clock, budget } = createHarness();
    onEverySearch(
      'companies',
      () => companies(3),
      (reply, request) => (request === 0 ? [429, { status: 'error', ...refusal }] : reply),
    );

    const first = await firstOf(gateway.companyPages(PORTAL, ['customer'], null));

    expect(first.companies).toHaveLength(3);
    expect(Math.max(...clock.sleptMs)).toBe(waitMs);
    expect(budget.pauses).toEqual([{ bucket: 'search', pauseMs: waitMs }]);
  });

  it('are not asked for any more once nobody wants them', async () => {
    const all = companies(10_000);
    const route = onEverySearch('companies', () => all);
    let pages = 0;

    for await (const page of createHarness().gateway.companyPages(PORTAL, ['customer'], null)) {
      pages += page.companies.length > 0 ? 1 : 0;
      if (pages === 3) break;
    }
    const askedThen = route.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(askedThen).toBeLessThanOrEqual(3 + 5);
    expect(route.asked.length).toBeLessThanOrEqual(askedThen + 4);
  });
});
