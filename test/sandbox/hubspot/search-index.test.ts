import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSandboxClock } from '../../../sandbox/clock.ts';
import type { StoredObject } from '../../../sandbox/hubspot/model.ts';
import { searchPage } from '../../../sandbox/hubspot/search-index.ts';
import { searchSchema } from '../../../sandbox/hubspot/search-schema.ts';
import { createState } from '../../../sandbox/hubspot/state.ts';
import { withDefaults } from '../../../sandbox/hubspot/portal-load.ts';
import { START, portalDocument } from './support.ts';

const PORTAL = 700001;

function company(id: number, revenue: number | null, archived: boolean): StoredObject {
  return {
    id: String(id),
    properties: {
      hs_object_id: String(id),
      annualrevenue: revenue === null ? null : String(revenue),
      lifecyclestage: id % 2 === 0 ? 'customer' : 'lead',
    },
    createdAt: START,
    updatedAt: START,
    archived,
  };
}

const revenue = fc.option(fc.integer({ min: 0, max: 9 }), { nil: null });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    id: fc.integer({ min: 1, max: 15 }),
    revenue,
    archived: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 900 }) }),
  fc.record({
    kind: fc.constant('search' as const),
    sortBy: fc.constantFrom('hs_object_id', 'annualrevenue'),
    direction: fc.constantFrom('ASCENDING' as const, 'DESCENDING' as const),
    operator: fc.constantFrom('GT', 'GTE', 'LT', 'LTE', 'BETWEEN' as const),
    bound: fc.integer({ min: 0, max: 15 }),
    after: fc.integer({ min: 0, max: 4 }),
    onlyCustomers: fc.boolean(),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Search = Extract<Step, { kind: 'search' }>;

const HIGH = 11;

function requestOf({ sortBy, direction, operator, bound, after, onlyCustomers }: Search) {
  const range = {
    propertyName: sortBy,
    operator,
    value: String(bound),
    ...(operator === 'BETWEEN' ? { highValue: String(HIGH) } : {}),
  };
  const customers = { propertyName: 'lifecyclestage', operator: 'EQ', value: 'customer' };
  return searchSchema.parse({
    filterGroups: [{ filters: [range, ...(onlyCustomers ? [customers] : [])] }],
    sorts: [{ propertyName: sortBy, direction }],
    limit: 3,
    after: String(after),
  });
}

/** The plainest way to answer: look at every record, then sort them all. */
function lookAtAll(records: Iterable<StoredObject>, search: Search): { total: number; ids: string[] } {
  const valueOf = (object: StoredObject) => {
    const text = object.properties[search.sortBy];
    return text == null ? null : Number(text);
  };
  const isInRange = (value: number) =>
    ({
      GT: value > search.bound,
      GTE: value >= search.bound,
      LT: value < search.bound,
      LTE: value <= search.bound,
      BETWEEN: value >= search.bound && value <= HIGH,
    })[search.operator];
  const found = [...records].filter((object) => {
    const value = valueOf(object);
    const isCustomer = object.properties['lifecyclestage'] === 'customer';
    return !object.archived && value !== null && isInRange(value) && (isCustomer || !search.onlyCustomers);
  });
  const sign = search.direction === 'DESCENDING' ? -1 : 1;
  found.sort((a, b) => sign * ((valueOf(a) ?? 0) - (valueOf(b) ?? 0)) || Number(a.id) - Number(b.id));
  const { after } = search;
  return { total: found.length, ids: found.slice(after, after + 3).map(({ id }) => id) };
}

/** Plays the steps on a portal whose index lags, and on a plain list of its past; returns both answers of every search. */
function play(steps: readonly Step[], lagMs: number): { indexed: unknown; plain: unknown }[] {
  const clock = createSandboxClock(new Date(START), () => 0);
  clock.freeze(true);
  const state = createState({ clock, resolveReference: () => withDefaults(portalDocument()) });
  state.commit([{ op: 'portalReference', portalId: PORTAL, reference: 'small' }]);
  const portal = state.portals.get(PORTAL);
  if (portal === undefined) throw new Error('the portal was not loaded');
  portal.settings = { ...portal.settings, searchLagMs: lagMs };
  const past = [{ atMs: 0, records: new Map(portal.objects.get('companies')) }];
  const answers: { indexed: unknown; plain: unknown }[] = [];
  for (const one of steps) {
    const now = clock.now();
    if (one.kind === 'wait') clock.moveTo(new Date(now.getTime() + one.ms));
    if (one.kind === 'write') {
      const object = company(one.id, one.revenue, one.archived);
      state.commit([{ op: 'object', portalId: PORTAL, type: 'companies', object }]);
      past.push({ atMs: now.getTime(), records: new Map(portal.objects.get('companies')) });
    }
    if (one.kind === 'search') {
      const page = searchPage(portal, 'companies', requestOf(one), now);
      const seen = past.findLast(({ atMs }) => atMs <= now.getTime() - lagMs);
      const ids = page.objects.map(({ id }) => id);
      answers.push({
        indexed: { total: page.total, ids },
        plain: lookAtAll(seen?.records.values() ?? [], one),
      });
    }
  }
  return answers;
}

describe('the search index', () => {
  it.each([0, 500])(
    'finds what a look at every record finds, whatever changes, with a lag of %i ms',
    (lagMs) => {
      const property = fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const answers = play(steps, lagMs);

        expect(answers.map(({ indexed }) => indexed)).toEqual(answers.map(({ plain }) => plain));
      });

      // A failure prints the seed and the shortest counterexample.
      expect(() => {
        fc.assert(property, { numRuns: 300 });
      }).not.toThrow();
    },
  );
});
