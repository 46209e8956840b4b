import type { Store } from '../../src/usecases/store-port.ts';
import type { TenantScope } from '../../src/usecases/records.ts';
import type { World } from './world.ts';

type Method = (...values: never[]) => unknown;
/** Answers of the test's own, by "group.method"; they are given what the method is, without the scope. */
export type Instead = Readonly<Record<string, Method>>;

/**
 * The store of a world as it stands now. Each call is tried once in the database, in a transaction that is taken back, and its
 * answer is kept. So a property can ask a use case ten thousand times what it makes of one and the same state.
 */
export function stillStore(world: World, instead: Instead = {}): Store {
  const kept = new Map<string, Promise<unknown>>();
  const scope: TenantScope = { portalId: world.portalId };
  const call = (group: string, name: string, method: Method, values: readonly unknown[]) => {
    const own = instead[`${group}.${name}`];
    if (own !== undefined) return Promise.resolve(own(...(values as never[])));
    const key = JSON.stringify([group, name, values]);
    const answer = kept.get(key) ?? triedOnce(world, (real) => method(...([real, ...values] as never[])));
    kept.set(key, answer);
    return answer;
  };
  const groupOf = (group: string, methods: object) =>
    new Proxy(methods, {
      get: (all, name: string) => {
        const method = Reflect.get(all, name) as Method;
        return (_scope: unknown, ...values: readonly unknown[]) => call(group, name, method, values);
      },
    });
  const inside = (_portalId: unknown, work: (scope: TenantScope) => unknown) => work(scope);
  return new Proxy<Store>(world.store, {
    get: (store, group: string) =>
      group === 'inTenant' ? inside : groupOf(group, Reflect.get(store, group) as object),
  });
}

async function triedOnce(world: World, run: (scope: TenantScope) => unknown): Promise<unknown> {
  const tried: { answer: unknown; isOver: boolean } = { answer: null, isOver: false };
  try {
    await world.inside(async (scope) => {
      tried.answer = await run(scope);
      tried.isOver = true;
      throw new Error('Taken back.');
    });
  } catch (error) {
    if (!tried.isOver) throw error;
  }
  return tried.answer;
}
