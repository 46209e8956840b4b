import type { Deps } from '../../src/usecases/ports.ts';
import type { TenantScope } from '../../src/usecases/records.ts';

/** What a use case asked of a port, seen just before or just after. */
export type PortEvent = {
  /** Such as `touches.settle`, `hubspot.createTasks`, `queue.wake`; of a transaction: `tx.begin`, `tx.end`, `tx.commit`. */
  readonly name: string;
  readonly when: 'before' | 'after';
  readonly args: readonly unknown[];
  readonly result?: unknown;
  /** For `tx.end` (all done, not committed) and `tx.commit`: what ran inside, with results. */
  readonly inside?: readonly PortEvent[];
};

/** Sees every port call of one engine. What it throws, the caller gets in place of the call. */
export type Observer = (event: PortEvent) => Promise<void> | void;

/** What comes page by page instead of at once. */
const STREAMS: readonly string[] = ['hubspot.companyPages', 'hubspot.findMarkedTasks', 'hubspot.quarterLog'];

type Method = (...args: never[]) => unknown;

/** The same ports with an observer around each call; core and use cases see no difference. */
export function observePorts(deps: Deps, observe: Observer): Deps {
  const insides = new WeakMap<TenantScope, PortEvent[]>();
  const note = async (event: PortEvent, scope: unknown) => {
    if (isObject(scope)) insides.get(scope as TenantScope)?.push(event);
    await observe(event);
  };
  const store = wrapMembers(deps.store, (group, name, method) => {
    if (group === '' && name === 'inTenant')
      return observeTransactions(method as unknown as Deps['store']['inTenant'], insides, observe);
    return observed(`${group === '' ? 'store' : group}.${name}`, method, note);
  });
  return {
    ...deps,
    store,
    hubspot: wrapMembers(deps.hubspot, (_group, name, method) => observed(`hubspot.${name}`, method, note)),
    queue: wrapMembers(deps.queue, (_group, name, method) => observed(`queue.${name}`, method, note)),
    vault: wrapMembers(deps.vault, (_group, name, method) => observed(`vault.${name}`, method, note)),
  };
}

function observeTransactions(
  inTenant: Deps['store']['inTenant'],
  insides: WeakMap<TenantScope, PortEvent[]>,
  observe: Observer,
): Deps['store']['inTenant'] {
  return async (portalId, work) => {
    const inside: PortEvent[] = [];
    await observe({ name: 'tx.begin', when: 'before', args: [portalId] });
    const result = await inTenant(portalId, async (scope) => {
      insides.set(scope, inside);
      const given = await work(scope);
      await observe({ name: 'tx.end', when: 'before', args: [portalId], inside });
      return given;
    });
    await observe({ name: 'tx.commit', when: 'after', args: [portalId], result, inside });
    return result;
  };
}

function observed(
  name: string,
  method: Method,
  note: (event: PortEvent, scope: unknown) => Promise<void>,
): Method {
  const call = method as (...args: unknown[]) => unknown;
  return ((...args: unknown[]) => {
    const [scope] = args;
    if (STREAMS.includes(name)) return observedPages(name, call(...args), args, note);
    return (async () => {
      await note({ name, when: 'before', args }, null);
      const result: unknown = await call(...args);
      await note({ name, when: 'after', args, result }, scope);
      return result;
    })();
  }) as Method;
}

/** Pages come one by one: each is a call of its own. */
async function* observedPages(
  name: string,
  pages: unknown,
  args: readonly unknown[],
  note: (event: PortEvent, scope: unknown) => Promise<void>,
): AsyncGenerator {
  await note({ name, when: 'before', args }, null);
  for await (const result of pages as AsyncIterable<unknown>) {
    await note({ name, when: 'after', args, result }, null);
    yield result;
  }
}

type Wrap = (group: string, name: string, method: Method) => Method;

/** Wraps methods, and those of the objects one level below. Other members stay as they are. */
function wrapMembers<Port extends object>(port: Port, wrap: Wrap, group = ''): Port {
  const members = Object.entries(port).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'function') return [name, wrap(group, name, (value as Method).bind(port))] as const;
    return [name, isObject(value) && group === '' ? wrapMembers(value, wrap, name) : value] as const;
  });
  return Object.fromEntries(members) as Port;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
